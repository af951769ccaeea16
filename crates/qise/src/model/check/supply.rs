//! Places, travel, skills, teams, people.

use rustc_hash::FxHashSet;

use super::shifts::break_places;
use super::{Checker, MOST_LEVELS, MOST_PROFILES, MOST_SLOWDOWNS};
use crate::model::{
    AreaId, Code, LeastPeople, Load, PlaceId, Profile, ProfileId, RouteEnd, RouteStart, SkillLevel, TeamId,
    TravelMatrix, TravelRule, Volunteer, quoted,
};
use crate::text;

/// The most dimensions of loads, so that whoever likes may keep a sum for each of them on every route.
const MOST_DIMENSIONS: usize = 100;

impl Checker<'_> {
    pub(super) fn supply(&mut self) {
        let data = self.data;
        self.keys("places", data.places.iter().map(|x| x.key.as_str()));
        self.keys("areas", data.areas.iter().map(|x| x.key.as_str()));
        self.keys("profiles", data.profiles.iter().map(|x| x.key.as_str()));
        self.keys("skills", data.skills.iter().map(|x| x.key.as_str()));
        self.keys("dimensions", data.dimensions.iter().map(|x| x.key.as_str()));
        self.keys("categories", data.categories.iter().map(|x| x.key.as_str()));
        self.keys("projects", data.projects.iter().map(|x| x.key.as_str()));
        self.keys("teams", data.teams.iter().map(|x| x.key.as_str()));
        self.keys("volunteers", data.volunteers.iter().map(|x| x.key.as_str()));
        if data.dimensions.len() > MOST_DIMENSIONS {
            let expected = text!("at most {MOST_DIMENSIONS} entries", "最多 {MOST_DIMENSIONS} 项");
            self.fault("$.dimensions", Code::TooMany, data.dimensions.len().to_string(), expected);
        }
        self.land();
        self.profiles();
        for (i, skill) in data.skills.iter().enumerate() {
            self.number(format!("$.skills[{i}].levels"), i64::from(skill.levels), 1, 100);
        }
        let levels = data.skills.iter().map(|skill| usize::from(skill.levels)).sum::<usize>();
        if levels > MOST_LEVELS {
            let found = text!("{levels} levels", "{levels} 个等级");
            let expected = text!(
                "at most {MOST_LEVELS} levels over all skills",
                "各项技能的等级合计最多 {MOST_LEVELS} 个"
            );
            self.fault("$.skills", Code::TooMany, found, expected);
        }
        for (i, team) in data.teams.iter().enumerate() {
            if let Some(category) = team.category {
                let path = format!("$.teams[{i}].category");
                self.reference(path, category.index(), data.categories.len(), "categories");
            }
            if let Some(base) = team.base {
                self.place(format!("$.teams[{i}].base"), base);
            }
            if let Some(least) = team.least_people {
                self.least_people(i, least);
            }
        }
        for (i, volunteer) in data.volunteers.iter().enumerate() {
            self.volunteer(&format!("$.volunteers[{i}]"), volunteer);
        }
        self.coordinates();
    }

    pub(super) fn place(&mut self, path: impl Into<String>, place: PlaceId) -> bool {
        self.reference(path, place.index(), self.data.places.len(), "places")
    }

    pub(super) fn area(&mut self, path: impl Into<String>, area: AreaId) {
        self.reference(path, area.index(), self.data.areas.len(), "areas");
    }

    pub(super) fn profile(&mut self, path: impl Into<String>, profile: ProfileId) -> bool {
        self.reference(path, profile.index(), self.data.profiles.len(), "profiles")
    }

    fn land(&mut self) {
        let data = self.data;
        for (i, place) in data.places.iter().enumerate() {
            self.duration(format!("$.places[{i}].setup"), place.setup);
            if let Some(area) = place.area {
                self.area(format!("$.places[{i}].area"), area);
            }
        }
        for (i, area) in data.areas.iter().enumerate() {
            let corners = area.outline.len();
            if corners != 0 && corners < 3 {
                let expected = text!("three corners or more, or none at all", "三个以上的顶点，或完全不给");
                self.fault(
                    format!("$.areas[{i}].outline"),
                    Code::BadOutline,
                    text!("{corners} corners", "{corners} 个顶点"),
                    expected,
                );
            }
        }
        for (i, people) in data.population.iter().enumerate() {
            self.place(format!("$.population[{i}].at"), people.place);
        }
    }

    fn profiles(&mut self) {
        let data = self.data;
        self.at_most(MOST_PROFILES, data.profiles.len(), "$.profiles");
        self.at_most(MOST_SLOWDOWNS, data.slowdowns.len(), "$.slowdowns");
        for (i, profile) in data.profiles.iter().enumerate() {
            match &profile.rule {
                &TravelRule::GreatCircle { metres_per_hour, detour_permille, .. } => {
                    let path = format!("$.profiles[{i}].speed_kmh");
                    self.number(path, i64::from(metres_per_hour), 100, 2_000_000_000);
                    self.number(format!("$.profiles[{i}].detour"), i64::from(detour_permille), 1000, 100_000);
                }
                TravelRule::Matrix(matrix) => self.matrix(&format!("$.profiles[{i}].matrix"), matrix),
            }
        }
        for (i, slow) in data.slowdowns.iter().enumerate() {
            let path = format!("$.slowdowns[{i}]");
            for (k, &area) in slow.areas.iter().enumerate() {
                self.area(format!("{path}.areas[{k}]"), area);
            }
            for (k, &profile) in slow.profiles.iter().enumerate() {
                self.profile(format!("{path}.profiles[{k}]"), profile);
            }
            self.number(format!("{path}.factor"), i64::from(slow.factor_permille), 1000, 1_000_000);
            self.time(format!("{path}.from"), slow.from);
            self.time(format!("{path}.to"), slow.to);
            if slow.from >= slow.to {
                let expected = text!("an end after the start", "晚于开始的结束时刻");
                self.fault(format!("{path}.to"), Code::WindowReversed, slow.to.0.to_string(), expected);
            }
        }
    }

    fn matrix(&mut self, path: &str, matrix: &TravelMatrix) {
        let size = matrix.places.len();
        for (name, entries) in [("seconds", matrix.seconds.len()), ("metres", matrix.metres.len())] {
            if entries != size * size {
                let expected = text!("{size} rows of {size} entries", "{size} 行，每行 {size} 个数");
                self.fault(
                    format!("{path}.{name}"),
                    Code::MatrixShape,
                    text!("{entries} entries", "{entries} 个数"),
                    expected,
                );
            }
        }
        let mut seen = vec![false; self.data.places.len()];
        for (k, &place) in matrix.places.iter().enumerate() {
            let path = format!("{path}.places[{k}]");
            if self.place(path.as_str(), place) && std::mem::replace(&mut seen[place.index()], true) {
                let found = quoted(&self.data.places[place.index()].key);
                self.fault(path, Code::DuplicateEntry, found, text!("each place once", "每个地点一次"));
            }
        }
    }

    /// Every place that a person may have to travel between is known to that person's profile.
    fn coordinates(&mut self) {
        let data = self.data;
        let mut asked = vec![false; data.profiles.len()];
        for volunteer in data.volunteers {
            if let Some(asked) = asked.get_mut(volunteer.profile.index()) {
                *asked = true;
            }
        }
        for vehicle in data.vehicles {
            if let Some(asked) = asked.get_mut(vehicle.profile.index()) {
                *asked = true;
            }
        }
        let known = data.profiles.iter().map(|profile| match &profile.rule {
            TravelRule::GreatCircle { .. } => None,
            TravelRule::Matrix(matrix) => {
                let mut known = vec![false; data.places.len()];
                for place in &matrix.places {
                    if let Some(k) = known.get_mut(place.index()) {
                        *k = true;
                    }
                }
                Some(known)
            }
        });
        let known = known.collect::<Vec<_>>();
        let knows = |profile: ProfileId, place: PlaceId| match known.get(profile.index()) {
            Some(None) => data.places.get(place.index()).is_none_or(|p| p.at.is_some()),
            Some(Some(known)) => known.get(place.index()).is_none_or(|&k| k),
            None => true,
        };
        let stops = data.needs.iter().enumerate().flat_map(|(i, need)| {
            need.stops.iter().map(move |stop| (format!("$.needs[{i}].at"), stop.place))
        });
        let depots = data.depots.iter().enumerate().map(|(i, d)| (format!("$.depots[{i}].at"), d.place));
        let vehicles =
            data.vehicles.iter().enumerate().map(|(i, v)| (format!("$.vehicles[{i}].at"), v.place));
        // Whoever moves at all may come by there.
        for (path, place) in stops.chain(depots).chain(vehicles).chain(break_places(&data)) {
            for (p, profile) in data.profiles.iter().enumerate() {
                if asked[p] && !knows(ProfileId::new(p), place) {
                    self.no_coordinates(path.as_str(), place, profile);
                }
            }
            // Each place may be missing in each profile: more than anybody waits for.
            if self.is_full() {
                return;
            }
        }
        for (i, volunteer) in data.volunteers.iter().enumerate() {
            let Some(profile) = data.profiles.get(volunteer.profile.index()) else { continue };
            let mut used = vec![(format!("$.volunteers[{i}].home"), volunteer.home)];
            for (s, shift) in volunteer.shifts.iter().enumerate() {
                if let RouteStart::At(from) = shift.from {
                    used.push((format!("$.volunteers[{i}].shifts[{s}].from"), from));
                }
                if let RouteEnd::At(to) = shift.to {
                    used.push((format!("$.volunteers[{i}].shifts[{s}].to"), to));
                }
            }
            for (path, place) in used {
                if !knows(volunteer.profile, place) {
                    self.no_coordinates(path, place, profile);
                }
            }
        }
    }

    fn no_coordinates(&mut self, path: impl Into<String>, place: PlaceId, profile: &Profile) {
        let found = quoted(&self.data.places[place.index()].key);
        let profile = quoted(&profile.key);
        let expected = text!(
            "a place with coordinates, or one that the matrix of profile {profile} lists",
            "有坐标的地点，或出行方式 {profile} 的矩阵所列的地点"
        );
        self.fault(path, Code::NoCoordinates, found, expected);
    }

    fn volunteer(&mut self, path: &str, volunteer: &Volunteer) {
        let data = self.data;
        self.place(format!("{path}.home"), volunteer.home);
        self.profile(format!("{path}.profile"), volunteer.profile);
        let (mut teams, mut skills) = (FxHashSet::default(), FxHashSet::default());
        for (k, team) in volunteer.teams.iter().enumerate() {
            let here = format!("{path}.teams[{k}]");
            if self.reference(here.as_str(), team.index(), data.teams.len(), "teams") && !teams.insert(*team)
            {
                let found = quoted(&data.teams[team.index()].key);
                self.fault(here, Code::DuplicateEntry, found, text!("each team once", "每个队伍一次"));
            }
        }
        for (k, held) in volunteer.holds.iter().enumerate() {
            let here = format!("{path}.skills[{k}]");
            self.skill_level(&here, held.what);
            if !skills.insert(held.what.skill) {
                let expected = text!("each skill once", "每项技能一次");
                self.fault(
                    here.as_str(),
                    Code::DuplicateEntry,
                    text!("the same skill again", "重复的技能"),
                    expected,
                );
            }
            if let Some(expires) = held.expires {
                self.time(format!("{here}.expires"), expires);
            }
        }
        if let Some(radius) = volunteer.max_radius {
            self.distance(format!("{path}.max_radius_m"), radius);
        }
        self.loads(&format!("{path}.capacity"), &volunteer.capacity);
        for (name, limits) in [("per_day", volunteer.per_day), ("per_week", volunteer.per_week)] {
            for (field, value) in [("travel", limits.travel), ("work", limits.work)] {
                if let Some(value) = value {
                    self.duration(format!("{path}.{name}.{field}"), value);
                }
            }
            if let Some(distance) = limits.distance {
                self.distance(format!("{path}.{name}.distance_m"), distance);
            }
        }
        self.duration(format!("{path}.rest"), volunteer.rest);
        self.number(format!("{path}.pace"), i64::from(volunteer.pace_permille), 1, 100_000);
        self.duration(format!("{path}.ledger.worked"), volunteer.ledger.worked);
        self.duration(format!("{path}.ledger.offered"), volunteer.ledger.offered);
        for (k, shift) in volunteer.shifts.iter().enumerate() {
            self.shift(&format!("{path}.shifts[{k}]"), shift, k.checked_sub(1).map(|b| &volunteer.shifts[b]));
            if shift.party {
                self.party(&format!("{path}.shifts[{k}]"), volunteer, shift);
            }
        }
    }

    /// No more people than the team has with a shift, where nobody may be missing.
    fn least_people(&mut self, team: usize, least: LeastPeople) {
        let path = format!("$.teams[{team}].least_people");
        self.number(format!("{path}.count"), least.count.into(), 1, 1_000_000);
        let on_duty = |who: &&Volunteer| who.teams.contains(&TeamId::new(team)) && !who.shifts.is_empty();
        let members = self.data.volunteers.iter().filter(on_duty).count();
        if least.price.is_none() && least.count as usize > members {
            let expected = text!(
                "{members} at most: so many members have a shift",
                "最多 {members} 人：有班次的队员人数"
            );
            self.fault(format!("{path}.count"), Code::Contradiction, least.count.to_string(), expected);
        }
    }

    /// Amounts of known dimensions, each dimension once.
    pub(super) fn loads(&mut self, path: &str, loads: &[Load]) {
        let mut named = FxHashSet::default();
        for (k, load) in loads.iter().enumerate() {
            let here = format!("{path}[{k}].dimension");
            let dimensions = self.data.dimensions;
            if self.reference(here.as_str(), load.dimension.index(), dimensions.len(), "dimensions")
                && !named.insert(load.dimension)
            {
                let found = quoted(&dimensions[load.dimension.index()].key);
                self.fault(here, Code::DuplicateEntry, found, text!("each dimension once", "每个计量项一次"));
            }
            self.number(format!("{path}[{k}].amount"), load.amount, 0, Load::LIMIT);
        }
    }

    pub(super) fn skill_level(&mut self, path: &str, what: SkillLevel) {
        let skills = self.data.skills;
        if self.reference(format!("{path}.skill"), what.skill.index(), skills.len(), "skills") {
            let skill = &skills[what.skill.index()];
            if what.level < 1 || what.level > skill.levels {
                let (key, levels) = (quoted(&skill.key), skill.levels);
                let expected = text!("a level of {key} from 1 to {levels}", "{key} 的等级 1 至 {levels}");
                self.fault(format!("{path}.level"), Code::LevelOutOfRange, what.level.to_string(), expected);
            }
        }
    }
}
