//! Instances of a few sites, written by hand, in every format.

mod care;
mod neutral;
mod technicians;
mod tours;

use qise::model::{NeedId, Seconds, Term, Time, TravelRule, UnitId};
use qise::plan::{Plan, Route, Visit, evaluate};
use qise::{Faults, Problem};
use serde_json::{Value, json};

use super::benchmark::Kind;
use super::{Benchmark, BestKnown, Convention, Family};

/// A depot in the middle, three customers 3-4-5 triangles away; two vehicles that carry 10.
const SOLOMON: &str = "TINY

VEHICLE
NUMBER     CAPACITY
  2         10

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE TIME

    0      0          0          0          0        100          0
    1      3          4          6          0         20         10
    2      6          8          4         12         30         10
    3      1          1          1          0         90          0
";

/// Two depots with one vehicle each and a longest duration of 40; customers with lists of combinations.
const CORDEAU: &str = "6 1 2 2
40 10
0 12
  1   3.0   4.0  5  6  1 2 1 2   0  50
  2   0.5   0.0  5  7  1 1 2    20  60
  3   0.0   0.0  0  0  0 0       0 100
  4   0.0   1.0  0  0  0 0      10 100
";

/// Three vehicles; the second customer may be served by two of them, the third by one.
const SITE_DEPENDENT: &str = "NAME : TINY
TYPE : SDVRPTW
EDGE_WEIGHT_TYPE : EUC_2D
DIMENSION : 4
VEHICLES : 3
VEHICLES_MAX_DURATION : 50
NODE_COORD_SECTION
1 0 0
2 3 4
3 1.5 0
4 0 1
DEMAND_SECTION
1 0
2 5
3 5
4 5
SERVICE_TIME_SECTION
1 0
2 1
3 2
4 3
TIME_WINDOW_SECTION
1 0 100
2 0 90
3 10 20
4 0 90
CAPACITY_SECTION
1 10
2 10
3 20
VEHICLES_ALLOWED_CLIENTS_SECTION
1 2 3
2 2 3 4
3 2
DEPOT_SECTION
1
-1
EOF
";

const PRIZES: &str = "NAME : TINY
TYPE : PCVRPTW
DIMENSION : 3
VEHICLES : 1
CAPACITY : 10
SERVICE_TIME : 10
EDGE_WEIGHT_TYPE : EUC_2D
NODE_COORD_SECTION
1 0 0
2 3 4
3 30 40
DEMAND_SECTION
1 0
2 4
3 4
TIME_WINDOW_SECTION
1 0 500
2 0 90
3 0 90
PRIZE_SECTION
1 0
2 11
3 12
DEPOT_SECTION
1
-1
";

const ORIENTEERING: &str = "4 2 3 1
0 200
  0 0.00 0.00 0.00 0.00 0 0 0 100
  1 1.00 1.00 5.00 10.00 1 1 1 0 20
  2 2.00 2.00 5.00 30.00 1 2 1 2 15 20
  3 9.00 9.00 5.00 7.00 0 0 0 50
";

fn benchmark(family: Family, words: &str, convention: &str) -> Benchmark {
    let instance = family.read("tiny", words.as_bytes()).unwrap_or_else(|faults| panic!("{faults}"));
    let instance = if family.asks_for_paths() { instance.with_paths(2) } else { instance };
    let convention = Convention::named(family, convention).unwrap();
    instance.benchmark("tiny", convention).unwrap_or_else(|faults| panic!("{faults}"))
}

/// A plan of these vehicles and needs with the earliest times; the rest is unserved.
fn plan(problem: &Problem, routes: &[(u32, &[u32])]) -> Plan {
    let mut plan = Plan::empty(problem);
    for &(unit, needs) in routes {
        let unit = UnitId(unit);
        let owner = problem.unit(unit);
        let way = |from, to| problem.travel().seconds(owner.mode, from, to);
        let (mut here, mut free) = (owner.from, owner.start);
        let mut visits = Vec::new();
        for &need in needs {
            let id = NeedId(need);
            let arrival = free + way(here, problem.need_place(id));
            let start = arrival.max(problem.windows(id)[0].from);
            let end = start + problem.service(problem.first_slot(id), owner.volunteer);
            visits.push(Visit { need: id, role: 0, stop: 0, arrival, start, end });
            (here, free) = (problem.need_place(id), end);
            plan.unserved.retain(|&unserved| unserved != id);
        }
        let finish = free + owner.to.map_or(Seconds::ZERO, |to| way(here, to));
        plan.routes.push(Route {
            unit,
            company: vec![],
            departure: owner.start,
            visits,
            calls: vec![],
            breaks: vec![],
            finish,
        });
    }
    plan
}

/// The rules that a plan breaks, its value, and its solution.
fn judged(benchmark: &Benchmark, routes: &[(u32, &[u32])]) -> (Vec<&'static str>, String, Value) {
    let plan = plan(&benchmark.problem, routes);
    let evaluation = evaluate(&benchmark.problem, &plan);
    let rules = evaluation.violations.iter().map(|violation| violation.rule.as_str()).collect();
    let value = benchmark.exact_value(&plan, &evaluation.score.terms);
    (rules, benchmark.show(value), serde_json::from_str(&benchmark.solution(&plan)).unwrap())
}

#[test]
fn solomon() {
    let tiny = benchmark(Family::Vrptw, SOLOMON, "dimacs");
    assert_eq!(tiny.problem.volunteers().len(), 2);
    assert_eq!(tiny.problem.needs()[1].stops[0].windows[0].from, Time(120));
    assert_eq!(tiny.problem.objective().levels.len(), 2);
    // 0–1–2–0 is 5 + 5 + 10; 0–3–0 is twice √2, cut to 1.4.
    let (rules, value, solution) = judged(&tiny, &[(0, &[0, 1]), (1, &[2])]);
    assert_eq!((rules, value.as_str()), (vec![], "22.8"));
    let routes = json!([{"vehicle": 1, "customers": [1, 2]}, {"vehicle": 2, "customers": [3]}]);
    assert_eq!(solution, json!({ "routes": routes }));
    let (rules, ..) = judged(&tiny, &[(1, &[2, 0, 1])]);
    assert_eq!(rules, ["overload"]);
    let (rules, ..) = judged(&tiny, &[(0, &[1, 0])]);
    assert_eq!(rules, ["outside_window"]);
}

#[test]
fn solomon_in_double_precision() {
    let tiny = benchmark(Family::Vrptw, SOLOMON, "SINTEF");
    assert_eq!(tiny.problem.objective().levels.len(), 3);
    let TravelRule::Matrix(table) = &tiny.problem.profiles()[0].rule else { panic!("a table") };
    assert_eq!(table.seconds[..4], [0, 5_000_000, 10_000_000, 1_414_214], "up, but not where it is whole");
    let (rules, value, _) = judged(&tiny, &[(0, &[0, 1]), (1, &[2])]);
    assert_eq!((rules, value.as_str()), (vec![], "22.8284"));
}

#[test]
fn cordeau() {
    let tiny = benchmark(Family::MdvrptwSdvrptw, CORDEAU, "exact");
    let people = tiny.problem.volunteers();
    assert_eq!(people.iter().map(|v| v.per_day.work).collect::<Vec<_>>(), [Some(Seconds(40_000)), None]);
    assert_eq!(people[1].shifts[0].start, Time(10_000));
    let (rules, value, solution) = judged(&tiny, &[(0, &[0]), (1, &[1])]);
    // From (0, 1) to (0.5, 0) it is √1.25, which is 1.118 to the nearest.
    assert_eq!((rules, value.as_str()), (vec![], "12.236"));
    assert_eq!(solution["routes"][1], json!({"vehicle": 2, "depot": 2, "customers": [2]}));
    let (rules, ..) = judged(&tiny, &[(0, &[0, 1])]);
    assert_eq!(rules, ["overload"], "13 to carry");
}

#[test]
fn the_longest_duration_is_a_limit_of_the_day() {
    let tiny = benchmark(Family::MdvrptwSdvrptw, &CORDEAU.replace("40 10", "12 20"), "exact");
    let mut late = plan(&tiny.problem, &[(0, &[1])]);
    let rules = |plan: &Plan| {
        evaluate(&tiny.problem, plan).violations.into_iter().map(|v| v.rule.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(rules(&late), ["day_work"]);
    late.routes[0].departure = Time(19_500);
    late.routes[0].visits[0].arrival = Time(20_000);
    assert_eq!(rules(&late), Vec::<&str>::new(), "who leaves late is away for 6 units only");
}

#[test]
fn site_dependence() {
    let tiny = benchmark(Family::MdvrptwSdvrptw, SITE_DEPENDENT, "EXACT_X1000");
    assert_eq!(tiny.problem.skills().len(), 2, "a skill for each set of vehicles that is not all of them");
    let held = tiny.problem.volunteers().iter().map(|v| v.holds.len()).collect::<Vec<_>>();
    assert_eq!(held, [1, 2, 0]);
    let (rules, value, _) = judged(&tiny, &[(0, &[0]), (1, &[1, 2])]);
    assert_eq!((rules, value.as_str()), (vec![], "14.303"));
    let (rules, ..) = judged(&tiny, &[(0, &[2]), (2, &[1])]);
    assert_eq!(rules, ["skill_missing", "skill_missing"]);
}

#[test]
fn prizes() {
    let tiny = benchmark(Family::Pcvrptw, PRIZES, "dimacs");
    assert!(tiny.problem.needs().iter().all(|need| !need.mandatory));
    let (rules, value, _) = judged(&tiny, &[(0, &[0])]);
    assert_eq!((rules, value.as_str()), (vec![], "22.0"), "10 to go, 12 lost");
    let (_, value, _) = judged(&tiny, &[]);
    assert_eq!(value, "23.0");
    let score = evaluate(&tiny.problem, &plan(&tiny.problem, &[(0, &[0])])).score;
    assert_eq!(score.levels, [220]);
}

#[test]
fn orienteering() {
    let tiny = benchmark(Family::Toptw, ORIENTEERING, "toptw");
    let (rules, value, solution) = judged(&tiny, &[(0, &[0, 1])]);
    assert_eq!((rules, value.as_str()), (vec![], "40"));
    assert_eq!(solution["routes"][0]["customers"], json!([1, 2]));
    let score = evaluate(&tiny.problem, &plan(&tiny.problem, &[(0, &[0, 1])])).score;
    assert_eq!(score.terms.get(Term::TravelTime), 14 + 14 + 28);
    let instance = Family::Toptw.read("instances/pr01", ORIENTEERING.as_bytes()).unwrap();
    assert!(matches!(instance.0, Kind::Routing(routing) if routing.decimals == 2));
}

fn first(read: Result<super::Instance, Faults>) -> String {
    let faults = read.unwrap_err().0;
    let fault = &faults[0];
    assert!(!fault.expected.zh.is_empty() && !fault.found.is_empty());
    format!("{}: found {}, expected {}", fault.path, fault.found.en, fault.expected.en)
}

#[test]
fn malformed_files_name_the_line() {
    let solomon = |from: &str, to: &str| (Family::Vrptw, SOLOMON.replace(from, to));
    let cordeau = |from: &str, to: &str| (Family::MdvrptwSdvrptw, CORDEAU.replace(from, to));
    let vrplib = |from: &str, to: &str| (Family::MdvrptwSdvrptw, SITE_DEPENDENT.replace(from, to));
    let prizes = |from: &str, to: &str| (Family::Pcvrptw, PRIZES.replace(from, to));
    let points = |from: &str, to: &str| (Family::Toptw, ORIENTEERING.replace(from, to));
    let cases = [
        (solomon("  2         10", "  2"), "line 5: found 1 numbers, expected the number of"),
        (solomon("    2      6 ", "    5      6 "), "line 12: found 5, expected customer number 2"),
        (solomon("12         30", "32         30"), "line 12: found 32 … 30, expected a window"),
        (solomon("4          6 ", "4          x "), "line 11: found \"x\", expected number, x, y"),
        (solomon("4          6 ", "4          6.5 "), "line 11: found 6.5, expected a demand, whole"),
        ((Family::Vrptw, "hello".into()), "line 1: found \"hello\", expected an instance"),
        (
            (Family::Vrptw, "CUST".into()),
            "line 1: found the end of the file, expected a line that begins with VEHICLE",
        ),
        (cordeau("1 2 1 2 ", "1 3 1 2 "), "line 4: found 11 numbers"),
        (cordeau("0 12", "-1 12"), "line 3: found -1, expected a duration"),
        ((Family::MdvrptwSdvrptw, CORDEAU.to_owned() + "5 1"), "line 8: found 5 1, expected nothing after"),
        (vrplib("3 2\nDEPOT", "3 9\nDEPOT"), "line 34: found 9, expected a location"),
        (vrplib("4 5\n", ""), "line 12: found 3 lines, expected 4 lines in DEMAND"),
        (vrplib("DEMAND_", "BACKHAUL_"), "line 12: found BACKHAUL_SECTION"),
        (prizes("CAPACITY : 10\n", ""), "line 25: found no CAPACITY, expected CAPACITY"),
        (prizes("3 12", "3 -12"), "line 23: found -12, expected a prize"),
        (points("4 2 3 1", "4 2 9 1"), "line 6: found 4 points, expected 9 points"),
        (points("  2 2.00", "  7 2.00"), "line 5: found 7, expected point number 2"),
    ];
    for ((family, words), expected) in cases {
        let found = first(family.read("tiny", words.as_bytes()));
        assert!(found.starts_with(expected), "{found}\ninstead of\n{expected}");
    }
    assert!(first(Family::Vrptw.read("tiny", b"CUST\xFF")).contains("UTF-8"));
    // Numbers that no table of the engine holds.
    let far = SOLOMON.replace("    3      1 ", "    3      99999999 ");
    let instance = Family::Vrptw.read("tiny", far.as_bytes()).unwrap();
    let sintef = Convention::named(Family::Vrptw, "sintef").unwrap();
    assert!(instance.benchmark("tiny", sintef).is_err());
}

#[test]
fn best_known_values() {
    let list = "instance,value,paths,convention,citation\n\
        c101,320,1,TOPTW_HEURISTIC_BEST_OF_RUNS,\"Best, of \"\"runs\"\"\"\n\
        c101,590,2,TOPTW_HEURISTIC_BEST_OF_RUNS,x\n\
        c101,600,2,TOPTW_VERIFIED_ROUTES,x\n\
        deep/R1,5.5,,DIMACS_2024,x\n";
    let list = BestKnown::read(list.as_bytes()).unwrap();
    assert_eq!(list.name_of("instances/C101"), "c101");
    assert_eq!(list.name_of("deep/R1"), "deep/R1");
    assert_eq!(list.name_of("other/R1"), "other/R1");
    assert_eq!(list.paths_of("c101"), [1, 2]);
    let both = Convention::of(Family::Toptw)[0];
    let verified = Convention::named(Family::Toptw, "toptw_verified").unwrap();
    assert_eq!(list.value(Family::Toptw, "c101", both, Some(2)), Some(600.0));
    assert_eq!(list.value(Family::Toptw, "c101", verified, Some(1)), None);
    assert_eq!(list.value(Family::Vrptw, "deep/R1", Convention::of(Family::Vrptw)[0], None), Some(5.5));
    assert_eq!(BestKnown::read(b"instance,convention\n").unwrap_err().0[0].path, "line 1");
    assert_eq!(BestKnown::read(b"instance,value,convention\nx,y,z\n").unwrap_err().0[0].path, "line 2");
    assert!(Convention::named(Family::Vrptw, "toptw").is_none());
}
