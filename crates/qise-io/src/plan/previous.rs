//! A plan document as the plan that people were told already.

use std::collections::HashSet;

use qise::model::{Code, Fault, NeedId, Previous, PreviousVisit, VolunteerId};
use qise::{Faults, Problem, Text, text};

use super::Reading;
use crate::path::Path;
use crate::read::{Str, quoted};
use crate::time::Zone;

/// A plan that people were told, as far as a problem still knows its needs and people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviousDocument {
    /// What a new plan is held against.
    pub previous: Previous,
    /// The visits left out, because their need or their person is no longer there.
    pub gone: Vec<Fault>,
}

/// Reads a plan document as the previous plan of `problem`, with the prices and the tolerance of `prices`, whose own
/// assignments do not count.
///
/// Since that plan was made needs may have been withdrawn and people have left. Visits of those are no fault: they are
/// left out, and named in [`PreviousDocument::gone`].
///
/// # Errors
/// What is wrong with the document itself, and a need that it serves twice.
pub fn read_previous(
    problem: &Problem,
    zone: &Zone,
    bytes: &[u8],
    prices: &Previous,
) -> Result<PreviousDocument, Faults> {
    let (document, mut reading) = Reading::open(problem, zone, bytes)?;
    let mut gone = Vec::new();
    let mut assignments = Vec::new();
    let mut told = HashSet::new();
    let mut seen = vec![false; problem.needs().len()];
    let root = Path::Root;
    let routes = root.field("routes");
    for (r, route) in reading.findings.present(&routes, document.routes.as_ref()) {
        let here = routes.index(r);
        let Some(key) = &route.volunteer else { continue };
        let who = reading.volunteers.get(&key.0);
        if who.is_none() {
            gone.push(no_longer_there(&here.field("volunteer"), key));
        }
        let visits = here.field("visits");
        for (v, visit) in reading.findings.present(&visits, route.visits.as_ref()) {
            let here = visits.index(v);
            let start = reading.time(&here.field("start"), visit.start.as_ref());
            if visit.start.is_none() {
                let expected = text!("the start that people were told", "已告知的开始时间");
                let found = text!("nothing", "空缺");
                let path = here.field("start");
                reading.findings.fault(&path, Code::MissingField, found, expected, Text::default());
            }
            // Of a ride the start at its first stop is told.
            let Some(key) = visit.need.as_ref().filter(|_| visit.stop.is_none_or(|stop| stop.0 == 0)) else {
                continue;
            };
            let path = here.field("need");
            let Some(need) = reading.needs.get(&key.0) else {
                gone.push(no_longer_there(&path, key));
                continue;
            };
            let alone = problem.needs()[need as usize].people() == 1;
            let again = !told.insert((need, who));
            if again || alone && std::mem::replace(&mut seen[need as usize], true) {
                let expected = text!("each need once for each of its people", "每个需求每人一次");
                reading.findings.fault(
                    &path,
                    Code::DuplicateEntry,
                    quoted(&key.0),
                    expected,
                    Text::default(),
                );
            }
            if let Some(who) = who {
                assignments.push(PreviousVisit { need: NeedId(need), volunteer: VolunteerId(who), start });
            }
        }
    }
    reading.finish()?;
    Ok(PreviousDocument { previous: Previous { assignments, ..prices.clone() }, gone })
}

fn no_longer_there(path: &Path<'_>, key: &Str<'_>) -> Fault {
    let expected = text!("an id of this scenario", "本场景中的编号");
    Fault::new(path.to_string(), Code::UnknownReference, quoted(&key.0), expected)
}
