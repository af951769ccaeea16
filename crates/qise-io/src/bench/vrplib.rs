//! The dialect of VRPLIB in which PyVRP publishes its instances: several depots, site dependency, prizes.
//!
//! `KEY: value` lines, then sections with one line a location or vehicle, both numbered from 1. `VEHICLES_ALLOWED_CLIENTS`
//! lists the locations that a vehicle may serve, `VEHICLES_DEPOT` its depot. `PRIZE` makes customers optional: the prize is
//! lost when nobody visits. In solutions a location has its number less one.
//!
//! Cordeau and Laporte, *A tabu search algorithm for the site dependent vehicle routing problem with time windows*, INFOR 39
//! (2001) 292–298; Vidal et al., *A hybrid genetic algorithm with adaptive diversity management for a large class of vehicle
//! routing problems with time-windows*, Computers & Operations Research 40 (2013) 475–489; prizes as in Bulhões et al., European
//! Journal of Operational Research 265 (2018) 544–558. The dialect: PyVRP, *Instances* (repository `PyVRP/Instances`).

use std::collections::BTreeMap;

use qise::{Faults, Text, text};

use super::routing::{Goal, Routing, Site, Vehicle};
use super::scan::{Line, Lines};

/// What stands in the head; anything else is refused, for it may change what the instance means.
const KEYS: [&str; 9] = [
    "NAME",
    "COMMENT",
    "TYPE",
    "EDGE_WEIGHT_TYPE",
    "DIMENSION",
    "VEHICLES",
    "CAPACITY",
    "VEHICLES_MAX_DURATION",
    "SERVICE_TIME",
];

/// The sections, without `_SECTION`.
const SECTIONS: [&str; 10] = [
    "NODE_COORD",
    "DEMAND",
    "SERVICE_TIME",
    "TIME_WINDOW",
    "CAPACITY",
    "VEHICLES_ALLOWED_CLIENTS",
    "VEHICLES_DEPOT",
    "VEHICLES_MAX_DURATION",
    "DEPOT",
    "PRIZE",
];

/// More locations or vehicles than this no instance has.
const MOST: i64 = 100_000;

/// Whether a text looks like one of this format.
pub(super) fn recognises(words: &str) -> bool {
    words.lines().any(|line| line.trim() == "NODE_COORD_SECTION")
}

/// Reads an instance.
pub(super) fn read(bytes: &[u8]) -> Result<Routing, Faults> {
    let file = File::read(bytes)?;
    let locations = file.count("DIMENSION", 1)?;
    let fleet = file.count("VEHICLES", 1)?;

    let mut sites = vec![Site::default(); locations];
    for (site, (i, (_, n))) in
        sites.iter_mut().zip(file.rows("NODE_COORD", locations, 2)?.into_iter().enumerate())
    {
        (site.id, site.x, site.y) = (i as i64, n[0], n[1]);
    }
    for (site, (line, n)) in sites.iter_mut().zip(file.rows("DEMAND", locations, 1)?) {
        site.demand = line.whole(n[0], 0, &text!("a demand", "需求量"))?;
    }
    for (site, (line, n)) in sites.iter_mut().zip(file.rows("TIME_WINDOW", locations, 2)?) {
        site.window = line.window(n[0], n[1])?;
    }
    let depots = file.depots(locations)?;
    if file.has("SERVICE_TIME") {
        for (site, (line, n)) in sites.iter_mut().zip(file.rows("SERVICE_TIME", locations, 1)?) {
            site.service = line.not_negative(n[0], &text!("a service time", "服务时长"))?;
        }
    } else if let Some((line, value)) = file.value("SERVICE_TIME")? {
        let service = line.not_negative(value, &text!("a service time", "服务时长"))?;
        (0..locations).filter(|site| !depots.contains(site)).for_each(|site| sites[site].service = service);
    }
    let mut goal = Goal::Distance;
    if file.has("PRIZE") {
        goal = Goal::DistanceAndPrizes;
        for (site, (line, n)) in sites.iter_mut().zip(file.rows("PRIZE", locations, 1)?) {
            site.prize = line.whole(n[0], 0, &text!("a prize", "收益"))?;
        }
    }
    let vehicles = file.fleet(fleet, locations, &depots)?;
    Ok(Routing { sites, depots, vehicles, pairs: Vec::new(), goal, decimals: 1 })
}

/// The head and the sections of a file.
#[derive(Debug, Default)]
struct File<'t> {
    head: BTreeMap<&'t str, (Line<'t>, &'t str)>,
    sections: BTreeMap<&'t str, (Line<'t>, Vec<Line<'t>>)>,
    end: usize,
}

/// A line of a section, and its numbers after the first.
type Row<'t> = (Line<'t>, Vec<f64>);

impl<'t> File<'t> {
    fn read(bytes: &'t [u8]) -> Result<Self, Faults> {
        let mut file = Self { end: 1, ..Self::default() };
        let mut section = None;
        for line in Lines::of(bytes)? {
            file.end = line.number;
            if line.words == "EOF" {
                break;
            }
            if let Some(name) = line.words.strip_suffix("_SECTION") {
                if !SECTIONS.contains(&name) || file.sections.insert(name, (line, Vec::new())).is_some() {
                    return Err(line.fault(
                        line.words,
                        text!("one of the known sections, once", "已知的段落，每段一次"),
                    ));
                }
                section = Some(name);
            } else if let Some((key, value)) =
                line.words.split_once(':').filter(|_| line.words.starts_with(|c: char| c.is_alphabetic()))
            {
                let key = key.trim();
                if !KEYS.contains(&key) || file.head.insert(key, (line, value.trim())).is_some() {
                    return Err(
                        line.fault(line.words, text!("one of the known keys, once", "已知的键，每键一次"))
                    );
                }
            } else if let Some((_, rows)) = section.and_then(|name| file.sections.get_mut(name)) {
                rows.push(line);
            } else {
                return Err(line.fault(line.words, text!("\"KEY: value\" or a section", "“键：值”或段落")));
            }
        }
        Ok(file)
    }

    fn has(&self, section: &str) -> bool {
        self.sections.contains_key(section)
    }

    fn missing(&self, what: &str) -> Faults {
        let line = Line { number: self.end, words: "" };
        line.fault(text!("no {what}", "没有 {what}"), text!("{what}", "{what}"))
    }

    /// The number of a key of the head.
    fn value(&self, key: &str) -> Result<Option<(Line<'t>, f64)>, Faults> {
        let Some(&(line, value)) = self.head.get(key) else { return Ok(None) };
        let expected = text!("{key}: a number", "{key}：一个数");
        let numbers = Line { number: line.number, words: value }.numbers(1, &expected)?;
        Ok(Some((line, numbers[0])))
    }

    fn count(&self, key: &str, least: i64) -> Result<usize, Faults> {
        let (line, value) = self.value(key)?.ok_or_else(|| self.missing(key))?;
        let count = line.whole(value, least, &text!("a number", "数目"))?;
        if count > MOST {
            return Err(line.fault(count.to_string(), text!("at most {MOST}", "最多 {MOST}")));
        }
        Ok(count as usize)
    }

    /// The rows of a section, which are numbered from 1 to `count` and have at least so many numbers each.
    fn rows(&self, section: &str, count: usize, least: usize) -> Result<Vec<Row<'t>>, Faults> {
        let (heading, lines) = self.sections.get(section).ok_or_else(|| self.missing(section))?;
        if lines.len() != count {
            let found = lines.len();
            let expected = text!("{count} lines in {section}", "{section} 中有 {count} 行");
            return Err(heading.fault(text!("{found} lines", "{found} 行"), expected));
        }
        let row = |(i, &line): (usize, &Line<'t>)| {
            let number = i + 1;
            let expected: Text =
                text!("{number} and {least} number(s) after it", "{number} 以及其后 {least} 个数");
            let mut numbers = line.numbers(least + 1, &expected)?;
            if line.whole(numbers.remove(0), 0, &text!("a number of a line", "行编号"))? != number as i64 {
                return Err(line.fault(line.words, expected));
            }
            Ok((line, numbers))
        };
        lines.iter().enumerate().map(row).collect()
    }

    /// The location of a number.
    fn location(line: Line<'_>, number: f64, count: usize) -> Result<usize, Faults> {
        let what = text!("a number of a location", "地点编号");
        let location = line.whole(number, 1, &what)? as usize;
        if location > count {
            return Err(line
                .fault(location.to_string(), text!("a location from 1 to {count}", "1 至 {count} 的地点")));
        }
        Ok(location - 1)
    }

    fn depots(&self, locations: usize) -> Result<Vec<usize>, Faults> {
        let Some((heading, lines)) = self.sections.get("DEPOT") else { return Ok(vec![0]) };
        let mut depots = Vec::new();
        for &line in lines.iter().filter(|line| line.words != "-1") {
            let numbers = line.numbers(1, &text!("a number of a location", "地点编号"))?;
            depots.push(Self::location(line, numbers[0], locations)?);
        }
        if depots.is_empty() {
            return Err(heading.fault(text!("no depots", "没有车场"), text!("at least one", "至少一个")));
        }
        Ok(depots)
    }

    fn fleet(&self, fleet: usize, locations: usize, depots: &[usize]) -> Result<Vec<Vehicle>, Faults> {
        let capacity = text!("a capacity", "载量");
        let all = match self.value("CAPACITY")? {
            Some((line, value)) => Some(line.whole(value, 0, &capacity)?),
            None if self.has("CAPACITY") => None,
            None => return Err(self.missing("CAPACITY")),
        };
        let longest = match self.value("VEHICLES_MAX_DURATION")? {
            Some((line, value)) => Some(line.not_negative(value, &text!("a duration", "时长"))?),
            None => None,
        };
        let plain = Vehicle { depot: 0, capacity: all, duration: longest, serves: None };
        let mut vehicles = vec![plain; fleet];
        if self.has("CAPACITY") {
            for (vehicle, (line, n)) in vehicles.iter_mut().zip(self.rows("CAPACITY", fleet, 1)?) {
                vehicle.capacity = Some(line.whole(n[0], 0, &capacity)?);
            }
        }
        if self.has("VEHICLES_MAX_DURATION") {
            for (vehicle, (line, n)) in
                vehicles.iter_mut().zip(self.rows("VEHICLES_MAX_DURATION", fleet, 1)?)
            {
                vehicle.duration = Some(line.not_negative(n[0], &text!("a duration", "时长"))?);
            }
        }
        if self.has("VEHICLES_DEPOT") {
            for (vehicle, (line, n)) in vehicles.iter_mut().zip(self.rows("VEHICLES_DEPOT", fleet, 1)?) {
                let location = Self::location(line, n[0], locations)?;
                let depot = depots.iter().position(|&depot| depot == location);
                vehicle.depot =
                    depot.ok_or_else(|| line.fault(line.words, text!("one of the depots", "车场之一")))?;
            }
        }
        if self.has("VEHICLES_ALLOWED_CLIENTS") {
            for (vehicle, (line, n)) in
                vehicles.iter_mut().zip(self.rows("VEHICLES_ALLOWED_CLIENTS", fleet, 0)?)
            {
                let mut serves = vec![false; locations];
                for number in n {
                    serves[Self::location(line, number, locations)?] = true;
                }
                vehicle.serves = Some(serves);
            }
        }
        Ok(vehicles)
    }
}
