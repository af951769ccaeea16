//! The report in a real Chromium: its script runs, nothing is fetched, nothing is complained of, and ten thousand needs
//! are there in time. Where there is no Chromium, this says so and is skipped; `CHROMIUM` names one elsewhere.
//! `QISE_SCREENSHOTS` is a folder for pictures to look at.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use qise::explain::{Depth, reasons};
use qise::{Lang, Stop};
use qise_io::generate::GenerateOptions;
use qise_view::{Answers, report};

use crate::support::{Case, evil, generated, many, read, solved};

/// Milliseconds until a page of ten thousand needs must have been drawn.
const IN_TIME: u64 = 3000;

fn chromium() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&folders).collect::<Vec<_>>();
    let names = ["chromium", "chromium-browser", "google-chrome", "chrome"];
    let known = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    let found = named.into_iter().chain(known).find(|path| path.is_file());
    if found.is_none() {
        let words = "skipped: there is no Chromium (apt-get install chromium, or CHROMIUM=/path)\n";
        // A test says it where it is looked for, whatever is captured.
        let _ = std::io::Write::write_all(&mut std::io::stderr(), words.as_bytes());
    }
    found
}

/// A page after its script has run, and what the browser had to say.
struct Opened {
    page: String,
    complaints: Vec<String>,
    asked_for: Vec<String>,
}

fn open(browser: &Path, folder: &Path, page: &str, more: &[OsString]) -> Opened {
    let (file, log) = (folder.join("report.html"), folder.join("net.json"));
    std::fs::write(&file, page).expect("writable");
    let mut command = Command::new(browser);
    command.args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"]);
    command.args(["--disable-background-networking", "--disable-component-update", "--disable-sync"]);
    command.args([
        "--host-resolver-rules=MAP * ~NOTFOUND",
        "--enable-logging=stderr",
        "--v=0",
        "--timeout=30000",
    ]);
    command.arg(format!("--user-data-dir={}", folder.join("profile").display()));
    command.arg(format!("--log-net-log={}", log.display()));
    command.args(more).arg("--dump-dom").arg(format!("file://{}", file.display()));
    let done = command.output().expect("the browser starts");
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    let network = std::fs::read_to_string(&log).unwrap_or_default();
    // What the browser asks for by itself (the time, updates) has no origin.
    let asked = network.split("\"params\":{").filter(|event| event.contains("\"url\":\"http"));
    let asked = asked.filter(|event| {
        event.contains("\"initiator\":\"") && !event.contains("\"initiator\":\"not an origin\"")
    });
    Opened {
        page: String::from_utf8_lossy(&done.stdout).into_owned(),
        complaints: told.lines().filter(|line| line.contains("CONSOLE")).map(str::to_owned).collect(),
        asked_for: asked.map(|event| event.chars().take(300).collect()).collect(),
    }
}

/// The milliseconds that the page says it took.
fn told(opened: &Opened, name: &str) -> Option<u64> {
    let at = opened.page.find(&format!("{name}=\""))? + name.len() + 2;
    opened.page[at..].split('"').next()?.parse().ok()
}

fn page(case: &Case, lang: Lang) -> String {
    let told = reasons(&case.scenario.problem, &case.plan, Depth::Quick, &Stop::after(5.0));
    let answers = Answers { reasons: &told, remedies: &[] };
    report(&case.scenario, &case.plan, &case.evaluation, &answers, lang)
}

fn looks(case: &Case, lang: Lang, name: &str) -> Option<Opened> {
    let browser = chromium()?;
    let folder = tempfile::tempdir().expect("a folder");
    let picture = std::env::var_os("QISE_SCREENSHOTS").map(|to| Path::new(&to).join(format!("{name}.png")));
    let picture = picture.map(|path| OsString::from(format!("--screenshot={}", path.display())));
    let mut more = vec![OsString::from("--window-size=1400,2400")];
    more.extend(picture);
    let opened = open(&browser, folder.path(), &page(case, lang), &more);
    assert_eq!(opened.complaints, Vec::<String>::new(), "{name}");
    assert_eq!(opened.asked_for, Vec::<String>::new(), "{name}");
    assert!(told(&opened, "data-ready").is_some(), "{name}: its script has run");
    Some(opened)
}

#[test]
fn a_day_in_both_languages() {
    let case = solved(read("day"));
    looks(&case, Lang::En, "day-en");
    looks(&case, Lang::Zh, "day-zh");
}

#[test]
fn two_weeks() {
    let options = GenerateOptions { needs: 200, volunteers: 40, teams: 8, days: 14, ..Default::default() };
    let scenario = generated(&options);
    looks(&solved(scenario), Lang::En, "weeks");
}

#[test]
fn names_do_nothing() {
    let Some(opened) = looks(&evil(), Lang::En, "evil") else { return };
    assert!(!opened.page.contains("<img") && !opened.page.contains("<title>taken"));
}

#[test]
fn what_is_fetched_and_what_goes_wrong_is_seen() {
    let Some(browser) = chromium() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let page = "<img src='http://nowhere.invalid/x.png'><script>console.error('seen')</script>";
    let opened = open(&browser, folder.path(), page, &[]);
    assert!(opened.complaints.iter().any(|line| line.contains("seen")), "{:?}", opened.complaints);
    assert!(!opened.asked_for.is_empty());
}

#[test]
fn ten_thousand_needs_in_time() {
    let Some(browser) = chromium() else { return };
    let page = page(&many(), Lang::En);
    let mut times = Vec::new();
    // The machine may be busy with other tests.
    for _ in 0..3 {
        let folder = tempfile::tempdir().expect("a folder");
        let opened = open(&browser, folder.path(), &page, &[]);
        assert_eq!(opened.complaints, Vec::<String>::new());
        times.extend(told(&opened, "data-drawn"));
        if times.iter().any(|&time| time < IN_TIME) {
            return;
        }
    }
    panic!("{times:?} ms");
}
