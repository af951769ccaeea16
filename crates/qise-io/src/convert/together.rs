//! What people of a crew, and needs, have to do with each other.

use qise::model::{Code, CrewRules, Link, LinkRule, Makespan, NeedId, Seconds, Tally, VolunteerId};
use qise::{Text, text};

use super::needs::Given;
use super::{Converter, LOST, refer};
use crate::document::{self as doc, LinkWord};
use crate::path::Path;

impl<'d> Converter<'d> {
    pub(super) fn crew_rules(&mut self, here: &Path<'_>, given: Option<&'d doc::Crew<'d>>) -> CrewRules {
        let mut rules = CrewRules::default();
        let Some(given) = given else { return rules };
        rules.same_team = given.same_team.unwrap_or(false);
        let list = here.field("tallies");
        for (t, tally) in self.findings.present(&list, given.tallies.as_ref()) {
            match self.quality(&list.index(t), &Given::from(tally)) {
                Some(quality) => rules.tallies.push(Tally {
                    quality,
                    min: tally.min.map_or(0, |min| min.0 as u32),
                    max: tally.max.map(|max| max.0 as u32),
                }),
                None => self.findings.drop_element(&list, t),
            }
        }
        rules
    }

    /// Groups whose last end counts, and what may be spent on others.
    pub(super) fn makespans(&mut self) {
        let (root, document) = (Path::Root, self.document);
        self.data.outsourcing = document.outsourcing.map_or(0, |budget| budget.0 as u32);
        let list = root.field("makespans");
        for (m, group) in self.findings.present(&list, document.makespans.as_ref()) {
            let here = list.index(m);
            let keys = here.field("needs");
            let mut needs = Vec::new();
            for (k, key) in self.findings.present(&keys, group.needs.as_ref()) {
                let need = refer!(self, needs as NeedId, &keys.index(k), Some(key));
                needs.extend(self.expansion.ways(need));
            }
            let weight = group.weight.map_or(1, |weight| weight.0 as u32);
            match self.time(&here.field("from"), group.from.as_ref()) {
                Some(from) => self.data.makespans.push(Makespan { needs, from, weight }),
                None => self.findings.drop_element(&list, m),
            }
        }
    }

    pub(super) fn apart(&mut self) {
        let (root, document) = (Path::Root, self.document);
        let list = root.field("apart");
        for (a, pair) in self.findings.present(&list, document.apart.as_ref()) {
            let here = list.index(a);
            let who = pair.volunteer.as_ref();
            let one = refer!(self, volunteers as VolunteerId, &here.field("volunteer"), who);
            let other = refer!(self, volunteers as VolunteerId, &here.field("other"), pair.other.as_ref());
            self.data.apart.push((one, other));
        }
    }

    pub(super) fn links(&mut self) {
        let (root, document) = (Path::Root, self.document);
        let list = root.field("links");
        for (l, link) in self.findings.present(&list, document.links.as_ref()) {
            let here = list.index(l);
            let from = refer!(self, needs as NeedId, &here.field("from"), link.from.as_ref());
            let to = refer!(self, needs as NeedId, &here.field("to"), link.to.as_ref());
            let Some(word) = link.rule else {
                self.findings.drop_element(&list, l);
                continue;
            };
            if word.0 != LinkWord::After {
                for (name, bound) in [("min_s", link.min_s), ("max_s", link.max_s)] {
                    if let Some(bound) = bound {
                        let expected = text!("only with the rule \"after\"", "只与规则 \"after\" 同用");
                        let found = bound.0.to_string();
                        self.findings.fault(
                            &here.field(name),
                            Code::Conflict,
                            found,
                            expected,
                            Text::default(),
                        );
                    }
                }
            }
            let only = link.min_days.or(link.max_days).map(|days| days.0.to_string());
            let only = only.or(link.whole_weeks.map(|weeks| weeks.to_string()));
            if let (true, Some(found)) = (word.0 != LinkWord::DaysApart, only) {
                let expected = text!(
                    "min_days, max_days and whole_weeks only with the rule \"days_apart\"",
                    "min_days、max_days、whole_weeks 只与规则 \"days_apart\" 同用"
                );
                self.findings.fault(&here, Code::Conflict, found, expected, Text::default());
            }
            if word.0 == LinkWord::DaysApart && link.max_days.is_none() {
                let path = here.field("max_days");
                if !self.findings.broken(&path) {
                    let expected = text!("the most days between both", "两者最多相隔的天数");
                    let found = text!("nothing", "空缺");
                    self.findings.fault(&path, Code::MissingField, found, expected, Text::default());
                }
                self.findings.drop_element(&list, l);
                continue;
            }
            if let (true, Some(price)) = (word.0 != LinkWord::SamePerson, link.price) {
                let expected = text!("only with the rule \"same_person\"", "只与规则 \"same_person\" 同用");
                let (path, found) = (here.field("price"), price.0.to_string());
                self.findings.fault(&path, Code::Conflict, found, expected, Text::default());
            }
            let rule = match word.0 {
                LinkWord::After => LinkRule::After {
                    min: link.min_s.map_or(Seconds::ZERO, |min| Seconds(min.0)),
                    max: link.max_s.map(|max| Seconds(max.0)),
                },
                LinkWord::SamePerson => {
                    LinkRule::SamePerson { price: link.price.map(|price| price.0 as u32) }
                }
                LinkWord::DifferentPerson => LinkRule::DifferentPerson,
                LinkWord::SameDay => LinkRule::SameDay,
                LinkWord::DaysApart => LinkRule::DaysApart {
                    min: link.min_days.map_or(0, |days| days.0 as i32),
                    max: link.max_days.map_or(0, |days| days.0 as i32),
                    weeks: link.whole_weeks.unwrap_or(false),
                },
                LinkWord::Together => LinkRule::Together,
            };
            // What others hang on is served for sure only where there is one way to serve it.
            let one_way =
                Link { from, to, rule }.needed().find(|&(needed, _)| self.expansion.has_ways(needed));
            if let Some((needed, _)) = one_way {
                let path = here.field(if needed == from { "from" } else { "to" });
                let expected = text!(
                    "a need that is served in one way only, in this release",
                    "此版本要求只有一种服务方式的需求"
                );
                let found = text!("several ways", "多种方式");
                self.findings.fault(&path, Code::Unsupported, found, expected, Text::default());
                self.findings.drop_element(&list, l);
                continue;
            }
            let ways = |need| self.expansion.ways(need).collect::<Vec<_>>();
            let pairs =
                ways(from).into_iter().flat_map(|from| ways(to).into_iter().map(move |to| (from, to)));
            let pairs = pairs.collect::<Vec<_>>();
            for (p, (from, to)) in pairs.into_iter().enumerate() {
                let link = Link { from, to, rule };
                if p == 0 {
                    self.data.links.push(link);
                } else {
                    self.expansion.add_link(link, here.to_string());
                }
            }
        }
    }

    /// Ways to do one thing.
    pub(super) fn choices(&mut self) {
        let (root, document) = (Path::Root, self.document);
        let list = root.field("choices");
        for (c, choice) in self.findings.present(&list, document.choices.as_ref()) {
            let keys = list.index(c);
            let keys = keys.field("needs");
            let mut ways = Vec::new();
            for (k, key) in self.findings.present(&keys, choice.needs.as_ref()) {
                ways.push(refer!(self, needs as NeedId, &keys.index(k), Some(key)));
            }
            self.data.choices.push(ways);
        }
    }
}
