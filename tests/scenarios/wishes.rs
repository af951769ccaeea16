//! What practitioners asked for: overtime, limits of a week, teams that go out, a term in two levels.

use serde_json::{Value, json};

use crate::program::{qise, scratch};
use crate::small::{morning, served, solved, two_loads};

#[test]
fn a_shift_ends_late_for_a_price_and_no_later_than_it_may() {
    let overtime = |most: &'static str, weight: u32| {
        morning(|document| {
            document["volunteers"][0]["shifts"][0]["overtime"] = json!({"most": most});
            document["objective"] = json!([
                [{"term": "unserved", "weight": 3000}, {"term": "overtime", "weight": weight}]
            ]);
        })
    };
    // Three doors and home take three hours and a half, the fourth one more hour.
    let (_, plan) = solved("overtime-none.json", &morning(|_| ()));
    assert_eq!(served(&plan), 3);
    let (outcome, plan) = solved("overtime.json", &overtime("PT1H", 1));
    assert_eq!((served(&plan), &plan["score"]["levels"]), (4, &json!([1800])));
    assert!(outcome.out.contains("30 min overtime"), "{}", outcome.out);
    let (_, plan) = solved("overtime-dear.json", &overtime("PT1H", 2));
    assert_eq!((served(&plan), &plan["score"]["levels"]), (3, &json!([3000])), "it does not pay");
    let (_, plan) = solved("overtime-short.json", &overtime("PT29M", 1));
    assert_eq!(served(&plan), 3, "a hard limit");
    // What is worked in overtime is work.
    let limited = morning(|document| {
        document["volunteers"][0]["shifts"][0]["overtime"] = json!({"most": "PT1H"});
        document["volunteers"][0]["per_day"] = json!({"work": "PT4H"});
    });
    assert_eq!(served(&solved("overtime-work.json", &limited).1), 3);
}

#[test]
fn overtime_that_makes_no_sense_is_told() {
    let document = morning(|document| {
        document["volunteers"][0]["shifts"] = json!([
            {"start": "2026-11-24T08:00", "end": "2026-11-24T12:00", "overtime": {"most": "PT2H"}},
            {"start": "2026-11-24T13:00", "end": "2026-11-24T17:00", "overtime": {}, "party": true},
            {"start": "2026-11-24T18:00", "end": "2026-11-24T19:00", "overtime": {"most": "PT1H"}, "party": true}
        ]);
    });
    let path = scratch("overtime-bad.json");
    std::fs::write(&path, document.to_string()).expect("writable");
    let outcome = qise(&["solve", &path]);
    assert_eq!(outcome.code, 3);
    for fault in ["shifts[1].start", "shifts[1].overtime.most", "shifts[2].party"] {
        assert!(outcome.err.contains(fault), "{fault}: {}", outcome.err);
    }
}

#[test]
fn somebody_comes_so_often_in_a_week_only() {
    let day =
        |day: u32| json!({"start": format!("2026-11-{day}T08:00"), "end": format!("2026-11-{day}T12:00")});
    let of = |visits: u32| {
        morning(|document| {
            // A Friday, a Sunday, and the Monday of the next week.
            document["volunteers"][0]["shifts"] = json!([day(20), day(22), day(23)]);
            document["volunteers"][0]["per_week"] = json!({"visits": visits});
            for (need, day) in
                document["needs"].as_array_mut().expect("needs").iter_mut().zip([20, 20, 22, 23])
            {
                need["windows"] = json!([{
                    "from": format!("2026-11-{day}T08:00"), "to": format!("2026-11-{day}T10:00")
                }]);
            }
        })
    };
    let (_, plan) = solved("week-2.json", &of(2));
    assert_eq!(served(&plan), 3, "two by Sunday, and one on Monday");
    assert_eq!(served(&solved("week-3.json", &of(3)).1), 4);
    let (outcome, plan) = solved("week-0.json", &of(0));
    assert_eq!(served(&plan), 0);
    assert!(outcome.out.contains("beyond their own visits of a week"), "{}", outcome.out);
}

#[test]
fn figures_and_fairness_are_told_by_project() {
    let document = morning(|document| {
        document["projects"] =
            json!([{"id": "spring", "name": "春季走访", "owner": "民政局"}, {"id": "idle"}]);
        document["needs"][0]["project"] = json!("spring");
        document["needs"][1]["project"] = json!("spring");
        document["needs"][1]["windows"] = json!([{"from": "2026-11-24T05:00", "to": "2026-11-24T06:00"}]);
    });
    let (outcome, _) = solved("projects.json", &document);
    assert!(outcome.out.contains("needs served by project\n    春季走访  1 / 2\n"), "{}", outcome.out);
    let fairness = qise(&["fairness", &scratch("projects.json"), &scratch("plan-projects.json")]);
    assert!(fairness.out.contains("Service by project"), "{}", fairness.out);
    let report = qise(&["fairness", &scratch("projects.json"), &scratch("plan-projects.json"), "--json"]);
    let report: Value = serde_json::from_str(&report.out).expect("JSON");
    let groups = report["projects"]["groups"].as_array().expect("groups");
    let told =
        groups.iter().map(|group| (group["id"].as_str(), group["asked"].as_u64(), group["served"].as_u64()));
    assert_eq!(told.collect::<Vec<_>>(), [(Some("spring"), Some(2), Some(1)), (None, Some(2), Some(2))]);
    let astray = morning(|document| document["needs"][0]["project"] = json!("summer"));
    let path = scratch("projects-bad.json");
    std::fs::write(&path, astray.to_string()).expect("writable");
    let outcome = qise(&["solve", &path]);
    assert!(outcome.code == 3 && outcome.err.contains("$.needs[0].project"), "{}", outcome.err);
}

#[test]
fn a_need_names_the_vehicles_or_kinds_of_vehicle_that_may_serve_it() {
    let document = |first: Value, second: Value| {
        morning(|document| {
            let mut bike = document["profiles"][0].clone();
            bike["id"] = json!("bike");
            document["profiles"].as_array_mut().expect("profiles").push(bike);
            document["vehicles"] = json!([{"id": "truck", "at": "d"}]);
            document["needs"].as_array_mut().expect("needs").truncate(2);
            (document["needs"][0]["vehicle"], document["needs"][1]["vehicle"]) = (first, second);
        })
    };
    let (_, plan) = solved("truck.json", &document(json!("truck"), json!(["bike", "truck"])));
    assert_eq!((served(&plan), &plan["routes"][0]["vehicle"]), (2, &json!("truck")));
    let (_, plan) = solved("car.json", &document(json!(["car"]), Value::Null));
    assert_eq!(served(&plan), 2, "the truck moves as a car does, and so does the person alone");
    let (outcome, plan) = solved("bike.json", &document(json!("truck"), json!("bike")));
    assert_eq!(served(&plan), 1);
    assert!(outcome.out.contains("without a vehicle that may serve"), "{}", outcome.out);
}

#[test]
fn what_was_loaded_last_is_unloaded_first() {
    let order = |plan: &Value| {
        let visits = plan["routes"][0]["visits"].as_array().expect("visits").iter();
        visits.map(|visit| visit["need"].as_str().expect("a need").to_owned()).collect::<Vec<_>>()
    };
    let (_, plan) = solved("unload-any.json", &two_loads("any_order"));
    let (any, first) = (order(&plan), plan["score"]["terms"]["travel_time"].as_i64());
    let (_, plan) = solved("unload.json", &two_loads("last_in_first_out"));
    let (nested, last) = (order(&plan), plan["score"]["terms"]["travel_time"].as_i64());
    assert!(any[0] != any[3] && nested[0] == nested[3], "{any:?} {nested:?}");
    assert!(first < last, "{first:?} {last:?}");
}

#[test]
fn so_many_members_of_a_team_go_out_at_least() {
    let of = |least: Value| {
        morning(|document| {
            let who = |id: &str| {
                json!({"id": id, "home": "d", "teams": ["guard"],
                    "shifts": [{"start": "2026-11-24T08:00", "end": "2026-11-24T12:00"}]})
            };
            document["volunteers"] = json!([who("v"), who("w"), who("x")]);
            document["teams"] = json!([{"id": "guard", "least_people": least}]);
            document["needs"].as_array_mut().expect("needs").truncate(2);
        })
    };
    let people = |plan: &Value| plan["routes"].as_array().map(Vec::len);
    // Another person costs 6000, half an hour's way 21,240, and somebody missing ten times the price.
    let (_, plan) = solved("least-none.json", &of(Value::Null));
    assert_eq!(people(&plan), Some(1));
    let (_, plan) = solved("least-2.json", &of(json!({"count": 2})));
    assert_eq!((people(&plan), served(&plan)), (Some(2), 2));
    let (_, plan) = solved("least-cheap.json", &of(json!({"count": 2, "price": 50})));
    assert_eq!((people(&plan), &plan["score"]["terms"]["preferences"]), (Some(1), &json!(50)));
    let (_, plan) = solved("least-dear.json", &of(json!({"count": 2, "price": 50_000})));
    assert_eq!((people(&plan), &plan["score"]["terms"]["preferences"]), (Some(2), &json!(0)));
    // Two doors are not enough for three people: all that can be said is that one is missing.
    let path = scratch("least-3.json");
    std::fs::write(&path, of(json!({"count": 3})).to_string()).expect("writable");
    let outcome = qise(&["solve", &path, "--iterations", "400", "--out", &scratch("plan-least-3.json")]);
    assert_eq!(outcome.code, 1, "{}", outcome.err);
    assert!(
        outcome.err.contains("fewer members of the team go out than must: guard: 2 of 3"),
        "{}",
        outcome.err
    );
    let judged = qise(&["check", &path, &scratch("plan-least-3.json")]);
    assert!(judged.code == 1 && judged.out.contains("too_few_people"), "{}", judged.out);
}

#[test]
fn fewer_teams_go_out_where_teams_count() {
    let of = |teams: u32| {
        morning(|document| {
            document["teams"] = json!([{"id": "a"}, {"id": "b"}]);
            let who = |id: &str, team: &str, home: &str| {
                json!({"id": id, "home": home, "teams": [team],
                    "shifts": [{"start": "2026-11-24T08:00", "end": "2026-11-24T10:00"}]})
            };
            document["volunteers"] = json!([who("v", "a", "c0"), who("w", "b", "c1"), who("x", "a", "d")]);
            document["needs"].as_array_mut().expect("needs").truncate(2);
            document["objective"] = json!([
                [{"term": "unserved"}], [{"term": "teams", "weight": teams}, {"term": "travel_time"}]
            ]);
        })
    };
    let teams = |plan: &Value| plan["score"]["terms"]["teams"].as_i64();
    let (_, plan) = solved("teams.json", &of(4000));
    assert_eq!((served(&plan), teams(&plan)), (2, Some(1)));
    let (_, plan) = solved("teams-cheap.json", &of(1));
    assert_eq!((served(&plan), teams(&plan)), (2, Some(2)), "both stay at their own door");
}

#[test]
fn a_term_counts_in_two_levels_with_other_partners() {
    let document = |levels: Value| {
        morning(|document| {
            document["objective"] = levels;
            let needs = document["needs"].as_array_mut().expect("needs");
            needs.truncate(2);
            for need in needs {
                need["promise"] = json!({"start_by": "2026-11-24T08:30"});
            }
        })
    };
    let both = json!([[{"term": "unserved"}, {"term": "late"}], [{"term": "unserved"}]]);
    let (_, plan) = solved("levels.json", &document(both));
    assert_eq!((served(&plan), &plan["score"]["levels"]), (2, &json!([1, 0])), "late rather than never");
    let other = json!([[{"term": "unserved"}, {"term": "late"}], [{"term": "late"}]]);
    let (_, plan) = solved("levels-late.json", &document(other));
    assert_eq!((served(&plan), &plan["score"]["levels"]), (1, &json!([1, 0])), "never rather than late");
}
