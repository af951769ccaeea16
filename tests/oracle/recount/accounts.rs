//! The first account: at every minute, sums over the whole plan say what each depot, route and borrower has.

use std::collections::{BTreeMap, BTreeSet};

use super::Breach;
use super::plan::{Act, Drive, Told};
use super::story::{Amounts, Story};

/// Every minute of the horizon, and every moment at which something happens.
pub(super) fn minutes(story: &Story, told: &Told<'_>) -> BTreeSet<i64> {
    let (first, last) = story.horizon;
    let mut minutes =
        (first.div_euclid(60)..=last.div_euclid(60)).map(|minute| minute * 60).collect::<BTreeSet<_>>();
    minutes.extend(told.moments());
    minutes
}

/// What a depot has of a kind; nothing where it never runs out. What is taken is gone when the call starts, what is given is there
/// when it ends.
pub(super) fn in_stock(story: &Story, told: &Told<'_>, depot: &str, good: &str, now: i64) -> Option<i64> {
    let (first, later) = story.depots[depot].stock.get(good)?;
    let mut left = first + later.iter().filter(|&&(at, _)| at <= now).map(|&(_, amount)| amount).sum::<i64>();
    for step in told.0.iter().flat_map(|drive| &drive.steps) {
        if let Act::Call { depot: at, takes, gives } = &step.act
            && at == depot
        {
            left -= takes.get(good).filter(|_| step.start <= now).unwrap_or(&0);
            left += gives.get(good).filter(|_| step.end <= now).unwrap_or(&0);
        }
    }
    Some(left)
}

/// What is on board of a route. What is brought is left there when the service starts, what is fetched is on board when it ends.
pub(super) fn on_board(drive: &Drive<'_>, now: i64) -> Amounts {
    let mut sums = drive.own.clone();
    let mut add = |amounts: &Amounts, sign: i64| {
        for (good, amount) in amounts {
            *sums.entry(good.clone()).or_default() += sign * amount;
        }
    };
    for step in &drive.steps {
        let (begun, done) = (step.start <= now, step.end <= now);
        match &step.act {
            Act::Call { takes, gives, .. } => {
                add(takes, begun.into());
                add(gives, -i64::from(done));
            }
            Act::Serve { way, .. } => {
                add(&way.deliver, -i64::from(begun));
                add(&way.collect, done.into());
            }
        }
    }
    sums
}

/// What weighs on a route besides goods: what its visits bring, from its start until each of them begins.
fn besides(drive: &Drive<'_>, now: i64) -> Amounts {
    let mut sums = Amounts::new();
    for step in drive.steps.iter().filter(|step| now < step.start) {
        if let Act::Serve { way, .. } = &step.act {
            for (dimension, amount) in &way.load {
                *sums.entry(dimension.clone()).or_default() += amount;
            }
        }
    }
    sums
}

pub(super) fn count(story: &Story, told: &Told<'_>, breaches: &mut BTreeSet<Breach>) {
    for now in minutes(story, told) {
        for (key, depot) in &story.depots {
            for good in depot.stock.keys() {
                if in_stock(story, told, key, good, now).is_some_and(|left| left < 0) {
                    breaches.insert(("out of stock", format!("{key} {good}")));
                }
            }
        }
        let mut drivers = BTreeMap::new();
        for drive in told.0.iter().filter(|drive| (drive.span.0..drive.span.1).contains(&now)) {
            if let Some(vehicle) = &drive.vehicle
                && drivers.insert(vehicle, &drive.who).is_some()
            {
                breaches.insert(("taken by two", vehicle.clone()));
            }
            board(story, drive, now, breaches);
        }
    }
    for drive in &told.0 {
        let left = on_board(drive, drive.span.1);
        for good in story.lasting() {
            if left.get(good) > Some(drive.own.get(good).unwrap_or(&0)) {
                breaches.insert(("kept", format!("{} {good}", drive.who)));
            }
        }
    }
}

/// What is on board of one route: never less than nothing, enough for what is asked at hand, and no more than it can carry.
fn board(story: &Story, drive: &Drive<'_>, now: i64, breaches: &mut BTreeSet<Breach>) {
    let goods = on_board(drive, now);
    let mut weight = besides(drive, now);
    for (good, &amount) in &goods {
        if amount < 0 {
            breaches.insert(("not on board", format!("{} {good}", drive.who)));
        }
        // What is given back is unloaded before anything is loaded.
        let unloaded = drive.steps.iter().filter(|step| step.start <= now && now < step.end);
        let unloaded = unloaded.filter_map(|step| match &step.act {
            Act::Call { gives, .. } => gives.get(good),
            Act::Serve { .. } => None,
        });
        let carried = (amount - unloaded.sum::<i64>()).max(0);
        for (dimension, one) in &story.kinds[good].load {
            *weight.entry(dimension.clone()).or_default() += one * carried;
        }
    }
    for (dimension, carried) in weight {
        if carried > *drive.capacity.get(&dimension).unwrap_or(&0) {
            breaches.insert(("too much on board", format!("{} {dimension}", drive.who)));
        }
    }
    for step in drive.steps.iter().filter(|step| (step.start..=step.end).contains(&now)) {
        if let Act::Serve { id, way } = &step.act
            && way.carry.iter().any(|(good, amount)| goods.get(good).unwrap_or(&0) < amount)
        {
            breaches.insert(("not at hand", id.clone()));
        }
    }
}
