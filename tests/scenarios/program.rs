//! Running the program, and the files it works on.

use std::path::{Path, PathBuf};

/// What a run of the program left behind.
pub(crate) struct Outcome {
    pub(crate) code: u8,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs the program with these arguments.
pub(crate) fn qise(args: &[&str]) -> Outcome {
    let (mut out, mut err, cancel) = (Vec::new(), Vec::new(), qise::Cancel::new());
    let mut terminal = qise_cli::Terminal::into_buffers(&mut out, &mut err, &cancel);
    let code = qise_cli::run(std::iter::once("qise").chain(args.iter().copied()), &mut terminal);
    drop(terminal);
    let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
    Outcome { code, out: text(out), err: text(err) }
}

/// A scenario of the repository.
pub(crate) fn scenario(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    path.to_str().expect("the path of the repository is text").to_owned()
}

/// A file of this test run; each test uses names of its own.
pub(crate) fn scratch(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    folder.join(name).to_str().expect("the path of the repository is text").to_owned()
}
