//! Pieces: what they show, and what they leave out.

use qise::explain::{Depth, reasons};
use qise::{Lang, Stop};
use qise_io::generate::GenerateOptions;
use qise_view::{coverage_piece, fairness_piece, frontier_piece, plan_piece, remedies_piece};
use serde_json::{Value, json};

use crate::support::{Case, elements, generated, many, read, solved};

fn drawn(case: &Case, lang: Lang) -> String {
    plan_piece(&case.scenario, &case.plan, &case.evaluation, &[], lang)
}

#[test]
fn both_languages_have_the_same_elements_and_the_same_bytes_again() {
    let case = solved(read("tiny"));
    let (en, zh) = (drawn(&case, Lang::En), drawn(&case, Lang::Zh));
    assert_eq!(elements(&en), elements(&zh));
    assert!(en.starts_with("<div lang=\"en\"") && zh.starts_with("<div lang=\"zh-CN\""));
    assert_eq!(en, drawn(&case, Lang::En));
}

#[test]
fn every_visit_and_every_need_that_is_left_can_be_pointed_at() {
    let case = solved(read("tiny"));
    let told = reasons(&case.scenario.problem, &case.plan, Depth::Quick, &Stop::never());
    let piece = plan_piece(&case.scenario, &case.plan, &case.evaluation, &told, Lang::En);
    for need in case.scenario.problem.needs() {
        assert!(piece.contains(&format!("({})\n", need.key)), "{}", need.key);
    }
    assert!(piece.contains("not served · "));
    for volunteer in case.scenario.problem.volunteers() {
        assert!(piece.contains(volunteer.name.as_ref().unwrap_or(&volunteer.key)), "{}", volunteer.key);
    }
}

#[test]
fn bases_are_named_by_their_teams_and_idle_people_have_a_row() {
    let mut case = solved(read("day"));
    let route = case.plan.routes.remove(0);
    case.plan.unserved.extend(route.visits.iter().map(|visit| visit.need));
    let piece = drawn(&case, Lang::En);
    elements(&piece);
    let teams = case.scenario.problem.teams().iter().filter(|team| team.base.is_some());
    let named =
        teams.filter(|team| piece.contains(&format!(">{}</text>", team.name.as_ref().expect("named"))));
    assert!(named.count() >= 8);
    assert!(piece.contains("on duty, no visit") && piece.contains("on duty without a visit"));
}

#[test]
fn many_routes_and_needs_are_cut_and_counted() {
    let case = many();
    let piece = drawn(&case, Lang::En);
    let routes = case.plan.routes.len();
    assert!(routes > 1000 && piece.contains(&format!("100 of {routes} routes are drawn")));
    assert!(piece.contains("of 10000 needs are drawn on the map"));
    assert!(piece.len() < 3_000_000, "{}", piece.len());
}

#[test]
fn a_plan_may_name_what_is_not_there() {
    let mut case = solved(read("tiny"));
    case.plan.unserved.push(qise::model::NeedId(99));
    case.plan.outsourced.push(qise::model::NeedId(98));
    case.plan.routes[0].visits[0].need = qise::model::NeedId(97);
    let mut stray = case.plan.routes[0].clone();
    stray.unit = qise::model::UnitId(96);
    stray.company.push(qise::model::UnitId(95));
    case.plan.routes.push(stray);
    elements(&drawn(&case, Lang::En));
}

#[test]
fn several_days_of_one_person_are_one_row() {
    let options = GenerateOptions { needs: 60, volunteers: 20, teams: 4, days: 5, ..Default::default() };
    let case = solved(generated(&options));
    let piece = drawn(&case, Lang::Zh);
    elements(&piece);
    let timeline = &piece[piece.find("qise-timeline").expect("a timeline")..];
    let on_duty = case.scenario.problem.volunteers().iter().filter(|volunteer| !volunteer.shifts.is_empty());
    for volunteer in on_duty {
        let name = volunteer.name.as_ref().unwrap_or(&volunteer.key);
        assert_eq!(timeline.matches(&format!("fill=\"currentColor\">{name}</text>")).count(), 1, "{name}");
    }
}

#[test]
fn reports_of_other_questions_are_drawn_or_refused() {
    let case = solved(read("day"));
    let problem = &case.scenario.problem;
    let fairness = qise_io::report::fairness(problem, &case.plan);
    let options = qise_io::coverage::Options { hours: Some("9".into()), ..Default::default() };
    let coverage = qise_io::coverage::report(&case.scenario, &options, &Stop::never());
    let coverage = coverage.unwrap_or_else(|error| panic!("{}", error.0));
    let map = serde_json::from_str::<Value>(&coverage.to_geojson(problem)).expect("JSON");
    let coverage = coverage.to_json(&case.scenario);
    let frontier = json!({"term": "load", "points": [
        {"weight": 0, "mark": "efficient", "served": 9, "efficiency": [3, 70], "unfairness": 12},
        {"weight": 5, "mark": "dominated", "served": 8, "efficiency": [3, 90], "unfairness": 14},
        {"weight": 9, "mark": "efficient", "served": 8, "efficiency": [3, 95], "unfairness": 4}]});
    let change = json!({"text": "<later>", "text_zh": "延后"});
    let needs = json!([{"need": "n", "remedies": [{"changes": [change], "cost_min": 5, "gain": 3}], "proof": null},
        {"need": "m", "remedies": [], "proof": {}}]);
    let worths = json!([{"change": change, "cost_min": 50, "gain": 2}]);
    for lang in [Lang::En, Lang::Zh] {
        for piece in [
            fairness_piece(&fairness, lang),
            coverage_piece(&coverage, &map, lang),
            frontier_piece(&frontier, lang),
            remedies_piece(&needs, Some(&worths), lang),
        ] {
            let piece = piece.unwrap_or_else(|error| panic!("{error}"));
            assert!(elements(&piece).contains(&"svg") && !piece.contains("NaN"));
        }
    }
    assert!(frontier_piece(&fairness, Lang::En).is_err());
}
