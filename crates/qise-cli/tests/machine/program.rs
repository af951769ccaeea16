//! Running the program as a process of its own.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};

/// Nothing here takes longer, on however slow a machine.
const PATIENCE: Duration = Duration::from_mins(2);

/// The program.
pub(crate) const QISE: &str = env!("CARGO_BIN_EXE_qise");

/// A file of the repository's tests.
pub(crate) fn data(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data").join(name);
    path.to_str().expect("the path of the repository is text").to_owned()
}

/// A folder that is gone at the end of a test.
pub(crate) fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder")
}

/// A file in a folder, as an argument.
pub(crate) fn inside(folder: &Path, name: &str) -> String {
    folder.join(name).to_str().expect("the path of the repository is text").to_owned()
}

/// Says on standard error, past the capture of the tests, that a test cannot run here.
pub(crate) fn skipped(why: &str) {
    let test = std::thread::current().name().unwrap_or_default().to_owned();
    let _ = writeln!(std::io::stderr(), "skipped {test}: {why}");
}

/// Runs the program.
pub(crate) fn qise(args: &[&str]) -> Output {
    Command::new(QISE).args(args).stdin(Stdio::null()).output().expect("the program runs")
}

/// Runs it successfully.
pub(crate) fn done(args: &[&str]) -> Output {
    let output = qise(args);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", err(&output));
    output
}

/// Runs words in a shell, in which `$QISE` is the program.
pub(crate) fn shell(words: &str) -> Output {
    let mut shell = Command::new("sh");
    shell.args(["-c", words]).env("QISE", QISE).stdin(Stdio::null()).output().expect("a shell runs")
}

/// What it wrote to standard error.
pub(crate) fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A process that is ended when a test fails.
pub(crate) struct Running(Child);

impl Running {
    /// Starts a command, with its standard input open and both outputs thrown away.
    pub(crate) fn start(command: &mut Command) -> Self {
        let command = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        Self(command.spawn().expect("the program runs"))
    }

    /// Sends a signal by its name.
    pub(crate) fn signal(&self, name: &str) {
        let id = self.0.id().to_string();
        let sent = Command::new("kill").args([&format!("-{name}"), &id]).status();
        assert!(sent.is_ok_and(|status| status.success()), "kill -{name} {id}");
    }

    /// Waits for its end.
    pub(crate) fn end(&mut self) -> ExitStatus {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.0.try_wait().expect("a child") {
                return status;
            }
            assert!(begun.elapsed() < PATIENCE, "it does not end");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Whether it has ended.
    pub(crate) fn has_ended(&mut self) -> bool {
        self.0.try_wait().expect("a child").is_some()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Every file in a folder and beneath, with what it holds; links to folders are not followed.
pub(crate) fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("readable");
        let path = entry.path();
        let kind = entry.file_type().expect("known");
        if kind.is_symlink() && path.is_dir() {
            continue;
        }
        if kind.is_dir() {
            found.extend(files(&path));
        } else {
            let bytes = std::fs::read(&path).expect("readable");
            found.insert(path, bytes);
        }
    }
    found
}
