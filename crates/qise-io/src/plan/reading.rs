//! From a plan as it stands in its document to the plan of a problem.

use std::collections::HashSet;

use qise::model::{
    Amount, Code, DepotId, GoodId, NeedId, PlaceId, Previous, PreviousVisit, Seconds, Time, UnitId,
    VehicleId, VolunteerId,
};
use qise::plan::{Draft, DraftCall, DraftRoute, DraftVisit, Rest};
use qise::{Faults, Problem, Text, text};

use crate::convert::{Findings, Index, LOST, in_order, zone_of};
use crate::document as doc;
use crate::head;
use crate::path::Path;
use crate::read::{Count, Duration, List, Str, When, quoted, read, stopped};
use crate::time::Zone;

/// A plan document on its way.
pub(super) struct Reading<'p> {
    problem: &'p Problem,
    zone: Zone,
    pub(super) needs: Index<'p>,
    pub(super) volunteers: Index<'p>,
    depots: Index<'p>,
    places: Index<'p>,
    goods: Index<'p>,
    vehicles: Index<'p>,
    pub(super) findings: Findings,
}

impl<'p> Reading<'p> {
    /// Reads the structure of a plan document.
    ///
    /// # Errors
    /// Where it is no plan document at all.
    pub(super) fn open<'d>(
        problem: &'p Problem,
        zone: &Zone,
        bytes: &'d [u8],
    ) -> Result<(doc::Plan<'d>, Self), Faults> {
        let (document, mut faults) = read::<doc::Plan<'_>>(bytes);
        let Some(document) = document else {
            return Err(Faults(faults));
        };
        head::check(&mut faults, doc::Plan::FORMAT, document.format.as_ref(), document.version)?;
        let mut findings = Findings::new(faults);
        let zone = zone_of(document.time_zone.as_ref(), &mut findings).unwrap_or_else(|| zone.clone());
        let needs = Index::of("needs", problem.needs().iter().map(|need| need.key.as_str()));
        let volunteers = Index::of("volunteers", problem.volunteers().iter().map(|who| who.key.as_str()));
        let places = Index::of("places", problem.places().iter().map(|place| place.key.as_str()));
        let depots = Index::of("depots", problem.depots().iter().map(|depot| depot.key.as_str()));
        let goods = Index::of("goods", problem.goods().iter().map(|good| good.key.as_str()));
        let vehicles = Index::of("vehicles", problem.vehicles().iter().map(|vehicle| vehicle.key.as_str()));
        Ok((document, Self { problem, zone, needs, volunteers, depots, places, goods, vehicles, findings }))
    }

    /// All faults, when there are any.
    pub(super) fn finish(self) -> Result<(), Faults> {
        let mut faults = in_order(self.findings.faults, doc::Plan::FIELDS);
        if self.findings.is_cut {
            faults.0.insert(0, stopped());
        }
        faults.into_result()
    }

    /// The plan as it is stated; it means something only when nothing was found.
    pub(super) fn plan(&mut self, document: &doc::Plan<'_>) -> Draft {
        let root = Path::Root;
        let mut plan = Draft::default();
        let list = root.field("routes");
        for (r, route) in self.findings.present(&list, document.routes.as_ref()) {
            let route = self.route(&list.index(r), route);
            plan.routes.push(route);
        }
        let list = root.field("unserved");
        for (u, unserved) in self.findings.present(&list, document.unserved.as_ref()) {
            let path = list.index(u);
            let need = self.findings.refer(&self.needs, &path.field("need"), unserved.need.as_ref());
            plan.unserved.push(NeedId(need.unwrap_or(LOST)));
        }
        let list = root.field("outsourced");
        for (o, key) in self.findings.present(&list, document.outsourced.as_ref()) {
            let need = self.findings.refer(&self.needs, &list.index(o), Some(key));
            plan.outsourced.push(NeedId(need.unwrap_or(LOST)));
        }
        plan
    }

    /// The previous plan that the document states, as far as the problem knows its needs and people.
    pub(super) fn previous(&mut self, given: &doc::Previous<'_>) -> Previous {
        let root = Path::Root;
        let here = root.field("previous");
        let list = here.field("assignments");
        let (mut assignments, mut told) = (Vec::new(), HashSet::new());
        for (k, visit) in self.findings.present(&list, given.assignments.as_ref()) {
            let start = self.stated(&list.index(k).field("start"), visit.start.as_ref());
            let number = |index: &Index<'_>, key: Option<&Str<'_>>| index.get(&key?.0);
            let need = number(&self.needs, visit.need.as_ref());
            let who = number(&self.volunteers, visit.volunteer.as_ref());
            let (Some(need), Some(who), Some(start)) = (need, who, start) else { continue };
            // Each need once for each of its people: a problem takes nothing else.
            let alone = self.problem.needs()[need as usize].people() == 1;
            if told.insert((need, Some(who).filter(|_| !alone))) {
                assignments.push(PreviousVisit { need: NeedId(need), volunteer: VolunteerId(who), start });
            }
        }
        Previous {
            assignments,
            reassign_price: given.reassign_price.map_or(0, |price| price.0 as u32),
            retime_price: given.retime_price.map_or(0, |price| price.0 as u32),
            tolerance: given.tolerance.map_or(Seconds::ZERO, |tolerance| tolerance.0),
        }
    }

    fn route(&mut self, here: &Path<'_>, route: &doc::Route<'_>) -> DraftRoute {
        let unit = self.unit(here, route);
        let departure = self.stated(&here.field("departure"), route.departure.as_ref());
        let list = here.field("visits");
        let mut visits = Vec::new();
        for (v, visit) in self.findings.present(&list, route.visits.as_ref()) {
            let path = list.index(v);
            let need = self.findings.refer(&self.needs, &path.field("need"), visit.need.as_ref());
            visits.push(DraftVisit {
                need: NeedId(need.unwrap_or(LOST)),
                role: visit.role.map_or(0, |role| role.0 as u16),
                stop: visit.stop.map_or(0, |stop| stop.0 as u16),
                arrival: self.stated(&path.field("arrival"), visit.arrival.as_ref()),
                start: self.stated(&path.field("start"), visit.start.as_ref()),
                end: self.stated(&path.field("end"), visit.end.as_ref()),
            });
        }
        let calls = self.calls(&here.field("calls"), route.calls.as_ref());
        let list = here.field("breaks");
        let mut breaks = Vec::new();
        for (b, rest) in self.findings.present(&list, route.breaks.as_ref()) {
            breaks.push(Rest {
                start: self.time(&list.index(b).field("start"), rest.start.as_ref()),
                duration: rest.duration.map_or(Seconds::ZERO, |Duration(duration)| duration),
                place: rest.at.as_ref().map(|place| {
                    let path = list.index(b);
                    let place = self.findings.refer(&self.places, &path.field("at"), Some(place));
                    PlaceId(place.unwrap_or(LOST))
                }),
            });
        }
        let finish = self.stated(&here.field("finish"), route.finish.as_ref());
        let company = self.company(here, route, unit);
        let breaks = route.breaks.as_ref().map(|_| breaks);
        DraftRoute { unit, company, departure, visits, calls, breaks, finish }
    }

    fn calls(&mut self, list: &Path<'_>, given: Option<&List<doc::Call<'_>>>) -> Vec<DraftCall> {
        let mut calls = Vec::new();
        for (c, call) in self.findings.present(list, given) {
            let path = list.index(c);
            let depot = self.findings.refer(&self.depots, &path.field("depot"), call.depot.as_ref());
            calls.push(DraftCall {
                depot: DepotId(depot.unwrap_or(LOST)),
                before: call.before.map_or(0, |before| before.0 as u32),
                arrival: self.stated(&path.field("arrival"), call.arrival.as_ref()),
                start: self.stated(&path.field("start"), call.start.as_ref()),
                end: self.stated(&path.field("end"), call.end.as_ref()),
                takes: self.parcels(&path.field("takes"), call.takes.as_ref()),
                gives: self.parcels(&path.field("gives"), call.gives.as_ref()),
            });
        }
        calls
    }

    fn parcels(&mut self, list: &Path<'_>, given: Option<&List<doc::Parcel<'_>>>) -> Vec<Amount> {
        let mut amounts = Vec::new();
        for (k, parcel) in self.findings.present(list, given) {
            let good = self.findings.refer(&self.goods, &list.index(k).field("good"), parcel.good.as_ref());
            let amount = parcel.amount.map_or(0, |amount| amount.0);
            amounts.push(Amount { good: GoodId(good.unwrap_or(LOST)), amount });
        }
        amounts
    }

    /// The units of those who go along: each in the shift that is like the lead's, or in the first, where none is.
    fn company(&mut self, here: &Path<'_>, route: &doc::Route<'_>, lead: UnitId) -> Vec<UnitId> {
        let list = here.field("company");
        let mut company = Vec::new();
        for (c, key) in self.findings.present(&list, route.company.as_ref()) {
            let path = list.index(c);
            let Some(who) = self.findings.refer(&self.volunteers, &path, Some(key)) else { continue };
            let lead = self.problem.units().get(lead.index());
            let joins = |&unit: &UnitId| lead.is_some_and(|lead| lead.may_join(self.problem.unit(unit)));
            let mut units = self.problem.units_of(VolunteerId(who));
            let first = self.problem.units_of(VolunteerId(who)).next();
            if let Some(unit) = units.find(joins).or(first) {
                company.push(unit);
            } else {
                let expected = text!("a person with a shift", "有班次的人员");
                let found = format!("{:?}", key.0);
                let code = Code::UnknownReference;
                self.findings.fault(&path, code, found, expected, Text::default());
            }
        }
        company
    }

    /// The unit of a person in a shift, by their own means or with a vehicle.
    fn unit(&mut self, here: &Path<'_>, route: &doc::Route<'_>) -> UnitId {
        let path = here.field("volunteer");
        let who = self.findings.refer(&self.volunteers, &path, route.volunteer.as_ref());
        let path = here.field("vehicle");
        let taken = route.vehicle.as_ref();
        let vehicle = taken.map(|key| self.findings.refer(&self.vehicles, &path, Some(key)).map(VehicleId));
        let (Some(who), Some(vehicle)) = (who.map(VolunteerId), vehicle.map_or(Some(None), |v| v.map(Some)))
        else {
            return UnitId(LOST);
        };
        let shift = route.shift.map_or(0, |Count(shift)| shift);
        let count = self.problem.volunteer(who).shifts.len();
        let is_it = |&id: &UnitId| {
            let unit = self.problem.unit(id);
            (i64::from(unit.shift), unit.vehicle) == (shift, vehicle)
        };
        let found = self.problem.units_of(who).find(is_it);
        if found.is_none() {
            let (field, found, expected) = match taken.filter(|_| shift < count as i64) {
                None => {
                    let expected = text!(
                        "one of the person's {count} shifts, counted from 0",
                        "此人 {count} 个班次之一，从 0 数起"
                    );
                    (here.field("shift"), shift.to_string(), expected)
                }
                Some(key) => {
                    let expected =
                        text!("a vehicle that this person may take in this shift", "此人在此班次可用的车辆");
                    (path, quoted(&key.0), expected)
                }
            };
            self.findings.fault(&field, Code::UnknownReference, found, expected, Text::default());
        }
        found.unwrap_or(UnitId(LOST))
    }

    /// The time that stands at `path`; any at all where there is none, which has been noted.
    pub(super) fn time(&mut self, path: &Path<'_>, when: Option<&When<'_>>) -> Time {
        self.stated(path, when).unwrap_or_default()
    }

    /// The time that stands at `path`, where one does.
    fn stated(&mut self, path: &Path<'_>, when: Option<&When<'_>>) -> Option<Time> {
        self.findings.time(Some(&self.zone), path, when)
    }
}
