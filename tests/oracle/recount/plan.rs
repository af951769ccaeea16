//! What a plan document says is done, as a list of acts for each route.

use std::collections::BTreeSet;

use serde_json::Value;

use super::story::{Amounts, Spans, Story, Way};
use super::{Breach, list, time, word};

/// Something that changes what is where.
#[derive(Debug)]
pub(super) enum Act<'s> {
    /// At a need.
    Serve { id: String, way: &'s Way },
    /// At a depot.
    Call { depot: String, takes: Amounts, gives: Amounts },
}

#[derive(Debug)]
pub(super) struct Step<'s> {
    pub arrival: i64,
    pub start: i64,
    pub end: i64,
    pub act: Act<'s>,
}

#[derive(Debug)]
pub(super) struct Drive<'s> {
    pub who: String,
    pub vehicle: Option<String>,
    pub span: (i64, i64),
    /// On board at first.
    pub own: Amounts,
    pub capacity: Amounts,
    pub steps: Vec<Step<'s>>,
}

#[derive(Debug)]
pub(super) struct Told<'s>(pub Vec<Drive<'s>>);

impl<'s> Told<'s> {
    pub(super) fn read(story: &'s Story, plan: &Value, breaches: &mut BTreeSet<Breach>) -> Self {
        let drives = list(plan, "routes").map(|route| drive(story, route)).collect::<Vec<_>>();
        let told = Self(drives);
        let mut met = BTreeSet::new();
        for step in told.0.iter().flat_map(|drive| &drive.steps) {
            if let Act::Serve { way, .. } = &step.act
                && !met.insert(way.of.clone())
            {
                breaches.insert(("served twice", way.of.clone()));
            }
        }
        let left = list(plan, "unserved").map(|left| word(left, "need").to_owned()).collect::<BTreeSet<_>>();
        let asked = story.ways.values().map(|way| way.of.clone()).collect::<BTreeSet<_>>();
        for of in asked.iter().filter(|&of| met.contains(of) == left.contains(of)) {
            breaches.insert(("lost", of.clone()));
        }
        told
    }

    /// Everything is done in its order, by one person at a time with a vehicle for themselves, and where and when it may be.
    pub(super) fn order(&self, story: &Story, breaches: &mut BTreeSet<Breach>) {
        for drive in &self.0 {
            let mut now = drive.span.0;
            for step in &drive.steps {
                let (key, spans) = match &step.act {
                    Act::Serve { id, way } => (id, &way.spans),
                    Act::Call { depot, .. } => (depot, &story.depots[depot].spans),
                };
                if step.arrival < now || step.start < step.arrival || step.end < step.start {
                    breaches.insert(("out of order", key.clone()));
                }
                if !within(spans, step.start) {
                    breaches.insert(("at a wrong time", key.clone()));
                }
                if let Act::Call { depot, takes, gives } = &step.act {
                    let depot = &story.depots[depot];
                    if step.end - step.start != depot.service {
                        breaches.insert(("hurried", key.clone()));
                    }
                    if takes.keys().chain(gives.keys()).any(|good| !depot.keeps.contains(good)) {
                        breaches.insert(("not kept there", key.clone()));
                    }
                }
                now = step.end;
            }
            if drive.span.1 < now {
                breaches.insert(("out of order", drive.who.clone()));
            }
        }
        for (d, drive) in self.0.iter().enumerate() {
            for other in &self.0[..d] {
                let meet = drive.span.0 < other.span.1 && other.span.0 < drive.span.1;
                if meet && drive.who == other.who {
                    breaches.insert(("in two places", drive.who.clone()));
                }
            }
        }
    }

    /// Every moment at which something happens.
    pub(super) fn moments(&self) -> impl Iterator<Item = i64> {
        self.0.iter().flat_map(|drive| drive.steps.iter().flat_map(|step| [step.start, step.end]))
    }
}

fn within(spans: &Spans, start: i64) -> bool {
    spans.is_empty() || spans.iter().any(|&(from, to)| (from..=to).contains(&start))
}

fn drive<'s>(story: &'s Story, route: &Value) -> Drive<'s> {
    let who = word(route, "volunteer").to_owned();
    let (capacity, shifts) = &story.people[&who];
    let mut own = shifts[route["shift"].as_u64().unwrap_or(0) as usize].0.clone();
    let mut capacity = capacity.clone();
    let vehicle = route["vehicle"].as_str().map(ToOwned::to_owned);
    if let Some((holds, carries)) = vehicle.as_ref().map(|vehicle| &story.vehicles[vehicle]) {
        capacity.clone_from(holds);
        for (good, amount) in carries {
            *own.entry(good.clone()).or_default() += amount;
        }
    }
    let mut calls = list(route, "calls").collect::<Vec<_>>();
    calls.reverse();
    let mut steps = Vec::new();
    let visits = list(route, "visits").collect::<Vec<_>>();
    for number in 0..=visits.len() {
        let last = number == visits.len();
        while let Some(call) = calls.pop_if(|call| last || call["before"].as_u64() <= Some(number as u64)) {
            let takes = parcels(call, "takes");
            let depot = word(call, "depot").to_owned();
            steps.push(step(call, Act::Call { depot, takes, gives: parcels(call, "gives") }));
        }
        if let Some(visit) = visits.get(number) {
            let id = word(visit, "need").to_owned();
            let way = story.ways.get(&id).unwrap_or_else(|| panic!("nobody asked for {id}"));
            steps.push(step(visit, Act::Serve { id, way }));
        }
    }
    let span = (time(&route["departure"]), time(&route["finish"]));
    Drive { who, vehicle, span, own, capacity, steps }
}

fn step<'s>(of: &Value, act: Act<'s>) -> Step<'s> {
    Step { arrival: time(&of["arrival"]), start: time(&of["start"]), end: time(&of["end"]), act }
}

fn parcels(call: &Value, field: &str) -> Amounts {
    list(call, field).map(|p| (word(p, "good").to_owned(), p["amount"].as_i64().expect("how much"))).collect()
}
