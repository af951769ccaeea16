//! What is brought and lent: the needs that ask for it, the depots that keep it, and how much people can carry.

use qise::model::{
    Amount, Depot, Dimension, DimensionId, Good, GoodId, Handling, Link, LinkRule, Load, Need, NeedId,
    PlaceId, Requirement, Restock, Seconds, Stock, Stop, Supply, Volunteer, Window,
};

use super::GenerateOptions;
use super::clock::Clock;
use super::draw::{Draw, Stream, Weighted};
use super::land::{Land, Settlement};

/// A kind of goods: its names, what one of it weighs, and whether it is lent.
struct Kind {
    key: &'static str,
    name: &'static str,
    unit: &'static str,
    kg: i64,
    lent: bool,
}

const fn kind(key: &'static str, name: &'static str, unit: &'static str, kg: i64, lent: bool) -> Kind {
    Kind { key, name, unit, kg, lent }
}

/// All kinds; the position is the id.
const KINDS: [Kind; 5] = [
    kind("fodder", "fodder 草捆", "bale 捆", 25, false),
    kind("water", "drinking water 桶装水", "bucket 桶", 19, false),
    kind("food", "food box 食品箱", "box 箱", 12, false),
    kind("wheelchair", "wheelchair 轮椅", "piece 辆", 18, true),
    kind("walker", "walker 助行器", "piece 个", 4, true),
];
const FODDER: usize = 0;
const WATER: usize = 1;
const FOOD: usize = 2;
const WHEELCHAIR: usize = 3;
const WALKER: usize = 4;

/// All kinds, as goods of a problem.
pub(super) fn goods(kilograms: DimensionId) -> Vec<Good> {
    let good = |kind: &Kind| Good {
        key: kind.key.into(),
        name: Some(kind.name.into()),
        unit: Some(kind.unit.into()),
        load: vec![Load { dimension: kilograms, amount: kind.kg }],
        comes_back: kind.lent,
    };
    KINDS.iter().map(good).collect()
}

/// In what goods are weighed.
pub(super) fn kilograms() -> Dimension {
    Dimension { key: "kg".into(), name: Some("kilograms 公斤".into()) }
}

/// Gives everybody what they can carry: in the car, on the motorbike, by hand.
pub(super) fn with_kilograms(volunteers: &mut [Volunteer], kilograms: DimensionId, seed: u64) {
    let mut draw = Draw::new(seed, Stream::Kilograms);
    for volunteer in volunteers {
        let amount = match volunteer.profile.0 {
            0 => draw.stepped(150, 400, 50),
            1 => draw.stepped(30, 60, 10),
            _ => draw.stepped(4, 12, 4),
        };
        volunteer.capacity.push(Load { dimension: kilograms, amount });
    }
}

/// Makes needs into deliveries and loans, and remembers at which loans are fetched again.
pub(super) struct Supplies {
    draw: Draw,
    clock: Clock,
    deliveries: usize,
    loans: usize,
    back: Vec<(NeedId, Need)>,
}

impl Supplies {
    pub(super) fn new(options: &GenerateOptions) -> Self {
        Self {
            draw: Draw::new(options.seed, Stream::Supplies),
            clock: Clock::new(options),
            deliveries: options.deliveries_percent as usize,
            loans: options.loans_percent as usize,
            back: Vec::new(),
        }
    }

    /// Makes a delivery or a loan of a need, as often as the options say.
    pub(super) fn supply(&mut self, id: NeedId, need: &mut Need, home: &Settlement) {
        let number = self.draw.below(100);
        if need.is_crew() || need.is_ride() || number >= self.deliveries + self.loans {
            return;
        }
        let role = &mut need.roles[0];
        role.requires = Requirement::default();
        role.prefers.clear();
        if number < self.deliveries { self.deliver(id, need, home) } else { self.lend(id, need) }
    }

    /// Fodder where herders are, water and food anywhere.
    fn deliver(&mut self, id: NeedId, need: &mut Need, home: &Settlement) {
        let draw = &mut self.draw;
        let (name, kind, amount) = if draw.chance(0.1 + 0.7 * home.remoteness) {
            ("送饲草料 fodder brought", FODDER, draw.stepped(2, 12, 2))
        } else if draw.chance(0.5) {
            ("送水 water brought", WATER, draw.between(1, 4))
        } else {
            ("送食品 food brought", FOOD, draw.between(1, 3))
        };
        name_it(need, name, id);
        need.stops[0].service = minutes(5 + 2 * amount);
        need.goods = vec![asked(kind, amount, Handling::Deliver)];
    }

    /// Handed over, and fetched some days later; where the days do not last so long, some fetch what was lent before.
    fn lend(&mut self, id: NeedId, need: &mut Need) {
        let draw = &mut self.draw;
        let (what, kind) =
            if draw.chance(0.6) { ("轮椅 wheelchair", WHEELCHAIR) } else { ("助行器 walker", WALKER) };
        let later = draw.between(2, 5) as i32;
        let earlier = draw.chance(0.3);
        need.stops[0].service = minutes(10);
        let last = need.stops[0].windows.last().map_or(i32::MAX, |window| self.clock.day_of(window.to));
        if let Some(day) = last.checked_add(later).filter(|&day| day <= self.clock.last()) {
            let mut back = need.clone();
            back.key = format!("{}-back", need.key);
            name_it(&mut back, &format!("取回{what} fetched"), id);
            let window = |day| Window { from: self.clock.at(day, 540), to: self.clock.at(day, 1020) };
            let windows = (day..=self.clock.last()).take(2).map(window).collect();
            back.stops = vec![Stop { windows, ..back.stops[0].clone() }];
            back.goods = vec![asked(kind, 1, Handling::Collect)];
            (back.promise, back.mandatory) = (None, false);
            self.back.push((id, back));
        } else if earlier {
            name_it(need, &format!("取回{what} fetched"), id);
            need.goods = vec![asked(kind, 1, Handling::Collect)];
            return;
        }
        name_it(need, &format!("借{what} lent"), id);
        need.goods = vec![asked(kind, 1, Handling::Deliver)];
    }

    /// Adds the needs at which loans are fetched to the list; each comes after the one that lends.
    pub(super) fn finish(self, list: &mut Vec<Need>) -> Vec<Link> {
        let mut links = Vec::with_capacity(self.back.len());
        for (from, back) in self.back {
            let rule = LinkRule::After { min: Seconds::ZERO, max: None };
            links.push(Link { from, to: NeedId::new(list.len()), rule });
            list.push(back);
        }
        links
    }
}

/// Depots in the towns, and in some camps: with about as much as is asked for all together, and so too little here and there.
pub(super) fn depots(options: &GenerateOptions, land: &Land, needs: &[Need]) -> Vec<Depot> {
    let mut draw = Draw::new(options.seed, Stream::Depots);
    let clock = Clock::new(options);
    let mut asked = [0_i64; KINDS.len()];
    for supply in needs.iter().flat_map(|need| &need.goods).filter(|s| s.handling == Handling::Deliver) {
        asked[supply.what.good.index()] += supply.what.amount;
    }
    let seats = Weighted::new(land.settlements.iter().map(|s| f64::from(s.residents).sqrt()));
    let depot = |number: usize| {
        let seat = seats.draw(&mut draw);
        let mut stocks = Vec::with_capacity(KINDS.len());
        for (k, kind) in KINDS.iter().enumerate() {
            let (kept, part) = (draw.chance(0.85), 50 + draw.between(0, 130));
            let (comes_in, more) = (draw.chance(0.3), draw.between(20, 60));
            let amount = (asked[k] * part).div_euclid(100 * options.depots as i64) + 1;
            let restock = |day| Restock { at: clock.at(day, 720), amount: amount * more / 100 };
            // Everybody takes back what was lent.
            if kept || kind.lent {
                let restocks = clock.days().filter(|_| comes_in && !kind.lent).map(restock).collect();
                stocks.push(Stock { good: GoodId::new(k), amount: Some(amount), restocks });
            }
        }
        Depot {
            key: format!("d{:04}", number + 1),
            name: Some(format!("{}物资点{:04}", land.settlements[seat].name, number + 1)),
            place: PlaceId::new(seat),
            windows: clock
                .days()
                .map(|day| Window { from: clock.at(day, 450), to: clock.at(day, 1200) })
                .collect(),
            service: minutes(draw.stepped(10, 20, 5)),
            stocks,
        }
    };
    (0..options.depots).map(depot).collect()
}

fn asked(kind: usize, amount: i64, handling: Handling) -> Supply {
    Supply { what: Amount { good: GoodId::new(kind), amount }, handling }
}

fn name_it(need: &mut Need, name: &str, id: NeedId) {
    need.name = Some(format!("{name} {:05}", id.0 + 1));
}

fn minutes(minutes: i64) -> Seconds {
    Seconds(minutes * 60)
}
