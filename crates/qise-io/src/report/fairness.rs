//! Fairness, as data.

use qise::Problem;
use qise::fairness::{
    Evenness, Frontier, Group, Load, Point, by_area, by_category, by_project, evenness, load,
};
use qise::plan::Plan;
use serde_json::{Value, json};

use crate::words;

/// Fairness of a plan as data: load person by person, service by area, by category and by project, each with how evenly it lies. Shares are numbers, 1
/// for the whole.
pub fn fairness(problem: &Problem, plan: &Plan) -> Value {
    let groups = |groups: &[Group]| json!({ "groups": groups.iter().map(|one| group(problem, one)).collect::<Vec<_>>(), "evenness": even(&evenness(groups)) });
    json!({
        "load": loads(problem, &load(problem, plan)),
        "areas": groups(&by_area(problem, plan)),
        "categories": groups(&by_category(problem, plan)),
        "projects": groups(&by_project(problem, plan)),
    })
}

/// The points of a frontier as data, without their plans.
pub fn frontier(frontier: &Frontier) -> Value {
    let points = frontier.points.iter().map(point).collect::<Vec<_>>();
    json!({ "term": frontier.term.as_str(), "points": points })
}

fn point(point: &Point) -> Value {
    let terms =
        point.evaluation.score.terms.iter().map(|(term, value)| (term.as_str().to_owned(), json!(value)));
    json!({
        "weight": point.weight,
        "mark": point.mark.as_str(),
        "valid": point.evaluation.is_valid(),
        "served": point.plan.served(),
        "efficiency": point.efficiency,
        "unfairness": point.unfairness,
        "load": even(&point.load),
        "terms": terms.collect::<serde_json::Map<_, _>>(),
        "iterations": point.statistics.iterations,
    })
}

fn loads(problem: &Problem, load: &Load) -> Value {
    let people = load.people.iter().map(|person| {
        let volunteer = problem.volunteer(person.volunteer);
        json!({
            "volunteer": volunteer.key,
            "name": volunteer.name,
            "worked_before_s": person.before.worked.0,
            "offered_before_s": person.before.offered.0,
            "worked_s": person.worked.0,
            "offered_s": person.offered.0,
            "share": person.share.as_f64(),
        })
    });
    let key =
        |person: Option<&qise::fairness::PersonLoad>| person.map(|p| &problem.volunteer(p.volunteer).key);
    json!({
        "people": people.collect::<Vec<_>>(),
        "evenness": even(&load.evenness),
        "least_used": key(load.least_used()),
        "most_used": key(load.most_used()),
    })
}

fn even(evenness: &Evenness) -> Value {
    json!({
        "count": evenness.count,
        "least": evenness.least.as_f64(),
        "most": evenness.most.as_f64(),
        "range": evenness.range().as_f64(),
        "mean": evenness.mean,
        "variance": evenness.variance,
        "gini": evenness.gini,
        "jain": evenness.jain,
    })
}

fn group(problem: &Problem, group: &Group) -> Value {
    let name = words::group(problem, group.of);
    json!({
        "id": group.of.key(problem),
        "name": name.en,
        "name_zh": name.zh,
        "residents": group.residents,
        "asked": group.asked,
        "served": group.served,
        "outsourced": group.outsourced,
        "share_served": group.share_served().map(qise::fairness::Share::as_f64),
        "priority": group.priority,
        "priority_served": group.priority_served,
        "share_of_priority": group.share_of_priority().map(qise::fairness::Share::as_f64),
        "mean_wait_s": group.mean_wait().map(|wait| wait.0),
        "longest_wait_s": group.longest.0,
    })
}
