//! `qise report`: a page with everything, whole or not at all.

use crate::program::{qise, scenario, scratch};

fn read(path: &str) -> String {
    std::fs::read_to_string(path).expect("written")
}

#[test]
fn a_page_is_written_in_both_languages() {
    let (day, plan) = (scenario("alxa/tiny.json"), scratch("report-plan.json"));
    let solved = qise(&["solve", &day, "--iterations", "200", "--out", &plan, "--quiet"]);
    assert_eq!(solved.code, 0, "{}", solved.err);
    for (lang, words) in [("en", "What would help"), ("zh", "哪些改变有帮助")] {
        let page = scratch(&format!("report-{lang}.html"));
        let args = ["--lang", lang, "report", &day, "--plan", &plan, "--time-limit", "20", "--out", &page];
        let written = qise(&args);
        assert_eq!((written.code, written.out.as_str()), (0, ""), "{}", written.err);
        let page = read(&page);
        assert!(page.starts_with("<!DOCTYPE html>") && page.contains(words), "{lang}");
        assert!(page.contains("default-src 'none'"));
    }
}

#[test]
fn an_input_is_never_overwritten() {
    let (day, plan) = (scenario("alxa/tiny.json"), scratch("report-kept.json"));
    qise(&["solve", &day, "--iterations", "50", "--out", &plan, "--quiet"]);
    let before = read(&plan);
    assert_eq!(qise(&["report", &day, "--plan", &plan, "--out", &plan]).code, 2);
    assert_eq!(read(&plan), before);
    assert_eq!(qise(&["report", &day, "--plan", &plan]).code, 2, "where to?");
}
