//! Who could serve a need, or what somebody could serve, as data.

use qise::Problem;
use qise::model::{Term, Terms};
use qise::query::Offer;
use serde_json::{Map, Value, json};

use crate::time::Zone;

/// Offers as data, in their order; times in `zone`.
pub fn offers(problem: &Problem, zone: &Zone, offers: &[Offer]) -> Value {
    offers.iter().map(|one| offer(problem, zone, one)).collect()
}

/// An offer as data.
pub(super) fn offer(problem: &Problem, zone: &Zone, offer: &Offer) -> Value {
    let visits = offer.visits().map(|(unit, visit)| {
        json!({
            "volunteer": problem.volunteer(problem.unit(unit).volunteer).key,
            "vehicle": problem.unit(unit).vehicle.map(|vehicle| &problem.vehicle(vehicle).key),
            "role": visit.role,
            "stop": visit.stop,
            "start": zone.format(visit.start),
            "end": zone.format(visit.end),
        })
    });
    json!({
        "need": problem.need(offer.need).key,
        "visits": visits.collect::<Vec<_>>(),
        "added_travel_s": offer.travel().0,
        "levels": problem.objective().score(&offer.growth).levels,
        "growth": growth(problem, &offer.growth),
        "moves_others": offer.moves_others,
        "displaces": offer.displaces.iter().map(|&need| &problem.need(need).key).collect::<Vec<_>>(),
    })
}

/// The terms that the objective uses, and travel time, by name.
pub(super) fn growth(problem: &Problem, terms: &Terms) -> Map<String, Value> {
    let used = Term::ALL.iter().filter(|&&term| term == Term::TravelTime || problem.objective().uses(term));
    used.map(|&term| (term.as_str().to_owned(), json!(terms.get(term)))).collect()
}
