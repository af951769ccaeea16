//! What the READMEs show is what the program prints and draws. The guide has tests of its own: `tests/guide`.

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
    let (told, plan) = (transcript("README.zh-CN.md"), scratch("readme.plan.json"));
    assert!(told.len() > 1);
    for (command, lines) in told {
        let words = command.split(' ').map(|word| if word == "plan.json" { &plan } else { word });
        let words = words.collect::<Vec<_>>();
        let run = qise(&words);
        assert_eq!(run.code, 0, "{command}: {}", run.err);
        assert!(tells(&run.out, &lines), "{command} prints:\n{}", run.out);
    }
}

/// Each README shows a picture, and the command that draws it.
#[test]
fn the_pictures_are_drawn_by_the_commands_below_them() {
    for name in ["README.md", "README.zh-CN.md"] {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect("readable");
        let command = text.lines().find_map(|line| line.strip_prefix("`qise ")?.strip_suffix('`'));
        let command = command.unwrap_or_else(|| panic!("{name}: no command below the picture"));
        let picture = command
            .split(' ')
            .find(|word| Path::new(word).extension().is_some_and(|ending| ending == "svg"))
            .expect("a picture is drawn");
        assert!(text.contains(&format!("]({picture})")), "{name}: {picture} is not shown");
        let drawn = scratch(&format!("{name}.svg"));
        let words = command.split(' ').map(|word| if word == picture { &drawn } else { word });
        let run = qise(&words.collect::<Vec<_>>());
        assert_eq!(run.code, 0, "{command}: {}", run.err);
        let read = |path: &Path| fs::read_to_string(path).expect("readable");
        let shown = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(picture));
        assert!(shown == read(Path::new(&drawn)), "{name}: {picture} is not what `qise {command}` draws");
    }
}
