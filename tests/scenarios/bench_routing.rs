//! `qise bench` on tiny instances written here, and `qise solve --format neutral`.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::program::{Outcome, qise, scratch};

/// Four customers around a depot, each of which fits one vehicle.
const SQUARE: &str = "SQUARE

VEHICLE
NUMBER     CAPACITY
  4         100

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE TIME

    0      0          0          0          0        100          0
    1      3          4          6          0         90          1
    2      3         -4          4          0         90          1
    3     -3          4          1          0         90          1
    4     -3         -4          1          0         90          1
";

/// The same, but with nobody who could be back in time from the last customer.
const TOO_FAR: &str = "FAR

VEHICLE
NUMBER     CAPACITY
  1         100

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE TIME

    0      0          0          0          0        100          0
    1      3          4          6          0         90          1
    2     60          0          4          0         90          1
";

const POINTS: &str = "4 2 3 1
0 200
  0 0.00 0.00 0.00 0.00 0 0 0 100
  1 1.00 1.00 5.00 10.00 1 1 1 0 90
  2 2.00 2.00 5.00 30.00 1 2 1 2 0 90
  3 9.00 9.00 5.00 7.00 0 0 0 90
";

/// A fresh folder with a family in it.
fn data(name: &str) -> PathBuf {
    let folder = PathBuf::from(scratch(name));
    let _ = fs::remove_dir_all(&folder);
    let vrptw = folder.join("vrptw");
    fs::create_dir_all(vrptw.join("deep")).expect("writable");
    fs::create_dir_all(vrptw.join("solutions_old")).expect("writable");
    fs::create_dir_all(folder.join("toptw/instances")).expect("writable");
    fs::write(vrptw.join("square.txt"), SQUARE).expect("writable");
    fs::write(vrptw.join("deep/far.txt"), TOO_FAR).expect("writable");
    fs::write(vrptw.join("solutions_old/square.txt"), "Route 1: 1 2 3 4").expect("writable");
    fs::write(vrptw.join("README.md"), "# A family").expect("writable");
    let list = "instance,value,vehicles,convention,citation\n\
        SQUARE,30,,DIMACS,\"by hand, of course\"\nSQUARE,36,1,SINTEF,x\n";
    fs::write(vrptw.join("best_known.csv"), list).expect("writable");
    fs::write(folder.join("toptw/instances/p1.txt"), POINTS).expect("writable");
    let list = "instance,value,paths,convention,citation\np1,50,2,TOPTW_HEURISTIC_BEST_OF_RUNS,x\n";
    fs::write(folder.join("toptw/best_known.csv"), list).expect("writable");
    folder
}

/// Runs `qise bench FAMILY` over a folder with a few more arguments.
fn bench(family: &str, folder: &Path, more: &[&str]) -> Outcome {
    let text = |path: PathBuf| path.to_str().expect("text").to_owned();
    let (data, out, solutions) =
        (text(folder.to_owned()), text(folder.join("out.csv")), text(folder.join("solutions")));
    let mut args = vec!["bench", family, "--data", &data, "--out", &out, "--solutions", &solutions];
    if !more.contains(&"--time-limit") {
        args.extend(["--iterations", "200", "--threads", "1"]);
    }
    args.extend(more);
    qise(&args)
}

/// The rows of the table, field by field.
fn rows(folder: &Path) -> Vec<Vec<String>> {
    let words = fs::read_to_string(folder.join("out.csv")).expect("written");
    let mut lines = words.lines();
    assert_eq!(
        lines.next(),
        Some(
            "instance,convention,value,vehicles,best_known,gap_percent,feasible,seconds,iterations,seed,time_limit_s,step_limit"
        )
    );
    lines.map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

fn solution(folder: &Path, name: &str) -> Value {
    let bytes = fs::read(folder.join("solutions").join(name)).expect("written");
    serde_json::from_slice(&bytes).expect("JSON")
}

#[test]
fn a_family_is_solved_and_compared() {
    let folder = data("bench-family");
    let ran = bench("vrptw", &folder, &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let rows = rows(&folder);
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0][..4], ["deep/far", "DIMACS", "10.0", "1"]);
    assert_eq!(rows[0][4..7], ["", "", "false"], "one customer is out of reach");
    assert_eq!(rows[1][..2], ["SQUARE", "DIMACS"], "the name is that of the list");
    // 0–1–3–4–2–0 or its like: 5 + 6 + 8 + 6 + 5.
    assert_eq!(rows[1][2..7], ["30.0", "1", "30", "0.000", "true"]);
    assert_eq!(rows[1][8..], ["200", "1", "", "200"]);
    let routes = solution(&folder, "SQUARE.json");
    assert_eq!(routes["routes"][0]["customers"].as_array().map(Vec::len), Some(4));
    assert_eq!(solution(&folder, "deep__far.json")["routes"][0]["customers"], json!([1]));
    assert!(ran.out.contains("2 instances, 1 feasible; mean gap 0.000 % over 1"), "{}", ran.out);
}

#[test]
fn rows_of_other_limits_are_other_rows_and_foreign_files_stay() {
    let folder = data("bench-limits");
    let one = ["--instances", "SQ*"];
    assert_eq!(bench("vrptw", &folder, &one).code, 0);
    assert_eq!(bench("vrptw", &folder, &[&one[..], &["--time-limit", "0.2"]].concat()).code, 0);
    assert_eq!(bench("vrptw", &folder, &[&one[..], &["--time-limit", "0.3"]].concat()).code, 0);
    let limits = || rows(&folder).into_iter().map(|row| row[10..].join("/")).collect::<Vec<_>>();
    assert_eq!(limits(), ["/200", "0.2/", "0.3/"]);
    assert_eq!(bench("vrptw", &folder, &[&one[..], &["--time-limit", "0.2"]].concat()).code, 0);
    assert_eq!(limits().len(), 3);
    for option in ["--out", "--trace"] {
        let notes = folder.join("notes.txt");
        fs::write(&notes, "do not lose this").expect("writable");
        let ran = bench(
            "vrptw",
            &folder,
            &[&one[..], &["--time-limit", "0.4", option, notes.to_str().expect("text")]].concat(),
        );
        // An option that is given twice is refused as well, before anything is touched.
        assert_ne!(ran.code, 0, "{option}");
        assert_eq!(fs::read_to_string(&notes).expect("there"), "do not lose this");
    }
    let ran = bench("vrptw", &folder, &["--trace", "-"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
}

#[test]
fn a_run_is_taken_up_where_it_ended() {
    let folder = data("bench-resume");
    assert_eq!(bench("vrptw", &folder, &["--instances", "SQ*"]).code, 0);
    let first = fs::read_to_string(folder.join("out.csv")).expect("written");
    assert_eq!(rows(&folder).len(), 1);
    // A row that was cut off in the middle is made again.
    fs::write(folder.join("out.csv"), format!("{first}deep/far,DIMA")).expect("writable");
    let ran = bench("vrptw", &folder, &[]);
    assert!(ran.out.contains("2 instances"), "{}", ran.out);
    let report = bench("vrptw", &folder, &["--json"]).out;
    let report: Value = serde_json::from_str(&report).expect("JSON");
    assert_eq!((&report["instances"], &report["feasible"]), (&json!(2), &json!(1)));
    let second = fs::read_to_string(folder.join("out.csv")).expect("written");
    assert!(second.starts_with(&first));
    assert_eq!(rows(&folder).len(), 2);
    assert_eq!(bench("vrptw", &folder, &[]).code, 0);
    assert_eq!(fs::read_to_string(folder.join("out.csv")).expect("written"), second);
    // Another seed or convention is another run.
    assert_eq!(bench("vrptw", &folder, &["--seed", "2", "--instances", "SQUARE"]).code, 0);
    assert_eq!(bench("vrptw", &folder, &["--convention", "sintef", "--instances", "SQUARE"]).code, 0);
    let rows = rows(&folder);
    assert_eq!(rows.len(), 4);
    assert_eq!(rows[3][..4], ["SQUARE", "SINTEF", "30.0000", "1"]);
    assert_eq!(rows[3][5], "-16.667", "better than what is listed");
}

#[test]
fn paths_are_part_of_the_name() {
    let folder = data("bench-paths");
    let inside = folder.join("toptw");
    assert_eq!(bench("toptw", &inside, &[]).code, 0);
    assert_eq!(bench("toptw", &inside, &["--paths", "1"]).code, 0);
    let rows = rows(&inside);
    assert_eq!(
        rows[0][..7],
        ["p1_m2", "TOPTW_HEURISTIC_BEST_OF_RUNS", "47", rows[0][3].as_str(), "50", "6.000", "true"]
    );
    assert_eq!((rows[1][0].as_str(), rows[1][2].as_str(), rows[1][4].as_str()), ("p1_m1", "47", ""));
    assert!(solution(&inside, "p1_m1.json")["routes"].as_array().is_some_and(|routes| routes.len() == 1));
}

#[test]
fn improvements_are_traced_and_drawn() {
    let folder = data("bench-trace");
    let trace = folder.join("trace.csv");
    let ran = bench("vrptw", &folder, &["--trace", trace.to_str().expect("text"), "--instances", "SQUARE"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let words = fs::read_to_string(&trace).expect("written");
    assert!(words.starts_with("instance,seconds,iterations,value\nSQUARE,"), "{words}");
    let last = words.lines().last().expect("a row");
    assert!(last.ends_with(",200,30"), "{last}");
    let picture = fs::read_to_string(folder.join("trace.csv.svg")).expect("drawn");
    assert!(picture.starts_with("<svg ") && picture.contains("<polyline"));
}

#[test]
fn bad_files_are_told_of_and_passed_over() {
    let folder = data("bench-errors");
    fs::write(folder.join("vrptw/broken.txt"), SQUARE.replace("-3         -4", "-3         x"))
        .expect("writable");
    let ran = bench("vrptw", &folder, &["--instances", "broken,SQUARE"]);
    assert_eq!(ran.code, 3);
    assert!(
        ran.err.contains("broken.txt") && ran.err.contains("line 14: syntax: found \"x\""),
        "{}",
        ran.err
    );
    assert_eq!(rows(&folder).len(), 1, "the other one is solved");
    let none = bench("vrptw", &folder, &["--instances", "Z*"]);
    assert_eq!(none.code, 4);
    assert!(none.err.contains("no instances Z* in"), "{}", none.err);
    let convention = bench("vrptw", &folder, &["--convention", "exact"]);
    assert_eq!(convention.code, 2);
    assert!(convention.err.contains("expected one of DIMACS, SINTEF"), "{}", convention.err);
    fs::write(folder.join("out.csv"), "a,b\n1,2\n").expect("writable");
    assert!(bench("vrptw", &folder, &[]).err.contains("line 1: found \"a,b\""));
}

#[test]
fn the_time_limit_holds_for_each_instance() {
    let folder = data("bench-time");
    let ran = bench("vrptw", &folder, &["--time-limit", "0.2", "--threads", "1"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let seconds = rows(&folder).iter().map(|row| row[7].parse().expect("seconds")).collect::<Vec<f64>>();
    // Much later only where other tests take all of the machine.
    assert!(seconds.iter().all(|s| (0.15..10.0).contains(s)), "{seconds:?}");
}

#[test]
fn neutral_problems_are_solved() {
    let (problem, plan) = (scratch("neutral-problem.json"), scratch("neutral-plan.json"));
    let need = |id: u32, lon: f64, skills: &[u32]| json!({"id": id, "at": [lon, 38.8], "service": 600, "skills": skills, "tw": [0, 7200], "priority": id, "demand": 0});
    let team = |id: u32, skills: &[u32]| {
        json!({"id": id, "start": [105.6, 38.8], "end": [105.6, 38.8], "skills": skills, "shift": [0, 9000],
               "capacity": null, "max_travel": null})
    };
    let document = json!({
        "name": "tiny", "metric": {"type": "haversine", "radius_m": 6_371_000, "speed_kmh": 60, "detour": 1.3},
        "needs": [need(1, 105.6, &[]), need(2, 105.7, &[3]), need(3, 105.8, &[4])],
        "teams": [team(10, &[3]), team(11, &[])],
    });
    fs::write(&problem, document.to_string()).expect("writable");
    let args =
        ["solve", "--format", "neutral", &problem, "--out", &plan, "--iterations", "200", "--threads", "1"];
    let ran = qise(&args);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", ""));
    let written: Value = serde_json::from_slice(&fs::read(&plan).expect("written")).expect("JSON");
    let mut served = Vec::new();
    for route in written["routes"].as_array().expect("a list") {
        for need in route["needs"].as_array().expect("a list") {
            assert!(need != &json!(2) || route["team"] == json!(10));
            served.push(need.as_i64().expect("a number"));
        }
    }
    served.sort_unstable();
    assert_eq!(served, [1, 2], "nobody has skill 4");
    let refused = qise(&[&args[..], &["--geojson", &scratch("neutral.geojson")]].concat());
    assert_eq!(refused.code, 2);
    fs::write(&problem, "{}").expect("writable");
    assert_eq!(qise(&args).code, 3);
}
