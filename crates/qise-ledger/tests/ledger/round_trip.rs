//! From a scenario to a ledger and back nothing changes: in memory, as a workbook, and as a folder of tables.

use std::path::Path;

use qise::{Lang, Problem};
use qise_io::generate::{GenerateOptions, generate};
use qise_io::time::Zone;
use qise_io::{Scenario, read_scenario, write_scenario};
use qise_ledger::{Book, Ledger, Sheet, read_frames, read_ledger, write_frames, write_ledger};

fn own(name: &str) -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data").join(name);
    let bytes = std::fs::read(&path).unwrap();
    read_scenario(&bytes).unwrap_or_else(|faults| panic!("{}: {faults}", path.display()))
}

fn words(scenario: &Scenario) -> String {
    write_scenario(&scenario.problem, &scenario.zone)
}

/// Fails where a book does not hold a scenario, and shows the first line that is another.
fn must_hold(book: &Book, scenario: &Scenario, what: &str) {
    must_be(&read_ledger(book, "台账").unwrap_or_else(|faults| panic!("{what}: {faults}")), scenario, what);
}

fn must_be(again: &Ledger, scenario: &Scenario, what: &str) {
    let (before, after) = (words(scenario), words(&again.scenario));
    let differs = before.lines().zip(after.lines()).find(|(before, after)| before != after);
    assert!(differs.is_none(), "{what}: {differs:#?}");
    assert_eq!(before.len(), after.len(), "{what}");
    assert!(again.told.is_empty(), "{what}: {:?}", again.told);
}

fn must_come_back(scenario: &Scenario, what: &str) {
    for lang in [Lang::Zh, Lang::En] {
        let book = write_ledger(scenario, lang);
        must_hold(&book, scenario, &format!("{what}, {lang:?}, in memory"));
        let folder = tempfile::tempdir().unwrap();
        let workbook = folder.path().join("ledger.xlsx");
        book.save(&workbook).unwrap();
        must_hold(&Book::open(&workbook).unwrap(), scenario, &format!("{what}, {lang:?}, workbook"));
        let tables = folder.path().join("tables");
        std::fs::create_dir(&tables).unwrap();
        book.save(&tables).unwrap();
        must_hold(&Book::open(&tables).unwrap(), scenario, &format!("{what}, {lang:?}, tables"));
        let sheets = write_frames(scenario, lang).into_iter().map(|frame| {
            let columns = frame.columns.into_iter().map(|column| (column.name, column.cells));
            Sheet::of_columns(frame.name, columns.collect())
        });
        let frames = Book { sheets: sheets.collect() };
        let what = format!("{what}, {lang:?}, frames");
        must_be(
            &read_frames(&frames, "台账").unwrap_or_else(|faults| panic!("{what}: {faults}")),
            scenario,
            &what,
        );
    }
}

#[test]
fn every_scenario_of_alxa_comes_back() {
    for name in ["day", "fodder", "lending", "rounds", "tiny"] {
        must_come_back(&own(&format!("alxa/{name}.json")), name);
    }
}

#[test]
fn scenarios_of_all_kinds_come_back() {
    for seed in 1..=8 {
        let options = GenerateOptions {
            needs: 12,
            volunteers: 20,
            teams: 3,
            settlements: 3,
            crews_percent: 40,
            rides_percent: 30,
            deliveries_percent: 30,
            loans_percent: 30,
            depots: 2,
            vehicles: 2,
            extras_percent: 80,
            seed,
            ..GenerateOptions::default()
        };
        let problem = Problem::new(generate(&options).unwrap()).unwrap();
        let zone = Zone::parse("Asia/Shanghai").unwrap();
        must_come_back(&Scenario { problem, zone }, &format!("seed {seed}"));
    }
}

#[test]
fn most_of_a_day_stands_in_columns_of_its_own() {
    let scenario = own("alxa/day.json");
    let book = write_ledger(&scenario, Lang::Zh);
    for (sheet, most) in [("需求", 35), ("志愿者", 10)] {
        let sheet = book.sheets.iter().find(|known| known.name == sheet).unwrap();
        let more = sheet.rows[0].iter().position(|cell| cell == &qise_ledger::Cell::Text("更多".into()));
        let filled = more.map_or(0, |more| {
            sheet.rows[1..]
                .iter()
                .filter(|row| row.get(more).is_some_and(|cell| *cell != qise_ledger::Cell::Empty))
                .count()
        });
        assert!(filled <= most, "{}: {filled} rows of {} need JSON", sheet.name, sheet.rows.len() - 1);
    }
}

#[test]
fn the_ledger_of_the_day_is_the_day() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/alxa/day.xlsx");
    must_hold(&Book::open(&path).unwrap(), &own("alxa/day.json"), "day.xlsx");
}
