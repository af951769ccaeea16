//! A small land, and a client that speaks in lines.

use qise::Problem;
use qise_dispatch::{Asked, Dispatch, Line, Settings, Start};
use qise_io::datum::Datum;
use qise_io::generate::{GenerateOptions, generate};
use qise_io::time::Zone;
use qise_io::{read_scenario, write_scenario};
use qise_journal::{Journal, MemoryJournal};
use serde_json::{Value, json};
use std::sync::{Arc, LazyLock, Mutex};

/// What every line must be.
static SCHEMA: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
    let schema = qise_dispatch::schema();
    assert!(jsonschema::meta::is_valid(&schema));
    jsonschema::validator_for(&schema).expect("it is a schema")
});

fn must_be_in_schema(line: &Value) {
    let faults = SCHEMA.iter_errors(line).map(|fault| fault.to_string()).collect::<Vec<_>>();
    assert!(faults.is_empty(), "{line}: {faults:?}");
}

/// Four people and two needs, on one morning.
pub(crate) fn morning() -> Start {
    start(&morning_document())
}

/// The service that begins with a scenario document.
pub(crate) fn start(document: &Value) -> Start {
    let scenario = read_scenario(document.to_string().as_bytes()).expect("it is a scenario");
    Start::new(scenario, Datum::Wgs84)
}

pub(crate) fn morning_document() -> Value {
    let people = [
        ("bat", 105.660, "water"),
        ("saran", 105.670, "water"),
        ("qimuge", 105.700, "tea"),
        ("narin", 105.720, "tea"),
    ];
    let volunteers = people.map(|(id, lon, skill)| {
        json!({
            "id": id, "name": format!("{id} of the camp"), "home": {"lon": lon, "lat": 38.83},
            "skills": [{"skill": skill}],
            "shifts": [{"start": "2026-11-24T08:00", "end": "2026-11-24T18:00"}],
        })
    });
    json!({
        "format": "qise/scenario", "version": 1, "name": "a morning",
        "time_zone": "Asia/Shanghai", "datum": "WGS-84",
        "places": [{"id": "the well", "lon": 105.68, "lat": 38.84}],
        "skills": [{"id": "water"}, {"id": "tea"}],
        "volunteers": volunteers,
        "needs": [
            need("wood-1", "2026-11-24T09:00", "2026-11-24T12:00"),
            need("wood-2", "2026-11-24T09:00", "2026-11-24T12:00"),
        ],
    })
}

pub(crate) fn need(id: &str, from: &str, to: &str) -> Value {
    json!({
        "id": id, "at": "the well", "service": "PT20M",
        "windows": [{"from": from, "to": to}],
    })
}

/// A day of many needs of all kinds.
pub(crate) fn day(seed: u64) -> Start {
    let options = GenerateOptions {
        needs: 40,
        volunteers: 60,
        teams: 6,
        crews_percent: 20,
        rides_percent: 15,
        deliveries_percent: 0,
        seed,
        ..GenerateOptions::default()
    };
    let problem = Problem::new(generate(&options).expect("good options")).expect("a valid problem");
    let text = write_scenario(&problem, &Zone::parse("Asia/Shanghai").expect("a zone"));
    Start::new(read_scenario(text.as_bytes()).expect("it can be read"), Datum::Wgs84)
}

/// A journal that can be looked into while the service has it.
#[derive(Clone, Default)]
pub(crate) struct Shared(pub(crate) Arc<Mutex<MemoryJournal>>);

impl Shared {
    pub(crate) fn of(journal: MemoryJournal) -> Self {
        Self(Arc::new(Mutex::new(journal)))
    }
}

macro_rules! through {
    ($($name:ident(&self $(, $arg:ident: $kind:ty)*) -> $out:ty;)*) => {
        $(fn $name(&self $(, $arg: $kind)*) -> $out {
            self.0.lock().expect("nobody panics").$name($($arg),*)
        })*
    };
}

impl Journal for Shared {
    through!(
        format(&self) -> u32;
        head(&self) -> Result<qise_journal::Head, qise_journal::JournalError>;
        read(&self, after: u64, to: u64, most: usize) -> Result<Vec<qise_journal::Entry>, qise_journal::JournalError>;
        find_key(&self, key: &str) -> Result<Option<qise_journal::Known>, qise_journal::JournalError>;
        latest_snapshot(&self) -> Result<Option<qise_journal::Snapshot>, qise_journal::JournalError>;
        pending(&self, after: Option<qise_journal::NoticeId>, most: usize) -> Result<Vec<qise_journal::Notice>, qise_journal::JournalError>;
        verify(&self, anchors: &[qise_journal::Head]) -> Result<qise_journal::Report, qise_journal::JournalError>;
    );

    fn commit(&mut self, changes: qise_journal::Changes<'_>) -> Result<(), qise_journal::JournalError> {
        self.0.lock().expect("nobody panics").commit(changes)
    }

    fn put_snapshot(&mut self, seq: u64, format: u32, body: &[u8]) -> Result<(), qise_journal::JournalError> {
        self.0.lock().expect("nobody panics").put_snapshot(seq, format, body)
    }
}

/// A client of a service whose journal is in memory.
pub(crate) struct Client {
    pub(crate) live: Dispatch,
    pub(crate) journal: Shared,
    pub(crate) zone: Zone,
    next: u64,
}

impl Client {
    pub(crate) fn new(start: Start) -> Self {
        Self::open(Shared::default(), Some(start))
    }

    pub(crate) fn open(journal: Shared, start: Option<Start>) -> Self {
        Self::open_with(journal, start, Settings::default())
    }

    pub(crate) fn open_with(journal: Shared, start: Option<Start>, settings: Settings) -> Self {
        let live = Dispatch::open(journal.clone(), start, settings).expect("it opens");
        let zone = live.zone().expect("it is not broken");
        Self { live, journal, zone, next: 0 }
    }

    /// Says a line and reads the answer.
    pub(crate) fn say(&mut self, mut line: Value) -> Value {
        self.next += 1;
        line["id"] = json!(self.next);
        let answer = self.bytes(line.to_string().as_bytes());
        assert_eq!(answer["id"], self.next, "{answer}");
        if answer["error"].is_null() {
            must_be_in_schema(&line);
        }
        answer
    }

    pub(crate) fn bytes(&mut self, line: &[u8]) -> Value {
        let line = Line::read(line, &self.zone);
        let answer = match &line.asked {
            Ok(Asked::Submit(submit)) => {
                self.live.submit(submit).map(|answer| qise_dispatch::answered(&line.id, &answer))
            }
            Ok(Asked::Question(question)) => {
                self.live.reader().ask(question).map(|answer| qise_dispatch::told(&line.id, &answer))
            }
            Err(refusal) => Err(refusal.clone()),
        };
        let answer = answer.unwrap_or_else(|refusal| qise_dispatch::refused(&line.id, &refusal));
        let answer = serde_json::from_str(&answer).expect("an answer is JSON");
        must_be_in_schema(&answer);
        answer
    }

    /// Gives a command at a time of the day and must get an outcome.
    pub(crate) fn must(&mut self, clock: &str, mut command: Value) -> Value {
        command["at"] = json!(format!("2026-11-24T{clock}"));
        let answer = self.say(command.clone());
        assert!(answer["error"].is_null(), "{command}: {answer}");
        answer["outcome"].clone()
    }

    /// Gives a command and must be refused: the code.
    pub(crate) fn refused(&mut self, clock: &str, mut command: Value) -> String {
        command["at"] = json!(format!("2026-11-24T{clock}"));
        let answer = self.say(command.clone());
        for field in ["text", "text_zh"] {
            assert!(
                answer["error"][field].as_str().is_some_and(|text| !text.is_empty()),
                "{command}: {answer}"
            );
        }
        answer["error"]["code"].as_str().expect("a code").to_owned()
    }

    pub(crate) fn ask(&mut self, question: Value) -> Value {
        let answer = self.say(question.clone());
        assert!(answer["error"].is_null(), "{question}: {answer}");
        answer["answer"].clone()
    }

    pub(crate) fn state(&mut self, need: &str) -> String {
        self.ask(json!({"ask": "need", "need": need}))["state"].as_str().unwrap_or("none").to_owned()
    }

    /// The answers to every question, for comparison.
    pub(crate) fn everything(&mut self, needs: &[String], people: &[String]) -> Vec<Value> {
        let mut all = Vec::new();
        for need in needs {
            for ask in ["need", "audit", "rank"] {
                all.push(self.ask(json!({"ask": ask, "need": need})));
            }
        }
        for who in people {
            all.push(self.ask(json!({"ask": "person", "who": who})));
        }
        all.push(self.ask(json!({"ask": "plan"})));
        let mut status = self.ask(json!({"ask": "status"}));
        for moving in ["durable", "memory", "rebuilds"] {
            status[moving] = Value::Null;
        }
        all.push(status);
        all
    }

    /// The same service, opened anew from its journal.
    pub(crate) fn reopened(&self) -> Self {
        Self::open(Shared::of(self.written()), None)
    }

    /// The same service, opened anew from its entries alone.
    pub(crate) fn folded(&self) -> Self {
        self.folded_with(Settings::default().snapshot_every(0))
    }

    fn folded_with(&self, settings: Settings) -> Self {
        let mut bare = MemoryJournal::default();
        for entry in qise_journal::entries(&self.written(), 0, u64::MAX) {
            bare.append(&[entry.expect("it can be read")]).expect("it is the next");
        }
        Self::open_with(Shared::of(bare), None, settings)
    }

    /// All that is in the journal once everything is durable.
    fn written(&self) -> MemoryJournal {
        let last = self.live.reader().as_of().expect("it is not broken");
        let wait = std::time::Duration::from_secs(20);
        assert!(self.live.wait_durable(last, wait).expect("the journal works"));
        self.journal.0.lock().expect("nobody panics").clone()
    }

    /// The same service, opened anew from a snapshot of the state as it is.
    pub(crate) fn restored(&self) -> Self {
        let copy = self.folded_with(Settings::default());
        copy.live.close().expect("the journal works");
        let last = self.live.reader().as_of().expect("it is not broken");
        assert_eq!(copy.snapshot().map(|snapshot| snapshot.of.seq), Some(last));
        copy.reopened()
    }

    /// The newest snapshot.
    pub(crate) fn snapshot(&self) -> Option<qise_journal::Snapshot> {
        self.journal.latest_snapshot().expect("it can be read")
    }
}
