//! `qise schema`: the JSON Schema of a document format.

use crate::args::{Format, Schema};
use crate::{Terminal, exit};

pub(crate) fn run(args: &Schema, terminal: &mut Terminal<'_>) -> u8 {
    let schema = match args.format {
        Format::Scenario => qise_io::schema::scenario(),
        Format::Plan => qise_io::schema::plan(),
        Format::Dispatch => qise_dispatch::schema(),
    };
    terminal.say(&format!("{schema:#}\n"));
    exit::OK
}
