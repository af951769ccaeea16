//! A plan that somebody made in a table: one row for each visit.

mod clock;
mod names;
mod routes;

use std::collections::{BTreeMap, BTreeSet};

use qise::model::{Code, Fault, NeedId, Shift, Time, UnitId, VehicleId, VolunteerId};
use qise::plan::Draft;
use qise::{Faults, Problem, Text, text};

use super::PlanDocument;
use super::csv::{Row, rows};
use crate::read::quoted;
use crate::suggest::Suggest;
use crate::time::Zone;
use names::Names;
use routes::routes;

/// A column, by what it says of a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    Need,
    Volunteer,
    Start,
    Role,
    Stop,
    Shift,
    Vehicle,
    /// Passed over: remarks, and what our own tables of visits say besides.
    Note,
}

/// The headings of each column; the first is its name in messages.
const HEADINGS: [(Column, &[&str]); 8] = [
    (Column::Need, &["need", "需求", "需求编号", "需求id"]),
    (Column::Volunteer, &["volunteer", "志愿者", "志愿者编号", "人员", "人员编号"]),
    (Column::Start, &["start", "开始", "开始时间", "时间"]),
    (Column::Role, &["role", "角色"]),
    (Column::Stop, &["stop", "停靠点", "站"]),
    (Column::Shift, &["shift", "班次"]),
    (Column::Vehicle, &["vehicle", "车辆"]),
    (Column::Note, &["note", "备注", "说明", "name", "category", "arrival", "end", "travel_s", "distance_m"]),
];

/// Reads a plan made by hand for `problem` from a table (CSV in UTF-8) with headings in English or Chinese: `need` 需求 and
/// `volunteer` 志愿者, and where they help `start` 开始, `role` 角色, `stop` 停靠点, `shift` 班次, `vehicle` 车辆 and `note` 备注. The other columns of
/// the table of visits that we write are passed over.
///
/// A need, a person or a vehicle is given by its id, or by its name where only one has it. Without a volunteer the need is left, as is
/// every need that no row names. A start is a time, or a time of day in a shift of the person. Roles, stops and shifts count from 0, as
/// in plan documents; without a role the visit fills the first that is free and that the person suits, without a stop it makes all
/// stops of a ride, without a shift it belongs to that in which it starts, or may start. Visits of one shift are made in the order of
/// their starts where all are given, else in the order of the table. Other times are filled in as
/// [`Draft::dated`] does.
///
/// # Errors
/// Everything that is wrong with the table at once, with the line and the column.
pub fn read_plan_table(problem: &Problem, zone: &Zone, bytes: &[u8]) -> Result<PlanDocument, Faults> {
    let (draft, faults) = draft(problem, zone, bytes)?;
    faults.into_result()?;
    Ok(PlanDocument { plan: draft.dated(problem), filled: draft.missing(), ..PlanDocument::default() })
}

/// What a table says, and what is wrong with single rows.
pub(super) fn draft(problem: &Problem, zone: &Zone, bytes: &[u8]) -> Result<(Draft, Faults), Faults> {
    let rows = rows(bytes)?;
    let mut table = Table {
        problem,
        zone,
        columns: BTreeMap::new(),
        faults: Faults::default(),
        suggest: Suggest::default(),
    };
    let Some((head, rows)) = rows.split_first() else {
        table.fault("line 1", Code::Syntax, text!("an empty table", "空表"), headings(), Text::default());
        return Err(table.faults);
    };
    table.head(head);
    if !table.faults.0.is_empty() {
        return Err(table.faults);
    }
    let draft = table.draft(rows);
    Ok((draft, table.faults))
}

fn headings() -> Text {
    text!("a row of headings: need, volunteer, start, role …", "表头一行：需求、志愿者、开始、角色……")
}

/// A table on its way to a plan.
struct Table<'p> {
    problem: &'p Problem,
    zone: &'p Zone,
    /// Where each column stands.
    columns: BTreeMap<Column, usize>,
    faults: Faults,
    suggest: Suggest,
}

/// What a row says.
struct Entry {
    need: NeedId,
    unit: UnitId,
    start: Option<Time>,
    role: Option<u16>,
    stop: Option<u16>,
}

impl Table<'_> {
    fn fault(
        &mut self,
        path: impl Into<String>,
        code: Code,
        found: impl Into<Text>,
        expected: Text,
        hint: Text,
    ) {
        self.faults.push(Fault::new(path, code, found, expected).hint(hint));
    }

    /// Finds out which column is which.
    fn head(&mut self, head: &Row) {
        for (c, cell) in head.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let (path, word) = (format!("line {}, column {}", head.line, c + 1), cell.to_lowercase());
            let known = HEADINGS.iter().find(|(_, names)| names.contains(&word.as_str()));
            match known {
                Some((column, _)) if *column != Column::Note && self.columns.contains_key(column) => {
                    let expected = text!("each heading once", "每个表头一次");
                    self.fault(path, Code::DuplicateField, quoted(cell), expected, Text::default());
                }
                Some(&(column, _)) => drop(self.columns.insert(column, c)),
                None => {
                    let names = HEADINGS.iter().flat_map(|(_, names)| names.iter().copied());
                    let hint = self.suggest.hint(cell, names);
                    self.fault(path, Code::UnknownField, quoted(cell), headings(), hint);
                }
            }
        }
        for column in [Column::Need, Column::Volunteer] {
            if !self.columns.contains_key(&column) {
                let [en, zh] = [0, 1].map(|n| HEADINGS[column as usize].1[n]);
                let expected = text!("a column headed {en} or {zh}", "表头为 {en} 或 {zh} 的一列");
                let path = format!("line {}", head.line);
                self.fault(path, Code::MissingField, text!("nothing", "空缺"), expected, Text::default());
            }
        }
    }

    fn draft(&mut self, rows: &[Row]) -> Draft {
        let problem = self.problem;
        let needs = Names::of(problem.needs().iter().map(|need| (&need.key, need.name.as_ref())));
        let people = Names::of(problem.volunteers().iter().map(|who| (&who.key, who.name.as_ref())));
        let vehicles = Names::of(problem.vehicles().iter().map(|v| (&v.key, v.name.as_ref())));
        let mut entries = Vec::new();
        for row in rows {
            let need = self.refer(row, Column::Need, &needs).map(NeedId::new);
            if need.is_none() && self.cell(row, Column::Need).is_empty() {
                let expected = text!("the id of a need", "需求编号");
                let path = path(row, Column::Need);
                self.fault(path, Code::MissingField, text!("nothing", "空缺"), expected, Text::default());
            }
            let who = self.refer(row, Column::Volunteer, &people).map(VolunteerId::new);
            let vehicle = self.refer(row, Column::Vehicle, &vehicles).map(VehicleId::new);
            if let (Some(need), Some(who)) = (need, who) {
                entries.extend(self.entry(row, need, who, vehicle));
            }
        }
        let served = entries.iter().map(|entry| problem.stands_for(entry.need)).collect::<BTreeSet<_>>();
        let unserved = problem.standing().filter(|need| !served.contains(need)).collect();
        Draft { routes: routes(problem, &entries), unserved, outsourced: Vec::new() }
    }

    fn entry(
        &mut self,
        row: &Row,
        need: NeedId,
        who: VolunteerId,
        vehicle: Option<VehicleId>,
    ) -> Option<Entry> {
        let asked = self.problem.need(need);
        let role = self.number(row, Column::Role, asked.roles.len());
        let stop = self.number(row, Column::Stop, asked.stops.len());
        let shifts = &self.problem.volunteer(who).shifts;
        if shifts.is_empty() {
            let found = quoted(self.cell(row, Column::Volunteer));
            let expected = text!("a person with a shift", "有班次的人员");
            self.fault(
                path(row, Column::Volunteer),
                Code::UnknownReference,
                found,
                expected,
                Text::default(),
            );
            return None;
        }
        let given = self.number(row, Column::Shift, shifts.len());
        let open = |time: Time| asked.stops[0].windows.iter().any(|window| window.contains(time));
        let is_it = |s: usize| given.is_none_or(|given| usize::from(given) == s);
        let choices = || shifts.iter().enumerate().filter(|&(s, _)| is_it(s));
        let start = self.start(row, &choices().map(|(_, shift)| shift).collect::<Vec<_>>(), open);
        let fits = |shift: &Shift| match start {
            Some(start) => shift.start <= start && start <= shift.end,
            None => asked.stops[0].windows.iter().any(|w| w.from <= shift.end && shift.start <= w.to),
        };
        let shift =
            choices().find(|(_, shift)| fits(shift)).or_else(|| choices().next()).map_or(0, |(s, _)| s);
        let is_unit = |&id: &UnitId| {
            let unit = self.problem.unit(id);
            (unit.shift as usize, unit.vehicle) == (shift, vehicle)
        };
        let Some(unit) = self.problem.units_of(who).find(is_unit) else {
            let found = quoted(self.cell(row, Column::Vehicle));
            let expected =
                text!("a vehicle that this person may take in this shift", "此人在此班次可用的车辆");
            self.fault(path(row, Column::Vehicle), Code::UnknownReference, found, expected, Text::default());
            return None;
        };
        Some(Entry { need, unit, start, role, stop })
    }

    /// What stands in a column; empty where there is no such column.
    fn cell<'r>(&self, row: &'r Row, column: Column) -> &'r str {
        self.columns.get(&column).and_then(|&c| row.cells.get(c)).map_or("", String::as_str)
    }

    /// What an id or a name stands for; nothing where there is none, or none known, which is a fault.
    fn refer(&mut self, row: &Row, column: Column, names: &Names<'_>) -> Option<usize> {
        let words = self.cell(row, column);
        if words.is_empty() {
            return None;
        }
        let (found, several) = names.find(words);
        if found.is_none() {
            let hint = if several {
                text!("several have this name: give the id", "有多个同名：请填写编号")
            } else {
                self.suggest.hint(words, names.keys())
            };
            let expected = text!(
                "an id of this scenario, or a name that one alone has",
                "本场景中的编号，或不重复的名称"
            );
            self.fault(path(row, column), Code::UnknownReference, quoted(words), expected, hint);
        }
        found
    }

    /// A number below `count`; nothing where there is none, or another, which is a fault.
    fn number(&mut self, row: &Row, column: Column, count: usize) -> Option<u16> {
        let words = self.cell(row, column);
        if words.is_empty() {
            return None;
        }
        let number = words.parse::<u16>().ok().filter(|&number| usize::from(number) < count);
        if number.is_none() {
            let last = count.saturating_sub(1);
            let expected = text!("a number from 0 to {last}", "0 至 {last} 之间的整数");
            self.fault(path(row, column), Code::OutOfRange, quoted(words), expected, Text::default());
        }
        number
    }
}

fn path(row: &Row, column: Column) -> String {
    format!("line {}, {}", row.line, HEADINGS[column as usize].1[0])
}
