//! `qise coverage`, end to end, on the day in Alxa: shares, gaps, sites and maps.

use serde_json::Value;

use crate::program::{Outcome, qise, scenario, scratch};

fn covered(args: &[&str]) -> Outcome {
    let day = scenario("alxa/day.json");
    qise(&[&["coverage", &day], args].concat())
}

fn report(args: &[&str]) -> Value {
    let outcome = covered(&[args, &["--json"]].concat());
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    serde_json::from_str(&outcome.out).expect("JSON")
}

fn shares(of: &Value) -> Vec<f64> {
    of["shares"].as_array().expect("shares").iter().map(|share| share.as_f64().expect("a share")).collect()
}

#[test]
fn the_day_is_covered_as_the_readme_says() {
    let report = report(&["--region", "alxa", "--cell", "10000"]);
    assert_eq!(report["minutes"], serde_json::json!([15, 30, 60, 120]));
    let measures = report["layers"].as_array().expect("layers");
    let names = measures.iter().map(|layer| layer["measure"].as_str().expect("a name")).collect::<Vec<_>>();
    assert_eq!(names, ["needs", "residents", "area"]);
    for layer in measures {
        let overall = shares(layer);
        assert!(overall.is_sorted() && overall[0] > 0.0 && overall[3] < 1.0, "{overall:?}");
        // Nobody has the skill that the need of the last category asks for.
        let category = |key: &str| {
            let rows = layer["by_category"].as_array().expect("rows");
            shares(rows.iter().find(|row| row["category"] == key).expect("a category"))
        };
        assert_eq!(category("pink"), [0.0; 4]);
        assert!(category("yellow")[0] > 0.0);
        let missed = layer["gaps"].as_array().expect("gaps").iter();
        let missed = missed.map(|gap| gap["share_of_missed"].as_f64().expect("a share")).collect::<Vec<_>>();
        assert!(missed.is_sorted_by(|a, b| a >= b) && missed.iter().sum::<f64>() <= 1.0 + 1e-5);
    }
    let km2 = measures[2]["total"].as_f64().expect("an area");
    assert!((220_000.0..300_000.0).contains(&km2), "{km2}");
}

#[test]
fn new_sites_bring_what_is_said() {
    let team = ["--place", "3", "--like", "hongtuoling", "--of", "needs"];
    let greedy = report(&team);
    let exact = report(&[&team[..], &["--exact"]].concat());
    let amount = |of: &Value, field: &str| of["placement"][field].as_f64().expect("a share");
    assert_eq!(exact["placement"]["proven"], true);
    assert!(amount(&exact, "after") >= amount(&greedy, "after"));
    assert!(amount(&exact, "after") <= amount(&greedy, "bound"));
    assert!(amount(&exact, "after") > amount(&exact, "before"));
    let sites = exact["placement"]["sites"].as_array().expect("sites");
    assert_eq!(sites.len(), 3);
    assert_eq!(sites[2]["covered"], exact["placement"]["after"]);
    // What was covered before is what the layer says at these minutes.
    let within = exact["minutes"].as_array().expect("minutes").iter().position(|m| *m == exact["within"]);
    let now = shares(&exact["layers"][0])[within.expect("one of them")];
    assert!((now - amount(&exact, "before")).abs() < 1e-6);
}

#[test]
fn a_lending_point_is_placed_where_needs_ask_for_the_good() {
    let path = scenario("alxa/lending.json");
    let outcome = qise(&[
        "coverage",
        &path,
        "--json",
        "--place",
        "2",
        "--lend",
        "wheelchair",
        "--within",
        "2",
        "--candidates",
        "needs",
        "--exact",
    ]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let report: Value = serde_json::from_str(&outcome.out).expect("JSON");
    let placed = &report["placement"];
    assert_eq!(placed["proven"], true);
    assert!(
        placed["before"].as_f64() > Some(0.0) && placed["after"].as_f64() > placed["before"].as_f64(),
        "{placed}"
    );
}

#[test]
fn maps_and_reports_are_written() {
    let (map, out) = (scratch("coverage-map.geojson"), scratch("coverage.json"));
    let args = ["--region", "101,38,106,42", "--cell", "20000", "--place", "1", "--skills", "first-aid"];
    let outcome = covered(&[&args[..], &["--geojson", &map, "--out", &out, "--quiet"]].concat());
    assert_eq!((outcome.code, outcome.out.as_str()), (0, ""), "{}", outcome.err);
    let read =
        |path: &str| serde_json::from_slice::<Value>(&std::fs::read(path).expect("written")).expect("JSON");
    let features = read(&map)["features"].as_array().expect("features").clone();
    let of_kind =
        |kind: &str| features.iter().filter(|f| f["properties"]["kind"] == kind).collect::<Vec<_>>();
    let document = read(&out);
    let km2 = of_kind("area").iter().map(|f| f["properties"]["km2"].as_f64().expect("km²")).sum::<f64>();
    assert!((km2 - document["layers"][2]["total"].as_f64().expect("km²")).abs() < 1.0);
    assert_eq!(of_kind("residents").len(), 29);
    assert_eq!(of_kind("site").len(), document["placement"]["sites"].as_array().expect("sites").len());
    assert!(of_kind("area").iter().all(|f| f["geometry"]["type"] == "Polygon"));

    // The box as polygons of GeoJSON is the same land.
    let ring = "[[101,38],[106,38],[106,42],[101,42],[101,38]]";
    let region = scratch("region.geojson");
    std::fs::write(&region, format!(r#"{{"type":"MultiPolygon","coordinates":[[{ring}]]}}"#))
        .expect("written");
    let same = covered(&["--region", &region, "--cell", "20000", "--json"]);
    let same: Value = serde_json::from_str(&same.out).expect("JSON");
    assert_eq!(same["layers"][2]["shares"], document["layers"][2]["shares"]);

    let table = scratch("residents.csv");
    std::fs::write(&table, "lon,lat,residents\n105.66488,38.83305,10\n97.5,42.5,30\n").expect("written");
    let counted = report(&["--residents", &table, "--requires", "mandarin"]);
    assert_eq!(counted["layers"].as_array().map(Vec::len), Some(1), "needs ask for what they ask");
    assert_eq!(counted["layers"][0]["total"], 40);
    assert!(shares(&counted["layers"][0]).iter().all(|&share| share <= 0.25));
}

#[test]
fn speaks_both_languages() {
    let (en, zh) = (covered(&[]), covered(&["--lang", "zh"]));
    assert!(en.out.contains("Needs with a capable crew within reach (171 needs)"), "{}", en.out);
    assert!(zh.out.contains("有合适人员可及的需求（共 171 项）"), "{}", zh.out);
    assert_eq!(en.out.lines().count(), zh.out.lines().count());
}

#[test]
fn says_what_is_wrong_with_an_argument() {
    for (args, code, words) in [
        (&["--category", "yelow"][..], 2, "did you mean \"yellow\"?"),
        (&["--requires", "mandarin:9"], 2, "has levels from 1 to"),
        (&["--hours", "25"], 2, "hours from 0 to 23"),
        (&["--day", "tomorrow"], 2, "is not a date such as"),
        (&["--region", "1,2,3,1"], 2, "west,south,east,north"),
        (&["--region", "nowhere.geojson"], 4, "cannot read nowhere.geojson"),
        (&["--region", "alxa", "--cell", "1"], 2, "cell be 10 m to 1000 km long"),
        (&["--place", "1"], 2, "--like"),
        (&["--place", "1", "--like", "hongtuolin"], 2, "did you mean \"hongtuoling\"?"),
        (&["--place", "1", "--lend", "boat"], 2, "has no good \"boat\""),
        (&["--minutes", "five"], 2, "invalid value"),
    ] {
        let outcome = covered(args);
        assert_eq!(outcome.code, code, "{args:?}: {}", outcome.err);
        assert!(outcome.err.contains(words), "{args:?}: {}", outcome.err);
    }
}
