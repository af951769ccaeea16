//! Scenarios and plans to draw, and what must hold of markup.

use qise::model::{NeedId, Time};
use qise::plan::{Evaluation, Plan, Route, Visit, evaluate};
use qise::solve::Options;
use qise::{Problem, Stop, solve};
use qise_io::Scenario;
use qise_io::generate::{GenerateOptions, generate};
use qise_io::time::Zone;

/// A scenario with its plan.
pub(crate) struct Case {
    pub(crate) scenario: Scenario,
    pub(crate) plan: Plan,
    pub(crate) evaluation: Evaluation,
}

/// Solves a scenario in a few steps.
pub(crate) fn solved(scenario: Scenario) -> Case {
    let found = solve(&scenario.problem, &Options::default(), &Stop::iterations(60));
    Case { scenario, plan: found.plan, evaluation: found.evaluation }
}

/// A scenario among the data of the tests.
pub(crate) fn read(name: &str) -> Scenario {
    let path = format!("{}/../../tests/data/alxa/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(path).expect("readable");
    qise_io::read_scenario(&bytes).unwrap_or_else(|faults| panic!("{faults}"))
}

/// A scenario that is made up.
pub(crate) fn generated(options: &GenerateOptions) -> Scenario {
    let data = generate(options).expect("options that can be");
    let problem = Problem::new(data).unwrap_or_else(|faults| panic!("{faults}"));
    Scenario { problem, zone: Zone::parse("Asia/Shanghai").expect("a zone") }
}

/// Names that would do something wherever they were taken for more than names.
pub(crate) const EVIL: [&str; 5] = [
    "<img src=x onerror=\"document.title='taken'\">",
    "\"><script>document.title='taken'</script>",
    "=cmd()",
    "</style></title></svg>&lt;b onload='1'",
    "\u{1}\u{202e}]]><!--",
];

/// The tiny scenario with evil names everywhere.
pub(crate) fn evil() -> Case {
    let Case { scenario, plan, .. } = solved(read("tiny"));
    let name = |n: usize| Some(EVIL[n % EVIL.len()].to_owned());
    let problem = scenario.problem.replace(|data| {
        data.name = EVIL.concat();
        macro_rules! rename {
            ($($list:ident),*) => { $(for (n, item) in data.$list.iter_mut().enumerate() { item.name = name(n); })* };
        }
        rename!(needs, volunteers, teams, places, areas, skills);
        for category in &mut data.categories {
            category.name = EVIL[0].into();
        }
    });
    let problem = problem.unwrap_or_else(|faults| panic!("{faults}"));
    let evaluation = evaluate(&problem, &plan);
    Case { scenario: Scenario { problem, zone: scenario.zone }, plan, evaluation }
}

/// Ten thousand needs that people serve one after the other, whatever the rules say: a page as large as any.
pub(crate) fn many() -> Case {
    let options = GenerateOptions { needs: 10_000, volunteers: 3000, teams: 60, ..Default::default() };
    let scenario = generated(&options);
    let plan = by_hand(&scenario.problem);
    let evaluation = evaluate(&scenario.problem, &plan);
    Case { scenario, plan, evaluation }
}

fn by_hand(problem: &Problem) -> Plan {
    let mut plan = Plan::empty(problem);
    let units = problem.unit_ids().step_by(2).take(1500).collect::<Vec<_>>();
    let (served, left) = plan.unserved.split_at(8500.min(plan.unserved.len()));
    let mut routes = Vec::new();
    for (number, &unit) in units.iter().enumerate() {
        let start = problem.unit(unit).start;
        let needs = served.iter().skip(number).step_by(units.len()).copied();
        let visits = needs.enumerate().map(|(n, need): (usize, NeedId)| {
            let begin = Time(start.0 + 3000 * n as i64);
            Visit { need, role: 0, stop: 0, arrival: begin, start: begin, end: Time(begin.0 + 2400) }
        });
        let visits = visits.collect::<Vec<_>>();
        let finish = visits.last().map_or(start, |visit| visit.end);
        let (company, calls, breaks) = (Vec::new(), Vec::new(), Vec::new());
        routes.push(Route { unit, company, departure: start, visits, calls, breaks, finish });
    }
    plan.unserved = left.to_vec();
    plan.routes = routes;
    plan
}

/// The names of the elements in order, each with whether it is opened; checks that each that is opened is closed.
pub(crate) fn elements(markup: &str) -> Vec<&str> {
    let (mut open, mut all, mut rest) = (Vec::new(), Vec::new(), markup);
    while let Some(at) = rest.find('<') {
        let end = rest[at..].find('>').expect("an element ends") + at;
        let inner = &rest[at + 1..end];
        rest = &rest[end + 1..];
        let name = inner.split([' ', '/']).find(|part| !part.is_empty()).expect("an element has a name");
        if inner.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "what is opened last is closed first");
        } else {
            assert_eq!(inner.matches('"').count() % 2, 0, "values are quoted: {inner}");
            open.push(name);
            all.push(name);
        }
    }
    assert_eq!(open, Vec::<&str>::new(), "everything is closed");
    all
}
