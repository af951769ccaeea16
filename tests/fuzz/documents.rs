//! Documents of the repository, good and bad, bent out of shape in their structure or in their bytes: faults that make
//! sense, or something that can be solved, written, and read back.

use std::fs;
use std::path::Path;

use qise::explain::{Depth, reasons};
use qise::plan::evaluate;
use qise::solve::{Options, solve};
use qise::{Faults, Problem, Stop};
use qise_io::{
    PlanNotes, Scenario, check_plan, read_plan, read_previous, read_scenario, write_plan, write_scenario,
};
use rand::RngExt;
use rand_pcg::Pcg64Mcg;
use serde_json::{Map, Value, json};

use crate::cases::{for_each_case, keep};
use crate::odd::TEXTS;

/// How many cases a short run tries.
const CASES: u64 = 600;

#[test]
fn any_scenario_is_read_or_has_faults() {
    let corpus = corpus();
    for_each_case("scenarios", CASES, |random| {
        let (bytes, tree) = bend(random, &corpus.scenarios);
        keep(&bytes);
        match read_scenario(&bytes) {
            Ok(scenario) => {
                solvable(&scenario, random);
                "read"
            }
            Err(faults) => {
                make_sense(&faults, tree.as_ref());
                if qise_io::read_scenario_data(&bytes).is_ok() { "faulty data" } else { "faulty" }
            }
        }
    });
}

#[test]
fn any_plan_document_is_read_or_has_faults() {
    let corpus = corpus();
    for_each_case("plan documents", CASES, |random| {
        let (bytes, tree) = bend(random, &corpus.plans);
        keep(&bytes);
        let (problem, zone) = (&corpus.rich.problem, &corpus.rich.zone);
        match read_previous(problem, zone, &bytes, &qise::model::Previous::default()) {
            Ok(read) => {
                let told = problem.with_previous(Some(read.previous));
                assert!(told.is_ok(), "{}", told.unwrap_err());
                make_sense_where_any(&read.gone, tree.as_ref());
            }
            Err(faults) => make_sense(&faults, tree.as_ref()),
        }
        match read_plan(problem, zone, &bytes) {
            Ok(read) => {
                let judged = check_plan(problem, &read);
                let written =
                    write_plan(problem, zone, &read.plan, &judged.evaluation, &PlanNotes::default());
                let again = read_plan(problem, zone, written.as_bytes());
                assert_eq!(again.expect("what was written is read").plan, read.plan);
                let options = Options { warm: Some(read.plan), ..Options::default() };
                let solved = solve(problem, &options, &Stop::iterations(5));
                assert_eq!(solved.evaluation.violations, []);
                if judged.is_valid() { "valid" } else { "invalid" }
            }
            Err(faults) => {
                make_sense(&faults, tree.as_ref());
                "faulty"
            }
        }
    });
}

/// What is bent.
struct Corpus {
    scenarios: Vec<Value>,
    plans: Vec<Value>,
    /// The scenario of all the plans.
    rich: Scenario,
}

/// The documents of the repository. Good ones come up more often than bad ones.
fn corpus() -> Corpus {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let load = |path: &Path| fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let (mut scenarios, mut plans) = (Vec::new(), Vec::new());
    let bad = fs::read_dir(root.join("tests/data/bad")).expect("the bad documents");
    let mut bad = bad.map(|entry| entry.expect("an entry").path()).collect::<Vec<_>>();
    bad.sort();
    for path in bad.iter().filter(|path| path.extension().is_some_and(|extension| extension == "json")) {
        let Ok(document) = serde_json::from_slice(&load(path)) else { continue };
        let is_plan = path.file_stem().is_some_and(|name| name.to_string_lossy().starts_with("plan_"));
        if is_plan { plans.push(document) } else { scenarios.push(document) }
    }
    let parse = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).expect("JSON");
    let rich = load(&root.join("crates/qise-io/tests/data/rich_scenario.json"));
    let tiny = parse(&load(&root.join("tests/data/alxa/tiny.json")));
    let day = parse(&load(&root.join("tests/data/alxa/day.json")));
    scenarios.extend(std::iter::repeat_n(parse(&rich), 120));
    scenarios.extend(std::iter::repeat_n(tiny, 60));
    scenarios.extend(std::iter::repeat_n(day, 5));
    let rich = read_scenario(&rich).expect("a good scenario");
    let solved = solve(&rich.problem, &Options::default(), &Stop::iterations(100));
    let reasons = reasons(&rich.problem, &solved.plan, Depth::Proven, &Stop::never());
    let notes = PlanNotes { reasons: &reasons, ..PlanNotes::default() };
    let plan = write_plan(&rich.problem, &rich.zone, &solved.plan, &solved.evaluation, &notes);
    plans.extend(std::iter::repeat_n(parse(plan.as_bytes()), 60));
    Corpus { scenarios, plans, rich }
}

/// Every fault says in both languages what is wrong, and where: what a path leads through stands in the document.
fn make_sense(faults: &Faults, tree: Option<&Value>) {
    assert!(!faults.0.is_empty());
    make_sense_where_any(&faults.0, tree);
}

fn make_sense_where_any(faults: &[qise::model::Fault], tree: Option<&Value>) {
    for fault in faults {
        let message = fault.message();
        assert!(!message.en.is_empty() && !message.zh.is_empty());
        assert!(!fault.found.en.contains("number 4294967295"), "an inner number shows: {}", message.en);
        if let Some(tree) = tree {
            assert!(leads_somewhere(tree, &fault.path), "{}", message.en);
        }
    }
}

/// Whether everything but the last step of a path is there.
fn leads_somewhere(tree: &Value, path: &str) -> bool {
    let (mut here, mut rest) = (tree, path.strip_prefix('$').expect("a path"));
    loop {
        let (next, after) = if let Some(name) = rest.strip_prefix('.') {
            let end = name.find(['.', '[']).unwrap_or(name.len());
            (here.get(&name[..end]), &name[end..])
        } else if let Some(index) = rest.strip_prefix('[').filter(|rest| !rest.starts_with('"')) {
            let (index, after) = index.split_once(']').expect("a closed bracket");
            (here.get(index.parse::<usize>().expect("a number")), after)
        } else {
            // The end, or a field with a name that is no word.
            return true;
        };
        if after.is_empty() {
            return true;
        }
        let Some(next) = next else { return false };
        (here, rest) = (next, after);
    }
}

/// A scenario that was read can be solved, and written.
fn solvable(scenario: &Scenario, random: &mut Pcg64Mcg) {
    let Scenario { problem, zone } = scenario;
    let written = write_scenario(problem, zone);
    let again = read_scenario(written.as_bytes()).unwrap_or_else(|faults| panic!("{faults}"));
    assert!(again.problem.to_data() == problem.to_data(), "{}", first_difference(problem, &again.problem));

    let steps = if problem.needs().len() > 20 { 2 } else { 20 };
    let options = Options { seed: random.random(), ..Options::default() };
    let solved = solve(problem, &options, &Stop::iterations(steps));
    assert_eq!(solved.evaluation.violations, []);
    let reasons = reasons(problem, &solved.plan, Depth::Proven, &Stop::never());
    let notes = PlanNotes { reasons: &reasons, ..PlanNotes::default() };
    let document = write_plan(problem, zone, &solved.plan, &solved.evaluation, &notes);
    let read = read_plan(problem, zone, document.as_bytes()).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(read.plan, solved.plan);
    let checked = check_plan(problem, &read);
    assert_eq!((checked.evaluation, &*checked.findings), (evaluate(problem, &solved.plan), &[][..]));
    qise_io::geojson::plan(problem, zone, &solved.plan);
}

fn first_difference(a: &Problem, b: &Problem) -> String {
    let (a, b) = (format!("{:#?}", a.to_data()), format!("{:#?}", b.to_data()));
    let differ = a.lines().zip(b.lines()).enumerate().find(|(_, (a, b))| a != b);
    format!("{differ:?}")
}

/// One of the documents, bent; as a tree too where only the structure is.
fn bend(random: &mut Pcg64Mcg, documents: &[Value]) -> (Vec<u8>, Option<Value>) {
    let mut tree = documents[random.random_range(0..documents.len())].clone();
    let other = &documents[random.random_range(0..documents.len())];
    for _ in 0..[0, 1, 1, 1, 1, 2, 5][random.random_range(0..7)] {
        bend_tree(random, &mut tree, other);
    }
    let mut bytes = tree.to_string().into_bytes();
    if random.random_bool(0.8) {
        return (bytes, Some(tree));
    }
    for _ in 0..random.random_range(1..4) {
        bend_bytes(random, &mut bytes);
    }
    (bytes, None)
}

/// A random value of the tree: mostly deep down, where most of them are.
fn somewhere<'t>(random: &mut Pcg64Mcg, tree: &'t mut Value) -> &'t mut Value {
    let mut all = Vec::new();
    pointers(tree, &mut String::new(), &mut all);
    let pointer = &all[random.random_range(0..all.len())];
    tree.pointer_mut(pointer).expect("a pointer just found")
}

fn pointers(value: &Value, here: &mut String, all: &mut Vec<String>) {
    all.push(here.clone());
    let length = here.len();
    let mut go = |step: &str, value: &Value| {
        here.push('/');
        here.push_str(&step.replace('~', "~0").replace('/', "~1"));
        pointers(value, here, all);
        here.truncate(length);
    };
    match value {
        Value::Array(items) => items.iter().enumerate().for_each(|(i, item)| go(&i.to_string(), item)),
        Value::Object(fields) => fields.iter().for_each(|(name, field)| go(name, field)),
        _ => {}
    }
}

/// Values to put where others stood.
fn oddity(random: &mut Pcg64Mcg) -> Value {
    let words = TEXTS[random.random_range(0..TEXTS.len())];
    let oddities = [
        Value::Null,
        json!(true),
        json!(0),
        json!(-1),
        json!(0.5),
        json!(-0.0),
        json!(1e-300),
        json!(1e300),
        json!(i64::MIN),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(u32::MAX),
        json!(1_000_000_000),
        json!(1_000_000_000_000_i64),
        json!(1_000_000_000_001_i64),
        json!(180),
        json!(-90),
        json!(90.000_000_1),
        json!(words),
        json!(words.repeat(500)),
        json!("anywhere"),
        json!("2026-11-24T09:00"),
        json!("2026-11-24T08:59:60+08:00"),
        json!("2026-11-24T24:00:00+08:00"),
        json!("2026-11-24T09:00:00+08:00[Europe/Paris]"),
        json!("-009999-01-02T00:00Z"),
        json!("9999-12-30T21:59:59Z"),
        json!("9999-12-31T23:59:59-23:59"),
        json!("2026-11-24"),
        json!("PT0S"),
        json!("-PT1H"),
        json!("P19998Y"),
        json!("PT175307616H"),
        json!("PT1.5H"),
        json!("P1M"),
        json!("+23:59"),
        json!("America/New_York"),
        json!([]),
        json!({}),
        json!([[], {}, null]),
        json!({"lon": 180, "lat": -90}),
        json!({"lon": -180.0, "lat": 90.0}),
        json!(vec![1; 300]),
    ];
    oddities[random.random_range(0..oddities.len())].clone()
}

fn bend_tree(random: &mut Pcg64Mcg, tree: &mut Value, other: &Value) {
    match random.random_range(0..14) {
        0 | 1 => *somewhere(random, tree) = oddity(random),
        10.. => swap_namesakes(random, tree),
        2 => {
            let part = somewhere(random, tree).clone();
            *somewhere(random, tree) = part;
        }
        3 => {
            let part = somewhere(random, &mut other.clone()).clone();
            *somewhere(random, tree) = part;
        }
        4 => {
            let (deep, square) = ([1, 2, 60, 120, 130, 400][random.random_range(0..6)], random.random());
            let place = somewhere(random, tree);
            let mut part = place.take();
            for _ in 0..deep {
                part = if square { json!([part]) } else { json!({ "id": part }) };
            }
            *place = part;
        }
        _ => match somewhere(random, tree) {
            Value::Array(items) => bend_list(random, items),
            Value::Object(fields) => bend_object(random, fields),
            Value::String(words) => bend_words(random, words),
            number @ Value::Number(_) => bend_number(random, number),
            other => *other = oddity(random),
        },
    }
}

/// Puts the value of a field where another field of this name has its own: time for time, key for key.
fn swap_namesakes(random: &mut Pcg64Mcg, tree: &mut Value) {
    let mut all = Vec::new();
    pointers(tree, &mut String::new(), &mut all);
    let name =
        |pointer: &str| pointer.rsplit('/').find(|step| step.parse::<usize>().is_err()).map(str::to_owned);
    let to = &all[random.random_range(0..all.len())];
    let namesakes = all.iter().filter(|pointer| name(pointer) == name(to)).collect::<Vec<_>>();
    let from = namesakes[random.random_range(0..namesakes.len())];
    let value = tree.pointer(from).expect("a pointer just found").clone();
    *tree.pointer_mut(to).expect("a pointer just found") = value;
}

fn bend_list(random: &mut Pcg64Mcg, items: &mut Vec<Value>) {
    if items.is_empty() {
        items.push(oddity(random));
        return;
    }
    let (at, to) = (random.random_range(0..items.len()), random.random_range(0..items.len()));
    match random.random_range(0..5) {
        0 => {
            items.remove(at);
        }
        1 => items.clear(),
        2 => items.swap(at, to),
        3 => items.insert(to, items[at].clone()),
        _ => {
            let many = [2, 10, 100][random.random_range(0..3)];
            let twin = items[at].clone();
            items.splice(at..at, std::iter::repeat_n(twin, many));
        }
    }
}

fn bend_object(random: &mut Pcg64Mcg, fields: &mut Map<String, Value>) {
    let names = fields.keys().cloned().collect::<Vec<_>>();
    let Some(name) = (!names.is_empty()).then(|| &names[random.random_range(0..names.len())]) else {
        fields.insert(TEXTS[random.random_range(0..TEXTS.len())].into(), oddity(random));
        return;
    };
    match random.random_range(0..4) {
        0 => {
            fields.remove(name);
        }
        1 => {
            let mut misspelt = name.clone();
            bend_words(random, &mut misspelt);
            let value = fields.remove(name).expect("a name just found");
            fields.insert(misspelt, value);
        }
        2 => {
            let reserved = ["crew", "links", "goods", "depots", "vehicles", "notes", "extra", "count"];
            fields.insert(reserved[random.random_range(0..reserved.len())].into(), oddity(random));
        }
        _ => {
            fields.insert(name.clone(), oddity(random));
        }
    }
}

fn bend_words(random: &mut Pcg64Mcg, words: &mut String) {
    let mut letters = words.chars().collect::<Vec<_>>();
    let at = random.random_range(0..=letters.len());
    match random.random_range(0..7) {
        0 => letters.truncate(at),
        1 => letters.extend(TEXTS[random.random_range(0..TEXTS.len())].chars()),
        2 => letters.insert(at, ['0', '9', '-', ':', 'T', 'é', '七', '\u{200b}'][random.random_range(0..8)]),
        3 if at < letters.len() => {
            letters.remove(at);
        }
        4 if at < letters.len() => letters[at] = char::from(random.random_range(b' '..=b'~')),
        5 => letters = letters.iter().flat_map(|letter| letter.to_uppercase()).collect(),
        _ => letters.insert(0, ' '),
    }
    *words = letters.into_iter().collect();
}

fn bend_number(random: &mut Pcg64Mcg, number: &mut Value) {
    let value = number.as_f64().unwrap_or(0.0);
    let factor = [10.0, 0.1, -1.0, 1e9, 1e-9][random.random_range(0..5)];
    *number = match (random.random_range(0..4), number.as_i64()) {
        (0, Some(whole)) => json!(whole.saturating_add(1)),
        (1, Some(whole)) => json!(whole.saturating_sub(1)),
        (2, _) => json!(value.to_string()),
        _ => json!(value * factor),
    };
}

fn bend_bytes(random: &mut Pcg64Mcg, bytes: &mut Vec<u8>) {
    if bytes.is_empty() {
        return;
    }
    let (at, to) = (random.random_range(0..bytes.len()), random.random_range(0..bytes.len()));
    let (from, to) = (at.min(to), at.max(to).min(at.min(to) + 2000));
    let token: &[u8] = {
        let tokens: [&[u8]; 24] = [
            b"[",
            b"]",
            b"{",
            b"}",
            b"\"",
            b",",
            b":",
            b"\\",
            b"\\ud800",
            b"\\u0000",
            b"\xff",
            b"\xc0\x80",
            b"\xef\xbb\xbf",
            b"\0",
            b"1e999",
            b"-1e999",
            b"1e-999",
            b"-0",
            b"NaN",
            b"Infinity",
            b"0x10",
            b"//",
            b"99999999999999999999999999999999999999",
            b"null",
        ];
        tokens[random.random_range(0..tokens.len())]
    };
    match random.random_range(0..7) {
        0 => bytes[at] = random.random(),
        1 => bytes.truncate(at),
        2 | 3 => {
            bytes.splice(at..at, token.iter().copied());
        }
        4 => {
            bytes.drain(from..to);
        }
        5 => {
            let twin = bytes[from..to].to_vec();
            bytes.splice(to..to, twin);
        }
        _ => {
            let many = [3, 200, 100_000][random.random_range(0..3)];
            bytes.splice(at..at, token.iter().copied().cycle().take(token.len() * many));
        }
    }
}
