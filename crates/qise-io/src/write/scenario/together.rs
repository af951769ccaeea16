//! What people of a crew, and needs, have to do with each other.

use qise::model::{CrewRules, Link, LinkRule, Seconds};

use super::{Writer, filled, unless};
use crate::document::{self as doc, LinkWord};
use crate::read::{Choice, Count, List};

impl<'p> Writer<'p> {
    pub(super) fn crew(self, rules: &CrewRules) -> Option<doc::Crew<'p>> {
        let tally = |tally: &qise::model::Tally| {
            let doc::Quality { skill, level, gender, team, category, volunteer } =
                self.quality(tally.quality);
            let min = unless(Count(i64::from(tally.min)), &Count(0));
            let max = tally.max.map(|max| Count(i64::from(max)));
            doc::Tally { skill, level, gender, team, category, volunteer, min, max }
        };
        (!rules.is_empty()).then(|| doc::Crew {
            same_team: unless(rules.same_team, &false),
            tallies: filled(rules.tallies.iter().map(tally).collect()),
        })
    }

    pub(super) fn apart(self) -> List<doc::Apart<'p>> {
        let pairs = self.problem.apart().iter();
        pairs
            .map(|&(one, other)| doc::Apart {
                volunteer: self.volunteer_key(one),
                other: self.volunteer_key(other),
            })
            .collect()
    }

    pub(super) fn makespans(self) -> List<doc::Makespan<'p>> {
        let group = |group: &qise::model::Makespan| doc::Makespan {
            needs: Some(group.needs.iter().filter_map(|&need| self.need_key(need)).collect()),
            from: Some(self.when(group.from)),
            weight: unless(Count(i64::from(group.weight)), &Count(1)),
        };
        self.problem.makespans().iter().map(group).collect()
    }

    pub(super) fn choices(self) -> List<doc::Alternatives<'p>> {
        let choice = |ways: &Vec<qise::model::NeedId>| doc::Alternatives {
            needs: Some(ways.iter().filter_map(|&need| self.need_key(need)).collect()),
        };
        self.problem.choices().iter().map(choice).collect()
    }

    pub(super) fn links(self) -> List<doc::Link<'p>> {
        self.problem.links().iter().map(|link| self.link(link)).collect()
    }

    fn link(self, link: &Link) -> doc::Link<'p> {
        let price = match link.rule {
            LinkRule::SamePerson { price } => price,
            _ => None,
        };
        let (word, min, max) = match link.rule {
            LinkRule::After { min, max } => (LinkWord::After, min, max),
            LinkRule::SamePerson { .. } => (LinkWord::SamePerson, Seconds::ZERO, None),
            LinkRule::DifferentPerson => (LinkWord::DifferentPerson, Seconds::ZERO, None),
            LinkRule::SameDay => (LinkWord::SameDay, Seconds::ZERO, None),
            LinkRule::DaysApart { .. } => (LinkWord::DaysApart, Seconds::ZERO, None),
            LinkRule::Together => (LinkWord::Together, Seconds::ZERO, None),
        };
        let days = match link.rule {
            LinkRule::DaysApart { min, max, weeks } => Some((i64::from(min), i64::from(max), weeks)),
            _ => None,
        };
        doc::Link {
            from: self.need_key(link.from),
            to: self.need_key(link.to),
            rule: Some(Choice(word)),
            min_s: unless(Count(min.0), &Count(0)),
            max_s: max.map(|max| Count(max.0)),
            min_days: days.and_then(|(min, ..)| unless(Count(min), &Count(0))),
            max_days: days.map(|(_, max, _)| Count(max)),
            whole_weeks: days.and_then(|(.., weeks)| unless(weeks, &false)),
            price: price.map(|price| Count(i64::from(price))),
        }
    }
}
