use super::*;
use crate::model::{Objective, Term, VolunteerId};
use crate::plan::{Plan, evaluate};
use crate::tests::{built, instance, planned, varied};
use crate::{Problem, ProblemData};

/// A problem and a plan that leaves out the first visit of every route. Every second problem has the default objective, of which a route
/// alone may tell all.
fn half_planned(seed: u64) -> (Problem, Plan) {
    let mut problem = varied(seed);
    if seed.is_multiple_of(2) {
        problem = built(&ProblemData { objective: Objective::default(), ..problem.to_data() });
    }
    let plan = {
        let instance = instance(&problem);
        let mut plan = planned(&instance);
        for unit in problem.unit_ids() {
            if !plan.route(unit).visits.is_empty() {
                plan.take_out(&instance, unit, &[0], &mut Vec::new());
            }
        }
        crate::solve::state::export::to_plan(&plan, &instance)
    };
    (problem, plan)
}

/// The answers of asking everybody, one after the other: whether others move, the cost, the unit.
fn asked(query: &mut PlanQuery<'_>, need: NeedId) -> Vec<(bool, i64, UnitId)> {
    let lead = query.lead(need);
    let mut of_person: Vec<(VolunteerId, (bool, i64, UnitId))> = Vec::new();
    for unit in query.instance.problem.unit_ids() {
        let PlanQuery { instance, plan, asker, .. } = query;
        let Some(found) = asker.ask(instance, plan, lead, unit) else { continue };
        let (who, key) = (instance.unit(unit).volunteer, (found.moves, found.crew.cost, unit));
        match of_person.iter_mut().find(|(known, _)| *known == who) {
            Some((_, known)) => *known = key.min(*known),
            None => of_person.push((who, key)),
        }
    }
    let mut all = of_person.into_iter().map(|(_, key)| key).collect::<Vec<_>>();
    all.sort_unstable();
    all
}

#[test]
fn ranking_tells_what_asking_everybody_tells() {
    let (mut compared, mut several) = (0, 0);
    for seed in 0..96 {
        let (problem, plan) = half_planned(seed);
        let mut query = PlanQuery::new(&problem, &plan);
        for need in problem.need_ids().filter(|&need| query.is_for_one(need)).collect::<Vec<_>>() {
            for most in [1, 3, 99] {
                query.plan.begin();
                let _ = query.without(need);
                if query.is_unserved(need) {
                    query.plan.undo(&query.instance.clone());
                    continue;
                }
                let mut all = asked(&mut query, need);
                all.truncate(most);
                let found = query.cheapest(need, most);
                let found =
                    found.iter().map(|f| (f.moves, f.crew.cost, f.crew.placings[0].unit)).collect::<Vec<_>>();
                assert_eq!(found, all, "seed {seed}: {need:?} {most}");
                compared += 1;
                several += usize::from(all.len() > 1);
                query.plan.undo(&query.instance.clone());
            }
        }
    }
    assert!(compared > 500 && several > 80, "{compared} {several}");
}

#[test]
fn offers_that_are_taken_are_plans_that_grow_by_what_was_said() {
    let mut taken = 0;
    for seed in 0..96 {
        let (problem, plan) = half_planned(seed);
        let mut query = PlanQuery::new(&problem, &plan);
        let plan = query.plan();
        for need in problem.need_ids().filter(|need| plan.unserved.contains(need)) {
            for offer in query.rank(need, 2).unwrap() {
                let after = offer.taken(&problem, &plan);
                let judged = evaluate(&problem, &after);
                assert!(judged.is_valid(), "seed {seed}: {:?}", judged.violations);
                let before = evaluate(&problem, &plan).score.terms;
                for (term, growth) in offer.growth.iter() {
                    if term == Term::TravelTime || problem.objective().uses(term) {
                        let after = judged.score.terms.get(term);
                        assert_eq!(growth, after - before.get(term), "seed {seed}: {term}");
                    }
                }
                taken += 1;
            }
        }
        assert_eq!(query.plan(), plan, "a question changes nothing");
    }
    assert!(taken > 20, "{taken}");
}

#[test]
fn questions_about_what_is_not_there_have_no_answer() {
    let problem = varied(0);
    let mut query = PlanQuery::new(&problem, &Plan::empty(&problem));
    let nobody = UnitId(problem.units().len() as u32);
    let nothing = NeedId(problem.needs().len() as u32);
    assert!(query.rank(nothing, 1).is_none() && query.offer(nothing, UnitId(0)).is_none());
    assert!(query.offer(NeedId(0), nobody).is_none() && query.needs_for(&[nobody], 1).is_none());
    assert!(
        query.displacement(nothing, &[]).is_none()
            && query.displacement(NeedId(0), &[vec![nobody]]).is_none()
    );
    assert_eq!(query.rank(NeedId(0), 0), Some(Vec::new()));
}

#[test]
fn needs_for_somebody_come_by_what_they_are_worth() {
    for seed in 0..48 {
        let problem = varied(seed);
        let mut query = PlanQuery::new(&problem, &Plan::empty(&problem));
        let units = [UnitId(0)];
        let all = query.needs_for(&units, 99).unwrap();
        let mut known: Option<i128> = None;
        for offer in &all {
            assert!(offer.routes.iter().any(|route| route.unit == UnitId(0)), "seed {seed}");
            let growth = query.instance.weights.cost(&offer.growth);
            let routes_tell = crate::solve::state::independence::routes_tell(&query.instance);
            assert!(!routes_tell || known.is_none_or(|before| before <= growth), "seed {seed}");
            known = Some(growth);
        }
        let best = query.needs_for(&units, 1).unwrap();
        assert_eq!(best.first().map(|offer| offer.need), all.first().map(|offer| offer.need));
    }
}
