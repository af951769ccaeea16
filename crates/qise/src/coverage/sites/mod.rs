//! Where the next teams, or lending points, would cover most: the maximal covering location problem (Church and `ReVelle` 1974).
//!
//! A site *gains* what is not covered yet and would be with one new team there: a crew may be made of those who are there already and
//! of one new team; two new teams do not count together. So what several sites gain is what the union of their sets weighs, a
//! submodular function: choosing the best site again and again gains at least 1 − 1/e (63.2 %) of what the best choice gains
//! (Nemhauser, Wolsey and Fisher 1978).

mod cover;
mod exact;
mod greedy;
mod placement_problem;
mod records;

use super::{CoverageError, Demand, Measure, Question};
use crate::base::Stop;
use crate::model::Problem;
pub use records::{Chosen, Method, Placement, Sites, Team};

/// Places teams where they cover most of a demand. The limits of `question` are not asked: that of `sites` is.
///
/// # Errors
/// What is wrong with the question, the points, the candidates or the new team, or that `stop` was over before there was an
/// answer.
pub fn place(
    problem: &Problem,
    demand: &Demand,
    question: &Question,
    sites: &Sites,
    stop: &Stop,
) -> Result<Placement, CoverageError> {
    let question = Question { limits: vec![sites.limit], ..question.clone() };
    question.check(problem)?;
    if sites.candidates.is_empty() {
        return Err(CoverageError::NothingToPlace);
    }
    let spent = || stop.spent();
    let scene = placement_problem::PlacementProblem::new(problem, &question, sites)?;
    let cover = cover::Cover::new(&scene, demand, &question, sites, &spent)?;
    let first = greedy::greedy(&cover, sites.count);
    let (chosen, bound, steps) = match sites.method {
        Method::Greedy => (first.chosen.clone(), first.bound, 0),
        Method::Exact { steps } => exact::exact(&cover, sites.count, &first, steps, &spent)?,
    };
    let ranked = cover.ranked(&chosen);
    let gain = ranked.iter().map(|chosen| chosen.gain).sum::<u128>();
    Ok(Placement {
        measure: match demand {
            Demand::Needs => Measure::Needs,
            Demand::Residents(_) => Measure::Residents,
            Demand::Land(_) => Measure::Land,
        },
        asked: cover.asked,
        before: cover.before,
        after: cover.before + gain,
        greedy: cover.before + first.gain as u128,
        bound: cover.before + bound as u128,
        chosen: ranked,
        steps,
    })
}
