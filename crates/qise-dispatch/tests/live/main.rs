//! The live service from outside: a call from first to last, replays, keys, timers, refusals, new plans, stock, random commands and random bytes.

#![allow(clippy::needless_pass_by_value, reason = "lines are written where they are said")]

mod calls;
mod keys;
mod people;
mod random;
mod refusals;
mod replan;
mod stock;
mod support;
mod timers;
