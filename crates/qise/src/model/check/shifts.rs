//! Shifts of people, with their breaks.

use super::lists::Lists;
use super::{Checker, MOST_BREAK_PLACES, MOST_BREAKS};
use crate::model::{Break, Calendar, Code, PlaceId, RouteEnd, RouteStart, Seconds, Shift, Volunteer};
use crate::text;

impl Checker<'_> {
    /// What a party has in common leaves no room for what holds for one of its people alone.
    pub(super) fn party(&mut self, path: &str, volunteer: &Volunteer, shift: &Shift) {
        let alone = [
            (!shift.breaks.is_empty(), text!("breaks", "休息")),
            (
                volunteer.has_limits(),
                text!("limits of the day, the week or of rest", "每日、每周或休息的限制"),
            ),
            (!shift.carries.is_empty(), text!("goods on board", "随身物资")),
            (shift.overtime > Seconds::ZERO, text!("overtime", "加班")),
            (
                shift.from == RouteStart::Previous,
                text!("a start where the shift before ended", "从上一班次的终点出发"),
            ),
            (volunteer.pace_permille != 1000, text!("a pace of their own", "个人节奏")),
        ];
        for (_, found) in alone.into_iter().filter(|(given, _)| *given) {
            let expected = text!(
                "nothing of the kind for people who go as a party, in this release",
                "此版本中编队出行的人员不支持此项"
            );
            self.fault(format!("{path}.party"), Code::Unsupported, found, expected);
        }
    }

    pub(super) fn shift(&mut self, path: &str, shift: &Shift, before: Option<&Shift>) {
        let good =
            self.time(format!("{path}.start"), shift.start) & self.time(format!("{path}.end"), shift.end);
        if let RouteStart::At(from) = shift.from {
            self.place(format!("{path}.from"), from);
        }
        if let RouteEnd::At(to) = shift.to {
            self.place(format!("{path}.to"), to);
        }
        if !good {
            return;
        }
        self.number(format!("{path}.day"), shift.day.into(), -Calendar::LIMIT, Calendar::LIMIT);
        if shift.end <= shift.start {
            let expected = text!("an end after the start", "晚于开始的结束时刻");
            self.fault(format!("{path}.end"), Code::ShiftConflict, shift.end.0.to_string(), expected);
            return;
        }
        self.duration(format!("{path}.overtime.most"), shift.overtime);
        if shift.latest_end() - shift.start > Seconds::LIMIT {
            self.duration(format!("{path}.end"), shift.latest_end() - shift.start);
        }
        if let Some(before) = before
            && (shift.start < before.latest_end() || shift.day < before.day)
        {
            let expected = text!(
                "shifts in order of time, each starting after the one before has ended, overtime included",
                "按时间排列的班次，前一班（含加班）结束后才开始"
            );
            self.fault(format!("{path}.start"), Code::ShiftConflict, shift.start.0.to_string(), expected);
        }
        self.amounts(&format!("{path}.carries"), &shift.carries);
        self.at_most(MOST_BREAKS, shift.breaks.len(), format!("{path}.breaks"));
        for (k, rest) in shift.breaks.iter().enumerate() {
            let before = k.checked_sub(1).map(|b| &shift.breaks[b]);
            self.rest(&format!("{path}.breaks[{k}]"), rest, shift, before);
        }
    }

    fn rest(&mut self, path: &str, rest: &Break, shift: &Shift, before: Option<&Break>) {
        self.at_most(MOST_BREAK_PLACES, rest.at.len(), format!("{path}.at"));
        for (p, &place) in rest.at.iter().enumerate() {
            self.place(format!("{path}.at[{p}]"), place);
            if rest.at[..p].contains(&place) {
                let expected = text!("each place once", "每个地点一次");
                self.fault(format!("{path}.at[{p}]"), Code::DuplicateEntry, place.0.to_string(), expected);
            }
        }
        self.duration(format!("{path}.duration"), rest.duration);
        if !(self.time(format!("{path}.earliest"), rest.earliest)
            & self.time(format!("{path}.latest"), rest.latest))
        {
            return;
        }
        if rest.latest < rest.earliest {
            let expected = text!("a latest start not before the earliest", "不早于最早开始的最晚开始");
            self.fault(format!("{path}.latest"), Code::WindowReversed, rest.latest.0.to_string(), expected);
        }
        if rest.duration > Seconds::ZERO
            && rest.duration <= Seconds::LIMIT
            && (rest.earliest < shift.start || rest.latest + rest.duration > shift.end)
        {
            let expected = text!("a break that lies within its shift", "处于班次之内的休息");
            self.fault(path, Code::BreakOutsideShift, rest.latest.0.to_string(), expected);
        }
        let known = |rest: &&Break| {
            rest.latest.in_limits() && (Seconds::ZERO..=Seconds::LIMIT).contains(&rest.duration)
        };
        if let Some(before) = before.filter(known)
            && rest.earliest < before.latest + before.duration
        {
            let expected = text!(
                "breaks in order, each window opening after the break before is surely over",
                "按顺序排列的休息，前一次必定结束后才开始"
            );
            self.fault(
                format!("{path}.earliest"),
                Code::ShiftConflict,
                rest.earliest.0.to_string(),
                expected,
            );
        }
    }
}

/// Where breaks are to be taken.
pub(super) fn break_places<'a>(data: &Lists<'a>) -> impl Iterator<Item = (String, PlaceId)> + use<'a> {
    data.volunteers.iter().enumerate().flat_map(|(i, volunteer)| {
        volunteer.shifts.iter().enumerate().flat_map(move |(s, shift)| {
            shift.breaks.iter().enumerate().flat_map(move |(k, rest)| {
                let path = move |p| format!("$.volunteers[{i}].shifts[{s}].breaks[{k}].at[{p}]");
                rest.at.iter().enumerate().map(move |(p, &place)| (path(p), place))
            })
        })
    })
}
