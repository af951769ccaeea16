//! Independent oracles: every plan of small problems, tried one by one; faults planted by hand; the rules written twice.

#[path = "../support/mod.rs"]
mod support;

mod all_rules;
mod alone;
mod breaks;
mod brute_force;
mod by_hand;
mod choices;
mod coverage;
mod crews;
mod days;
mod fairness;
mod goods;
mod improve;
mod levels;
mod mutated_plans;
mod plain_rules;
mod planted_faults;
mod ranking;
mod recount;
mod rides;
mod varied;
mod verdicts;
