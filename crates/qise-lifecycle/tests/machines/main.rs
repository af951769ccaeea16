//! The machines from outside: what a shell does with them.

mod coverage;
mod guards;
mod laws;
mod random;
mod shell;
mod stories;
mod table;
mod timers;
