//! Who is there already, and who may come.

use super::{Sites, Team};
use crate::coverage::duty_location::{DutyLocation, Roster};
use crate::coverage::{CoverageError, Question, Where};
use crate::model::{
    GoodId, Place, PlaceId, Problem, ProfileId, RouteEnd, RouteStart, Seconds, Shift, UnitId, Volunteer,
    Window,
};

/// A problem with the new team in it, and everybody's posts.
#[derive(Debug)]
pub(super) struct PlacementProblem {
    pub(super) problem: Problem,
    /// Those who are there, and the newcomers.
    pub(super) roster: Roster,
    /// For each way of moving from a site one newcomer who moves so.
    pub(super) kinds: Vec<DutyLocation>,
    /// Of each post of the roster that is new which of the kinds it is.
    pub(super) kind_of: Vec<Option<u32>>,
    /// What is lent, where a lending point is placed.
    pub(super) lent: Option<GoodId>,
}

impl PlacementProblem {
    pub(super) fn new(problem: &Problem, question: &Question, sites: &Sites) -> Result<Self, CoverageError> {
        let (people, lent) = match &sites.team {
            Team::People(people) => (people.clone(), None),
            &Team::Lending { good, profile } => {
                if good.index() >= problem.goods().len() || profile.index() >= problem.profiles().len() {
                    return Err(CoverageError::UnknownId);
                }
                (vec![errand(profile, question)], Some(good))
            }
        };
        if people.is_empty() {
            return Err(CoverageError::NothingToPlace);
        }
        let known = problem.units().len();
        let problem = with(problem, people, sites.candidates[0])?;
        let own = |from: usize| {
            (from..problem.units().len()).map(UnitId::new).filter(|&u| problem.unit(u).vehicle.is_none())
        };
        let mut posts = own(known)
            .map(|unit| DutyLocation { new: true, ..DutyLocation::of_unit(&problem, unit) })
            .collect::<Vec<_>>();
        if !question.moments.iter().any(|&moment| posts.iter().any(|post| post.is_on_duty(moment))) {
            return Err(CoverageError::NothingToPlace);
        }
        match lent {
            None => {
                let there = own(0).take_while(|unit| unit.index() < known);
                posts.extend(there.map(|unit| DutyLocation::of_unit(&problem, unit)));
            }
            Some(good) => {
                let lending = depots(&problem, good, &posts);
                posts.extend(lending);
            }
        }
        let roster = Roster::new(problem.travel(), posts, &question.limits);
        let mut kinds: Vec<DutyLocation> = Vec::new();
        let way = |post: &DutyLocation| (post.mode, post.profile, post.radius);
        let mut kind = |post: &DutyLocation| {
            post.new.then(|| {
                let known = kinds.iter().position(|kind| way(kind) == way(post));
                known.unwrap_or_else(|| {
                    kinds.push(post.clone());
                    kinds.len() - 1
                }) as u32
            })
        };
        let kind_of = roster.posts.iter().map(&mut kind).collect();
        if kinds.len() > 64 {
            return Err(CoverageError::TooVaried);
        }
        Ok(Self { problem, roster, kinds, kind_of, lent })
    }
}

/// Somebody who goes for goods at every moment, under the slow-downs of that moment.
fn errand(profile: ProfileId, question: &Question) -> Volunteer {
    let mut errand = Volunteer::new("errand", PlaceId(0), profile);
    let ends = question.moments.iter().skip(1).copied();
    let last = question.moments.iter().rev().take(1).map(|&last| last + question.span.max(Seconds(1)));
    let spans = question.moments.iter().zip(ends.chain(last));
    errand.shifts = spans.map(|(&from, until)| Shift::new(from, until, 0)).collect();
    errand
}

/// The depots that keep a good, as posts of those who go for it while they are open.
fn depots(problem: &Problem, good: GoodId, errands: &[DutyLocation]) -> Vec<DutyLocation> {
    let keeping = problem.depots().iter().filter(|depot| depot.stock(good).is_some());
    let posts = keeping.flat_map(|depot| {
        let spot = problem.travel().spot(depot.place);
        let open = |post: &&DutyLocation| {
            depot.windows.is_empty() || depot.windows.iter().any(|window: &Window| window.contains(post.from))
        };
        errands.iter().filter(open).map(move |post| DutyLocation { new: false, ..post.moved(spot) })
    });
    posts.collect()
}

/// The problem with new people, who all live at one candidate.
fn with(problem: &Problem, people: Vec<Volunteer>, at: Where) -> Result<Problem, CoverageError> {
    let mut unknown = false;
    let changed = problem.replace(|data| {
        let home = match at {
            Where::Place(place) => place,
            Where::At(at) => {
                let mut key = "new-site".to_owned();
                while data.places.iter().any(|place| place.key == key) {
                    key.push('+');
                }
                data.places.push(Place::new(key, at));
                PlaceId::new(data.places.len() - 1)
            }
        };
        unknown = home.index() >= data.places.len();
        let mut prefix = "new".to_owned();
        while data.volunteers.iter().any(|volunteer| volunteer.key.starts_with(&prefix)) {
            prefix.push('+');
        }
        for (n, mut person) in people.into_iter().enumerate() {
            person.key = format!("{prefix}-{n}");
            person.home = if unknown { PlaceId(0) } else { home };
            for shift in &mut person.shifts {
                (shift.from, shift.to) = (RouteStart::Home, RouteEnd::Home);
            }
            data.volunteers.push(person);
        }
    });
    if unknown { Err(CoverageError::UnknownId) } else { Ok(changed?) }
}
