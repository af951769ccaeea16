//! Why a need is not served, or by whom it is and why by them, as data.

use qise::Problem;
use qise::eligibility::{Exclusion, Funnel};
use qise::explain::{Choice, Reason};
use qise::model::UnitId;
use qise::plan::Visit;
use serde_json::{Value, json};

use super::choice;
use crate::time::Zone;
use crate::words;

/// Who serves a need and why, as data; without visits it is handed to others.
pub fn served(problem: &Problem, zone: &Zone, found: &Choice, visits: &[(UnitId, &Visit)]) -> Value {
    let who = |unit: UnitId| &problem.volunteer(problem.unit(unit).volunteer).key;
    let (key, why) = (&problem.need(found.need).key, choice(problem, zone, found));
    let Some(&(unit, visit)) = visits.first() else {
        return json!({ "need": key, "outsourced": true, "choice": why });
    };
    // Of a crew the first, and everybody who comes.
    json!({
        "need": key,
        "served_by": who(unit),
        "start": zone.format(visit.start),
        "end": zone.format(visit.end),
        "crew": visits.iter().map(|&(unit, visit)| json!({
            "role": visit.role,
            "volunteer": who(unit),
            "vehicle": problem.unit(unit).vehicle.map(|vehicle| &problem.vehicle(vehicle).key),
            "start": zone.format(visit.start),
            "end": zone.format(visit.end),
        })).collect::<Vec<_>>(),
        "choice": why,
    })
}

/// Why nobody serves a need, as data.
pub fn unserved(problem: &Problem, zone: &Zone, reason: &Reason) -> Value {
    let (text, public) = (zone.tell(&words::reason(problem, reason)), words::public_reason(reason));
    let comes = reason.comes(problem);
    let funnel = reason.funnel.as_ref();
    let cuts = funnel
        .into_iter()
        .flat_map(Funnel::cuts)
        .map(|(cut, people)| json!({ "rule": cut.as_str(), "people": people }));
    let able = reason.able.iter().map(|&who| &problem.volunteer(who).key);
    json!({
        "need": problem.need(reason.need).key,
        "verdict": reason.verdict.as_str(),
        "text": text.en,
        "text_zh": text.zh,
        "public_text": public.en,
        "public_text_zh": public.zh,
        "people": funnel.map(|funnel| funnel.people),
        "cuts": cuts.collect::<Vec<_>>(),
        "left": funnel.map(|funnel| funnel.left),
        "rules": reason.rules.iter().map(Exclusion::as_str).collect::<Vec<_>>(),
        "able": able.collect::<Vec<_>>(),
        "comes": comes.iter().map(|&who| &problem.volunteer(who).key).collect::<Vec<_>>(),
        "gives_up": reason.gives_up().iter().map(|&need| &problem.need(need).key).collect::<Vec<_>>(),
        "bound": reason.bound.as_ref().map(crate::priority_bound),
    })
}
