//! The plan in which nobody goes out, asked who could serve a need with nothing else to do.

use super::PlanQuery;
use crate::eligibility::can_reach;
use crate::model::{Measure, Need, NeedId, PlaceId, Problem, SlotId, UnitId};
use crate::plan::Plan;

/// So many ways to serve the first of several needs are tried.
const TRIED: usize = 6;

impl PlanQuery<'_> {
    /// Whether nobody could serve a need in any plan where nobody can in the plan in which nobody goes out: one person comes, brings nothing
    /// from elsewhere, and is no quicker by a detour. Whatever else they do only takes more of their time. A ride that may not take long is
    /// not told: its stops may have to wait for the sake of the ride, which the timing of a route does not look for.
    pub(crate) fn tells_all(&self, need: NeedId) -> bool {
        let problem = self.instance.problem;
        let asked = problem.need(need);
        let for_one = asked.is_ride() || asked.people() == 1;
        for_one
            && asked.goods.is_empty()
            && asked.crew.is_empty()
            && asked.max_ride.is_none()
            && problem.travel().least_is_proven()
            && problem.unit_ids().all(|unit| {
                goes_straight(problem, need, unit) && self.is_told_by_timing(asked, unit)
                    || problem.slots_of(need).any(|slot| can_reach(problem, slot, unit).is_err())
            })
    }

    /// Whether a need that finds no place in the route of somebody who does nothing has none at any other times: a route is timed in one way,
    /// which breaks may spoil, and for a ride limits.
    fn is_told_by_timing(&self, asked: &Need, id: UnitId) -> bool {
        let unit = self.instance.unit(id);
        // Who starts where another shift has ended may start nearer than from home.
        let follows = self.instance.problem.unit(id).follows.is_some();
        !(follows || unit.breaks || asked.is_ride() && unit.limited)
    }

    /// A plan that serves these needs beside what it serves already, the first by those for whom that costs least, then the next; nothing
    /// where none was found.
    pub(crate) fn together(&mut self, needs: &[NeedId]) -> Option<Plan> {
        let (&first, rest) = needs.split_first()?;
        self.plan.begin();
        let ways = self.cheapest(first, TRIED);
        self.plan.undo(&self.instance);
        for way in ways {
            if self.is_over() {
                return None;
            }
            self.plan.begin();
            let mut holds = self.plan.place_crew(&self.instance, &way.crew);
            for &need in rest {
                let found = if holds { self.cheapest(need, 1).pop() } else { None };
                holds = found.is_some_and(|found| self.plan.place_crew(&self.instance, &found.crew));
            }
            let plan = holds.then(|| self.plan());
            self.plan.undo(&self.instance);
            if plan.is_some() {
                return plan;
            }
        }
        None
    }
}

/// Whether no detour is quicker for somebody than the straight way by all stops of a need, nor shorter where that counts.
fn goes_straight(problem: &Problem, need: NeedId, id: UnitId) -> bool {
    let unit = problem.unit(id);
    let travel = problem.travel();
    let range = unit.vehicle.and_then(|vehicle| problem.vehicle(vehicle).range);
    let limited =
        range.is_some() || problem.volunteer(unit.volunteer).most_of_route(Measure::Distance).is_some();
    let stops = problem.slots_of(need).map(|slot: SlotId| problem.place_of(slot));
    let places = std::iter::once(unit.from).chain(stops).chain(unit.to).collect::<Vec<PlaceId>>();
    let straight = |way: &[PlaceId]| {
        travel.seconds(unit.mode, way[0], way[1]) == travel.least_seconds(unit.mode, way[0], way[1])
    };
    (!limited || travel.is_short(unit.mode)) && places.windows(2).all(straight)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ProblemData;
    use crate::model::{Break, Seconds, Term, Time, TravelRule};
    use crate::tests::{built, line, need, person, weighing};

    fn two() -> ProblemData {
        let mut data = line(&[0, 10]);
        data.objective = weighing(&[(Term::Unserved, 1000), (Term::TravelTime, 1)]);
        person(&mut data, 0, (0, 100));
        need(&mut data, 1, (0, 60), 30);
        need(&mut data, 1, (0, 60), 30);
        data
    }

    #[test]
    fn an_empty_plan_tells_all_of_people_who_come_alone_and_straight() {
        let tells = |change: &dyn Fn(&mut ProblemData)| {
            let mut data = two();
            change(&mut data);
            let problem = built(&data);
            PlanQuery::new(&problem, &Plan::empty(&problem)).tells_all(NeedId(0))
        };
        assert!(tells(&|_| ()));
        assert!(!tells(&|data| data.needs[0].roles[0].count = 2));
        let rest = Break::new(Time(0), Time(9), Seconds(1));
        assert!(!tells(&|data| data.volunteers[0].shifts[0].breaks = vec![rest.clone()]));
        assert!(!tells(&|data| {
            // By way of a third place it is quicker.
            *data = ProblemData {
                needs: data.needs.clone(),
                volunteers: data.volunteers.clone(),
                ..line(&[0, 10, 5])
            };
            if let TravelRule::Matrix(matrix) = &mut data.profiles[0].rule {
                matrix.seconds[1] = 40;
            }
        }));
    }

    #[test]
    fn needs_are_served_together_where_there_is_time_for_both() {
        let mut data = two();
        let together = |data: &ProblemData| {
            let problem = built(data);
            let mut query = PlanQuery::new(&problem, &Plan::empty(&problem));
            query.together(&[NeedId(0), NeedId(1)]).map(|plan| plan.served())
        };
        assert_eq!(together(&data), Some(2));
        data.volunteers[0].shifts[0].end = Time(79);
        assert_eq!(together(&data), None, "ten there, sixty, ten back");
    }
}
