//! Pick-up and delivery with time windows, as the files of Li and Lim state it.
//!
//! Line 1: vehicles, capacity, speed. Then one line a site: number (0 is the depot), x, y, demand (less than nothing at a delivery),
//! opening and closing of the window in which the service may start, duration of the service, number of the pick-up that a delivery
//! belongs to (else 0), number of the delivery that a pick-up belongs to (else 0).
//!
//! Li and Lim, *A metaheuristic for the pickup and delivery problem with time windows*, International Journal on Artificial
//! Intelligence Tools 12 (2003) 173–186.

use qise::{Faults, text};

use super::routing::{Goal, Routing, Site, Vehicle};
use super::scan::{Line, Lines};

/// Reads an instance.
pub(super) fn read(bytes: &[u8]) -> Result<Routing, Faults> {
    let mut lines = Lines::of(bytes)?;
    let expected = text!("the number of vehicles, their capacity and speed", "车辆数、载量和速度");
    let line = lines.demand(expected.clone())?;
    let fleet = line.numbers(2, &expected)?;
    let count = line.whole(fleet[0], 1, &text!("a number of vehicles", "车辆数"))?;
    let capacity = line.whole(fleet[1], 0, &text!("a capacity", "载量"))?;
    let rows = lines.collect::<Vec<_>>();
    let mut sites = Vec::new();
    let mut pairs = Vec::new();
    for (number, &line) in rows.iter().enumerate() {
        let (site, delivery) = site(line, number, rows.len())?;
        sites.push(site);
        if let Some(delivery) = delivery {
            pairs.push((number, delivery));
        }
    }
    let mut named = vec![false; sites.len()];
    for &(pickup, delivery) in &pairs {
        for site in [pickup, delivery] {
            if site == 0 || std::mem::replace(&mut named[site], true) {
                let expected = text!("each site in one pair", "每个地点只属于一对");
                return Err(rows[pickup].fault(site.to_string(), expected));
            }
        }
    }
    if sites.is_empty() || named.iter().skip(1).any(|named| !named) {
        let line = Line { number: 1, words: "" };
        let found = text!("sites that belong to no pair", "不成对的地点");
        return Err(line.fault(found, text!("a depot, and pairs of sites", "一个车场和成对的地点")));
    }
    let vehicle = Vehicle { depot: 0, capacity: Some(capacity), duration: None, serves: None };
    // All are alike, and more of them than pairs have nothing to do.
    let vehicles = vec![vehicle; (count as usize).min(sites.len())];
    Ok(Routing { sites, depots: vec![0], vehicles, pairs, goal: Goal::Distance, decimals: 1 })
}

/// A site, and the delivery that belongs to it where it is a pick-up.
fn site(line: Line<'_>, number: usize, count: usize) -> Result<(Site, Option<usize>), Faults> {
    let expected = text!(
        "number, x, y, demand, opening, closing, service time, pick-up and delivery",
        "编号、x、y、需求量、时间窗开始、结束、服务时长、取货点、送货点"
    );
    let n = line.numbers(9, &expected)?;
    let id = line.whole(n[0], 0, &text!("a number of a site", "地点编号"))?;
    if id != number as i64 {
        return Err(line.fault(id.to_string(), text!("site number {number}", "地点编号 {number}")));
    }
    let site = Site {
        id,
        x: n[1],
        y: n[2],
        demand: line.whole(n[3].abs(), 0, &text!("a demand", "需求量"))?,
        service: line.not_negative(n[6], &text!("a service time", "服务时长"))?,
        window: line.window(n[4], n[5])?,
        prize: 0,
    };
    let delivery = line.whole(n[8], 0, &text!("a number of a site", "地点编号"))? as usize;
    if delivery >= count {
        let last = count - 1;
        return Err(line.fault(delivery.to_string(), text!("a site from 0 to {last}", "0 至 {last} 的地点")));
    }
    Ok((site, Some(delivery).filter(|&delivery| delivery > 0)))
}
