//! Team orienteering with time windows, in the text format of Montemanni and Gambardella and of Vansteenwegen.
//!
//! Line 1: unused, paths with which every point can be visited, points, unused. Line 2 is not used. Then a line a point, the depot
//! (0) first: number, x, y, duration of the visit, profit, fields that are not used, opening and closing of the window in which the
//! visit may start. Each path begins and ends at the depot within its window. How many paths there are is not in the file.
//!
//! Righini and Salani, *Decremental state space relaxation strategies and initialization heuristics for solving the orienteering
//! problem with time windows with dynamic programming*, Computers & Operations Research 36 (2009) 1191–1203; Vansteenwegen et
//! al., *Iterated local search for the team orienteering problem with time windows*, same volume, 3281–3290.

use qise::{Faults, Text, text};

use super::routing::{Goal, Routing, Site};
use super::scan::{Line, Lines};

/// Reads an instance. `name` of the file: distances keep two decimals where it begins with `pr`, else one.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Routing, Faults> {
    let mut lines = Lines::of(bytes)?;
    let expected = text!("four numbers, the third of them that of the points", "四个数，第三个为点数");
    let line = lines.demand(expected.clone())?;
    let head = line.numbers(3, &expected)?;
    let points = line.whole(head[2], 0, &text!("a number of points", "点数"))?;
    lines.demand(text!("a second line of heading", "第二行表头"))?;
    let mut sites = Vec::new();
    let mut last = line;
    for line in lines {
        sites.push(site(line, sites.len())?);
        last = line;
    }
    // Some files count the depot, others do not.
    let count = sites.len() as i64;
    if count < 1 || (count != points && count != points + 1) {
        let number = line.number;
        let expected = text!("{points} points, as line {number} says", "{points} 个点，如第 {number} 行所述");
        return Err(last.fault(text!("{count} points", "{count} 个点"), expected));
    }
    let base = name.rsplit('/').next().unwrap_or(name);
    let decimals = if base.to_ascii_lowercase().starts_with("pr") { 2 } else { 1 };
    Ok(Routing {
        sites,
        depots: vec![0],
        vehicles: Vec::new(),
        pairs: Vec::new(),
        goal: Goal::Prizes,
        decimals,
    })
}

fn site(line: Line<'_>, number: usize) -> Result<Site, Faults> {
    let expected: Text = text!(
        "number, x, y, duration, profit, unused fields, opening and closing",
        "编号、x、y、时长、收益、未用字段、时间窗开始和结束"
    );
    let n = line.numbers(7, &expected)?;
    let id = line.whole(n[0], 0, &text!("a number of a point", "点的编号"))?;
    if id != number as i64 {
        return Err(line.fault(id.to_string(), text!("point number {number}", "点的编号 {number}")));
    }
    let last = n.len();
    Ok(Site {
        id,
        x: n[1],
        y: n[2],
        service: line.not_negative(n[3], &text!("a duration", "时长"))?,
        prize: line.whole(n[4], 0, &text!("a profit", "收益"))?,
        demand: 0,
        window: line.window(n[last - 2], n[last - 1])?,
    })
}
