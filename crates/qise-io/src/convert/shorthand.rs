//! Needs that one entry of the document stands for: the times when it comes again, and other ways to serve it.
//!
//! Ways to do one thing are needs of which one is served (`choices`): either order, an optional role, one person for two roles,
//! substitutes and partial deliveries. They count once, at the priority of the dearest way. A loan is two linked needs, one that brings and
//! one that fetches. So the core knows one idea, and behind this module there is no shorthand.

use std::collections::BTreeMap;

use qise::model::{Code, Fault, Link, LinkRule, Need, NeedId, Seconds, Time, VolunteerId, Window};
use qise::{Text, text};

use super::Converter;
use crate::document as doc;
use crate::path::Path;
use crate::read::Duration;
use crate::time::Zone;

/// An entry stands for no more needs.
const MOST_NEEDS: usize = 1000;
/// Nor for more decisions that double the ways to serve it.
const MOST_DECISIONS: usize = 4;
/// No session has more helpers.
const MOST_HELPERS: u32 = 1000;
/// Over so many intervals visits are held to their days, where those in between are left out.
const MOST_INTERVALS: usize = 8;

/// What entries of the document stand for beside the needs that they are.
#[derive(Debug, Default)]
pub(super) struct Expansion {
    /// Links between times of one need, with the path of the entry.
    links: Vec<(Link, String)>,
    /// Ways to serve one need.
    choices: Vec<(Vec<NeedId>, String)>,
    /// Other ways to serve a need, by the first of them.
    others: BTreeMap<NeedId, Vec<NeedId>>,
}

impl Expansion {
    /// All ways to serve a need, itself the first.
    pub(super) fn ways(&self, need: NeedId) -> impl Iterator<Item = NeedId> + '_ {
        std::iter::once(need).chain(self.others.get(&need).into_iter().flatten().copied())
    }

    /// A link that follows from the entry of the document at `path`.
    pub(super) fn add_link(&mut self, link: Link, path: String) {
        self.links.push((link, path));
    }

    pub(super) fn has_ways(&self, need: NeedId) -> bool {
        self.others.contains_key(&need)
    }
}

/// What may be decided about how a need is served.
enum Decision {
    /// The gap of this number the other way round.
    Turn(usize),
    /// Without this role, at so much less priority.
    Without(usize, u32),
    /// One person for all these roles, who serves so long.
    Combine(Vec<usize>, Option<Seconds>),
}

impl<'d> Converter<'d> {
    /// Adds the needs that entries stand for, behind all needs of the document.
    pub(super) fn expand(&mut self) {
        let (root, document) = (Path::Root, self.document);
        let list = root.field("needs");
        for (number, (i, given)) in super::findings::present(document.needs.as_ref()).enumerate() {
            let here = list.index(i);
            let mut times = vec![number];
            if given.recurrence.is_some() || given.session.is_some() {
                self.repeat(&here, given, &mut times);
            }
            self.ways(&here, given, &times);
            self.intervals(&here, given, &times);
        }
    }

    /// Adds the other ways to serve a need, at all its times.
    fn ways(&mut self, here: &Path<'_>, given: &'d doc::Need<'d>, times: &[usize]) {
        // Rounds of which no time is left stand for nothing.
        let Some(&number) = times.first() else { return };
        let decisions = self.decisions(here, given, number);
        let base = self.data.needs[number].clone();
        let others = self.other_supplies(here, given, &base);
        self.lend(here, given, number, !decisions.is_empty() || !others.is_empty());
        if !others.is_empty() {
            if self.supplies_alone(here, given, !decisions.is_empty()) {
                for &time in times {
                    let ways = self.supplied(time, &others);
                    self.add_ways(here, time, ways);
                }
            }
            return;
        }
        if decisions.is_empty() {
            return;
        }
        let values = decisions.iter().map(|decision| match decision {
            Decision::Without(_, value) => *value,
            _ => 0,
        });
        let value = values.fold(0, u32::saturating_add);
        for &time in times {
            self.data.needs[time].priority = self.data.needs[time].priority.saturating_add(value);
            let ways = self.decided(time, &decisions);
            self.add_ways(here, time, ways);
        }
    }

    /// Adds what entries stand for to links and choices, behind those of the document.
    pub(super) fn add_expansion(&mut self) {
        for (link, path) in std::mem::take(&mut self.expansion.links) {
            self.findings.derive(format!("$.links[{}]", self.data.links.len()), path);
            self.data.links.push(link);
        }
        self.count_days();
        for (ways, path) in std::mem::take(&mut self.expansion.choices) {
            self.findings.derive(format!("$.choices[{}]", self.data.choices.len()), path);
            self.data.choices.push(ways);
        }
    }

    /// Tells when days begin, where links count them.
    fn count_days(&mut self) {
        let data = &self.data;
        let counted = data.links.iter().filter(|link| matches!(link.rule, LinkRule::DaysApart { .. }));
        let needs = counted.flat_map(|link| [link.from, link.to]);
        let windows = needs.filter_map(|need| data.needs.get(need.index())?.stops.first());
        let windows = windows.flat_map(|stop| &stop.windows);
        let (mut from, mut to) = (None::<Time>, None::<Time>);
        for window in windows {
            from = Some(from.map_or(window.from, |from| from.min(window.from)));
            to = Some(to.map_or(window.to, |to| to.max(window.to)));
        }
        if let Some((from, to)) = from.zip(to) {
            self.data.calendar = self.zone.clone().unwrap_or_default().calendar(from, to);
        }
    }

    /// Adds a need that the entry at `here` stands for.
    pub(super) fn add(&mut self, here: &Path<'_>, need: Need) -> usize {
        let number = self.data.needs.len();
        self.findings.derive(format!("$.needs[{number}]"), here.to_string());
        self.indexes.to_mut().needs.add(need.key.clone(), number as u32);
        self.data.needs.push(need);
        number
    }

    pub(super) fn refuse(&mut self, path: &Path<'_>, found: impl Into<Text>, expected: Text) {
        self.findings.fault(path, Code::Conflict, found, expected, Text::default());
    }

    /// The times of a need: every window of a session, again and again. `times` grows by their numbers.
    fn repeat(&mut self, here: &Path<'_>, given: &'d doc::Need<'d>, times: &mut Vec<usize>) {
        let number = times[0];
        let base = self.data.needs[number].clone();
        let (session, recurrence) = (given.session.as_ref(), given.recurrence.as_ref());
        let again = recurrence.map_or(1, |r| r.times.map_or(1, |times| times.0 as usize));
        let every = recurrence.and_then(|r| r.every_days).map_or(1, |days| days.0);
        let tolerance = recurrence.and_then(|r| r.tolerance_days).map_or(0, |days| days.0);
        let windows = &base.stops[0].windows;
        let shifts = match session {
            Some(_) => windows.iter().map(|window| vec![*window]).collect(),
            None => vec![windows.clone()],
        };
        if base.is_pinned() {
            let expected = text!("no pin: several needs stand here", "不可指定：此处代表多个需求");
            return self.refuse(&here.field("pinned"), "pinned", expected);
        }
        if session.is_some() && base.promise.is_some() {
            let expected = text!("no promise: the windows say when", "不写承诺：时间由时间窗决定");
            return self.refuse(&here.field("promise"), "promise", expected);
        }
        if tolerance * 2 >= every && recurrence.is_some() {
            let path = here.field("recurrence");
            let expected = text!("less than half of {every} days", "小于 {every} 天的一半");
            return self.refuse(&path.field("tolerance_days"), tolerance.to_string(), expected);
        }
        let fits = |weeks: i64| (weeks * 7 - every).abs() <= tolerance;
        let same_weekday = recurrence.is_some_and(|r| r.same_weekday == Some(true));
        if same_weekday && !fits(every.div_euclid(7)) && !fits(every.div_euclid(7) + 1) {
            let path = here.field("recurrence");
            let expected = text!(
                "`every_days` of whole weeks, within the tolerance",
                "在容差之内，every_days 须含整数周"
            );
            return self.refuse(&path.field("same_weekday"), text!("{every} days", "{every} 天"), expected);
        }
        if again * shifts.len() > MOST_NEEDS {
            let found = again * shifts.len();
            let expected = text!("{MOST_NEEDS} needs at most", "最多 {MOST_NEEDS} 个需求");
            let path = here.to_string();
            self.findings.faults.push(Fault::new(path, Code::TooMany, found.to_string(), expected));
            return;
        }
        let helpers = session.and_then(|s| Some((s.participants?.0 as u32).div_ceil(s.per_helper?.0 as u32)));
        if let Some(helpers) = helpers.filter(|&helpers| helpers > MOST_HELPERS) {
            let (session, found) = (here.field("session"), text!("{helpers} helpers", "{helpers} 名助手"));
            let expected = text!("{MOST_HELPERS} helpers at most", "最多 {MOST_HELPERS} 名助手");
            let path = session.field("participants").to_string();
            self.findings.faults.push(Fault::new(path, Code::OutOfRange, found, expected));
            return;
        }
        let zone = self.zone.clone().unwrap_or_default();
        let mut numbers = Vec::with_capacity(again * shifts.len());
        for time in 0..again as i64 {
            for shift in &shifts {
                let mut need = base.clone();
                need.stops[0].windows.clone_from(shift);
                if time > 0 {
                    let days = (time * every, tolerance);
                    for stop in &mut need.stops {
                        stop.windows = moved(&zone, &stop.windows, days);
                    }
                    if let Some(promise) = &mut need.promise {
                        let by = |time| zone.days_later(time, days.0 + days.1);
                        promise.start_by = promise.start_by.map(by);
                        promise.finish_by = promise.finish_by.map(by);
                    }
                }
                if let (Some(helpers), Some(role)) = (helpers, need.roles.first_mut()) {
                    role.count = helpers;
                }
                let count = numbers.len() + 1;
                if count == 1 {
                    self.data.needs[number] = need;
                    numbers.push(number);
                    continue;
                }
                need.key = format!("{}#{count}", base.key);
                need.name = base.name.as_ref().map(|name| format!("{name} #{count}"));
                numbers.push(self.add(here, need));
            }
        }
        let mut link = |from: usize, to: usize, rule| {
            let link = Link { from: NeedId(from as u32), to: NeedId(to as u32), rule };
            self.expansion.links.push((link, here.to_string()));
        };
        if session.is_some_and(|s| s.whole == Some(true)) {
            for shifts in numbers.chunks(shifts.len().max(1)) {
                for pair in shifts.windows(2) {
                    link(pair[0], pair[1], LinkRule::Together);
                }
            }
        }
        *times = numbers;
    }

    /// What is asked of two times of a need: the days between, and the same visitor.
    fn intervals(&mut self, here: &Path<'_>, given: &'d doc::Need<'d>, times: &[usize]) {
        let Some((recurrence, every)) = given.recurrence.as_ref().and_then(|r| Some((r, r.every_days?.0)))
        else {
            return;
        };
        let again = recurrence.times.map_or(1, |again| again.0 as usize);
        let shifts = (times.len() / again).max(1);
        let tolerance = recurrence.tolerance_days.map_or(0, |days| days.0);
        let weeks = recurrence.same_weekday == Some(true);
        let zone = self.zone.clone().unwrap_or_default();
        let day = |time| i64::from(zone.day(time));
        let span = |number: usize| {
            let windows = &self.data.needs[number].stops[0].windows;
            let from = windows.iter().map(|window| day(window.from)).min().unwrap_or(0);
            (from, windows.iter().map(|window| day(window.to)).max().unwrap_or(0))
        };
        let spans = times.iter().map(|&number| span(number)).collect::<Vec<_>>();
        for (t, &from) in times.iter().enumerate() {
            let later = (t + shifts..times.len()).step_by(shifts).take(MOST_INTERVALS);
            for (k, next) in later.enumerate() {
                let intervals = k as i64 + 1;
                let (min, max) = (intervals * (every - tolerance), intervals * (every + tolerance));
                let (soonest, latest) = (spans[next].0 - spans[t].1, spans[next].1 - spans[t].0);
                // Where windows leave no other days, nothing more is asked.
                if soonest < min || latest > max || weeks && (soonest < latest || soonest.rem_euclid(7) != 0)
                {
                    let rule = LinkRule::DaysApart { min: min as i32, max: max as i32, weeks };
                    self.link_ways(here, from, times[next], rule);
                }
                if let Some(price) = recurrence.same_visitor.filter(|_| intervals == 1) {
                    let price = Some(price.0 as u32);
                    self.link_ways(here, from, times[next], LinkRule::SamePerson { price });
                }
            }
        }
    }

    /// Links two needs, in whatever way they are served.
    fn link_ways(&mut self, here: &Path<'_>, from: usize, to: usize, rule: LinkRule) {
        let ways = |number: usize| self.expansion.ways(NeedId(number as u32)).collect::<Vec<_>>();
        let (from, to) = (ways(from), ways(to));
        for &from in &from {
            for &to in &to {
                self.expansion.add_link(Link { from, to, rule }, here.to_string());
            }
        }
    }

    /// What may be decided about how a need is served.
    fn decisions(&mut self, here: &Path<'_>, given: &'d doc::Need<'d>, number: usize) -> Vec<Decision> {
        let roles = self.data.needs[number].roles.len();
        let mut decisions = Vec::new();
        let turned = super::findings::present(given.gaps.as_ref());
        let whole = turned.filter(|(_, gap)| gap.from.is_some() && gap.to.is_some());
        for (g, (_, gap)) in whole.enumerate() {
            if gap.either == Some(true) && g < self.data.needs[number].gaps.len() {
                decisions.push(Decision::Turn(g));
            }
        }
        for (r, (_, role)) in super::findings::present(given.roles.as_ref()).enumerate() {
            if let Some(value) = role.optional.filter(|_| r < roles) {
                decisions.push(Decision::Without(r, value.0 as u32));
            }
        }
        let list = here.field("combine");
        for (c, combine) in super::findings::present(given.combine.as_ref()) {
            let named = combine.roles.as_ref().map_or(&[][..], |roles| &roles.0);
            let mut named = named.iter().flatten().map(|role| role.0 as usize).collect::<Vec<_>>();
            named.sort_unstable();
            let before = named.len();
            named.dedup();
            let alone =
                |&role: &usize| self.data.needs[number].roles.get(role).is_some_and(|role| role.count == 1);
            if named.len() < 2 || named.len() < before || !named.iter().all(alone) {
                let expected =
                    text!("two or more different roles for one person each", "两个或以上各需一人的不同角色");
                let found = format!("{named:?}");
                self.refuse(&list.index(c).field("roles"), found, expected);
                continue;
            }
            let service = combine.service.map(|Duration(service)| service);
            decisions.push(Decision::Combine(named, service));
        }
        let need = &self.data.needs[number];
        let (is_pinned, outsourced) = (need.is_pinned(), need.outsource.is_some());
        if decisions.is_empty() {
            return decisions;
        }
        if decisions.len() > MOST_DECISIONS {
            let (found, path) = (decisions.len(), here.to_string());
            let expected = text!(
                "{MOST_DECISIONS} at most of `either`, `optional` and `combine`",
                "either、optional、combine 合计最多 {MOST_DECISIONS} 项"
            );
            self.findings.faults.push(Fault::new(path, Code::TooMany, found.to_string(), expected));
            return Vec::new();
        }
        if is_pinned || outsourced {
            let expected = text!(
                "neither pinned nor outsource beside `either`, `optional` and `combine`",
                "与 either、optional、combine 同用时不写 pinned 和 outsource"
            );
            self.refuse(here, if is_pinned { "pinned" } else { "outsource" }, expected);
            return Vec::new();
        }
        decisions
    }

    /// The ways to serve a need that decisions leave open.
    fn decided(&self, number: usize, decisions: &[Decision]) -> Vec<Need> {
        let base = &self.data.needs[number];
        let masks = 1_u32..1 << decisions.len();
        let made = |mask: u32| decisions.iter().enumerate().filter(move |(d, _)| mask & 1 << d != 0);
        masks.filter_map(|mask| another_way(base, made(mask).map(|(_, d)| d))).collect()
    }

    /// The same ways to be supplied, at one of the times of a need.
    fn supplied(&self, number: usize, others: &[Need]) -> Vec<Need> {
        let base = &self.data.needs[number];
        let at = |other: &Need| Need { goods: other.goods.clone(), priority: other.priority, ..base.clone() };
        others.iter().map(at).collect()
    }

    /// Adds other ways to serve a need.
    fn add_ways(&mut self, here: &Path<'_>, number: usize, ways: Vec<Need>) {
        let key = self.data.needs[number].key.clone();
        let mut others = Vec::with_capacity(ways.len());
        for mut way in ways {
            way.key = format!("{key}~{}", others.len() + 2);
            others.push(NeedId(self.add(here, way) as u32));
        }
        if others.is_empty() {
            return;
        }
        let first = NeedId(number as u32);
        let ways = std::iter::once(first).chain(others.iter().copied()).collect();
        self.expansion.choices.push((ways, here.to_string()));
        self.expansion.others.insert(first, others);
    }
}

/// Windows some days later, and as many days more or less as will do, in order and apart.
fn moved(zone: &Zone, windows: &[Window], (days, tolerance): (i64, i64)) -> Vec<Window> {
    let moved = (days - tolerance..=days + tolerance).flat_map(|days| {
        windows.iter().map(move |window| {
            let from = zone.days_later(window.from, days);
            // Where the clocks skip what lies between, nothing does.
            Window { from, to: zone.days_later(window.to, days).max(from) }
        })
    });
    let mut moved = moved.collect::<Vec<_>>();
    if tolerance > 0 {
        moved.sort_unstable();
        moved.dedup_by(|next, window| {
            let meets = next.from <= window.to;
            if meets {
                window.to = window.to.max(next.to);
            }
            meets
        });
    }
    moved
}

/// A need with these decisions made; nothing where they exclude each other, or nobody would be left.
fn another_way<'a>(base: &Need, decisions: impl Iterator<Item = &'a Decision> + Clone) -> Option<Need> {
    let mut need = base.clone();
    // Which role of the base fills each of its roles now; none where it is left out.
    let mut becomes = (0..base.roles.len()).map(Some).collect::<Vec<_>>();
    for decision in decisions {
        match decision {
            Decision::Turn(gap) => {
                let gap = &mut need.gaps[*gap];
                (gap.min, gap.max) = (Seconds(-gap.max.0), Seconds(-gap.min.0));
            }
            Decision::Without(role, value) => {
                becomes[*role] = None;
                need.priority = need.priority.saturating_sub(*value);
            }
            Decision::Combine(roles, service) => {
                if roles.iter().any(|&role| becomes[role] != Some(role)) {
                    return None;
                }
                let first = roles[0];
                for &role in &roles[1..] {
                    becomes[role] = Some(first);
                    combine(&mut need, first, role);
                }
                if service.is_some() {
                    need.roles[first].service = *service;
                }
            }
        }
    }
    let kept = (0..base.roles.len()).filter(|&role| becomes[role] == Some(role)).collect::<Vec<_>>();
    let place = |role: u16| {
        let becomes = becomes.get(usize::from(role)).copied().flatten()?;
        Some(kept.iter().position(|&kept| kept == becomes)? as u16)
    };
    need.roles = kept.iter().map(|&role| need.roles[role].clone()).collect();
    need.gaps.retain_mut(|gap| match (place(gap.from), place(gap.to)) {
        (Some(from), Some(to)) if from != to => {
            (gap.from, gap.to) = (from, to);
            true
        }
        _ => false,
    });
    need.overlaps.retain_mut(|overlap| match (place(overlap.one), place(overlap.other)) {
        (Some(one), Some(other)) if one != other => {
            (overlap.one, overlap.other) = (one, other);
            true
        }
        _ => false,
    });
    let people = need.people();
    let enough = need.crew.tallies.iter().all(|tally| tally.min as usize <= people);
    (people > 0 && enough).then_some(need)
}

/// Has the person of one role fill another too, at the same time.
fn combine(need: &mut Need, into: usize, from: usize) {
    let ordinary = need.stops[0].service;
    let other = need.roles[from].clone();
    let role = &mut need.roles[into];
    let services = [role.service.unwrap_or(ordinary), other.service.unwrap_or(ordinary)];
    let own = |role: &qise::model::Role, who: VolunteerId, ordinary: Seconds| {
        let mut own = role.service_by.iter();
        own.find(|(volunteer, _)| *volunteer == who).map_or(ordinary, |&(_, service)| service)
    };
    let named = role.service_by.iter().chain(&other.service_by).map(|&(who, _)| who);
    let mut named = named.collect::<Vec<_>>();
    named.sort_unstable();
    named.dedup();
    let both = |who| (who, own(role, who, services[0]).max(own(&other, who, services[1])));
    role.service_by = named.into_iter().map(both).collect();
    role.service = Some(services[0].max(services[1]));
    role.requires.all.extend(other.requires.all);
    role.requires.any.extend(other.requires.any);
    role.requires.none.extend(other.requires.none);
    role.prefers.extend(other.prefers);
    role.min_home_distance = role.min_home_distance.max(other.min_home_distance);
    for load in other.load {
        match role.load.iter_mut().find(|own| own.dimension == load.dimension) {
            Some(own) => own.amount = own.amount.saturating_add(load.amount),
            None => role.load.push(load),
        }
    }
}
