//! Lines that nobody should say: each gets a typed answer, a refusal changes nothing, and nothing panics.

use std::time::{Duration, Instant};

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use serde_json::{Value, json};

use crate::script::{Script, any_day, pick};
use crate::support::Client;

/// Values that programs send by mistake.
const ODD: [&str; 22] = [
    "null",
    "true",
    "-1",
    "0",
    "1e400",
    "-1e-400",
    "18446744073709551616",
    "9223372036854775807",
    "-9223372036854775808",
    "4294967296",
    "65536",
    "0.1",
    "\"\"",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "\"x\"",
    "[]",
    "{}",
    "[[[[[[[[[[]]]]]]]]]]",
    "\"9999-12-31T23:59:59Z\"",
    "\"-262143-01-01T00:00:00Z\"",
    "\"PT999999999999999H\"",
];

/// A line changed somewhere: a byte, a value, a field, or all of it.
fn mutated(random: &mut Pcg64Mcg, line: &Value, others: &[Value]) -> Vec<u8> {
    let mut line = line.clone();
    for _ in 0..random.random_range(0..3) {
        mutate_value(random, &mut line, others, 0);
    }
    let mut bytes = line.to_string().into_bytes();
    match random.random_range(0..12) {
        0 => {
            let at = random.random_range(0..bytes.len());
            bytes[at] = random.random_range(0..=255);
        }
        1 => bytes.truncate(random.random_range(0..bytes.len())),
        2 => {
            let at = random.random_range(0..bytes.len());
            let odd = *pick(random, &ODD);
            bytes.splice(at..at, odd.bytes());
        }
        3 => {
            let (at, to) = (random.random_range(0..bytes.len()), random.random_range(0..bytes.len()));
            let part = bytes[at.min(to)..at.max(to)].to_vec();
            bytes.splice(at..at, part);
        }
        4 if random.random_bool(0.02) => {
            let depth = random.random_range(1..100_000);
            bytes = [b"{\"id\":1,\"do\":".to_vec(), vec![b'['; depth]].concat();
        }
        5 if random.random_bool(0.02) => {
            let long = "水".repeat(300_000);
            bytes = json!({"id": 1, "at": "2026-11-24T09:00", "key": long, "do": "add_need", "need": {"id": long}})
                .to_string()
                .into_bytes();
        }
        _ => {}
    }
    bytes
}

fn mutate_value(random: &mut Pcg64Mcg, value: &mut Value, others: &[Value], depth: usize) {
    if depth > 0 && random.random_bool(0.3) {
        let odd = pick::<&str>(random, &ODD);
        *value = serde_json::from_str(odd).unwrap_or_else(|_| json!(random.random_range(i64::MIN..i64::MAX)));
        return;
    }
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            let name = fields.keys().nth(random.random_range(0..fields.len())).cloned().unwrap_or_default();
            match random.random_range(0..8) {
                0 => drop(fields.remove(&name)),
                1 => drop(fields.insert("colour".into(), json!("red"))),
                2 => {
                    let other = pick(random, others);
                    if let Some((name, value)) = other
                        .as_object()
                        .and_then(|other| other.iter().nth(random.random_range(0..other.len())))
                    {
                        fields.insert(name.clone(), value.clone());
                    }
                }
                _ => {
                    if let Some(field) = fields.get_mut(&name) {
                        mutate_value(random, field, others, depth + 1);
                    }
                }
            }
        }
        Value::Array(list) if !list.is_empty() => {
            let at = random.random_range(0..list.len());
            if random.random_bool(0.2) {
                let twin = list[at].clone();
                list.push(twin);
            } else {
                mutate_value(random, &mut list[at], others, depth + 1);
            }
        }
        Value::String(text) => match random.random_range(0..3) {
            0 => text.push('\u{0}'),
            1 => *text = text.chars().rev().collect(),
            _ => text.insert(0, '2'),
        },
        Value::Number(number) => {
            let factor = *pick(random, &[-1.0, 0.5, 1e6, 1e18]);
            *value = json!(number.as_f64().unwrap_or(1.0) * factor);
        }
        other => *other = json!(1),
    }
}

#[test]
fn whatever_is_said_gets_a_typed_answer_and_a_refusal_changes_nothing() {
    let budget = std::env::var("QISE_DISPATCH_FUZZ_S").map_or(2, |budget| budget.parse().expect("seconds"));
    let first = std::env::var("QISE_SEED").map_or(1, |seed| seed.parse::<u64>().expect("a number"));
    let until = Instant::now() + Duration::from_secs(budget);
    let (mut said, mut refused, mut seed) = (0_u64, 0_u64, first * 1_000_000);
    while Instant::now() < until {
        seed += 1;
        let start = any_day(seed);
        let mut script = Script::new(seed, &start);
        let mut client = Client::new(start);
        let mut random = Pcg64Mcg::seed_from_u64(seed);
        let mut lines: Vec<Value> = vec![json!({"id": 1, "ask": "rank", "need": script.needs[0], "best": 3})];
        for step in 0..60 {
            let mut command = script.next(&mut client);
            (command["id"], command["key"]) = (json!(step), json!(format!("k-{step}")));
            lines.push(command.clone());
            let answer = client.say(command.clone());
            script.learn(&command, &answer);
            for _ in 0..4 {
                let line = pick(&mut random, &lines).clone();
                let line = mutated(&mut random, &line, &lines);
                let before = look(&mut client, &script);
                let answer = client.bytes(&line);
                said += 1;
                if answer["error"].is_null() {
                    continue;
                }
                refused += 1;
                let words =
                    || format!("seed {seed}, step {step}: {} gets {answer}", String::from_utf8_lossy(&line));
                let code = answer["error"]["code"].as_str().unwrap_or_default();
                assert!(
                    !matches!(code, "" | "broken" | "internal" | "closed" | "journal_failed"),
                    "{}",
                    words()
                );
                let after = look(&mut client, &script);
                // Timers that were due before it have fired: each is an entry of its own.
                if after.0 == before.0 {
                    assert_eq!(after.1, before.1, "{}", words());
                }
            }
        }
        let told = client.everything(&script.needs, &script.people);
        assert_eq!(client.folded().everything(&script.needs, &script.people), told, "seed {seed}");
    }
    assert!(said > 100 && refused * 4 > said, "{refused} of {said} lines were refused");
}

/// The last entry, and what must not change without one.
fn look(client: &mut Client, script: &Script) -> (u64, Vec<Value>) {
    let mut status = client.ask(json!({"ask": "status"}));
    for moving in ["durable", "memory", "rebuilds"] {
        status[moving] = Value::Null;
    }
    let seq = status["as_of"].as_u64().unwrap_or(0);
    let mut plan = client.ask(json!({"ask": "plan"}));
    // Times that have passed are forgotten when somebody asks.
    plan["fingerprint"] = Value::Null;
    let last = script.needs.last().cloned().unwrap_or_default();
    (seq, vec![status, plan, client.ask(json!({"ask": "need", "need": last}))])
}
