//! Column generation: prices from a linear program of the routes found so far, and routes that are cheap at those prices.
//!
//! Routes are asked for at prices between the best known and those of the program (P. Wentges 1997, Weighted Dantzig–Wolfe decomposition
//! for linear mixed-integer programming, International Transactions in Operational Research 4(2)). Where the program stands still,
//! places learn to remember what its routes pass twice (R. Roberti, A. Mingozzi 2014, Dynamic ng-path relaxation for the delivery man
//! problem, Transportation Science 48(3)), so that the bound rises towards that of real routes.

use super::graph::Graph;
use super::labels::{Effort, Found};
use super::lagrangian::LagrangianProblem;
use super::simplex::{Column, Program};
use super::subgradient::Priced;

/// Marks that a node remembers at first, its own among them.
const REMEMBERED: usize = 9;
/// With so few marks every node remembers all: routes are real ones.
const FEW: usize = 24;
/// Marks that a node remembers at most.
const MOST_REMEMBERED: usize = 40;
/// Labels of one unit at a time.
const MOST_LABELS: usize = 2_000_000;
/// The same where there are many units, each of which has its turn in every round.
const FEWER_LABELS: usize = 250_000;
/// How far prices stay with the best known ones.
const STAY: f64 = 0.7;
/// Pivots of the program at a time.
const PIVOTS: usize = 4_000;

/// What stands in for routes in the program costs no more than this.
const MOST_DEAR: f64 = (1_u64 << 43) as f64;

/// A route of the program.
#[derive(Clone, Debug)]
struct Route {
    shift: usize,
    unit: usize,
    nodes: Vec<u16>,
}

/// What column generation keeps.
struct Work<'g, 'p> {
    ground: &'g LagrangianProblem<'p>,
    program: Program,
    /// The row of each slot.
    row: Vec<Option<u32>>,
    first_shift: u32,
    /// The route of each column, where it is one.
    routes: Vec<Option<Route>>,
    memory: Vec<Vec<Vec<Vec<u16>>>>,
    dear: f64,
}

/// What became of it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Generated {
    /// Rounds of looking for routes.
    pub(super) rounds: u64,
    /// Whether some shift was bounded by a graph at the best prices.
    pub(super) by_routes: bool,
    /// Whether in the end no route passed anything twice.
    pub(super) elementary: bool,
}

/// Improves the bound until `stop`, or `rounds` are made, or `target` is proven.
pub(super) fn generate(
    ground: &LagrangianProblem<'_>,
    best: &mut Priced,
    target: Option<i64>,
    rounds: u64,
    stop: &(dyn Fn() -> bool + Sync),
) -> Generated {
    let mut work = Work::new(ground);
    let mut done = Generated { elementary: work.remembers_all(), ..Generated::default() };
    let (mut careless, mut stay) = (true, STAY);
    // The first bound by routes comes at once: at the best prices known.
    work.exact(&LagrangianProblem::whole(&best.prices), best, &mut done, stop);
    while done.rounds < rounds && !stop() && target.is_none_or(|target| ground.proven(best.value) < target) {
        work.program.solve(PIVOTS, &stop);
        let out = work.prices();
        let between = out.iter().zip(&best.prices).map(|(out, best)| stay * best + (1.0 - stay) * out);
        let between = LagrangianProblem::whole(&between.collect::<Vec<_>>());
        done.rounds += 1;
        if careless {
            let effort = Effort { careless: true, labels: FEWER_LABELS, routes: 30 };
            let found = ground.routes(&between, &work.memory, effort, stop);
            if work.add_all(found) == 0 {
                careless = false;
            }
            continue;
        }
        let added = work.exact(&between, best, &mut done, stop);
        if added > 0 {
            careless = true;
            stay = STAY;
            continue;
        }
        if stay > 0.0 {
            // Nothing between is new to the program: look at its own prices.
            stay = if stay > 0.3 { 0.2 } else { 0.0 };
            continue;
        }
        if stop() || !(work.raise() || work.learn()) {
            break;
        }
        done.elementary = work.remembers_all();
        (careless, stay) = (true, STAY);
    }
    done
}

impl<'g, 'p> Work<'g, 'p> {
    fn new(ground: &'g LagrangianProblem<'p>) -> Self {
        let asked = &ground.asked;
        let mut right = Vec::new();
        let mut costs = Vec::new();
        let dearest = asked.groups.iter().map(|group| group.leave.unwrap_or(0)).max().unwrap_or(0);
        let step = ground
            .graphs
            .iter()
            .flatten()
            .filter_map(|graph| (0..graph.count).map(|node| graph.cost(graph.count, node)).max());
        let dear = 3.0 * (dearest.max(step.max().unwrap_or(0)) as f64 + 1.0);
        let mut row = vec![None; ground.problem.slots().len()];
        for slot in asked.groups.iter().flat_map(|group| &group.ways).flat_map(|way| way.first..way.end) {
            row[slot as usize] = Some(right.len() as u32);
            right.push(0.0);
            costs.push(dear);
        }
        // One row for what is to be done once, where there are several ways or several slots.
        let simple = |g: usize| {
            let ways = &asked.groups[g].ways;
            ways.len() == 1 && ways[0].end - ways[0].first == 1 && ways[0].extra == 0
        };
        let mut group_row = vec![None; asked.groups.len()];
        for (g, group) in asked.groups.iter().enumerate() {
            if simple(g) {
                let at = row[group.ways[0].first as usize];
                group_row[g] = at;
                right[at.unwrap_or(0) as usize] = 1.0;
            } else if !group.ways.is_empty() {
                group_row[g] = Some(right.len() as u32);
                right.push(1.0);
                costs.push(dear);
            }
        }
        let first_shift = right.len() as u32;
        for shift in ground.shifts {
            right.push(shift.count as f64);
            costs.push(0.0);
        }
        let first_limit = right.len() as u32;
        for &most in asked.limits() {
            right.push(most as f64);
            costs.push(0.0);
        }
        let budget = right.len() as u32;
        right.push(asked.outsourcing() as f64);
        costs.push(0.0);
        let mut program = Program::new(&right, &costs);
        for (g, group) in asked.groups.iter().enumerate() {
            let Some(at) = group_row[g] else { continue };
            if let Some(leave) = group.leave {
                let uses = group.uses.iter().enumerate().filter(|(_, uses)| **uses > 0);
                let uses = uses.map(|(limit, &uses)| (first_limit + limit as u32, uses as f64));
                let entries = std::iter::once((at, 1.0)).chain(uses).collect();
                program.add(Column { cost: leave as f64, entries });
            }
            if let Some((price, extra)) = group.outsource() {
                program.add(Column { cost: extra as f64, entries: vec![(at, 1.0), (budget, price as f64)] });
            }
            if !simple(g) {
                for way in &group.ways {
                    let slots = (way.first..way.end).filter_map(|slot| Some((row[slot as usize]?, -1.0)));
                    let entries = std::iter::once((at, 1.0)).chain(slots).collect();
                    program.add(Column { cost: way.extra as f64, entries });
                }
            }
        }
        // A slot may be filled more often than it need be.
        for at in row.iter().flatten() {
            program.add(Column { cost: 0.0, entries: vec![(*at, -1.0)] });
        }
        let routes = vec![None; program.columns.len()];
        let memory = ground.graphs.iter().map(|graphs| graphs.iter().map(near).collect()).collect();
        Self { ground, program, row, first_shift, routes, memory, dear }
    }

    /// The prices of the slots in the program.
    fn prices(&self) -> Vec<f64> {
        let prices = self.program.prices();
        self.row.iter().map(|row| row.map_or(0.0, |row| prices[row as usize].max(0.0))).collect()
    }

    /// Looks at every route at these prices, keeps the bound if it is better, and adds routes. Returns how many were new.
    fn exact(
        &mut self,
        prices: &[i64],
        best: &mut Priced,
        done: &mut Generated,
        stop: &(dyn Fn() -> bool + Sync),
    ) -> usize {
        let labels = if self.ground.shifts.len() > 4 { FEWER_LABELS } else { MOST_LABELS };
        let effort = Effort { careless: false, labels, routes: 60 };
        let found = self.ground.routes(prices, &self.memory, effort, stop);
        let mut values = self.ground.sack_values(prices);
        let mut by_routes = false;
        for (value, units) in values.iter_mut().zip(&found) {
            let least = units.iter().map(|found| if found.complete { found.value } else { i64::MIN }).min();
            if let Some(least) = least.map(i128::from)
                && least > *value
            {
                *value = least;
                by_routes = true;
            }
        }
        let value = self.ground.sum(prices, &values);
        if value > best.value {
            *best = Priced { prices: prices.iter().map(|&price| price as f64).collect(), value };
            done.by_routes |= by_routes;
        }
        self.add_all(found)
    }

    /// Adds the routes that the program would take. Returns how many.
    fn add_all(&mut self, found: Vec<Vec<Found>>) -> usize {
        let prices = self.program.prices();
        let mut added = 0;
        for (shift, units) in found.into_iter().enumerate() {
            for (unit, routes) in units.into_iter().enumerate() {
                for (_, nodes) in routes.routes {
                    added += usize::from(self.add(Route { shift, unit, nodes }, &prices));
                }
            }
        }
        added
    }

    fn add(&mut self, route: Route, prices: &[f64]) -> bool {
        let graph = &self.ground.graphs[route.shift][route.unit];
        let cost = cost(self.ground, graph, &route.nodes);
        let mut entries: Vec<(u32, f64)> = Vec::with_capacity(route.nodes.len() + 1);
        for &node in &route.nodes {
            if let Some(row) = self.row[graph.slot(node.into()).index()] {
                match entries.iter_mut().find(|(known, _)| *known == row) {
                    Some((_, times)) => *times += 1.0,
                    None => entries.push((row, 1.0)),
                }
            }
        }
        entries.push((self.first_shift + route.shift as u32, 1.0));
        let worth: f64 = entries.iter().map(|&(row, entry)| prices[row as usize] * entry).sum();
        if cost as f64 - worth > -1e-6 * (1.0 + cost as f64).max(self.ground.asked.scale as f64) {
            return false;
        }
        self.program.add(Column { cost: cost as f64, entries });
        self.routes.push(Some(route));
        true
    }

    /// Makes what stands in for routes dearer, where the program still needs it. False where it does not, or it is too dear already.
    fn raise(&mut self) -> bool {
        let stand_in = |column: usize| column < self.first_shift as usize;
        if self.dear > MOST_DEAR
            || !self.program.solution().any(|(column, value)| stand_in(column) && value > 1e-3)
        {
            return false;
        }
        self.dear *= 4.0;
        for column in &mut self.program.columns[..self.first_shift as usize] {
            column.cost = self.dear;
        }
        true
    }

    /// Lets nodes remember what the routes of the program pass twice, and takes such routes out. False where there are none.
    fn learn(&mut self) -> bool {
        let mut learned = false;
        let used = self
            .program
            .solution()
            .filter(|&(_, value)| value > 1e-4)
            .map(|(column, _)| column)
            .collect::<Vec<_>>();
        for column in used {
            let Some(route) = &self.routes[column] else { continue };
            let graph = &self.ground.graphs[route.shift][route.unit];
            let memory = &mut self.memory[route.shift][route.unit];
            for (q, &again) in route.nodes.iter().enumerate() {
                let mark = graph.marks[usize::from(again)];
                let same = |node: &u16| graph.marks[usize::from(*node)] == mark;
                let Some(p) = route.nodes[..q].iter().rposition(same) else { continue };
                let between = &route.nodes[p + 1..q];
                let full = |node: &u16| {
                    let own = &memory[usize::from(*node)];
                    own.len() >= MOST_REMEMBERED && !own.contains(&mark)
                };
                if between.iter().any(full) {
                    continue;
                }
                for node in between {
                    let own = &mut memory[usize::from(*node)];
                    if !own.contains(&mark) {
                        own.push(mark);
                        learned = true;
                    }
                }
            }
        }
        if learned {
            for (column, route) in self.routes.iter().enumerate() {
                if let Some(route) = route
                    && !is_allowed(
                        &self.ground.graphs[route.shift][route.unit],
                        &self.memory[route.shift][route.unit],
                        &route.nodes,
                    )
                {
                    self.program.columns[column].cost = self.dear * (1 + route.nodes.len()) as f64;
                }
            }
        }
        learned
    }

    fn remembers_all(&self) -> bool {
        let all = |(graph, memory): (&Graph, &Vec<Vec<u16>>)| {
            memory.iter().all(|own| own.len() >= graph.mark_count)
        };
        self.ground.graphs.iter().zip(&self.memory).all(|(graphs, memory)| graphs.iter().zip(memory).all(all))
    }
}

/// What a route costs, scaled.
fn cost(ground: &LagrangianProblem<'_>, graph: &Graph, nodes: &[u16]) -> i64 {
    let (mut row, mut free, mut cost) = (graph.count, graph.start, 0);
    for &node in nodes {
        let node = usize::from(node);
        free = graph.served(ground.problem, node, free + graph.time(row, node)).unwrap_or(free);
        cost += graph.cost(row, node) + graph.lateness(node, free);
        row = node;
    }
    cost + graph.cost(row, graph.count)
}

/// Whether a route is one of those that memory allows.
fn is_allowed(graph: &Graph, memory: &[Vec<u16>], nodes: &[u16]) -> bool {
    let mut seen: Vec<u16> = Vec::new();
    for &node in nodes {
        let mark = graph.marks[usize::from(node)];
        if seen.contains(&mark) {
            return false;
        }
        seen.retain(|mark| memory[usize::from(node)].contains(mark));
        seen.push(mark);
    }
    true
}

/// For each node the marks nearest to it, its own the first; all of them where there are few.
fn near(graph: &Graph) -> Vec<Vec<u16>> {
    let of = |node: usize| {
        if graph.mark_count <= FEW {
            return (0..graph.mark_count as u16).collect();
        }
        let mut others = graph.next[node].iter().map(|&other| usize::from(other)).collect::<Vec<_>>();
        // Only what one can come back from is passed twice.
        others.retain(|&other| graph.next[other].contains(&(node as u16)));
        let away = |other: usize| graph.time(node, other) + graph.time(other, node);
        others.sort_by_key(|&other| (away(other), other));
        let mut marks = vec![graph.marks[node]];
        for other in others {
            let mark = graph.marks[other];
            if marks.len() >= REMEMBERED {
                break;
            }
            if !marks.contains(&mark) {
                marks.push(mark);
            }
        }
        marks
    };
    (0..graph.count).map(of).collect()
}
