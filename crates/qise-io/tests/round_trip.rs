//! What is written is read back as it was: scenarios, plans, previous plans; and both agree with the published schemas.

#![allow(clippy::unwrap_used)] // what cannot be had fails the test

use qise::Stop;
use qise::explain::{Depth, reasons};
use qise::model::{
    Code, Load, Previous, Quality, RouteEnd, Rule, Seconds, StartGap, TeamId, Term, Time, TravelRule,
    VolunteerId,
};
use qise::plan::{Plan, Rest, Route, Visit, evaluate};
use qise_io::time::{Zone, parse_time};
use qise_io::{
    PlanNotes, Scenario, StatedScore, check_plan, read_plan, read_previous, read_scenario,
    read_scenario_data, schema, write_plan, write_scenario,
};
use serde_json::{Value, json};

const RICH: &str = include_str!("data/rich_scenario.json");

fn rich() -> Scenario {
    read_scenario(RICH.as_bytes()).unwrap_or_else(|faults| panic!("{faults}"))
}

fn at(words: &str) -> Time {
    parse_time(words, Some(&Zone::parse("Asia/Shanghai").unwrap())).unwrap()
}

fn assert_valid(schema: &Value, document: &str) {
    let document: Value = serde_json::from_str(document).unwrap();
    let validator = jsonschema::validator_for(schema).unwrap();
    let errors = validator.iter_errors(&document).map(|error| format!("{}: {error}", error.instance_path()));
    assert_eq!(errors.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn a_scenario_means_what_it_says() {
    let data = rich().problem.to_data();
    assert_eq!(data.places[0].setup, Seconds(300));
    assert_eq!(data.categories.len(), 9);
    assert_eq!((&*data.categories[4].name.en, &*data.categories[4].colour), ("health visits", "#A0A0A0"));
    assert_eq!(data.categories[7].name.zh, "mountain rescue");
    assert_eq!(data.categories[8].name.en, "无名");

    // Explicit places first, then those by coordinates in the order in which they are met; equal ones are one place.
    assert_eq!(
        data.places.iter().map(|place| place.key.as_str()).take(2).collect::<Vec<_>>(),
        ["office", "hall"]
    );
    assert_eq!(data.places.len(), 8);
    // Those have keys by what they are in WGS-84, however the document gives them: in short, or exactly where that is taken.
    for place in &data.places[3..] {
        let (at, name) =
            (place.at.unwrap(), place.name.as_ref().map_or(String::new(), |name| format!(" {name}")));
        let short = format!("@{:.5},{:.5}{name}", at.lat(), at.lon());
        let exact = format!("@{},{}{name}", at.lat(), at.lon());
        assert!(place.key == short || place.key == exact, "{}", place.key);
    }
    assert_eq!(data.places[3].name.as_deref(), Some("stable"));
    assert_eq!(data.volunteers[1].home, data.volunteers[2].home);
    let office = data.places[0].at.unwrap();
    assert!((office.lon() - 105.66488).abs() > 1e-3, "coordinates are taken from GCJ-02 to WGS-84");

    let qimuge = &data.volunteers[0];
    assert_eq!(qimuge.teams, [TeamId(1), TeamId(0)]);
    assert_eq!(data.volunteers[1].teams, [TeamId(0)], "named as a member by the team");
    assert_eq!(qimuge.holds[0].expires, Some(at("2027-01-01T00:00")), "a date is the end of its day");
    assert_eq!(qimuge.shifts.iter().map(|shift| shift.day).collect::<Vec<_>>(), [20_781, 20_781, 20_782]);
    assert_eq!(qimuge.shifts[1].to, RouteEnd::Anywhere);
    assert_eq!(qimuge.pace_permille, 1200);
    let amounts = |loads: &[Load]| loads.iter().map(|l| (l.dimension.0, l.amount)).collect::<Vec<_>>();
    assert_eq!(amounts(&qimuge.capacity), [(1, 4), (0, 1_000_000_000_000)]);
    assert_eq!(amounts(&data.needs[0].roles[0].load), [(0, 25), (1, 0)]);
    assert_eq!(qimuge.ledger.offered, Seconds(5 * 86_400));
    let TravelRule::Matrix(matrix) = &data.profiles[2].rule else { panic!("a matrix") };
    assert_eq!(matrix.seconds, [0, 600, 720, u32::MAX]);

    // A crew: two alike, one who may come a little sooner, and one together with the first.
    let crew = &data.needs[3];
    assert_eq!(crew.roles.iter().map(|role| role.count).collect::<Vec<_>>(), [2, 1, 1]);
    assert_eq!(
        crew.roles.iter().map(|role| role.service).collect::<Vec<_>>(),
        [None, Some(Seconds(1200)), None]
    );
    assert_eq!(crew.gaps, [StartGap { from: 0, to: 1, min: Seconds(-600), max: Seconds(1800) }]);
    assert!(crew.roles.iter().all(|role| role.requires.none == [Quality::Volunteer(VolunteerId(2))]));

    // Pairs are a part of their need.
    assert_eq!(data.needs[1].roles[0].requires.none, [Quality::Volunteer(VolunteerId(1))]);
    assert!(data.needs[1].roles[0].prefers[0].wanted);
    assert!(!data.needs[2].roles[0].prefers[0].wanted);
    assert_eq!(data.objective.levels[1][0].weight, 3);
}

#[test]
fn a_scenario_is_read_back_as_it_was_written() {
    let Scenario { problem, zone } = rich();
    assert_valid(&schema::scenario(), RICH);
    let written = write_scenario(&problem, &zone);
    assert_valid(&schema::scenario(), &written);
    // What a document gives by coordinates has no id of its own; what looks like one is a place with an id all the same.
    assert_eq!(written.matches('@').count(), RICH.matches('@').count(), "{written}");
    let again = read_scenario(written.as_bytes()).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(again.problem.to_data(), problem.to_data());
    assert_eq!(again.zone, zone);
    assert_eq!(write_scenario(&again.problem, &again.zone), written);
    assert_eq!(read_scenario_data(written.as_bytes()).unwrap().data, problem.to_data());

    // In another zone the times read differently, but are the same.
    let there = Zone::parse("-03:30").unwrap();
    let elsewhere = read_scenario(write_scenario(&problem, &there).as_bytes()).unwrap();
    assert_eq!(elsewhere.problem.needs(), problem.needs());
}

#[test]
fn a_scenario_without_profiles_has_a_car() {
    let document = json!({
        "format": "qise/scenario", "version": 1, "name": "", "datum": "WGS-84",
        "volunteers": [{"id": "v", "home": {"lon": 1, "lat": 2}, "profile": "car", "shifts": []}],
        "needs": [],
    });
    let problem = read_scenario(document.to_string().as_bytes()).unwrap().problem;
    assert_eq!(problem.profiles()[0].key, "car");
    let again = read_scenario(write_scenario(&problem, &Zone::utc()).as_bytes()).unwrap().problem;
    assert_eq!(again.to_data(), problem.to_data());
}

/// A plan by hand: one visit, one break, the other needs left.
fn plan(scenario: &Scenario) -> Plan {
    let need = scenario.problem.need_ids().nth(1).unwrap();
    let mut unserved = scenario.problem.need_ids().collect::<Vec<_>>();
    unserved.remove(1);
    let visit = Visit {
        need,
        role: 0,
        stop: 0,
        arrival: at("2026-11-24T09:00"),
        start: at("2026-11-24T09:00"),
        end: at("2026-11-24T09:00"),
    };
    let rest = Rest::new(at("2026-11-24T09:30"), Seconds(900));
    let route = Route {
        unit: scenario.problem.unit_ids().next().unwrap(),
        company: vec![],
        departure: at("2026-11-24T08:00"),
        visits: vec![visit],
        calls: vec![],
        breaks: vec![rest],
        finish: at("2026-11-24T11:00"),
    };
    Plan { routes: vec![route], unserved, ..Plan::empty(&scenario.problem) }
}

#[test]
fn a_plan_is_read_back_as_it_was_written() {
    let scenario = rich();
    let Scenario { problem, zone } = &scenario;
    let plan = plan(&scenario);
    let evaluation = evaluate(problem, &plan);
    let reasons = reasons(problem, &plan, Depth::Proven, &Stop::never());
    let notes = PlanNotes {
        reasons: &reasons,
        figures: [("served".to_owned(), json!(1))].into(),
        statistics: [("iterations".to_owned(), json!({"total": 12}))].into(),
    };
    let written = write_plan(problem, zone, &plan, &evaluation, &notes);
    assert_valid(&schema::plan(), &written);
    let read = read_plan(problem, zone, written.as_bytes()).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(read.plan, plan);
    let stated = read.score.clone().unwrap();
    assert_eq!(stated.levels, Some(evaluation.score.levels.clone()));
    assert_eq!(stated.terms, evaluation.score.terms.iter().collect::<Vec<_>>());
    let checked = check_plan(problem, &read);
    assert_eq!(checked.findings.len(), evaluation.violations.len(), "nothing is stated that is not so");
    assert_eq!(checked.evaluation, evaluation);
    let json: Value = serde_json::from_str(&written).unwrap();
    assert_eq!(json["unserved"][0]["need"], "visit-1");
    assert!(json["unserved"][0]["reason"]["text_zh"].as_str().is_some_and(|words| !words.is_empty()));
    assert_eq!(json["routes"][0]["departure"], "2026-11-24T08:00:00+08:00");
}

#[test]
fn a_plan_by_hand_needs_no_score() {
    let scenario = rich();
    let document = json!({
        "format": "qise/plan", "version": 1,
        "routes": [{
            "volunteer": "nobody", "departure": "2026-11-24T08:00", "finish": "2026-11-24T10:00Z",
            "visits": [{"need": "visit-3", "arrival": "2026-11-24T09:00", "start": "2026-11-24T09:00", "end": "2026-11-24T10:00"}]
        }],
        "unserved": [{"need": "visit-1"}, {"need": "visit-2"}]
    });
    let read = read_plan(&scenario.problem, &scenario.zone, document.to_string().as_bytes()).unwrap();
    assert_eq!(read.score, None);
    assert_eq!(read.plan.routes[0].visits[0].start, at("2026-11-24T09:00"));
    assert_eq!(read.plan.unserved.len(), 2);
}

#[test]
fn a_wrong_score_is_a_violation() {
    let scenario = rich();
    let plan = plan(&scenario);
    let score = evaluate(&scenario.problem, &plan).score;
    let mut levels = score.levels.clone();
    levels[1] += 1;
    let mut document = qise_io::PlanDocument {
        plan,
        score: Some(StatedScore { levels: Some(levels), terms: vec![(Term::Distance, -1), (Term::Late, 0)] }),
        ..qise_io::PlanDocument::default()
    };
    let wrong = |document: &qise_io::PlanDocument| {
        let found = check_plan(&scenario.problem, document).findings;
        let found = found.into_iter().filter(|finding| finding.rule == Rule::WrongScore);
        found.map(|finding| finding.path).collect::<Vec<_>>()
    };
    assert_eq!(wrong(&document), ["$.score.levels[1]", "$.score.terms.distance"]);
    document.score = Some(StatedScore { levels: Some(vec![]), terms: vec![] });
    assert_eq!(wrong(&document), ["$.score.levels"]);
}

#[test]
fn a_plan_becomes_the_previous_one() {
    let scenario = rich();
    let Scenario { problem, zone } = &scenario;
    let visit =
        |need: &str, start: &str| json!({"need": need, "arrival": start, "start": start, "end": start});
    let mut document = json!({
        "format": "qise/plan", "version": 1,
        "routes": [
            {"volunteer": "nobody", "departure": "2026-11-24T08:00", "finish": "2026-11-24T10:00",
             "visits": [visit("visit-3", "2026-11-24T09:00"), visit("withdrawn", "2026-11-24T09:30")]},
            {"volunteer": "left", "departure": "2026-11-24T08:00", "finish": "2026-11-24T10:00",
             "visits": [visit("visit-2", "2026-11-24T09:00")]},
        ],
    });
    let prices =
        Previous { reassign_price: 4, retime_price: 1, tolerance: Seconds(60), ..Previous::default() };
    let read = read_previous(problem, zone, document.to_string().as_bytes(), &prices).unwrap();
    assert_eq!(read.previous.assignments.len(), 1);
    assert_eq!(read.previous.assignments[0].volunteer, VolunteerId(2));
    assert_eq!(read.previous.reassign_price, 4);
    let gone = read.gone.iter().map(|fault| fault.path.as_str()).collect::<Vec<_>>();
    assert_eq!(gone, ["$.routes[0].visits[1].need", "$.routes[1].volunteer"]);
    assert!(problem.with_previous(Some(read.previous)).is_ok());

    document["routes"][1]["visits"][0]["need"] = json!("visit-3");
    let faults = read_previous(problem, zone, document.to_string().as_bytes(), &prices).unwrap_err();
    assert_eq!((faults.0.len(), faults.0[0].code), (1, Code::DuplicateEntry));
}

#[test]
fn a_plan_is_drawn_on_a_map() {
    let scenario = rich();
    let map: Value =
        serde_json::from_str(&qise_io::geojson::plan(&scenario.problem, &scenario.zone, &plan(&scenario)))
            .unwrap();
    let features = map["features"].as_array().unwrap();
    let kinds =
        features.iter().map(|feature| feature["properties"]["kind"].as_str().unwrap()).collect::<Vec<_>>();
    assert_eq!(kinds, ["route", "visit", "unserved", "unserved", "unserved", "depot", "depot"]);
    assert_eq!(features[0]["geometry"]["type"], "LineString");
    assert_eq!(features[0]["geometry"]["coordinates"].as_array().unwrap().len(), 3);
    assert_eq!(features[0]["properties"]["stroke"], "#A0A0A0");
    assert_eq!(features[0]["properties"]["departure"], "2026-11-24T08:00:00+08:00");
    assert_eq!(features[2]["properties"]["marker-color"], "#A0A0A0");
    let hall = scenario.problem.places()[1].at.unwrap();
    assert_eq!(features[1]["geometry"]["coordinates"], json!([hall.lon(), hall.lat()]));
}
