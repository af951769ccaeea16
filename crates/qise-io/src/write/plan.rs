//! Writing plans.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use qise::Problem;
use qise::explain::Reason;
use qise::model::{Amount, Metres, NO_WAY, NeedId, PlaceId, Seconds, Unit, VehicleId};
use qise::plan::{Call, Evaluation, Plan, Rest, Route, RouteStarts, Step, Visit};
use serde_json::Value;

use super::scenario::Writer;
use super::to_text;
use crate::bounds::priority_bound;
use crate::document as doc;
use crate::fingerprint::fingerprint;
use crate::head;
use crate::read::{Anything, Choice, Count, Duration, Figures, List, Str};
use crate::time::Zone;
use crate::words;

/// What a plan document says for people, beside the plan itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlanNotes<'n> {
    /// Why needs are not served; those of other needs are left out.
    pub reasons: &'n [Reason],
    /// Key figures by name.
    pub figures: BTreeMap<String, Value>,
    /// How the plan was found, by name. Nothing in it should differ between runs with equal seed and iterations.
    pub statistics: BTreeMap<String, Value>,
}

/// Writes a plan with its score, its times in `zone`, and what `notes` say of it.
///
/// Ids that the problem does not have are left out; the judge has something to say about those.
pub fn write_plan(
    problem: &Problem,
    zone: &Zone,
    plan: &Plan,
    evaluation: &Evaluation,
    notes: &PlanNotes<'_>,
) -> String {
    let writer = Writer { problem, zone };
    let starts = RouteStarts::of(problem, plan);
    // Of several ways to do one thing the reason is that of the nearest; the plan lists the first.
    let first = |need: NeedId| problem.stands_for(need);
    let reasons = notes.reasons.iter().map(|reason| (first(reason.need), reason)).collect::<HashMap<_, _>>();
    let score = &evaluation.score;
    let document = doc::Plan {
        format: Some(doc::Plan::FORMAT.into()),
        version: Some(Count(head::VERSION)),
        scenario: Some(problem.name().into()),
        fingerprint: Some(fingerprint(problem).into()),
        time_zone: Some(zone.name().into()),
        routes: Some(plan.routes.iter().map(|route| writer.route(&starts, route)).collect()),
        unserved: Some(
            plan.unserved
                .iter()
                .map(|need| writer.unserved(*need, reasons.get(&first(*need)).copied()))
                .collect(),
        ),
        outsourced: Some(plan.outsourced.iter().filter_map(|&need| writer.need_key(need)).collect())
            .filter(|_| !plan.outsourced.is_empty()),
        score: Some(doc::Score {
            levels: Some(score.levels.iter().map(|&level| Count(level)).collect()),
            terms: Some(doc::Terms(score.terms.iter().collect())),
        }),
        previous: writer.previous(),
        figures: loose(&notes.figures).map(|Anything(figures)| Figures(figures)),
        statistics: loose(&notes.statistics),
    };
    to_text(&document)
}

/// A route as a document writes it.
pub(crate) fn written_route<'p>(
    problem: &'p Problem,
    starts: &RouteStarts<'p>,
    route: &Route,
) -> doc::Route<'p> {
    static UTC: LazyLock<Zone> = LazyLock::new(Zone::utc);
    Writer { problem, zone: &UTC }.route(starts, route)
}

fn loose(values: &BTreeMap<String, Value>) -> Option<Anything> {
    if values.is_empty() {
        return None;
    }
    Some(Anything(Value::Object(values.iter().map(|(name, value)| (name.clone(), value.clone())).collect())))
}

impl<'p> Writer<'p> {
    fn route(self, starts: &RouteStarts<'p>, route: &Route) -> doc::Route<'p> {
        let unit = self.problem.units().get(route.unit.index());
        let start = starts.unit(route.unit).map(|unit| unit.from);
        let mut way = unit.zip(start).map(|(unit, start)| Way::from(self.problem, unit, start));
        // The legs go by way of the depots; calls stand in the document in the order of the plan.
        let mut visits = Vec::with_capacity(route.visits.len());
        let mut calls = Vec::with_capacity(route.calls.len());
        let mut rests = route.breaks.iter().peekable();
        for step in route.steps() {
            while let Some(rest) = rests.next_if(|rest| rest.start < step.start()) {
                self.by(rest, way.as_mut());
            }
            match step {
                Step::Visit(_, visit) => visits.push(self.visit(visit, way.as_mut())),
                Step::Call(c, call) => calls.push((c, self.call(call, way.as_mut()))),
            }
        }
        rests.for_each(|rest| self.by(rest, way.as_mut()));
        calls.sort_by_key(|&(c, _)| c);
        let home = unit.and_then(|unit| unit.to).filter(|_| !route.visits.is_empty());
        if let Some((way, home)) = way.as_mut().zip(home) {
            way.go(home);
        }
        let rest = |rest: &Rest| doc::Rest {
            start: Some(self.when(rest.start)),
            duration: Some(Duration(rest.duration)),
            at: rest
                .place
                .and_then(|id| self.problem.places().get(id.index()).map(|place| place.key.as_str().into())),
        };
        let company = route.company.iter().filter_map(|other| {
            let unit = self.problem.units().get(other.index())?;
            self.volunteer_key(unit.volunteer)
        });
        doc::Route {
            volunteer: unit.and_then(|unit| self.volunteer_key(unit.volunteer)),
            shift: unit.map(|unit| Count(i64::from(unit.shift))),
            company: Some(company.collect()).filter(|_| !route.company.is_empty()),
            vehicle: unit.and_then(|unit| unit.vehicle).and_then(|vehicle| self.vehicle_key(vehicle)),
            departure: Some(self.when(route.departure)),
            visits: Some(visits.into_iter().collect()),
            calls: Some(calls.into_iter().map(|(_, call)| call).collect())
                .filter(|_| !route.calls.is_empty()),
            breaks: Some(route.breaks.iter().map(rest).collect()).filter(|_| !route.breaks.is_empty()),
            finish: Some(self.when(route.finish)),
            travel_s: way.as_ref().map(|way| Count(way.seconds.0)),
            distance_m: way.as_ref().map(|way| Count(way.metres.0)),
        }
    }

    /// Goes by the place of a break, if it has one; what that takes counts on the way to the next stop.
    fn by(self, rest: &Rest, way: Option<&mut Way<'p>>) {
        let known = rest.place.filter(|place| place.index() < self.problem.places().len());
        if let Some((way, place)) = way.zip(known) {
            way.before = way.go(place);
        }
    }

    fn visit(self, visit: &Visit, way: Option<&mut Way<'p>>) -> doc::Visit<'p> {
        let need = self.problem.needs().get(visit.need.index());
        let place = need.and_then(|need| need.stops.get(usize::from(visit.stop))).map(|stop| stop.place);
        let leg = way.zip(place).map(|(way, place)| way.go(place));
        doc::Visit {
            need: self.need_key(visit.need),
            role: (visit.role > 0).then(|| Count(i64::from(visit.role))),
            stop: (visit.stop > 0).then(|| Count(i64::from(visit.stop))),
            arrival: Some(self.when(visit.arrival)),
            start: Some(self.when(visit.start)),
            end: Some(self.when(visit.end)),
            travel_s: leg.map(|(seconds, _)| Count(seconds.0)),
            distance_m: leg.map(|(_, metres)| Count(metres.0)),
        }
    }

    fn call(self, call: &Call, way: Option<&mut Way<'p>>) -> doc::Call<'p> {
        let depot = self.problem.depots().get(call.depot.index());
        let leg = way.zip(depot).map(|(way, depot)| way.go(depot.place));
        doc::Call {
            depot: depot.map(|depot| depot.key.as_str().into()),
            before: Some(Count(i64::from(call.before))),
            arrival: Some(self.when(call.arrival)),
            start: Some(self.when(call.start)),
            end: Some(self.when(call.end)),
            takes: self.parcels(&call.takes),
            gives: self.parcels(&call.gives),
            travel_s: leg.map(|(seconds, _)| Count(seconds.0)),
            distance_m: leg.map(|(_, metres)| Count(metres.0)),
        }
    }

    fn parcels(self, amounts: &[Amount]) -> Option<List<doc::Parcel<'p>>> {
        let parcel = |amount: &Amount| doc::Parcel {
            good: self.good_key(amount.good),
            amount: Some(Count(amount.amount)),
        };
        Some(amounts.iter().map(parcel).collect()).filter(|_| !amounts.is_empty())
    }

    fn vehicle_key(self, id: VehicleId) -> Option<Str<'p>> {
        self.problem.vehicles().get(id.index()).map(|vehicle| vehicle.key.as_str().into())
    }

    fn unserved(self, need: NeedId, reason: Option<&Reason>) -> doc::Unserved<'p> {
        let reason = reason.map(|reason| {
            let (told, public) =
                (self.zone.tell(&words::reason(self.problem, reason)), words::public_reason(reason));
            let funnel = reason.funnel.as_ref();
            let cut = |(cut, people): (qise::eligibility::Exclusion, u32)| doc::Cut {
                rule: Some(cut.as_str().into()),
                people: Some(Count(i64::from(people))),
            };
            doc::Reason {
                verdict: Some(Choice(reason.verdict)),
                text: Some(told.en.into()),
                text_zh: Some(told.zh.into()),
                public_text: Some(public.en.into()),
                public_text_zh: Some(public.zh.into()),
                people: funnel.map(|funnel| Count(i64::from(funnel.people))),
                cuts: funnel.map(|funnel| funnel.cuts().map(cut).collect()),
                left: funnel.map(|funnel| Count(i64::from(funnel.left))),
                rules: Some(reason.rules.iter().map(|rule| rule.as_str().into()).collect()),
                able: Some(reason.able.iter().filter_map(|&who| self.volunteer_key(who)).collect()),
                comes: Some(
                    reason
                        .comes(self.problem)
                        .into_iter()
                        .filter_map(|who| self.volunteer_key(who))
                        .collect(),
                ),
                gives_up: Some(reason.gives_up().iter().filter_map(|&need| self.need_key(need)).collect()),
                bound: reason.bound.as_ref().map(|bound| Anything(priority_bound(bound))),
            }
        });
        doc::Unserved { need: self.need_key(need), reason }
    }
}

/// The way of one unit, leg by leg.
struct Way<'p> {
    problem: &'p Problem,
    unit: &'p Unit,
    here: PlaceId,
    seconds: Seconds,
    metres: Metres,
    /// What has been gone since the last stop, by way of places of breaks.
    before: (Seconds, Metres),
}

impl<'p> Way<'p> {
    fn from(problem: &'p Problem, unit: &'p Unit, start: PlaceId) -> Self {
        Self {
            problem,
            unit,
            here: start,
            seconds: Seconds::ZERO,
            metres: Metres::ZERO,
            before: Default::default(),
        }
    }

    /// Goes on to a place: how long it takes and how far it is. Where there is no way, the leg counts as nothing; the
    /// judge says what is wrong with it.
    fn go(&mut self, to: PlaceId) -> (Seconds, Metres) {
        let travel = self.problem.travel();
        let seconds = Some(travel.seconds(self.unit.mode, self.here, to)).filter(|&s| s != NO_WAY);
        let leg = (seconds.unwrap_or(Seconds::ZERO), travel.metres(self.unit.mode, self.here, to));
        self.seconds += leg.0;
        self.metres += leg.1;
        self.here = to;
        let before = std::mem::take(&mut self.before);
        (before.0 + leg.0, before.1 + leg.1)
    }
}
