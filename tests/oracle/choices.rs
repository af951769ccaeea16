//! Why those serve a need who do: every difference told against the judge, the best others against asking everybody.

use std::collections::BTreeSet;

use qise::explain::{Choice, Decision, RunnerUp, choice};
use qise::model::{
    Limits, Link, LinkRule, Metres, NeedId, Objective, Requirement, Seconds, Term, VolunteerId,
};
use qise::plan::{Plan, Score, evaluate};
use qise::query::{Offer, PlanQuery};
use qise::solve::{Options, solve};
use qise::{Problem, Stop};
use qise_io::words;

use crate::support::goods::{with_goods, with_vehicles};
use crate::support::rides::with_rides;
use crate::support::together::{with_crews, with_links, with_parties};
use crate::support::{Mix, problem};
use crate::varied::varied;

fn planned(problem: &Problem, iterations: u64) -> Plan {
    solve(problem, &Options::default(), &Stop::iterations(iterations)).plan
}

/// Everybody who comes to a need, company included.
fn people(problem: &Problem, plan: &Plan, need: NeedId) -> BTreeSet<VolunteerId> {
    let routes = plan.routes.iter().filter(|route| route.visits.iter().any(|visit| visit.need == need));
    let units = routes.flat_map(|route| route.company.iter().copied().chain([route.unit]));
    units.map(|unit| problem.unit(unit).volunteer).collect()
}

fn set(people: &[VolunteerId]) -> BTreeSet<VolunteerId> {
    people.iter().copied().collect()
}

/// What one plan is worth less than another, term by term and level by level.
fn less(problem: &Problem, than: &Plan, plan: &Plan) -> (Vec<i64>, Vec<i64>) {
    let (before, after) = (evaluate(problem, than).score, evaluate(problem, plan).score);
    let pairs = |before: &[i64], after: &[i64]| before.iter().zip(after).map(|(b, a)| a - b).collect();
    let terms = |score: &Score| score.terms.iter().map(|(_, value)| value).collect::<Vec<_>>();
    (pairs(&before.levels, &after.levels), pairs(&terms(&before), &terms(&after)))
}

fn parts(score: &Score) -> (Vec<i64>, Vec<i64>) {
    (score.levels.clone(), score.terms.iter().map(|(_, value)| value).collect())
}

/// What the terms of one level make up.
fn told_on_level(objective: &Objective, other: &RunnerUp) -> i64 {
    let level = other.level().expect("they differ");
    let weight = |term: Term| {
        let own = objective.levels[level].iter().find(|weighted| weighted.term == term);
        i64::from(own.expect("a term of that level").weight)
    };
    other.deciding(objective).iter().map(|&(term, difference)| weight(term) * difference).sum()
}

/// What is told of the best others, against the judge.
fn others_hold(problem: &Problem, plan: &Plan, choice: &Choice, other: &RunnerUp) {
    let taken = other.offer.taken(problem, plan);
    let judged = evaluate(problem, &taken);
    assert!(judged.is_valid(), "{:?}", judged.violations);
    assert_eq!(set(&other.people), people(problem, &taken, other.offer.need));
    assert_ne!(other.people, choice.crew, "the same people are no others");
    assert_eq!(parts(&other.difference), less(problem, plan, &taken), "the judge tells the same difference");
    let growth = choice.growth.as_ref().expect("it was compared");
    for &term in Term::ALL {
        let apart = other.growth.terms.get(term) - growth.terms.get(term);
        assert_eq!(apart, other.difference.terms.get(term), "both grow from the same plan: {term:?}");
        if problem.objective().uses(term) || term == Term::TravelTime {
            assert_eq!(other.offer.growth.get(term), other.growth.terms.get(term), "{term:?}");
        }
    }
    // Whatever goes with the need is served again, or it is said that it is not.
    let left = choice.hanging.iter().filter(|&&need| people(problem, &taken, need).is_empty());
    assert_eq!(left.copied().collect::<BTreeSet<_>>(), other.offer.displaces.iter().copied().collect());

    let first = other.difference.levels.iter().find(|&&difference| difference != 0);
    let decided = match first {
        None => Decision::Equal,
        Some(1..) => Decision::Best,
        Some(_) => Decision::Beaten,
    };
    assert_eq!(choice.verdict, decided);
    if let Some(&first) = first {
        assert_eq!(told_on_level(problem.objective(), other), first, "the terms told make up the level");
    }
}

/// For needs of one person that nothing hangs on: nobody else could come for less, or at all.
fn nobody_is_passed_over(problem: &Problem, plan: &Plan, choice: &Choice) {
    let mut standing = PlanQuery::new(problem, plan);
    let another = problem.unit_ids().filter(|&unit| !choice.crew.contains(&problem.unit(unit).volunteer));
    let offers = another.filter_map(|unit| standing.offer(choice.need, unit));
    let rank = |offer: &Offer| (offer.moves_others, problem.objective().score(&offer.growth).levels);
    let least = offers.map(|offer| rank(&offer)).min();
    let told = choice.runner_up.as_ref().map(|other| rank(&other.offer));
    assert_eq!(told, least, "{}", problem.need(choice.need).key);
}

/// Nobody else could come, whatever the plan.
fn nobody_else_can(problem: &Problem, choice: &Choice) {
    let mut alone = PlanQuery::new(problem, &Plan::empty(problem));
    let another = problem.unit_ids().filter(|&unit| !choice.crew.contains(&problem.unit(unit).volunteer));
    for unit in another {
        assert_eq!(alone.offer(choice.need, unit), None);
    }
}

/// Tells of every need of a plan; how often what decided.
fn told_of(problem: &Problem, plan: &Plan, told: &mut [usize; Decision::ALL.len()]) {
    assert!(evaluate(problem, plan).is_valid());
    for need in problem.need_ids() {
        let way = problem.ways(need).iter().copied().find(|&way| !people(problem, plan, way).is_empty());
        let served = way.unwrap_or(need);
        let Some(choice) = choice(problem, plan, need) else {
            assert!(people(problem, plan, served).is_empty() && !plan.outsourced.contains(&need));
            continue;
        };
        told[Decision::ALL.iter().position(|&d| d == choice.verdict).expect("all are listed")] += 1;
        assert_eq!(set(&choice.crew), people(problem, plan, choice.need));
        assert_eq!(choice.outsourced, choice.crew.is_empty());
        assert!(choice.outsourced || choice.need == served);
        let (text, public) = (words::choice(problem, &choice), words::public_choice(problem, &choice));
        assert!(![&text.en, &text.zh, &public.en, &public.zh].iter().any(|words| words.is_empty()));
        let named = |words: &str| problem.volunteers().iter().any(|who| words.contains(&who.key));
        assert!(!named(&public.en) && !named(&public.zh), "{public:?}");
        let parties = problem.volunteers().iter().flat_map(|v| &v.shifts).any(|shift| shift.party);
        if !choice.as_stated || choice.verdict == Decision::Unclear {
            assert!(parties, "a valid plan without parties is taken over as it stands");
            continue;
        }
        if let Some(other) = &choice.runner_up {
            others_hold(problem, plan, &choice, other);
        }
        let plain = choice.hanging.is_empty() && problem.ways(choice.need).is_empty() && !parties;
        if problem.need(choice.need).people() == 1 && plain {
            nobody_is_passed_over(problem, plan, &choice);
            if matches!(choice.verdict, Decision::Only | Decision::Pinned) {
                nobody_else_can(problem, &choice);
            }
        }
    }
}

#[test]
fn every_difference_is_that_of_the_judge_and_nobody_better_is_passed_over() {
    let mut told = [0; Decision::ALL.len()];
    let mut outsourced = 0;
    for seed in 0..60 {
        let plain = varied(seed);
        for problem in [
            with_links(seed, &with_crews(seed, &plain)),
            with_rides(seed, &plain),
            with_vehicles(seed, &with_goods(seed, &plain)),
            with_parties(seed, &plain),
            plain,
        ] {
            let plan = planned(&problem, 5 * (seed % 3));
            told_of(&problem, &plan, &mut told);
            let choices = problem.need_ids().filter_map(|need| choice(&problem, &plan, need));
            outsourced += choices.filter(|choice| choice.outsourced).count();
        }
    }
    let [best, _, _, pinned, only, alone, unclear] = told;
    assert!(best > 150 && pinned > 5 && only > 50 && alone > 50 && unclear < 30, "{told:?}");
    assert!(outsourced > 30, "{outsourced} handed to others");
}

#[test]
fn what_hangs_on_a_need_stays_where_others_can_keep_it() {
    let mut told = [0; Decision::ALL.len()];
    let (mut kept, mut displaced) = (0, 0);
    for seed in 0..60 {
        let plain = problem(seed, Mix { tight: false, soft: seed % 2 == 0, ..Mix::all(6, 4) });
        let linked = plain.replace(|data| {
            // Everybody may do everything.
            for role in data.needs.iter_mut().flat_map(|need| &mut need.roles) {
                (role.requires, role.min_home_distance) = (Requirement::default(), Metres::ZERO);
                role.pin = None;
            }
            for volunteer in &mut data.volunteers {
                (volunteer.max_radius, volunteer.per_day) = (None, Limits::default());
            }
            let link = |from, to, rule| Link { from: NeedId(from), to: NeedId(to), rule };
            data.links = vec![link(0, 1, LinkRule::Together)];
            data.links.push(link(1, 4, LinkRule::Together));
            let (min, max) = (Seconds(-7200), None);
            data.links.push(link(2, 3, LinkRule::After { min, max }));
        });
        let Ok(problem) = linked else { continue };
        let plan = planned(&problem, 30);
        told_of(&problem, &plan, &mut told);
        for choice in problem.need_ids().filter_map(|need| choice(&problem, &plan, need)) {
            if let Some(other) = choice.runner_up.filter(|_| !choice.hanging.is_empty()) {
                let whole = other.offer.displaces.is_empty();
                *(if whole { &mut kept } else { &mut displaced }) += 1;
                // Needs that stand for each other come together, or not at all.
                let together = choice.need.0 < 2 || choice.need.0 == 4;
                assert!(!together || whole, "seed {seed}");
            }
        }
    }
    assert!(kept > 50, "{kept} kept, {displaced} displaced");
}

#[test]
fn whoever_takes_the_place_of_the_better_is_beaten_by_them() {
    let (mut beaten, mut equal) = (0, 0);
    for seed in 0..80 {
        let mut problem = problem(seed, Mix { tight: false, ..Mix::all(6, 5) });
        if seed % 4 == 0 {
            // Where only lateness counts, many are as good as each other.
            let levels = [Term::UnservedMandatory, Term::UnservedPriority, Term::Tardiness];
            let late = problem.replace(|data| data.objective = Objective::ordered(&levels));
            problem = late.expect("another objective is as valid");
        }
        let plan = planned(&problem, 50);
        for need in problem.need_ids() {
            let Some(other) = choice(&problem, &plan, need).and_then(|choice| choice.runner_up) else {
                continue;
            };
            let taken = other.offer.taken(&problem, &plan);
            let after = choice(&problem, &taken, need).expect("it is served");
            assert_eq!(after.crew, other.people);
            let first = after.runner_up.expect("whoever served it before could again");
            // Those who served it before are no worse than they were, and may find a better place.
            let best = other.difference.levels.iter().map(|difference| -difference).collect::<Vec<_>>();
            assert!(first.difference.levels <= best, "seed {seed}");
            match other.level().map(|level| other.difference.levels[level] > 0) {
                Some(true) => {
                    assert_eq!(after.verdict, Decision::Beaten, "seed {seed}");
                    beaten += 1;
                }
                None => equal += 1,
                Some(false) => {}
            }
        }
    }
    assert!(beaten > 50 && equal > 20, "{beaten} beaten, {equal} equal");
}

#[test]
fn a_plan_that_breaks_rules_is_told_apart() {
    let mut told = [0; 2];
    for seed in 0..30 {
        let problem = problem(seed, Mix { breaks: false, ..Mix::all(5, 4) });
        let mut plan = planned(&problem, 20);
        let Some(visit) = plan.routes.first_mut().and_then(|route| route.visits.first_mut()) else {
            continue;
        };
        // Somebody is where they cannot be yet.
        visit.arrival = qise::model::Time(visit.arrival.0 - 36_000);
        let need = visit.need;
        let choice = choice(&problem, &plan, need).expect("it is served");
        assert!(!choice.as_stated);
        told[usize::from(choice.verdict == Decision::Unclear)] += 1;
        assert_eq!(choice.verdict == Decision::Unclear, choice.growth.is_none());
    }
    assert!(told[0] > 10, "{told:?}: the visit holds at another time");
}
