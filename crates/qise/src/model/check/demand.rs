//! Needs, their roles, pins, and the previous plan.

use rustc_hash::FxHashSet;

use super::Checker;
use crate::model::slot::start_gaps;
use crate::model::{Code, Fault, Means, Need, Quality, Requirement, Role, Seconds, quoted};
use crate::text;

/// A crew is no larger.
const MOST_PEOPLE: i64 = 1000;
/// And has no more different roles: their gaps are closed in time to the third power.
const MOST_ROLES: usize = 100;

impl Checker<'_> {
    pub(super) fn demand(&mut self) {
        let data = self.data;
        self.keys("needs", data.needs.iter().map(|n| n.key.as_str()));
        for (i, need) in data.needs.iter().enumerate() {
            self.need(&format!("$.needs[{i}]"), need);
        }
        self.apart();
        self.links();
        self.choices();
        self.previous();
    }

    pub(super) fn need(&mut self, path: &str, need: &Need) {
        let data = self.data;
        if let Some(project) = need.project {
            self.reference(format!("{path}.project"), project.index(), data.projects.len(), "projects");
        }
        if let Some(category) = need.category {
            self.reference(format!("{path}.category"), category.index(), data.categories.len(), "categories");
        }
        for (v, means) in need.vehicles.iter().enumerate() {
            let path = format!("{path}.vehicle[{v}]");
            match *means {
                Means::Vehicle(id) => self.reference(path, id.index(), data.vehicles.len(), "vehicles"),
                Means::Kind(id) => self.reference(path, id.index(), data.profiles.len(), "profiles"),
            };
        }
        self.number(format!("{path}.priority"), i64::from(need.priority), 0, 1_000_000_000);
        self.crew(path, need);
        self.ride(path, need);
        self.supplies(path, need);
        for (s, stop) in need.stops.iter().enumerate() {
            // The first stop stands with the need itself, the others in the list of what comes then.
            let path = &if s == 0 { path.to_owned() } else { format!("{path}.then[{}]", s - 1) };
            self.place(format!("{path}.at"), stop.place);
            self.duration(format!("{path}.service"), stop.service);
            if stop.windows.is_empty() {
                let expected = text!("at least one window", "至少一个时间窗");
                self.fault(format!("{path}.windows"), Code::EmptyList, "[]", expected);
            }
            for (w, window) in stop.windows.iter().enumerate() {
                let before = w.checked_sub(1).map(|before| stop.windows[before]);
                self.window(&format!("{path}.windows[{w}]"), *window, before);
            }
        }
        if let Some(promise) = need.promise {
            for (name, time) in [("start_by", promise.start_by), ("finish_by", promise.finish_by)] {
                if let Some(time) = time {
                    self.time(format!("{path}.promise.{name}"), time);
                }
            }
            if promise.start_by.is_none() && promise.finish_by.is_none() {
                let expected = text!("start_by or finish_by", "start_by 或 finish_by");
                self.fault(format!("{path}.promise"), Code::EmptyList, "{}", expected);
            }
        }
        for (r, role) in need.roles.iter().enumerate() {
            let here = if need.is_crew() { format!("{path}.roles[{r}]") } else { path.to_owned() };
            self.role(&here, role);
        }
    }

    /// The crew as a whole: not too many, gaps that can be kept together, and nothing that is for one person alone.
    fn crew(&mut self, path: &str, need: &Need) {
        let people: u64 = need.roles.iter().map(|role| u64::from(role.count)).sum();
        if need.roles.is_empty() {
            let expected = text!("at least one role", "至少一个角色");
            self.fault(format!("{path}.roles"), Code::EmptyList, "[]", expected);
        } else {
            self.number(format!("{path}.roles"), people as i64, 1, MOST_PEOPLE);
        }
        let mut known = need.roles.len() <= MOST_ROLES;
        if !known {
            let (found, expected) =
                (need.roles.len(), text!("{MOST_ROLES} roles at most", "最多 {MOST_ROLES} 个角色"));
            self.fault(format!("{path}.roles"), Code::TooMany, found.to_string(), expected);
        }
        for (g, gap) in need.gaps.iter().enumerate() {
            let here = format!("{path}.gaps[{g}]");
            for (name, role) in [("from", gap.from), ("to", gap.to)] {
                known &= self.reference(format!("{here}.{name}"), role.into(), need.roles.len(), "roles");
            }
            let most = i64::from(u32::MAX);
            self.number(format!("{here}.min_s"), gap.min.0, -most, most);
            self.number(format!("{here}.max_s"), gap.max.0, -most, most);
            known &= [gap.min, gap.max].iter().all(|gap| (-most..=most).contains(&gap.0));
            if gap.from == gap.to || gap.min > gap.max {
                let expected =
                    text!("two roles, and min_s no more than max_s", "两个不同的角色，且 min_s 不大于 max_s");
                let (from, to, min, max) = (gap.from, gap.to, gap.min.0, gap.max.0);
                let found =
                    text!("{min} to {max} from {from} to {to}", "从 {from} 到 {to} 间隔 {min} 至 {max}");
                self.fault(here, Code::Contradiction, found, expected);
                known = false;
            }
        }
        for (o, overlap) in need.overlaps.iter().enumerate() {
            let here = format!("{path}.overlaps[{o}]");
            let mut found = true;
            for (name, role) in [("one", overlap.one), ("other", overlap.other)] {
                found &= self.reference(format!("{here}.{name}"), role.into(), need.roles.len(), "roles");
            }
            known &= found;
            if !found {
                continue;
            }
            let service = |role: u16| {
                need.roles[usize::from(role)]
                    .service
                    .unwrap_or(need.stops.first().map_or(Seconds::ZERO, |stop| stop.service))
            };
            let most = service(overlap.one).min(service(overlap.other));
            self.number(format!("{here}.least_s"), overlap.least.0, 0, most.0.max(0));
            if overlap.one == overlap.other {
                let expected = text!("two different roles", "两个不同的角色");
                self.fault(here, Code::Contradiction, overlap.one.to_string(), expected);
                known = false;
            }
        }
        if known && people <= MOST_PEOPLE as u64 && start_gaps(need).is_none() {
            let expected = text!("gaps that can be kept together", "可以同时满足的间隔");
            let found = text!("gaps that contradict each other", "相互矛盾的间隔");
            self.fault(format!("{path}.gaps"), Code::Contradiction, found, expected);
        }
        self.crew_rules(path, need, people);
        self.pins_meet(path, need, known && people <= MOST_PEOPLE as u64);
    }

    /// A ride: two to four stops, for one person who goes alone and serves as long as the stops say.
    fn ride(&mut self, path: &str, need: &Need) {
        let count = need.stops.len();
        if !(1..=Need::MOST_STOPS).contains(&count) {
            let most = Need::MOST_STOPS;
            let expected = text!("one to {most} stops", "一至 {most} 个停靠点");
            self.fault(format!("{path}.then"), Code::TooMany, count.to_string(), expected);
        }
        if let Some(longest) = need.max_ride {
            self.duration(format!("{path}.max_ride"), longest);
            if !need.is_ride() {
                let expected = text!("only with `then`", "只与 then 同用");
                self.fault(format!("{path}.max_ride"), Code::Conflict, longest.0.to_string(), expected);
            }
        }
        let role = need.roles.first().filter(|_| need.is_ride());
        let alone = |role: &Role| role.service_by.is_empty() && !need.is_crew() && need.outsource.is_none();
        if role.is_some_and(|role| !alone(role)) || need.is_ride() && self.has_parties {
            let expected = text!(
                "a ride without roles, gaps, rules of a crew, own service times, outsourcing, and people in parties, in this release",
                "此版本的接送不可与角色、间隔、小组规则、个人服务时长、外包、编组同用"
            );
            let found = text!("{count} stops", "{count} 个停靠点");
            self.fault(format!("{path}.then"), Code::Unsupported, found, expected);
        }
    }

    fn role(&mut self, path: &str, role: &Role) {
        self.number(format!("{path}.count"), i64::from(role.count), 1, MOST_PEOPLE);
        if let Some(service) = role.service {
            self.duration(format!("{path}.service"), service);
        }
        self.loads(&format!("{path}.load"), &role.load);
        if let Some(pin) = role.pin {
            let known = self.data.volunteers.len();
            self.reference(format!("{path}.pinned.volunteer"), pin.volunteer.index(), known, "volunteers");
            if let Some(start) = pin.start {
                self.time(format!("{path}.pinned.start"), start);
            }
            if role.count > 1 {
                let count = role.count;
                let expected = text!("a role for one person", "一人的角色");
                let found = text!("{count} people", "{count} 人");
                let hint = text!(
                    "write a role for each person, each with a pin of its own: they start together unless gaps say otherwise",
                    "请为每人各写一个角色并分别指定：除非 gaps 另有说明，各角色同时开始"
                );
                self.faults
                    .push(Fault::new(format!("{path}.pinned"), Code::Conflict, found, expected).hint(hint));
            }
        }
        self.distance(format!("{path}.min_home_distance_m"), role.min_home_distance);
        self.requirement(&format!("{path}.requires"), &role.requires);
        for (k, wish) in role.prefers.iter().enumerate() {
            self.quality(&format!("{path}.prefers[{k}]"), wish.quality);
        }
        let mut named = FxHashSet::default();
        for (k, &(volunteer, service)) in role.service_by.iter().enumerate() {
            let here = format!("{path}.service_by[{k}]");
            let known = self.data.volunteers.len();
            self.reference(format!("{here}.volunteer"), volunteer.index(), known, "volunteers");
            self.duration(format!("{here}.service"), service);
            if !named.insert(volunteer) {
                let expected = text!("each person once", "每人一次");
                self.fault(
                    format!("{here}.volunteer"),
                    Code::DuplicateEntry,
                    text!("the same person again", "重复的人员"),
                    expected,
                );
            }
        }
    }

    pub(super) fn requirement(&mut self, path: &str, requires: &Requirement) {
        let none = requires.none.iter().copied().collect::<FxHashSet<Quality>>();
        for (k, &quality) in requires.all.iter().enumerate() {
            self.quality(&format!("{path}.all[{k}]"), quality);
            if none.contains(&quality) {
                let expected = text!("nothing that `none` excludes", "不与 none 相矛盾的条件");
                self.fault(
                    format!("{path}.all[{k}]"),
                    Code::Contradiction,
                    text!("also in `none`", "同时列在 none 中"),
                    expected,
                );
            }
        }
        for (g, group) in requires.any.iter().enumerate() {
            let here = format!("{path}.any[{g}]");
            for (k, &quality) in group.iter().enumerate() {
                self.quality(&format!("{here}[{k}]"), quality);
            }
            if group.is_empty() {
                let expected = text!("at least one alternative", "至少一个可选条件");
                self.fault(here, Code::EmptyList, "[]", expected);
            } else if group.iter().all(|q| none.contains(q)) {
                let expected = text!("an alternative that `none` leaves open", "未被 none 全部排除的条件");
                self.fault(
                    here,
                    Code::Contradiction,
                    text!("all of it also in `none`", "全部同时列在 none 中"),
                    expected,
                );
            }
        }
        for (k, &quality) in requires.none.iter().enumerate() {
            self.quality(&format!("{path}.none[{k}]"), quality);
        }
    }

    pub(super) fn quality(&mut self, path: &str, quality: Quality) {
        let data = self.data;
        match quality {
            Quality::Skill(what) => self.skill_level(path, what),
            Quality::Gender(_) => {}
            Quality::Team(team) => {
                self.reference(format!("{path}.team"), team.index(), data.teams.len(), "teams");
            }
            Quality::Category(category) => {
                let path = format!("{path}.category");
                self.reference(path, category.index(), data.categories.len(), "categories");
            }
            Quality::Volunteer(volunteer) => {
                let path = format!("{path}.volunteer");
                self.reference(path, volunteer.index(), data.volunteers.len(), "volunteers");
            }
        }
    }

    fn previous(&mut self) {
        let data = self.data;
        let Some(previous) = &data.previous else { return };
        self.duration("$.previous.tolerance", previous.tolerance);
        let mut told = FxHashSet::default();
        let mut seen = vec![false; data.needs.len()];
        for (k, visit) in previous.assignments.iter().enumerate() {
            let path = format!("$.previous.assignments[{k}]");
            self.reference(
                format!("{path}.volunteer"),
                visit.volunteer.index(),
                data.volunteers.len(),
                "volunteers",
            );
            self.time(format!("{path}.start"), visit.start);
            let here = format!("{path}.need");
            if !self.reference(here.as_str(), visit.need.index(), data.needs.len(), "needs") {
                continue;
            }
            let need = &data.needs[visit.need.index()];
            // Of a need for one person the second is one too many, whoever it is.
            let alone = need.people() == 1 && std::mem::replace(&mut seen[visit.need.index()], true);
            if !told.insert((visit.need, visit.volunteer)) || alone {
                let expected = text!("each need once for each of its people", "每个需求每人一次");
                self.fault(here, Code::DuplicateEntry, quoted(&need.key), expected);
            }
        }
    }
}
