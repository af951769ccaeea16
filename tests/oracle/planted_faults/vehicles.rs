//! Faults of vehicles that several people may take.

use qise::ProblemData;
use qise::model::{
    Handling, Means, Metres, PlaceId, ProfileId, Requirement, Supply, UnitId, Unload, Vehicle, VehicleId,
    Window,
};
use qise::plan::{Plan, Route};

use super::days::call_next_day;
use super::fixture::{
    ALTAN, ALTAN_NEXT_DAY, BASE, BATH, CALL, DAWA, KG, REPAIR, TRANSLATE, clock, load, person, visit,
};
use super::goods::{TOOL, goods, of};
use super::{Fault, in_both};

pub(super) const FAULTS: &[Fault] = &[
    in_both(
        "the jeep is taken twice at once",
        |data, plan| {
            in_the_jeep(data, plan);
            altan_takes_it_too(data, plan);
        },
        &[("vehicle_taken", "$.routes[5].vehicle")],
    ),
    in_both(
        "farther than the jeep goes",
        |data, plan| {
            in_the_jeep(data, plan);
            data.vehicles[0].range = Some(Metres(23_399));
        },
        &[("beyond_range", "$.routes[4].vehicle")],
    ),
    in_both(
        "the jeep back too late to be home by the end of the shift",
        |data, plan| {
            in_the_jeep(data, plan);
            plan.routes[4].finish = clock(1, 15, 35, 1);
        },
        &[("late_finish", "$.routes[4].finish")],
    ),
    in_both(
        "the jeep carries less than its driver could",
        |data, plan| {
            in_the_jeep(data, plan);
            data.volunteers[DAWA].capacity = vec![load(KG, 1000)];
            data.needs[REPAIR].roles[0].load = vec![load(KG, 101)];
        },
        &[("overload", "$.routes[4]")],
    ),
    in_both(
        "a need for the jeep, served without it",
        |data, plan| {
            in_the_jeep(data, plan);
            data.needs[BATH].vehicles = vec![Means::Vehicle(VehicleId(0))];
        },
        &[("wrong_vehicle", "$.routes[0].visits[2].need")],
    ),
    in_both(
        "a need for bicycles, served with the jeep",
        |data, plan| {
            in_the_jeep(data, plan);
            data.needs[REPAIR].vehicles = vec![Means::Kind(ProfileId(1))];
        },
        &[("wrong_vehicle", "$.routes[4].visits[1].need")],
    ),
    in_both(
        "the tool is not in the jeep",
        |data, plan| {
            in_the_jeep(data, plan);
            data.vehicles[0].carries.clear();
        },
        &[("goods_missing", "$.routes[4].visits[0].need")],
    ),
];

/// What breaks no rule.
pub(super) const CHANGES: &[Fault] = &[
    in_both("the jeep, at its range", in_the_jeep, &[]),
    in_both(
        "needs for this jeep, and for whatever moves as it does",
        |data, plan| {
            in_the_jeep(data, plan);
            data.needs[REPAIR].vehicles = vec![Means::Kind(ProfileId(1)), Means::Vehicle(VehicleId(0))];
            data.needs[TRANSLATE].vehicles = vec![Means::Kind(ProfileId(0))];
        },
        &[],
    ),
    in_both(
        "the jeep changes hands at one moment",
        |data, plan| {
            in_the_jeep(data, plan);
            altan_takes_it_too(data, plan);
            data.volunteers[ALTAN].shifts[1].end = clock(1, 10, 6, 0);
        },
        &[],
    ),
];

/// Dawa takes a jeep that Altan may take too, from the base and back.
fn in_the_jeep(data: &mut ProblemData, plan: &mut Plan) {
    goods(data);
    data.vehicles.push(Vehicle {
        key: "jeep".into(),
        name: None,
        place: PlaceId::new(BASE),
        profile: ProfileId(0),
        capacity: vec![load(KG, 100)],
        unload: Unload::AnyOrder,
        range: Some(Metres(23_400)),
        drivers: Requirement { any: vec![vec![person(ALTAN), person(DAWA)]], ..Requirement::default() },
        windows: vec![Window { from: clock(1, 0, 0, 0), to: clock(2, 0, 0, 0) }],
        carries: vec![of(TOOL, 1)],
    });
    data.needs[TRANSLATE].goods = vec![Supply { what: of(TOOL, 1), handling: Handling::Carry }];
    // Altan has one unit more, on the second day, and Dawa another.
    for route in &mut plan.routes[1..4] {
        route.unit.0 += 1;
    }
    plan.routes[4].unit = UnitId(7);
    plan.routes[4].finish = clock(1, 11, 57, 0);
}

fn altan_takes_it_too(data: &mut ProblemData, plan: &mut Plan) {
    call_next_day(data, plan);
    let visits = vec![visit(CALL, clock(1, 8, 12, 30), clock(1, 8, 12, 30), clock(1, 8, 32, 30))];
    let (departure, finish) = (clock(1, 8, 5, 0), clock(1, 8, 41, 30));
    let unit = UnitId(ALTAN_NEXT_DAY.0 + 1);
    plan.routes.push(Route { unit, departure, visits, breaks: vec![], finish, ..plan.routes[3].clone() });
}
