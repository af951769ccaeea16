//! The live service as a program: a conversation, journals without one, and kills at any moment.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;

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

    let file = std::fs::read(&journal).expect("it is there");
    let at = file.windows(6).rposition(|part| part == b"call-1").expect("the need is in it");
    let mut changed = file.clone();
    changed[at + 5] = b'2';
    std::fs::write(&journal, changed).expect("it can be written");
    let told = qise(&["dispatch", &journal, "--verify"]);
    assert_eq!(told.status.code(), Some(1), "{}", err(&told));
    assert!(err(&told).contains("broken at entry 3"), "{}", err(&told));
}

#[test]
fn nothing_acknowledged_is_lost_and_nothing_is_done_twice_when_it_is_killed() {
    let room = folder();
    let (day, journal) = (scenario(room.path()), inside(room.path(), "day.qise"));
    let commands = 120_usize;
    let line = |n: usize| {
        let at = format!("2026-11-24T09:{:02}:{:02}", n / 60, n % 60);
        json!({"id": n, "key": format!("k-{n}"), "at": at, "do": "add_need", "need": need(n)})
    };
    let kills = std::env::var("QISE_KILLS").map_or(6, |kills| kills.parse::<u64>().expect("a number"));
    let mut known = BTreeMap::<u64, u64>::new();
    let mut acknowledged = 0;
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let mut restarted = 0;
    for life in 0..=kills {
        let mut talk = Talk::start(&[&journal, "--scenario", &day]);
        // the first commands of which nothing was heard, and a few that were acknowledged
        let first = known.iter().filter(|&(_, &seq)| seq <= acknowledged).count().saturating_sub(5);
        talk.say((first..commands).map(|n| bytes(&line(n))).collect());
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let patience = if life == kills { usize::MAX } else { (random % 40) as usize };
        let mut heard = 0;
        while heard < patience {
            let Some(told) = talk.next() else { break };
            heard += 1;
            if let Some(seq) = told["durable"].as_u64() {
                acknowledged = acknowledged.max(seq);
            } else {
                let (id, seq) =
                    (told["id"].as_u64().expect("an id"), told["seq"].as_u64().expect("it is carried out"));
                let before = known.insert(id, seq);
                assert!(
                    before.is_none_or(|before| before == seq || before > acknowledged),
                    "command {id} was entry {before:?} and is {seq}; {acknowledged} are acknowledged"
                );
            }
        }
        restarted += usize::from(heard == patience);
        talk.child.kill().expect("it runs");
        talk.child.wait().expect("it ends");
    }
    assert!(restarted > 0 && known.len() == commands);
    done(&["dispatch", &journal, "--verify"]);
    let out = inside(room.path(), "tables");
    done(&["dispatch", &journal, "--export", &out]);
    let events = std::fs::read_to_string(inside(Path::new(&out), "events.json")).expect("it is there");
    let events: Vec<Value> = serde_json::from_str(&events).expect("JSON");
    let added = events.iter().filter(|event| event["what"] == "need_added").count();
    assert_eq!(added, commands, "each need once");
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
