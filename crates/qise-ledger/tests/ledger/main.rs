//! Ledgers are read, written, and read again.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod broken;
mod guide;
mod round_trip;
mod support;
mod typed;
