//! A part of a problem, under the same ids: what a search beside a service may change.

use super::Problem;
use crate::model::{NeedId, Objective, Previous, Quality, Shift, Stop, Time, VolunteerId, Window};

/// What of a problem is searched, and what stands as it is.
///
/// Ids that the problem does not have are passed over. Needs and people that are not named stay as they are.
#[derive(Clone, Debug, Default)]
pub struct Restriction {
    /// When needs may be served, stop by stop: windows in order, apart from each other. A need whose first stop has none is not served
    /// at all.
    pub windows: Vec<(NeedId, Vec<Vec<Window>>)>,
    /// Who may serve needs, role by role. These needs come before every priority.
    pub only: Vec<(NeedId, Vec<Vec<VolunteerId>>)>,
    /// Who must not serve needs.
    pub barred: Vec<(NeedId, Vec<VolunteerId>)>,
    /// Needs that nobody serves.
    pub closed: Vec<NeedId>,
    /// People who do not come. Where there are vehicles, which somebody else might take then, they come nevertheless.
    pub absent: Vec<VolunteerId>,
    /// Shifts of people, by their numbers, in which nobody leaves before a moment. A shift that begins later, is over by then, or has
    /// breaks stays as it is.
    pub leaves: Vec<(VolunteerId, u32, Time)>,
    /// What people were told, and what it costs to change that; `None`: as the problem has it.
    pub previous: Option<Previous>,
    /// What makes a plan good; `None`: as the problem has it.
    pub objective: Option<Objective>,
}

impl Problem {
    /// The part of the problem that a restriction names, as a problem with the same ids and the same fingerprint: plans of one are plans of
    /// the other. Takes as long as building the problem.
    #[must_use]
    pub fn restricted(&self, restriction: &Restriction) -> Self {
        let mut data = self.to_data();
        for (need, windows) in &restriction.windows {
            let Some(need) = data.needs.get_mut(need.index()) else { continue };
            for (stop, own) in need.stops.iter_mut().zip(windows) {
                stop.windows.clone_from(own);
            }
        }
        for (need, people) in &restriction.only {
            let Some(need) = data.needs.get_mut(need.index()) else { continue };
            for (role, people) in need.roles.iter_mut().zip(people) {
                role.requires.any.push(people.iter().copied().map(Quality::Volunteer).collect());
            }
            need.mandatory = true;
        }
        for (need, people) in &restriction.barred {
            let Some(need) = data.needs.get_mut(need.index()) else { continue };
            for role in &mut need.roles {
                role.requires.none.extend(people.iter().copied().map(Quality::Volunteer));
            }
        }
        for need in &restriction.closed {
            if let Some(Stop { windows, .. }) =
                data.needs.get_mut(need.index()).and_then(|need| need.stops.first_mut())
            {
                windows.clear();
            }
        }
        for &(who, shift, from) in &restriction.leaves {
            let shift =
                data.volunteers.get_mut(who.index()).and_then(|who| who.shifts.get_mut(shift as usize));
            if let Some(shift) = shift.filter(|shift| shift.breaks.is_empty() && from < shift.end) {
                shift.start = shift.start.max(from);
            }
        }
        if let Some(objective) = &restriction.objective {
            data.objective.clone_from(objective);
        }
        if data.vehicles.is_empty() {
            for who in &restriction.absent {
                if let Some(who) = data.volunteers.get_mut(who.index()) {
                    who.shifts.fill(Shift::vacant());
                }
            }
        }
        if let Some(previous) = &restriction.previous {
            let known = |need: NeedId| need.index() < data.needs.len();
            let mut previous = previous.clone();
            previous
                .assignments
                .retain(|told| known(told.need) && told.volunteer.index() < data.volunteers.len());
            data.previous = Some(previous);
        }
        let part = Self::assemble(data);
        debug_assert_eq!(part.units().len(), self.units().len(), "units keep their ids");
        part
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Seconds, Term, TravelRule};
    use crate::plan::evaluate;
    use crate::solve::{Options, solve};
    use crate::{Plan, Stop};

    #[test]
    fn a_part_has_the_ids_of_the_whole_and_only_what_is_in_scope_changes() {
        let mut b = Problem::builder("part");
        let car = b.profile("car", TravelRule::great_circle(35_000, 1300));
        let (home, door) = (b.place("home", 38.83, 105.66), b.place("door", 38.84, 105.70));
        let day = Window::new(Time(0), Time(9000));
        let people = ["bat", "saran", "narin"]
            .map(|key| *b.volunteer(key, home, car).shift(Time(0), Time(20_000)).id());
        let needs = ["one", "two", "three"].map(|key| *b.need(key, door, day, Seconds::minutes(30)).id());
        let problem = b.build().unwrap();
        let restriction = Restriction {
            windows: vec![(needs[0], vec![vec![Window::new(Time(5000), Time(5000))]])],
            only: vec![(needs[0], vec![vec![people[1]]])],
            barred: vec![(needs[1], vec![people[1]])],
            closed: vec![needs[2]],
            absent: vec![people[0]],
            leaves: vec![(people[2], 0, Time(4000))],
            previous: None,
            objective: Some(Objective::ordered(&[Term::Unserved, Term::TravelTime])),
        };
        let part = problem.restricted(&restriction);
        assert_eq!(Some(part.objective()), restriction.objective.as_ref());
        assert_eq!(part.fingerprint(), problem.fingerprint());
        let options = Options { warm: Some(Plan::empty(&problem)), ..Options::default() };
        let mut plan = solve(&part, &options, &Stop::iterations(200)).plan;
        // Nobody asks for what is closed.
        plan.unserved.extend(needs.iter().filter(|need| restriction.closed.contains(need)));
        let whole = evaluate(&problem, &plan);
        assert!(whole.is_valid(), "a plan of the part is one of the whole: {:?}", whole.violations);
        let served = |need| plan.visits().find(|(_, visit)| visit.need == need);
        let (unit, visit) = served(needs[0]).unwrap();
        assert_eq!((part.unit(unit).volunteer, visit.start), (people[1], Time(5000)));
        let (unit, visit) = served(needs[1]).unwrap();
        assert_eq!(part.unit(unit).volunteer, people[2], "one is barred and one does not come");
        assert!(visit.arrival > Time(4000), "nobody leaves before");
        assert_eq!(served(needs[2]), None);
    }
}
