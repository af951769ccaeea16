//! What a scenario may say and hardly means: legal, and surely wrong.

mod far;

use std::cell::OnceCell;
use std::collections::HashMap;

use qise::model::{Need, NeedId, Quality, Seconds, Term, Time, VolunteerId};
use qise::{Problem, Text, text};

use crate::time::Zone;

/// Something in a scenario that is legal and surely wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The JSON path, such as `$.needs[3].windows`. Of what an entry of the document stands for beside itself, that of the entry.
    pub path: String,
    /// Id of the need or person; empty where it is about all.
    pub key: String,
    /// Its name, where it has one.
    pub name: Option<String>,
    /// A stable name of what is meant: `no_volunteers`, `outside_shifts`, `outside_needs`, `level_unheld`, `far_away`, `brief_service`, `long_service`,
    /// `no_priority`.
    pub code: &'static str,
    /// What is odd, in words.
    pub text: Text,
}

impl Warning {
    /// The whole warning as one message.
    pub fn message(&self) -> Text {
        let (path, Text { en, zh }) = (&self.path, &self.text);
        let who = match (&self.name, self.key.as_str()) {
            (_, "") => String::new(),
            (Some(name), key) if name != key => format!(" {key} ({name})"),
            (_, key) => format!(" {key}"),
        };
        Text::new(format!("{path}{who}: {en}"), format!("{path}{who}：{zh}"))
    }
}

/// Days between a need and all shifts, or a person and all needs, from which on a year has surely been mistaken.
const MISTAKEN_DAYS: i64 = 180;

/// Everything in a problem that is legal and surely wrong, needs before people. Takes time in proportion to the problem, but for sorting.
pub fn warnings(problem: &Problem, zone: &Zone) -> Vec<Warning> {
    let mut all = Warnings { problem, zone, list: Vec::new(), keys: OnceCell::new() };
    if problem.needs().is_empty() {
        return all.list;
    }
    if problem.volunteers().is_empty() {
        let text = text!("there are no volunteers: nothing can be served", "没有志愿者：任何需求都无法满足");
        let path = "$.volunteers".to_owned();
        all.list.push(Warning { path, key: String::new(), name: None, code: "no_volunteers", text });
    }
    all.needs();
    if !problem.volunteers().is_empty() {
        all.levels();
        all.shifts();
    }
    far::away(&mut all);
    all.list
}

/// The longest service of a need at one stop, by whoever takes the least.
fn stops_longest(need: &Need) -> Seconds {
    let own = |service: Seconds| {
        need.roles.iter().map(|role| role.service.unwrap_or(service)).min().unwrap_or(service)
    };
    need.stops.iter().map(|stop| own(stop.service)).max().unwrap_or(Seconds::ZERO)
}

struct Warnings<'p> {
    problem: &'p Problem,
    zone: &'p Zone,
    list: Vec<Warning>,
    /// The needs by their keys, once somebody has asked.
    keys: OnceCell<HashMap<&'p str, NeedId>>,
}

impl Warnings<'_> {
    fn need(&mut self, id: NeedId, beneath: &str, code: &'static str, text: Text) {
        let need = self.problem.need(id);
        let path = format!("$.needs[{}]{beneath}", self.stated(id).index());
        self.list.push(Warning { path, key: need.key.clone(), name: need.name.clone(), code, text });
    }

    fn person(&mut self, id: VolunteerId, beneath: &str, code: &'static str, text: Text) {
        let volunteer = self.problem.volunteer(id);
        let path = format!("$.volunteers[{}]{beneath}", id.index());
        self.list.push(Warning {
            path,
            key: volunteer.key.clone(),
            name: volunteer.name.clone(),
            code,
            text,
        });
    }

    /// Whether the entry of a document says all that there is to say of a need: it is no other time or way of another.
    fn is_stated(&self, need: NeedId) -> bool {
        self.stated(need) == need
    }

    /// The need that the entry says which this one is another time of, or another way.
    fn stated(&self, need: NeedId) -> NeedId {
        let way = self.problem.ways(need).first().copied().unwrap_or(need);
        let key = &self.problem.need(way).key;
        let Some((base, _)) = key.rsplit_once(['#', '~']) else { return way };
        let keys = self.keys.get_or_init(|| {
            let needs = self.problem.need_ids().zip(self.problem.needs());
            needs.map(|(id, need)| (need.key.as_str(), id)).collect()
        });
        // Entries stand before what they stand for.
        keys.get(base).copied().filter(|&other| other < way).unwrap_or(way)
    }

    /// What a need says of itself.
    fn needs(&mut self) {
        let problem = self.problem;
        let uses = |term| problem.objective().uses(term);
        let shifts = problem.volunteers().iter().flat_map(|volunteer| &volunteer.shifts);
        // without a shift all is told already
        let most_shift = shifts.map(|shift| shift.end - shift.start).max().unwrap_or(Seconds(i64::MAX));
        let by_priority = uses(Term::UnservedPriority) && !uses(Term::Unserved);
        for (id, need) in problem.need_ids().zip(problem.needs()) {
            let brief = |service: Seconds| service < Seconds::MINUTE;
            let stop = need
                .stops
                .iter()
                .position(|stop| brief(stop.service) && (!need.is_ride() || stop.service > Seconds::ZERO));
            let served = |need: &Need| need.roles.iter().all(|role| role.service.is_some());
            if let Some(stop) = stop.filter(|_| !served(need) && need.goods.is_empty() && self.is_stated(id))
            {
                let seconds = need.stops[stop].service.0;
                let beneath =
                    if stop == 0 { ".service".into() } else { format!(".then[{}].service", stop - 1) };
                let text = text!("the service takes {seconds} s", "服务时间只有 {seconds} 秒");
                self.need(id, &beneath, "brief_service", text);
            }
            let longest = stops_longest(need);
            if longest > most_shift && self.is_stated(id) {
                let (hours, minutes) = (longest.0 / 3600, longest.0 / 60 % 60);
                let text = text!(
                    "the service takes {hours} h {minutes} min, longer than any shift",
                    "服务时间为 {hours} 小时 {minutes} 分钟，长于任何班次"
                );
                self.need(id, ".service", "long_service", text);
            }
            let ways = problem.ways(id).iter();
            let most = ways.map(|&way| problem.need(way).priority).fold(need.priority, u32::max);
            if by_priority && most == 0 && !problem.comes_first(id) && self.is_stated(id) {
                let text = text!(
                    "priority 0: the objective gains nothing by serving it",
                    "优先级为 0：服务此需求对目标没有任何好处"
                );
                self.need(id, ".priority", "no_priority", text);
            }
        }
    }

    /// Levels that nobody holds.
    fn levels(&mut self) {
        let problem = self.problem;
        let mut most = vec![0; problem.skills().len()];
        for held in problem.volunteers().iter().flat_map(|volunteer| &volunteer.holds) {
            let level = &mut most[held.what.skill.index()];
            *level = held.what.level.max(*level);
        }
        let unheld = |quality: &Quality| match *quality {
            Quality::Skill(what) if most[what.skill.index()] < what.level => Some(what),
            _ => None,
        };
        for (id, need) in problem.need_ids().zip(problem.needs()) {
            let roles = need.roles.iter();
            let all = roles.clone().flat_map(|role| &role.requires.all).find_map(unheld);
            let groups = roles.flat_map(|role| &role.requires.any);
            let any = || groups.filter(|group| group.iter().all(|one| unheld(one).is_some()));
            let first = || any().next().and_then(|group| group.iter().find_map(unheld));
            let Some(what) = all.or_else(first).filter(|_| self.is_stated(id)) else { continue };
            let (key, level, most) =
                (&problem.skills()[what.skill.index()].key, what.level, most[what.skill.index()]);
            let text = if most == 0 {
                text!("nobody holds {key}", "无人具备 {key}")
            } else {
                text!(
                    "nobody holds {key} at level {level}, the highest is {most}",
                    "无人具备 {key} {level} 级，最高为 {most} 级"
                )
            };
            self.need(id, "", "level_unheld", text);
        }
    }

    /// Needs outside every shift, and people whose shifts lie far from all needs.
    fn shifts(&mut self) {
        let (problem, zone) = (self.problem, self.zone);
        let of_people = problem.volunteers().iter().flat_map(|volunteer| &volunteer.shifts);
        let shifts = Spans::new(of_people.map(|shift| (shift.start, shift.end)));
        if shifts.is_empty() {
            let text =
                text!("nobody has a shift: nothing can be served", "所有人都没有班次：任何需求都无法满足");
            let path = "$.volunteers".to_owned();
            self.list.push(Warning { path, key: String::new(), name: None, code: "no_volunteers", text });
            return;
        }
        let mut asked = Vec::new();
        for (id, need) in problem.need_ids().zip(problem.needs()) {
            let windows = || need.stops[0].windows.iter().map(|window| (window.from, window.to));
            asked.extend(windows());
            let away = windows().map(|span| shifts.away(span)).min_by_key(|&(away, _)| away);
            let Some((away, nearest)) = away.filter(|&(away, _)| away > Seconds::ZERO) else { continue };
            let days = away.0 / 86_400;
            let date = zone.date(nearest);
            let text = if days > MISTAKEN_DAYS {
                text!(
                    "outside every shift: the nearest is on {date}, {days} days away; is the year right?",
                    "不在任何班次之内：最近的班次在 {date}，相隔 {days} 天；年份是否有误？"
                )
            } else {
                text!(
                    "outside every shift: the nearest is on {date}",
                    "不在任何班次之内：最近的班次在 {date}"
                )
            };
            self.need(id, ".windows", "outside_shifts", text);
        }
        let asked = Spans::new(asked.into_iter());
        for (id, volunteer) in problem.volunteer_ids().zip(problem.volunteers()) {
            let away = volunteer.shifts.iter().map(|shift| asked.away((shift.start, shift.end)));
            let Some((away, nearest)) = away.min_by_key(|&(away, _)| away) else { continue };
            let days = away.0 / 86_400;
            if days > MISTAKEN_DAYS {
                let date = zone.date(nearest);
                let text = text!(
                    "on duty only {days} days from every need, the nearest is on {date}; is the year right?",
                    "值班时间距所有需求至少 {days} 天，最近的需求在 {date}；年份是否有误？"
                );
                self.person(id, ".shifts", "outside_needs", text);
            }
        }
    }
}

/// Spans of time, those that meet as one.
struct Spans(Vec<(Time, Time)>);

impl Spans {
    fn new(spans: impl Iterator<Item = (Time, Time)>) -> Self {
        let mut all = spans.collect::<Vec<_>>();
        all.sort_unstable();
        all.dedup_by(|next, span| {
            let meets = next.0 <= span.1;
            if meets {
                span.1 = span.1.max(next.1);
            }
            meets
        });
        Self(all)
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How far a span lies from the nearest of these, nothing where they meet, and the end of that one that is nearer.
    fn away(&self, (from, to): (Time, Time)) -> (Seconds, Time) {
        let next = self.0.partition_point(|span| span.1 < from);
        let later = self.0.get(next).map(|span| ((span.0 - to).max(Seconds::ZERO), span.0));
        let before = next.checked_sub(1).map(|before| (from - self.0[before].1, self.0[before].1));
        later.into_iter().chain(before).min_by_key(|&(away, _)| away).unwrap_or((Seconds::ZERO, from))
    }
}
