//! A plan as a workbook to print and to hand out: person by person, team by team, what is left and why, and the figures.

use qise::explain::Reason;
use qise::model::Time;
use qise::model::{NeedId, Unit};
use qise::plan::{Call, Route, Step, Visit};
use qise::solve::Solved;
use qise::{Lang, text};
use qise_io::text::{key_figures, name};
use qise_io::time::Zone;
use qise_io::visible::shown;
use qise_io::{Scenario, words};

use crate::book::{Book, Cell, Looks, Sheet};
use crate::write::in_lang;

/// A plan as a book of four sheets. `reasons` are of the needs that it leaves.
pub fn plan_book(scenario: &Scenario, solved: &Solved, reasons: &[Reason], lang: Lang) -> Book {
    let scenario = &*shown(scenario);
    let sheets = Sheets { scenario, solved, lang };
    Book { sheets: vec![sheets.people(), sheets.teams(), sheets.unserved(reasons), sheets.figures()] }
}

struct Sheets<'s> {
    scenario: &'s Scenario,
    solved: &'s Solved,
    lang: Lang,
}

impl Sheets<'_> {
    fn sheet(&self, name: [&str; 2], headings: &[[&str; 2]], rows: Vec<Vec<Cell>>) -> Sheet {
        let headings = headings.iter().map(|&heading| Cell::of_text(in_lang(self.lang, heading)));
        let mut all = vec![headings.collect::<Vec<_>>()];
        all.extend(rows);
        let looks = Looks { headings: 1, is_wide: true, ..Looks::default() };
        Sheet { name: in_lang(self.lang, name).to_owned(), rows: all, looks }
    }

    /// One row for each visit, call and break, in the order in which each person makes them.
    fn people(&self) -> Sheet {
        let mut rows = Vec::new();
        for route in &self.solved.plan.routes {
            let mut own =
                route.steps().map(|step| (step.start(), self.step(route, &step))).collect::<Vec<_>>();
            own.extend(route.breaks.iter().map(|rest| {
                let what = in_lang(self.lang, ["休息", "break"]);
                (rest.start, self.row(route, (rest.start, rest.end()), [what, "", "", ""]))
            }));
            own.sort_by_key(|(start, _)| *start);
            rows.extend(own.into_iter().map(|(_, row)| row));
        }
        let headings = [
            ["姓名", "person"],
            ["日期", "date"],
            ["开始", "start"],
            ["结束", "end"],
            ["事项", "what"],
            ["编号", "need"],
            ["地点", "place"],
            ["同行", "with"],
            ["车辆", "vehicle"],
        ];
        self.sheet(["人员安排", "people"], &headings, rows)
    }

    fn step(&self, route: &Route, step: &Step<'_>) -> Vec<Cell> {
        let times = (step.start(), step.end());
        match step {
            Step::Visit(_, visit) => {
                let problem = &self.scenario.problem;
                let need = problem.need(visit.need);
                let place = problem.place(problem.stop_place(visit.need, visit.stop));
                let what = name(need.name.as_ref(), &need.key);
                let with = self.with(visit, route);
                self.row(route, times, [what, &need.key, place.name.as_deref().unwrap_or(&place.key), &with])
            }
            Step::Call(_, call) => self.row(route, times, [&self.call(call), "", "", ""]),
        }
    }

    fn call(&self, call: &Call) -> String {
        let depot = self.scenario.problem.depot(call.depot);
        let depot = name(depot.name.as_ref(), &depot.key);
        text!("call at {depot}", "前往 {depot} 取还物资").in_lang(self.lang).to_owned()
    }

    /// Who else comes to a need, and in company with whom.
    fn with(&self, visit: &Visit, own: &Route) -> String {
        let problem = &self.scenario.problem;
        let others = self.solved.plan.routes.iter().filter(|route| route.unit != own.unit);
        let others = others.filter(|route| route.visits.iter().any(|other| other.need == visit.need));
        let units = others.map(|route| route.unit).chain(own.company.iter().copied());
        let names = units.map(|unit| {
            let volunteer = problem.volunteer(problem.unit(unit).volunteer);
            name(volunteer.name.as_ref(), &volunteer.key)
        });
        names.collect::<Vec<_>>().join(in_lang(self.lang, ["、", ", "]))
    }

    fn row(
        &self,
        route: &Route,
        (from, to): (qise::model::Time, qise::model::Time),
        [what, key, place, with]: [&str; 4],
    ) -> Vec<Cell> {
        let (problem, zone) = (&self.scenario.problem, &self.scenario.zone);
        let unit = problem.unit(route.unit);
        let vehicle = unit.vehicle.map(|vehicle| problem.vehicle(vehicle));
        let vehicle = vehicle.map_or("", |vehicle| name(vehicle.name.as_ref(), &vehicle.key));
        let cells = [
            self.who(unit),
            &zone.date(from),
            &clock(zone, from),
            &clock(zone, to),
            what,
            key,
            place,
            with,
            vehicle,
        ];
        cells.map(Cell::of_text).to_vec()
    }

    fn who(&self, unit: &Unit) -> &str {
        let volunteer = self.scenario.problem.volunteer(unit.volunteer);
        name(volunteer.name.as_ref(), &volunteer.key)
    }

    /// One row for each route of a member, by team.
    fn teams(&self) -> Sheet {
        let (problem, zone) = (&self.scenario.problem, &self.scenario.zone);
        let mut rows = Vec::new();
        for route in &self.solved.plan.routes {
            let unit = problem.unit(route.unit);
            let teams = &problem.volunteer(unit.volunteer).teams;
            let team = teams.first().map(|team| &problem.teams()[team.index()]);
            let team_name = team.map_or("", |team| name(team.name.as_ref(), &team.key));
            let cells = vec![
                Cell::of_text(team_name),
                Cell::of_text(self.who(unit)),
                Cell::of_text(zone.date(route.departure)),
                Cell::of_text(clock(zone, route.departure)),
                Cell::of_text(clock(zone, route.finish)),
                Cell::Number(route.visits.len() as f64),
                Cell::Number(((route.finish - route.departure).0 as f64 / 360.0).round() / 10.0),
            ];
            rows.push((teams.first().copied(), route.departure, cells));
        }
        rows.sort_by_key(|(team, departure, _)| (team.is_none(), *team, *departure));
        let headings = [
            ["队伍", "team"],
            ["姓名", "person"],
            ["日期", "date"],
            ["出发", "leaves"],
            ["返回", "back"],
            ["服务次数", "visits"],
            ["在外小时", "hours out"],
        ];
        self.sheet(["队伍", "teams"], &headings, rows.into_iter().map(|(.., cells)| cells).collect())
    }

    fn unserved(&self, reasons: &[Reason]) -> Sheet {
        let problem = &self.scenario.problem;
        let left = &self.solved.plan.unserved;
        let mut left = left
            .iter()
            .map(|&need| (need, reasons.iter().find(|reason| reason.need == need)))
            .collect::<Vec<_>>();
        let rank = |need: NeedId| (problem.need(need).mandatory, problem.need(need).priority);
        left.sort_by_key(|(need, _)| std::cmp::Reverse(rank(*need)));
        let rows = left.into_iter().map(|(id, reason)| {
            let need = problem.need(id);
            let why = reason.map(|reason| words::reason(problem, reason).in_lang(self.lang).to_owned());
            vec![
                Cell::of_text(need.key.as_str()),
                Cell::of_text(name(need.name.as_ref(), &need.key)),
                Cell::Number(f64::from(need.priority)),
                Cell::of_text(why.unwrap_or_default()),
            ]
        });
        let headings = [["编号", "need"], ["名称", "name"], ["优先级", "priority"], ["原因", "reason"]];
        self.sheet(["未安排", "unserved"], &headings, rows.collect())
    }

    fn figures(&self) -> Sheet {
        let rows = key_figures(&self.scenario.problem, self.solved, self.lang).into_iter();
        let rows =
            rows.map(|(label, value)| vec![Cell::of_text(label.in_lang(self.lang)), Cell::of_text(value)]);
        self.sheet(["指标", "figures"], &[["指标", "figure"], ["值", "value"]], rows.collect())
    }
}

/// A time of day without its seconds: nobody reads them on paper.
fn clock(zone: &Zone, time: Time) -> String {
    let words = zone.clock(time);
    match (words.get(..5), words.get(5..8)) {
        (Some(minutes), Some(seconds)) if seconds.starts_with(':') => minutes.to_owned() + &words[8..],
        _ => words,
    }
}
