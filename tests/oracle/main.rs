//! Independent oracles: every plan of small problems, tried one by one.

#[path = "../support/mod.rs"]
mod support;

mod brute_force;
