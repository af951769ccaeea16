//! Problems built directly, with odd values in any field: faults or a valid problem, and a valid problem can be solved.

use qise::eligibility::{candidates, funnel};
use qise::explain::{Depth, choice, reasons};
use qise::model::{Category, Previous};
use qise::plan::{Plan, evaluate};
use qise::solve::{Options, solve, solve_with};
use qise::{Lang, Problem, ProblemData, Stop};
use qise_io::time::Zone;
use qise_io::words;
use rand::RngExt;
use rand_pcg::Pcg64Mcg;

use crate::cases::for_each_case;
use crate::odd::Odd;
use crate::spoil::spoil;
use crate::spoil_goods::spoil_goods;
use crate::support::goods::{with_goods, with_vehicles};
use crate::support::{Mix, problem};

/// How many cases a short run tries.
const CASES: u64 = 400;

#[test]
fn any_data_is_a_problem_or_has_faults() {
    for_each_case("problems", CASES, |random| {
        let data = odd_data(random);
        match Problem::new(data.clone()) {
            Ok(problem) => {
                assert_eq!(problem.to_data(), data, "a problem keeps what it was built from");
                whatever_can_be_asked(&problem, random);
                "valid"
            }
            Err(faults) => {
                assert!(!faults.0.is_empty());
                for fault in &faults.0 {
                    assert!(fault.path.starts_with('$'), "{}", fault.path);
                    let message = fault.message();
                    assert!(!message.en.is_empty() && !message.zh.is_empty());
                }
                "faulty"
            }
        }
    });
}

/// A problem as the property tests draw it, spoiled.
pub(crate) fn odd_data(random: &mut Pcg64Mcg) -> ProblemData {
    let mix = Mix {
        breaks: random.random(),
        shifts: random.random(),
        soft: random.random(),
        tight: random.random(),
        windows: random.random(),
        odd_travel: random.random(),
        ..Mix::all(random.random_range(1..9), random.random_range(1..5))
    };
    let seed = random.random();
    let mut drawn = problem(seed, mix);
    if random.random_bool(0.4) {
        drawn = with_goods(seed, &drawn);
    }
    if random.random_bool(0.3) {
        drawn = with_vehicles(seed, &drawn);
    }
    let mut data = drawn.to_data();
    let mut odd = Odd::new(random);
    spoil(&mut odd, &mut data);
    spoil_goods(&mut odd, &mut data);
    data
}

/// Asks everything of a problem that a caller can.
fn whatever_can_be_asked(problem: &Problem, random: &mut Pcg64Mcg) {
    let options = Options { seed: random.random(), ..Options::default() };
    let solved = solve_with(problem, &options, &Stop::iterations(20), &mut |progress| {
        assert!(progress.unserved() <= problem.asked());
    });
    assert_eq!(solved.evaluation.violations, []);
    assert_eq!(evaluate(problem, &solved.plan), solved.evaluation);
    let listed = solved.plan.unserved.len() + solved.plan.outsourced.len();
    assert_eq!(solved.plan.served() + listed, problem.asked());

    for reason in reasons(problem, &solved.plan, Depth::Proven, &Stop::never()) {
        let text = words::reason(problem, &reason);
        assert!(!text.en.is_empty() && !text.zh.is_empty());
    }
    for need in problem.need_ids() {
        let Some(choice) = choice(problem, &solved.plan, need) else { continue };
        let (text, public) = (words::choice(problem, &choice), words::public_choice(problem, &choice));
        assert!(![text.en, text.zh, public.en, public.zh].iter().any(String::is_empty));
        if let Some(other) = choice.runner_up.filter(|_| choice.as_stated) {
            let taken = evaluate(problem, &other.offer.taken(problem, &solved.plan));
            assert_eq!(taken.violations, []);
        }
    }
    for slot in problem.slot_ids() {
        let funnel = funnel(problem, slot);
        let cut: u32 = funnel.cuts().map(|(_, count)| count).sum();
        assert_eq!(funnel.people, funnel.left + cut);
    }
    let lists = candidates(problem, usize::MAX);
    assert!(problem.slot_ids().all(|slot| lists.complete(slot)));

    let warm = Options { warm: Some(solved.plan.clone()), ..options.clone() };
    let again = solve(problem, &warm, &Stop::iterations(20));
    assert!(!solved.evaluation.score.better_than(&again.evaluation.score));
    let told = Previous { reassign_price: 10, retime_price: 5, ..Previous::default() };
    if let Ok(changed) = problem.with_previous(Some(told.of_plan(problem, &solved.plan))) {
        let kept = solve(&changed, &options, &Stop::iterations(5));
        assert_eq!(kept.evaluation.violations, []);
    }
    on_paper(problem, &solved.plan);
}

/// Documents of a problem and of its plan: they are written whatever stands in them, and what can be read back is the same.
fn on_paper(problem: &Problem, plan: &Plan) {
    let zone = Zone::parse("Asia/Shanghai").expect("a zone");
    let written = qise_io::write_scenario(problem, &zone);
    // Documents begin with the seven colours, whether they say so or not.
    let mut colours = Category::seven_colours().into_iter().zip(problem.categories());
    let as_documents = problem.categories().len() >= 7 && colours.all(|(a, b)| a.key == b.key);
    if let Some(read) = qise_io::read_scenario(written.as_bytes()).ok().filter(|_| as_documents) {
        let again = qise_io::write_scenario(&read.problem, &zone);
        let differ = written.lines().zip(again.lines()).find(|(before, after)| before != after);
        assert!(again == written, "{differ:?}");
        let document = qise_io::write_plan(
            problem,
            &zone,
            plan,
            &evaluate(problem, plan),
            &qise_io::PlanNotes::default(),
        );
        let again = qise_io::read_plan(&read.problem, &zone, document.as_bytes());
        let again = again.expect("a plan of this scenario").plan;
        // Ids may be others in the document, as of places that nothing names.
        assert_eq!(Plan { fingerprint: plan.fingerprint, ..again }, *plan);
    }
    assert!(qise_io::geojson::plan(problem, &zone, plan).contains("FeatureCollection"));
    assert!(qise_io::svg::plan(problem, plan, Lang::Zh).ends_with("</svg>\n"));
}
