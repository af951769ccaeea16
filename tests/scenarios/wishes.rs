//! What practitioners asked for: overtime, limits of a week, teams that go out, a term in two levels.

use serde_json::{Value, json};

use crate::program::{Outcome, qise, scratch};

/// Half an hour's way from everywhere to everywhere, half an hour's service at each of four doors, and one person for the morning.
fn morning(change: impl FnOnce(&mut Value)) -> Value {
    let places = ["d", "c0", "c1", "c2", "c3"];
    let row = |from: usize| (0..5).map(|to| if from == to { 0 } else { 1800 }).collect::<Vec<_>>();
    let table = (0..5).map(row).collect::<Vec<_>>();
    let need = |id: &str| {
        json!({"id": id, "at": id, "service": "PT30M",
            "windows": [{"from": "2026-11-24T08:00", "to": "2026-11-24T16:00"}]})
    };
    let mut document = json!({
        "format": "qise/scenario", "version": 1, "name": "morning", "time_zone": "Asia/Shanghai",
        "profiles": [{"id": "car", "matrix": {"places": places, "seconds": table, "metres": table}}],
        "places": places.map(|id| json!({"id": id})),
        "volunteers": [{"id": "v", "home": "d",
            "shifts": [{"start": "2026-11-24T08:00", "end": "2026-11-24T12:00"}]}],
        "needs": places[1..].iter().map(|id| need(id)).collect::<Vec<_>>()
    });
    change(&mut document);
    document
}

/// Solves a document, and has its plan judged.
fn solved(name: &str, document: &Value) -> (Outcome, Value) {
    let (path, plan) = (scratch(name), scratch(&format!("plan-{name}")));
    std::fs::write(&path, document.to_string()).expect("writable");
    let outcome = qise(&["solve", &path, "--iterations", "400", "--out", &plan]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let judged = qise(&["check", &path, &plan]);
    assert_eq!(judged.code, 0, "{}", judged.out);
    let plan = std::fs::read_to_string(plan).expect("a plan");
    (outcome, serde_json::from_str(&plan).expect("JSON"))
}

fn served(plan: &Value) -> usize {
    let routes = plan["routes"].as_array().into_iter().flatten();
    routes.map(|route| route["visits"].as_array().map_or(0, Vec::len)).sum()
}

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

/// A morning of two shifts: the first ends with its last visit, or where it is told to, and the second starts there.
fn chained(first_end: &str, needs: Value) -> Value {
    morning(|document| {
        document["volunteers"][0]["shifts"] = json!([
            {"start": "2026-11-24T08:00", "end": "2026-11-24T09:00", "to": first_end},
            {"start": "2026-11-24T09:00", "end": "2026-11-24T10:00", "from": "previous", "to": "anywhere"}
        ]);
        document["needs"] = needs;
    })
}

fn need_at(id: &str, place: &str, from: &str, to: &str) -> Value {
    let time = |clock: &str| format!("2026-11-24T{clock}");
    json!({"id": id, "at": place, "service": "PT30M", "windows": [{"from": time(from), "to": time(to)}]})
}

#[test]
fn a_shift_starts_where_the_one_before_ended() {
    // Whoever is at c0 at nine may go on there at once; from home it takes half an hour.
    let (first, again) = (need_at("first", "c0", "08:00", "08:30"), need_at("again", "c0", "09:00", "09:10"));
    let both = chained("anywhere", json!([first, again]));
    let (outcome, plan) = solved("chained.json", &both);
    assert_eq!((served(&plan), &plan["score"]["terms"]["travel_time"]), (2, &json!(1800)));
    assert_eq!(&plan["routes"][1]["visits"][0]["travel_s"], &json!(0));
    assert!(outcome.out.contains("starts at c0"), "{}", outcome.out);
    // Who has not gone out before starts from home, which nobody calls impossible in every plan.
    let (outcome, plan) = solved("chained-alone.json", &chained("anywhere", json!([again])));
    assert_eq!(served(&plan), 0);
    assert!(outcome.out.contains("not proven impossible"), "{}", outcome.out);
    let late = need_at("late", "c1", "09:00", "09:30");
    let (_, plan) = solved("chained-home.json", &chained("anywhere", json!([late])));
    assert_eq!((served(&plan), &plan["routes"][0]["visits"][0]["travel_s"]), (1, &json!(1800)));
    // Somewhere else than at the last visit.
    let elsewhere = need_at("elsewhere", "c2", "09:00", "09:10");
    let from = |end: &str, name: &str| {
        let mut document = chained(end, json!([need_at("soon", "c0", "07:30", "08:30"), elsewhere]));
        document["volunteers"][0]["shifts"][0]["start"] = json!("2026-11-24T07:00");
        served(&solved(name, &document).1)
    };
    assert_eq!((from("c2", "chained-c2.json"), from("c1", "chained-c1.json")), (2, 1));
}

#[test]
fn a_plan_that_forgets_where_the_shift_before_ended_is_told() {
    let (first, again) = (need_at("first", "c0", "08:00", "08:30"), need_at("again", "c0", "09:00", "09:10"));
    let document = chained("anywhere", json!([first, again]));
    let (_, mut plan) = solved("chained-cut.json", &document);
    plan["routes"].as_array_mut().expect("routes").remove(0);
    plan["unserved"] = json!([{"need": "first"}]);
    plan["score"] = Value::Null;
    let path = scratch("plan-chained-cut.json");
    std::fs::write(&path, plan.to_string()).expect("writable");
    let judged = qise(&["check", &scratch("chained-cut.json"), &path]);
    assert!(judged.code == 1 && judged.out.contains("travel_too_short"), "{}", judged.out);
    // A party is one group from start to end.
    let mut party = document;
    party["volunteers"][0]["shifts"][1]["party"] = json!(true);
    std::fs::write(scratch("chained-party.json"), party.to_string()).expect("writable");
    let outcome = qise(&["solve", &scratch("chained-party.json")]);
    assert!(outcome.code == 3 && outcome.err.contains("shifts[1].party"), "{}", outcome.err);
}

/// Doors to the left and to the right of home, a quarter of an hour away each, and two stations: one at the right door's, one beyond it.
fn on_a_line(at: &Value, change: impl FnOnce(&mut Value)) -> Value {
    let minutes = [("left", -15_i64), ("home", 0), ("right", 15), ("near", 15), ("far", 35)];
    let row = |from: i64| minutes.map(|(_, to)| (from - to).abs() * 60);
    let seconds = minutes.map(|(_, from)| row(from));
    let ids = minutes.map(|(id, _)| id);
    let need = |id: &str, from: &str, to: &str| {
        let time = |clock: &str| format!("2026-11-24T{clock}");
        json!({"id": id, "at": id, "service": "PT1H", "windows": [{"from": time(from), "to": time(to)}]})
    };
    let rest = json!({"earliest": "2026-11-24T09:00", "latest": "2026-11-24T10:30",
        "duration": "PT30M", "at": at});
    let mut document = json!({
        "format": "qise/scenario", "version": 1, "name": "line", "time_zone": "Asia/Shanghai",
        "profiles": [{"id": "foot", "matrix": {"places": ids, "seconds": seconds, "metres": seconds}}],
        "places": ids.map(|id| json!({"id": id})),
        "volunteers": [{"id": "v", "home": "home", "shifts": [
            {"start": "2026-11-24T08:00", "end": "2026-11-24T16:00", "breaks": [rest]}]}],
        "needs": [need("left", "08:15", "08:20"), need("right", "10:45", "12:00")],
        "objective": [[{"term": "unserved"}], [{"term": "travel_time"}]]
    });
    change(&mut document);
    document
}

#[test]
fn a_break_is_taken_at_one_of_its_places() {
    let travel = |plan: &Value| plan["score"]["terms"]["travel_time"].as_i64().map(|travel| travel / 60);
    let place = |plan: &Value| plan["routes"][0]["breaks"][0]["at"].clone();
    let (_, plan) = solved("rest-anywhere.json", &on_a_line(&json!([]), |_| ()));
    assert_eq!((served(&plan), travel(&plan), place(&plan)), (2, Some(60), Value::Null));
    // The station at the door costs nothing.
    let (outcome, plan) = solved("rest-near.json", &on_a_line(&json!(["near", "far"]), |_| ()));
    assert_eq!((served(&plan), travel(&plan), place(&plan)), (2, Some(60), json!("near")));
    assert!(outcome.out.contains("break at near"), "{}", outcome.out);
    // Twenty minutes there, and twenty back.
    let (_, plan) = solved("rest-far.json", &on_a_line(&json!(["far"]), |_| ()));
    assert_eq!((served(&plan), travel(&plan), place(&plan)), (2, Some(100), json!("far")));
    // Nobody is sent out for a break, nor kept from going home before it.
    let alone = on_a_line(&json!(["far"]), |document| {
        document["needs"].as_array_mut().expect("needs").truncate(1);
    });
    let (_, plan) = solved("rest-home.json", &alone);
    assert_eq!((served(&plan), travel(&plan), place(&plan)), (1, Some(30), Value::Null));
    // Where the way leaves no time for it, the need is left: the reason is the break.
    let late = on_a_line(&json!(["far"]), |document| {
        document["needs"] = json!([{"id": "left", "at": "left", "service": "PT2H",
            "windows": [{"from": "2026-11-24T08:20", "to": "2026-11-24T08:30"}]}]);
    });
    let (outcome, plan) = solved("rest-never.json", &late);
    assert_eq!(served(&plan), 0);
    assert!(outcome.out.contains("break"), "{}", outcome.out);
}

#[test]
fn places_of_breaks_that_cannot_be_are_told() {
    let document = on_a_line(&json!(["near", "near", "nowhere"]), |document| {
        document["places"].as_array_mut().expect("places").push(json!({"id": "off"}));
        document["volunteers"][0]["shifts"][0]["breaks"][0]["at"]
            .as_array_mut()
            .expect("places")
            .push(json!("off"));
    });
    let path = scratch("rest-bad.json");
    std::fs::write(&path, document.to_string()).expect("writable");
    let outcome = qise(&["solve", &path]);
    assert_eq!(outcome.code, 3);
    for fault in ["breaks[0].at[1]", "breaks[0].at[2]", "breaks[0].at[3]"] {
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

/// Three minutes from `a` to `b`, where two loads are taken on, and one minute on from there to where they go; ten minutes else.
fn two_loads(unload: &str) -> Value {
    let places = ["d", "a", "b", "x", "y"];
    let way = |from: usize, to: usize| match (from.min(to), from.max(to)) {
        (a, b) if a == b => 0,
        (1, 2) | (3, 4) => 60,
        (1, 4) | (2, 3 | 4) => 900,
        _ => 600,
    };
    let table = (0..5).map(|from| (0..5).map(|to| way(from, to)).collect::<Vec<_>>()).collect::<Vec<_>>();
    let window = json!([{"from": "2026-11-24T08:00", "to": "2026-11-24T11:00"}]);
    let ride = |id: &str, from: &str, to: &str| {
        json!({"id": id, "at": from, "service": "PT1M", "windows": window, "then": [{"at": to, "service": "PT1M"}],
            "load": [{"dimension": "pal", "amount": 1}]})
    };
    json!({
        "format": "qise/scenario", "version": 1, "name": "loads", "time_zone": "Asia/Shanghai",
        "profiles": [{"id": "truck", "matrix": {"places": places, "seconds": table, "metres": table}}],
        "places": places.map(|id| json!({"id": id})), "dimensions": [{"id": "pal"}],
        "volunteers": [{"id": "v", "home": "d", "capacity": [{"dimension": "pal", "amount": 2}], "unload": unload,
            "shifts": [{"start": "2026-11-24T08:00", "end": "2026-11-24T12:00"}]}],
        "needs": [ride("A", "a", "y"), ride("B", "b", "x")]
    })
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
fn nobody_rests_with_passengers_on_board() {
    let of = |only_when_empty: bool| {
        let mut document = two_loads("any_order");
        // A is the only ride, and must wait where it ends; the break falls into that.
        document["needs"].as_array_mut().expect("needs").truncate(1);
        document["needs"][0]["windows"] = json!([{"from": "2026-11-24T08:10", "to": "2026-11-24T08:20"}]);
        document["needs"][0]["then"][0]["windows"] =
            json!([{"from": "2026-11-24T09:00", "to": "2026-11-24T11:00"}]);
        let rest = json!({"earliest": "2026-11-24T08:30", "latest": "2026-11-24T08:50", "duration": "PT10M",
            "only_when_empty": only_when_empty});
        document["volunteers"][0]["shifts"][0]["breaks"] = json!([rest]);
        document
    };
    let (_, plan) = solved("break-any.json", &of(false));
    assert_eq!(plan["routes"][0]["visits"].as_array().map(Vec::len), Some(2));
    let (outcome, plan) = solved("break-empty.json", &of(true));
    assert_eq!(plan["unserved"][0]["need"], json!("A"));
    assert!(outcome.out.contains("kept from it by a break"), "{}", outcome.out);
    let mut later = of(true);
    later["volunteers"][0]["shifts"][0]["breaks"][0]["latest"] = json!("2026-11-24T09:05");
    let (_, plan) = solved("break-later.json", &later);
    assert_eq!(plan["routes"][0]["breaks"][0]["start"], json!("2026-11-24T09:01:00+08:00"), "{plan}");
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
