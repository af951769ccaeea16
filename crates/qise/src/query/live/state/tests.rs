//! A plan that is taken down as data and restored is the same from then on, whatever comes.

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use super::LivePlan;
use crate::plan::Plan;
use crate::query::live::tests::change;
use crate::tests::varied;

#[test]
fn a_restored_plan_goes_on_as_the_one_it_was_taken_from() {
    let cases = std::env::var("QISE_LIVE_CASES").map_or(12, |cases| cases.parse().unwrap());
    let first = std::env::var("QISE_LIVE_SEED").map_or(0, |seed| seed.parse().unwrap());
    let (mut restored, mut changed, mut rebuilt) = (0, 0, 0);
    for seed in first..first + cases {
        let problem = varied(seed * 11 % 128);
        if problem.needs().is_empty() || problem.volunteers().is_empty() {
            continue;
        }
        let mut live = LivePlan::new(&problem, &Plan::empty(&problem));
        let mut random = Pcg64Mcg::seed_from_u64(seed);
        for step in 0..20 {
            change(&mut live, &mut random, step);
        }
        let state = live.state(&problem);
        let mut again = LivePlan::restored(&problem, state.clone()).expect("it is of this problem");
        assert_eq!(again.state(&problem), state, "seed {seed}, at once");
        restored += 1;
        for step in 20..35 {
            let mut same = random.clone();
            let what = change(&mut live, &mut random, step);
            let context = format!("seed {seed}, step {step}, {what}");
            assert_eq!(change(&mut again, &mut same, step), what, "{context}");
            assert_eq!(again.state(&problem), live.state(&problem), "{context}");
            let need = crate::model::NeedId::new(random.random_range(0..live.problem().needs().len()));
            assert_eq!(again.rank(need, 5), live.rank(need, 5), "{context}: ranking");
            changed += 1;
        }
        rebuilt += live.rebuilds();
    }
    assert!(restored >= cases / 2 && changed > 5 * cases && rebuilt > 0, "{restored}, {changed}, {rebuilt}");
}

#[test]
fn the_state_of_another_problem_is_not_taken() {
    let (problem, other) = (varied(11), varied(2));
    let mut live = LivePlan::new(&problem, &Plan::empty(&problem));
    let mut random = Pcg64Mcg::seed_from_u64(1);
    for step in 0..30 {
        change(&mut live, &mut random, step);
    }
    assert!(LivePlan::restored(&other, live.state(&problem)).is_none());
}
