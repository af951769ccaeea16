//! Plans with odd values in any field: the judge says what is wrong with them, and a search may start from them.

use qise::model::{NeedId, PlaceId, RouteStart, Seconds, UnitId};
use qise::plan::{Plan, Rest, evaluate};
use qise::solve::{Options, solve};
use qise::{Lang, Problem, Stop};
use qise_io::time::Zone;
use qise_io::words::Finding;
use rand::RngExt;

use crate::cases::for_each_case;
use crate::odd::Odd;
use crate::support::together::with_parties;
use crate::support::{Mix, problem};

/// How many cases a short run tries.
const CASES: u64 = 400;

#[test]
fn any_plan_is_judged() {
    for_each_case("plans", CASES, |random| {
        let mut problem =
            problem(random.random(), Mix::all(random.random_range(1..9), random.random_range(1..5)));
        if random.random_bool(0.5) {
            problem = with_parties(random.random(), &problem);
        } else if random.random_bool(0.3) {
            problem = in_a_row(&problem);
        }
        let options = Options { seed: random.random(), ..Options::default() };
        let good = solve(&problem, &options, &Stop::iterations(5)).plan;
        let mut plan = good.clone();
        spoil(&mut Odd::new(random), &mut plan, &problem);
        let judged = evaluate(&problem, &plan);
        let findings = judged.violations.iter().map(|violation| Finding::new(&problem, violation));
        speaks(&findings.collect::<Vec<_>>());
        if plan == good {
            assert!(judged.is_valid(), "{:?}", judged.violations);
        }

        let warm = Options { warm: Some(plan.clone()), ..options };
        let solved = solve(&problem, &warm, &Stop::iterations(5));
        assert!(solved.evaluation.is_valid(), "{:?}", solved.evaluation.violations);
        assert!(!judged.is_valid() || !judged.score.better_than(&solved.evaluation.score));

        let zone = Zone::parse("Asia/Shanghai").expect("a zone");
        let notes = qise_io::PlanNotes::default();
        let document = qise_io::write_plan(&problem, &zone, &plan, &judged, &notes);
        if let Ok(read) = qise_io::read_plan(&problem, &zone, document.as_bytes()) {
            speaks(&qise_io::check_plan(&problem, &read).findings);
        }
        qise_io::geojson::plan(&problem, &zone, &plan);
        qise_io::svg::plan(&problem, &plan, Lang::En);
        if judged.is_valid() { "valid" } else { "invalid" }
    });
}

/// Every shift starts where the one before ended.
fn in_a_row(problem: &Problem) -> Problem {
    let chained = problem.replace(|data| {
        for shift in data.volunteers.iter_mut().flat_map(|volunteer| &mut volunteer.shifts) {
            shift.from = RouteStart::Previous;
        }
    });
    chained.expect("a start that is always possible")
}

fn speaks(findings: &[Finding]) {
    for finding in findings {
        assert!(finding.path.starts_with('$'), "{}", finding.path);
        let message = finding.message();
        assert!(!message.en.is_empty() && !message.zh.is_empty());
    }
}

fn spoil(odd: &mut Odd<'_>, plan: &mut Plan, problem: &Problem) {
    let (needs, units) = (problem.needs().len(), problem.units().len());
    let places = problem.places().len();
    for route in &mut plan.routes {
        odd.id(&mut route.unit.0, units);
        if odd.hits() {
            route.company.push(UnitId(0));
        }
        route.company.iter_mut().for_each(|unit| odd.id(&mut unit.0, units));
        odd.list(&mut route.company);
        odd.time(&mut route.departure);
        odd.time(&mut route.finish);
        for visit in &mut route.visits {
            odd.id(&mut visit.need.0, needs);
            for time in [&mut visit.arrival, &mut visit.start, &mut visit.end] {
                odd.time(time);
            }
            if odd.hits() {
                visit.role = odd.pick(&[0, 1, u16::MAX]);
                visit.stop = odd.pick(&[0, 1, u16::MAX]);
            }
        }
        odd.list(&mut route.visits);
        if odd.hits() {
            route.breaks.push(Rest::new(route.departure, Seconds(600)));
        }
        for Rest { start, duration, place } in &mut route.breaks {
            odd.time(start);
            odd.seconds(duration);
            odd.id_or_none(place, PlaceId, |place| &mut place.0, places);
        }
        odd.list(&mut route.breaks);
    }
    odd.list(&mut plan.routes);
    if odd.hits() {
        plan.unserved.push(NeedId(0));
    }
    if odd.hits() {
        plan.outsourced.push(NeedId(0));
    }
    plan.outsourced.iter_mut().for_each(|need| odd.id(&mut need.0, needs));
    odd.list(&mut plan.outsourced);
    plan.unserved.iter_mut().for_each(|need| odd.id(&mut need.0, needs));
    odd.list(&mut plan.unserved);
    if odd.hits() && !plan.routes.is_empty() {
        plan.routes[0].unit = UnitId(u32::MAX);
    }
}
