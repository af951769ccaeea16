//! The live service: it holds the state of a day in memory, answers who could go, takes every event as it comes, and loses
//! nothing.
//!
//! - [`Dispatch`] is the service: many threads submit, one decides, a journal remembers. [`Reader`] asks.
//! - [`Engine`] decides: commands in, events out, single-threaded and deterministic. It reads no clock and does no I/O.
//! - [`Command`], [`Question`], [`Outcome`] and [`Refusal`] are what is said; [`Line`] reads a line of the conversation, in which
//!   programs of any language speak with `qise dispatch`. [`schema`](fn@schema) is its JSON Schema.
//! - [`replayed`] is the state at any entry of a journal, [`export`](fn@export) its tables.
//!
//! What must stay true:
//!
//! 1. A refusal changes nothing, except that timers which were due before the command have fired.
//! 2. Events hold results and name needs and people by their ids. Folding a journal asks nobody, and gives the same answers to
//!    every question.
//! 3. Time is what commands say, and never goes back: what comes late counts as of now.
//! 4. A key is carried out once: again it gives the old outcome, with another payload an error.
//! 5. Acknowledgements and notices leave only after the sync.

#![forbid(unsafe_code)]

mod ask;
mod change;
mod command;
mod engine;
mod events;
mod explain;
mod export;
mod facts;
mod follow;
mod idempotency;
mod keeper;
mod notices;
mod outcome;
mod perform;
mod plan_side;
mod planning;
mod refusal;
mod replan;
mod replay;
mod rows;
mod schema;
mod service;
mod snapshot;
mod stock;
mod story;
mod wire;
mod words;

pub use command::{Command, Question};
pub use engine::{Engine, Submit};
pub use events::SCHEMA_VERSION;
pub use export::{File, Table, export};
pub use notices::DESK;
pub use outcome::{Answer, Change, Changes, Nothing, OffDuty, Outcome, Released, Seated, Stocked, Taken};
pub use refusal::Refusal;
pub use replan::{Prepared, Replan, Revision};
pub use replay::replayed;
pub use schema::schema;
pub use service::{Dispatch, Reader, Settings, Start};
pub use wire::{Asked, Line, MOST_OF_A_LINE, answered, durable, refused, told};
