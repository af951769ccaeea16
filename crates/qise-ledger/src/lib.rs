//! Ledgers (台账): scenarios as offices keep them, in workbooks and in folders of tables.
//!
//! [`Book`] is what a file holds, [`read_ledger`] makes a scenario of it and [`write_ledger`] a book of a scenario.

#![forbid(unsafe_code)]

mod book;
mod guide;
mod plan;
mod read;
mod say;
mod table;
mod template;
mod write;

pub use book::{Book, Cell, Choices, Form, Looks, Sheet, Unreadable};
pub use guide::guide_tables;
pub use plan::plan_book;
pub use read::{Ledger, OneMore, read_frames, read_ledger, with_one_more};
pub use template::template;
pub use write::{Frame, FrameColumn, FrameKind, write_frames, write_ledger};
