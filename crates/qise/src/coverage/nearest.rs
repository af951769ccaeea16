//! How long until the nearest crew is there.

use super::measure::{on_duty, roster};
use super::point::spots;
use super::requirement_profile::{Queries, Requirements};
use super::{CoverageError, RequirementProfile, Where};
use crate::model::{NO_WAY, Problem, Seconds, Time};

/// The least time within which a crew is there that is asked for at a point at one moment; nothing where no such crew can come at all.
///
/// # Errors
/// Ids that the problem does not have; a crew that is too large.
pub fn nearest_crew(
    problem: &Problem,
    at: Where,
    ask: &RequirementProfile,
    moment: Time,
) -> Result<Option<Seconds>, CoverageError> {
    ask.check(problem)?;
    let spot = spots(problem, std::iter::once(at))?[0];
    let roster = roster(problem, &[]);
    let mut requirements = Requirements::default();
    let crew = requirements.crew(problem, ask);
    let queries = Queries::new(problem, &roster, &requirements, &[crew])?;
    let travel = problem.travel();
    let mut last = Seconds::ZERO;
    for query in &queries.list {
        let posts = on_duty(&roster, query, moment);
        let posts = posts.iter().map(|&n| &roster.posts[n as usize]);
        let there = posts.filter(|post| post.goes_to(travel, &spot)).map(|post| post.seconds(travel, &spot));
        let mut there = there.filter(|&seconds| seconds < NO_WAY).collect::<Vec<_>>();
        let Some(nth) = usize::from(query.least).checked_sub(1).filter(|&nth| nth < there.len()) else {
            return Ok(None);
        };
        last = last.max(*there.select_nth_unstable(nth).1);
    }
    Ok(Some(last))
}
