//! How two plans differ, as data.

use qise::compare::{Difference, Duty, NeedChange, Part, PersonChange};
use qise::model::NeedId;
use qise::{Problem, Text};
use serde_json::{Map, Value, json};

use crate::CheckedPlan;
use crate::time::Zone;
use crate::words;

/// A difference as data: validity of both plans, score level by level and term by term, needs and people; times in `zone`. `checked` is what
/// the judge says of the documents of the old plan and of the new one.
pub fn difference(
    problem: &Problem,
    zone: &Zone,
    difference: &Difference,
    checked: [&CheckedPlan; 2],
) -> Value {
    let levels = difference.levels().map(|(old, new)| change(old, new)).collect::<Vec<_>>();
    let terms = difference.terms().map(|(term, old, new)| (term.as_str().to_owned(), change(old, new)));
    let needs = difference.needs.iter().map(|change| need(problem, zone, change)).collect::<Vec<_>>();
    let people = difference.people.iter().map(|change| person(problem, zone, change)).collect::<Vec<_>>();
    json!({
        "empty": difference.is_empty(),
        "better": match difference.better() {
            std::cmp::Ordering::Less => "new",
            std::cmp::Ordering::Equal => "equal",
            std::cmp::Ordering::Greater => "old",
        },
        "old": judged(zone, checked[0]),
        "new": judged(zone, checked[1]),
        "levels": levels,
        "terms": terms.collect::<Map<_, _>>(),
        "needs": needs,
        "people": people,
    })
}

fn change(old: i64, new: i64) -> Value {
    json!({ "old": old, "new": new, "difference": new.saturating_sub(old) })
}

fn judged(zone: &Zone, checked: &CheckedPlan) -> Value {
    let violations = checked.findings.iter().map(|violation| {
        let Text { en, zh } = zone.tell(&violation.message());
        json!({ "path": violation.path, "rule": violation.rule.as_str(), "message": en, "message_zh": zh })
    });
    json!({ "valid": checked.is_valid(), "violations": violations.collect::<Vec<_>>() })
}

fn need(problem: &Problem, zone: &Zone, change: &NeedChange) -> Value {
    let need = problem.need(change.need);
    let Text { en, zh } = words::need_change(problem, change, |time| zone.format(time));
    let parts = |parts: &[Part]| parts.iter().map(|p| part(problem, zone, p)).collect::<Vec<_>>();
    json!({
        "need": need.key,
        "name": need.name,
        "priority": need.priority,
        "change": change.change.as_str(),
        "moved_s": change.moved_by().map(|by| by.0),
        "text": en,
        "text_zh": zh,
        "old": parts(&change.old),
        "new": parts(&change.new),
    })
}

fn part(problem: &Problem, zone: &Zone, part: &Part) -> Value {
    json!({
        "need": problem.need(part.need).key,
        "role": part.role,
        "stop": part.stop,
        "volunteer": problem.volunteer(part.volunteer).key,
        "shift": part.shift,
        "vehicle": part.vehicle.map(|vehicle| &problem.vehicle(vehicle).key),
        "along": part.along,
        "start": zone.format(part.start),
        "end": zone.format(part.end),
    })
}

fn person(problem: &Problem, zone: &Zone, change: &PersonChange) -> Value {
    let volunteer = problem.volunteer(change.volunteer);
    let Text { en, zh } = words::person_change(problem, change);
    let keys = |needs: &[NeedId]| needs.iter().map(|&n| problem.need(n).key.clone()).collect::<Vec<_>>();
    let duty = |duty: &Duty| {
        json!({
            "visits": duty.visits,
            "work_s": duty.work.0,
            "travel_s": duty.travel.0,
            "distance_m": duty.distance.0,
            "departure": duty.departure.map(|time| zone.format(time)),
            "finish": duty.finish.map(|time| zone.format(time)),
        })
    };
    json!({
        "volunteer": volunteer.key,
        "name": volunteer.name,
        "text": en,
        "text_zh": zh,
        "takes_on": keys(&change.takes_on),
        "gives_up": keys(&change.gives_up),
        "old": duty(&change.old),
        "new": duty(&change.new),
    })
}
