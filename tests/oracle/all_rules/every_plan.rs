//! Every plan of a small problem that could be better than a given score: who serves what, in which order, with which calls and in
//! whose company. Ways that can no longer lead to a better plan are left, nothing else.
//!
//! Times are those of drafts: a plan that needs others is not found, so that nothing found is proof that there is none only as far as
//! drafts go; what is found is judged.

use qise::Problem;
use qise::model::{DepotId, NeedId, Rule, Term, Terms, TravelRule, Unit, UnitId};
use qise::plan::{Evaluation, Plan, Score, evaluate};

use super::sketch::{Sketch, Stop};

/// More calls are not tried on one route.
const MOST_CALLS: usize = 2;

/// What other visits may mend, or other times than those of a draft.
const MENDED: &[Rule] = &[
    Rule::LinkMissing,
    Rule::LinkTime,
    Rule::CrewApart,
    Rule::CrewTally,
    Rule::BreakMissing,
    Rule::BreakMisplaced,
    Rule::BreakElsewhere,
    Rule::RestTooShort,
    Rule::RideTooLong,
];
/// What a detour may mend where a detour may be quicker.
const TIMES: &[Rule] = &[
    Rule::OutsideWindow,
    Rule::PromiseBroken,
    Rule::LateFinish,
    Rule::DayTravel,
    Rule::DayWork,
    Rule::DayDistance,
    Rule::WeekWork,
    Rule::BeyondRange,
];
/// What says that calls are not as they should be.
const OF_GOODS: &[Rule] = &[
    Rule::GoodsMissing,
    Rule::GoodsKept,
    Rule::NotKept,
    Rule::DepotClosed,
    Rule::TooManyCalls,
    Rule::Overload,
];

/// A search through all plans.
struct Every<'p> {
    problem: &'p Problem,
    /// The needs in the order in which they are decided: what matters most comes first.
    order: Vec<NeedId>,
    best: Score,
    found: Option<Plan>,
    judged: usize,
    most: usize,
    /// Whether a detour never makes anything shorter.
    is_metric: bool,
}

/// A plan that is better than `score`, the best there is, and whether all plans were tried before `most` were judged.
pub(super) fn better(problem: &Problem, score: &Score, most: usize) -> (Option<Plan>, bool) {
    let mut order = problem.need_ids().collect::<Vec<_>>();
    order.sort_by_key(|&id| {
        let need = problem.need(id);
        (!(need.mandatory || need.is_pinned()), std::cmp::Reverse(need.priority))
    });
    // What comes into one shift may bring the next one nearer, and a visit the place of a break.
    let straight = |unit: &Unit| {
        unit.follows.is_none() && problem.shift(unit).breaks.iter().all(|rest| rest.at.is_empty())
    };
    let is_metric = problem.profiles().iter().all(|p| !matches!(p.rule, TravelRule::Matrix(_)))
        && problem.units().iter().all(straight);
    let mut every = Every { problem, order, best: score.clone(), found: None, judged: 0, most, is_metric };
    let mut sketch = Sketch::empty(problem);
    every.explore(0, &mut sketch);
    let done = every.judged < most;
    (every.found, done)
}

impl Every<'_> {
    fn explore(&mut self, n: usize, sketch: &mut Sketch) {
        if self.judged >= self.most {
            return;
        }
        let Some(&need) = self.order.get(n) else { return self.whole(sketch) };
        let served = |way: &NeedId| sketch.serves(*way);
        if !self.problem.ways(need).iter().any(served) {
            let slots = self.problem.slots_of(need).map(|slot| self.problem.slot(slot));
            let slots = slots.map(|slot| Stop::Visit(need, slot.role, slot.stop)).collect::<Vec<_>>();
            self.place(n, &slots, None, sketch);
        }
        if self.problem.need(need).outsource.is_some() {
            sketch.outsourced.push(need);
            if self.may_lead(n + 1, sketch, None) {
                self.explore(n + 1, sketch);
            }
            sketch.outsourced.pop();
        }
        if self.may_lead(n + 1, sketch, None) {
            self.explore(n + 1, sketch);
        }
    }

    /// Puts the stops of one need into the routes in every way; the further ones of a ride behind the one before.
    fn place(&mut self, n: usize, stops: &[Stop], last: Option<(usize, usize)>, sketch: &mut Sketch) {
        let Some((&stop, rest)) = stops.split_first() else {
            if self.stands(n + 1, sketch) {
                self.explore(n + 1, sketch);
            }
            return;
        };
        let ride = self.problem.need(self.order[n]).is_ride();
        let (units, from) = match last.filter(|_| ride) {
            Some((unit, at)) => (vec![unit], at + 1),
            None => ((0..sketch.routes.len()).collect(), 0),
        };
        for u in units {
            let comes = |stop: &Stop| matches!(stop, Stop::Visit(of, ..) if *of == self.order[n]);
            if !ride && sketch.routes[u].iter().any(comes) {
                continue;
            }
            for at in from..=sketch.routes[u].len() {
                sketch.routes[u].insert(at, stop);
                self.place(n, rest, Some((u, at)), sketch);
                sketch.routes[u].remove(at);
            }
        }
    }

    /// Whether what is there may be part of a better plan: judged as it stands.
    fn stands(&mut self, decided: usize, sketch: &Sketch) -> bool {
        self.judged += 1;
        let judged = evaluate(self.problem, &sketch.plan(self.problem));
        let hopeless = judged.violations.iter().any(|violation| !self.may_be_mended(violation.rule));
        !hopeless && self.may_lead(decided, sketch, Some(&judged.score.terms))
    }

    /// Whether more visits may mend a breach.
    fn may_be_mended(&self, rule: Rule) -> bool {
        let has = |rules: &[Rule]| rules.contains(&rule);
        let goods = has(&[Rule::GoodsMissing, Rule::GoodsKept, Rule::Overload]) && self.problem.has_goods();
        goods || has(MENDED) || has(TIMES) && !self.is_metric
    }

    /// Whether the least that a plan can score, of which so many needs are decided, is better than the best.
    fn may_lead(&self, decided: usize, sketch: &Sketch, grown: Option<&Terms>) -> bool {
        let mut least = Terms::default();
        for &id in &self.order[..decided] {
            let need = self.problem.need(id);
            let in_choice = !self.problem.ways(id).is_empty();
            if in_choice || sketch.serves(id) || sketch.outsourced.contains(&id) {
                continue;
            }
            least.add(Term::Unserved, 1);
            least.add(Term::UnservedPriority, need.priority.into());
            least.add(Term::UnservedMandatory, i64::from(need.mandatory || need.is_pinned()));
        }
        if let Some(grown) = grown.filter(|_| self.is_metric) {
            for term in [Term::TravelTime, Term::Distance, Term::People, Term::Tardiness, Term::Late] {
                least.set(term, grown.get(term));
            }
        }
        self.problem.objective().score(&least).better_than(&self.best)
    }

    /// All is decided but the calls and who goes along.
    fn whole(&mut self, sketch: &Sketch) {
        let ways =
            (0..sketch.routes.len()).map(|u| self.with_calls(u, &sketch.routes[u])).collect::<Vec<_>>();
        self.with_routes(&ways, &mut sketch.clone());
    }

    /// Every choice of one way for each route from `ways[0]` on; one after the other, since they may be millions.
    fn with_routes(&mut self, ways: &[Vec<Vec<Stop>>], sketch: &mut Sketch) {
        let Some((own, others)) = ways.split_first() else { return self.with_company(sketch, 0) };
        let unit = sketch.routes.len() - ways.len();
        for stops in own {
            if self.judged >= self.most {
                return;
            }
            sketch.routes[unit].clone_from(stops);
            self.with_routes(others, sketch);
        }
    }

    fn with_company(&mut self, sketch: &Sketch, unit: usize) {
        if unit == sketch.routes.len() {
            let plans = sketch.plans(self.problem);
            self.judged += plans.len();
            let judged = plans.into_iter().map(|plan| (evaluate(self.problem, &plan), plan));
            let mut valid = judged.filter(|(judged, _)| judged.is_valid()).collect::<Vec<_>>();
            if self.problem.objective().uses(Term::LoadRange) {
                // Nobody is sent out sooner, or to a depot for nothing, only to work as long as others.
                let work = |judged: &Evaluation| judged.score.terms.get(Term::WorkTime);
                let least = valid.iter().map(|(judged, _)| work(judged)).min();
                let idle = |call: &qise::plan::Call| call.takes.is_empty() && call.gives.is_empty();
                let calls = |plan: &Plan| plan.routes.iter().flat_map(|route| &route.calls).any(idle);
                valid.retain(|(judged, plan)| Some(work(judged)) == least && !calls(plan));
            }
            for (judged, plan) in valid {
                if judged.score.better_than(&self.best) {
                    (self.best, self.found) = (judged.score, Some(plan));
                }
            }
            return;
        }
        self.with_company(sketch, unit + 1);
        let own = self.problem.unit(UnitId::new(unit));
        if !sketch.routes[unit].is_empty() {
            return;
        }
        for lead in 0..sketch.routes.len() {
            let joins = self.problem.unit(UnitId::new(lead)).may_join(own);
            if joins && !sketch.routes[lead].is_empty() {
                let mut joined = sketch.clone();
                joined.company[lead].push(UnitId::new(unit));
                self.with_company(&joined, unit + 1);
            }
        }
    }

    /// A route with up to two calls, if it asks for goods, as far as goods are then in order there.
    fn with_calls(&mut self, unit: usize, stops: &[Stop]) -> Vec<Vec<Stop>> {
        let goods = |stop: &Stop| match stop {
            Stop::Visit(need, ..) => !self.problem.need(*need).goods.is_empty(),
            Stop::Call(..) => false,
        };
        let mut all = vec![stops.to_vec()];
        if !stops.iter().any(goods) {
            return all;
        }
        let moments = |d: usize| {
            let stocks = &self.problem.depot(DepotId::new(d)).stocks;
            stocks.iter().flat_map(|stock| &stock.restocks).map(|restock| Some(restock.at))
        };
        let depots = 0..self.problem.depots().len();
        let calls = depots.flat_map(|d| {
            std::iter::once(None).chain(moments(d)).map(move |from| Stop::Call(DepotId::new(d), from))
        });
        let calls = calls.collect::<Vec<_>>();
        let mut layer = all.clone();
        for _ in 0..MOST_CALLS {
            layer = layer.iter().flat_map(|stops| longer(stops, &calls)).collect();
            all.extend_from_slice(&layer);
        }
        all.retain(|stops| self.is_supplied(unit, stops));
        all
    }

    /// Whether a route, alone, has its goods on board where they are asked for, and open depots.
    fn is_supplied(&mut self, unit: usize, stops: &[Stop]) -> bool {
        self.judged += 1;
        let mut alone = Sketch::empty(self.problem);
        alone.routes[unit] = stops.to_vec();
        let judged = evaluate(self.problem, &alone.plan(self.problem));
        !judged.violations.iter().any(|violation| OF_GOODS.contains(&violation.rule))
    }
}

/// One more call, at every place.
fn longer(stops: &[Stop], calls: &[Stop]) -> Vec<Vec<Stop>> {
    let with = |at: usize| {
        calls.iter().map(move |&call| {
            let mut longer = stops.to_vec();
            longer.insert(at, call);
            longer
        })
    };
    (0..=stops.len()).flat_map(with).collect()
}
