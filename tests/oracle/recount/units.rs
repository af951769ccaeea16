//! The second account: every single thing that comes back, moved from hand to hand.

use std::collections::{BTreeMap, BTreeSet};

use super::Breach;
use super::accounts::{in_stock, minutes, on_board};
use super::plan::{Act, Told};
use super::story::Story;

/// Where one thing is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Spot {
    /// In a depot.
    Depot(String),
    /// On board of the route with this number.
    Board(usize),
    /// Left with whoever asked.
    With(String),
    /// Not here yet: it comes in later, at a depot.
    Coming(String, i64),
}

/// One thing: its kind, and where it was from when on, in order of time.
#[derive(Debug)]
pub(super) struct Thing {
    kind: String,
    path: Vec<(i64, Spot)>,
}

impl Thing {
    fn now(&self) -> &Spot {
        &self.path.last().expect("it begins somewhere").1
    }

    /// Where it is at a moment.
    fn at(&self, now: i64) -> &Spot {
        let gone = self.path.partition_point(|&(since, _)| since <= now).max(1);
        &self.path[gone - 1].1
    }
}

/// From one place to another.
struct Move {
    at: i64,
    kind: String,
    amount: i64,
    from: Spot,
    to: Spot,
}

/// Moves everything through the plan, and finds where there is nothing to move.
pub(super) fn follow(story: &Story, told: &Told<'_>, breaches: &mut BTreeSet<Breach>) -> Vec<Thing> {
    let mut things = beginnings(story, told);
    let mut moves = Vec::new();
    for (d, drive) in told.0.iter().enumerate() {
        let mut add = |at, kinds: &BTreeMap<String, i64>, from: &Spot, to: &Spot| {
            for (kind, &amount) in kinds.iter().filter(|(kind, _)| story.kinds[*kind].comes_back) {
                moves.push(Move { at, kind: kind.clone(), amount, from: from.clone(), to: to.clone() });
            }
        };
        for step in &drive.steps {
            let board = Spot::Board(d);
            match &step.act {
                Act::Call { depot, takes, gives } => {
                    add(step.start, takes, &Spot::Depot(depot.clone()), &board);
                    add(step.end, gives, &board, &Spot::Depot(depot.clone()));
                }
                Act::Serve { way, .. } => {
                    let lender = way.lent_at.as_ref().unwrap_or(&way.of);
                    add(step.start, &way.deliver, &board, &Spot::With(way.of.clone()));
                    add(step.end, &way.collect, &Spot::With(lender.clone()), &board);
                }
            }
        }
    }
    // What comes in at a moment is there for those who take at that moment.
    moves.sort_by_key(|moved| (moved.at, !matches!(moved.to, Spot::Depot(_))));
    for moved in moves {
        for thing in
            things.iter_mut().filter(|thing| matches!(thing.now(), Spot::Coming(_, at) if *at <= moved.at))
        {
            if let Spot::Coming(depot, at) = thing.now().clone() {
                thing.path.push((at, Spot::Depot(depot)));
            }
        }
        for _ in 0..moved.amount {
            let here = things.iter_mut().find(|thing| thing.kind == moved.kind && *thing.now() == moved.from);
            match here {
                Some(thing) => thing.path.push((moved.at, moved.to.clone())),
                None => {
                    breaches.insert(("nothing there", format!("{} {:?}", moved.kind, moved.from)));
                }
            }
        }
    }
    things
}

/// Where everything is before anybody leaves; what is fetched and was never lent here was lent before.
fn beginnings(story: &Story, told: &Told<'_>) -> Vec<Thing> {
    let mut things = Vec::new();
    let mut begin = |kind: &str, amount: i64, spot: &Spot| {
        let thing = || Thing { kind: kind.to_owned(), path: vec![(i64::MIN, spot.clone())] };
        things.extend((0..amount).map(|_| thing()));
    };
    for kind in story.lasting() {
        for (key, depot) in &story.depots {
            if let Some((first, later)) = depot.stock.get(kind) {
                begin(kind, *first, &Spot::Depot(key.clone()));
                for &(at, amount) in later {
                    begin(kind, amount, &Spot::Coming(key.clone(), at));
                }
            }
        }
        for (d, drive) in told.0.iter().enumerate() {
            begin(kind, drive.own.get(kind).copied().unwrap_or(0), &Spot::Board(d));
        }
        for way in story.ways.values().filter(|way| way.lent_at.is_none()) {
            begin(kind, way.collect.get(kind).copied().unwrap_or(0), &Spot::With(way.of.clone()));
        }
    }
    things
}

/// Holds the two accounts against each other at every minute: each thing in one place, and everywhere as many as the sums say.
pub(super) fn agree(story: &Story, told: &Told<'_>, things: &[Thing], breaches: &mut BTreeSet<Breach>) {
    for now in minutes(story, told) {
        let mut counted: BTreeMap<(&str, Spot), i64> = BTreeMap::new();
        for thing in things {
            let spot = match thing.at(now) {
                Spot::Coming(depot, at) if *at <= now => Spot::Depot(depot.clone()),
                spot => spot.clone(),
            };
            *counted.entry((&thing.kind, spot)).or_default() += 1;
        }
        let mut expect = |kind: &str, spot: Spot, stated: i64| {
            if counted.get(&(kind, spot.clone())).copied().unwrap_or(0) != stated {
                breaches.insert(("accounts differ", format!("{kind} {spot:?}")));
            }
        };
        for kind in story.lasting() {
            for depot in story.depots.keys() {
                if let Some(stated) = in_stock(story, told, depot, kind, now) {
                    expect(kind, Spot::Depot(depot.clone()), stated);
                }
            }
            for (d, drive) in told.0.iter().enumerate() {
                expect(kind, Spot::Board(d), on_board(drive, now).get(kind).copied().unwrap_or(0));
            }
        }
    }
}
