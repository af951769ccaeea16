//! Signals that ask the program to end.

use std::process::{Command, ExitStatus};
use std::time::{Duration, Instant};

use std::os::unix::process::ExitStatusExt;

use crate::program::{QISE, Running, data, done, folder, inside, skipped};

/// The program, with signals as they are for one that is started at a terminal, however the tests were started.
fn at_a_terminal() -> Option<Command> {
    let mut env = Command::new("env");
    let works = env.args(["--default-signal=INT,HUP,TERM", "true"]).output();
    if !works.is_ok_and(|output| output.status.success()) {
        skipped("`env --default-signal` is missing");
        return None;
    }
    let mut command = Command::new("env");
    command.args(["--default-signal=INT,HUP,TERM", QISE]);
    Some(command)
}

/// Whether a signal ended it before there was anything to save.
fn ended_at_once(status: ExitStatus) -> bool {
    status.code() == Some(130) || status.signal().is_some()
}

#[test]
fn the_best_plan_is_written_whatever_ends_the_search() {
    let room = folder();
    let scenario = data("alxa/day.json");
    for signal in ["INT", "TERM", "HUP"] {
        let out = inside(room.path(), &format!("{signal}.json"));
        // On a slow machine the search may not have begun when the signal comes: then later.
        let written = (0..6).any(|round| {
            let Some(mut command) = at_a_terminal() else { return true };
            let mut running =
                Running::start(command.args(["solve", &scenario, "--time-limit", "3600", "--out", &out]));
            std::thread::sleep(Duration::from_millis(400 << round));
            assert!(!running.has_ended());
            running.signal(signal);
            let sent = Instant::now();
            let status = running.end();
            assert!(sent.elapsed() < Duration::from_mins(1), "{signal}: {:?}", sent.elapsed());
            assert!(status.success() || ended_at_once(status), "{signal}: {status}");
            status.success()
        });
        assert!(written, "{signal}");
        if at_a_terminal().is_some() {
            done(&["check", &scenario, &out]);
        }
    }
}

#[test]
fn where_there_is_nothing_to_save_the_program_ends_at_once() {
    let waiting = ["solve", "-"].as_slice();
    let busy = &["generate", "--needs", "1000000", "--volunteers", "1000000", "--quiet"];
    for args in [waiting, busy] {
        for signal in ["INT", "TERM", "HUP"] {
            let Some(mut command) = at_a_terminal() else { return };
            let mut running = Running::start(command.args(args));
            std::thread::sleep(Duration::from_millis(300));
            assert!(!running.has_ended(), "{args:?}");
            running.signal(signal);
            let sent = Instant::now();
            let status = running.end();
            assert!(ended_at_once(status), "{args:?} {signal}: {status}");
            assert!(sent.elapsed() < Duration::from_secs(5), "{args:?} {signal}: {:?}", sent.elapsed());
        }
    }
}

#[test]
fn what_is_ignored_at_the_start_stays_ignored() {
    let room = folder();
    let (scenario, out) = (data("alxa/tiny.json"), inside(room.path(), "plan.json"));
    let words =
        format!("trap '' INT HUP; exec '{QISE}' solve '{scenario}' --time-limit 3 --quiet --out '{out}'");
    let begun = Instant::now();
    let mut running = Running::start(Command::new("sh").args(["-c", &words]));
    std::thread::sleep(Duration::from_millis(700));
    for signal in ["HUP", "INT", "HUP", "INT"] {
        running.signal(signal);
    }
    let status = running.end();
    assert!(status.success(), "{status}");
    assert!(begun.elapsed() > Duration::from_millis(2500), "{:?}", begun.elapsed());
    done(&["check", &scenario, &out]);
}
