//! `qise rules`: the rules that a plan can break.

use crate::args::Common;
use crate::{Terminal, exit, show};

pub(crate) fn run(common: &Common, terminal: &mut Terminal<'_>) -> u8 {
    if common.json {
        terminal.say(&format!("{:#}\n", qise_io::report::rules()));
    } else if !common.quiet {
        terminal.say(&show::rules(common.lang()));
    }
    exit::OK
}
