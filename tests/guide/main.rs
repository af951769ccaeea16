//! The guide is true: every page is listed, every link leads somewhere, and every example is run.
//!
//! - `json` blocks are whole documents, which are read and solved, or parts of a scenario in `docs/examples` that their page names.
//! - `console` blocks are sessions: what the program prints is compared, `…` stands for lines, or a part of a line, left out; what
//!   follows `> ` is said on standard input. All pages share one session, in the order of the summary, so that a page may use the plan
//!   that one before has written.
//! - `csv NAME` blocks are files of that session.
//! - `rust` blocks are documentation tests of `qise-cli`, `python` blocks are run by `bindings/python/tests/test_guide.py`.
//! - `sh` blocks cannot be run by a test (they install something, or need data from elsewhere); `text` blocks are no examples.

mod examples;
mod pages;
mod session;

use std::fs;
use std::path::{Path, PathBuf};

/// A file of the repository.
fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A file of this test run, in a folder of its own for each purpose.
fn scratch(folder: &str, name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("guide").join(folder);
    fs::create_dir_all(&folder).expect("writable");
    folder.join(name).to_str().expect("text").to_owned()
}

/// What a run of the program left behind.
struct Outcome {
    code: u8,
    out: String,
    err: String,
}

/// Runs the program with these arguments, from the root of the repository.
fn qise(args: &[&str]) -> Outcome {
    talk(args, String::new())
}

/// The same with something on standard input.
fn talk(args: &[&str], said: String) -> Outcome {
    let (mut out, mut err, cancelled) = (Vec::new(), Vec::new(), qise::Cancel::new());
    let mut terminal = qise_cli::Terminal::into_buffers(&mut out, &mut err, &cancelled).reading(said.into());
    let code = qise_cli::run(std::iter::once("qise").chain(args.iter().copied()), &mut terminal);
    drop(terminal);
    let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
    Outcome { code, out: text(out), err: text(err) }
}

/// A page of the guide.
struct Page {
    /// Its file, in `docs/src`.
    name: String,
    text: String,
}

/// A fenced block: what follows the fence, and its lines.
struct Block<'p> {
    language: &'p str,
    argument: Option<&'p str>,
    text: String,
}

/// All pages, in the order of the summary.
fn pages() -> Vec<Page> {
    let summary = read(&path("docs/src/SUMMARY.md"));
    let names = links(&summary).into_iter().map(str::to_owned).collect::<Vec<_>>();
    names.into_iter().map(|name| Page { text: read(&path("docs/src").join(&name)), name }).collect()
}

/// The targets of all links.
fn links(text: &str) -> Vec<&str> {
    text.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect()
}

impl Page {
    fn blocks(&self) -> Vec<Block<'_>> {
        let mut blocks: Vec<Block<'_>> = Vec::new();
        let mut is_open = false;
        for line in self.text.lines() {
            match line.strip_prefix("```") {
                Some(_) if is_open => is_open = false,
                Some(info) => {
                    is_open = true;
                    let (language, argument) =
                        info.split_once(' ').map_or((info, None), |(l, a)| (l, Some(a)));
                    blocks.push(Block { language, argument, text: String::new() });
                }
                None => {
                    if let Some(block) = blocks.last_mut().filter(|_| is_open) {
                        block.text.push_str(line);
                        block.text.push('\n');
                    }
                }
            }
        }
        assert!(!is_open, "{}: a block is not closed", self.name);
        blocks
    }
}
