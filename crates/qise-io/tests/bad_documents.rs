//! Every document of `tests/data/bad` is refused with exactly the faults that stand beside it, all at once, and each with
//! words in both languages. The documents whose name starts with `plan_` are plans for the rich scenario of `round_trip`.

#![allow(clippy::unwrap_used)] // what cannot be had fails the test

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use qise::model::{Area, Code, Fault, Profile, Slowdown, Time, TravelMatrix, TravelRule};
use qise::{Faults, Problem, ProblemData};
use qise_io::{read_plan, read_scenario, read_scenario_data, schema};
use serde_json::Value;

/// The documents by name, with their expected faults, one `code path` a line.
fn corpus() -> Vec<(String, Vec<u8>, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/bad");
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut documents = entries
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let expected = fs::read_to_string(path.with_extension("expect")).unwrap();
            assert!(!expected.is_empty(), "{name} is not bad");
            (name, fs::read(&path).unwrap(), expected)
        })
        .collect::<Vec<_>>();
    documents.sort();
    documents
}

fn faults_of(name: &str, bytes: &[u8]) -> Faults {
    if name.starts_with("plan_") {
        let rich = read_scenario(include_bytes!("data/rich_scenario.json")).unwrap();
        read_plan(&rich.problem, &rich.zone, bytes).err().unwrap_or_default()
    } else {
        read_scenario(bytes).err().unwrap_or_default()
    }
}

fn lines(faults: &Faults) -> String {
    let mut lines =
        faults.0.iter().map(|fault| format!("{} {}\n", fault.code, fault.path)).collect::<Vec<_>>();
    lines.sort();
    lines.concat()
}

#[test]
fn bad_documents_have_the_expected_faults() {
    let corpus = corpus();
    assert!(corpus.len() >= 70, "{} documents", corpus.len());
    let mut wrong = Vec::new();
    for (name, bytes, expected) in corpus {
        let found = lines(&faults_of(&name, &bytes));
        if found != expected {
            let missing =
                expected.lines().filter(|line| !found.lines().any(|l| l == *line)).collect::<Vec<_>>();
            let extra =
                found.lines().filter(|line| !expected.lines().any(|l| l == *line)).collect::<Vec<_>>();
            wrong.push(format!("{name}: missing {missing:#?}, too many {extra:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_fault_speaks_both_languages() {
    for (name, bytes, _) in corpus() {
        for fault in faults_of(&name, &bytes).0 {
            let Fault { path, code, found, expected, hint } = &fault;
            assert!(!found.is_empty(), "{name}: {path}: {code}");
            assert!(!expected.en.is_empty() && !expected.zh.is_empty(), "{name}: {path}: {code}");
            assert_eq!(hint.en.is_empty(), hint.zh.is_empty(), "{name}: {path}: {code}");
            assert!(fault.message().zh.contains("应为"), "{name}: {path}: {code}");
        }
    }
}

#[test]
fn every_code_occurs() {
    let found =
        corpus().into_iter().flat_map(|(name, bytes, _)| faults_of(&name, &bytes).0).map(|fault| fault.code);
    let found = found.collect::<BTreeSet<_>>();
    let missing = Code::ALL.iter().filter(|code| !found.contains(code)).collect::<Vec<_>>();
    assert!(missing.is_empty(), "{missing:?}");
}

/// What takes more than a small document.
#[test]
fn no_list_is_too_long_unnoticed() {
    let area = |key: usize| Area { key: key.to_string(), name: None, outline: Vec::new() };
    let rule = TravelRule::Matrix(TravelMatrix { places: vec![], seconds: vec![], metres: vec![] });
    let profile = |key: usize| Profile { key: key.to_string(), name: None, rule: rule.clone() };
    let (areas, profiles, from, to) = (Vec::new(), Vec::new(), Time(0), Time(1));
    let slowdown = Slowdown { areas, profiles, from, to, factor_permille: 1500 };
    let mut data = ProblemData::new("just enough");
    data.profiles = (0..1000).map(profile).collect();
    data.slowdowns = vec![slowdown.clone(); 2000];
    assert!(Problem::new(data.clone()).is_ok());
    data.areas = (0..4_000_001).map(area).collect();
    data.profiles.push(profile(1000));
    data.slowdowns.push(slowdown);
    let faults = Problem::new(data).unwrap_err();
    assert_eq!(lines(&faults), "too_many $.areas\ntoo_many $.profiles\ntoo_many $.slowdowns\n");
}

#[test]
fn faults_stand_in_the_order_of_the_document() {
    let (_, bytes, _) = corpus().into_iter().find(|(name, ..)| name == "numbers_stay").unwrap();
    let faults = faults_of("numbers_stay", &bytes);
    let paths = faults.0.iter().map(|fault| fault.path.as_str()).collect::<Vec<_>>();
    assert_eq!(
        paths,
        [
            "$.volunteers[0]",
            "$.volunteers[1].shifts[0].end",
            "$.volunteers[1].shifts[0].start",
            "$.volunteers[1].shifts[1].end",
            "$.needs[0]",
            "$.needs[1].windows[0]",
            "$.needs[1].windows[1].to",
            "$.needs[1].windows[2].to",
            "$.needs[1].windows[4].from",
            "$.needs[2]",
            "$.needs[3].windows",
        ]
    );
}

#[test]
fn what_was_meant_is_suggested() {
    let hint = |name: &str, path: &str| {
        let (_, bytes, _) = corpus().into_iter().find(|(document, ..)| document == name).unwrap();
        let faults = faults_of(name, &bytes).0;
        faults.into_iter().find(|fault| fault.path == path).unwrap().hint.en
    };
    let cases = [
        ("unknown_field_near", "$.needs[0].servce", "did you mean \"service\"?"),
        ("unknown_value", "$.time_zone", "did you mean \"Asia/Shanghai\"?"),
        ("unknown_value", "$.volunteers[0].gender", "did you mean \"female\"?"),
        ("unknown_value", "$.datum", "did you mean \"WGS-84\"?"),
        ("unknown_reference", "$.volunteers[0].skills[0].skill", "did you mean \"first_aid\"?"),
        ("unknown_reference", "$.needs[0].at", "did you mean \"hall\"?"),
        ("unknown_reference_case", "$.needs[0].at", "did you mean \"hall\"?"),
        ("bad_coordinate", "$.places[2].lat", "lon and lat may be swapped"),
        ("plan_unknown_reference", "$.routes[0].visits[0].need", "did you mean \"visit-3\"?"),
        ("syntax_cut_off", "$", "the text ends too early, in $.places[1]"),
    ];
    for (name, path, expected) in cases {
        assert_eq!(hint(name, path), expected, "{name} {path}");
    }
}

/// What the reader calls a fault of the structure, the schema must refuse as well.
#[test]
fn schemas_refuse_what_the_reader_refuses() {
    let schemas =
        [schema::scenario(), schema::plan()].map(|schema| jsonschema::validator_for(&schema).unwrap());
    for (name, bytes, expected) in corpus() {
        let Ok(document) = serde_json::from_slice::<Value>(&bytes) else { continue };
        let structural =
            ["missing_field", "unknown_field", "unsupported", "wrong_type", "wrong_format", "wrong_version"];
        // A schema does not know when a datum, a speed or a price is needed, what a reference leads to, and sees only the last of two
        // equal fields.
        let conditional = [
            "$.datum",
            "speed_kmh",
            ".price",
            "$.choices[",
            "].from",
            "].then",
            "].goods\n",
            ".vehicles\n",
            ".party\n",
        ];
        let refused = expected.split_inclusive('\n').any(|line| {
            structural.iter().any(|code| line.starts_with(code))
                && !conditional.iter().any(|part| line.contains(part))
        });
        let valid = schemas[usize::from(name.starts_with("plan_"))].is_valid(&document);
        assert!(!(refused && valid), "{name} passes the schema");
    }
}

#[test]
fn data_is_refused_as_the_scenario_is() {
    for (name, bytes, _) in corpus().into_iter().filter(|(name, ..)| !name.starts_with("plan_")) {
        // Where the document itself is at fault, both say the same; else the data is there, and the problem says it.
        match read_scenario_data(&bytes) {
            Err(faults) => assert_eq!(faults, faults_of(&name, &bytes), "{name}"),
            Ok(read) => assert!(Problem::new(read.data).is_err(), "{name}"),
        }
    }
}
