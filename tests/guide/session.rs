//! What the program prints in pages is what it prints.

use std::fs;

use crate::{Block, pages, scratch, talk};

/// A command, what is said to it on standard input, the lines that a page shows of what it prints, and its exit code.
struct Command {
    words: Vec<String>,
    said: String,
    shown: Vec<String>,
    code: u8,
}

/// The commands of a block: `$ qise …`, what it prints, where it matters `$ echo $?` with the exit code, and in a conversation what
/// it is told, after `> `.
fn commands(page: &str, block: &Block<'_>) -> Vec<Command> {
    let mut commands: Vec<Command> = Vec::new();
    let mut is_code = false;
    for line in block.text.lines() {
        if let Some(words) = line.strip_prefix("$ qise ") {
            let words = words.split_whitespace().map(str::to_owned).collect();
            commands.push(Command { words, said: String::new(), shown: Vec::new(), code: 0 });
            continue;
        }
        let last = commands.last_mut().unwrap_or_else(|| panic!("{page}: {line:?} is the answer to nothing"));
        if line == "$ echo $?" {
            is_code = true;
        } else if std::mem::take(&mut is_code) {
            last.code = line.parse().expect("an exit code");
        } else if let Some(said) = line.strip_prefix("> ") {
            last.said += said;
            last.said.push('\n');
        } else {
            last.shown.push(line.trim().to_owned());
        }
    }
    commands
}

/// Whether these lines are printed, and nothing between them but where an ellipsis stands.
fn tells(printed: &str, shown: &[String]) -> bool {
    let printed = settled(printed.lines());
    let shown = settled(shown.iter().map(String::as_str));
    let mut rest = printed.iter().peekable();
    let mut may_skip = false;
    for line in &shown {
        if *line == "…" {
            may_skip = true;
        } else if may_skip {
            may_skip = false;
            if !rest.any(|other| is_like(other, line)) {
                return false;
            }
        } else if !rest.next().is_some_and(|other| is_like(other, line)) {
            return false;
        }
    }
    may_skip || rest.peek().is_none()
}

/// Whether a line is as it is shown; an ellipsis stands for a part of it.
fn is_like(line: &str, shown: &str) -> bool {
    let mut parts = shown.split('…');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = line.strip_prefix(first) else { return false };
    let mut parts = parts.collect::<Vec<_>>();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

/// Lines without those that are blank. When entries become durable is not the same every time: only the last of them is told, at the
/// end.
fn settled<'l>(lines: impl Iterator<Item = &'l str>) -> Vec<&'l str> {
    let lines = lines.map(str::trim).filter(|line| !line.is_empty());
    let (durable, mut lines) = lines.partition::<Vec<_>, _>(|line| line.starts_with("{\"durable\":"));
    lines.extend(durable.last());
    lines
}

/// A word of a command; files of the session have names without a folder.
fn placed(word: &str) -> String {
    let is_file = [".json", ".csv", ".svg", ".geojson", ".qise", ".tables", ".xlsx", ".html"]
        .iter()
        .any(|end| word.ends_with(end));
    if is_file && !word.contains('/') { scratch("session", word) } else { word.to_owned() }
}

#[test]
fn the_program_prints_what_the_pages_show() {
    // A journal goes on where it ended.
    let _ = fs::remove_dir_all(scratch("session", ""));
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
                let run = talk(&words.iter().map(String::as_str).collect::<Vec<_>>(), command.said);
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
