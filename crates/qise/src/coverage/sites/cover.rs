//! Which part of a demand each candidate would gain.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::placement_problem::PlacementProblem;
use super::{Chosen, Sites};
use crate::base::Spent;
use crate::coverage::count::{Count, Land};
use crate::coverage::duty_location::{Crowd, DutyLocation};
use crate::coverage::measure::{Needs, is_asked, land_of};
use crate::coverage::point::{Point, Where, spots};
use crate::coverage::question::go_on;
use crate::coverage::requirement_profile::{Queries, Query, Requirements};
use crate::coverage::tree::{Cube, Node};
use crate::coverage::{CoverageError, Demand, Question, RequirementProfile};
use crate::model::place::chord2;
use crate::model::travel_table::Spot;
use crate::model::{Handling, NeedId, Seconds, Time};

/// Pieces of demand that are not covered yet, and who would gain them.
#[derive(Debug)]
pub(super) struct Cover {
    /// What each piece weighs.
    pub(super) weights: Vec<i64>,
    /// For each candidate the pieces that it gains, in order.
    pub(super) lists: Vec<Vec<u32>>,
    pub(super) asked: u128,
    pub(super) before: u128,
}

/// All weights together stay below this.
const MOST_WEIGHT: u128 = 1 << 60;
/// Candidates and pieces make no more pairs than this.
const MOST_PAIRS: usize = 150_000_000;

impl Cover {
    pub(super) fn new(
        scene: &PlacementProblem,
        demand: &Demand,
        question: &Question,
        sites: &Sites,
        spent: Spent<'_>,
    ) -> Result<Self, CoverageError> {
        let stands = spots(&scene.problem, sites.candidates.iter().copied())?;
        let mut cover = match demand {
            Demand::Needs => of_needs(scene, question, &stands, spent)?,
            Demand::Residents(points) | Demand::Land(points) => {
                of_points(scene, question, &stands, points, spent)?
            }
        };
        if cover.asked >= MOST_WEIGHT {
            return Err(CoverageError::TooLarge);
        }
        cover.merge();
        Ok(cover)
    }

    /// Makes one piece of those that the same candidates gain.
    fn merge(&mut self) {
        let mut gaining = vec![Vec::new(); self.weights.len()];
        for (candidate, list) in self.lists.iter().enumerate() {
            for &piece in list {
                gaining[piece as usize].push(candidate as u32);
            }
        }
        let mut known = FxHashMap::default();
        let mut weights = Vec::new();
        self.lists.iter_mut().for_each(Vec::clear);
        for (gaining, &weight) in gaining.into_iter().zip(&self.weights) {
            if gaining.is_empty() || weight == 0 {
                continue;
            }
            let next = weights.len() as u32;
            let piece = *known.entry(gaining).or_insert_with_key(|gaining| {
                for &candidate in gaining {
                    self.lists[candidate as usize].push(next);
                }
                weights.push(0);
                next
            });
            weights[piece as usize] += weight;
        }
        self.weights = weights;
    }

    /// What some sites gain together.
    pub(super) fn gain(&self, chosen: &[usize]) -> i64 {
        let mut gained = vec![false; self.weights.len()];
        chosen.iter().map(|&candidate| self.take(candidate, &mut gained)).sum()
    }

    /// What a site gains beyond what is gained already, which is noted.
    pub(super) fn take(&self, candidate: usize, gained: &mut [bool]) -> i64 {
        let new = self.lists[candidate].iter().map(|&piece| piece as usize);
        let new = new.filter(|&piece| !std::mem::replace(&mut gained[piece], true));
        new.map(|piece| self.weights[piece]).sum()
    }

    /// What a site would gain beyond what is gained already.
    pub(super) fn worth(&self, candidate: usize, gained: &[bool]) -> i64 {
        let new = self.lists[candidate].iter().map(|&piece| piece as usize).filter(|&piece| !gained[piece]);
        new.map(|piece| self.weights[piece]).sum()
    }

    /// Chosen sites, the one that gains most beyond the others before it first; those that gain nothing are left out.
    pub(super) fn ranked(&self, chosen: &[usize]) -> Vec<Chosen> {
        let mut rest = chosen.to_vec();
        rest.sort_unstable();
        let mut gained = vec![false; self.weights.len()];
        let mut ranked = Vec::with_capacity(rest.len());
        while let Some(next) =
            (0..rest.len()).max_by_key(|&n| (self.worth(rest[n], &gained), std::cmp::Reverse(n)))
        {
            let candidate = rest.remove(next);
            let gain = self.take(candidate, &mut gained);
            if gain > 0 {
                ranked.push(Chosen { candidate, gain: gain as u128 });
            }
        }
        ranked
    }
}

/// A set of kinds of newcomers, as bits.
type Kinds = u64;

/// The spots that a new team would reach from a site, with the kinds of people who would be there.
fn reached(scene: &PlacementProblem, land: &Land, from: &Spot, limit: Seconds) -> Vec<(u32, Kinds)> {
    let mut kinds = FxHashMap::<u32, Kinds>::default();
    let travel = scene.problem.travel();
    for (bit, kind) in scene.kinds.iter().enumerate() {
        let post = kind.moved(*from);
        let mut there = |n: usize| *kinds.entry(n as u32).or_default() |= 1 << bit;
        if !travel.goes_anywhere(post.profile) {
            let places = (0..land.spots.len()).filter(|&n| land.spots[n].place.is_some());
            places.filter(|&n| post.reaches(travel, &land.spots[n], limit)).for_each(&mut there);
        } else if !land.spots.is_empty() {
            around(scene, land, &post, limit, &mut there);
        }
    }
    let mut reached = kinds.into_iter().collect::<Vec<_>>();
    reached.sort_unstable();
    reached
}

fn around(
    scene: &PlacementProblem,
    land: &Land,
    post: &DutyLocation,
    limit: Seconds,
    there: &mut impl FnMut(usize),
) {
    let travel = scene.problem.travel();
    let ring = post.ring(travel, limit);
    let here = Cube::of(post.start.point);
    let mut stack: Vec<Node> = vec![land.tree.root()];
    while let Some(tile) = stack.pop() {
        let (near, far) = here.chords2(land.tree.cube(tile));
        if near > ring.outer {
            continue;
        }
        if far <= ring.inner {
            tile.range().for_each(&mut *there);
        } else if land.tree.is_leaf(tile) {
            for n in tile.range() {
                let spot = &land.spots[n];
                let away = chord2(post.start.point, spot.point);
                if away <= ring.inner || away <= ring.outer && post.reaches(travel, spot, limit) {
                    there(n);
                }
            }
        } else {
            stack.extend(tile.halves());
        }
    }
}

/// How many newcomers of a query are on duty at a moment, of each set of kinds.
fn newcomers(scene: &PlacementProblem, who: &[u32], moment: Time, sets: &[Kinds]) -> Vec<u32> {
    let mut counts = vec![0; sets.len()];
    for &n in who {
        let kind = scene.kind_of[n as usize].filter(|_| scene.roster.posts[n as usize].is_on_duty(moment));
        let Some(kind) = kind else { continue };
        for (count, set) in counts.iter_mut().zip(sets) {
            *count += (set >> kind & 1) as u32;
        }
    }
    counts
}

/// How many of a crowd reach each spot at a moment, up to as many as a query asks for.
fn counts(
    scene: &PlacementProblem,
    land: &Land,
    crowd: &Crowd<'_>,
    query: &Query,
    on_duty: &[bool],
    limit: Seconds,
) -> Vec<u16> {
    let (travel, duty) = (scene.problem.travel(), &crowd.duty(on_duty));
    let mut counts = vec![0; land.spots.len()];
    Count { travel, land, crowd, duty, limit, number: 0, enough: query.least }.fill(&mut counts);
    counts
}

/// All sets of kinds that occur, and what each candidate reaches with the number of its set.
struct Reach {
    sets: Vec<Kinds>,
    of: Vec<Vec<(u32, u8)>>,
}

impl Reach {
    fn new(
        scene: &PlacementProblem,
        land: &Land,
        stands: &[Spot],
        limit: Seconds,
    ) -> Result<Self, CoverageError> {
        let all = stands.par_iter().map(|stand| reached(scene, land, stand, limit)).collect::<Vec<_>>();
        if all.iter().map(Vec::len).sum::<usize>() > MOST_PAIRS {
            return Err(CoverageError::TooLarge);
        }
        let mut sets = all.iter().flatten().map(|&(_, kinds)| kinds).collect::<Vec<_>>();
        sets.sort_unstable();
        sets.dedup();
        if sets.len() > 64 {
            return Err(CoverageError::TooVaried);
        }
        let number = |kinds: &Kinds| sets.binary_search(kinds).unwrap_or(0) as u8;
        let numbered = |list: &Vec<(u32, Kinds)>| list.iter().map(|(n, kinds)| (*n, number(kinds))).collect();
        let of = all.iter().map(numbered).collect();
        Ok(Self { sets, of })
    }
}

/// The sets of kinds of which there are as many newcomers as are lacking.
fn mending(new: &[u32], lack: u32) -> u64 {
    let enough = new.iter().enumerate().filter(|&(_, &new)| new >= lack);
    enough.fold(0, |sets, (set, _)| sets | 1 << set)
}

fn of_points(
    scene: &PlacementProblem,
    question: &Question,
    stands: &[Spot],
    points: &[Point],
    spent: Spent<'_>,
) -> Result<Cover, CoverageError> {
    let problem = &scene.problem;
    let anybody = [RequirementProfile::anybody()];
    let asks = if scene.lent.is_some() { &anybody[..] } else { &question.asks };
    let asks = asks.iter().filter(|ask| scene.lent.is_some() || question.counts(ask.category));
    let asks = asks.collect::<Vec<_>>();
    let mut requirements = Requirements::default();
    let crews = asks.iter().map(|ask| requirements.crew(problem, ask)).collect::<Vec<_>>();
    let queries = Queries::new(problem, &scene.roster, &requirements, &crews)?;
    let limit = question.limits[0];
    let (land, sorted) = land_of(problem, points.iter().map(|point| point.at))?;
    let masses = sorted.iter().map(|&n| points[n as usize].mass).collect::<Vec<_>>();
    let reach = Reach::new(scene, &land, stands, limit)?;
    let crowd = |query: &Query| Crowd::new(problem.travel(), &scene.roster, &query.who);
    let crowds = queries.list.par_iter().map(crowd).collect::<Vec<_>>();

    let mass = masses.iter().map(|&mass| u128::from(mass)).sum::<u128>();
    let weights = asks.iter().map(|ask| u128::from(ask.weight)).sum::<u128>();
    let asked = mass.saturating_mul(weights).saturating_mul(question.moments.len() as u128);
    if asked >= MOST_WEIGHT {
        return Err(CoverageError::TooLarge);
    }
    let mut before = 0_u128;
    // What is lacking at each spot, by the sets of kinds that would make up for it.
    let mut lacking = vec![Vec::<(u64, i64)>::new(); masses.len()];
    for &moment in &question.moments {
        go_on(spent)?;
        let on_duty = scene.roster.on_duty(moment);
        let asked = crowds.par_iter().zip(&queries.list);
        let counts = asked.map(|(crowd, query)| counts(scene, &land, crowd, query, &on_duty, limit));
        let counts = counts.collect::<Vec<_>>();
        let new = queries.list.iter().map(|query| newcomers(scene, &query.who, moment, &reach.sets));
        let new = new.collect::<Vec<_>>();
        let covered = lacking.par_iter_mut().enumerate().map(|(spot, lacking)| {
            let mut covered = 0;
            for (ask, of) in asks.iter().zip(&queries.of) {
                let mut lack = None;
                for &query in of {
                    let query = query as usize;
                    let short = queries.list[query].least.saturating_sub(counts[query][spot]);
                    if short > 0 {
                        lack = Some(lack.unwrap_or(u64::MAX) & mending(&new[query], short.into()));
                    }
                }
                match lack {
                    None => covered += u128::from(masses[spot]) * u128::from(ask.weight),
                    Some(0) => {}
                    Some(sets) => {
                        let weight = masses[spot] as i64 * i64::from(ask.weight);
                        match lacking.iter_mut().find(|(known, _)| *known == sets) {
                            Some((_, sum)) => *sum += weight,
                            None => lacking.push((sets, weight)),
                        }
                    }
                }
            }
            covered
        });
        before += covered.sum::<u128>();
    }
    let mut first = Vec::with_capacity(lacking.len());
    let mut pieces = Vec::new();
    for lacking in &lacking {
        first.push(pieces.len() as u32);
        pieces.extend(lacking.iter().copied());
    }
    first.push(pieces.len() as u32);
    let gained = |reached: &Vec<(u32, u8)>| {
        let of_spot = |&(spot, set): &(u32, u8)| {
            let here = first[spot as usize]..first[spot as usize + 1];
            let pieces = &pieces;
            here.filter(move |&piece| pieces[piece as usize].0 >> set & 1 == 1)
        };
        reached.iter().flat_map(of_spot).collect()
    };
    let lists = reach.of.par_iter().map(gained).collect();
    Ok(Cover { weights: pieces.iter().map(|piece| piece.1).collect(), lists, asked, before })
}

fn of_needs(
    scene: &PlacementProblem,
    question: &Question,
    stands: &[Spot],
    spent: Spent<'_>,
) -> Result<Cover, CoverageError> {
    let problem = &scene.problem;
    let Needs { list, mut ways } = Needs::new(problem, question);
    if let Some(good) = scene.lent {
        let asks = |&(_, way): &(usize, NeedId)| {
            let mut goods = problem.need(way).goods.iter();
            goods.any(|supply| supply.what.good == good && supply.handling != Handling::Collect)
        };
        ways.retain(asks);
    }
    let ask = |way: NeedId| {
        if scene.lent.is_some() {
            RequirementProfile::anybody()
        } else {
            RequirementProfile::of_need(problem.need(way))
        }
    };
    let mut requirements = Requirements::default();
    let crews = ways.iter().map(|&(_, way)| requirements.crew(problem, &ask(way))).collect::<Vec<_>>();
    let queries = Queries::new(problem, &scene.roster, &requirements, &crews)?;
    let limit = question.limits[0];
    let (land, sorted) =
        land_of(problem, ways.iter().map(|&(_, way)| Where::Place(problem.need_place(way))))?;
    let reach = Reach::new(scene, &land, stands, limit)?;

    // Each query is asked where needs ask it.
    let mut asking = vec![Vec::new(); queries.list.len()];
    for (spot, &way) in sorted.iter().enumerate() {
        for &query in &queries.of[way as usize] {
            asking[query as usize].push(spot);
        }
    }
    let on_duty = question.moments.iter().map(|&moment| scene.roster.on_duty(moment)).collect::<Vec<_>>();
    let counts_of = |(query, asking): (&Query, &Vec<usize>)| {
        let own = Land::new(asking.iter().map(|&spot| land.spots[spot]).collect());
        let crowd = Crowd::new(problem.travel(), &scene.roster, &query.who);
        let at = |on_duty: &Vec<bool>| {
            go_on(spent)?;
            Ok(counts(scene, &own, &crowd, query, on_duty, limit))
        };
        on_duty.iter().map(at).collect::<Result<Vec<_>, CoverageError>>()
    };
    let counts = queries.list.par_iter().zip(&asking).map(counts_of).collect::<Result<Vec<_>, _>>()?;

    let moments = question.moments.len();
    // Of each need and moment: whether it is asked, and whether it is covered.
    let mut state = vec![(false, false); list.len() * moments];
    let mut mended = vec![0_u64; ways.len() * moments];
    for (m, &moment) in question.moments.iter().enumerate() {
        let mut lacks = vec![None; ways.len()];
        for ((query, asking), counts) in queries.list.iter().zip(&asking).zip(&counts) {
            let new = newcomers(scene, &query.who, moment, &reach.sets);
            for (&spot, &count) in asking.iter().zip(&counts[m]) {
                let short = query.least.saturating_sub(count);
                if short > 0 {
                    lacks[spot] = Some(lacks[spot].unwrap_or(u64::MAX) & mending(&new, short.into()));
                }
            }
        }
        for (spot, &n) in sorted.iter().enumerate() {
            let (need, way) = ways[n as usize];
            if !is_asked(problem, way, moment, question.span) {
                continue;
            }
            let state = &mut state[need * moments + m];
            state.0 = true;
            match lacks[spot] {
                None => state.1 = true,
                Some(sets) => mended[spot * moments + m] = sets,
            }
        }
    }
    let gained = |reached: &Vec<(u32, u8)>| {
        let of_spot = |&(spot, set): &(u32, u8)| {
            let need = ways[sorted[spot as usize] as usize].0;
            let (mended, state) = (&mended, &state);
            (0..moments)
                .filter(move |m| mended[spot as usize * moments + m] >> set & 1 == 1)
                .map(move |m| need * moments + m)
                .filter(move |&piece| !state[piece].1)
                .map(|piece| piece as u32)
        };
        let mut gained = reached.iter().flat_map(of_spot).collect::<Vec<_>>();
        gained.sort_unstable();
        gained.dedup();
        gained
    };
    let lists = reach.of.par_iter().map(gained).collect();
    Ok(Cover {
        weights: vec![1; state.len()],
        lists,
        asked: state.iter().filter(|state| state.0).count() as u128,
        before: state.iter().filter(|state| state.1).count() as u128,
    })
}
