//! Needs, who may serve them, and pairs.

use qise::model::{
    CategoryId, Code, Gender, Means, Metres, Need, NeedId, Overlap, Pin, Preference, ProfileId, Project,
    ProjectId, Promise, Quality, Requirement, Role, Seconds, SkillId, SkillLevel, StartGap, Stop, TeamId,
    Time, VehicleId, VolunteerId, Window,
};
use qise::{Text, text};

use super::{Converter, LOST, owned, refer};
use crate::document::{self as doc, Length, PairRule};
use crate::path::Path;
use crate::read::{Choice, Duration, List, OneOrMore, Str, Whole, quoted};

impl<'d> Converter<'d> {
    pub(super) fn needs(&mut self) {
        let (root, document) = (Path::Root, self.document);
        let projects = root.field("projects");
        for (_, given) in self.findings.present(&projects, document.projects.as_ref()) {
            let key = owned(given.id.as_ref()).unwrap_or_default();
            let (name, owner) = (owned(given.name.as_ref()), owned(given.owner.as_ref()));
            self.data.projects.push(Project { key, name, owner });
        }
        let list = root.field("needs");
        for (i, given) in self.findings.present(&list, document.needs.as_ref()) {
            let need = self.need(&list.index(i), given);
            self.data.needs.push(need);
        }
    }

    pub(super) fn need(&mut self, here: &Path<'_>, given: &'d doc::Need<'d>) -> Need {
        let key = given.category.as_ref();
        let category =
            key.map(|key| refer!(self, categories as CategoryId, &here.field("category"), Some(key)));
        let key = given.project.as_ref();
        let project = key.map(|key| refer!(self, projects as ProjectId, &here.field("project"), Some(key)));
        let place = self.point(&here.field("at"), given.at.as_ref());
        let windows = self.windows(&here.field("windows"), given.windows.as_ref());
        let promise = given.promise.as_ref().map(|promise| self.promise(&here.field("promise"), promise));
        let mut stops =
            vec![Stop { place, windows, service: given.service.map_or(Seconds::ZERO, |service| service.0) }];
        self.further_stops(&here.field("then"), given.then.as_ref(), &mut stops);
        let roles = self.roles(here, given);
        let gaps = self.gaps(&here.field("gaps"), given.gaps.as_ref());
        let overlaps = self.overlaps(&here.field("overlaps"), given.overlaps.as_ref());
        let crew = self.crew_rules(&here.field("crew"), given.crew.as_ref());
        let goods = self.supplies(&here.field("goods"), given.goods.as_ref());
        let vehicles = self.means(&here.field("vehicle"), given.vehicle.as_ref());
        Need {
            key: owned(given.id.as_ref()).unwrap_or_default(),
            name: owned(given.name.as_ref()),
            category,
            project,
            stops,
            max_ride: given.max_ride.map(|Duration(longest)| longest),
            roles,
            gaps,
            overlaps,
            crew,
            goods,
            vehicles,
            priority: given.priority.map_or(1, |priority| priority.0 as u32),
            mandatory: given.mandatory.unwrap_or(false),
            promise,
            outsource: given.outsource.map(|price| price.0 as u32),
            change_price: given.change_price.map(|price| price.0 as u32),
        }
    }

    /// The vehicles, or kinds of vehicle, that may serve.
    fn means(&mut self, here: &Path<'_>, given: Option<&'d OneOrMore<Str<'d>>>) -> Vec<Means> {
        match given {
            None => Vec::new(),
            Some(OneOrMore::One(key)) => {
                // The core counts a single entry as the first of a list.
                self.findings.silence(&here.index(0));
                vec![self.named_means(here, key)]
            }
            Some(OneOrMore::More(list)) => {
                if list.0.is_empty() {
                    let expected = text!("at least one vehicle or profile", "至少一辆车或一种出行方式");
                    let hint = text!("leave the field out where any will do", "任何车辆均可时不写此字段");
                    self.findings.fault(here, Code::EmptyList, "[]", expected, hint);
                }
                let keys = self.findings.present(here, Some(list));
                keys.map(|(k, key)| self.named_means(&here.index(k), key)).collect()
            }
        }
    }

    fn named_means(&mut self, here: &Path<'_>, key: &Str<'_>) -> Means {
        let (vehicles, profiles) = (&self.indexes.vehicles, &self.indexes.profiles);
        if let Some(vehicle) = vehicles.get(&key.0) {
            return Means::Vehicle(VehicleId(vehicle));
        }
        let profile = profiles.get(&key.0);
        if profile.is_none() && (vehicles.is_incomplete() || profiles.is_incomplete()) {
            // What could not be read of the lists may well have held the key.
            self.findings.silence(here);
        } else if profile.is_none() {
            let expected = text!(
                "the id of an entry of $.vehicles or of $.profiles",
                "$.vehicles 或 $.profiles 中某项的编号"
            );
            let hint = self.findings.suggest.hint(&key.0, vehicles.keys().chain(profiles.keys()));
            self.findings.fault(here, Code::UnknownReference, quoted(&key.0), expected, hint);
        }
        Means::Kind(ProfileId(profile.unwrap_or(LOST)))
    }

    pub(super) fn windows(
        &mut self,
        list: &Path<'_>,
        given: Option<&'d List<doc::Window<'d>>>,
    ) -> Vec<Window> {
        let mut windows = Vec::new();
        for (w, window) in self.findings.present(list, given) {
            let here = list.index(w);
            let from = self.time(&here.field("from"), window.from.as_ref());
            let to = self.time(&here.field("to"), window.to.as_ref());
            match (from, to) {
                (Some(from), Some(to)) => windows.push(Window { from, to }),
                _ => self.findings.drop_element(list, w),
            }
        }
        windows
    }

    /// The stops of a ride behind the first. One that states no windows may be made at any time from the first window on.
    fn further_stops(
        &mut self,
        list: &Path<'_>,
        given: Option<&'d List<doc::Stop<'d>>>,
        stops: &mut Vec<Stop>,
    ) {
        let opens = stops[0].windows.first().map_or(Time(0), |window| window.from);
        for (s, stop) in self.findings.present(list, given) {
            let here = list.index(s);
            let place = self.point(&here.field("at"), stop.at.as_ref());
            let windows = match &stop.windows {
                Some(given) => self.windows(&here.field("windows"), Some(given)),
                None => vec![Window { from: opens, to: Time(Time::LIMIT) }],
            };
            let service = stop.service.map_or(Seconds::ZERO, |service| service.0);
            stops.push(Stop { place, windows, service });
        }
    }

    fn promise(&mut self, here: &Path<'_>, given: &doc::Promise<'_>) -> Promise {
        let times = [given.start_by.is_some(), given.finish_by.is_some()];
        let broken = ["start_by", "finish_by"].map(|name| self.findings.broken(&here.field(name)));
        if !times.into_iter().chain(broken).any(|there| there) {
            let expected = text!("start_by or finish_by", "start_by 或 finish_by");
            self.findings.fault(
                here,
                Code::EmptyList,
                text!("neither", "两者皆无"),
                expected,
                Text::default(),
            );
        }
        Promise {
            start_by: self.time(&here.field("start_by"), given.start_by.as_ref()),
            finish_by: self.time(&here.field("finish_by"), given.finish_by.as_ref()),
            hard: given.hard.unwrap_or(false),
        }
    }

    /// The roles that are listed, or the one that the need itself states.
    fn roles(&mut self, here: &Path<'_>, given: &'d doc::Need<'d>) -> Vec<Role> {
        let alone = Person {
            requires: given.requires.as_ref(),
            prefers: given.prefers.as_ref(),
            min_home_distance_m: given.min_home_distance_m,
            service_by: given.service_by.as_ref(),
            load: given.load.as_ref(),
            pinned: given.pinned.as_ref(),
        };
        let list = here.field("roles");
        let Some(roles) = &given.roles else {
            return if self.findings.broken(&list) { Vec::new() } else { vec![self.role(here, &alone)] };
        };
        for name in alone.stated() {
            let expected = text!("stated by each role, beside `roles`", "与 roles 同用时写在各个角色中");
            self.findings.fault(&here.field(name), Code::Conflict, quoted(name), expected, Text::default());
        }
        self.findings.crews.insert(here.to_string());
        let mut crew = Vec::new();
        for (r, role) in self.findings.present(&list, Some(roles)) {
            let person = Person {
                requires: role.requires.as_ref(),
                prefers: role.prefers.as_ref(),
                min_home_distance_m: role.min_home_distance_m,
                service_by: role.service_by.as_ref(),
                load: role.load.as_ref(),
                pinned: role.pinned.as_ref(),
            };
            let mut asked = self.role(&list.index(r), &person);
            asked.count = role.count.map_or(1, |count| count.0 as u32);
            asked.service = role.service.map(|service| service.0);
            crew.push(asked);
        }
        crew
    }

    fn gaps(&mut self, list: &Path<'_>, given: Option<&'d List<doc::Gap>>) -> Vec<StartGap> {
        let mut gaps = Vec::new();
        for (g, gap) in self.findings.present(list, given) {
            match (gap.from, gap.to, gap.min_s, gap.max_s) {
                (Some(from), Some(to), Some(min), Some(max)) => gaps.push(StartGap {
                    from: from.0 as u16,
                    to: to.0 as u16,
                    min: Seconds(min.0),
                    max: Seconds(max.0),
                }),
                _ => self.findings.drop_element(list, g),
            }
        }
        gaps
    }

    fn overlaps(&mut self, list: &Path<'_>, given: Option<&'d List<doc::Overlap>>) -> Vec<Overlap> {
        let mut overlaps = Vec::new();
        for (o, overlap) in self.findings.present(list, given) {
            match (overlap.one, overlap.other, overlap.least_s) {
                (Some(one), Some(other), Some(least)) => overlaps.push(Overlap {
                    one: one.0 as u16,
                    other: other.0 as u16,
                    least: Seconds(least.0),
                }),
                _ => self.findings.drop_element(list, o),
            }
        }
        overlaps
    }

    fn role(&mut self, here: &Path<'_>, given: &Person<'d>) -> Role {
        let requires = self.requirement(&here.field("requires"), given.requires);
        let mut role = Role::new(requires);
        let list = here.field("prefers");
        for (k, wish) in self.findings.present(&list, given.prefers) {
            match self.quality(&list.index(k), &Given::from(wish)) {
                Some(quality) => role.prefers.push(Preference {
                    quality,
                    wanted: wish.wanted.unwrap_or(true),
                    price: wish.price.map_or(0, |price| price.0 as u32),
                }),
                None => self.findings.drop_element(&list, k),
            }
        }
        role.min_home_distance =
            given.min_home_distance_m.map_or(Metres::ZERO, |distance| Metres(distance.0));
        let list = here.field("service_by");
        for (k, own) in self.findings.present(&list, given.service_by) {
            let path = list.index(k);
            let volunteer =
                refer!(self, volunteers as VolunteerId, &path.field("volunteer"), own.volunteer.as_ref());
            role.service_by.push((volunteer, own.service.map_or(Seconds::ZERO, |service| service.0)));
        }
        role.load = self.loads(&here.field("load"), given.load);
        role.pin = given.pinned.map(|pinned| {
            let here = here.field("pinned");
            let volunteer =
                refer!(self, volunteers as VolunteerId, &here.field("volunteer"), pinned.volunteer.as_ref());
            Pin { volunteer, start: self.time(&here.field("start"), pinned.start.as_ref()) }
        });
        role
    }

    /// What is asked of a person; nothing where nothing is given.
    pub(super) fn requirement(
        &mut self,
        here: &Path<'_>,
        given: Option<&'d doc::Requires<'d>>,
    ) -> Requirement {
        let mut requires = Requirement::default();
        let Some(given) = given else { return requires };
        requires.all = self.qualities(&here.field("all"), given.all.as_ref());
        let groups = here.field("any");
        for (g, group) in self.findings.present(&groups, given.any.as_ref()) {
            let group = self.qualities(&groups.index(g), Some(group));
            requires.any.push(group);
        }
        requires.none = self.qualities(&here.field("none"), given.none.as_ref());
        requires
    }

    fn qualities(&mut self, list: &Path<'_>, given: Option<&'d List<doc::Quality<'d>>>) -> Vec<Quality> {
        let mut qualities = Vec::new();
        for (k, quality) in self.findings.present(list, given) {
            match self.quality(&list.index(k), &Given::from(quality)) {
                Some(quality) => qualities.push(quality),
                None => self.findings.drop_element(list, k),
            }
        }
        qualities
    }

    /// A quality; nothing when it does not say exactly one thing, or names what does not exist.
    pub(super) fn quality(&mut self, here: &Path<'_>, given: &Given<'_>) -> Option<Quality> {
        if given.level.is_some() && given.skill.is_none() && !self.findings.broken(&here.field("skill")) {
            let expected = text!("a level only beside a skill", "level 只能与 skill 同用");
            self.findings.fault(&here.field("level"), Code::Conflict, "level", expected, Text::default());
        }
        let stated = given.stated();
        if stated.len() != 1 {
            // What was meant by a value that could not be read is unknown.
            if !self.findings.broken(here) {
                let found = if stated.is_empty() { "none of them".into() } else { stated.join(", ") };
                let expected = text!(
                    "exactly one of skill, gender, team, category, volunteer",
                    "skill、gender、team、category、volunteer 中恰好一项"
                );
                self.findings.fault(here, Code::Conflict, found, expected, Text::default());
            }
            return None;
        }
        let found = |id: u32| (id != LOST).then_some(id);
        if let Some(key) = given.skill {
            let level = self.level(&here.field("level"), given.level);
            let skill = refer!(self, skills as SkillId, &here.field("skill"), Some(key));
            return found(skill.0).map(|_| Quality::Skill(SkillLevel { skill, level }));
        }
        if let Some(key) = given.team {
            let team = refer!(self, teams as TeamId, &here.field("team"), Some(key));
            return found(team.0).map(|_| Quality::Team(team));
        }
        if let Some(key) = given.category {
            let category = refer!(self, categories as CategoryId, &here.field("category"), Some(key));
            return found(category.0).map(|_| Quality::Category(category));
        }
        if let Some(key) = given.volunteer {
            let volunteer = refer!(self, volunteers as VolunteerId, &here.field("volunteer"), Some(key));
            return found(volunteer.0).map(|_| Quality::Volunteer(volunteer));
        }
        given.gender.map(|gender| Quality::Gender(gender.0))
    }

    /// Pairs become a part of the need: what is forbidden goes to its requirement, the rest to its wishes.
    pub(super) fn pairs(&mut self) {
        let (root, document) = (Path::Root, self.document);
        let list = root.field("pairs");
        for (i, pair) in self.findings.present(&list, document.pairs.as_ref()) {
            let here = list.index(i);
            let need = refer!(self, needs as NeedId, &here.field("need"), pair.need.as_ref());
            let quality = self.partner(&here, pair);
            let Some(rule) = pair.rule else { continue };
            let price = here.field("price");
            if rule.0 == PairRule::Forbidden
                && let Some(given) = pair.price
            {
                let expected = text!("no price: what is forbidden has none", "不写 price：禁止项没有价格");
                self.findings.fault(&price, Code::Conflict, given.0.to_string(), expected, Text::default());
            }
            if rule.0 != PairRule::Forbidden && pair.price.is_none() {
                let expected = text!("the price of breaking it", "违反此项的价格");
                self.findings.fault(
                    &price,
                    Code::MissingField,
                    text!("nothing", "空缺"),
                    expected,
                    Text::default(),
                );
            }
            let (Some(quality), Some(need)) = (quality, self.data.needs.get_mut(need.index())) else {
                continue;
            };
            // Of a crew the pair speaks of everybody who comes.
            for role in &mut need.roles {
                if rule.0 == PairRule::Forbidden {
                    role.requires.none.push(quality);
                } else {
                    let price = pair.price.map_or(0, |price| price.0 as u32);
                    role.prefers.push(Preference { quality, wanted: rule.0 == PairRule::Preferred, price });
                }
            }
        }
    }

    fn partner(&mut self, here: &Path<'_>, pair: &doc::Pair<'_>) -> Option<Quality> {
        match (&pair.volunteer, &pair.team) {
            (Some(key), None) => {
                let found =
                    self.findings.refer(&self.indexes.volunteers, &here.field("volunteer"), Some(key));
                found.map(|id| Quality::Volunteer(VolunteerId(id)))
            }
            (None, Some(key)) => {
                let found = self.findings.refer(&self.indexes.teams, &here.field("team"), Some(key));
                found.map(|id| Quality::Team(TeamId(id)))
            }
            (given, _) => {
                let broken = [here.field("volunteer"), here.field("team")]
                    .iter()
                    .any(|path| self.findings.broken(path));
                if !broken {
                    let found =
                        given.as_ref().map_or_else(|| "neither".into(), |key| quoted(&key.0) + " and a team");
                    let expected = text!("either volunteer or team", "volunteer 与 team 二选一");
                    self.findings.fault(here, Code::Conflict, found, expected, Text::default());
                }
                None
            }
        }
    }
}

/// The fields of what is asked of one person.
pub(super) const PERSON: [&str; 6] =
    ["requires", "prefers", "min_home_distance_m", "service_by", "load", "pinned"];

/// What is asked of one person, by a need or by one of its roles.
struct Person<'d> {
    requires: Option<&'d doc::Requires<'d>>,
    prefers: Option<&'d List<doc::Preference<'d>>>,
    min_home_distance_m: Option<Length>,
    service_by: Option<&'d List<doc::ServiceBy<'d>>>,
    load: Option<&'d List<doc::Load<'d>>>,
    pinned: Option<&'d doc::Pinned<'d>>,
}

impl Person<'_> {
    /// The names of the fields that are there.
    fn stated(&self) -> Vec<&'static str> {
        let stated = [
            self.requires.is_some(),
            self.prefers.is_some(),
            self.min_home_distance_m.is_some(),
            self.service_by.is_some(),
            self.load.is_some(),
            self.pinned.is_some(),
        ];
        PERSON.into_iter().zip(stated).filter(|(_, stated)| *stated).map(|(name, _)| name).collect()
    }
}

/// The fields that say a quality, of requirements and wishes alike.
pub(super) struct Given<'g> {
    skill: Option<&'g Str<'g>>,
    level: Option<Whole>,
    gender: Option<Choice<Gender>>,
    team: Option<&'g Str<'g>>,
    category: Option<&'g Str<'g>>,
    volunteer: Option<&'g Str<'g>>,
}

impl Given<'_> {
    /// The names of the fields that are there, level apart.
    fn stated(&self) -> Vec<&'static str> {
        let fields = [
            ("skill", self.skill.is_some()),
            ("gender", self.gender.is_some()),
            ("team", self.team.is_some()),
            ("category", self.category.is_some()),
            ("volunteer", self.volunteer.is_some()),
        ];
        fields.into_iter().filter(|(_, stated)| *stated).map(|(name, _)| name).collect()
    }
}

macro_rules! given_by {
    ($($record:ident)*) => {$(
        impl<'g> From<&'g doc::$record<'g>> for Given<'g> {
            fn from(record: &'g doc::$record<'g>) -> Self {
                Self {
                    skill: record.skill.as_ref(),
                    level: record.level,
                    gender: record.gender,
                    team: record.team.as_ref(),
                    category: record.category.as_ref(),
                    volunteer: record.volunteer.as_ref(),
                }
            }
        }
    )*};
}

given_by!(Quality Preference Tally);
