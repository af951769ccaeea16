//! The program on a machine where things go wrong: disks that are full, standard output that is closed, signals.
//!
//! What only some machines can do is skipped elsewhere, with a message that says so. `QISE_KILLS=500` kills the program that many
//! times while it writes; `QISE_SEED` says when.
#![cfg(unix)]

mod disks;
mod dispatch;
mod kills;
mod program;
mod signals;
mod streams;
