//! The program is killed at any moment: the file that it was to replace is the old one or the new one.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::program::{QISE, Running, done, folder, inside};

/// A number from the environment.
fn variable(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|value| value.parse().unwrap_or_else(|_| panic!("{name}: no number")))
}

#[test]
fn a_file_is_old_or_new_when_the_program_is_killed() {
    let room = folder();
    let out = inside(room.path(), "scenario.json");
    let command = |seed: u64| {
        let mut command = Command::new(QISE);
        command.args(["generate", "--needs", "3000", "--volunteers", "300", "--out", &out]);
        command.args(["--seed", &seed.to_string()]);
        command
    };
    let begun = Instant::now();
    done(&["generate", "--needs", "3000", "--volunteers", "300", "--out", &out, "--seed", "0"]);
    let usual = begun.elapsed();
    let mut old = std::fs::read(&out).expect("there");
    // A small generator of moments; the last part of a run is when files are written.
    let mut random = variable("QISE_SEED").unwrap_or(1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    for kill in 1..=variable("QISE_KILLS").unwrap_or(10) {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let mut running = Running::start(&mut command(kill));
        std::thread::sleep(
            usual.mul_f64(0.3 + 0.8 * (random % 1000) as f64 / 1000.0).min(Duration::from_secs(20)),
        );
        running.signal("KILL");
        let whole = running.end().success();
        drop(running);
        let found = std::fs::read(&out).expect("the file is there at every moment");
        if found == old {
            assert!(!whole, "kill {kill}: it ended well and wrote nothing");
            continue;
        }
        let new = Command::new(QISE)
            .args(["generate", "--needs", "3000", "--volunteers", "300", "--seed", &kill.to_string()])
            .output()
            .expect("the program runs");
        assert!(found == new.stdout, "kill {kill}: neither the old file nor the new one");
        old = found;
    }
}
