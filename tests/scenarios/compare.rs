//! Plans compared, plans made by hand, fairness: from the command line.

use std::fs;

use qise::model::{
    Code, LatLon, Need, Place, PlaceId, Profile, ProfileId, Rounding, Seconds, Shift, Time, TravelRule,
    Volunteer, Window,
};
use qise::{Problem, ProblemData};
use qise_io::time::Zone;
use serde_json::{Value, json};

use crate::program::{Outcome, qise, scenario, scratch};

fn written(name: &str, text: impl AsRef<[u8]>) -> String {
    let path = scratch(name);
    fs::write(&path, text).expect("scratch");
    path
}

fn ok(args: &[&str]) -> String {
    let Outcome { code, out, err } = qise(args);
    assert_eq!((code, err.as_str()), (0, ""), "{args:?}: {out}");
    out
}

fn data(args: &[&str]) -> Value {
    serde_json::from_str(&ok(&[args, &["--json"]].concat())).expect("JSON")
}

/// The best plan of the four needs and two people.
fn best(name: &str) -> String {
    let path = scratch(name);
    ok(&["solve", &scenario("alxa/tiny.json"), "--iterations", "200", "--quiet", "--out", &path]);
    path
}

#[test]
fn a_plan_made_in_a_table_is_the_plan_worked_out_by_hand() {
    let (tiny, best) = (scenario("alxa/tiny.json"), best("compare_best.json"));
    let table = "\u{feff}需求,志愿者,开始,备注\nn-lamp,高峰,,\nn-water,v-gao-feng,9:40,先敲门\n蒙古语宣讲,斯琴,2026/11/24 10:30,\n";
    for (name, text) in [
        ("compare_hand.csv", table.to_owned()),
        ("compare_hand.tsv", table.replace(',', "\t")),
        (
            "compare_en.csv",
            "need,volunteer\nn-lamp,v-gao-feng\nn-water,v-gao-feng\nn-talk,v-siqin\nn-boiler,\n".to_owned(),
        ),
    ] {
        let hand = written(name, text);
        let difference = data(&["diff", &tiny, &best, &hand]);
        assert_eq!(difference["empty"], true, "{difference:#}");
        assert_eq!(difference["new"]["valid"], true);
        let same = ok(&["diff", &tiny, &best, &hand]);
        assert!(
            same.contains("not stated, filled in as early as possible")
                && same.contains("the two plans are the same"),
            "{same}"
        );
    }
}

#[test]
fn a_document_may_leave_times_out() {
    let (tiny, best) = (scenario("alxa/tiny.json"), best("compare_times.json"));
    let hand = json!({
        "format": "qise/plan", "version": 1,
        "routes": [
            {"volunteer": "v-gao-feng", "visits": [{"need": "n-lamp"}, {"need": "n-water", "start": "2026-11-24T09:40"}]},
            {"volunteer": "v-siqin", "visits": [{"need": "n-talk"}]},
        ],
        "unserved": [{"need": "n-boiler"}],
    });
    let hand = written("compare_document.json", hand.to_string());
    assert_eq!(data(&["diff", &tiny, &best, &hand])["empty"], true);
    let checked = data(&["check", &tiny, &hand]);
    assert_eq!((&checked["valid"], &checked["filled"]), (&json!(true), &json!(12)));
    assert!(ok(&["check", &tiny, &hand, "--lang", "zh"]).contains("未写明的时刻 12 处"));
    // What is no plan to come back to is refused: the told starts of a previous plan must be stated.
    let previous = qise(&["solve", &tiny, "--previous", &hand, "--iterations", "1", "--quiet"]);
    assert_eq!(previous.code, 3);
    assert!(previous.err.contains("missing_field"), "{}", previous.err);
}

#[test]
fn a_difference_says_who_goes_instead_and_what_it_costs() {
    let (tiny, best) = (scenario("alxa/tiny.json"), best("compare_diff.json"));
    // 斯琴 brings the water at the last moment, and nobody mends the lamp.
    let hand =
        written("compare_worse.csv", "need,volunteer,start\nn-water,v-siqin,9:35\nn-talk,v-siqin,10:31\n");
    let words = ok(&["diff", &tiny, &best, &hand]);
    for part in [
        "the old plan scores better",
        "old plan: valid",
        "new plan: invalid, 1 violation",
        "outside_window",
        "lost: 1 need",
        "no longer served; was 高峰 at 09:00",
        "other people: 1 need",
        "斯琴 instead of 高峰, 09:40 → 09:35, 5 min sooner",
        "moved in time: 1 need",
        "10:30 → 10:31, 1 min later",
        "stays at home: 2 visits fewer",
        "people sent out",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
    let chinese = ok(&["diff", &tiny, &best, &hand, "--lang", "zh"]);
    for part in ["原方案得分更好", "由 斯琴 代替 高峰", "提前 5 分钟", "不再服务：1 项需求", "不再出动"]
    {
        assert!(chinese.contains(part), "{part}: {chinese}");
    }
    let difference = data(&["diff", &tiny, &best, &hand]);
    let priority = &difference["terms"]["unserved_priority"];
    assert_eq!(priority, &json!({"old": 3, "new": 8, "difference": 5}));
    assert_eq!(difference["terms"]["people"]["difference"], -1);
    let [old, new] = [&best, &hand].map(|plan| {
        let checked = qise(&["check", &tiny, plan, "--json"]);
        serde_json::from_str::<Value>(&checked.out).expect("JSON")
    });
    for (term, change) in difference["terms"].as_object().expect("terms") {
        assert_eq!(
            (&change["old"], &change["new"]),
            (&old["score"]["terms"][term], &new["score"]["terms"][term]),
            "{term}"
        );
    }
    let changes = difference["needs"].as_array().expect("needs");
    let of = |need: &str| changes.iter().find(|change| change["need"] == need).expect("changes");
    assert_eq!(of("n-lamp")["change"], "lost");
    assert_eq!(of("n-water")["change"], "other_people");
    assert_eq!((&of("n-talk")["change"], &of("n-talk")["moved_s"]), (&json!("moved"), &json!(60)));
}

#[test]
fn what_is_wrong_with_a_table_is_told_all_at_once() {
    let tiny = scenario("alxa/tiny.json");
    let table = "need,volunteer,start,role,shift\nn-lmp,v-gao-feng,9:00,,\nn-lamp,nobody,25:00,,\nn-water,v-siqin,25:00,1,7\n,v-siqin,,,\n";
    let Outcome { code, err, .. } = qise(&["check", &tiny, &written("compare_bad.csv", table)]);
    assert_eq!(code, 3);
    for part in [
        "6 faults",
        "line 2, need: unknown_reference",
        "did you mean \"n-lamp\"",
        "line 3, volunteer: unknown_reference",
        "line 4, start: bad_time",
        "line 4, role: out_of_range",
        "line 4, shift: out_of_range",
        "line 5, need: missing_field",
    ] {
        assert!(err.contains(part), "{part}: {err}");
    }
    for (name, text, part) in [
        ("compare_head.csv", &b"need,volunter\nn-lamp,v-siqin\n"[..], "did you mean \"volunteer\""),
        ("compare_gbk.csv", &b"\xd0\xe8\xc7\xf3,x\n"[..], "CSV UTF-8"),
        ("compare_empty.csv", &b"\n\n"[..], "an empty table"),
        ("compare_twice.csv", "need,需求,volunteer\n".as_bytes(), "duplicate_field"),
        ("compare_none.csv", &b"volunteer\n"[..], "a column headed need"),
    ] {
        let Outcome { code, err, .. } = qise(&["check", &tiny, &written(name, text)]);
        assert!(code == 3 && err.contains(part), "{name}: {err}");
    }
}

#[test]
fn shifts_beyond_the_calendar_have_no_time_of_day() {
    let place = |key| Place::new(key, LatLon::new(38.8, 105.6).expect("on the globe"));
    let mut data = ProblemData::new("far");
    data.places = vec![place("home")];
    let rule =
        TravelRule::GreatCircle { metres_per_hour: 1000, detour_permille: 1000, rounding: Rounding::Up };
    data.profiles = vec![Profile { key: "foot".into(), name: None, rule }];
    for (key, start) in [("far", 900_000_000_000_000), ("long", -100)] {
        let mut who = Volunteer::new(key, PlaceId(0), ProfileId(0));
        who.shifts = vec![Shift::new(Time(start), Time(start + 900_000_000_000), 0)];
        data.volunteers.push(who);
    }
    data.needs = vec![Need::new("n", PlaceId(0), Window { from: Time(0), to: Time(10) }, Seconds(5))];
    let problem = Problem::new(data).expect("times within limits");
    for who in ["far", "long"] {
        let table = format!("need,volunteer,start\nn,{who},9:30\n");
        let read = qise_io::read_plan_table(&problem, &Zone::utc(), table.as_bytes());
        // The first days of the long shift are within the calendar.
        let faults = read.map_or_else(|faults| faults.0, |_| Vec::new());
        let codes = faults.iter().map(|fault| fault.code).collect::<Vec<_>>();
        assert_eq!(codes, if who == "far" { vec![Code::BadTime] } else { vec![] });
        let table = format!("need,volunteer\nn,{who}\n");
        let plan = qise_io::read_plan_table(&problem, &Zone::utc(), table.as_bytes())
            .expect("no start is asked for");
        assert_eq!(plan.plan.served(), 1);
    }
}

#[test]
fn an_empty_table_serves_nobody() {
    let tiny = scenario("alxa/tiny.json");
    let checked = data(&["check", &tiny, &written("compare_nobody.csv", "需求,志愿者\n")]);
    assert_eq!(checked["score"]["levels"], json!([0, 14, 0, 0]));
}

#[test]
fn tables_know_crews_rides_and_shifts() {
    let (made, plan) = (scratch("compare_made.json"), scratch("compare_made_plan.json"));
    let sizes = ["--needs", "60", "--volunteers", "150", "--teams", "8", "--days", "2"];
    ok(&[&["generate"], &sizes[..], &["--crews", "40", "--rides", "30", "--out", &made]].concat());
    ok(&["solve", &made, "--iterations", "20", "--quiet", "--out", &plan]);
    let document: Value = serde_json::from_slice(&fs::read(&plan).expect("a plan")).expect("JSON");
    // The same visits as a table: of a ride whose stops nothing parts one row for all, shifts found again by the start.
    let mut table = "志愿者,需求,开始,角色,停靠点\n".to_owned();
    let (mut roles, mut rides, mut shifts) = (0, 0, 0);
    for route in document["routes"].as_array().expect("routes") {
        shifts += route["shift"].as_u64().expect("a shift");
        let visits = route["visits"].as_array().expect("visits");
        for (v, visit) in visits.iter().enumerate() {
            let number = |field: &str| visit[field].as_u64().unwrap_or(0);
            let stops = visits.iter().filter(|other| other["need"] == visit["need"]).count();
            let first = v.saturating_sub(number("stop") as usize);
            let together = visits[first..].iter().take(stops).all(|other| other["need"] == visit["need"]);
            if together && number("stop") > 0 {
                rides += 1;
                continue;
            }
            roles += usize::from(number("role") > 0);
            let text = |value: &Value| value.as_str().expect("text").to_owned();
            let (who, need, start) = (text(&route["volunteer"]), text(&visit["need"]), text(&visit["start"]));
            let stop = if together { String::new() } else { number("stop").to_string() };
            let row = [who, need, start, number("role").to_string(), stop].join(",");
            table.extend([row.as_str(), "\n"]);
        }
    }
    assert!(
        roles > 5 && rides > 2 && shifts > 2,
        "{roles} in other roles, {rides} stops, {shifts} in later shifts"
    );
    let difference = data(&["diff", &made, &plan, &written("compare_made.csv", table)]);
    let changes = difference["needs"].as_array().expect("needs");
    // A later stop of a ride is as early as can be, and the plan may have it later.
    let stays = |change: &Value| change["change"] == "moved" && change["moved_s"] == 0;
    assert!(changes.iter().all(stays), "{changes:#?}");
    // A table tells no breaks: only those may be missing.
    let violations = difference["new"]["violations"].as_array().cloned().unwrap_or_default();
    assert!(violations.iter().all(|v| v["rule"] == "break_missing"), "{:#}", difference["new"]);
}

#[test]
fn fairness_of_the_plan_worked_out_by_hand() {
    let (tiny, best) = (scenario("alxa/tiny.json"), best("fairness_best.json"));
    let report = data(&["fairness", &tiny, &best]);
    // 75 of 180 minutes, 90 of 240.
    let people = report["load"]["people"].as_array().expect("people");
    let shares = people.iter().map(|p| p["share"].as_f64().expect("a share")).collect::<Vec<_>>();
    assert!((shares[0] - 75.0 / 180.0).abs() < 1e-6 && (shares[1] - 0.375).abs() < 1e-6, "{shares:?}");
    let even = &report["load"]["evenness"];
    let close = |value: &Value, is: f64| {
        assert!((value.as_f64().expect("a number") - is).abs() < 1e-5, "{value} {is}");
    };
    close(&even["range"], 75.0 / 180.0 - 0.375);
    // |a − b| / (2 (a + b)) of two people.
    close(&even["gini"], (75.0 / 180.0 - 0.375) / (2.0 * (75.0 / 180.0 + 0.375)));
    assert_eq!(
        (&report["load"]["most_used"], &report["load"]["least_used"]),
        (&json!("v-gao-feng"), &json!("v-siqin"))
    );
    let purple = report["categories"]["groups"].as_array().expect("groups");
    let purple = purple.iter().find(|group| group["id"] == "purple").expect("purple");
    assert_eq!(
        (&purple["asked"], &purple["served"], &purple["priority_served"]),
        (&json!(2), &json!(1), &json!(5))
    );
    let words = ok(&["fairness", &tiny, &best, "--people"]);
    for part in
        ["41.7 %", "37.5 %", "most used", "高峰", "Service by category", "professional support", "no area"]
    {
        assert!(words.contains(part), "{part}: {words}");
    }
    let chinese = ok(&["fairness", &tiny, &best, "--people", "--lang", "zh"]);
    for part in ["基尼系数", "负荷最高", "各类别服务", "专业支撑", "未划区"] {
        assert!(chinese.contains(part), "{part}: {chinese}");
    }
}

#[test]
fn hours_are_booked_for_the_next_plan() {
    let (tiny, best) = (scenario("alxa/tiny.json"), best("fairness_booked.json"));
    let (next, faded) = (scratch("fairness_next.json"), scratch("fairness_faded.json"));
    ok(&["fairness", &tiny, &best, "--book", &next, "--quiet"]);
    ok(&["fairness", &next, &best, "--book", &faded, "--keep", "500", "--quiet"]);
    let before = |path: &str, field: &str| {
        let report = data(&["fairness", path, &best]);
        report["load"]["people"][0][field].as_i64().expect("seconds")
    };
    assert_eq!((before(&next, "worked_before_s"), before(&next, "offered_before_s")), (4500, 10_800));
    assert_eq!(
        (before(&faded, "worked_before_s"), before(&faded, "offered_before_s")),
        (2250 + 4500, 5400 + 10_800)
    );
    let refused = qise(&["fairness", &tiny, &best, "--keep", "500"]);
    assert_eq!(refused.code, 2);
}

#[test]
fn a_frontier_of_the_day() {
    let (day, plot, folder) = (scenario("alxa/day.json"), scratch("frontier.svg"), scratch("frontier"));
    let args = ["frontier", &day, "--weights", "0,5,50", "--iterations", "30", "--threads", "1"];
    let report = data(&[&args[..], &["--plot", &plot, "--plans", &folder]].concat());
    let points = report["points"].as_array().expect("points");
    assert_eq!(points.len(), 3);
    assert!(points.iter().all(|point| point["valid"] == true));
    let efficient = points.iter().filter(|point| point["mark"] == "efficient");
    let unfair = efficient.map(|point| point["unfairness"].as_i64().expect("a number")).collect::<Vec<_>>();
    assert!(unfair.is_sorted_by(|a, b| a > b), "{unfair:?}");
    let svg = fs::read_to_string(&plot).expect("a plot");
    assert!(svg.contains("<circle") && svg.contains("× 50") && !svg.contains("NaN"), "{svg}");
    for weight in [0, 5, 50] {
        let plan = format!("{folder}/load-{weight}.json");
        assert_eq!(qise(&["check", &day, &plan, "--quiet"]).code, 0);
    }
    let words = ok(&args);
    assert!(words.contains("Efficiency against") && words.contains("efficient"), "{words}");
    assert!(ok(&[&args[..], &["--lang", "zh"]].concat()).contains("有效前沿"));
    let wrong = qise(&["frontier", &day, "--term", "gini"]);
    assert!(wrong.code == 2 && wrong.err.contains("expected one of unserved_mandatory"), "{}", wrong.err);
    let heavy =
        qise(&["frontier", &day, "--weights", "1000000000", "--term", "distance", "--iterations", "1"]);
    assert!(heavy.code == 3 && heavy.err.contains("objective_overflow"), "{}", heavy.err);
}
