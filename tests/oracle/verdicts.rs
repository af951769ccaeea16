//! Why needs are not served, against every plan there is.

use qise::eligibility::obstacles;
use qise::explain::{Depth, Verdict, reasons};
use qise::model::{Limits, Metres, NeedId, Requirement, VolunteerId};
use qise::plan::{Plan, evaluate};
use qise::solve::{Options, solve};
use qise::{Problem, Stop};
use qise_io::words;

use super::brute_force::{additive, by_set, mix};
use crate::support::problem;

/// Which sets of needs can be served, by all people between them.
pub(super) fn servable(problem: &Problem) -> Vec<bool> {
    let all = 1_usize << problem.needs().len();
    let base = evaluate(problem, &Plan::empty(problem)).score.levels;
    let mut servable = vec![false; all];
    servable[0] = true;
    for unit in problem.unit_ids() {
        let own = by_set(problem, unit, &base);
        let mut next = servable.clone();
        for set in (0..all).filter(|&set| servable[set]) {
            for (more, _) in own.iter().enumerate().filter(|(more, how)| how.is_some() && more & set == 0) {
                next[set | more] = true;
            }
        }
        servable = next;
    }
    servable
}

pub(super) fn set_of(plan: &Plan) -> usize {
    plan.visits().fold(0, |set, (_, visit)| set | 1 << visit.need.index())
}

pub(super) fn bit(need: NeedId) -> usize {
    1 << need.index()
}

#[test]
fn every_verdict_holds_against_every_plan_there_is() {
    let mut told = [0; Verdict::ALL.len()];
    for seed in 0..500 {
        let mut problem = additive(&problem(seed, mix(seed)));
        if !seed.is_multiple_of(3) {
            // Where everybody may do everything, it is time that is short.
            let free = problem.replace(|data| {
                for role in data.needs.iter_mut().flat_map(|need| &mut need.roles) {
                    role.requires = Requirement::default();
                    role.min_home_distance = Metres::ZERO;
                }
                for volunteer in &mut data.volunteers {
                    volunteer.max_radius = None;
                    if seed % 3 == 1 {
                        volunteer.per_day = Limits::default();
                    }
                }
            });
            problem = free.expect("looser rules are as valid");
        }
        let servable = servable(&problem);
        let mut plan = solve(&problem, &Options::default(), &Stop::iterations(100)).plan;
        if seed % 5 == 0 && !plan.routes.is_empty() {
            // Somebody stays at home who need not.
            let route = plan.routes.remove(0);
            plan.unserved.extend(route.visits.iter().map(|visit| visit.need));
            plan.unserved.sort_unstable();
        }
        let served = set_of(&plan);
        let priority = |set: usize| {
            let needs = problem.need_ids().filter(|&need| set & bit(need) != 0);
            needs.map(|need| i64::from(problem.need(need).priority)).sum::<i64>()
        };
        let sets = servable.iter().enumerate().filter(|&(_, &can)| can);
        let most = sets.map(|(set, _)| priority(set)).max();
        for reason in reasons(&problem, &plan, Depth::Proven, &Stop::never()) {
            let with = served | bit(reason.need);
            told[Verdict::ALL.iter().position(|&v| v == reason.verdict).expect("all are listed")] += 1;
            let possible = servable.iter().enumerate().any(|(set, &can)| can && set & bit(reason.need) != 0);
            match reason.verdict {
                Verdict::Impossible => assert!(!possible, "seed {seed}: {:?}", reason.need),
                Verdict::Displacing => assert!(possible && !servable[with], "seed {seed}: {:?}", reason.need),
                Verdict::Unexamined => panic!("seed {seed}: there is time to look"),
                Verdict::Open => assert!(servable[with], "seed {seed}: {:?}", reason.need),
                Verdict::Unfound => {
                    let bound = reason.bound.as_ref().expect("a bound where nothing was found");
                    assert!(Some(bound.value) >= most, "seed {seed}: {bound:?}, {most:?} can be served");
                    assert_eq!(bound.plan, Some(priority(served)), "seed {seed}");
                    let words = words::reason(&problem, &reason);
                    let number = bound.value.to_string();
                    let told = words.en.contains(&number) && words.zh.contains(&number);
                    assert!(told || !bound.says_something(), "{words:?}");
                }
            }
            assert_eq!(reason.bound.is_some(), reason.verdict == Verdict::Unfound, "seed {seed}");
            if let Some(room) = &reason.room {
                let taken = room.taken(&problem, &plan);
                let judged = evaluate(&problem, &taken);
                assert!(judged.is_valid(), "seed {seed}: {:?}", judged.violations);
                let given = room.displaces.iter().fold(0, |set, &need| set | bit(need));
                assert_eq!(set_of(&taken), with & !given, "seed {seed}");
            }
            if let Some(crowd) = &reason.crowd {
                let set = crowd.needs.iter().fold(0, |set, &need| set | bit(need));
                assert!(!servable[set] && set & bit(reason.need) != 0 && set & !with == 0, "seed {seed}");
            }
        }
    }
    // Where roads are slow in places, or a matrix has short cuts, less can be proven.
    let [impossible, displacing, open, unfound, _] = told;
    assert!(impossible > 1000 && displacing > 100 && open > 50 && unfound < 100 && unfound > 0, "{told:?}");
}

#[test]
fn the_rules_named_exclude_everybody_and_none_of_them_can_be_spared() {
    let mut named = 0;
    for seed in 0..300 {
        let problem = problem(seed, mix(seed));
        for reason in reasons(&problem, &Plan::empty(&problem), Depth::Quick, &Stop::never()) {
            if reason.rules.is_empty() {
                continue;
            }
            let slot = problem.first_slot(reason.need);
            let stands = |who: VolunteerId, spared| {
                let mut shifts = problem.units_of(who).map(|unit| obstacles(&problem, slot, unit));
                shifts.all(|cuts| cuts.iter().any(|cut| Some(cut) != spared && reason.rules.has(cut)))
            };
            let people = || (0..problem.volunteers().len()).map(VolunteerId::new);
            assert!(people().all(|who| stands(who, None)), "seed {seed}");
            for rule in reason.rules.iter() {
                let off_duty = |who| problem.units_of(who).next().is_none();
                assert!(
                    people().any(|who| off_duty(who) || !stands(who, Some(rule))),
                    "seed {seed}: {rule:?}"
                );
            }
            named += 1;
        }
    }
    assert!(named > 100, "{named}");
}
