//! Needs that come in one by one are those of the whole document.

use qise::Problem;
use qise::model::{Code, Need, Place};
use qise::query::NeedInput;
use qise_io::datum::Datum;
use qise_io::generate::{GenerateOptions, generate};
use qise_io::time::Zone;
use qise_io::{NeedReader, Scenario, read_scenario, scenario_datum, write_scenario};
use serde_json::{Value, json};

/// A scenario with needs of every kind that can be generated, and its document.
fn scenario(seed: u64) -> (Scenario, Value) {
    let options = GenerateOptions {
        needs: 150,
        volunteers: 200,
        teams: 12,
        crews_percent: 25,
        rides_percent: 25,
        deliveries_percent: 25,
        loans_percent: 15,
        depots: 3,
        vehicles: 5,
        extras_percent: 40,
        days: 2,
        seed,
        ..GenerateOptions::default()
    };
    let problem = Problem::new(generate(&options).expect("the options are good")).expect("it is valid");
    let text = write_scenario(&problem, &Zone::parse("Asia/Shanghai").expect("it is known"));
    let scenario = read_scenario(text.as_bytes()).expect("what is written can be read");
    assert_eq!(scenario_datum(text.as_bytes()), Datum::Wgs84);
    (scenario, serde_json::from_str(&text).expect("it is JSON"))
}

/// Where each stop is, without the keys of places that have no other.
fn places<'a>(problem: &'a Problem, input: &'a NeedInput) -> Vec<Place> {
    let stop = |(s, stop): (usize, &qise::model::Stop)| {
        let own = input.at.get(s).and_then(Option::as_ref);
        let mut place = own.unwrap_or_else(|| problem.place(stop.place)).clone();
        place.key.clear();
        place
    };
    input.need.stops.iter().enumerate().map(stop).collect()
}

fn anywhere(need: &Need) -> Need {
    let mut need = need.clone();
    need.stops.iter_mut().for_each(|stop| stop.place = qise::model::PlaceId(0));
    need
}

#[test]
fn every_need_of_a_document_is_the_same_when_it_comes_alone() {
    for seed in 1..4 {
        let (scenario, document) = scenario(seed);
        let problem = &scenario.problem;
        let reader = NeedReader::new(problem, scenario.zone.clone(), Datum::Wgs84);
        let needs = document["needs"].as_array().expect("there are needs");
        assert!(
            needs.iter().any(|need| need["roles"].is_array())
                && needs.iter().any(|need| need["then"].is_array())
        );
        for (given, need) in needs.iter().zip(problem.needs()) {
            let input = reader.read(problem, given.to_string().as_bytes()).expect("it is a need");
            assert!(input.at.is_empty(), "all places have keys");
            assert_eq!(input.need, *need);

            // the same by coordinates, in another datum
            let reader = NeedReader::new(problem, scenario.zone.clone(), Datum::Gcj02);
            let mut there = given.clone();
            let at = problem.place(need.stops[0].place).at.expect("it has a position");
            let at = Datum::Gcj02.from_wgs84(at);
            there["at"] = json!({ "lat": at.lat(), "lon": at.lon(), "name": "the door" });
            let input = reader.read(problem, there.to_string().as_bytes()).expect("it is a need");
            assert_eq!(anywhere(&input.need), anywhere(need));
            let (mut found, mut meant) = (places(problem, &input), Vec::new());
            meant.extend(places(problem, &NeedInput::from(need.clone())));
            let (found, meant) = (found.swap_remove(0), meant.swap_remove(0));
            assert_eq!(found.name.as_deref(), Some("the door"));
            let (found, meant) = (found.at.expect("it is there"), meant.at.expect("it is there"));
            assert!((found.lat() - meant.lat()).abs() < 1e-8 && (found.lon() - meant.lon()).abs() < 1e-8);
        }
    }
}

#[test]
fn every_fault_is_told_at_once_with_its_path() {
    let (scenario, document) = scenario(1);
    let reader = NeedReader::new(&scenario.problem, scenario.zone.clone(), Datum::Wgs84);
    let given = json!({
        "id": "water-77",
        "at": {"lat": 105.7, "lon": 38.8},
        "service": "PT20M",
        "windows": [
            {"from": "2026-11-24T12:00", "to": "2026-11-24T10:00"},
            {"from": "noon", "to": "2026-11-24T14:00"},
        ],
        "requires": {"all": [{"skill": "flying"}]},
        "recurrence": {"times": 3, "every_days": 7},
        "goods": [{"good": document["goods"][0]["id"], "least": 1, "amount": 3}],
        "colour": "red",
    });
    let faults = reader.read(&scenario.problem, given.to_string().as_bytes()).expect_err("much is wrong");
    let found = faults.0.iter().map(|fault| (fault.path.as_str(), fault.code)).collect::<Vec<_>>();
    assert_eq!(
        found,
        [
            ("$.at.lat", Code::BadCoordinate),
            ("$.goods[0].least", Code::Unsupported),
            ("$.windows[0].to", Code::WindowReversed),
            ("$.windows[1].from", Code::BadTime),
            ("$.requires.all[0].skill", Code::UnknownReference),
            ("$.recurrence", Code::Unsupported),
            ("$.colour", Code::UnknownField),
        ]
    );
    for fault in &faults.0 {
        assert!(fault.message().zh.chars().any(|letter| letter > '\u{4e00}'), "{fault:?}");
    }
    assert!(faults.0[0].hint.en.contains("swapped"));
    for bad in [&b"{"[..], b"[]", b"\xff", b"", b"{\"id\": \"a\", \"id\": \"b\"}"] {
        assert!(reader.read(&scenario.problem, bad).is_err());
    }
}

#[test]
fn what_is_asked_of_the_only_role_is_told_where_it_stands() {
    let (scenario, _) = scenario(1);
    let reader = NeedReader::new(&scenario.problem, scenario.zone.clone(), Datum::Wgs84);
    let who = &scenario.problem.volunteers()[0].key;
    let contradiction = json!({"all": [{"volunteer": who}], "none": [{"volunteer": who}]});
    let need = |role: Value| {
        json!({
            "id": "a", "at": {"lat": 38.8, "lon": 105.7}, "service": "PT20M",
            "windows": [{"from": "2026-11-24T10:00", "to": "2026-11-24T12:00"}],
            "roles": [role],
        })
    };
    let given = need(json!({"count": 1, "service": "PT30M", "requires": contradiction}));
    let faults = reader.read(&scenario.problem, given.to_string().as_bytes()).expect_err("nobody can");
    assert!(faults.0[0].path.starts_with("$.roles[0].requires"), "{faults}");
}
