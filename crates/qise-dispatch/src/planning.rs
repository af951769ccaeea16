//! What the machines ask of the plan.
//!
//! Places of a crew are taken one by one; where its roles start apart or it brings goods, only as a whole ([`Obstacle::Partial`]).

use qise::model::{NeedId, Shift, Term, Time, UnitId, VolunteerId, Window};
use qise::query::Offer;
use qise::{Text, text};
use qise_lifecycle::{Moment, NeedNo, PersonNo, Placed, Planning, Seat};

use crate::plan_side::PlanSide;
use crate::refusal::Refusal;
use crate::rows::{SeatAt, Weighed};

/// So many ways to put the shifts of a crew together are tried.
const MOST_WAYS: usize = 64;

/// Why somebody cannot be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Obstacle {
    /// The need can no longer be served: its times have passed.
    Past,
    /// The person is not on duty any more.
    NotOnDuty(PersonNo),
    /// The person, or somebody of the crew, does not fit: skills, way, times, or other visits.
    Unfit(PersonNo),
    /// A crew would be filled, or left, in part.
    Partial,
    /// The need hangs on others, or can be served in several ways.
    Hangs,
}

/// Answers for the plan while one command is decided, and remembers what it has said.
pub(crate) struct Planner<'p> {
    pub(crate) side: &'p mut PlanSide,
    /// Who would be seated, if the command is carried out.
    pub(crate) chosen: Vec<SeatAt>,
    pub(crate) weighed: Vec<Weighed>,
    /// Who served the need before it changed.
    pub(crate) former: Vec<SeatAt>,
    /// Whether somebody of them is on the way already: then all of them keep their times, also those that have passed.
    pub(crate) has_left: bool,
    /// Whether the former crew was asked again.
    was_asked: bool,
    /// The seats it would have, if all of it stays.
    again: Option<Vec<SeatAt>>,
}

impl<'p> Planner<'p> {
    pub(crate) fn new(side: &'p mut PlanSide) -> Self {
        Self {
            side,
            chosen: Vec::new(),
            weighed: Vec::new(),
            former: Vec::new(),
            has_left: false,
            was_asked: false,
            again: None,
        }
    }

    /// The cheapest place for a need of one person among all shifts of that person.
    fn cheapest(&mut self, now: Moment, no: NeedNo, who: PersonNo) -> Result<Offer, Obstacle> {
        let live = self.side.row(no).live.ok_or(Obstacle::Past)?;
        if self.side.hangs(no) {
            return Err(Obstacle::Hangs);
        }
        if !self.side.freshen(no, now) {
            return Err(Obstacle::Past);
        }
        let mut best: Option<(Vec<i64>, Time, UnitId, Offer)> = None;
        for unit in self.on_duty(who, now)? {
            let Some(offer) = self.side.live.offer(live, unit).filter(|offer| stands_alone(offer, now))
            else {
                continue;
            };
            let levels = self.side.live.problem().objective().score(&offer.growth).levels;
            let Some(start) = offer.visits().map(|(_, visit)| visit.start).min() else { continue };
            let is_better = |(level, begin, id, _): &(Vec<i64>, Time, UnitId, Offer)| {
                (&levels, start, unit) < (level, *begin, *id)
            };
            if best.as_ref().is_none_or(is_better) {
                best = Some((levels, start, unit, offer));
            }
        }
        let (levels, _, _, offer) = best.ok_or(Obstacle::Unfit(who))?;
        let added_travel_s = offer.growth.get(Term::TravelTime);
        self.weighed = vec![Weighed { who, added_travel_s, levels }];
        Ok(offer)
    }

    /// The shifts of a person that are not over.
    fn on_duty(&self, who: PersonNo, now: Moment) -> Result<Vec<UnitId>, Obstacle> {
        let problem = self.side.live.problem();
        let is_ahead = |unit: &UnitId| problem.unit(*unit).end.0 > now.0;
        let units = self.side.units_of(who).filter(is_ahead).collect::<Vec<_>>();
        if units.is_empty() { Err(Obstacle::NotOnDuty(who)) } else { Ok(units) }
    }

    /// The visits of an offer as seats.
    fn seats(&self, offer: &Offer) -> Vec<SeatAt> {
        let problem = self.side.live.problem();
        let seats = offer.visits().map(|(unit, visit)| SeatAt::of(problem.unit(unit), visit));
        let mut seats = seats.collect::<Vec<_>>();
        seats.sort_by_key(SeatAt::order);
        seats
    }

    /// Whether a need can be served from now on, in part too.
    fn must_fill_one_by_one(&mut self, now: Moment, no: NeedNo) -> Result<NeedId, Obstacle> {
        let live = self.side.row(no).live.ok_or(Obstacle::Past)?;
        if self.side.hangs(no) {
            return Err(Obstacle::Hangs);
        }
        if !self.side.fills_one_by_one(no) {
            return Err(Obstacle::Partial);
        }
        if self.side.freshen(no, now) { Ok(live) } else { Err(Obstacle::Past) }
    }

    /// The place in a crew that somebody would take, in the shift in which it costs least. Whoever is the first starts when a whole crew
    /// with them would, if there is one, else when it suits them.
    fn one_place(&mut self, now: Moment, no: NeedNo, role: u16, who: PersonNo) -> Result<SeatAt, Obstacle> {
        let live = self.must_fill_one_by_one(now, no)?;
        let mut best: Option<(Option<Vec<i64>>, i64, SeatAt)> = None;
        for unit in self.on_duty(who, now)? {
            let offer = self.side.live.offer(live, unit);
            let offer = offer.filter(|offer| offer.visits().all(|(_, visit)| visit.start.0 >= now.0));
            let start = offer.as_ref().and_then(|offer| offer.visits().map(|(_, visit)| visit.start).min());
            let objective = self.side.live.problem().objective();
            let levels = offer.map(|offer| objective.score(&offer.growth).levels);
            let seat = self.side.try_seat(no, role, unit, start, false);
            let Some(seat) = seat.filter(|seat| seat.start >= now.0) else { continue };
            // A crew that can become whole goes first.
            let is_better = best.as_ref().is_none_or(|(best, begin, _)| {
                (levels.is_none(), &levels, seat.start) < (best.is_none(), best, *begin)
            });
            if is_better {
                best = Some((levels, seat.start, seat));
            }
        }
        best.map(|(_, _, seat)| seat).ok_or(Obstacle::Unfit(who))
    }

    /// The places that some of a crew would take, one after the other, each the first role that is free and fits.
    fn some_places(&mut self, now: Moment, no: NeedNo, who: &[PersonNo]) -> Result<Vec<Seat>, Obstacle> {
        self.must_fill_one_by_one(now, no)?;
        let former = self.side.row(no).seats.clone();
        let mut found = Ok(());
        let mut seats = Vec::new();
        for &one in who {
            let roles = 0..self.side.row(no).input.need.roles.len() as u16;
            let mut seat = Err(Obstacle::Unfit(one));
            for role in roles {
                seat = self.one_place(now, no, role, one);
                if seat.is_ok() {
                    break;
                }
            }
            match seat {
                Ok(seat) if self.side.seat(no, &[seat]).is_ok() => seats.push(seat),
                Ok(_) => found = Err(Obstacle::Unfit(one)),
                Err(obstacle) => found = Err(obstacle),
            }
            if found.is_err() {
                break;
            }
        }
        // Nothing has changed afterwards.
        let newcomers = seats.iter().map(|seat| seat.who).collect::<Vec<_>>();
        if !newcomers.is_empty() && self.side.unseat(no, &newcomers).is_err() {
            found = Err(Obstacle::Unfit(newcomers[0]));
        }
        debug_assert_eq!(former, self.side.row(no).seats);
        found?;
        let places =
            seats.iter().map(|seat| Seat { role: seat.role, who: seat.who, start: Moment(seat.start) });
        let places = places.collect();
        self.chosen = seats;
        Ok(places)
    }

    /// The seats of the former crew once the need has changed: at the same times if that can be, else at others; all or none.
    fn former_crew(&mut self, no: NeedNo, now: Moment) -> Option<Vec<SeatAt>> {
        let former = self.former.clone();
        if former.iter().filter(|seat| seat.stop == 0).count() < self.side.row(no).input.need.people() {
            return self.former_part(no, now);
        }
        let units = self.side.units(&former)?;
        let starts = |s: usize| {
            let own = former.iter().filter(|seat| usize::from(seat.stop) == s).map(|seat| Time(seat.start));
            Some(Window { from: own.clone().min()?, to: own.max()? })
        };
        let windows = (0..self.side.row(no).input.need.stops.len()).map(starts).collect::<Vec<_>>();
        let is_within = |(stop, own): (&qise::model::Stop, &Option<Window>)| {
            own.is_none_or(|own| {
                stop.windows.iter().any(|window| window.from <= own.from && own.to <= window.to)
            })
        };
        let mut seats = None;
        if self.has_left || self.side.row(no).input.need.stops.iter().zip(&windows).all(is_within) {
            if self.side.set_windows(no, Some(&windows)).is_ok() {
                seats = self.side.try_crew(no, &units, true);
            }
            self.side.set_windows(no, None).ok()?;
        }
        if seats.is_none() && !self.has_left && self.side.freshen(no, now) {
            seats = self.side.try_crew(no, &units, false);
        }
        let in_role = |seats: &Vec<SeatAt>| {
            let is_same =
                |seat: &SeatAt| former.iter().any(|old| (old.who, old.role) == (seat.who, seat.role));
            seats.iter().all(|seat| is_same(seat) && (self.has_left || seat.start >= now.0))
        };
        seats.filter(in_role)
    }

    /// The same where the need asks for more people than those who serve it.
    fn former_part(&mut self, no: NeedNo, now: Moment) -> Option<Vec<SeatAt>> {
        let former = self.former.clone();
        self.must_fill_one_by_one(now, no).ok()?;
        let has_left = self.has_left;
        let mut seats = Vec::new();
        for old in &former {
            let unit = self.side.units(&[*old])?[0];
            let start = seats.first().map_or(old.start, |first: &SeatAt| first.start);
            let seat = self.side.try_seat(no, old.role, unit, Some(Time(start)), true);
            let at_other_times = || self.side.try_seat(no, old.role, unit, None, false).filter(|_| !has_left);
            let seat = seat.or_else(at_other_times);
            let may = |seat: &SeatAt| has_left || seat.start >= now.0;
            let seat = seat.filter(|seat| may(seat) && self.side.seat(no, &[*seat]).is_ok());
            let Some(seat) = seat else { break };
            seats.push(seat);
        }
        let newcomers = seats.iter().map(|seat| seat.who).collect::<Vec<_>>();
        if !newcomers.is_empty() {
            self.side.unseat(no, &newcomers).ok()?;
        }
        (seats.len() == former.len()).then_some(seats)
    }

    /// Finds out whether the former crew stays, before anybody asks.
    pub(crate) fn ask_former(&mut self, no: NeedNo, now: Moment) {
        if !std::mem::replace(&mut self.was_asked, true) {
            self.again = self.former_crew(no, now);
        }
    }

    /// The seats of the former crew, if all of it stays.
    pub(crate) fn kept(&self) -> Option<&[SeatAt]> {
        self.again.as_deref()
    }
}

/// Whether an offer changes nothing but the routes of those who come, and nothing that lies behind.
fn stands_alone(offer: &Offer, now: Moment) -> bool {
    offer.displaces.is_empty()
        && !offer.moves_others
        && offer.visits().all(|(_, visit)| visit.start.0 >= now.0)
}

impl Planning for Planner<'_> {
    type Obstacle = Obstacle;

    fn place(&mut self, at: Moment, no: NeedNo, role: u16, who: PersonNo) -> Result<Placed, Obstacle> {
        if self.side.row(no).input.need.people() > 1 {
            let seat = self.one_place(at, no, role, who)?;
            self.chosen = vec![seat];
            return Ok(Placed { start: Moment(seat.start) });
        }
        let offer = self.cheapest(at, no, who)?;
        self.chosen = self.seats(&offer);
        let start = self.chosen.iter().map(|seat| seat.start).min().ok_or(Obstacle::Unfit(who))?;
        Ok(Placed { start: Moment(start) })
    }

    fn crew(&mut self, at: Moment, no: NeedNo, who: &[PersonNo]) -> Result<Vec<Seat>, Obstacle> {
        let people = self.side.row(no).input.need.people();
        if people == 1 && who.len() == 1 {
            let start = self.place(at, no, 0, who[0])?.start;
            return Ok(vec![Seat { role: 0, who: who[0], start }]);
        }
        if self.side.hangs(no) {
            return Err(Obstacle::Hangs);
        }
        if who.len() != people || !self.side.row(no).seats.is_empty() {
            return self.some_places(at, no, who);
        }
        if self.side.row(no).live.is_none() || !self.side.freshen(no, at) {
            return Err(Obstacle::Past);
        }
        let mut ways = vec![Vec::new()];
        for &one in who {
            let units = self.on_duty(one, at)?;
            let longer = ways.iter().flat_map(|way: &Vec<UnitId>| {
                units.iter().map(move |&unit| way.iter().copied().chain([unit]).collect::<Vec<_>>())
            });
            ways = longer.take(MOST_WAYS).collect();
        }
        for mut way in ways {
            way.sort_unstable();
            let Some(seats) = self.side.try_crew(no, &way, false) else { continue };
            if seats.iter().any(|seat| seat.start < at.0) {
                continue;
            }
            let places = who.iter().filter_map(|&who| {
                let first = seats.iter().filter(|seat| seat.who == who).min_by_key(|seat| seat.stop)?;
                Some(Seat { role: first.role, who, start: Moment(first.start) })
            });
            let places = places.collect();
            self.chosen = seats;
            return Ok(places);
        }
        Err(Obstacle::Unfit(who[0]))
    }

    fn still_fits(&mut self, at: Moment, no: NeedNo, role: u16, who: PersonNo) -> Result<Placed, Obstacle> {
        self.ask_former(no, at);
        let seats = self.kept().unwrap_or_default();
        let own =
            seats.iter().filter(|seat| (seat.who, seat.role) == (who, role)).min_by_key(|seat| seat.stop);
        own.map(|seat| Placed { start: Moment(seat.start) }).ok_or(Obstacle::Unfit(who))
    }
}

/// Says that everybody fits: finds out whether anything else is in the way of a change.
pub(crate) struct Agreeing;

impl Planning for Agreeing {
    type Obstacle = Obstacle;

    fn place(&mut self, at: Moment, _: NeedNo, _: u16, _: PersonNo) -> Result<Placed, Obstacle> {
        Ok(Placed { start: at })
    }

    fn crew(&mut self, at: Moment, _: NeedNo, who: &[PersonNo]) -> Result<Vec<Seat>, Obstacle> {
        Ok(who.iter().map(|&who| Seat { role: 0, who, start: at }).collect())
    }

    fn still_fits(&mut self, at: Moment, _: NeedNo, _: u16, _: PersonNo) -> Result<Placed, Obstacle> {
        Ok(Placed { start: at })
    }
}

impl Obstacle {
    /// The refusal that tells it; `name` names a person.
    pub(crate) fn refusal<'n>(self, name: impl Fn(PersonNo) -> &'n str) -> Refusal {
        let refuse = |code, text: Text| Refusal::new(code, text);
        match self {
            Self::Past => refuse("past", text!("the times of the need have passed", "该需求的时间已过")),
            Self::NotOnDuty(who) => {
                let who = name(who);
                refuse("not_on_duty", text!("{who} is not on duty any more", "{who} 已不在岗"))
            }
            Self::Unfit(who) => {
                let who = name(who);
                let words = text!(
                    "it does not fit {who}: skills, way, times or other visits",
                    "不适合 {who}：技能、路途、时间或其他安排不符"
                );
                refuse("unfit", words)
            }
            Self::Partial => Refusal::unsupported(&text!(
                "taking or leaving one place of a crew that starts at different times or brings goods; commit the whole crew",
                "在开始时间不一或携带物资的小队中只填补或只撤出一人；请一次派出整个小队"
            )),
            Self::Hangs => Refusal::unsupported(&text!(
                "moving a need that hangs on others or can be served in several ways",
                "改动与其他需求相关联、或有多种服务方式的需求"
            )),
        }
    }
}

/// Whether a shift is one in reserve, which nobody works.
pub(crate) fn is_vacant(shift: &Shift) -> bool {
    (shift.start, shift.latest_end()) == (Time(0), Time(0))
}

/// The shifts of a person.
pub(crate) fn shifts_of(side: &PlanSide, who: PersonNo) -> impl Iterator<Item = (u32, &Shift)> {
    let shifts = &side.live.problem().volunteer(VolunteerId(who.0)).shifts;
    shifts
        .iter()
        .enumerate()
        .map(|(number, shift)| (number as u32, shift))
        .filter(|(_, shift)| !is_vacant(shift))
}
