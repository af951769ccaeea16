//! The answers that the README tells are the program's.

use std::fs;
use std::path::Path;

use crate::program::{qise, scratch};

/// What the README says: commands, and what they print.
fn transcript(name: &str) -> Vec<(String, Vec<String>)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let text = fs::read_to_string(path).expect("readable");
    let blocks = text.split("```console\n").skip(1).filter_map(|rest| rest.split("```").next());
    let mut told: Vec<(String, Vec<String>)> = Vec::new();
    for line in blocks.flat_map(str::lines) {
        match (line.strip_prefix("$ qise "), told.last_mut()) {
            (Some(command), _) => told.push((command.to_owned(), Vec::new())),
            (None, Some((_, lines))) => lines.push(line.trim().to_owned()),
            (None, None) => panic!("{name}: {line:?} is the answer to nothing"),
        }
    }
    told
}

/// Whether these lines are printed, and nothing between them but where an ellipsis stands.
fn tells(printed: &str, lines: &[String]) -> bool {
    let mut rest = printed.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut may_skip = false;
    lines.iter().all(|line| {
        if line == "…" {
            may_skip = true;
            return true;
        }
        let found = if may_skip { rest.any(|other| other == line) } else { rest.next() == Some(line) };
        may_skip = false;
        found
    })
}

#[test]
fn the_answers_told_are_those_that_are_given() {
    for name in ["README.md", "README.zh-CN.md"] {
        let (told, plan) = (transcript(name), scratch(&format!("{name}.plan.json")));
        assert!(told.len() > 4, "{name}");
        for (command, lines) in told {
            // What comes of a limit of time hangs on the machine.
            if command.contains("--time-limit") {
                continue;
            }
            let words = command.split(' ').map(|word| if word == "plan.json" { &plan } else { word });
            let words = words.collect::<Vec<_>>();
            let run = qise(&words);
            assert_eq!(run.code, 0, "{command}: {}", run.err);
            assert!(tells(&run.out, &lines), "{command} prints:\n{}", run.out);
        }
    }
}
