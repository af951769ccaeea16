//! What eligibility, bounds and reasons say of each rule, held against plans that break it.

use std::collections::BTreeSet;

use qise::Problem;
use qise::bound::{self, Bounds, Relaxation};
use qise::eligibility::{Exclusion, exclusions, obstacles};
use qise::explain::{Depth, Verdict, accounts, reasons};
use qise::model::{Rule, Scope, Slot, SlotId, UnitId};
use qise::plan::{Plan, Score, evaluate};

use super::bound::Broken;
use super::entries::Failure;
use super::sketch::{Sketch, Stop, left};

/// What was seen of the rules.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// An excluded pair in a plan that breaks this rule alone.
    pub(super) excluded: BTreeSet<(Exclusion, Rule)>,
    /// A plan beyond a bound that breaks this rule alone.
    pub(super) kept: BTreeSet<(Relaxation, Rule)>,
    /// A plan within a bound that breaks this rule alone.
    pub(super) relaxed: BTreeSet<(Relaxation, Rule)>,
}

impl Seen {
    pub(super) fn add(&mut self, other: &Self) {
        self.excluded.extend(&other.excluded);
        self.kept.extend(&other.kept);
        self.relaxed.extend(&other.relaxed);
    }
}

/// What was seen of a problem, of the best plan found and of better ones that break rules, and whatever does not hold.
pub(super) fn readers(problem: &Problem, best: &Plan, broken: &[Broken]) -> (Seen, Vec<Failure>) {
    let (mut seen, mut failures) = (Seen::default(), Vec::new());
    pairs(problem, best, &mut seen, &mut failures);
    bounds(problem, best, broken, &mut seen, &mut failures);
    told(problem, best, broken, &mut failures);
    (seen, failures)
}

/// A plan with an excluded pair breaks a rule that names the exclusion.
fn pairs(problem: &Problem, best: &Plan, seen: &mut Seen, failures: &mut Vec<Failure>) {
    for slot in problem.slot_ids() {
        for unit in problem.unit_ids() {
            let cuts = obstacles(problem, slot, unit);
            if cuts.is_empty() {
                continue;
            }
            for plan in all_the_same(problem, best, slot, unit) {
                let rules = broken_by(problem, &plan);
                for cut in cuts.iter() {
                    if !rules.iter().any(|&rule| exclusions(rule).contains(&cut)) {
                        let words = format!("{slot:?} by {unit:?} is excluded as {cut}: {rules:?}, {plan:?}");
                        failures.push(Failure { entry: "excluded pair", words });
                    } else if rules.len() == 1 {
                        seen.excluded.extend(rules.iter().map(|&rule| (cut, rule)));
                    }
                }
            }
        }
    }
}

fn broken_by(problem: &Problem, plan: &Plan) -> BTreeSet<Rule> {
    evaluate(problem, plan).violations.iter().map(|violation| violation.rule).collect()
}

/// Plans in which a unit fills a slot: alone, with all that the need asks for, and beside the best plan; also at the first moment of
/// the window.
fn all_the_same(problem: &Problem, best: &Plan, slot: SlotId, unit: UnitId) -> Vec<Plan> {
    let stop = |Slot { need, role, stop }| Stop::Visit(need, role, stop);
    let own = problem.slot(slot);
    let mut alone = Sketch::empty(problem);
    alone.routes[unit.index()].push(stop(own));
    let mut whole = Sketch::empty(problem);
    let mut others =
        problem.unit_ids().filter(|&other| problem.unit(other).volunteer != problem.unit(unit).volunteer);
    for other in problem.slots_of(own.need) {
        let is_own = other == slot || problem.need(own.need).is_ride();
        if let Some(unit) = if is_own { Some(unit) } else { others.next() } {
            whole.routes[unit.index()].push(stop(problem.slot(other)));
        }
    }
    let mut beside = Sketch::of(problem, best).without(own.need);
    beside.outsourced.retain(|&need| need != own.need);
    beside.routes[unit.index()].push(stop(own));
    let mut plans =
        [alone, whole, beside].iter().flat_map(|sketch| sketch.plans(problem)).collect::<Vec<_>>();
    let mut early = plans[0].clone();
    if let Some(visit) = early.routes.first_mut().and_then(|route| route.visits.first_mut()) {
        let takes = visit.end - visit.start;
        let start = problem
            .pinned_start(slot)
            .or_else(|| Some(problem.windows_of(slot).first()?.from))
            .unwrap_or(visit.start);
        let start = start.max(problem.unit(unit).start);
        (visit.arrival, visit.start, visit.end) = (start, start, start + takes);
        early.unserved = left(problem, |need| need == own.need);
        plans.push(early);
    }
    plans
}

/// A plan that breaks nothing but what a bound leaves out is within it.
fn bounds(problem: &Problem, best: &Plan, broken: &[Broken], seen: &mut Seen, failures: &mut Vec<Failure>) {
    if broken.is_empty() {
        return;
    }
    let score = evaluate(problem, best).score;
    for closest in [Relaxation::Hours, Relaxation::Knapsack, Relaxation::Routes] {
        let options = bound::Options { rounds: Some(12), closest, ..bound::Options::default() };
        let found = bound::bound(problem, Some(&score), &options, &qise::Stop::never());
        for Broken { rules, plan } in broken {
            if rules.iter().any(|rule| rule.scope() == Scope::Form) {
                continue;
            }
            for (relaxation, beyond) in beyond(problem, &found, &score, &evaluate(problem, plan).score) {
                let relaxed = rules.iter().all(|rule| !bound::kept_by(*rule).contains(&relaxation));
                if beyond && relaxed {
                    let words = format!("{relaxation} leaves out {rules:?}: {found:?}, {plan:?}");
                    failures.push(Failure { entry: "relaxed rules", words });
                } else if let (1, Some(&rule)) = (rules.len(), rules.first()) {
                    let set = if beyond { &mut seen.kept } else { &mut seen.relaxed };
                    set.insert((relaxation, rule));
                }
            }
        }
    }
}

/// For each bound that says something of a plan what proves it, and whether the plan is beyond it.
fn beyond(problem: &Problem, found: &Bounds, asked: &Score, plan: &Score) -> Vec<(Relaxation, bool)> {
    let served = problem.asked_priority() - plan.terms.get(qise::model::Term::UnservedPriority);
    let mut all = vec![(found.priority.relaxation, served > found.priority.value)];
    for level in &found.levels {
        if (0..level.level).all(|l| plan.levels[l] <= asked.levels[l]) {
            all.push((level.bound.relaxation, plan.levels[level.level] < level.bound.value));
        }
    }
    all
}

/// The reason of a need that only one rule keeps from being served says what is said of such a rule.
fn told(problem: &Problem, best: &Plan, broken: &[Broken], failures: &mut Vec<Failure>) {
    if best.unserved.is_empty() || !evaluate(problem, best).is_valid() {
        return;
    }
    let all = reasons(problem, best, Depth::Proven, &qise::Stop::never());
    for Broken { rules, plan } in broken.iter().filter(|broken| broken.rules.len() == 1) {
        let Some(&rule) = rules.first().filter(|rule| !accounts(**rule).is_empty()) else { continue };
        let served = plan.served_needs();
        for reason in all.iter().filter(|reason| served.contains(&reason.need)) {
            let said = reason.accounts();
            // Of what hangs on another need nothing is told but that: windows and people of both decide it.
            let open =
                matches!(reason.verdict, Verdict::Open | Verdict::Unfound) || reason.hangs_on.is_some();
            if !open && !said.iter().any(|account| accounts(rule).contains(account)) {
                let words = format!("{rule} keeps {:?}: {said:?}, {reason:?}", reason.need);
                failures.push(Failure { entry: "reason of a rule", words });
            }
        }
    }
}
