//! Ranking against asking everybody, and against the judge.

use qise::explain::{Depth, reasons};
use qise::model::{NeedId, Rule, Term, Terms, UnitId};
use qise::plan::{Evaluation, Plan, evaluate};
use qise::query::{Offer, PlanQuery};
use qise::solve::{Options, solve};
use qise::{Problem, Stop};
use qise_io::generate::{GenerateOptions, generate};

use crate::support::goods::with_goods;
use crate::support::rides::with_rides;
use crate::support::together::{with_crews, with_links};
use crate::varied::varied;

/// So many needs are also ranked without an index.
const UNINDEXED: usize = 3;

fn planned(problem: &Problem, iterations: u64) -> Plan {
    solve(problem, &Options::default(), &Stop::iterations(iterations)).plan
}

/// What an offer is judged by: whether others keep their times, people missing from teams, the growth of the objective, level by level, and
/// then the number of the unit.
fn rank_of(problem: &Problem, offer: &Offer) -> (bool, i64, Vec<i64>, UnitId) {
    let unit = offer.visits().next().expect("somebody comes").0;
    let short = offer.growth.get(Term::PeopleShort);
    (offer.moves_others, short, problem.objective().score(&offer.growth).levels.clone(), unit)
}

/// Whether a plan breaks no rule, but that too few people go out: one need alone may not mend that.
fn holds(judged: &Evaluation) -> bool {
    judged.violations.iter().all(|violation| violation.rule == Rule::TooFewPeople)
}

/// The best of everybody, one offer of each person.
fn by_asking_everybody(
    standing: &mut PlanQuery<'_>,
    problem: &Problem,
    need: NeedId,
    most: usize,
) -> Vec<Offer> {
    let mut offers = problem.unit_ids().filter_map(|unit| standing.offer(need, unit)).collect::<Vec<_>>();
    offers.sort_by_key(|offer| rank_of(problem, offer));
    let mut seen = Vec::new();
    offers.retain(|offer| {
        let who = problem.unit(rank_of(problem, offer).3).volunteer;
        let new = !seen.contains(&who);
        seen.push(who);
        new
    });
    offers.truncate(most);
    offers
}

pub(crate) fn agree(problem: &Problem, plan: &Plan, needs: impl Iterator<Item = NeedId>) -> usize {
    let mut standing = PlanQuery::new(problem, plan);
    let before = evaluate(problem, plan);
    assert!(before.is_valid());
    assert_eq!(standing.plan(), *plan, "a valid plan is taken over as it is");
    // Without room for an index everybody is looked at: the answers are the same.
    let mut unindexed = PlanQuery::with_index_of(problem, plan, 0);
    let mut count = 0;
    for need in needs {
        let offers = standing.rank(need, 5).expect("a need of the problem");
        if count < UNINDEXED {
            assert_eq!(unindexed.rank(need, 5).as_ref(), Some(&offers), "{}", problem.need(need).key);
        }
        if problem.need(need).people() == 1 {
            let all = by_asking_everybody(&mut standing, problem, need, 5);
            let ranks = |offers: &[Offer]| offers.iter().map(|o| rank_of(problem, o)).collect::<Vec<_>>();
            assert_eq!(ranks(&offers), ranks(&all), "{}", problem.need(need).key);
        }
        for offer in &offers {
            let taken = offer.taken(problem, plan);
            let after = evaluate(problem, &taken);
            assert!(holds(&after), "{:?}", after.violations);
            assert_eq!(taken.visits().filter(|(_, v)| v.need == need).count(), offer.visits().count());
            let is_left = plan.unserved.contains(&need);
            if is_left && problem.ways(need).is_empty() {
                let always = [Term::TravelTime, Term::PeopleShort];
                let mut growth = Terms::default();
                for &term in Term::ALL.iter().filter(|&&t| problem.objective().uses(t) || always.contains(&t))
                {
                    growth.set(term, after.score.terms.get(term) - before.score.terms.get(term));
                }
                assert_eq!(growth, offer.growth, "the judge says how much every term grows");
            }
        }
        assert_eq!(standing.plan(), *plan, "a question changes nothing");
        count += offers.len();
    }
    // What would be given up is tried as well, and holds.
    for room in
        reasons(problem, plan, Depth::Proven, &Stop::never()).into_iter().filter_map(|reason| reason.room)
    {
        let judged = evaluate(problem, &room.taken(problem, plan));
        assert!(holds(&judged), "{:?}", judged.violations);
    }
    count
}

#[test]
fn small_plans_of_every_kind_are_ranked_as_asking_everybody_would() {
    let mut offers = 0;
    for seed in 0..60 {
        let plain = varied(seed);
        for problem in [
            with_links(seed, &with_crews(seed, &plain)),
            with_rides(seed, &plain),
            with_goods(seed, &plain),
            with_goods(seed, &with_links(seed, &with_crews(seed, &with_rides(seed, &plain)))),
            plain,
        ] {
            let plan = planned(&problem, 5 * (seed % 3));
            offers += agree(&problem, &plan, problem.need_ids());
        }
    }
    assert!(offers > 500, "{offers} offers");
}

#[test]
fn among_thousands_the_index_finds_whom_asking_everybody_finds() {
    let options = GenerateOptions {
        needs: 300,
        volunteers: 2500,
        teams: 40,
        crews_percent: 15,
        ..GenerateOptions::default()
    };
    let mut input = generate(&options).expect("sensible options");
    // A third of them are quick: they may come from farther off.
    input.volunteers.iter_mut().step_by(3).for_each(|volunteer| volunteer.pace_permille = 600);
    let problem = Problem::new(input).expect("valid");
    let plan = planned(&problem, 0);
    let offers = agree(&problem, &plan, problem.need_ids().step_by(7));
    assert!(offers > 100, "{offers} offers");
}

#[test]
#[ignore = "takes six minutes: tests/long runs it"]
fn on_the_league_a_thousand_needs_are_ranked_as_asking_everybody_would() {
    let options = GenerateOptions {
        needs: 5000,
        volunteers: 58_000,
        teams: 759,
        crews_percent: 20,
        ..GenerateOptions::default()
    };
    let problem = Problem::new(generate(&options).expect("sensible options")).expect("valid");
    // Crews that could meet sooner do.
    let plan = PlanQuery::new(&problem, &planned(&problem, 0)).plan();
    let for_one = problem.need_ids().filter(|&need| problem.need(need).people() == 1).collect::<Vec<_>>();
    let step = for_one.len() / 1000;
    let offers = agree(&problem, &plan, for_one.into_iter().step_by(step).take(1000));
    assert!(offers > 4000, "{offers} offers");
}
