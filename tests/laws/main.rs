//! Laws that hold for every problem: what the solver returns is valid, judged alike by search and judge, repeatable, and
//! complete.

#[path = "../support/mod.rs"]
mod support;

mod bounds;
mod carried;
mod compare;
mod fairness;
mod goods;
mod layers;
mod solver;
