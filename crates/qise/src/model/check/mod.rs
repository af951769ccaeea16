//! The checks that make a [`Problem`](super::Problem) valid: everything wrong is found in one pass.

pub(crate) mod change;
mod demand;
mod goods;
mod links;
mod lists;
mod objective;
mod shifts;
mod supply;

use rustc_hash::FxHashMap;

use super::{Code, Fault, Faults, Load, Metres, ProblemData, Seconds, Time, Window, quoted};
use crate::text;
use lists::Lists;

/// The most entries of one kind.
const MOST: usize = 4_000_000;
/// The most ways of moving: each keeps a table over all places.
const MOST_PROFILES: usize = 1000;
/// The most slow-downs: every set of them that holds at some time makes travel of its own.
const MOST_SLOWDOWNS: usize = 2000;
/// The most levels over all skills: every requirement keeps a bit for each.
const MOST_LEVELS: usize = 20_000;
/// The most breaks of one shift: all ways to place them between the visits are looked at.
const MOST_BREAKS: usize = 100;
/// At most so many places among which one is chosen for a break.
const MOST_BREAK_PLACES: usize = 100;
/// The loads of all needs together never overflow, so nobody who sums loads has to look.
const _: () = assert!((MOST as i64).checked_mul(Load::LIMIT).is_some());

/// Checks plain data.
pub(super) fn check(data: &ProblemData) -> Result<(), Faults> {
    let mut checker =
        Checker::new(&data.into(), data.volunteers.iter().flat_map(|v| &v.shifts).any(|shift| shift.party));
    checker.supply();
    checker.goods();
    checker.demand();
    checker.makespans();
    checker.objective();
    checker.faults.into_result()
}

struct Checker<'a> {
    data: Lists<'a>,
    /// Whether people may go as parties.
    has_parties: bool,
    faults: Faults,
}

impl<'a> Checker<'a> {
    fn new(data: &Lists<'a>, has_parties: bool) -> Self {
        Self { data: *data, has_parties, faults: Faults::default() }
    }
}

impl Checker<'_> {
    fn fault(
        &mut self,
        path: impl Into<String>,
        code: Code,
        found: impl Into<crate::Text>,
        expected: crate::Text,
    ) {
        self.faults.push(Fault::new(path, code, found, expected));
    }

    /// Whether no more faults are kept.
    fn is_full(&self) -> bool {
        self.faults.0.len() >= Faults::MOST
    }

    /// Keys of one list: not empty, no two alike, not too many.
    fn keys<'k>(&mut self, list: &str, keys: impl ExactSizeIterator<Item = &'k str>) {
        self.at_most(MOST, keys.len(), format!("$.{list}"));
        let mut first: FxHashMap<&str, usize> = FxHashMap::default();
        for (i, key) in keys.enumerate() {
            let path = format!("$.{list}[{i}].id");
            if key.is_empty() {
                self.fault(
                    path,
                    Code::EmptyKey,
                    "\"\"",
                    text!("a key of at least one character", "至少一个字符的编号"),
                );
            } else if let Some(before) = first.insert(key, i) {
                let expected = text!(
                    "a key of its own; $.{list}[{before}] has this one",
                    "不重复的编号；$.{list}[{before}] 已用此编号"
                );
                self.fault(path, Code::DuplicateKey, quoted(key), expected);
            }
        }
    }

    /// No more entries than the engine takes.
    fn at_most(&mut self, most: usize, count: usize, path: impl Into<String>) {
        if count > most {
            let expected = text!("at most {most} entries", "最多 {most} 项");
            self.fault(path, Code::TooMany, count.to_string(), expected);
        }
    }

    /// A reference to the `index`-th of `count` things.
    fn reference(&mut self, path: impl Into<String>, index: usize, count: usize, list: &str) -> bool {
        let good = index < count;
        if !good {
            let found = text!("number {index}", "序号 {index}");
            let expected = text!("one of the {count} entries of $.{list}", "$.{list} 的 {count} 项之一");
            self.fault(path, Code::UnknownReference, found, expected);
        }
        good
    }

    fn duration(&mut self, path: impl Into<String>, value: Seconds) {
        if value < Seconds::ZERO || value > Seconds::LIMIT {
            let limit = Seconds::LIMIT.0;
            let expected = text!("a duration from 0 to {limit} s", "0 至 {limit} 秒之间的时长");
            self.fault(path, Code::OutOfRange, value.to_string(), expected);
        }
    }

    fn distance(&mut self, path: impl Into<String>, value: Metres) {
        if value < Metres::ZERO || value > Metres::LIMIT {
            let limit = Metres::LIMIT.0;
            let expected = text!("a distance from 0 to {limit} m", "0 至 {limit} 米之间的距离");
            self.fault(path, Code::OutOfRange, value.to_string(), expected);
        }
    }

    fn time(&mut self, path: impl Into<String>, value: Time) -> bool {
        if !value.in_limits() {
            let limit = Time::LIMIT;
            let expected = text!("a time within {limit} s of the origin", "距时间原点 {limit} 秒以内的时刻");
            self.fault(path, Code::OutOfRange, value.0.to_string(), expected);
        }
        value.in_limits()
    }

    /// A window that ends no sooner than it starts, and starts after the one before.
    fn window(&mut self, path: &str, window: Window, before: Option<Window>) {
        let good =
            self.time(format!("{path}.from"), window.from) & self.time(format!("{path}.to"), window.to);
        if good && window.to < window.from {
            let expected = text!("an end not before the start", "不早于开始的结束时刻");
            self.fault(format!("{path}.to"), Code::WindowReversed, window.to.0.to_string(), expected);
        } else if good && before.is_some_and(|before| window.from <= before.to) {
            let expected = text!("windows in order and apart", "按顺序排列、互不重叠的时间窗");
            self.fault(format!("{path}.from"), Code::WindowOverlap, window.from.0.to_string(), expected);
        }
    }

    fn number(&mut self, path: impl Into<String>, value: i64, least: i64, most: i64) {
        if value < least || value > most {
            let expected = text!("a number from {least} to {most}", "{least} 至 {most} 之间的数");
            self.fault(path, Code::OutOfRange, value.to_string(), expected);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{Code, Place};
    use crate::tests::{line, need, person};
    use crate::{Faults, Problem};

    #[test]
    fn a_long_key_that_thousands_of_faults_show_is_cut() {
        let mut data = line(&[0]);
        person(&mut data, 0, (0, 100));
        data.places.push(Place::unlocated("旗".repeat(10_000)));
        data.profiles[0].key = "k".repeat(10_000);
        for _ in 0..=Faults::MOST {
            need(&mut data, 1, (0, 100), 1);
        }
        let faults = Problem::new(data).unwrap_err().0;
        assert_eq!(faults.len(), Faults::MOST);
        assert!(faults.iter().all(|fault| fault.code == Code::NoCoordinates));
        assert_eq!(faults[0].found.en, format!("\"{}\"…", "旗".repeat(80)));
        let longest = faults.iter().map(|fault| fault.message().zh.chars().count()).max();
        assert!(longest < Some(300), "{longest:?}");
    }
}
