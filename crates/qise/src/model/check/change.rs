//! Checks of what is to come into a problem that stands, or to change in it.

use super::Checker;
use crate::model::{
    Code, Fault, Faults, Need, NeedId, Place, PlaceId, Problem, RouteStart, Shift, TravelRule, VolunteerId,
    quoted,
};
use crate::text;

/// Checks a need that is to come into a problem. `at`: places that are made for its stops; other stops are at places of the problem.
/// `twin`: another need with its key.
pub(crate) fn check_need(
    problem: &Problem,
    need: &Need,
    at: &[Option<Place>],
    twin: Option<NeedId>,
) -> Result<(), Faults> {
    let mut checker = Checker::new(&problem.into(), problem.regime().parties);
    checker.key(need, twin);
    let mut located = need.clone();
    for (stop, _) in located.stops.iter_mut().zip(at).filter(|(_, own)| own.is_some()) {
        // Any place that there is: its own is yet to be made.
        stop.place = PlaceId(0);
    }
    checker.need("$", &located);
    for (s, stop) in need.stops.iter().enumerate() {
        let path = if s == 0 { "$".to_owned() } else { format!("$.then[{}]", s - 1) };
        let own = at.get(s).and_then(Option::as_ref);
        if let Some(own) = own {
            checker.duration(format!("{path}.at.setup"), own.setup);
            if let Some(area) = own.area {
                checker.area(format!("{path}.at.area"), area);
            }
        }
        let known = problem.places().get(stop.place.index());
        if let Some(place) = own.or(known) {
            checker.reachable(problem, format!("{path}.at"), place, own.is_none());
        }
    }
    checker.faults.into_result()
}

/// Checks a shift that is to take the place of that with a number, or to come behind the others of its person.
pub(crate) fn check_shift(
    problem: &Problem,
    who: VolunteerId,
    number: usize,
    shift: &Shift,
) -> Result<(), Faults> {
    let mut checker = Checker::new(&problem.into(), problem.regime().parties);
    let volunteer = problem.volunteer(who);
    checker.shift("$", shift, None);
    if shift.party {
        checker.party("$", volunteer, shift);
    }
    let others = volunteer.shifts.iter().enumerate();
    let others = others.filter(|&(n, other)| n != number && !other.is_vacant());
    if others.clone().any(|(_, other)| shift.start < other.latest_end() && other.start < shift.latest_end()) {
        let expected = text!("a time in which this person has no other shift", "该人员没有其他班次的时段");
        checker.fault("$.start", Code::ShiftConflict, shift.start.0.to_string(), expected);
    }
    // What starts where the shift before ended asks for the one with the number before.
    let before = number.checked_sub(1).and_then(|before| volunteer.shifts.get(before));
    let is_before = |other: &Shift| !other.is_vacant() && other.latest_end() <= shift.start;
    if shift.from == RouteStart::Previous && !before.is_some_and(is_before) {
        let expected = text!("a start at home or at a place", "从家中或指定地点出发");
        checker.fault("$.from", Code::Unsupported, "previous", expected);
    }
    checker.faults.into_result()
}

impl Checker<'_> {
    fn key(&mut self, need: &Need, twin: Option<NeedId>) {
        if need.key.starts_with('\0') {
            let expected = text!("a key that does not begin with U+0000", "不以 U+0000 开头的编号");
            self.fault("$.id", Code::Unsupported, quoted(&need.key), expected);
        } else if need.key.is_empty() {
            let expected = text!("a key of at least one character", "至少一个字符的编号");
            self.fault("$.id", Code::EmptyKey, "\"\"", expected);
        } else if let Some(NeedId(twin)) = twin {
            let expected = text!(
                "a key of its own; need number {twin} has this one",
                "不重复的编号；第 {twin} 项需求已用此编号"
            );
            self.fault("$.id", Code::DuplicateKey, quoted(&need.key), expected);
        }
    }

    /// Whoever goes by distance can come only to places with coordinates; matrices know only what they list.
    fn reachable(&mut self, problem: &Problem, path: String, place: &Place, is_known: bool) {
        let by_distance = |rule: &TravelRule| matches!(rule, TravelRule::GreatCircle { .. });
        let profiles = problem.profiles();
        let good = if place.at.is_some() {
            is_known || profiles.iter().any(|profile| by_distance(&profile.rule))
        } else {
            is_known && !profiles.iter().any(|profile| by_distance(&profile.rule))
        };
        if !good {
            let expected = text!(
                "a place with coordinates, or one that travel matrices list",
                "有坐标的地点，或出行矩阵所列的地点"
            );
            self.faults.push(Fault::new(path, Code::NoCoordinates, quoted(&place.key), expected));
        }
    }
}
