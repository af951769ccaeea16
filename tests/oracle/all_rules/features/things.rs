//! Loads, goods, depots, vehicles.

use qise::model::{
    Amount, Depot, DimensionId, Good, GoodId, Handling, Load, Means, Metres, PlaceId, ProfileId, Quality,
    Requirement, Restock, Seconds, Stock, Supply, Unload, Vehicle, VehicleId, Window,
};
use qise::plan::{Call, Route};
use rand::RngExt;

use super::super::draw::{Draw, level};
use super::times::metres;

const KG: DimensionId = DimensionId(0);

/// What people carry is more than one of them can.
pub(super) fn load(draw: &mut Draw) -> Option<()> {
    let route = draw.route()?;
    let carried = route.visits.iter().map(|visit| {
        let roles = &draw.problem.need(visit.need).roles;
        roles[usize::from(visit.role)].load.iter().map(|load| load.amount).sum::<i64>()
    });
    let sum: i64 = carried.sum();
    if sum == 0 {
        return None;
    }
    let amount = draw.random.random_range(0..sum);
    let who = draw.who(route.unit);
    draw.volunteer(who).capacity = vec![Load { dimension: KG, amount }];
    Some(())
}

/// Two depots with two kinds of goods, one of which comes back; most needs for one person ask for some.
pub(super) fn goods(draw: &mut Draw) -> Option<()> {
    if !draw.data.goods.is_empty() {
        return None;
    }
    let names = ["fodder", "drill"];
    let good = |(g, key): (usize, &&str)| Good {
        key: (*key).into(),
        name: None,
        unit: None,
        load: vec![Load { dimension: KG, amount: 1 }],
        comes_back: g == 1,
    };
    draw.data.goods = names.iter().enumerate().map(good).collect();
    let places = draw.data.places.len();
    for d in 0..draw.random.random_range(1..=2) {
        let place = if d == 0 { places - 1 } else { draw.random.random_range(0..places) };
        let stock = |good| Stock { good: GoodId(good), amount: None, restocks: vec![] };
        let service = draw.minutes(0, 15);
        draw.data.depots.push(Depot {
            key: format!("d{d}"),
            name: None,
            place: PlaceId::new(place),
            windows: vec![],
            service,
            stocks: vec![stock(0), stock(1)],
        });
    }
    let mut asked = 0;
    for n in 0..draw.data.needs.len() {
        let need = &draw.data.needs[n];
        if need.is_crew() || need.is_ride() || draw.random.random_bool(0.3) {
            continue;
        }
        let good = GoodId(draw.random.random_range(0..2));
        let handling = match (good.0, draw.random.random_range(0..3)) {
            (0, _) | (_, 0) => Handling::Deliver,
            (_, 1) => Handling::Carry,
            _ => Handling::Collect,
        };
        let what = Amount { good, amount: draw.random.random_range(1..3) };
        draw.data.needs[n].goods = vec![Supply { what, handling }];
        asked += 1;
    }
    for v in 0..draw.data.volunteers.len() {
        if draw.random.random_bool(0.15) {
            let carries = Amount { good: GoodId(draw.random.random_range(0..2)), amount: 1 };
            draw.data.volunteers[v].shifts[0].carries = vec![carries];
        }
    }
    (asked > 0).then_some(())
}

/// A route with a call, where goods are asked for at all.
fn call(draw: &mut Draw) -> Option<(Route, Call)> {
    if draw.data.goods.is_empty() && (goods(draw).is_none() || !draw.settle()) {
        return None;
    }
    let calls = draw.plan.routes.iter().flat_map(|route| route.calls.iter().map(move |call| (route, call)));
    let calls = calls.map(|(route, call)| (route.clone(), call.clone())).collect::<Vec<_>>();
    (!calls.is_empty()).then(|| calls[draw.random.random_range(0..calls.len())].clone())
}

/// The depot no longer keeps what was got there.
pub(super) fn depot_without(draw: &mut Draw) -> Option<()> {
    let (_, call) = call(draw)?;
    let got = call.takes.first().or(call.gives.first())?.good;
    draw.data.depots[call.depot.index()].stocks.retain(|stock| stock.good != got);
    Some(())
}

/// It has less than is taken; sometimes the rest comes in later.
pub(super) fn stock(draw: &mut Draw) -> Option<()> {
    let (_, call) = call(draw)?;
    let got = *call.takes.first()?;
    let taken = |of: &Call| {
        of.takes.iter().filter(|taken| taken.good == got.good).map(|taken| taken.amount).sum::<i64>()
    };
    let calls = draw.plan.routes.iter().flat_map(|route| &route.calls).filter(|of| of.depot == call.depot);
    let sum: i64 = calls.map(taken).sum();
    let later = draw.random.random_bool(0.4);
    let at = call.start + draw.minutes(10, 120);
    let stock =
        draw.data.depots[call.depot.index()].stocks.iter_mut().find(|stock| stock.good == got.good)?;
    stock.amount = Some(sum - 1);
    if later {
        stock.restocks = vec![Restock { at, amount: 2 }];
    }
    Some(())
}

pub(super) fn depot_closed(draw: &mut Draw) -> Option<()> {
    let (_, call) = call(draw)?;
    let by = draw.minutes(5, 90);
    let (from, to) = if draw.random.random_bool(0.5) {
        (call.start + by, call.start + Seconds(200_000))
    } else {
        (call.start - Seconds(200_000), call.start - by)
    };
    draw.data.depots[call.depot.index()].windows = vec![Window { from, to }];
    Some(())
}

pub(super) fn calls(draw: &mut Draw) -> Option<()> {
    let (route, _) = call(draw)?;
    draw.shift(route.unit).most_calls = Some(route.calls.len() as u32 - 1);
    Some(())
}

/// One van for people who can carry nothing themselves.
pub(super) fn vehicle(draw: &mut Draw) -> Option<()> {
    if !draw.data.vehicles.is_empty() {
        return None;
    }
    let homes = draw.data.volunteers.iter().map(|volunteer| volunteer.home).collect::<Vec<_>>();
    let carries = if draw.data.goods.is_empty() || draw.random.random_bool(0.5) {
        vec![]
    } else {
        vec![Amount { good: GoodId(0), amount: 2 }]
    };
    let mut drivers = Requirement::default();
    if draw.random.random_bool(0.3) {
        drivers.all = vec![Quality::Skill(level(0, 1))];
    }
    draw.data.vehicles.push(Vehicle {
        key: "van".into(),
        name: None,
        place: homes[draw.random.random_range(0..homes.len())],
        profile: ProfileId(0),
        capacity: vec![Load { dimension: KG, amount: 30 }],
        unload: Unload::AnyOrder,
        range: None,
        drivers,
        windows: vec![],
        carries,
    });
    for volunteer in &mut draw.data.volunteers {
        volunteer.profile = ProfileId(1);
        volunteer.capacity.clear();
    }
    for need in draw.data.needs.iter_mut().filter(|need| need.goods.is_empty()) {
        for load in need.roles.iter_mut().flat_map(|role| &mut role.load) {
            load.amount += 1;
        }
    }
    Some(())
}

/// A need is for the van, where somebody comes by their own means, or for those who do, where somebody comes with the van.
pub(super) fn vehicle_asked(draw: &mut Draw) -> Option<()> {
    if draw.data.vehicles.is_empty() && (vehicle(draw).is_none() || !draw.settle()) {
        return None;
    }
    let (unit, visit) = draw.visit()?;
    let own = Means::Kind(ProfileId(1));
    let of_van = [Means::Vehicle(VehicleId(0)), Means::Kind(ProfileId(0))];
    let asked = match draw.problem.unit(unit).vehicle {
        Some(_) => own,
        None => of_van[draw.random.random_range(0..2)],
    };
    draw.need(visit.need).vehicles = vec![asked];
    Some(())
}

/// A vehicle is there only later than somebody left with it.
pub(super) fn vehicle_late(draw: &mut Draw) -> Option<()> {
    if draw.data.vehicles.is_empty() && (vehicle(draw).is_none() || !draw.settle()) {
        return None;
    }
    let with = |route: &&Route| draw.problem.unit(route.unit).vehicle.is_some();
    let route = draw.plan.routes.iter().find(with)?.clone();
    let vehicle = draw.problem.unit(route.unit).vehicle?;
    let by = draw.minutes(5, 60);
    draw.data.vehicles[vehicle.index()].windows =
        vec![Window { from: route.departure + by, to: route.departure + Seconds(400_000) }];
    Some(())
}

pub(super) fn range(draw: &mut Draw) -> Option<()> {
    if draw.data.vehicles.is_empty() && (vehicle(draw).is_none() || !draw.settle()) {
        return None;
    }
    let with = |route: &&Route| draw.problem.unit(route.unit).vehicle.is_some();
    let route = draw.plan.routes.iter().find(with)?.clone();
    let far = metres(draw, &route);
    let vehicle = draw.problem.unit(route.unit).vehicle?;
    let by = draw.random.random_range(1..=(far / 3).max(1));
    draw.data.vehicles[vehicle.index()].range = Some(Metres((far - by).max(0)));
    Some(())
}
