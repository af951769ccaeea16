//! `qise`: plans volunteer service from the command line.

mod system;

use std::process::ExitCode;
use std::sync::Arc;

use qise_cli::{Signals, Terminal};

fn main() -> ExitCode {
    let signals = Arc::new(Signals::default());
    system::listen(&signals);
    let mut terminal = Terminal::new(&signals, !system::has_no_output());
    ExitCode::from(qise_cli::run(std::env::args_os(), &mut terminal))
}
