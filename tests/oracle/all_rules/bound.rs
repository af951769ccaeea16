//! Which rules bind: there is a plan that is better than the best one, and that this rule alone forbids.

use std::collections::BTreeSet;

use qise::Problem;
use qise::model::{NeedId, Rule, Scope, Seconds, UnitId};
use qise::plan::{Plan, Rest, Score, Visit, evaluate};

use super::draw::Draw;
use super::sketch::{Sketch, Stop, left};

/// Whether a plan can be better for breaking a rule: not for breaking one of form.
pub(super) fn can_bind(rule: Rule) -> bool {
    rule.scope() != Scope::Form
}

/// A plan that is better than the best one, and the rules that forbid it.
pub(super) struct Broken {
    pub(super) rules: BTreeSet<Rule>,
    pub(super) plan: Plan,
}

/// So many plans are kept of those that break the same rules.
const KEPT: usize = 4;

struct Bound<'p> {
    problem: &'p Problem,
    score: &'p Score,
    rules: BTreeSet<Rule>,
    broken: Vec<Broken>,
}

/// The rules that keep plans near `best` from being better than it.
pub(super) fn bound(draw: &Draw, best: &Plan, score: &Score) -> BTreeSet<Rule> {
    better_but_broken(draw, best, score).0
}

/// The same, and some of these plans.
pub(super) fn better_but_broken(draw: &Draw, best: &Plan, score: &Score) -> (BTreeSet<Rule>, Vec<Broken>) {
    let problem = &draw.problem;
    let mut bound = Bound { problem, score, rules: BTreeSet::new(), broken: Vec::new() };
    for (before, plan) in &draw.earlier {
        if let Some(plan) = carried(before, problem, plan) {
            bound.plan(&plan);
            bound.sketch(&Sketch::of(problem, &plan));
            bound.rested(&plan);
        }
    }
    let sketch = Sketch::of(problem, best);
    for need in problem.need_ids() {
        if sketch.serves(need) {
            bound.placed(&sketch.without(need), need);
        } else if !sketch.outsourced.contains(&need) {
            bound.placed(&sketch, need);
            bound.squeezed(best, need);
            bound.twice(best, need);
            let mut outside = sketch.clone();
            outside.outsourced.push(need);
            bound.sketch(&outside);
        }
    }
    bound.changed(&sketch);
    bound.rested(best);
    (bound.rules, bound.broken)
}

/// A plan of another stage of the problem, its units found again and its list of needs left made anew.
fn carried(from: &Problem, to: &Problem, plan: &Plan) -> Option<Plan> {
    let mut plan = plan.clone();
    let again = |unit: UnitId| {
        let old = from.unit(unit);
        let key = |unit: &qise::model::Unit| (unit.volunteer, unit.shift, unit.vehicle);
        to.unit_ids().find(|&new| key(to.unit(new)) == key(old))
    };
    for route in &mut plan.routes {
        route.unit = again(route.unit)?;
        for unit in &mut route.company {
            *unit = again(*unit)?;
        }
    }
    plan.fingerprint = None;
    let served = plan.served_needs();
    plan.unserved = left(to, |need| served.contains(&need) || plan.outsourced.contains(&need));
    Some(plan)
}

impl Bound<'_> {
    /// Takes note of the rule that alone forbids a better plan. Who is at two doors at once also travels in no time: that counts as one.
    fn plan(&mut self, plan: &Plan) {
        let judged = evaluate(self.problem, plan);
        // By the levels alone: people who must go out come before them.
        if judged.score.levels >= self.score.levels {
            return;
        }
        let rules = judged.violations.iter().map(|violation| violation.rule).collect::<BTreeSet<_>>();
        if self.broken.iter().filter(|broken| broken.rules == rules).count() < KEPT {
            self.broken.push(Broken { rules: rules.clone(), plan: plan.clone() });
        }
        let at_once = [Rule::Overlap, Rule::TravelTooShort, Rule::EarlyStart];
        if rules.len() == 1 {
            self.rules.extend(rules);
        } else if rules.contains(&Rule::Overlap) && rules.iter().all(|rule| at_once.contains(rule)) {
            self.rules.insert(Rule::Overlap);
        }
    }

    fn sketch(&mut self, sketch: &Sketch) {
        for plan in sketch.plans(self.problem) {
            self.plan(&plan);
        }
    }

    /// A need anywhere, whoever it is and however many of those it asks for: also its stops in any order, or by several people.
    fn placed(&mut self, sketch: &Sketch, need: NeedId) {
        let slots = self.problem.slots_of(need).map(|slot| self.problem.slot(slot));
        let stops = slots.map(|slot| Stop::Visit(need, slot.role, slot.stop)).collect::<Vec<_>>();
        for (s, &stop) in stops.iter().enumerate() {
            for one in with(sketch, stop) {
                self.sketch(&one);
                for &other in stops.iter().skip(s + 1).take(1) {
                    for two in with(&one, other) {
                        self.sketch(&two);
                    }
                }
            }
        }
    }

    /// A need at the time that suits it, whatever else its people do then.
    fn squeezed(&mut self, best: &Plan, need: NeedId) {
        let asked = self.problem.need(need);
        if asked.people() > 1 || asked.is_ride() {
            return;
        }
        for r in 0..best.routes.len() {
            let mut plan = best.clone();
            let route = &mut plan.routes[r];
            let who = self.problem.unit(route.unit).volunteer;
            let takes = self.problem.service(self.problem.first_slot(need), who);
            let start = asked.stops[0].windows[0].from.max(route.departure);
            let at = route.visits.iter().filter(|visit| visit.start <= start).count();
            let arrival = start;
            route.visits.insert(at, Visit { need, role: 0, stop: 0, arrival, start, end: start + takes });
            plan.unserved.retain(|&left| left != need);
            self.plan(&plan);
        }
    }

    /// A need for which somebody goes out once more in the same shift.
    fn twice(&mut self, best: &Plan, need: NeedId) {
        for route in &best.routes {
            let mut alone = Sketch::empty(self.problem);
            let slots = self.problem.slots_of(need).map(|slot| self.problem.slot(slot));
            alone.routes[route.unit.index()] =
                slots.map(|slot| Stop::Visit(need, slot.role, slot.stop)).collect();
            let mut plan = best.clone();
            plan.routes.extend(alone.plan(self.problem).routes);
            plan.unserved =
                left(self.problem, |of| of == need || best.visits().any(|(_, visit)| visit.need == of));
            plan.unserved.retain(|of| !plan.outsourced.contains(of));
            self.plan(&plan);
        }
    }

    /// Somebody more in company, and a call less.
    fn changed(&mut self, sketch: &Sketch) {
        for u in 0..sketch.routes.len() {
            if sketch.routes[u].is_empty() {
                continue;
            }
            for at in 0..sketch.routes[u].len() {
                if matches!(sketch.routes[u][at], Stop::Call(..)) {
                    let mut fewer = sketch.clone();
                    fewer.routes[u].remove(at);
                    self.sketch(&fewer);
                }
            }
        }
        let others = self.problem.unit_ids().filter(|unit| sketch.routes[unit.index()].is_empty());
        for other in others.collect::<Vec<_>>() {
            for u in 0..sketch.routes.len() {
                let mut more = sketch.clone();
                more.company[u].push(other);
                let left = self.problem.need_ids().filter(|&need| !sketch.serves(need)).collect::<Vec<_>>();
                for need in left {
                    let slot = self.problem.slot(self.problem.first_slot(need));
                    let stop = Stop::Visit(need, slot.role, slot.stop);
                    for at in 0..=more.routes[u].len() {
                        let mut served = more.clone();
                        served.routes[u].insert(at, stop);
                        self.sketch(&served);
                    }
                }
            }
        }
    }

    /// The breaks that are not taken, each at once, at the last moment or between: across whatever is done then.
    fn rested(&mut self, plan: &Plan) {
        for part in 0..3 {
            let mut plan = plan.clone();
            for route in &mut plan.routes {
                let breaks = &self.problem.shift(self.problem.unit(route.unit)).breaks;
                let missing = breaks.iter().filter(|due| {
                    let taken = |rest: &Rest| due.earliest <= rest.start && rest.start <= due.latest;
                    !route.breaks.iter().any(taken)
                });
                let missing = missing.map(|due| {
                    let start = due.earliest + Seconds((due.latest - due.earliest).0 * part / 2);
                    Rest::new(start.max(route.departure), due.duration)
                });
                let missing = missing.collect::<Vec<_>>();
                route.breaks.extend(missing);
                route.breaks.sort_by_key(|rest| rest.start);
            }
            self.plan(&plan);
        }
    }
}

/// A stop at every place of every route.
fn with(sketch: &Sketch, stop: Stop) -> Vec<Sketch> {
    let mut all = Vec::new();
    for u in 0..sketch.routes.len() {
        for at in 0..=sketch.routes[u].len() {
            let mut with = sketch.clone();
            with.routes[u].insert(at, stop);
            all.push(with);
        }
    }
    all
}
