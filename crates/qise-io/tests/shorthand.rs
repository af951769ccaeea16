//! Entries that stand for several needs mean what their schema says.

#![allow(clippy::unwrap_used)] // what cannot be had fails the test

use qise::ProblemData;
use qise::model::{LinkRule, Need, NeedId, Seconds, StartGap, Window};
use qise_io::{read_scenario, schema, write_scenario};

const DOCUMENT: &str = include_str!("data/shorthand.json");
const DAY: i64 = 86_400;

fn data() -> ProblemData {
    read_scenario(DOCUMENT.as_bytes()).unwrap_or_else(|faults| panic!("{faults}")).problem.to_data()
}

fn need<'d>(data: &'d ProblemData, key: &str) -> &'d Need {
    data.needs.iter().find(|need| need.key == key).unwrap_or_else(|| panic!("no {key}"))
}

/// The keys of all ways to do what `key` asks for.
fn ways(data: &ProblemData, key: &str) -> Vec<String> {
    let of = |need: &NeedId| data.needs[need.index()].key.clone();
    let all = data.choices.iter().map(|ways| ways.iter().map(of).collect::<Vec<_>>());
    all.into_iter().find(|ways| ways[0] == key).unwrap_or_default()
}

#[test]
fn either_order_is_two_ways() {
    let data = data();
    assert_eq!(ways(&data, "turn"), ["turn", "turn~2"]);
    let gap = |min, max| [StartGap { from: 0, to: 1, min: Seconds(min), max: Seconds(max) }];
    assert_eq!(need(&data, "turn").gaps, gap(1800, 3600));
    assert_eq!(need(&data, "turn~2").gaps, gap(-3600, -1800));
    // What it comes after, both ways come after; and whichever is taken counts for the last end.
    let this = data.needs.iter().position(|need| need.key == "this").unwrap();
    let after = data.links.iter().filter(|link| link.from == NeedId::new(this));
    let after = after.map(|link| data.needs[link.to.index()].key.as_str());
    assert_eq!(after.collect::<Vec<_>>(), ["meet", "turn", "turn~2"]);
    assert_eq!(data.makespans[0].needs.len(), 2);
}

#[test]
fn a_role_that_may_stay_empty_adds_to_the_priority() {
    let data = data();
    assert_eq!(ways(&data, "spare"), ["spare", "spare~2"]);
    let shape = |key| (need(&data, key).priority, need(&data, key).people());
    assert_eq!((shape("spare"), shape("spare~2")), ((7, 2), (3, 1)));
    // The price of strangers holds for every way of both.
    let priced = |rule| matches!(rule, LinkRule::SamePerson { price: Some(9) });
    assert_eq!(data.links.iter().filter(|link| priced(link.rule)).count(), 4);
}

#[test]
fn one_person_for_two_roles_meets_both() {
    let data = data();
    let one = &need(&data, "both~2").roles;
    assert_eq!((one.len(), one[0].requires.all.len(), one[0].prefers.len()), (1, 2, 1));
    assert_eq!((one[0].service, one[0].min_home_distance.0), (Some(Seconds(1800)), 100));
    assert_eq!(need(&data, "all~2").roles.len(), 3, "turned");
    let all = ways(&data, "all");
    let shapes = all.iter().map(|key| (need(&data, key).people(), need(&data, key).priority));
    // Turned or not: everybody; without the second; without the third, or both; the third by the first, with and without the second.
    let mut shapes = shapes.collect::<Vec<_>>();
    shapes.sort_unstable();
    let twice = |shape| [shape, shape];
    let expected = [(1, 1), (1, 2), (2, 2), (2, 3), (2, 4), (3, 4)];
    assert_eq!(shapes, expected.into_iter().flat_map(twice).collect::<Vec<_>>());
}

#[test]
fn rounds_come_again_on_their_days() {
    let data = data();
    let (first, last) = (need(&data, "round"), need(&data, "round#3"));
    let Window { from, to } = first.stops[0].windows[0];
    let days = |days: i64| Window { from: from + Seconds(days * DAY), to: to + Seconds(days * DAY) };
    assert_eq!(first.stops[0].windows.len(), 1);
    assert_eq!(last.stops[0].windows, [days(13), days(14), days(15)]);
    let by = |need: &Need| need.promise.unwrap().finish_by.unwrap();
    assert_eq!(by(last) - by(first), Seconds(15 * DAY));
    let same = data.links.iter().filter(|link| link.rule == LinkRule::SamePerson { price: Some(50) });
    let pairs = same.map(|link| [link.from, link.to].map(|need| data.needs[need.index()].key.clone()));
    assert_eq!(pairs.collect::<Vec<_>>(), [["round", "round#2"], ["round#2", "round#3"]]);
}

#[test]
fn a_session_covers_every_window() {
    let data = data();
    let counts =
        ["class", "class#2"].map(|key| (need(&data, key).people(), need(&data, key).stops[0].windows.len()));
    assert_eq!(counts, [(3, 1), (3, 1)]);
    assert_eq!(data.links.iter().filter(|link| link.rule == LinkRule::Together).count(), 1);
}

#[test]
fn a_ride_goes_on_to_further_stops() {
    let data = data();
    let ride = need(&data, "ride");
    assert_eq!((ride.stops.len(), ride.max_ride), (3, Some(Seconds(5400))));
    assert_eq!(ride.stops[1].windows, ride.stops[0].windows);
    assert_eq!(ride.stops[2].windows[0].from, ride.stops[0].windows[0].from, "any time from then on");
    assert_eq!(ride.stops.iter().map(|stop| stop.place.0).collect::<Vec<_>>(), [1, 0, 1]);
}

#[test]
fn what_entries_stand_for_is_written_out() {
    let scenario = read_scenario(DOCUMENT.as_bytes()).unwrap();
    let written = write_scenario(&scenario.problem, &scenario.zone);
    let document = serde_json::from_str(&written).unwrap();
    assert!(jsonschema::validator_for(&schema::scenario()).unwrap().is_valid(&document));
    let again = read_scenario(written.as_bytes()).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(again.problem.to_data(), scenario.problem.to_data());
}
