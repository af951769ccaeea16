//! Posts: where somebody waits, how they move from there, and when they are on duty.

use rayon::prelude::*;

use super::tree::{Node, Tree, order};
use crate::model::place::chord2;
use crate::model::travel_table::{Ring, Spot};
use crate::model::{Metres, ModeId, Problem, ProfileId, Seconds, Time, Travel, UnitId};

/// Where somebody waits in one shift, by their own means.
#[derive(Clone, Debug)]
pub(super) struct DutyLocation {
    /// Where they start.
    pub(super) start: Spot,
    /// From where their radius is measured.
    pub(super) home: Spot,
    pub(super) mode: ModeId,
    pub(super) profile: ProfileId,
    pub(super) radius: Option<Metres>,
    /// On duty from then on.
    pub(super) from: Time,
    /// Until then, which itself is outside.
    pub(super) until: Time,
    /// The unit; several posts may share one.
    pub(super) unit: UnitId,
    /// Whether it is one of a new team, which is nowhere yet.
    pub(super) new: bool,
}

impl DutyLocation {
    pub(super) fn of_unit(problem: &Problem, id: UnitId) -> Self {
        let unit = problem.unit(id);
        let volunteer = problem.volunteer(unit.volunteer);
        let travel = problem.travel();
        Self {
            start: travel.spot(unit.from),
            home: travel.spot(volunteer.home),
            mode: unit.mode,
            profile: volunteer.profile,
            radius: volunteer.max_radius,
            from: unit.start,
            until: unit.duty_end(),
            unit: id,
            new: false,
        }
    }

    /// The same, starting elsewhere, which is its home too.
    pub(super) fn moved(&self, to: Spot) -> Self {
        Self { start: to, home: to, ..self.clone() }
    }

    pub(super) fn is_on_duty(&self, moment: Time) -> bool {
        self.from <= moment && moment < self.until
    }

    /// How long they take to a spot, were it within their radius or not.
    pub(super) fn seconds(&self, travel: &Travel, to: &Spot) -> Seconds {
        travel.seconds_between(self.mode, &self.start, to)
    }

    /// Whether a spot lies within their own radius.
    pub(super) fn goes_to(&self, travel: &Travel, to: &Spot) -> bool {
        self.radius.is_none_or(|radius| travel.metres_between(self.profile, &self.home, to) <= radius)
    }

    /// Whether they are at a spot within the limit.
    pub(super) fn reaches(&self, travel: &Travel, to: &Spot, limit: Seconds) -> bool {
        self.seconds(travel, to) <= limit && self.goes_to(travel, to)
    }

    /// Around the start: what is reached within the limit.
    pub(super) fn ring(&self, travel: &Travel, limit: Seconds) -> Ring {
        let by_time = travel.time_ring(self.mode, &self.start, limit);
        match self.radius {
            None => by_time,
            // At no distance at all both rings have one middle.
            Some(radius) if chord2(self.start.point, self.home.point) <= 0.0 => {
                by_time.and(travel.radius_ring(self.profile, radius))
            }
            Some(_) => Ring { inner: -1.0, ..by_time },
        }
    }
}

/// All posts: those that reach about as far stand together, the farther the later, and among them those that lie near each other.
///
/// So of most pieces of the list either all reach a box of land or none does.
#[derive(Debug)]
pub(super) struct Roster {
    pub(super) posts: Vec<DutyLocation>,
    /// For each limit what each post reaches.
    rings: Vec<Vec<Ring>>,
}

impl Roster {
    pub(super) fn new(travel: &Travel, mut posts: Vec<DutyLocation>, limits: &[Seconds]) -> Self {
        let longest = limits.last().copied().unwrap_or(Seconds::ZERO);
        // Those whose times come from a matrix stand last: where they are says nothing of what they reach.
        let group = |post: &DutyLocation| {
            let reach = post.ring(travel, longest).outer;
            let step =
                if reach > 0.0 { (libm::log2(reach) * 2.0).floor().clamp(-1e3, 1e3) as i32 } else { -1000 };
            (!travel.goes_anywhere(post.profile), step, post.mode.0)
        };
        posts.sort_by_cached_key(group);
        let mut sorted = Vec::with_capacity(posts.len());
        for alike in posts.chunk_by(|a, b| group(a) == group(b)) {
            let points = alike.iter().map(|post| post.start.point).collect::<Vec<_>>();
            sorted.extend(order(&points).into_iter().map(|n| alike[n as usize].clone()));
        }
        let of_limit = |&limit: &Seconds| sorted.par_iter().map(|post| post.ring(travel, limit)).collect();
        let rings = limits.iter().map(of_limit).collect();
        Self { posts: sorted, rings }
    }

    /// Of each post whether it is on duty at a moment.
    pub(super) fn on_duty(&self, moment: Time) -> Vec<bool> {
        self.posts.iter().map(|post| post.is_on_duty(moment)).collect()
    }
}

/// Those of a roster who suit, at whatever moment they are on duty; newcomers apart.
#[derive(Debug)]
pub(super) struct Crowd<'a> {
    pub(super) roster: &'a Roster,
    /// Their numbers, those who go by distance first.
    pub(super) who: Vec<u32>,
    /// How many go by distance.
    pub(super) free: usize,
    pub(super) tree: Tree,
    /// For each limit the least inner and the largest outer ring of each node.
    pub(super) rings: Vec<Vec<Ring>>,
}

impl<'a> Crowd<'a> {
    pub(super) fn new(travel: &Travel, roster: &'a Roster, who: &[u32]) -> Self {
        let who = who.iter().copied().filter(|&n| !roster.posts[n as usize].new).collect::<Vec<_>>();
        let free = who.partition_point(|&n| travel.goes_anywhere(roster.posts[n as usize].profile));
        // Down to single people: who live far apart are told apart.
        let tree = Tree::new(free, 1, |n| roster.posts[who[n] as usize].start.point);
        let nobody = Ring { inner: f64::INFINITY, outer: -1.0 };
        let both = |a: Ring, b: Ring| Ring { inner: a.inner.min(b.inner), outer: a.outer.max(b.outer) };
        let of_limit = |rings: &Vec<Ring>| tree.gather(nobody, &|n| rings[who[n] as usize], &both);
        let rings = roster.rings.iter().map(of_limit).collect();
        Self { roster, who, free, tree, rings }
    }

    pub(super) fn ring(&self, limit: usize, n: usize) -> Ring {
        self.roster.rings[limit][self.who[n] as usize]
    }

    pub(super) fn post(&self, n: usize) -> &DutyLocation {
        &self.roster.posts[self.who[n] as usize]
    }

    /// Who of them is on duty, as [`Roster::on_duty`] tells of everybody.
    pub(super) fn duty(&self, on_duty: &[bool]) -> Duty {
        let on = self.who.iter().map(|&n| on_duty[n as usize]).collect::<Vec<_>>();
        let mut before = Vec::with_capacity(on.len() + 1);
        let mut sum = 0;
        before.push(0);
        before.extend(on.iter().map(|&on| {
            sum += u32::from(on);
            sum
        }));
        Duty { on, before }
    }
}

/// Who of a crowd is on duty at one moment.
#[derive(Debug)]
pub(super) struct Duty {
    pub(super) on: Vec<bool>,
    /// How many are before each of them.
    before: Vec<u32>,
}

impl Duty {
    /// How many of a node are on duty.
    pub(super) fn of(&self, node: Node) -> u32 {
        self.before[node.end as usize] - self.before[node.first as usize]
    }
}
