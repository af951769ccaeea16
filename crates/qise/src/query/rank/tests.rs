use super::*;
use crate::model::{Objective, Term, VolunteerId};
use crate::plan::{Plan, evaluate};
use crate::solve::instance::Instance;
use crate::solve::state::{Placing, WorkingPlan, independence};
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

/// The least that a need of one visit costs in the route of a unit, every place tried in the plan: whether others move, and the cost.
/// First those that leave others their times, where routes alone tell what they cost.
fn tried(query: &mut PlanQuery<'_>, lead: SlotId, unit: UnitId) -> Option<(bool, i64)> {
    let PlanQuery { instance, plan, .. } = query;
    let tells = independence::routes_tell(instance);
    let met = |plan: &WorkingPlan| {
        let others = (0..instance.slots.len()).map(SlotId::new).filter(|&slot| slot != lead);
        let met = others.filter(|&slot| instance.slot(slot).is_synchronised && plan.unit_of(slot).is_some());
        met.map(|slot| plan.start(instance, slot)).collect::<Vec<_>>()
    };
    let before = (plan.cost(instance), met(plan));
    let places = 0..=plan.route(unit).visits.len();
    let costs = places.filter_map(|at| {
        let outer = plan.begin_inner();
        let holds = plan.place(instance, &[Placing { slot: lead, unit, at }]);
        let after = holds.then(|| (plan.cost(instance) + i128::from(instance.slot(lead).prize), met(plan)));
        plan.undo_inner(instance, outer);
        let (cost, met) = after?;
        let moves = tells && !instance.slot(lead).is_dependent && met != before.1;
        Some((moves, i64::try_from(cost - before.0).unwrap_or(i64::MAX / 4)))
    });
    costs.min()
}

#[test]
fn asking_finds_the_cheapest_of_all_places() {
    let (mut compared, mut found, mut wrong) = (0, 0, Vec::new());
    for seed in 0..192 {
        let (problem, plan) = half_planned(seed);
        let mut query = PlanQuery::new(&problem, &plan);
        for need in problem.need_ids() {
            let lead = query.lead(need);
            let instance = &query.instance;
            let is_party = asks_party(instance, lead).is_some();
            if problem.need(need).people() != 1 || asks_sequence(instance, lead) || is_party {
                continue;
            }
            query.plan.begin();
            let _ = query.without(need);
            for unit in problem.unit_ids().filter(|_| !query.is_unserved(need)).collect::<Vec<_>>() {
                if !may_serve(&query.instance, &query.plan, lead, unit) {
                    continue;
                }
                let all = tried(&mut query, lead, unit);
                let PlanQuery { instance, plan, asker, .. } = &mut query;
                let asked = asker.ask(instance, plan, lead, unit).map(|f| (f.moves, f.crew.cost));
                compared += 1;
                found += usize::from(all.is_some());
                if all != asked {
                    wrong.push(format!("seed {seed}: {need:?} {unit:?} tried {all:?} asked {asked:?}"));
                }
            }
            query.plan.undo(&query.instance.clone());
        }
    }
    assert!(wrong.is_empty(), "{} of {compared}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(compared > 500 && found > 80, "{compared} {found}");
}

/// Whether a visit may be put into the route of a unit, as far as who that is tells.
fn may_serve(instance: &Instance<'_>, plan: &WorkingPlan, slot: SlotId, unit: UnitId) -> bool {
    let route = plan.route(unit);
    std::iter::once(&unit).chain(&route.company).all(|&unit| instance.is_compatible(slot, unit))
        && !plan.routes().is_blocked(instance, unit)
        && route.with.is_none()
        && instance.goes_with(slot, unit, &|slot| plan.unit_of(slot))
}

/// The least that a need of two visits costs, every pair of places tried in the plan.
fn tried_in_pairs(query: &mut PlanQuery<'_>, need: NeedId) -> Option<i64> {
    let PlanQuery { instance, plan, .. } = query;
    let problem = instance.problem;
    let [first, second] = problem.slots_of(need).collect::<Vec<_>>()[..] else { return None };
    let ride = instance.is_ride(first);
    let who = |unit| instance.unit(unit).volunteer;
    let before = plan.cost(instance);
    let mut least: Option<i64> = None;
    for (a, b) in problem.unit_ids().flat_map(|a| problem.unit_ids().map(move |b| (a, b))) {
        let apart = ride || who(a) != who(b) && !instance.units.exclusive.of(a).contains(&b);
        let people = |other| if other == need { vec![a, b] } else { plan.people_of(instance, other) };
        let may = may_serve(instance, plan, first, a) && may_serve(instance, plan, second, b);
        if ride != (a == b) || !apart || !may || !instance.goes_together(need, &people) {
            continue;
        }
        for i in 0..=plan.route(a).visits.len() {
            for j in if ride { i } else { 0 }..=plan.route(b).visits.len() {
                let outer = plan.begin_inner();
                let mut placings =
                    vec![Placing { slot: first, unit: a, at: i }, Placing { slot: second, unit: b, at: j }];
                placings.sort_by_key(|p| (p.unit, p.at, p.slot));
                let holds = plan.place(instance, &placings);
                let after = holds.then(|| plan.cost(instance) + i128::from(instance.slot(first).prize));
                plan.undo_inner(instance, outer);
                if let Some(cost) = after {
                    let cost = i64::try_from(cost - before).unwrap_or(i64::MAX / 4);
                    least = Some(least.map_or(cost, |known| known.min(cost)));
                }
            }
        }
    }
    least
}

#[test]
fn a_need_of_two_visits_that_has_a_place_is_offered_one() {
    let (mut compared, mut found, mut best, mut wrong) = (0, 0, 0, Vec::new());
    for seed in 0..192 {
        let (problem, plan) = half_planned(seed);
        let mut query = PlanQuery::new(&problem, &plan);
        for need in problem.need_ids() {
            let lead = query.lead(need);
            let instance = &query.instance;
            let others = asks_party(instance, lead).is_some() || !instance.depot_calls.asks(lead).is_empty();
            if problem.slots_of(need).len() != 2 || others {
                continue;
            }
            query.plan.begin();
            let _ = query.without(need);
            if !query.is_unserved(need) {
                let all = tried_in_pairs(&mut query, need);
                let asked = query.cheapest(need, 1);
                let PlanQuery { instance, plan, .. } = &mut query;
                let asked = asked.first().and_then(|found| cost_once_done(instance, plan, lead, &found.crew));
                compared += 1;
                found += usize::from(all.is_some());
                best += usize::from(all.is_some() && all == asked);
                if all.is_some() != asked.is_some() {
                    wrong.push(format!(
                        "seed {seed}: {need:?} ride {} tried {all:?} asked {asked:?}",
                        query.instance.is_ride(lead)
                    ));
                }
            }
            query.plan.undo(&query.instance.clone());
        }
    }
    assert!(wrong.is_empty(), "{} of {compared}, {found} {best}:\n{}", wrong.len(), wrong.join("\n"));
    // Crews are put together of those who are cheapest for each role: mostly that is the cheapest crew.
    assert!(found > 100 && best * 5 > found * 4, "{compared} {found} {best}");
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
