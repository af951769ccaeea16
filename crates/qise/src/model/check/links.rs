//! What people of a crew, and needs, have to do with each other.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Checker;
use crate::model::slot::start_gaps;
use crate::model::{Code, LinkRule, Need, NeedId, Seconds, Time, quoted};
use crate::text;

impl Checker<'_> {
    /// What is asked of the people of a crew together.
    pub(super) fn crew_rules(&mut self, path: &str, need: &Need, people: u64) {
        for (t, tally) in need.crew.tallies.iter().enumerate() {
            let here = format!("{path}.crew.tallies[{t}]");
            self.quality(&here, tally.quality);
            // In a party more may come than places are to fill.
            let come = if self.has_parties { u64::from(u32::MAX) } else { people };
            let most = tally.max.map_or(come, |max| come.min(max.into()));
            self.number(format!("{here}.min"), tally.min.into(), 0, most as i64);
        }
    }

    /// Pins of one crew: different people, who can keep the gaps between them where these are `known`.
    pub(super) fn pins_meet(&mut self, path: &str, need: &Need, known: bool) {
        let pins = need.roles.iter().enumerate().filter_map(|(r, role)| Some((r, role.pin?)));
        let pins = pins.collect::<Vec<_>>();
        let gaps = if pins.len() > 1 && known { start_gaps(need) } else { None };
        for (k, &(r, pin)) in pins.iter().enumerate() {
            for &(other, before) in &pins[..k] {
                let early = |gaps: &Vec<Vec<Option<Seconds>>>| {
                    let wait = |(from, start): (usize, Time), (to, then): (usize, Time)| {
                        gaps[from][to].is_some_and(|gap| start.0.saturating_add(gap.0) > then.0)
                    };
                    let starts = before.start.zip(pin.start);
                    starts.is_some_and(|(a, b)| wait((other, a), (r, b)) || wait((r, b), (other, a)))
                };
                if pin.volunteer == before.volunteer || gaps.as_ref().is_some_and(early) {
                    let expected = text!("pins of different people who can meet", "可以相互配合的不同人员");
                    let found = text!("contradicts the pin of role {other}", "与角色 {other} 的指定相矛盾");
                    self.fault(format!("{path}.roles[{r}].pinned"), Code::Contradiction, found, expected);
                }
            }
        }
    }

    /// Pairs of people who must not meet.
    pub(super) fn apart(&mut self) {
        let known = self.data.volunteers.len();
        for (a, &(one, other)) in self.data.apart.iter().enumerate() {
            let here = format!("$.apart[{a}]");
            for (name, who) in [("volunteer", one), ("other", other)] {
                self.reference(format!("{here}.{name}"), who.index(), known, "volunteers");
            }
            if one == other {
                let expected = text!("two different people", "两个不同的人");
                self.fault(here, Code::Contradiction, text!("one person", "同一个人"), expected);
            }
        }
    }

    /// Links between needs that exist, that do not contradict each other, and that no need waits in a circle for.
    pub(super) fn links(&mut self) {
        let data = self.data;
        let mut rules = FxHashMap::<_, Vec<_>>::default();
        let mut after = FxHashMap::<NeedId, Vec<(NeedId, usize)>>::default();
        let mut good = true;
        for (l, link) in data.links.iter().enumerate() {
            let here = format!("$.links[{l}]");
            let mut known = true;
            for (name, need) in [("from", link.from), ("to", link.to)] {
                known &= self.reference(format!("{here}.{name}"), need.index(), data.needs.len(), "needs");
            }
            good &= known;
            if known && link.from == link.to {
                let expected = text!("two different needs", "两个不同的需求");
                let found = quoted(&data.needs[link.from.index()].key);
                self.fault(here.clone(), Code::Contradiction, found, expected);
                good = false;
            }
            let pair = (link.from.min(link.to), link.from.max(link.to));
            let others = rules.entry(pair).or_default();
            let same_kind = |other: &LinkRule| match (*other, link.rule) {
                (LinkRule::SamePerson { .. }, LinkRule::DifferentPerson)
                | (LinkRule::DifferentPerson, LinkRule::SamePerson { .. }) => true,
                (one, another) => std::mem::discriminant(&one) == std::mem::discriminant(&another),
            };
            if others.iter().any(same_kind) {
                let expected = text!("one link of a kind between two needs", "两个需求之间每类联系至多一条");
                self.fault(here.clone(), Code::Contradiction, text!("another", "又一条"), expected);
            }
            others.push(link.rule);
            if let LinkRule::DaysApart { min, max, weeks } = link.rule {
                let most = i64::from(LinkRule::MOST_DAYS);
                let (min, max) = (i64::from(min), i64::from(max));
                self.number(format!("{here}.min_days"), min, -most, most);
                self.number(format!("{here}.max_days"), max, min.clamp(-most, most), most);
                if min <= max && weeks && max.div_euclid(7) * 7 < min {
                    let expected = text!("a whole number of weeks in between", "其间有整数周");
                    let found = text!("{min} to {max} days", "{min} 至 {max} 天");
                    self.fault(format!("{here}.whole_weeks"), Code::Contradiction, found, expected);
                }
            }
            if let LinkRule::After { min, max } = link.rule {
                let most = i64::from(u32::MAX);
                self.number(format!("{here}.min_s"), min.0, -most, most);
                if let Some(max) = max {
                    self.number(format!("{here}.max_s"), max.0, min.0.clamp(-most, most), most);
                }
                // Needs that may overlap may well wait for each other.
                if min < Seconds::ZERO {
                    continue;
                }
                after.entry(link.from).or_default().push((link.to, l));
            }
        }
        if good {
            self.cycles(&after);
        }
    }

    /// Ways to do one thing: two at least, each in one list, alike in what comes first, and none that needs another.
    pub(super) fn choices(&mut self) {
        let data = self.data;
        let mut choice_of = FxHashMap::<NeedId, usize>::default();
        if self.has_parties && !data.choices.is_empty() {
            let expected =
                text!("no choices beside parties, in this release", "此版本的编组不可与可选方式同用");
            let found = text!("people who go as parties", "有编组的人员");
            self.fault("$.choices".to_owned(), Code::Unsupported, found, expected);
        }
        for (c, ways) in data.choices.iter().enumerate() {
            let here = format!("$.choices[{c}].needs");
            if ways.len() < 2 {
                let expected = text!("at least two ways", "至少两种方式");
                self.fault(here.clone(), Code::EmptyList, ways.len().to_string(), expected);
            }
            let known = |need: &NeedId| data.needs.get(need.index());
            let comes_first = |need: &Need| need.mandatory || need.is_pinned();
            let first = ways.first().and_then(known).map(comes_first);
            for (w, &way) in ways.iter().enumerate() {
                let path = format!("{here}[{w}]");
                if !self.reference(path.as_str(), way.index(), data.needs.len(), "needs") {
                    continue;
                }
                let need = &data.needs[way.index()];
                if choice_of.insert(way, c).is_some() {
                    let expected = text!("each need once, in one list", "每个需求只列一次");
                    self.fault(path, Code::DuplicateEntry, quoted(&need.key), expected);
                } else if Some(comes_first(need)) != first {
                    let expected = text!(
                        "ways that are all mandatory or pinned, or none",
                        "各方式须同为必办（或已指定）或同不为"
                    );
                    self.fault(path, Code::Contradiction, quoted(&need.key), expected);
                } else if need.outsource.is_some() {
                    let expected = text!(
                        "ways that are not handed to others, in this release",
                        "此版本的可选方式不可外包"
                    );
                    self.fault(path, Code::Unsupported, quoted(&need.key), expected);
                }
            }
        }
        for (l, link) in data.links.iter().enumerate() {
            let one = choice_of.get(&link.from).filter(|choice| choice_of.get(&link.to) == Some(choice));
            if one.is_some() && link.needed().next().is_some() {
                let expected = text!("needs that can both be served", "可以同时服务的需求");
                let found = text!("two ways to do one thing", "同一事项的两种方式");
                self.fault(format!("$.links[{l}]"), Code::Contradiction, found, expected);
            }
        }
    }

    /// Needs each of which is to come after another of them: named, once, at the link that closes the circle.
    fn cycles(&mut self, after: &FxHashMap<NeedId, Vec<(NeedId, usize)>>) {
        let mut done = FxHashSet::default();
        let mut starts = after.keys().copied().collect::<Vec<_>>();
        starts.sort_unstable();
        for start in starts {
            // The way down to the present need, each with the followers still to be visited.
            let mut way: Vec<(NeedId, usize)> = vec![(start, 0)];
            let mut on_way = FxHashSet::from_iter([start]);
            while let Some((need, next)) = way.last_mut() {
                let follower = after.get(need).and_then(|list| list.get(*next)).copied();
                *next += 1;
                let Some((follower, link)) = follower.filter(|_| !done.contains(need)) else {
                    done.insert(*need);
                    on_way.remove(need);
                    way.pop();
                    continue;
                };
                if on_way.insert(follower) {
                    way.push((follower, 0));
                    continue;
                }
                let circle = way.iter().skip_while(|(need, _)| *need != follower);
                let keys = circle.map(|(need, _)| self.data.needs[need.index()].key.as_str());
                let found = keys.collect::<Vec<_>>().join(" → ");
                let expected = text!("no need that comes after itself", "任何需求都不应排在自身之后");
                self.fault(format!("$.links[{link}]"), Code::Contradiction, found, expected);
                return;
            }
        }
    }
}
