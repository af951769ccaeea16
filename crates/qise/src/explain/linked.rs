//! Needs that hang together, and can never be served together: a proof by their windows, the people who could serve them, and the days.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use crate::eligibility::can_reach;
use crate::model::{Link, LinkRule, NeedId, Problem, Seconds, SlotId, UnitId, VolunteerId, Window};

/// What keeps two needs from being served together.
// Not `non_exhaustive`: whoever adds a variant must learn from the compiler where it is put into words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Clash {
    /// No time of the one fits any time of the other.
    Time,
    /// The same people would have to serve both, and nobody can.
    Person,
    /// Different people would have to serve them, and there is only one.
    Persons,
    /// Nobody can serve both on one day, whoever serves which.
    Day,
}

/// A need without which another is not served, and with which it can never be; nothing where none is known.
pub(super) fn clash(problem: &Problem, need: NeedId) -> Option<(NeedId, Clash)> {
    let hangs = problem.links().iter().flat_map(Link::needed).filter(|&(_, hanging)| hanging == need);
    let others = hangs.map(|(other, _)| other).collect::<BTreeSet<_>>();
    others.into_iter().find_map(|other| {
        let of_both = |link: &&Link| [(need, other), (other, need)].contains(&(link.from, link.to));
        let mut links = problem.links().iter().filter(of_both);
        links.find_map(|link| clash_of(problem, link)).map(|clash| (other, clash))
    })
}

/// Why a link never holds where both needs are served; nothing where it may.
fn clash_of(problem: &Problem, link: &Link) -> Option<Clash> {
    match link.rule {
        LinkRule::After { min, max } => (!times_fit(problem, link, min, max)).then_some(Clash::Time),
        LinkRule::SamePerson { price: None } => {
            let (one, other) = (people(problem, link.from), people(problem, link.to));
            one.is_disjoint(&other).then_some(Clash::Person)
        }
        LinkRule::DifferentPerson => {
            let (mut one, other) = (people(problem, link.from), people(problem, link.to));
            one.extend(other);
            (one.len() == 1).then_some(Clash::Persons)
        }
        LinkRule::SameDay => {
            let days = |need| units(problem, need).into_iter().map(move |unit| problem.unit(unit).day);
            let one = days(link.from).collect::<FxHashSet<_>>();
            (!days(link.to).any(|day| one.contains(&day))).then_some(Clash::Day)
        }
        LinkRule::SamePerson { price: Some(_) } | LinkRule::DaysApart { .. } | LinkRule::Together => None,
    }
}

/// Everybody whom no rule excludes from every part of a need, with each of their routes. Who goes along in a party is not known: then all.
fn units(problem: &Problem, need: NeedId) -> Vec<UnitId> {
    let slots = problem.slots_of(need).collect::<Vec<_>>();
    let may = |unit: &UnitId| {
        problem.unit(*unit).pool.is_some()
            || slots.iter().any(|&slot| can_reach(problem, slot, *unit).is_ok())
    };
    problem.unit_ids().filter(may).collect()
}

fn people(problem: &Problem, need: NeedId) -> FxHashSet<VolunteerId> {
    units(problem, need).into_iter().map(|unit| problem.unit(unit).volunteer).collect()
}

/// Whether some start of the second need lies within the bounds after some end of the first.
fn times_fit(problem: &Problem, link: &Link, min: Seconds, max: Option<Seconds>) -> bool {
    let first = problem.slots_of(link.from).filter(|&slot| problem.is_last_stop(slot));
    let ends = first.flat_map(|slot| {
        let (least, most) = service(problem, slot);
        let ended = move |window: &Window| Window { from: window.from + least, to: window.to + most };
        starts(problem, slot).into_iter().map(move |window| ended(&window))
    });
    let second = problem.slots_of(link.to).filter(|&slot| problem.slot(slot).stop == 0);
    let starts = second.flat_map(|slot| starts(problem, slot)).collect::<Vec<_>>();
    ends.into_iter().any(|end| {
        let fits =
            |start: &Window| start.to - end.from >= min && max.is_none_or(|max| start.from - end.to <= max);
        starts.iter().any(fits)
    })
}

/// When a stop may start: in its windows, at the pinned moment where there is one.
fn starts(problem: &Problem, slot: SlotId) -> Vec<Window> {
    match problem.pinned_start(slot) {
        Some(at) => vec![Window { from: at, to: at }],
        None => problem.windows_of(slot).to_vec(),
    }
}

/// How long a stop takes whoever is quickest, and whoever is slowest.
fn service(problem: &Problem, slot: SlotId) -> (Seconds, Seconds) {
    let services = (0..problem.volunteers().len()).map(|who| problem.service(slot, VolunteerId::new(who)));
    services.fold((Seconds::MAX, Seconds::ZERO), |(least, most), one| (one.min(least), one.max(most)))
}
