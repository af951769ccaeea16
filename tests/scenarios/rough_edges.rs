//! What the program says and returns when it is used wrongly.

use serde_json::Value;

use crate::program::{Outcome, qise, scenario, scratch};

/// Nothing on standard output, these words on the other, this code.
fn refused(outcome: &Outcome, code: u8, words: &str) {
    assert_eq!(outcome.code, code, "{}{}", outcome.out, outcome.err);
    assert!(outcome.err.contains(words), "{words:?} is missing in\n{}", outcome.err);
    assert_eq!(outcome.out, "");
    assert!(!outcome.err.contains('\u{1b}'), "colours for what is no terminal: {:?}", outcome.err);
}

#[test]
fn wrong_arguments_are_code_2() {
    let day = scenario("alxa/day.json");
    refused(&qise(&[]), 2, "sends the right volunteers");
    refused(&qise(&["slove", &day]), 2, "'solve'");
    refused(&qise(&["solve"]), 2, "<SCENARIO>");
    refused(&qise(&["solve", &day, "--time-limit", "-1"]), 2, "from 0 to 10^9 seconds");
    refused(&qise(&["solve", &day, "--threads", "0"]), 2, "'--threads <N>'");
    refused(&qise(&["solve", &day, "--reassign-price", "5"]), 2, "--previous <PLAN>");
    refused(&qise(&["generate", "--days", "0"]), 2, "from 1 to 366");
    refused(&qise(&["generate", "--days", "0", "--lang", "zh"]), 2, "应在 1 至 366 之间");
    refused(&qise(&["generate", "--deliveries", "5"]), 2, "depots = 0: it must be from 1");
    refused(
        &qise(&["generate", "--loans", "60", "--deliveries", "60", "--lang", "zh"]),
        2,
        "应在 0 至 100 之间",
    );
    refused(&qise(&["generate", "--region", "mars"]), 2, "unknown region \"mars\"");
    let help = qise(&["--help"]);
    assert_eq!((help.code, help.err.as_str()), (0, ""));
    assert!(
        help.out.contains("Exit codes: 0 success; 1 violations found") && !help.out.contains('\u{1b}'),
        "{}",
        help.out
    );
}

#[test]
fn files_that_cannot_be_read_or_written_are_code_4() {
    let (day, nowhere, folder) = (scenario("alxa/day.json"), scratch("no/such/file"), scratch(""));
    refused(&qise(&["solve", &nowhere]), 4, "cannot read");
    refused(&qise(&["solve", &folder, "--lang", "zh"]), 4, "无法读取");
    refused(&qise(&["check", &day, &nowhere]), 4, "cannot read");
    refused(&qise(&["generate", "--out", &nowhere]), 4, "cannot write");
    // Nobody searches for an hour only to hear that the plan cannot be kept.
    for option in ["--out", "--geojson", "--svg"] {
        for place in [&nowhere, &folder] {
            refused(&qise(&["solve", &day, "--time-limit", "3600", option, place]), 4, "cannot write");
        }
    }
}

#[test]
fn documents_with_faults_are_code_3() {
    let (day, empty) = (scenario("alxa/day.json"), scratch("empty.json"));
    std::fs::write(&empty, "").expect("writable");
    refused(&qise(&["solve", &empty]), 3, "$: syntax: found an empty document, expected JSON text");
    refused(&qise(&["check", &day, &day]), 3, "expected \"qise/plan\"");
    let bad = scenario("bad/many_at_once.json");
    refused(&qise(&["solve", &bad]), 3, "many_at_once.json: 30 faults");
    refused(&qise(&["solve", &bad, "--lang", "zh"]), 3, "30 处错误");

    let told = qise(&["solve", &bad, "--json"]);
    assert_eq!((told.code, told.err.as_str()), (3, ""));
    let report: Value = serde_json::from_str(&told.out).expect("JSON");
    let faults = report["faults"].as_array().expect("a list");
    assert_eq!(faults.len(), 30);
    assert!(faults.iter().all(|fault| fault["path"].is_string() && fault["code"].is_string()));
}
