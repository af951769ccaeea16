//! Faults planted by hand into a good plan: the judge must name exactly what each of them breaks, side effects included.

mod crews;
mod days;
mod fixture;
mod goods;
mod harmless;
mod lists;
mod people;
mod rides;
mod times;
mod vehicles;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use qise::model::{Rule, Term};
use qise::plan::{Plan, evaluate};
use qise::{Problem, ProblemData};
use qise_io::words::{Finding, path};

/// What is done to the good plan, or to the problem below it.
#[derive(Clone, Copy)]
enum Change {
    Plan(fn(&mut Plan)),
    Problem(fn(&mut ProblemData)),
    Both(fn(&mut ProblemData, &mut Plan)),
}

/// One change, and the code and path of every rule that it breaks, in any order.
struct Fault {
    name: &'static str,
    change: Change,
    breaks: &'static [(&'static str, &'static str)],
}

const fn in_plan(
    name: &'static str,
    change: fn(&mut Plan),
    breaks: &'static [(&'static str, &'static str)],
) -> Fault {
    Fault { name, change: Change::Plan(change), breaks }
}

const fn in_problem(
    name: &'static str,
    change: fn(&mut ProblemData),
    breaks: &'static [(&'static str, &'static str)],
) -> Fault {
    Fault { name, change: Change::Problem(change), breaks }
}

const fn in_both(
    name: &'static str,
    change: fn(&mut ProblemData, &mut Plan),
    breaks: &'static [(&'static str, &'static str)],
) -> Fault {
    Fault { name, change: Change::Both(change), breaks }
}

/// Everything that the judge reports, as codes and paths in order.
fn reported(problem: &Problem, plan: &Plan) -> Vec<(&'static str, String)> {
    let violations = evaluate(problem, plan).violations;
    let mut found = violations.into_iter().map(|v| (v.rule.as_str(), path(v.at))).collect::<Vec<_>>();
    found.sort();
    found
}

/// The problem and the plan with a fault in one of them.
fn planted(fault: &Fault) -> (Problem, Plan) {
    let (mut problem, mut plan) = (fixture::problem(), fixture::plan());
    match fault.change {
        Change::Plan(change) => change(&mut plan),
        Change::Problem(change) => problem = problem.replace(change).expect(fault.name),
        Change::Both(change) => problem = problem.replace(|data| change(data, &mut plan)).expect(fault.name),
    }
    (problem, plan)
}

fn check(fault: &Fault) {
    let (problem, plan) = planted(fault);
    let mut expected = fault.breaks.iter().map(|&(code, path)| (code, path.to_owned())).collect::<Vec<_>>();
    expected.sort();
    assert_eq!(reported(&problem, &plan), expected, "{}", fault.name);
}

fn all_faults() -> impl Iterator<Item = &'static Fault> {
    let all = [
        times::FAULTS,
        lists::FAULTS,
        people::FAULTS,
        crews::FAULTS,
        rides::FAULTS,
        goods::FAULTS,
        vehicles::FAULTS,
        days::FAULTS,
    ];
    all.into_iter().flatten()
}

#[test]
fn the_plan_is_good_before_anything_is_planted() {
    assert_eq!(reported(&fixture::problem(), &fixture::plan()), []);
}

#[test]
fn the_plan_is_worth_what_the_hand_reckons() {
    let by_hand = [
        (Term::UnservedMandatory, 0),
        (Term::UnservedPriority, 7),
        (Term::Unserved, 1),
        (Term::Tardiness, 600),
        (Term::WorstTardiness, 600),
        (Term::Late, 1),
        (Term::TravelTime, 2640 + 1668 + 2224 + 2224 + 1500),
        (Term::Distance, 31_200 + 6672 + 2224 + 2224 + 13_000),
        (Term::WorkTime, 18_840 + 5700 + 5012 + 4144 + 5550),
        (Term::Overtime, 0),
        // At the doors of nurse, bath, talk (the break apart), checkup, escort and repair.
        (Term::Waiting, 1280 + 100 + 3600 + 972 + 88 + 90),
        (Term::People, 4),
        (Term::Teams, 2),
        (Term::PeopleShort, 0),
        // 18840²/46800, 5700²/21600, (12756² − 3600²)/36000 with the ledger, 5550²/21600; each rounded down.
        (Term::Load, 7584 + 1504 + 4159 + 1426),
        // 18840/46800 of Altan's time and 5550/21600 of Dawa's, in whole thousandths.
        (Term::LoadRange, 402 - 256),
        (Term::LoadWorst, 402),
        // Altan serves for 150 minutes, Bayar and Dawa for 50 each.
        (Term::Spread, 6000),
        (Term::Makespan, 0),
        (Term::Preferences, 700),
        // Aid moved, visit given up, escort given to another at its own price.
        (Term::Disruption, 200 + 1000 + 40),
    ];
    let score = evaluate(&fixture::problem(), &fixture::plan()).score;
    assert_eq!(score.terms.iter().collect::<Vec<_>>(), by_hand);
}

#[test]
fn every_planted_fault_is_named_and_nothing_else() {
    all_faults().for_each(check);
}

/// `messages.txt` has every sentence under the name of its fault, in English and in Chinese.
#[test]
fn every_planted_fault_is_told_in_both_languages() {
    let mut told = String::new();
    for fault in all_faults() {
        let (problem, plan) = planted(fault);
        let _ = writeln!(told, "# {}", fault.name);
        for violation in evaluate(&problem, &plan).violations {
            let message = Finding::new(&problem, &violation).message();
            let _ = writeln!(told, "{}\n{}", message.en, message.zh);
        }
    }
    let expected = include_str!("planted_faults/messages.txt");
    for (told, expected) in told.lines().zip(expected.lines()) {
        assert_eq!(told, expected);
    }
    assert_eq!(told.lines().count(), expected.lines().count());
}

#[test]
fn what_breaks_nothing_is_let_pass() {
    let all = [harmless::CHANGES, rides::CHANGES, goods::CHANGES, vehicles::CHANGES, days::CHANGES];
    for change in all.into_iter().flatten() {
        assert!(change.breaks.is_empty(), "{}", change.name);
        check(change);
    }
}

#[test]
fn every_rule_is_planted_at_least_once() {
    assert!(all_faults().count() >= 40);
    let names = all_faults().map(|fault| fault.name).collect::<BTreeSet<_>>();
    assert_eq!(names.len(), all_faults().count(), "two faults of one name");
    let planted = all_faults().flat_map(|fault| fault.breaks).map(|&(code, _)| code).collect::<BTreeSet<_>>();
    // A plan holds no score of its own; a wrong one is found where a document states it.
    let rules = Rule::ALL.iter().filter(|&&rule| rule != Rule::WrongScore);
    assert_eq!(planted, rules.map(|rule| rule.as_str()).collect::<BTreeSet<_>>());
}
