//! What the program prints in pages is what it prints.

use std::fs;

use crate::{Block, pages, qise, scratch};

/// A command, the lines that a page shows of what it prints, and its exit code.
struct Command {
    words: Vec<String>,
    shown: Vec<String>,
    code: u8,
}

/// The commands of a block: `$ qise …`, what it prints, and where it matters `$ echo $?` with the exit code.
fn commands(page: &str, block: &Block<'_>) -> Vec<Command> {
    let mut commands: Vec<Command> = Vec::new();
    let mut is_code = false;
    for line in block.text.lines() {
        if let Some(words) = line.strip_prefix("$ qise ") {
            let words = words.split_whitespace().map(str::to_owned).collect();
            commands.push(Command { words, shown: Vec::new(), code: 0 });
            continue;
        }
        let last = commands.last_mut().unwrap_or_else(|| panic!("{page}: {line:?} is the answer to nothing"));
        if line == "$ echo $?" {
            is_code = true;
        } else if std::mem::take(&mut is_code) {
            last.code = line.parse().expect("an exit code");
        } else {
            last.shown.push(line.trim().to_owned());
        }
    }
    commands
}

/// Whether these lines are printed, and nothing between them but where an ellipsis stands.
fn tells(printed: &str, shown: &[String]) -> bool {
    let lines = |line: &&str| !line.is_empty();
    let mut rest = printed.lines().map(str::trim).filter(lines).peekable();
    let mut may_skip = false;
    for line in shown.iter().filter(|line| !line.is_empty()) {
        if line == "…" {
            may_skip = true;
        } else if may_skip {
            may_skip = false;
            if !rest.any(|other| other == line) {
                return false;
            }
        } else if rest.next() != Some(line) {
            return false;
        }
    }
    may_skip || rest.peek().is_none()
}

/// A word of a command; files of the session have names without a folder.
fn placed(word: &str) -> String {
    let is_file = [".json", ".csv", ".svg", ".geojson"].iter().any(|end| word.ends_with(end));
    if is_file && !word.contains('/') { scratch("session", word) } else { word.to_owned() }
}

#[test]
fn the_program_prints_what_the_pages_show() {
    for page in pages() {
        for block in page.blocks() {
            if let Some(name) = block.argument.filter(|_| block.language == "csv") {
                fs::write(placed(name), &block.text).expect("writable");
            }
            if block.language != "console" {
                continue;
            }
            for command in commands(&page.name, &block) {
                let words = command.words.iter().map(|word| placed(word)).collect::<Vec<_>>();
                let run = qise(&words.iter().map(String::as_str).collect::<Vec<_>>());
                let (name, asked) = (&page.name, command.words.join(" "));
                assert_eq!(run.code, command.code, "{name}: qise {asked}: {}", run.err);
                // Faults go to standard error, answers to standard output.
                let printed = if run.out.is_empty() { run.err } else { run.out };
                let printed = printed.replace(&scratch("session", ""), "");
                assert!(tells(&printed, &command.shown), "{name}: qise {asked} prints:\n{printed}");
            }
        }
    }
}
