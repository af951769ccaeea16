//! How two plans differ, in words.

use qise::compare::{Change, NeedChange, Part, PersonChange};
use qise::model::{Seconds, Time, VolunteerId};
use qise::{Problem, Text, text};

use super::{joined, length, name};

/// What changes for the need, in words. `moment` says how a time is written.
pub fn need_change(problem: &Problem, change: &NeedChange, moment: impl Fn(Time) -> String) -> Text {
    let was = crew(problem, &change.old, &moment);
    let is = crew(problem, &change.new, &moment);
    let (was_en, was_zh, is_en, is_zh) = (was.en, was.zh, is.en, is.zh);
    match change.change {
        Change::Won => text!("now served by {is_en}", "现由 {is_zh} 服务"),
        Change::Lost => text!("no longer served; was {was_en}", "不再有人服务；原由 {was_zh}"),
        Change::HandedOver => text!("handed to others", "改由他人办理"),
        Change::TakenBack => {
            text!("no longer handed to others, and not served", "不再交由他人办理，亦无人服务")
        }
        Change::OtherWay => {
            text!(
                "done another way, by {is_en}; was {was_en}",
                "改用另一方式，由 {is_zh} 服务；原由 {was_zh}"
            )
        }
        Change::OtherPeople => people(problem, change, &moment),
        Change::OtherMeans => text!("{is_en}; was {was_en}", "{is_zh}；原为 {was_zh}"),
        Change::Moved => times(change, &moment),
    }
}

/// Who comes instead of whom, and when.
fn people(problem: &Problem, change: &NeedChange, moment: &impl Fn(Time) -> String) -> Text {
    let (out, come) = change.replaced();
    let (out, come) = (names(problem, &out), names(problem, &come));
    let who = match (out.is_empty(), come.is_empty()) {
        (false, false) => {
            let (out_en, out_zh, en, zh) = (out.en, out.zh, come.en, come.zh);
            text!("{en} instead of {out_en}", "由 {zh} 代替 {out_zh}")
        }
        (false, true) => {
            let (en, zh) = (out.en, out.zh);
            text!("without {en}", "{zh} 不再参加")
        }
        (true, false) => {
            let (en, zh) = (come.en, come.zh);
            text!("{en} as well", "增加 {zh}")
        }
        (true, true) => text!("the same people in other roles", "人员不变，角色互换"),
    };
    let times = times(change, moment);
    let (en, zh, when_en, when_zh) = (who.en, who.zh, times.en, times.zh);
    text!("{en}, {when_en}", "{zh}，{when_zh}")
}

/// When it starts now, and by how much that is later or sooner.
fn times(change: &NeedChange, moment: &impl Fn(Time) -> String) -> Text {
    let start = |parts: &[Part]| parts.iter().map(|part| part.start).min().map(moment);
    let (Some(old), Some(new)) = (start(&change.old), start(&change.new)) else { return Text::default() };
    let by = change.moved_by().unwrap_or(Seconds::ZERO);
    let length = length(by.0.saturating_abs());
    let (en, zh) = (length.en, length.zh);
    match by.0 {
        0 => text!("starts at {new} as before", "仍于 {new} 开始"),
        1.. => text!("{old} → {new}, {en} later", "{old} → {new}，推迟 {zh}"),
        _ => text!("{old} → {new}, {en} sooner", "{old} → {new}，提前 {zh}"),
    }
}

/// What changes for the person, in words.
pub fn person_change(problem: &Problem, change: &PersonChange) -> Text {
    let (old, new) = (change.old.visits, change.new.visits);
    let hours = length(change.new.work.0.saturating_sub(change.old.work.0).saturating_abs());
    let (hours_en, hours_zh) = (hours.en, hours.zh);
    let mut parts = vec![match () {
        () if change.joins() => text!("goes out: {new} visits", "新出动：{new} 次服务"),
        () if change.stays_home() => text!("stays at home: {old} visits fewer", "不再出动：少 {old} 次服务"),
        () if old == new => text!("{new} visits as before", "仍为 {new} 次服务"),
        () => text!("{old} → {new} visits", "{old} → {new} 次服务"),
    }];
    match change.new.work.0.cmp(&change.old.work.0) {
        std::cmp::Ordering::Greater => parts.push(text!("{hours_en} more work", "工时增加 {hours_zh}")),
        std::cmp::Ordering::Less => parts.push(text!("{hours_en} less work", "工时减少 {hours_zh}")),
        std::cmp::Ordering::Equal => {}
    }
    for (list, plus) in [(&change.takes_on, "+"), (&change.gives_up, "−")] {
        let keys = list.iter().map(|&need| format!("{plus}{}", problem.need(need).key));
        let keys = keys.collect::<Vec<_>>().join(" ");
        if !keys.is_empty() {
            parts.push(Text::same(keys));
        }
    }
    joined(&parts, "; ", "；")
}

/// Everybody who comes, with vehicles, and when.
fn crew(problem: &Problem, parts: &[Part], moment: &impl Fn(Time) -> String) -> Text {
    let Some(start) = parts.iter().map(|part| part.start).min() else { return Text::default() };
    let mut people: Vec<Text> = Vec::new();
    for part in parts {
        let name = name(problem, part.volunteer);
        let words = match part.vehicle.map(|vehicle| problem.vehicle(vehicle)) {
            Some(vehicle) => {
                let vehicle = vehicle.name.as_ref().unwrap_or(&vehicle.key);
                text!("{name} with {vehicle}", "{name}({vehicle})")
            }
            None => Text::same(name),
        };
        // Who makes several stops is named once.
        if !people.contains(&words) {
            people.push(words);
        }
    }
    let (people, at) = (joined(&people, ", ", "、"), moment(start));
    let (en, zh) = (people.en, people.zh);
    text!("{en} at {at}", "{zh}({at})")
}

fn names(problem: &Problem, people: &[VolunteerId]) -> Text {
    let names = people.iter().map(|&who| Text::same(name(problem, who))).collect::<Vec<_>>();
    joined(&names, ", ", "、")
}
