//! Whatever anybody sends: garbage in every field of a problem and of a plan, documents bent out of shape. Nothing may
//! panic, overflow (these builds check) or hang; what is let pass must be solvable.
//!
//! A plain `cargo test` runs a second of it. A longer run, ten to fifteen minutes on one core:
//!
//! ```sh
//! QISE_FUZZ=400 cargo test --test fuzz -- --test-threads 1
//! ```
//!
//! `QISE_FUZZ` multiplies the number of cases, and has every test print how many it ran and how fast. A failure names its
//! case, which `QISE_FUZZ_CASE=N cargo test --test fuzz NAME` runs alone.

#[path = "../support/mod.rs"]
mod support;

mod cases;
mod documents;
mod odd;
mod plans;
mod problems;
mod spoil;
mod spoil_goods;
