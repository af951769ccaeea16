//! An instance, and the problem that it becomes.

use std::fmt::Debug;

use qise::bound::{Bounds, Relaxation};
use qise::model::{Term, Terms};
use qise::plan::Plan;
use qise::{Faults, Problem};
use serde_json::Value;

use super::Convention;
use super::care::Care;
use super::pillac::Tours;
use super::roadef::Technicians;
use super::routing::Routing;

/// An instance as its file states it.
#[derive(Clone, Debug, PartialEq)]
pub struct Instance(pub(super) Kind);

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    Routing(Routing),
    Care(Care),
    Technicians(Technicians),
    Tours(Tours),
}

/// An instance as a problem of the engine, with what is needed to tell its value and to write its solutions.
#[derive(Debug)]
pub struct Benchmark {
    /// The problem.
    pub problem: Problem,
    pub(super) counting: Box<dyn Counting>,
}

/// How the value of a plan is told in the unit of a family, and how its solutions are written.
pub(super) trait Counting: Debug + Send + Sync {
    /// The value of a plan with these terms.
    fn value(&self, terms: &Terms) -> f64;

    /// The value of a plan, exact where [`Counting::value`] goes by rounded numbers.
    fn exact_value(&self, _problem: &Problem, _plan: &Plan, terms: &Terms) -> f64 {
        self.value(terms)
    }

    /// The decimals with which lists print a value.
    fn decimals(&self) -> usize;

    /// A plan as a solution document.
    fn solution(&self, problem: &Problem, plan: &Plan) -> Value;
}

impl Instance {
    /// Makes a problem of the instance.
    ///
    /// # Errors
    /// What the engine cannot take: numbers out of its range, too many sites.
    pub fn benchmark(self, name: &str, convention: Convention) -> Result<Benchmark, Faults> {
        match self.0 {
            Kind::Routing(routing) => routing.benchmark(name, convention),
            Kind::Care(care) => care.benchmark(name, convention),
            Kind::Technicians(technicians) => technicians.benchmark(name),
            Kind::Tours(tours) => tours.benchmark(name, convention),
        }
    }

    /// The same instance with as many paths: for team orienteering, whose files do not state their number.
    #[must_use]
    pub fn with_paths(self, paths: u32) -> Self {
        match self.0 {
            Kind::Routing(routing) => Self(Kind::Routing(routing.with_paths(paths))),
            Kind::Care(_) | Kind::Technicians(_) | Kind::Tours(_) => self,
        }
    }

    /// Number of customers.
    pub fn customer_count(&self) -> usize {
        match &self.0 {
            Kind::Routing(routing) => routing.customer_count(),
            Kind::Care(care) => care.patients.len(),
            Kind::Technicians(technicians) => technicians.count(),
            Kind::Tours(tours) => tours.count(),
        }
    }
}

impl Benchmark {
    /// The value of a plan with these terms, in the unit of the family.
    pub fn value(&self, terms: &Terms) -> f64 {
        self.counting.value(terms)
    }

    /// The value of a plan, exact where [`Benchmark::value`] goes by millionths that were rounded up.
    pub fn exact_value(&self, plan: &Plan, terms: &Terms) -> f64 {
        self.counting.exact_value(&self.problem, plan, terms)
    }

    /// The value that no plan goes beyond, in the unit of the family: the most prizes where it is made large, else the last level
    /// of the objective that was bounded, at its least. Nothing where no level was.
    pub fn bound(&self, found: &Bounds, is_maximised: bool) -> Option<(f64, Relaxation)> {
        let mut terms = Terms::default();
        if is_maximised {
            terms.set(Term::UnservedPriority, self.problem.asked_priority() - found.priority.value);
            return Some((self.value(&terms), found.priority.relaxation));
        }
        let last = found.levels.last()?;
        // Levels of benchmarks have one term, or several of weight 1 whose sum is the value.
        let term = self.problem.objective().levels[last.level].first()?.term;
        terms.set(term, last.bound.value);
        Some((self.value(&terms), last.bound.relaxation))
    }

    /// A value as lists of this family and convention print it.
    pub fn show(&self, value: f64) -> String {
        let decimals = self.counting.decimals();
        format!("{value:.decimals$}")
    }

    /// A plan as a solution document, as the checker of the family reads it.
    pub fn solution(&self, plan: &Plan) -> String {
        format!("{}\n", self.counting.solution(&self.problem, plan))
    }
}
