//! Skills, categories, teams and volunteers.

use std::collections::HashMap;
use std::sync::LazyLock;

use qise::model::{
    Break, Category, CategoryId, Code, Dimension, DimensionId, Held, LeastPeople, Ledger, Limits, Load,
    Metres, PlaceId, ProfileId, RouteEnd, RouteStart, Seconds, Shift, Skill, SkillId, SkillKind, SkillLevel,
    Team, TeamId, Unload, Volunteer,
};
use qise::{Text, text};

use super::findings::present;
use super::index::is_incomplete;
use super::{Converter, Index, LOST, owned, refer};
use crate::document::{self as doc, ANYWHERE, PREVIOUS};
use crate::path::Path;
use crate::read::{Duration, List, Whole, quoted};
use crate::time::Zone;

/// The categories that are always there.
static BUILT_IN: LazyLock<Vec<Category>> = LazyLock::new(Category::seven_colours);

/// The colour of a category that states none: grey.
const PLAIN_COLOUR: &str = "#808080";

impl<'d> Converter<'d> {
    pub(super) fn people(&mut self) {
        self.skills();
        self.dimensions();
        self.categories();
        self.teams();
        self.volunteers();
        self.members();
    }

    fn skills(&mut self) {
        let (root, document) = (Path::Root, self.document);
        let list = root.field("skills");
        for (i, skill) in self.findings.present(&list, document.skills.as_ref()) {
            // A faulty number counts as the largest one, so that no level is too high for it.
            let unstated = if self.findings.broken(&list.index(i).field("levels")) { 100 } else { 1 };
            self.data.skills.push(Skill {
                key: owned(skill.id.as_ref()).unwrap_or_default(),
                name: owned(skill.name.as_ref()),
                kind: skill.kind.map_or(SkillKind::Skill, |kind| kind.0),
                levels: skill.levels.map_or(unstated, |levels| levels.0 as u8),
            });
        }
    }

    fn dimensions(&mut self) {
        let (root, document) = (Path::Root, self.document);
        let list = root.field("dimensions");
        for (_, dimension) in self.findings.present(&list, document.dimensions.as_ref()) {
            self.data.dimensions.push(Dimension {
                key: owned(dimension.id.as_ref()).unwrap_or_default(),
                name: owned(dimension.name.as_ref()),
            });
        }
    }

    /// Amounts of dimensions, as needs ask for them and people carry them.
    pub(super) fn loads(&mut self, list: &Path<'_>, given: Option<&'d List<doc::Load<'d>>>) -> Vec<Load> {
        let mut loads = Vec::new();
        for (k, load) in self.findings.present(list, given) {
            let here = list.index(k);
            let key = load.dimension.as_ref();
            let dimension = refer!(self, dimensions as DimensionId, &here.field("dimension"), key);
            loads.push(Load { dimension, amount: load.amount.map_or(0, |amount| amount.0) });
        }
        loads
    }

    /// The seven colours, changed and added to by the document.
    fn categories(&mut self) {
        let (root, document) = (Path::Root, self.document);
        let list = root.field("categories");
        let mut first: HashMap<&str, usize> = HashMap::new();
        let mut added: Vec<&'d str> = Vec::new();
        for (i, given) in self.findings.present(&list, document.categories.as_ref()) {
            let here = list.index(i);
            let id = given.id.as_ref().map_or("", |id| id.0.as_ref());
            if id.is_empty() {
                let expected = text!("a key of at least one character", "至少一个字符的编号");
                self.findings.fault(&here.field("id"), Code::EmptyKey, "\"\"", expected, Text::default());
            } else if let Some(before) = first.insert(id, i) {
                let expected = text!(
                    "a key of its own; $.categories[{before}] has this one",
                    "不重复的编号；$.categories[{before}] 已用此编号"
                );
                self.findings.fault(
                    &here.field("id"),
                    Code::DuplicateKey,
                    quoted(id),
                    expected,
                    Text::default(),
                );
            }
            let colour = self.colour(&here.field("colour"), given);
            let name = match (owned(given.name.as_ref()), owned(given.name_zh.as_ref())) {
                (Some(en), Some(zh)) => Some(Text::new(en, zh)),
                (Some(both), None) | (None, Some(both)) => Some(Text::same(both)),
                (None, None) => None,
            };
            if let Some(known) = BUILT_IN.iter().position(|category| category.key == id) {
                let category = &mut self.data.categories[known];
                category.name = name.unwrap_or_else(|| std::mem::take(&mut category.name));
                category.colour = colour.unwrap_or_else(|| std::mem::take(&mut category.colour));
            } else {
                added.push(id);
                let name = name.unwrap_or_else(|| Text::same(id));
                let colour = colour.unwrap_or_else(|| PLAIN_COLOUR.into());
                self.data.categories.push(Category { key: id.into(), name, colour });
            }
        }
        let seven = BUILT_IN.iter().map(|category| category.key.as_str());
        let incomplete =
            is_incomplete(&list, document.categories.as_ref(), |x| x.id.as_ref(), &self.findings);
        self.indexes.to_mut().categories = Index::of("categories", seven.chain(added)).or_more(incomplete);
    }

    fn colour(&mut self, here: &Path<'_>, given: &doc::Category<'_>) -> Option<String> {
        let colour = given.colour.as_ref()?.0.as_ref();
        let digits = colour.strip_prefix('#').filter(|digits| digits.len() == 6);
        if digits.is_none_or(|digits| !digits.bytes().all(|digit| digit.is_ascii_hexdigit())) {
            let expected = text!("a colour such as \"#1f6fb5\"", "\"#1f6fb5\" 之类的颜色");
            self.findings.fault(here, Code::UnknownValue, quoted(colour), expected, Text::default());
        }
        Some(colour.to_owned())
    }

    fn teams(&mut self) {
        let (root, document) = (Path::Root, self.document);
        let list = root.field("teams");
        for (i, team) in self.findings.present(&list, document.teams.as_ref()) {
            let here = list.index(i);
            let key = team.category.as_ref();
            let category =
                key.map(|key| refer!(self, categories as CategoryId, &here.field("category"), Some(key)));
            let base = team.base.as_ref().map(|base| self.point(&here.field("base"), Some(base)));
            let (key, name) = (owned(team.id.as_ref()).unwrap_or_default(), owned(team.name.as_ref()));
            let least = team.least_people.as_ref();
            let least_people = least.and_then(|least| {
                let price = least.price.map(|price| price.0 as u32);
                least.count.map(|count| LeastPeople { count: count.0 as u32, price })
            });
            self.data.teams.push(Team { key, name, category, base, least_people });
        }
    }

    fn volunteers(&mut self) {
        let (root, document) = (Path::Root, self.document);
        let list = root.field("volunteers");
        for (i, given) in self.findings.present(&list, document.volunteers.as_ref()) {
            let here = list.index(i);
            let volunteer = self.volunteer(&here, given);
            self.data.volunteers.push(volunteer);
            if self.data.profiles.is_empty() {
                self.findings.silence(&here.field("profile"));
            }
        }
        let none = document.profiles.as_ref().is_some_and(|profiles| profiles.0.is_empty());
        if none && !self.data.volunteers.is_empty() {
            let expected = text!("at least one profile", "至少一种出行方式");
            let hint = text!("leave the field out to get a car", "不写此字段则默认为汽车");
            self.findings.fault(&root.field("profiles"), Code::EmptyList, "[]", expected, hint);
        }
    }

    fn volunteer(&mut self, here: &Path<'_>, given: &'d doc::Volunteer<'d>) -> Volunteer {
        let home = self.point(&here.field("home"), given.home.as_ref());
        let profile = match &given.profile {
            None => ProfileId(0),
            Some(key) => refer!(self, profiles as ProfileId, &here.field("profile"), Some(key)),
        };
        let key = owned(given.id.as_ref()).unwrap_or_default();
        let mut volunteer = Volunteer::new(key, home, profile);
        volunteer.name = owned(given.name.as_ref());
        let teams = here.field("teams");
        for (k, key) in self.findings.present(&teams, given.teams.as_ref()) {
            volunteer.teams.push(refer!(self, teams as TeamId, &teams.index(k), Some(key)));
        }
        let skills = here.field("skills");
        for (k, held) in self.findings.present(&skills, given.skills.as_ref()) {
            volunteer.holds.push(self.held(&skills.index(k), held));
        }
        volunteer.gender = given.gender.map(|gender| gender.0);
        let shifts = here.field("shifts");
        for (k, shift) in self.findings.present(&shifts, given.shifts.as_ref()) {
            match self.shift(&shifts.index(k), shift) {
                Some(shift) => volunteer.shifts.push(shift),
                None => self.findings.drop_element(&shifts, k),
            }
        }
        volunteer.max_radius = given.max_radius_m.map(|radius| Metres(radius.0));
        volunteer.capacity = self.loads(&here.field("capacity"), given.capacity.as_ref());
        volunteer.unload = given.unload.map_or(Unload::AnyOrder, |unload| unload.0);
        volunteer.per_day = given.per_day.as_ref().map(limits).unwrap_or_default();
        volunteer.per_week = given.per_week.as_ref().map(limits).unwrap_or_default();
        volunteer.rest = given.rest.map_or(Seconds::ZERO, |rest| rest.0);
        volunteer.pace_permille = given.pace.map_or(1000, |pace| pace.0);
        if let Some(ledger) = &given.ledger {
            let or_none = |duration: Option<Duration>| duration.map_or(Seconds::ZERO, |duration| duration.0);
            volunteer.ledger = Ledger { worked: or_none(ledger.worked), offered: or_none(ledger.offered) };
        }
        volunteer
    }

    fn held(&mut self, here: &Path<'_>, held: &doc::Held<'_>) -> Held {
        let what = SkillLevel {
            skill: refer!(self, skills as SkillId, &here.field("skill"), held.skill.as_ref()),
            level: self.level(&here.field("level"), held.level),
        };
        let expires =
            self.findings.time_or_date(self.zone.as_ref(), &here.field("expires"), held.expires.as_ref());
        Held { what, expires }
    }

    /// A level as far as every skill could have it; whether this one does is for the core to say.
    pub(super) fn level(&mut self, here: &Path<'_>, level: Option<Whole>) -> u8 {
        let Some(Whole { 0: level }) = level else { return 1 };
        if !(1..=100).contains(&level) {
            let expected = text!("a level from 1 to 100", "1 至 100 的等级");
            self.findings.fault(here, Code::LevelOutOfRange, level.to_string(), expected, Text::default());
            return 1;
        }
        level as u8
    }

    /// A shift; nothing when its span cannot be told.
    fn shift(&mut self, here: &Path<'_>, given: &'d doc::Shift<'d>) -> Option<Shift> {
        let start = self.time(&here.field("start"), given.start.as_ref());
        let end = self.time(&here.field("end"), given.end.as_ref());
        let from = match &given.from {
            None => RouteStart::Home,
            Some(doc::Point::Place(word)) if word.0 == PREVIOUS => RouteStart::Previous,
            Some(place) => RouteStart::At(self.point(&here.field("from"), Some(place))),
        };
        let to = match &given.to {
            None => RouteEnd::Home,
            Some(doc::Point::Place(word)) if word.0 == ANYWHERE => RouteEnd::Anywhere,
            Some(place) => RouteEnd::At(self.point(&here.field("to"), Some(place))),
        };
        let list = here.field("breaks");
        let mut breaks = Vec::new();
        for (k, rest) in self.findings.present(&list, given.breaks.as_ref()) {
            let here = list.index(k);
            let earliest = self.time(&here.field("earliest"), rest.earliest.as_ref());
            let latest = self.time(&here.field("latest"), rest.latest.as_ref());
            match (earliest, latest, rest.duration) {
                (Some(earliest), Some(latest), Some(Duration(duration))) => {
                    let off_duty = rest.off_duty.unwrap_or(false);
                    let only_when_empty = rest.only_when_empty.unwrap_or(false);
                    let at = self.break_places(&here.field("at"), rest.at.as_ref());
                    breaks.push(Break { earliest, latest, duration, off_duty, only_when_empty, at });
                }
                _ => self.findings.drop_element(&list, k),
            }
        }
        let carries = self.amounts(&here.field("carries"), given.carries.as_ref());
        let overtime = given.overtime.as_ref().and_then(|overtime| overtime.most);
        let overtime = overtime.map_or(Seconds::ZERO, |most| most.0);
        let most_calls = given.most_calls.map(|most| most.0 as u32);
        let party = given.party.unwrap_or(false);
        let (start, end) = (start?, end?);
        let day = self.zone.as_ref().unwrap_or(&Zone::utc()).day(start);
        Some(Shift { start, end, overtime, day, from, to, breaks, party, carries, most_calls })
    }

    /// The places of a break.
    fn break_places(&mut self, list: &Path<'_>, given: Option<&'d List<doc::Point<'d>>>) -> Vec<PlaceId> {
        let mut places = Vec::new();
        for (p, place) in self.findings.present(list, given) {
            places.push(self.point(&list.index(p), Some(place)));
        }
        places
    }

    /// Memberships that are said at the team. Those that the volunteer says too are no fault.
    fn members(&mut self) {
        let (root, document) = (Path::Root, self.document);
        let list = root.field("teams");
        // The last team in whose list each volunteer was met: who is met twice in one stands there twice.
        let mut met = vec![LOST; self.data.volunteers.len()];
        for (number, (i, team)) in present(document.teams.as_ref()).enumerate() {
            let here = list.index(i);
            let members = here.field("members");
            let number = number as u32;
            for (k, key) in self.findings.present(&members, team.members.as_ref()) {
                let here = members.index(k);
                let Some(who) = self.findings.refer(&self.indexes.volunteers, &here, Some(key)) else {
                    continue;
                };
                let who = who as usize;
                if std::mem::replace(&mut met[who], number) == number {
                    let expected = text!("each volunteer once", "每名志愿者一次");
                    self.findings.fault(
                        &here,
                        Code::DuplicateEntry,
                        quoted(&key.0),
                        expected,
                        Text::default(),
                    );
                } else if !self.data.volunteers[who].teams.contains(&TeamId(number)) {
                    self.data.volunteers[who].teams.push(TeamId(number));
                }
            }
        }
    }
}

fn limits(given: &doc::Limits) -> Limits {
    Limits {
        travel: given.travel.map(|travel| travel.0),
        work: given.work.map(|work| work.0),
        distance: given.distance_m.map(|distance| Metres(distance.0)),
        visits: given.visits.map(|visits| visits.0 as u32),
    }
}
