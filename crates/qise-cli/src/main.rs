//! `qise`: plans volunteer service from the command line.

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

fn main() -> ExitCode {
    let cancelled = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&cancelled);
    // Without the handler Ctrl-C ends the program at once, which is no reason not to start.
    let _ = ctrlc::set_handler(move || flag.store(true, Ordering::Relaxed));
    let mut terminal = qise_cli::Terminal::new(&cancelled);
    ExitCode::from(qise_cli::run(std::env::args_os(), &mut terminal))
}
