//! Vehicle routing with time windows, as Solomon's files and those of Gehring and Homberger state it.
//!
//! Line 1 is a name. After `VEHICLE` and `NUMBER CAPACITY` stand the size of the fleet and the capacity of each vehicle, after
//! `CUSTOMER` and its headings one line a site: number (0 is the depot), x, y, demand, opening and closing of the window in
//! which the service may start, duration of the service.
//!
//! Solomon, *Algorithms for the vehicle routing and scheduling problems with time window constraints*, Operations Research 35
//! (1987) 254–265; Gehring and Homberger, *A parallel hybrid evolutionary metaheuristic for the vehicle routing problem with
//! time windows*, EUROGEN99 (1999) 57–64.

use qise::{Faults, Text, text};

use super::routing::{Goal, Routing, Site, Vehicle};
use super::scan::{Line, Lines};

/// Whether a text looks like one of this format.
pub(super) fn recognises(words: &str) -> bool {
    words.lines().any(|line| line.trim().to_ascii_uppercase().starts_with("CUST"))
}

/// Reads an instance.
pub(super) fn read(bytes: &[u8]) -> Result<Routing, Faults> {
    let mut lines = Lines::of(bytes)?;
    heading(&mut lines, "VEHICLE")?;
    heading(&mut lines, "NUMBER")?;
    let expected = text!("the number of vehicles and their capacity", "车辆数和载量");
    let line = lines.demand(expected.clone())?;
    let fleet = line.numbers(2, &expected)?;
    let count = line.whole(fleet[0], 1, &text!("a number of vehicles", "车辆数"))?;
    let capacity = line.whole(fleet[1], 0, &text!("a capacity", "载量"))?;
    heading(&mut lines, "CUST")?;

    let mut sites = Vec::new();
    for line in lines {
        // Headings of columns, over one or two lines.
        if sites.is_empty() && line.words.starts_with(|c: char| c.is_alphabetic()) {
            continue;
        }
        sites.push(site(line, sites.len())?);
    }
    if sites.is_empty() {
        let line = Line { number: 1, words: "" };
        return Err(
            line.fault(text!("no customers", "没有客户"), text!("a depot, number 0", "编号为 0 的车场"))
        );
    }
    let vehicle = Vehicle { depot: 0, capacity: Some(capacity), duration: None, serves: None };
    // All are alike, and more of them than customers have nothing to do.
    let vehicles = vec![vehicle; (count as usize).min(sites.len())];
    Ok(Routing { sites, depots: vec![0], vehicles, pairs: Vec::new(), goal: Goal::Distance, decimals: 1 })
}

/// Passes over everything up to the line that begins with `word`.
fn heading(lines: &mut Lines<'_>, word: &str) -> Result<(), Faults> {
    loop {
        let line = lines.demand(text!("a line that begins with {word}", "以 {word} 开头的一行"))?;
        if line.words.to_ascii_uppercase().starts_with(word) {
            return Ok(());
        }
    }
}

fn site(line: Line<'_>, number: usize) -> Result<Site, Faults> {
    let expected: Text = text!(
        "number, x, y, demand, opening, closing and service time",
        "编号、x、y、需求量、时间窗开始、结束、服务时长"
    );
    let n = line.numbers(7, &expected)?;
    let id = line.whole(n[0], 0, &text!("a number of a customer", "客户编号"))?;
    if id != number as i64 {
        return Err(line.fault(id.to_string(), text!("customer number {number}", "客户编号 {number}")));
    }
    Ok(Site {
        id,
        x: n[1],
        y: n[2],
        demand: line.whole(n[3], 0, &text!("a demand", "需求量"))?,
        service: line.not_negative(n[6], &text!("a service time", "服务时长"))?,
        window: line.window(n[4], n[5])?,
        prize: 0,
    })
}
