//! The journal as a service sees it.

#![allow(clippy::unwrap_used, reason = "helpers of tests may panic as tests may")]

mod committer;
mod crash;
mod damage;
mod figures;
mod outbox;
mod refusals;
mod round_trip;
mod simulation;
mod support;
mod torn;
