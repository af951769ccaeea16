//! Laws of comparing plans, and of plans made by hand: what is left out is filled in so that the plan holds, what is stated stays.

use std::collections::{BTreeMap, BTreeSet};

use qise::Problem;
use qise::compare::{Change, diff};
use qise::model::{DepotId, Limits, NeedId, Rule, Seconds, Time, UnitId, VolunteerId};
use qise::plan::{Draft, Plan, Visit, evaluate};
use qise_io::words;

use crate::solver::{mixes, run};
use crate::support::goods::with_goods;
use crate::support::rides::with_rides;
use crate::support::together::{with_crews, with_links, with_parties};
use crate::support::{Mix, problem};

/// Problems of every kind, small enough for many of them.
fn problems() -> impl Iterator<Item = (u64, Problem)> {
    mixes().take(60).map(|(seed, mix)| {
        let plain = problem(seed, mix);
        let problem = match seed % 6 {
            0 => with_crews(seed, &plain),
            1 => with_rides(seed, &plain),
            2 => with_links(seed, &with_crews(seed, &plain)),
            3 => with_parties(seed, &plain),
            4 => with_goods(seed, &plain),
            _ => plain,
        };
        (seed, problem)
    })
}

#[test]
fn a_plan_does_not_differ_from_itself() {
    for (seed, problem) in problems() {
        let plan = run(&problem, 100).plan;
        let same = diff(&problem, &plan, &plan);
        assert!(same.is_empty(), "seed {seed}: {same:?}");
        assert!(same.terms().all(|(_, old, new)| old == new), "seed {seed}");
        let mut turned = plan.clone();
        turned.routes.reverse();
        turned.unserved.reverse();
        assert!(diff(&problem, &plan, &turned).is_empty(), "seed {seed}: routes in another order");
    }
}

/// A visit: need, role, stop, who, when.
type Told = (NeedId, u16, u16, VolunteerId, Time);

/// Who serves each thing asked for, and when, told in the simplest way.
fn told(problem: &Problem, plan: &Plan) -> BTreeMap<NeedId, BTreeSet<Told>> {
    let mut told = BTreeMap::<_, BTreeSet<_>>::new();
    for route in &plan.routes {
        for visit in &route.visits {
            let stands = problem.ways(visit.need).first().copied().unwrap_or(visit.need);
            for unit in [&[route.unit][..], &route.company].concat() {
                let who = problem.unit(unit).volunteer;
                told.entry(stands).or_default().insert((
                    visit.need,
                    visit.role,
                    visit.stop,
                    who,
                    visit.start,
                ));
            }
        }
    }
    told
}

#[test]
fn differences_are_those_of_the_judge_and_of_the_visits() {
    let mut seen = BTreeSet::new();
    for (seed, problem) in problems() {
        let old = run(&problem, 0).plan;
        let new = run(&problem, 400).plan;
        let difference = diff(&problem, &old, &new);
        let (before, after) = (evaluate(&problem, &old).score, evaluate(&problem, &new).score);
        for (term, was, is) in difference.terms() {
            assert_eq!((was, is), (before.terms.get(term), after.terms.get(term)), "seed {seed}: {term:?}");
        }
        assert_eq!(difference.levels().map(|(_, is)| is).collect::<Vec<_>>(), after.levels, "seed {seed}");
        let (was, is) = (told(&problem, &old), told(&problem, &new));
        let differ = |need: &NeedId| was.get(need) != is.get(need);
        let asked = problem.need_ids().filter(|&need| problem.stands_for(need) == need);
        let outside = |plan: &Plan| plan.outsourced.iter().copied().collect::<BTreeSet<_>>();
        let handed = outside(&old).symmetric_difference(&outside(&new)).copied().collect::<BTreeSet<_>>();
        let expected = asked.filter(|need| differ(need) || handed.contains(need)).collect::<BTreeSet<_>>();
        let found = difference.needs.iter().map(|need| need.need).collect::<BTreeSet<_>>();
        // Another shift or vehicle at the same times is all that may come on top.
        let more = difference.needs.iter().filter(|need| !expected.contains(&need.need));
        assert!(more.clone().all(|need| need.change == Change::OtherMeans), "seed {seed}");
        assert!(expected.is_subset(&found), "seed {seed}");
        for need in &difference.needs {
            let (served, serves) = (was.contains_key(&need.need), is.contains_key(&need.need));
            assert_eq!(need.change == Change::Won, !served && serves, "seed {seed}: {need:?}");
            assert_eq!(need.change == Change::Lost, served && !serves, "seed {seed}: {need:?}");
            let words = words::need_change(&problem, need, |time| time.0.to_string());
            assert!(!words.en.is_empty() && !words.zh.is_empty() && words.en != words.zh);
            seen.insert(need.change);
        }
        let back = diff(&problem, &new, &old);
        assert_eq!(back.needs.len(), difference.needs.len(), "seed {seed}");
        assert_eq!(back.count(Change::Won), difference.count(Change::Lost), "seed {seed}");
        let whose = |plan: &Plan, who: VolunteerId| {
            let mut routes = plan.routes.clone();
            routes.retain(|r| {
                [&[r.unit][..], &r.company].concat().iter().any(|&u| problem.unit(u).volunteer == who)
            });
            routes.sort_by_key(|route| (route.departure, route.unit));
            routes
        };
        for v in (0..problem.volunteers().len()).map(VolunteerId::new) {
            let changes = difference.people.iter().any(|person| person.volunteer == v);
            assert_eq!(changes, whose(&old, v) != whose(&new, v), "seed {seed}: {v:?}");
        }
    }
    for change in [Change::Won, Change::Lost, Change::OtherPeople, Change::Moved] {
        assert!(seen.contains(&change), "{change:?} occurs");
    }
}

#[test]
fn what_no_problem_has_is_passed_over() {
    let (seed, problem) = problems().next().expect("a problem");
    let good = run(&problem, 50).plan;
    let mut bad = good.clone();
    bad.unserved.push(NeedId(9999));
    bad.outsourced.push(NeedId(9999));
    bad.routes[0].unit = UnitId(9999);
    let visit =
        Visit { need: NeedId(9999), role: 9, stop: 9, arrival: Time::MAX, start: Time::MIN, end: Time::MAX };
    bad.routes[1].visits.push(visit);
    let visit = Visit {
        need: NeedId(0),
        role: 9,
        stop: 9,
        arrival: Time(i64::MAX),
        start: Time(i64::MIN),
        end: Time(i64::MAX),
    };
    bad.routes[1].visits.push(visit);
    bad.routes[1].company.push(UnitId(9999));
    let difference = diff(&problem, &good, &bad);
    assert!(!difference.is_empty() && !difference.new.is_valid(), "seed {seed}");
    for need in &difference.needs {
        words::need_change(&problem, need, |time| time.0.to_string());
    }
    for person in &difference.people {
        words::person_change(&problem, person);
    }
    let mut draft = Draft::from(&bad);
    for route in &mut draft.routes {
        route.departure = None;
        route.visits.iter_mut().for_each(|visit| visit.start = None);
    }
    assert!(!evaluate(&problem, &draft.dated(&problem)).is_valid(), "seed {seed}");
}

/// The plan without a single time.
fn without_times(plan: &Plan) -> Draft {
    let mut draft = Draft::from(plan);
    for route in &mut draft.routes {
        (route.departure, route.finish, route.breaks) = (None, None, None);
        for visit in &mut route.visits {
            (visit.arrival, visit.start, visit.end) = (None, None, None);
        }
        for call in &mut route.calls {
            (call.arrival, call.start, call.end) = (None, None, None);
        }
    }
    draft
}

/// The same problem without limits on what a person does in a day or a week: an early timing may take more of these than a late one.
fn without_limits(problem: &Problem) -> Problem {
    let changed = problem.replace(|data| {
        for volunteer in &mut data.volunteers {
            (volunteer.per_day, volunteer.per_week) = (Limits::default(), Limits::default());
            volunteer.rest = Seconds::ZERO;
        }
    });
    changed.expect("fewer limits are as valid")
}

#[test]
fn what_is_stated_stays() {
    for (seed, problem) in problems() {
        let plan = run(&problem, 60).plan;
        let draft = Draft::from(&plan);
        assert_eq!(draft.missing(), 0);
        assert_eq!(draft.dated(&problem), plan, "seed {seed}");
        // With the starts alone, everything else is filled in so that the plan holds as before.
        let mut starts = without_times(&plan);
        for (route, full) in starts.routes.iter_mut().zip(&plan.routes) {
            route.breaks = Some(full.breaks.clone());
            for (visit, stated) in route.visits.iter_mut().zip(&full.visits) {
                visit.start = Some(stated.start);
            }
            for (call, stated) in route.calls.iter_mut().zip(&full.calls) {
                call.start = Some(stated.start);
            }
        }
        let dated = starts.dated(&problem);
        let judged = evaluate(&without_limits(&problem), &dated);
        assert!(judged.is_valid(), "seed {seed}: {:?}", judged.violations);
        for (dated, full) in dated.routes.iter().zip(&plan.routes) {
            let times = |visits: &[Visit]| visits.iter().map(|v| (v.start, v.end)).collect::<Vec<_>>();
            assert_eq!(times(&dated.visits), times(&full.visits), "seed {seed}");
            assert_eq!(dated.finish, full.finish, "seed {seed}");
        }
    }
}

#[test]
fn what_is_left_out_is_filled_in_as_early_as_can_be() {
    let (mut sooner, mut crews) = (0, 0);
    for (seed, mix) in mixes().take(80) {
        let plain = without_limits(&problem(seed, Mix { breaks: false, ..mix }));
        let problem = match seed % 5 {
            0 => with_crews(seed, &plain),
            1 => with_rides(seed, &plain),
            2 => with_links(seed, &with_crews(seed, &plain)),
            3 => with_parties(seed, &plain),
            _ => plain,
        };
        let problem = without_limits(&problem);
        let plan = run(&problem, 200).plan;
        let draft = without_times(&plan);
        let dated = draft.dated(&problem);
        let judged = evaluate(&problem, &dated);
        assert!(judged.is_valid(), "seed {seed}: {:?}", judged.violations);
        crews += usize::from(!plan.crews().is_empty());
        for ((_, early), (_, found)) in dated.visits().zip(plan.visits()) {
            assert!(early.start <= found.start, "seed {seed}: {early:?} {found:?}");
            sooner += usize::from(early.start < found.start);
        }
    }
    assert!(sooner > 50 && crews > 10, "{sooner} sooner, {crews} with crews");
}

#[test]
fn breaks_are_filled_in_too() {
    let (mut plans, mut missed) = (0, 0);
    for (seed, mix) in mixes() {
        let problem = without_limits(&problem(seed, Mix { breaks: true, ..mix }));
        let plan = run(&problem, 100).plan;
        let judged = evaluate(&problem, &without_times(&plan).dated(&problem));
        plans += 1;
        missed += usize::from(!judged.is_valid());
        // What greedy breaks can cost is lateness; never are rules of breaks themselves broken.
        let breaks = |rule| {
            matches!(rule, Rule::BreakMisplaced | Rule::TravelTooShort | Rule::EarlyStart | Rule::Overlap)
        };
        assert!(!judged.violations.iter().any(|v| breaks(v.rule)), "seed {seed}: {:?}", judged.violations);
    }
    assert!(missed * 20 <= plans, "{missed} of {plans}");
}

#[test]
fn a_circle_of_waiting_is_told_by_the_judge() {
    let (seed, mix) = mixes().next().expect("a mix");
    let problem = with_crews(seed, &problem(seed, mix));
    let plan = run(&problem, 100).plan;
    let mut draft = without_times(&plan);
    for route in &mut draft.routes {
        route.visits.reverse();
        route.calls.iter_mut().for_each(|call| call.depot = DepotId(77));
    }
    let dated = draft.dated(&problem);
    assert_eq!(dated.visits().count(), plan.visits().count());
}
