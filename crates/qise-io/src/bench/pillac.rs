//! Technicians with skills, tools and spare parts, as the files of Pillac, Guéret and Medaglia state them.
//!
//! A tour starts and ends at the technician's home. Tools and parts are on board from the start, or taken at the depot, where a tour
//! calls once at most: then all tools, and as many parts as anybody asks for. What counts is the time between leaving home and being
//! back, with the departure as late as it can be.
//!
//! V. Pillac, C. Guéret, A. L. Medaglia (2013), A parallel matheuristic for the technician routing and scheduling problem, Optimization
//! Letters 7, 1525–1535.

use qise::model::{
    Amount, Depot, Good, GoodId, Handling, Held, Need, Objective, Place, PlaceId, Profile, ProfileId,
    Quality, Seconds, Shift, Skill, SkillId, SkillKind, SkillLevel, Stock, Supply, Term, Terms, Time,
    TravelMatrix, TravelRule, Volunteer, Window,
};
use qise::plan::{Plan, Route, Step};
use qise::{Faults, Problem, ProblemData, text};
use serde_json::{Value, json};

use super::benchmark::Counting;
use super::scan::{Line, Lines};
use super::{Benchmark, Convention};

/// An instance: what is to be done, by whom, with what.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tours {
    skills: usize,
    tools: usize,
    /// The depot, the technicians at home, and the requests.
    sites: Vec<Site>,
    technicians: usize,
}

/// A place in the plane, and what it holds or asks for.
#[derive(Clone, Debug, PartialEq)]
struct Site {
    x: f64,
    y: f64,
    window: (f64, f64),
    service: f64,
    skills: Vec<usize>,
    tools: Vec<usize>,
    parts: Vec<i64>,
}

/// Reads an instance.
pub(super) fn read(bytes: &[u8]) -> Result<Tours, Faults> {
    let mut lines = Lines::of(bytes)?;
    let heading = text!(
        "the heading of the crew: CREW COUNT, SKILLS, TOOLS, SPARE PARTS",
        "人员概况标题行 CREW COUNT …"
    );
    loop {
        if lines.demand(heading.clone())?.words.starts_with("CREW") {
            break;
        }
    }
    let expected =
        text!("the numbers of technicians, skills, tools and parts", "技术员、技能、工具、备件的数目");
    let line = lines.demand(expected.clone())?;
    let numbers = line.numbers(4, &expected)?;
    let count = |k: usize, least| line.whole(numbers[k], least, &expected).map(|n| n as usize);
    let (technicians, skills, tools, parts) = (count(0, 1)?, count(1, 0)?, count(2, 0)?, count(3, 0)?);
    let limits = [skills, tools, parts];
    let mut sites: Vec<Site> = Vec::new();
    for line in lines.filter(|line| line.words.starts_with(|c: char| c.is_ascii_digit())) {
        sites.push(site(line, sites.len(), limits)?);
    }
    if sites.len() < technicians + 2 {
        let found = sites.len();
        let least = technicians + 2;
        let expected = text!(
            "a depot, {technicians} technicians and a request at least: {least} lines",
            "至少 {least} 行"
        );
        return Err(line.fault(found.to_string(), expected));
    }
    Ok(Tours { skills, tools, sites, technicians })
}

/// `ID X Y TWS TWE Serv [skills] [tools] [parts]`.
fn site(line: Line<'_>, number: usize, [skills, tools, parts]: [usize; 3]) -> Result<Site, Faults> {
    let expected = text!(
        "number, x, y, opening, closing, service time, [skills], [tools], [parts]",
        "编号、x、y、时间窗开始、结束、服务时长、[技能]、[工具]、[备件]"
    );
    let mut fields = line.words.split('[');
    let first = fields.next().unwrap_or_default();
    let n = Line { number: line.number, words: first }.numbers(6, &expected)?;
    if line.whole(n[0], 0, &expected)? != number as i64 {
        return Err(line.fault(n[0].to_string(), text!("site number {number}", "地点编号 {number}")));
    }
    let mut lists = Vec::with_capacity(3);
    for field in fields {
        let inside = field.split(']').next().unwrap_or_default();
        let words = inside.split(',').map(str::trim).filter(|word| !word.is_empty());
        let numbers = words.map(|word| Line { number: line.number, words: word }.numbers(1, &expected));
        let numbers = numbers.collect::<Result<Vec<_>, _>>()?.concat();
        lists.push(numbers.iter().map(|&n| line.whole(n, 0, &expected)).collect::<Result<Vec<_>, _>>()?);
    }
    let [held, carried, mut stocked]: [Vec<i64>; 3] = lists
        .try_into()
        .map_err(|lists: Vec<_>| line.fault(format!("{} lists", lists.len()), expected.clone()))?;
    let within = |list: &[i64], most: usize| list.iter().all(|&n| n < most as i64);
    if !within(&held, skills) || !within(&carried, tools) || stocked.len() > parts {
        let found = text!("more kinds than the heading says", "超出标题所列种类");
        return Err(line.fault(
            found,
            text!(
                "{skills} skills, {tools} tools, {parts} parts",
                "技能 {skills} 种、工具 {tools} 种、备件 {parts} 种"
            ),
        ));
    }
    stocked.resize(parts, 0);
    let index = |list: Vec<i64>| list.into_iter().map(|n| n as usize).collect();
    Ok(Site {
        x: n[1],
        y: n[2],
        window: line.window(n[3], n[4])?,
        service: line.not_negative(n[5], &expected)?,
        skills: index(held),
        tools: index(carried),
        parts: stocked,
    })
}

impl Tours {
    pub(super) fn count(&self) -> usize {
        self.sites.len() - 1 - self.technicians
    }

    fn distance(&self, from: usize, to: usize) -> f64 {
        let (a, b) = (&self.sites[from], &self.sites[to]);
        (a.x - b.x).hypot(a.y - b.y)
    }

    /// Makes a problem of the instance.
    ///
    /// # Errors
    /// What the engine cannot take: numbers out of its range.
    pub(super) fn benchmark(self, name: &str, convention: Convention) -> Result<Benchmark, Faults> {
        let scale = 10_f64.powi(convention.decimals(6) as i32);
        let time = |time: f64| Time(Convention::time(time, scale));
        let count = self.sites.len();
        let mut data = ProblemData::new(name);
        data.places = (0..count)
            .map(|site| Place {
                key: site.to_string(),
                name: None,
                at: None,
                area: None,
                setup: Seconds::ZERO,
            })
            .collect();
        let pairs = (0..count).flat_map(|from| (0..count).map(move |to| (from, to)));
        let ways = pairs
            .map(|(from, to)| convention.distance(self.distance(from, to), scale).clamp(0, 4_000_000_000));
        let seconds = ways.map(|way| way as u32).collect::<Vec<_>>();
        let places = (0..count).map(PlaceId::new).collect();
        let table = TravelMatrix { places, metres: seconds.clone(), seconds };
        data.profiles =
            vec![Profile { key: "technician".into(), name: None, rule: TravelRule::Matrix(table) }];
        let skill =
            |s: usize| Skill { key: format!("skill {s}"), name: None, kind: SkillKind::Skill, levels: 1 };
        data.skills = (0..self.skills).map(skill).collect();
        let good = |key| Good { key, name: None, unit: None, load: Vec::new(), comes_back: false };
        let parts = self.sites[0].parts.len();
        let tools = (0..self.tools).map(|tool| good(format!("tool {tool}")));
        data.goods = tools.chain((0..parts).map(|part| good(format!("part {part}")))).collect();
        let window = |site: &Site| Window { from: time(site.window.0), to: time(site.window.1) };
        let stock = |g| Stock { good: GoodId::new(g), amount: None, restocks: Vec::new() };
        data.depots = vec![Depot {
            key: "depot".into(),
            name: None,
            place: PlaceId(0),
            windows: vec![window(&self.sites[0])],
            service: Seconds::ZERO,
            stocks: (0..data.goods.len()).map(stock).collect(),
        }];
        let held = |s: usize| SkillLevel { skill: SkillId::new(s), level: 1 };
        let amounts = |site: &Site| {
            let tools = site.tools.iter().map(|&tool| Amount { good: GoodId::new(tool), amount: 1 });
            let parts = site.parts.iter().enumerate().filter(|(_, amount)| **amount > 0);
            let parts = parts.map(|(part, &amount)| Amount { good: GoodId::new(self.tools + part), amount });
            tools.chain(parts).collect::<Vec<_>>()
        };
        for (number, site) in self.sites.iter().enumerate().skip(1) {
            if number <= self.technicians {
                let mut technician = Volunteer::new(number.to_string(), PlaceId::new(number), ProfileId(0));
                technician.holds =
                    site.skills.iter().map(|&s| Held { what: held(s), expires: None }).collect();
                let window = window(site);
                let shift = Shift::new(window.from, window.to, 0);
                technician.shifts = vec![Shift { carries: amounts(site), most_calls: Some(1), ..shift }];
                data.volunteers.push(technician);
                continue;
            }
            let service = Seconds(time(site.service).0);
            let mut need = Need::new(number.to_string(), PlaceId::new(number), window(site), service);
            need.mandatory = true;
            need.roles[0].requires.all = site.skills.iter().map(|&s| Quality::Skill(held(s))).collect();
            let handling = |good: GoodId| {
                if good.index() < self.tools { Handling::Carry } else { Handling::Deliver }
            };
            let supply = |what: Amount| Supply { what, handling: handling(what.good) };
            need.goods = amounts(site).into_iter().map(supply).collect();
            data.needs.push(need);
        }
        data.objective = Objective::ordered(&[Term::UnservedMandatory, Term::WorkTime]);
        let problem = Problem::new(data)?;
        Ok(Benchmark { problem, counting: Box::new(Built { tours: self, scale }) })
    }
}

#[derive(Clone, Debug)]
struct Built {
    tours: Tours,
    scale: f64,
}

impl Built {
    /// The sites that a tour passes, home left out.
    fn stops(&self, route: &Route) -> Vec<usize> {
        let site = |step| match step {
            Step::Visit(_, visit) => visit.need.index() + 1 + self.tours.technicians,
            Step::Call(..) => 0,
        };
        route.steps().map(site).collect()
    }
}

impl Counting for Built {
    fn value(&self, terms: &Terms) -> f64 {
        terms.get(Term::WorkTime) as f64 / self.scale
    }

    /// With every departure as late as the end of the tour allows, in double precision.
    fn exact_value(&self, problem: &Problem, plan: &Plan, _terms: &Terms) -> f64 {
        let tours = &self.tours;
        let mut sum = 0.0;
        for route in plan.routes.iter().filter(|route| !route.visits.is_empty()) {
            let home = problem.unit(route.unit).volunteer.index() + 1;
            let path = std::iter::once(home).chain(self.stops(route)).chain([home]).collect::<Vec<_>>();
            let last = path.len() - 1;
            let service = |k: usize| if k == 0 || k == last { 0.0 } else { tours.sites[path[k]].service };
            let way = |k: usize| tours.distance(path[k], path[k + 1]);
            let mut now = tours.sites[home].window.0;
            for k in 0..last {
                now = tours.sites[path[k + 1]].window.0.max(now + service(k) + way(k));
            }
            let mut late = now;
            for k in (0..last).rev() {
                late = tours.sites[path[k]].window.1.min(late - way(k) - service(k));
            }
            sum += now - late;
        }
        sum
    }

    fn decimals(&self) -> usize {
        4
    }

    fn solution(&self, problem: &Problem, plan: &Plan) -> Value {
        let routes = plan.routes.iter().filter(|route| !route.visits.is_empty());
        let tours = routes.map(|route| {
            let technician = problem.unit(route.unit).volunteer.index() + 1;
            json!({ "technician": technician, "stops": self.stops(route) })
        });
        json!({ "tours": tours.collect::<Vec<_>>() })
    }
}
