//! Changes that would help, in words.

use qise::improve::Change;
use qise::model::{Gender, Metres, PlaceId, Seconds, SkillLevel, Time, Volunteer, VolunteerId, great_circle};
use qise::{Problem, Text, text};

use super::name;

/// A place without a name is told by another no farther off than this.
const NEAR: Metres = Metres(3000);

/// The change in words. `moment` says how a time is written.
pub fn change(problem: &Problem, change: &Change, moment: impl Fn(Time) -> String) -> Text {
    match change {
        Change::Window { sooner, later, .. } => window(*sooner, *later),
        &Change::Hours { who, sooner, later } => hours(problem, who, sooner, later),
        &Change::Skill { who, what } => {
            let who = name(problem, who);
            let skill = skill(problem, what);
            let (en, zh) = (skill.en, skill.zh);
            text!("{who} learns {en}", "{who}学会{zh}")
        }
        &Change::Radius { who, by } => {
            let to = problem.volunteer(who).max_radius.unwrap_or_default() + by;
            let (who, by, to) = (name(problem, who), by.0 / 1000, to.0 / 1000);
            text!(
                "{who} goes {by} km farther from home, up to {to} km",
                "{who}的服务半径增加 {by} 公里，至 {to} 公里"
            )
        }
        Change::Newcomer(newcomer) => person(problem, newcomer, moment),
        &Change::Stock { depot, good, amount } => {
            let (good, depot) = (problem.good(good), problem.depot(depot));
            let what = good.name.as_ref().unwrap_or(&good.key);
            let place = depot.name.as_ref().unwrap_or(&depot.key);
            let unit = good.unit.as_ref().map(|unit| format!("{unit} ")).unwrap_or_default();
            let unit_zh = unit.trim();
            text!("{amount} {unit}more of {what} at {place}", "{place}增加 {amount} {unit_zh}{what}")
        }
    }
}

fn window(sooner: Seconds, later: Seconds) -> Text {
    let (sooner, later) = (sooner.0 / 60, later.0 / 60);
    match (sooner, later) {
        (sooner, 0) => text!("the window opens {sooner} min sooner", "时间窗提前 {sooner} 分钟"),
        (0, later) => text!("the window closes {later} min later", "时间窗延后 {later} 分钟"),
        (sooner, later) => text!(
            "the window opens {sooner} min sooner and closes {later} min later",
            "时间窗提前 {sooner} 分钟、延后 {later} 分钟"
        ),
    }
}

fn hours(problem: &Problem, who: VolunteerId, sooner: Seconds, later: Seconds) -> Text {
    let (who, sooner, later) = (name(problem, who), sooner.0 / 60, later.0 / 60);
    match (sooner, later) {
        (sooner, 0) => text!("{who} is on duty {sooner} min sooner", "{who}提前 {sooner} 分钟上岗"),
        (0, later) => text!("{who} stays on duty {later} min longer", "{who}延后 {later} 分钟离岗"),
        (sooner, later) => text!(
            "{who} is on duty {sooner} min sooner and {later} min longer",
            "{who}提前 {sooner} 分钟上岗、延后 {later} 分钟离岗"
        ),
    }
}

/// Somebody who joins: where they live, what they can do, and when they are on duty.
fn person(problem: &Problem, who: &Volunteer, moment: impl Fn(Time) -> String) -> Text {
    let place = where_is(problem, who.home);
    let held = who.holds.iter().map(|held| skill(problem, held.what));
    let teams = who.teams.iter().map(|team| &problem.teams()[team.index()]);
    let teams = teams.map(|team| {
        let name = team.name.as_ref().unwrap_or(&team.key);
        text!("a member of {name}", "{name}成员")
    });
    let gender = who.gender.map(|gender| match gender {
        Gender::Female => text!("a woman", "女性"),
        Gender::Male => text!("a man", "男性"),
    });
    let qualities = gender.into_iter().chain(held).chain(teams).collect::<Vec<_>>();
    let join = |pick: fn(&Text) -> &str, stop| qualities.iter().map(pick).collect::<Vec<_>>().join(stop);
    let (en, zh) = (join(|text| &text.en, ", "), join(|text| &text.zh, "、"));
    let (en, zh) = if en.is_empty() { (en, zh) } else { (format!(" ({en})"), format!("({zh})")) };
    let spans = who.shifts.iter().map(|shift| (moment(shift.start), moment(shift.end)));
    let spans = spans.map(|(from, to)| span(&from, &to)).collect::<Vec<_>>();
    let (when, when_zh) = (spans.join(", "), spans.join("、"));
    text!("one more person at {place}{en}, on duty {when}", "{place}增加 1 人{zh}，在岗 {when_zh}")
}

/// From one moment to another: the day is told once.
fn span(from: &str, to: &str) -> String {
    let day = |moment: &str| moment.rfind(' ').map(|at| moment[..=at].to_owned());
    match day(from).filter(|day_of| day(to).as_ref() == Some(day_of)) {
        Some(day) => format!("{from}–{}", &to[day.len()..]),
        None => format!("{from}–{to}"),
    }
}

/// The name of a place, of the nearest that has one and lies in the same area, or of the area; its key where there is none.
fn where_is(problem: &Problem, place: PlaceId) -> &str {
    let own = problem.place(place);
    let area = problem.area_of(place);
    let named = problem.places().iter().zip(0..).filter_map(|(other, number)| {
        let (name, at) = (other.name.as_ref()?, other.at?);
        let id = PlaceId(number);
        let same = problem.area_of(id) == area;
        same.then(|| (great_circle(own.at.unwrap_or(at), at), id, name))
    });
    let near = own.at.and_then(|_| named.min()).filter(|(away, ..)| *away <= NEAR).map(|(.., name)| name);
    let area = area.map(|area| &problem.areas()[area.index()]);
    let area = area.map(|area| area.name.as_ref().unwrap_or(&area.key));
    own.name.as_ref().or(near).or(area).unwrap_or(&own.key)
}

fn skill(problem: &Problem, held: SkillLevel) -> Text {
    let skill = &problem.skills()[held.skill.index()];
    let name = skill.name.as_ref().unwrap_or(&skill.key);
    let level = held.level;
    if skill.levels > 1 {
        text!("{name} at level {level}", "{name}（{level} 级）")
    } else {
        Text::same(name.clone())
    }
}
