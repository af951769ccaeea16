//! Vehicle routing with time windows and several depots, as Cordeau's text files state it.
//!
//! Line 1: type (6), vehicles per depot, customers, depots. Then a line a depot: longest duration of a route (0: none) and
//! capacity. Then customers, and after them the depots: number, x, y, service time, demand, frequency, number of
//! combinations of depots, those combinations, opening and closing of the window in which the service may start. Any depot
//! may serve any customer, so the combinations are passed over.
//!
//! Cordeau, Laporte and Mercier, *A unified tabu search heuristic for vehicle routing problems with time windows*, Journal of the
//! Operational Research Society 52 (2001) 928–936.

use qise::{Faults, Text, text};

use super::routing::{Goal, Routing, Site, Vehicle};
use super::scan::{Line, Lines};

/// More customers or vehicles than this no instance has.
const MOST: usize = 100_000;

/// Whether a text looks like one of this format.
pub(super) fn recognises(words: &str) -> bool {
    let first = words.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let words = first.split_whitespace().collect::<Vec<_>>();
    words.len() == 4 && words[0] == "6"
}

/// Reads an instance.
pub(super) fn read(bytes: &[u8]) -> Result<Routing, Faults> {
    let mut lines = Lines::of(bytes)?;
    let expected =
        text!("type 6, vehicles per depot, customers, depots", "类型 6、每个车场的车辆数、客户数、车场数");
    let line = lines.demand(expected.clone())?;
    let head = line.numbers(4, &expected)?;
    let each = line.whole(head[1], 1, &text!("vehicles per depot", "每个车场的车辆数"))? as usize;
    let customers = line.whole(head[2], 0, &text!("a number of customers", "客户数"))? as usize;
    let depots = line.whole(head[3], 1, &text!("a number of depots", "车场数"))? as usize;
    // Those of a depot are alike, and more of them than customers have nothing to do.
    let each = each.min(customers.max(1));
    if head[0] as i64 != 6 || customers > MOST || each.saturating_mul(depots) > MOST {
        return Err(line.fault(line.words, expected));
    }

    let expected = text!("the longest duration of a route and the capacity", "路线最长时长和载量");
    let mut vehicles = Vec::new();
    for depot in 0..depots {
        let line = lines.demand(expected.clone())?;
        let limits = line.numbers(2, &expected)?;
        let duration = line.not_negative(limits[0], &text!("a duration", "时长"))?;
        let capacity = Some(line.whole(limits[1], 0, &text!("a capacity", "载量"))?);
        let duration = (duration > 0.0).then_some(duration);
        vehicles.extend((0..each).map(|_| Vehicle { depot, capacity, duration, serves: None }));
    }
    let mut sites = Vec::new();
    for number in 1..=customers + depots {
        let line = lines.demand(text!("customer or depot number {number}", "编号 {number} 的客户或车场"))?;
        sites.push(site(line, number)?);
    }
    if let Some(line) = lines.next() {
        return Err(
            line.fault(line.words, text!("nothing after the last depot", "最后一个车场之后不应有内容"))
        );
    }
    let depots = (customers..customers + depots).collect();
    Ok(Routing { sites, depots, vehicles, pairs: Vec::new(), goal: Goal::Distance, decimals: 1 })
}

fn site(line: Line<'_>, number: usize) -> Result<Site, Faults> {
    let expected: Text = text!(
        "number, x, y, service time, demand, frequency, combinations, opening and closing",
        "编号、x、y、服务时长、需求量、频次、组合、时间窗开始和结束"
    );
    let n = line.numbers(9, &expected)?;
    let combinations = line.whole(n[6], 0, &text!("a number of combinations", "组合数"))?;
    let id = line.whole(n[0], 0, &text!("a number of a customer", "客户编号"))?;
    if id != number as i64 || n.len() as i64 != 9 + combinations {
        let (count, first) = (n.len(), id);
        let found = text!("{count} numbers, the first of them {first}", "{count} 个数，首个为 {first}");
        return Err(line.fault(found, expected));
    }
    let last = n.len();
    Ok(Site {
        id,
        x: n[1],
        y: n[2],
        service: line.not_negative(n[3], &text!("a service time", "服务时长"))?,
        demand: line.whole(n[4], 0, &text!("a demand", "需求量"))?,
        window: line.window(n[last - 2], n[last - 1])?,
        prize: 0,
    })
}
