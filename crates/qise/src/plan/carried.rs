//! A plan taken from one problem to another, or to another version of the same.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Call, Plan, Route, Visit};
use crate::model::{Amount, DepotId, GoodId, NeedId, Problem, UnitId, VehicleId, VolunteerId};

/// What of a plan another problem does not have, by the ids of the problem that the plan was for. Each is named once, in the order of its ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Needs, also where only a role or a stop is missing.
    pub needs: Vec<NeedId>,
    /// Whose routes, or who went along.
    pub units: Vec<UnitId>,
    /// Depots at which was called.
    pub depots: Vec<DepotId>,
    /// Goods that changed hands.
    pub goods: Vec<GoodId>,
}

impl LeftOut {
    /// Whether nothing was left out.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Plan {
    /// Whether the ids of the plan are those of a problem. A plan that does not know its problem is taken at its word.
    pub fn is_of(&self, problem: &Problem) -> bool {
        self.fingerprint.is_none_or(|fingerprint| fingerprint == problem.fingerprint())
    }

    /// The plan as far as it makes sense for another problem, and what was left out of it.
    ///
    /// Needs, people, vehicles, depots and goods are found again by their keys. A route goes to the shift of the same person and vehicle in
    /// which it lies, or else to that of the same number. Times stay as they are, so that they may break rules of the other problem; a
    /// need that is neither served nor handed to others is listed as unserved. Ids that `from` does not have are passed over.
    #[must_use]
    pub fn carried(&self, from: &Problem, to: &Problem) -> (Plan, LeftOut) {
        if from.fingerprint() == to.fingerprint() {
            return (Plan { fingerprint: Some(to.fingerprint()), ..self.clone() }, LeftOut::default());
        }
        let mut carrier = Carrier::new(from, to);
        let routes = carrier.routes(&self.routes);
        let mut outsourced =
            self.outsourced.iter().filter_map(|&need| carrier.need(need)).collect::<Vec<_>>();
        outsourced.sort_unstable();
        // What `to` has no more is told also where nobody served it.
        for &need in &self.unserved {
            let _ = carrier.need(need);
        }
        let visits = routes.iter().flat_map(|route| &route.visits).map(|visit| visit.need);
        let done = visits.chain(outsourced.iter().copied()).map(|need| to.stands_for(need));
        let done = done.collect::<FxHashSet<_>>();
        let unserved = to.standing().filter(|need| !done.contains(need)).collect();
        let fingerprint = Some(to.fingerprint());
        (Plan { routes, unserved, outsourced, fingerprint }, carrier.left_out())
    }
}

/// Who takes a plan over, and what they could not take.
struct Carrier<'p> {
    from: &'p Problem,
    to: &'p Problem,
    needs: FxHashMap<&'p str, NeedId>,
    people: FxHashMap<&'p str, VolunteerId>,
    vehicles: FxHashMap<&'p str, VehicleId>,
    depots: FxHashMap<&'p str, DepotId>,
    goods: FxHashMap<&'p str, GoodId>,
    lost: LeftOut,
}

fn numbered<'p, T: 'p, I>(
    all: &'p [T],
    key: impl Fn(&'p T) -> &'p str,
    id: impl Fn(usize) -> I,
) -> FxHashMap<&'p str, I> {
    all.iter().enumerate().map(|(number, one)| (key(one), id(number))).collect()
}

impl<'p> Carrier<'p> {
    fn new(from: &'p Problem, to: &'p Problem) -> Self {
        Self {
            from,
            to,
            needs: numbered(to.needs(), |need| &need.key, NeedId::new),
            people: numbered(to.volunteers(), |volunteer| &volunteer.key, VolunteerId::new),
            vehicles: numbered(to.vehicles(), |vehicle| &vehicle.key, VehicleId::new),
            depots: numbered(to.depots(), |depot| &depot.key, DepotId::new),
            goods: numbered(to.goods(), |good| &good.key, GoodId::new),
            lost: LeftOut::default(),
        }
    }

    fn need(&mut self, id: NeedId) -> Option<NeedId> {
        let need = self.from.needs().get(id.index())?;
        let found = self.needs.get(need.key.as_str()).copied();
        if found.is_none() {
            self.lost.needs.push(id);
        }
        found
    }

    fn visit(&mut self, visit: &Visit) -> Option<Visit> {
        let need = self.need(visit.need)?;
        let there = self.to.need(need);
        if usize::from(visit.role) >= there.roles.len() || usize::from(visit.stop) >= there.stops.len() {
            self.lost.needs.push(visit.need);
            return None;
        }
        Some(Visit { need, ..*visit })
    }

    /// The unit of the same person and vehicle in whose shift the route lies, and whether it does; or else that of the shift with the
    /// same number.
    fn unit(&self, id: UnitId, route: &Route) -> Option<(UnitId, bool)> {
        let unit = self.from.units().get(id.index())?;
        let who = *self.people.get(self.from.volunteer(unit.volunteer).key.as_str())?;
        let vehicle = match unit.vehicle {
            Some(vehicle) => Some(*self.vehicles.get(self.from.vehicle(vehicle).key.as_str())?),
            None => None,
        };
        let like = self.to.units_of(who).filter(|&other| self.to.unit(other).vehicle == vehicle);
        let ranked = like.filter_map(|other| {
            let there = self.to.unit(other);
            let holds = there.start <= route.departure && route.finish <= there.end;
            let same = there.shift == unit.shift;
            (holds || same).then_some((!holds, !same, other))
        });
        ranked.min().map(|(holds_not, _, other)| (other, !holds_not))
    }

    fn call(&mut self, call: &Call, before: u32) -> Option<Call> {
        let depot = self.from.depots().get(call.depot.index())?;
        let Some(&depot) = self.depots.get(depot.key.as_str()) else {
            self.lost.depots.push(call.depot);
            return None;
        };
        let mut goods = |amounts: &[Amount]| amounts.iter().filter_map(|one| self.amount(*one)).collect();
        let (takes, gives) = (goods(&call.takes), goods(&call.gives));
        Some(Call { depot, before, takes, gives, ..call.clone() })
    }

    fn amount(&mut self, amount: Amount) -> Option<Amount> {
        let good = self.from.goods().get(amount.good.index())?;
        let found = self.goods.get(good.key.as_str()).copied();
        if found.is_none() {
            self.lost.goods.push(amount.good);
        }
        Some(Amount { good: found?, ..amount })
    }

    fn routes(&mut self, routes: &[Route]) -> Vec<Route> {
        let units = routes.iter().map(|route| self.unit(route.unit, route)).collect::<Vec<_>>();
        // Where shifts were renumbered two routes may come to one unit: the one that lies in its shift keeps it.
        let mut owner = FxHashMap::<UnitId, usize>::default();
        for wanted in [true, false] {
            for (r, &(unit, holds)) in
                units.iter().enumerate().filter_map(|(r, unit)| Some((r, unit.as_ref()?)))
            {
                if holds == wanted {
                    owner.entry(unit).or_insert(r);
                }
            }
        }
        let mut carried = Vec::with_capacity(routes.len());
        for (r, (route, unit)) in routes.iter().zip(units).enumerate() {
            match unit.filter(|(unit, _)| owner[unit] == r) {
                Some((unit, _)) => carried.push(self.route(route, unit)),
                None => self.lose(route.unit),
            }
        }
        carried.sort_by_key(|route| route.unit);
        carried
    }

    fn lose(&mut self, unit: UnitId) {
        if unit.index() < self.from.units().len() {
            self.lost.units.push(unit);
        }
    }

    fn route(&mut self, route: &Route, unit: UnitId) -> Route {
        let kept = route.visits.iter().map(|visit| self.visit(visit)).collect::<Vec<_>>();
        let calls = route.calls.iter().filter_map(|call| {
            let before = kept.iter().take(call.before as usize).flatten().count();
            self.call(call, before as u32)
        });
        let calls = calls.collect();
        let mut company = Vec::new();
        for &other in &route.company {
            match self.unit(other, route) {
                Some((unit, _)) => company.push(unit),
                None => self.lose(other),
            }
        }
        let visits = kept.into_iter().flatten().collect();
        Route { unit, company, visits, calls, ..route.clone() }
    }

    fn left_out(self) -> LeftOut {
        let mut lost = self.lost;
        lost.needs.sort_unstable();
        lost.needs.dedup();
        lost.units.sort_unstable();
        lost.units.dedup();
        lost.depots.sort_unstable();
        lost.depots.dedup();
        lost.goods.sort_unstable();
        lost.goods.dedup();
        lost
    }
}
