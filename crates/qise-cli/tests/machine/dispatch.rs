//! The live service as a program: a conversation, journals without one, and kills at any moment.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::program::{QISE, done, err, folder, inside, qise};

/// A service that is spoken with.
struct Talk {
    child: Child,
    answers: BufReader<std::process::ChildStdout>,
}

impl Talk {
    fn start(args: &[&str]) -> Self {
        let mut command = Command::new(QISE);
        command
            .arg("dispatch")
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit());
        let mut child = command.spawn().expect("the program runs");
        let answers = BufReader::new(child.stdout.take().expect("its output"));
        Self { child, answers }
    }

    /// Says lines from another thread, as the program may answer before all are said.
    fn say(&mut self, lines: Vec<Vec<u8>>) {
        let mut to = self.child.stdin.take().expect("its input");
        thread::spawn(move || {
            lines.iter().try_for_each(|line| to.write_all(line).and_then(|()| to.write_all(b"\n")))
        });
    }

    /// The next line; nothing at the end.
    fn next(&mut self) -> Option<Value> {
        let mut line = String::new();
        // A line that was cut by a kill is no line.
        let read = self.answers.read_line(&mut line).unwrap_or(0);
        (read > 0 && line.ends_with('\n')).then(|| serde_json::from_str(&line).expect("a line is JSON"))
    }

    fn rest(mut self) -> Vec<Value> {
        let lines = std::iter::from_fn(|| self.next()).collect();
        assert!(self.child.wait().expect("a child").success());
        lines
    }
}

impl Drop for Talk {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A small day, written to a folder.
fn scenario(room: &Path) -> String {
    let path = inside(room, "day.json");
    done(&["generate", "--needs", "12", "--volunteers", "40", "--teams", "4", "--out", &path]);
    path
}

fn need(number: usize) -> Value {
    json!({
        "id": format!("call-{number}"), "at": {"lat": 38.84, "lon": 105.7}, "service": "PT15M",
        "windows": [{"from": "2026-11-24T09:00", "to": "2026-11-24T18:00"}],
    })
}

fn bytes(line: &Value) -> Vec<u8> {
    line.to_string().into_bytes()
}

/// The answers to what was asked, and the last entry that was acknowledged.
fn sorted(lines: &[Value]) -> (BTreeMap<u64, Value>, u64) {
    let answers = lines.iter().filter_map(|line| Some((line["id"].as_u64()?, line.clone()))).collect();
    let durable = lines.iter().filter_map(|line| line["durable"].as_u64()).max().unwrap_or(0);
    (answers, durable)
}

#[test]
fn a_journal_begins_with_a_ledger() {
    let folder = folder();
    let journal = inside(folder.path(), "ledger.qise");
    let ledger = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/ledger");
    let mut talk = Talk::start(&[&journal, "--scenario", &ledger.to_string_lossy()]);
    talk.say(vec![br#"{"id": 1, "ask": "status"}"#.to_vec()]);
    let answers = talk.rest();
    assert!(answers.iter().any(|answer| answer["id"] == 1 && answer["error"].is_null()), "{answers:?}");
}

#[test]
fn a_conversation_and_what_the_journal_tells_afterwards() {
    let room = folder();
    let (day, journal) = (scenario(room.path()), inside(room.path(), "day.qise"));
    let at = |clock: &str| format!("2026-11-24T{clock}");
    let mut talk = Talk::start(&[&journal, "--scenario", &day]);
    talk.say(vec![
        bytes(&json!({"id": 1, "key": "a", "at": at("09:00"), "do": "add_need", "need": need(1)})),
        b"no JSON".to_vec(),
        b"\xff\xfe".to_vec(),
        vec![b'['; (1 << 20) + 1],
        bytes(&json!({"id": 2, "at": at("09:00"), "do": "hold", "need": "call-1", "reason": "weather", "until": at("09:30")})),
        bytes(&json!({"id": 3, "key": "a", "at": at("09:05"), "do": "add_need", "need": need(1)})),
        bytes(&json!({"id": 4, "key": "a", "at": at("09:05"), "do": "add_need", "need": need(2)})),
        bytes(&json!({"id": 5, "at": at("09:10"), "do": "replan", "limit_s": 0, "most_changes": 2})),
        bytes(&json!({"id": 6, "ask": "rank", "need": "call-1", "best": 2})),
        bytes(&json!({"id": 7, "at": at("10:00"), "do": "tick"})),
        bytes(&json!({"id": 8, "ask": "status"})),
    ]);
    let lines = talk.rest();
    let codes = lines.iter().filter(|line| line["id"].is_null() && line["durable"].is_null());
    let codes = codes.map(|line| line["error"]["code"].as_str().expect("a code")).collect::<Vec<_>>();
    assert_eq!(codes, ["syntax", "not_utf8", "line_too_long"]);
    let (answers, durable) = sorted(&lines);
    assert_eq!(answers[&1]["outcome"], json!({"noted": {}}));
    assert_eq!(
        (&answers[&3]["seq"], &answers[&3]["outcome"]),
        (&answers[&1]["seq"], &answers[&1]["outcome"])
    );
    assert_eq!(answers[&4]["error"]["code"], "key_conflict");
    assert_eq!(answers[&5]["error"]["code"], "bad_limit");
    assert_eq!(answers[&6]["answer"]["offers"].as_array().map(Vec::len), Some(2));
    assert_eq!(answers[&8]["answer"]["now"], "2026-11-24T10:00:00+08:00");
    assert!(
        answers[&8]["answer"]["memory"].as_u64().is_some_and(|bytes| bytes > 0)
            || cfg!(not(target_os = "linux"))
    );
    assert_eq!(Some(durable), answers[&7]["seq"].as_u64());
    let ordered = lines.iter().position(|line| line["seq"] == durable)
        < lines.iter().position(|line| line["durable"] == durable);
    assert!(ordered, "answered before it is acknowledged");

    // without a scenario: the journal has its own
    let mut again = Talk::start(&[&journal]);
    again.say(vec![
        bytes(&json!({"id": 1, "key": "a", "at": at("11:00"), "do": "add_need", "need": need(1)})),
        bytes(&json!({"id": 2, "ask": "need", "need": "call-1"})),
    ]);
    let (told, _) = sorted(&again.rest());
    assert_eq!(told[&1]["seq"], answers[&1]["seq"]);
    assert_eq!(told[&2]["answer"]["state"], "queued");

    // as it was while the need waited
    let waits = answers[&2]["seq"].to_string();
    let mut then = Talk::start(&[&journal, "--until", &waits]);
    then.say(vec![
        bytes(&json!({"id": 1, "ask": "need", "need": "call-1"})),
        bytes(&json!({"id": 2, "at": at("11:00"), "do": "tick"})),
        bytes(&json!({"id": 3, "ask": "plan"})),
    ]);
    let (told, _) = sorted(&then.rest());
    assert_eq!(told[&1]["answer"]["state"], "on_hold");
    assert_eq!(told[&2]["error"]["code"], "read_only");
    assert_eq!(told[&3]["answer"]["format"], "qise/plan");

    let out = inside(room.path(), "tables");
    done(&["dispatch", &journal, "--export", &out]);
    let read = |name: &str| std::fs::read_to_string(inside(Path::new(&out), name)).expect("it is there");
    assert!(read("events.csv").contains("need_held") && read("assignments.csv").starts_with("need,who,"));
    let needs: Vec<Value> = serde_json::from_str(&read("needs.json")).expect("JSON");
    assert_eq!(needs.len(), 13);
    done(&["dispatch", &journal, "--verify"]);
    let schema: Value = serde_json::from_slice(&done(&["schema", "dispatch"]).stdout).expect("JSON");
    assert_eq!(schema["title"], "Dispatch");
}

#[test]
fn a_broken_journal_is_told() {
    let room = folder();
    let (day, journal) = (scenario(room.path()), inside(room.path(), "day.qise"));
    assert_eq!(qise(&["dispatch", &journal]).status.code(), Some(2), "nothing to begin with");
    let mut talk = Talk::start(&[&journal, "--scenario", &day]);
    talk.say(vec![bytes(&json!({"id": 1, "at": "2026-11-24T09:00", "do": "add_need", "need": need(1)}))]);
    talk.rest();
    let other = inside(room.path(), "other.json");
    done(&["generate", "--needs", "5", "--volunteers", "10", "--out", &other]);
    let refused = qise(&["dispatch", &journal, "--scenario", &other]);
    assert!(
        refused.status.code() == Some(4) && err(&refused).contains("another scenario"),
        "{}",
        err(&refused)
    );

    // Everywhere: also in the snapshot that was kept when it was closed.
    let mut changed = std::fs::read(&journal).expect("it is there");
    let places =
        (0..changed.len() - 6).filter(|&at| changed[at..].starts_with(b"call-1")).collect::<Vec<_>>();
    assert!(!places.is_empty(), "the need is in it");
    for at in &places {
        changed[at + 5] = b'2';
    }
    std::fs::write(&journal, changed).expect("it can be written");
    let told = qise(&["dispatch", &journal, "--verify"]);
    assert_eq!(told.status.code(), Some(1), "{}", err(&told));
    assert!(err(&told).contains("broken at entry 3"), "{}", err(&told));
}

/// Random numbers that follow from a seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

const COMMANDS: usize = 300;

/// What a client says, each by a key of its own.
fn command(n: usize) -> Value {
    let at = format!("2026-11-24T09:{:02}:{:02}", n / 60, n % 60);
    let mut line = match n % 3 {
        0 => json!({"do": "add_need", "need": need(n)}),
        1 => json!({"do": "position", "who": format!("v{:05}", 1 + n % 40), "lat": 38.84, "lon": 105.7}),
        _ => {
            let until = "2026-11-24T16:00";
            json!({"do": "hold", "need": format!("call-{}", n - 2), "reason": "weather", "until": until})
        }
    };
    (line["id"], line["key"], line["at"]) = (json!(n), json!(format!("k-{n}")), json!(at));
    line
}

/// What was heard from the program: the entry of each command, and the last that was acknowledged.
#[derive(Default)]
struct Heard {
    known: BTreeMap<u64, u64>,
    acknowledged: u64,
}

impl Heard {
    fn hear(&mut self, told: &Value) {
        if let Some(seq) = told["durable"].as_u64() {
            self.acknowledged = self.acknowledged.max(seq);
            return;
        }
        let (id, seq) = (told["id"].as_u64().expect("an id"), told["seq"].as_u64());
        let seq = seq.unwrap_or_else(|| panic!("it is carried out: {told}"));
        let before = self.known.insert(id, seq);
        assert!(
            before.is_none_or(|before| before == seq || before > self.acknowledged),
            "command {id} was entry {before:?} and is {seq}; {} are acknowledged",
            self.acknowledged
        );
    }

    /// How many of the first commands are acknowledged.
    fn done(&self) -> usize {
        let is_done = |n: &usize| self.known.get(&(*n as u64)).is_some_and(|seq| *seq <= self.acknowledged);
        (0..COMMANDS).take_while(is_done).count()
    }
}

/// A day that is killed again and again until all has been said, but at most so often: how often it was.
fn killed(most: u64, dice: &mut Dice) -> u64 {
    let room = folder();
    let (day, journal) = (scenario(room.path()), inside(room.path(), "day.qise"));
    let every = (3 + dice.below(40)).to_string();
    let mut heard = Heard::default();
    let mut kills = 0;
    loop {
        let mut talk = Talk::start(&[&journal, "--scenario", &day, "--snapshot-every", &every]);
        // what was not acknowledged, and a few that were
        let first = heard.done().saturating_sub(5);
        let is_last = kills == most || first + 5 >= COMMANDS;
        talk.say((first..COMMANDS).map(|n| bytes(&command(n))).collect());
        let patience = if is_last { u64::MAX } else { dice.below(40) };
        let mut lines = 0;
        while lines < patience {
            let Some(told) = talk.next() else { break };
            heard.hear(&told);
            lines += 1;
        }
        if is_last {
            assert!(talk.child.wait().expect("it ends").success());
            break;
        }
        // in the middle of whatever it does
        thread::sleep(Duration::from_micros(dice.below(4000)));
        talk.child.kill().expect("it runs, or has just ended");
        talk.child.wait().expect("it ends");
        // what it had said is said
        while let Some(told) = talk.next() {
            heard.hear(&told);
        }
        kills += 1;
    }
    assert_eq!((heard.known.len(), heard.done()), (COMMANDS, COMMANDS));
    done(&["dispatch", &journal, "--verify"]);
    let out = inside(room.path(), "tables");
    done(&["dispatch", &journal, "--export", &out]);
    let events = std::fs::read_to_string(inside(Path::new(&out), "events.json")).expect("it is there");
    let events: Vec<Value> = serde_json::from_str(&events).expect("JSON");
    for (what, kind) in [("need_added", 0), ("position", 1), ("need_held", 2)] {
        let mut times = BTreeMap::<&str, usize>::new();
        for event in events.iter().filter(|event| event["what"] == what) {
            *times.entry(event["key"].as_str().unwrap_or("none")).or_default() += 1;
        }
        times.remove("none");
        let said = (0..COMMANDS).filter(|n| n % 3 == kind).count();
        assert!(times.len() == said && times.values().all(|&times| times == 1), "{what}: {times:?}");
    }
    kills
}

#[test]
fn nothing_acknowledged_is_lost_and_nothing_is_done_twice_when_it_is_killed() {
    let number =
        |name: &str, else_it_is| std::env::var(name).map_or(else_it_is, |n| n.parse().expect("a number"));
    let (most, seed): (u64, u64) = (number("QISE_KILLS", 6), number("QISE_SEED", 1));
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ seed);
    let mut kills = 0;
    while kills < most {
        kills += killed(most - kills, &mut dice);
    }
}

#[test]
fn others_are_answered_while_the_plan_is_made_anew_and_so_is_whoever_has_said_all() {
    let room = folder();
    let (day, journal) = (scenario(room.path()), inside(room.path(), "day.qise"));
    let at = |clock: &str| format!("2026-11-24T{clock}");
    let mut talk = Talk::start(&[&journal, "--scenario", &day]);
    talk.say(vec![
        bytes(&json!({"id": 1, "at": at("07:00"), "do": "replan", "limit_s": 1.5, "most_changes": 2})),
        bytes(&json!({"id": 2, "at": at("07:00"), "do": "add_need", "need": need(1)})),
        bytes(&json!({"id": 3, "ask": "need", "need": "call-1"})),
    ]);
    let lines = talk.rest();
    let place = |id: u64| lines.iter().position(|line| line["id"] == id).expect("an answer");
    assert!(place(2) < place(3) && place(3) < place(1), "{lines:?}");
    let (answers, durable) = sorted(&lines);
    assert!(
        answers[&1]["outcome"]["changes"]["merged"].as_u64().is_some_and(|merged| merged > 0),
        "{lines:?}"
    );
    assert_eq!(Some(durable), answers[&1]["seq"].as_u64());
}
