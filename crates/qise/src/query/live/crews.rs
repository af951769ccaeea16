//! A crew comes together one by one: some have accepted, others are still asked for.
//!
//! Whoever takes a place in a crew has a visit of their own, at a fixed time; the need asks for the others only, at the same time. So two of
//! three may be there, and one may withdraw. A crew that the plan serves as a whole stays as it is.

use super::crew::{Crew, Held, common_teams, key_of_visit, may_be_a_crew, unit_like, visit_of};
use super::input::NeedInput;
use super::plan::LivePlan;
use super::seat::{NotCommitted, Seat};
use crate::model::{Need, NeedId, Problem, Quality, Time, UnitId, Window};

impl LivePlan {
    /// Somebody takes a place in the crew of a need, at `start`, or when it suits their own route best; whoever comes after starts together
    /// with the first.
    ///
    /// # Errors
    /// Why they cannot. A crew whose roles start at different times, that brings goods or that hangs together with other needs takes its
    /// places at once: [`NotCommitted::Together`].
    pub fn seat(
        &mut self,
        need: NeedId,
        role: u16,
        unit: UnitId,
        start: Option<Time>,
    ) -> Result<Seat, NotCommitted> {
        let known = unit.index() < self.problem.units().len();
        if !known || need.index() >= self.problem.needs().len() {
            return Err(NotCommitted::Unknown);
        }
        let asked = match self.crews.get(&need) {
            Some(crew) => crew.asked.clone(),
            None if self.asks_for(need) => self.problem.need(need).clone(),
            None => return Err(NotCommitted::Unknown),
        };
        if usize::from(role) >= asked.roles.len() {
            return Err(NotCommitted::Unknown);
        }
        if !self.fills_one_by_one(need) {
            return Err(NotCommitted::Together);
        }
        let is_served = self
            .parts
            .as_ref()
            .is_some_and(|parts| parts.plan.unit_of(self.problem.first_slot(need)).is_some());
        if is_served || self.problem.need(need).roles[usize::from(role)].count == 0 {
            return Err(NotCommitted::Served);
        }
        let mut units = self.held(need).map(|held| held.seat.unit).collect::<Vec<_>>();
        let start = self.held(need).next().map(|held| held.seat.start).or(start);
        units.push(unit);
        if !may_be_a_crew(&self.problem, &asked, &units) {
            return Err(NotCommitted::Impossible);
        }
        let taken = |number: &usize| self.keys.contains_key(&key_of_visit(&asked, *number));
        let number = (1..=self.keys.len() + 1).find(|number| !taken(number)).unwrap_or(0);
        let mut visit = visit_of(&asked, role, number);
        if let Some(start) = start {
            let may = asked.stops[0].windows.iter().any(|window| window.contains(start));
            if !may {
                return Err(NotCommitted::Impossible);
            }
            visit.stops[0].windows = vec![Window { from: start, to: start }];
        }
        // One more need may take everything to be built anew, and units to other ids.
        let owner = self.problem.unit(unit).clone();
        let Ok(visit) = self.add_need(NeedInput::from(visit)) else { return Err(NotCommitted::Impossible) };
        let unit = unit_like(&self.problem, &owner).ok_or(NotCommitted::Unknown);
        let seat = match unit.and_then(|unit| self.commit(visit, &[unit])) {
            Ok(seats) => Seat { role, ..seats[0] },
            Err(error) => {
                self.drop_need(visit);
                return Err(error);
            }
        };
        let crew = self.crews.entry(need).or_insert_with(|| Crew { asked, held: Vec::new() });
        crew.held.push(Held { seat, visit });
        self.places.insert(visit, need);
        self.ask_for_the_rest(need);
        Ok(seat)
    }

    /// Whether the places of a crew can be taken one by one: its roles start together, it brings no goods, and it stands alone.
    pub fn fills_one_by_one(&self, need: NeedId) -> bool {
        let Some(asked) = self.problem.needs().get(need.index()) else { return false };
        let in_step = asked.gaps.is_empty() && asked.overlaps.is_empty() && asked.stops.len() == 1;
        in_step && asked.goods.is_empty() && asked.outsource.is_none() && self.stands_alone(need)
    }

    /// Several people take places in a crew of which some are taken, all or none.
    pub(super) fn seat_all(
        &mut self,
        need: NeedId,
        places: &[(u16, UnitId)],
    ) -> Result<Vec<Seat>, NotCommitted> {
        let places = places.iter().map(|&(role, unit)| (role, self.problem.unit(unit).clone()));
        let places = places.collect::<Vec<_>>();
        let before = self.seats(need).len();
        for (role, owner) in &places {
            let unit = unit_like(&self.problem, owner).ok_or(NotCommitted::Unknown);
            if let Err(error) = unit.and_then(|unit| self.seat(need, *role, unit, None)) {
                while let Some(seat) = self.seats(need).get(before) {
                    self.unseat(need, seat.unit);
                }
                return Err(error);
            }
        }
        Ok(self.seats(need).split_off(before))
    }

    /// Somebody gives up their place in a crew; the others keep theirs. Whether they had one.
    pub fn unseat(&mut self, need: NeedId, unit: UnitId) -> bool {
        let Some(crew) = self.crews.get_mut(&need) else { return false };
        let Some(at) = crew.held.iter().position(|held| held.seat.unit == unit) else { return false };
        let Held { visit, .. } = crew.held.remove(at);
        self.drop_need(visit);
        self.ask_for_the_rest(need);
        true
    }

    /// Who has a place in the crew of a need, in the order in which they took it.
    pub fn seats(&self, need: NeedId) -> Vec<Seat> {
        self.held(need).map(|held| held.seat).collect()
    }

    /// The need in whose crew a visit is a place, and which role; `None` if a need is no such visit.
    pub fn seat_of(&self, visit: NeedId) -> Option<(NeedId, u16)> {
        let need = *self.places.get(&visit)?;
        self.held(need).find(|held| held.visit == visit).map(|held| (need, held.seat.role))
    }

    fn held(&self, need: NeedId) -> impl Iterator<Item = &Held> {
        self.crews.get(&need).into_iter().flat_map(|crew| &crew.held)
    }

    /// Everybody in a crew gives up their place.
    pub(super) fn dissolve(&mut self, need: NeedId) {
        if let Some(crew) = self.crews.remove(&need) {
            for held in &crew.held {
                self.drop_need(held.visit);
            }
            self.put(need, crew.asked);
        }
    }

    /// Places in crews whose visits nobody makes any more are given up: of those who are lost, the needs that lack somebody stand for the
    /// visits.
    pub(super) fn without_seats(&mut self, mut lost: Vec<NeedId>) -> Vec<NeedId> {
        for visit in &mut lost {
            let Some(&need) = self.places.get(visit) else { continue };
            let unit = self.held(need).find(|held| held.visit == *visit).map(|held| held.seat.unit);
            if let Some(unit) = unit {
                self.unseat(need, unit);
            }
            *visit = need;
        }
        lost.sort_unstable();
        lost.dedup();
        lost
    }

    /// What needs ask for of which some have their places, as long as nobody has.
    pub(super) fn whole_crews(&self) -> Vec<(NeedId, Need)> {
        self.crews.iter().map(|(&need, crew)| (need, crew.asked.clone())).collect()
    }

    /// The units of those who have places, once the problem is built anew: more shifts move them.
    pub(super) fn move_seats(&mut self, next: &Problem) {
        for held in self.crews.values_mut().flat_map(|crew| &mut crew.held) {
            let unit = unit_like(next, self.problem.unit(held.seat.unit));
            held.seat.unit = unit.unwrap_or(held.seat.unit);
        }
    }

    /// The need asks for those who are still missing, at the time of those who have their places.
    fn ask_for_the_rest(&mut self, need: NeedId) {
        let Some(crew) = self.crews.get(&need) else { return };
        let Some(first) = crew.held.first() else {
            let asked = crew.asked.clone();
            self.crews.remove(&need);
            self.put(need, asked);
            return;
        };
        let mut rest = crew.asked.clone();
        let start = first.seat.start;
        rest.stops[0].windows = vec![Window { from: start, to: start }];
        for held in &crew.held {
            rest.roles[usize::from(held.seat.role)].count -= 1;
        }
        let units = crew.held.iter().map(|held| held.seat.unit).collect::<Vec<_>>();
        for tally in &mut rest.crew.tallies {
            let holders = units.iter().filter(|&&unit| self.problem.has(unit, tally.quality)).count() as u32;
            tally.min = tally.min.saturating_sub(holders);
            tally.max = tally.max.map(|max| max.saturating_sub(holders));
        }
        let people = units.iter().map(|&unit| self.problem.unit(unit).volunteer).collect::<Vec<_>>();
        let apart = self.problem.apart().iter().flat_map(|&(a, b)| [(a, b), (b, a)]);
        let apart = apart.filter(|(one, _)| people.contains(one)).map(|(_, other)| other);
        let barred = people.iter().copied().chain(apart).map(Quality::Volunteer).collect::<Vec<_>>();
        let teams = common_teams(&self.problem, &people).into_iter().map(Quality::Team).collect::<Vec<_>>();
        for role in &mut rest.roles {
            role.requires.none.extend(&barred);
            if rest.crew.same_team {
                role.requires.any.push(teams.clone());
            }
        }
        if rest.people() == 0 {
            // Nobody is asked for: the need waits in reserve, under its own id.
            rest.stops[0].windows.clear();
        }
        self.put(need, rest);
    }

    fn drop_need(&mut self, id: NeedId) {
        self.places.remove(&id);
        let known = self.cancel_need(id);
        debug_assert!(known.is_ok(), "a place in a crew has its need");
    }
}
