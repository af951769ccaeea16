//! Measures a demand.

use rayon::prelude::*;

use super::count::{Count, Land};
use super::duty_location::{Crowd, DutyLocation, Roster};
use super::layer::{Layer, Measure, Row, Share};
use super::point::{Point, Where, spots};
use super::question::go_on;
use super::requirement_profile::{Queries, Query, Requirements, ways};
use super::tree::order;
use super::{CoverageError, Demand, Question, RequirementProfile};
use crate::base::Spent;
use crate::model::{CategoryId, NeedId, Problem, Seconds, Time, Window};

pub(super) fn measure(
    problem: &Problem,
    demand: &Demand,
    question: &Question,
    spent: Spent<'_>,
) -> Result<Layer, CoverageError> {
    let roster = roster(problem, &question.limits);
    let of_points = |measure, points| of_points(problem, &roster, (measure, points), question, spent);
    match demand {
        Demand::Needs => of_needs(problem, &roster, question, spent),
        Demand::Residents(points) => of_points(Measure::Residents, points),
        Demand::Land(points) => of_points(Measure::Land, points),
    }
}

/// Everybody's posts.
pub(super) fn roster(problem: &Problem, limits: &[Seconds]) -> Roster {
    let own = problem.unit_ids().filter(|&unit| problem.unit(unit).vehicle.is_none());
    let posts = own.map(|unit| DutyLocation::of_unit(problem, unit)).collect();
    Roster::new(problem.travel(), posts, limits)
}

/// Those of a query who are on duty, newcomers apart.
pub(super) fn on_duty(roster: &Roster, query: &Query, moment: Time) -> Vec<u32> {
    let there = |&n: &u32| {
        let post = &roster.posts[n as usize];
        !post.new && post.is_on_duty(moment)
    };
    query.who.iter().copied().filter(there).collect()
}

/// What a query says of some land; kept from moment to moment while the same people are on duty.
struct Answer<'a> {
    crowd: Crowd<'a>,
    on: Option<Vec<bool>>,
    /// For each spot the number of the first limit within which there are as many as the query asks for; the number of limits where
    /// there are not.
    classes: Vec<u8>,
}

impl<'a> Answer<'a> {
    fn new(problem: &Problem, roster: &'a Roster, query: &Query) -> Self {
        Self { crowd: Crowd::new(problem.travel(), roster, &query.who), on: None, classes: Vec::new() }
    }

    fn update(&mut self, problem: &Problem, land: &Land, least: u16, on_duty: &[bool], limits: &[Seconds]) {
        let duty = self.crowd.duty(on_duty);
        if self.on.as_ref() == Some(&duty.on) {
            return;
        }
        let none = limits.len() as u8;
        self.classes.clear();
        self.classes.resize(land.spots.len(), none);
        let mut counts = vec![0; land.spots.len()];
        for (number, &limit) in limits.iter().enumerate() {
            let (travel, crowd, duty) = (problem.travel(), &self.crowd, &duty);
            Count { travel, land, crowd, duty, limit, number, enough: least }.fill(&mut counts);
            for (class, count) in self.classes.iter_mut().zip(&mut counts) {
                if *count < least {
                    *count = 0;
                } else if *class == none {
                    *class = number as u8;
                }
            }
        }
        self.on = Some(duty.on);
    }
}

/// The categories of some asks, in order, that of none last; and for each ask the number of its row.
pub(super) fn rows_of(asks: &[Option<CategoryId>]) -> (Vec<Option<CategoryId>>, Vec<usize>) {
    let mut rows = asks.to_vec();
    rows.sort_by_key(|category| (category.is_none(), *category));
    rows.dedup();
    let row = |ask: &Option<CategoryId>| rows.iter().position(|row| row == ask).unwrap_or(0);
    let numbers = asks.iter().map(row).collect();
    (rows, numbers)
}

/// Spots are summed up in pieces of this many.
const PIECE: usize = 4096;

fn of_points(
    problem: &Problem,
    roster: &Roster,
    (measure, points): (Measure, &[Point]),
    question: &Question,
    spent: Spent<'_>,
) -> Result<Layer, CoverageError> {
    let limits = &question.limits;
    let asks = question.asks.iter().filter(|ask| question.counts(ask.category)).collect::<Vec<_>>();
    let mut requirements = Requirements::default();
    let crews = asks.iter().map(|ask| requirements.crew(problem, ask)).collect::<Vec<_>>();
    let queries = Queries::new(problem, roster, &requirements, &crews)?;
    let (categories, row_of) = rows_of(&asks.iter().map(|ask| ask.category).collect::<Vec<_>>());

    let (land, sorted) = land_of(problem, points.iter().map(|point| point.at))?;
    let masses = sorted.iter().map(|&n| points[n as usize].mass).collect::<Vec<_>>();
    let answers = queries.list.par_iter().map(|query| Answer::new(problem, roster, query));
    let mut answers = answers.collect::<Vec<_>>();
    let empty = || Share { asked: 0, covered: vec![0; limits.len()] };
    let mut rows = categories.iter().map(|&category| Row { category, at: Vec::new() }).collect::<Vec<_>>();
    let mut covered = vec![0_u64; points.len() * limits.len()];
    let steps = limits.len();

    for &moment in &question.moments {
        go_on(spent)?;
        let on_duty = roster.on_duty(moment);
        answers.par_iter_mut().zip(&queries.list).for_each(|(answer, query)| {
            answer.update(problem, &land, query.least, &on_duty, limits);
        });
        let pieces = covered.par_chunks_mut(PIECE * steps).enumerate().map(|(piece, covered)| {
            let first = piece * PIECE;
            let here = first..(first + PIECE).min(masses.len());
            let mut sums = vec![0_u128; categories.len() * (steps + 1)];
            let mut worst = vec![0_u8; here.len()];
            for (ask, (queries, &row)) in asks.iter().zip(queries.of.iter().zip(&row_of)) {
                worst.fill(0);
                for &query in queries {
                    let classes = &answers[query as usize].classes[here.clone()];
                    worst.iter_mut().zip(classes).for_each(|(worst, &class)| *worst = class.max(*worst));
                }
                let sums = &mut sums[row * (steps + 1)..(row + 1) * (steps + 1)];
                for (n, &class) in worst.iter().enumerate() {
                    let class = usize::from(class);
                    sums[class] += u128::from(masses[first + n]) * u128::from(ask.weight);
                    if class < steps {
                        covered[n * steps + class] += u64::from(ask.weight);
                    }
                }
            }
            sums
        });
        let add = |a: Vec<u128>, b: Vec<u128>| a.iter().zip(&b).map(|(a, b)| a + b).collect();
        let sums = pieces.reduce(|| vec![0; categories.len() * (steps + 1)], add);
        for (row, sums) in rows.iter_mut().zip(sums.chunks(steps + 1)) {
            let mut share = empty();
            let mut sum = 0;
            for (covered, more) in share.covered.iter_mut().zip(sums) {
                sum += more;
                *covered = sum;
            }
            share.asked = sums.iter().sum();
            row.at.push(share);
        }
    }

    // What comes within a limit comes within every longer one; and back into the order of the caller.
    let mut in_order = vec![0; covered.len()];
    for (place, &n) in sorted.iter().enumerate() {
        let mut sum = 0;
        for limit in 0..steps {
            sum += covered[place * steps + limit];
            in_order[n as usize * steps + limit] = sum;
        }
    }
    let weights = asks.iter().map(|ask| u64::from(ask.weight)).sum::<u64>();
    Ok(Layer {
        measure,
        moments: question.moments.clone(),
        limits: limits.clone(),
        rows,
        at: points.iter().map(|point| point.at).collect(),
        masses: points.iter().map(|point| point.mass).collect(),
        needs: Vec::new(),
        asked: vec![weights * question.moments.len() as u64; points.len()],
        covered: in_order,
    })
}

/// Some points as land, and their numbers in its order.
pub(super) fn land_of(
    problem: &Problem,
    points: impl ExactSizeIterator<Item = Where>,
) -> Result<(Land, Vec<u32>), CoverageError> {
    if points.len() > u32::MAX as usize / 2 {
        return Err(CoverageError::TooLarge);
    }
    let all = spots(problem, points)?;
    let sorted = order(&all.iter().map(|spot| spot.point).collect::<Vec<_>>());
    let land = Land::new(sorted.iter().map(|&n| all[n as usize]).collect());
    Ok((land, sorted))
}

/// The needs that count, each with the ways to meet it.
pub(super) struct Needs {
    pub(super) list: Vec<NeedId>,
    /// Every way, need by need: the number of the need in the list, and the way.
    pub(super) ways: Vec<(usize, NeedId)>,
}

impl Needs {
    pub(super) fn new(problem: &Problem, question: &Question) -> Self {
        let counts = |need: &NeedId| question.counts(problem.need(*need).category);
        let list = problem.standing().filter(counts).collect::<Vec<_>>();
        let all = list
            .iter()
            .enumerate()
            .flat_map(|(n, &need)| ways(problem, need).into_iter().map(move |way| (n, way)));
        let ways = all.collect();
        Self { list, ways }
    }
}

/// Whether a need may start in the span of a moment.
pub(super) fn is_asked(problem: &Problem, need: NeedId, moment: Time, span: Seconds) -> bool {
    let meets = |w: &Window| w.from < moment + span.max(Seconds(1)) && w.to >= moment;
    problem.windows(need).iter().any(meets)
}

fn of_needs(
    problem: &Problem,
    roster: &Roster,
    question: &Question,
    spent: Spent<'_>,
) -> Result<Layer, CoverageError> {
    let limits = &question.limits;
    let Needs { list, ways } = Needs::new(problem, question);
    let mut requirements = Requirements::default();
    let crew = |&(_, way): &(usize, NeedId)| {
        requirements.crew(problem, &RequirementProfile::of_need(problem.need(way)))
    };
    let crews = ways.iter().map(crew).collect::<Vec<_>>();
    let queries = Queries::new(problem, roster, &requirements, &crews)?;

    // Each query has a land of its own: the places of those who ask it.
    let mut asking = vec![Vec::new(); queries.list.len()];
    for (way, queries) in queries.of.iter().enumerate() {
        for &query in queries {
            asking[query as usize].push(way);
        }
    }
    let land = |asking: &Vec<usize>| {
        let (land, sorted) =
            land_of(problem, asking.iter().map(|&way| Where::Place(problem.need_place(ways[way].1))))?;
        let numbers = sorted.iter().map(|&n| asking[n as usize]).collect::<Vec<_>>();
        Ok::<_, CoverageError>((land, numbers))
    };
    let lands = asking.iter().map(land).collect::<Result<Vec<_>, _>>()?;
    let on_duty = question.moments.iter().map(|&moment| roster.on_duty(moment)).collect::<Vec<_>>();
    let classes_at = queries.list.par_iter().zip(&lands).map(|(query, (land, _))| {
        let mut answer = Answer::new(problem, roster, query);
        let at = |on_duty: &Vec<bool>| {
            go_on(spent)?;
            answer.update(problem, land, query.least, on_duty, limits);
            Ok(answer.classes.clone())
        };
        on_duty.iter().map(at).collect::<Result<Vec<_>, CoverageError>>()
    });
    let classes_at = classes_at.collect::<Result<Vec<_>, _>>()?;

    let none = limits.len() as u8;
    let (categories, row_of) =
        rows_of(&list.iter().map(|&need| problem.need(need).category).collect::<Vec<_>>());
    let mut rows = categories.iter().map(|&category| Row { category, at: Vec::new() }).collect::<Vec<_>>();
    let mut asked = vec![0; list.len()];
    let mut covered = vec![0; list.len() * limits.len()];
    for (m, &moment) in question.moments.iter().enumerate() {
        let mut worst = vec![0; ways.len()];
        for (classes, (_, numbers)) in classes_at.iter().zip(&lands) {
            for (&class, &way) in classes[m].iter().zip(numbers) {
                worst[way] = class.max(worst[way]);
            }
        }
        let mut best = vec![None; list.len()];
        for (&(n, way), &class) in ways.iter().zip(&worst) {
            if is_asked(problem, way, moment, question.span) {
                best[n] = Some(best[n].map_or(class, |best: u8| best.min(class)));
            }
        }
        for row in &mut rows {
            row.at.push(Share { asked: 0, covered: vec![0; limits.len()] });
        }
        for (n, class) in best.into_iter().enumerate() {
            let Some(class) = class else { continue };
            asked[n] += 1;
            let share = &mut rows[row_of[n]].at[m];
            share.asked += 1;
            for limit in usize::from(class)..usize::from(none) {
                share.covered[limit] += 1;
                covered[n * limits.len() + limit] += 1;
            }
        }
    }
    Ok(Layer {
        measure: Measure::Needs,
        moments: question.moments.clone(),
        limits: limits.clone(),
        rows,
        at: list.iter().map(|&need| Where::Place(problem.need_place(need))).collect(),
        masses: vec![1; list.len()],
        needs: list,
        asked,
        covered,
    })
}
