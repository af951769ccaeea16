//! The search, and what it has found, in components.

use qise::Stop;
use qise::model::{NeedId, UnitId};
use qise::plan::{Plan, evaluate};
use qise::solve::{Options, solve};
use qise_lifecycle::PersonNo;
use rustc_hash::FxHashMap;

use super::component::{Component, Move, by_gain};
use super::part::{Part, Visits, visits_of};
use super::{Known, Replan, Revision};
use crate::rows::SeatAt;

/// What holds changes together.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Node {
    Need(NeedId),
    Unit(UnitId),
    Vehicle(u32),
    Goods(u32),
}

/// Sets that grow together.
#[derive(Default)]
struct Sets {
    number: FxHashMap<Node, usize>,
    above: Vec<usize>,
}

impl Sets {
    fn root(&mut self, node: Node) -> usize {
        let next = self.above.len();
        let mut at = *self.number.entry(node).or_insert(next);
        if at == next {
            self.above.push(next);
        }
        while self.above[at] != at {
            self.above[at] = self.above[self.above[at]];
            at = self.above[at];
        }
        at
    }

    fn join(&mut self, one: Node, other: Node) {
        let (one, other) = (self.root(one), self.root(other));
        self.above[one.max(other)] = one.min(other);
    }
}

impl Replan {
    /// The seconds that the command gives the search.
    pub fn limit_s(&self) -> f64 {
        self.limit_s
    }

    /// Looks for a better plan until `stop` says that it must end. Nothing of the service is needed for it.
    pub fn search(self, stop: &Stop) -> Revision {
        let part = self.part();
        let options = Options { warm: Some(part.plan.clone()), ..Options::default() };
        let found = solve(&part.problem, &options, stop).plan;
        let components = self.components(&part, &found);
        Revision { view: self.view, components }
    }

    fn components(&self, part: &Part, found: &Plan) -> Vec<Component> {
        let (before, after) = (visits_of(&part.plan), visits_of(found));
        let known = self.needs.iter().map(|known| (known.live, known)).collect::<FxHashMap<_, _>>();
        let mut changed = before.keys().chain(after.keys()).copied().collect::<Vec<_>>();
        changed.sort_unstable();
        changed.dedup();
        changed.retain(|need| {
            seats(&self.view.problem, &before, *need) != seats(&self.view.problem, &after, *need)
        });

        let mut sets = Sets::default();
        for &need in &changed {
            let own = |visits: &Visits| {
                visits.get(&need).into_iter().flatten().map(|(unit, _)| *unit).collect::<Vec<_>>()
            };
            for unit in own(&before).into_iter().chain(own(&after)) {
                sets.join(Node::Need(need), Node::Unit(unit));
                if let Some(vehicle) = part.problem.unit(unit).vehicle {
                    sets.join(Node::Unit(unit), Node::Vehicle(vehicle.0));
                }
            }
            for supply in &part.problem.need(need).goods {
                sets.join(Node::Need(need), Node::Goods(supply.what.good.0));
            }
        }
        let mut together = FxHashMap::<usize, Vec<NeedId>>::default();
        for &need in &changed {
            together.entry(sets.root(Node::Need(need))).or_default().push(need);
        }
        let mut components = together
            .into_values()
            .filter_map(|needs| self.component(part, found, &needs, (&before, &after), &known))
            .collect::<Vec<_>>();
        components.sort_by(by_gain);
        components
    }

    /// What is changed together, if all of it may change and the plan gets better by it.
    fn component(
        &self,
        part: &Part,
        found: &Plan,
        needs: &[NeedId],
        (before, after): (&Visits, &Visits),
        known: &FxHashMap<NeedId, &Known>,
    ) -> Option<Component> {
        let problem = &self.view.problem;
        let (mut moves, mut units) = (Vec::new(), Vec::new());
        for need in needs {
            let known = known.get(need).filter(|known| part.free.contains(&known.live))?;
            let (gone, come) = (seats(problem, before, *need), seats(problem, after, *need));
            for visits in [before, after] {
                units.extend(visits.get(need).into_iter().flatten().map(|(unit, _)| *unit));
            }
            moves.push(Move { no: known.no, gone, come, prices: known.prices });
        }
        units.sort_unstable();
        units.dedup();
        let only = |plan: &Plan| {
            let routes = plan.routes.iter().filter(|route| units.binary_search(&route.unit).is_ok());
            Plan { routes: routes.cloned().collect(), ..Plan::empty(&part.problem) }
        };
        let (old, new) = (only(&part.plan), only(found));
        let (is, would) = (evaluate(&part.problem, &old).score, evaluate(&part.problem, &new).score);
        if !would.better_than(&is) {
            return None;
        }
        let gain = is.levels.iter().zip(&would.levels).map(|(is, would)| is.saturating_sub(*would)).collect();
        let leaves = new
            .routes
            .iter()
            .filter(|route| route.departure.0 >= self.from.0)
            .map(|route| route.departure.0)
            .min();
        let routes =
            units.iter().map(|&unit| (PersonNo(problem.unit(unit).volunteer.0), problem.unit(unit).shift));
        let uses_goods = needs.iter().any(|&need| !problem.need(need).goods.is_empty());
        // What is served first is seated first.
        moves.sort_by_key(|one| (one.come.iter().map(|seat| seat.start).min(), one.no));
        Some(Component { moves, routes: routes.collect(), gain, leaves, uses_goods })
    }
}

/// The visits to a need as seats.
fn seats(problem: &qise::Problem, visits: &Visits, need: NeedId) -> Vec<SeatAt> {
    let own = visits.get(&need).into_iter().flatten();
    let seats = own.map(|(unit, visit)| SeatAt::of(problem.unit(*unit), visit));
    let mut seats = seats.collect::<Vec<_>>();
    seats.sort_by_key(SeatAt::order);
    seats
}
