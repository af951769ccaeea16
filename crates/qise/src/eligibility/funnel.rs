//! Whom each rule excluded from a need: the first half of every explanation.

use super::Exclusion;
use super::exclusion::{can_reach_suited, expired};
use crate::model::{Problem, SlotId, Time, UnitId};

/// How many people each rule excluded, in the order of the rules, and how many remain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Funnel {
    /// Everybody.
    pub people: u32,
    cuts: [u32; Exclusion::COUNT],
    /// Those who could serve the need with nothing else to do.
    pub left: u32,
    /// When the last of what the people cut as [`Exclusion::Expired`] hold and the need asks for runs out, or has.
    pub expires: Option<Time>,
}

impl Funnel {
    /// How many people fell to `cut`.
    pub fn cut(&self, cut: Exclusion) -> u32 {
        self.cuts[cut as usize]
    }

    /// The rules that excluded somebody, in order, with their numbers.
    pub fn cuts(&self) -> impl Iterator<Item = (Exclusion, u32)> + '_ {
        Exclusion::ALL.iter().map(|&cut| (cut, self.cut(cut))).filter(|&(_, count)| count > 0)
    }
}

/// Asks everybody. A person with several shifts counts where the best of them fell, one without any as absent.
pub fn funnel(problem: &Problem, slot: SlotId) -> Funnel {
    let people = problem.volunteers().len() as u32;
    let mut funnel = Funnel { people, cuts: [0; Exclusion::COUNT], left: 0, expires: None };
    // What bits decide is decided once for all who share them.
    let requirement = problem.requirement(slot);
    let may_suit = (0..problem.signature_count() as u32)
        .map(|row| requirement.may_suit(problem.signature(row)))
        .collect::<Vec<_>>();
    let by_name = requirement.names_ids();
    let mut unsuited = vec![None; may_suit.len()];
    let mut ask = |unit: UnitId| {
        let row = problem.unit(unit).signature as usize;
        if may_suit[row] {
            if by_name && let Err(reason) = problem.suits(slot, unit) {
                return Err(expired(problem, slot, unit).unwrap_or(reason.into()));
            }
            return can_reach_suited(problem, slot, unit);
        }
        if by_name {
            return problem
                .suits(slot, unit)
                .map_err(|reason| expired(problem, slot, unit).unwrap_or(reason.into()));
        }
        if let Some(cut) = expired(problem, slot, unit) {
            return Err(cut);
        }
        let known = unsuited[row].get_or_insert_with(|| problem.suits(slot, unit).map_err(Exclusion::from));
        *known
    };
    for volunteer in problem.volunteer_ids() {
        let mut farthest = None;
        let reached = problem.units_of(volunteer).any(|unit| match ask(unit) {
            Ok(()) => true,
            Err(cut) => {
                farthest = farthest.max(Some(cut));
                false
            }
        });
        if reached {
            funnel.left += 1;
        } else {
            let cut = farthest.unwrap_or(Exclusion::Absent);
            funnel.cuts[cut as usize] += 1;
            if cut == Exclusion::Expired {
                let until = |unit| {
                    let before = problem.suited_until(slot, unit);
                    before.unwrap_or_else(|| problem.suits_until(slot, unit))
                };
                let of_shifts = problem.units_of(volunteer).map(until).filter(|&until| until < Time::MAX);
                funnel.expires = funnel.expires.max(of_shifts.max());
            }
        }
    }
    funnel
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        Dimension, DimensionId, Gender, LatLon, Load, Need, Place, PlaceId, Profile, ProfileId, Quality,
        Rounding, Seconds, Shift, Time, TravelRule, Volunteer, Window,
    };
    use crate::{Problem, ProblemData};

    #[test]
    fn everybody_is_counted_once_where_they_came_farthest() {
        let mut data = ProblemData::new("funnel");
        data.places = vec![Place::new("here", LatLon::new(38.8, 105.6).unwrap())];
        let rule = TravelRule::GreatCircle {
            metres_per_hour: 60_000,
            detour_permille: 1000,
            rounding: Rounding::Up,
        };
        data.profiles = vec![Profile { key: "car".into(), name: None, rule }];
        data.dimensions = vec![Dimension { key: "kg".into(), name: None }];
        let load = |amount| vec![Load { dimension: DimensionId(0), amount }];
        for v in 0..5 {
            let mut volunteer = Volunteer::new(format!("v{v}"), PlaceId(0), ProfileId(0));
            volunteer.gender = Some(if v == 0 { Gender::Male } else { Gender::Female });
            volunteer.capacity = load(if v == 4 { 7 } else { 8 });
            volunteer.shifts = match v {
                1 => vec![],
                2 => vec![Shift::new(Time(0), Time(10), 0)],
                _ => vec![Shift::new(Time(0), Time(10), 0), Shift::new(Time(50), Time(500), 0)],
            };
            data.volunteers.push(volunteer);
        }
        let mut need = Need::new("n", PlaceId(0), Window { from: Time(100), to: Time(200) }, Seconds(60));
        need.roles[0].requires.all = vec![Quality::Gender(Gender::Female)];
        need.roles[0].load = load(8);
        data.needs = vec![need];
        let funnel = funnel(&Problem::new(data).unwrap(), SlotId(0));
        assert_eq!(
            funnel.cuts().collect::<Vec<_>>(),
            [(Exclusion::Gender, 1), (Exclusion::Capacity, 1), (Exclusion::Absent, 2)]
        );
        assert_eq!((funnel.people, funnel.left), (5, 1));
    }
}
