//! The live service from outside: a call from first to last, replays, keys, timers, refusals, new plans, stock, races, random
//! commands and lines, and lives on a disk that fails.

#![allow(clippy::needless_pass_by_value, reason = "lines are written where they are said")]

mod calls;
mod facts;
mod fuzz;
mod keys;
mod model;
mod people;
mod races;
mod random;
mod refusals;
mod replan;
mod script;
mod simulation;
mod stock;
mod support;
mod timers;
