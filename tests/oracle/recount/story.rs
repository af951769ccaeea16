//! What a scenario says of goods, depots, vehicles and people, straight from its document.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{duration, list, time, word};

/// Spans in which something may start; at any time where there is none.
pub(super) type Spans = Vec<(i64, i64)>;
/// Amounts by kind or dimension.
pub(super) type Amounts = BTreeMap<String, i64>;

/// What is on board at the start of a shift, its start and its end.
type Shift = (Amounts, i64, i64);

#[derive(Debug)]
pub(super) struct Kind {
    pub load: Amounts,
    pub comes_back: bool,
}

#[derive(Debug)]
pub(super) struct Depot {
    pub spans: Spans,
    pub service: i64,
    /// What is there at first, and what comes in when; kinds that never run out are missing.
    pub stock: BTreeMap<String, (i64, Vec<(i64, i64)>)>,
    pub keeps: Vec<String>,
}

/// One way in which a need may be met.
#[derive(Clone, Debug, Default)]
pub(super) struct Way {
    /// The need of the document.
    pub of: String,
    pub deliver: Amounts,
    pub carry: Amounts,
    pub collect: Amounts,
    pub spans: Spans,
    /// What is on board besides goods.
    pub load: Amounts,
    /// Fetches what was lent at another need.
    pub lent_at: Option<String>,
}

#[derive(Debug)]
pub(super) struct Story {
    pub kinds: BTreeMap<String, Kind>,
    pub depots: BTreeMap<String, Depot>,
    /// Capacity, and what is on board at first.
    pub vehicles: BTreeMap<String, (Amounts, Amounts)>,
    /// Capacity, and what is on board at the start of each shift, with its start and end.
    pub people: BTreeMap<String, (Amounts, Vec<Shift>)>,
    /// Every way by its id.
    pub ways: BTreeMap<String, Way>,
    /// First and last moment at which anybody is present.
    pub horizon: (i64, i64),
}

impl Story {
    pub(super) fn read(scenario: &Value) -> Self {
        let kind = |good: &Value| {
            let comes_back = good["comes_back"].as_bool().unwrap_or(false);
            (word(good, "id").to_owned(), Kind { load: amounts(good, "load", "dimension"), comes_back })
        };
        let vehicle = |v: &Value| {
            (word(v, "id").to_owned(), (amounts(v, "capacity", "dimension"), amounts(v, "carries", "good")))
        };
        let person = |v: &Value| {
            let shifts = list(v, "shifts");
            let shifts = shifts.map(|s| (amounts(s, "carries", "good"), time(&s["start"]), time(&s["end"])));
            (word(v, "id").to_owned(), (amounts(v, "capacity", "dimension"), shifts.collect()))
        };
        let people: BTreeMap<_, (_, Vec<_>)> = list(scenario, "volunteers").map(person).collect();
        let present =
            || people.values().flat_map(|(_, shifts)| shifts.iter().map(|&(_, start, end)| (start, end)));
        let first = present().map(|(start, _)| start).min().unwrap_or(0);
        let last = present().map(|(_, end)| end).max().unwrap_or(0);
        Self {
            kinds: list(scenario, "goods").map(kind).collect(),
            depots: list(scenario, "depots").map(depot).collect(),
            vehicles: list(scenario, "vehicles").map(vehicle).collect(),
            people,
            ways: list(scenario, "needs").flat_map(ways).collect(),
            horizon: (first, last),
        }
    }

    /// Kinds that depots, routes or borrowers give back one day.
    pub(super) fn lasting(&self) -> impl Iterator<Item = &String> {
        self.kinds.iter().filter(|(_, kind)| kind.comes_back).map(|(key, _)| key)
    }
}

fn amounts(of: &Value, field: &str, key: &str) -> Amounts {
    let mut sums = Amounts::new();
    for entry in list(of, field) {
        *sums.entry(word(entry, key).to_owned()).or_default() += entry["amount"].as_i64().unwrap_or(1);
    }
    sums
}

fn spans(of: &Value) -> Spans {
    list(of, "windows").map(|window| (time(&window["from"]), time(&window["to"]))).collect()
}

fn depot(depot: &Value) -> (String, Depot) {
    let keeps = list(depot, "stock").map(|stock| word(stock, "good").to_owned()).collect();
    let stock = list(depot, "stock").filter(|stock| stock["amount"].is_i64()).map(|stock| {
        let later =
            list(stock, "restocks").map(|r| (time(&r["at"]), r["amount"].as_i64().expect("how much")));
        (word(stock, "good").to_owned(), (stock["amount"].as_i64().expect("how much"), later.collect()))
    });
    let service = depot.get("service").map_or(0, duration);
    (word(depot, "id").to_owned(), Depot { spans: spans(depot), service, stock: stock.collect(), keeps })
}

/// The ways to meet a need: as it stands, with other goods or fewer of them, and the fetching of what it lends.
fn ways(need: &Value) -> Vec<(String, Way)> {
    let id = word(need, "id");
    // For every kind asked for: what it is, how much will do, and what becomes of it.
    let mut choices: Vec<Vec<(String, i64, &str)>> = Vec::new();
    for entry in list(need, "goods") {
        let (good, amount) = (word(entry, "good"), entry["amount"].as_i64().unwrap_or(1));
        let becomes = entry["use"].as_str().unwrap_or("deliver");
        let mut will_do = vec![(good.to_owned(), amount, becomes)];
        for other in list(entry, "or") {
            will_do.push((
                word(other, "good").to_owned(),
                other["amount"].as_i64().unwrap_or(amount),
                becomes,
            ));
        }
        will_do.extend(entry["least"].as_i64().map(|least| (good.to_owned(), least, becomes)));
        choices.push(will_do);
    }
    let count = choices.iter().map(Vec::len).product::<usize>();
    let mut ways = Vec::new();
    for number in 0..count {
        let load = amounts(need, "load", "dimension");
        let mut way = Way { of: id.to_owned(), spans: spans(need), load, ..Way::default() };
        let mut digits = number;
        for will_do in &choices {
            let (good, amount, becomes) = &will_do[digits % will_do.len()];
            digits /= will_do.len();
            let to = match *becomes {
                "deliver" => &mut way.deliver,
                "carry" => &mut way.carry,
                _ => &mut way.collect,
            };
            to.insert(good.clone(), *amount);
        }
        ways.push((if number == 0 { id.to_owned() } else { format!("{id}~{}", number + 1) }, way));
    }
    if let Some(loan) = need.get("loan") {
        let (of, lent) = (format!("{id}#back"), ways[0].1.deliver.clone());
        let way = Way {
            collect: lent,
            spans: spans(&loan["back"]),
            lent_at: Some(id.to_owned()),
            ..Way::default()
        };
        ways.push((of.clone(), Way { of, ..way }));
    }
    ways
}
