//! Goods, depots, vehicles, weeks and rests for random problems.

#![allow(dead_code)] // not every suite asks for all of it

use qise::Problem;
use qise::model::{
    Amount, Depot, Dimension, DimensionId, Good, GoodId, Handling, Link, LinkRule, Load, Metres, Need,
    NeedId, PlaceId, ProfileId, Quality, Requirement, Restock, Seconds, SkillId, SkillLevel, Stock, Supply,
    Vehicle, Window,
};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use super::MORNING;

/// The same problem with three kinds of goods, of which the second and the third come back, at one depot to three; most needs for one
/// person ask for some of them. Some shifts have goods on board, some may call once only, some hours of some depots are not open.
pub(crate) fn with_goods(seed: u64, problem: &Problem) -> Problem {
    let mut random = Pcg64Mcg::seed_from_u64(seed ^ 0x900d);
    let mut data = problem.to_data();
    if data.dimensions.is_empty() {
        data.dimensions = vec![Dimension { key: "kg".into(), name: None }];
        for volunteer in &mut data.volunteers {
            let amount = random.random_range(4..20);
            volunteer.capacity.push(Load { dimension: DimensionId(0), amount });
        }
    }
    data.goods = ["fodder", "chair", "drill"]
        .iter()
        .enumerate()
        .map(|(g, key)| Good {
            key: (*key).into(),
            name: None,
            unit: None,
            load: vec![Load { dimension: DimensionId(0), amount: random.random_range(0..3) }],
            comes_back: g > 0,
        })
        .collect();
    let places = data.places.len();
    data.depots = (0..random.random_range(1..=3))
        .map(|d| Depot {
            key: format!("d{d}"),
            name: None,
            place: PlaceId::new(random.random_range(0..places)),
            windows: windows(&mut random),
            service: Seconds(random.random_range(0..3) * 300),
            stocks: {
                let kept = (0..3).filter(|_| random.random_bool(0.8)).collect::<Vec<_>>();
                kept.into_iter().map(|good| stock(&mut random, good)).collect()
            },
        })
        .collect();
    for need in data.needs.iter_mut().filter(|need| !need.is_crew() && !need.is_ride()) {
        supplies(&mut random, need);
    }
    // A chair is fetched after it was brought.
    let asks = |need: &Need, how| need.goods.iter().any(|s| s.what.good == GoodId(1) && s.handling == how);
    let brought = (0..data.needs.len()).find(|&n| asks(&data.needs[n], Handling::Deliver));
    let fetched = (0..data.needs.len()).find(|&n| asks(&data.needs[n], Handling::Collect));
    if let (Some(from), Some(to), true) = (brought, fetched, random.random_bool(0.4)) {
        let rule = LinkRule::After { min: Seconds::ZERO, max: None };
        data.links.push(Link { from: NeedId::new(from), to: NeedId::new(to), rule });
    }
    for shift in data.volunteers.iter_mut().flat_map(|volunteer| &mut volunteer.shifts) {
        if random.random_bool(0.4) {
            let good = GoodId(random.random_range(0..3));
            shift.carries = vec![Amount { good, amount: random.random_range(1..3) }];
        }
        shift.most_calls = random.random_bool(0.3).then_some(1);
    }
    built(data)
}

/// The same problem with two vehicles that some people may take, and with weekly hours and rests for some people.
pub(crate) fn with_vehicles(seed: u64, problem: &Problem) -> Problem {
    let mut random = Pcg64Mcg::seed_from_u64(seed ^ 0xca5);
    let mut data = problem.to_data();
    let homes = data.volunteers.iter().map(|volunteer| volunteer.home).collect::<Vec<_>>();
    data.vehicles = (0..2)
        .map(|v| {
            let skill = SkillLevel { skill: SkillId(random.random_range(0..2)), level: 1 };
            let all = if random.random_bool(0.5) { vec![Quality::Skill(skill)] } else { Vec::new() };
            let dimensions = (0..data.dimensions.len()).map(DimensionId::new);
            Vehicle {
                key: format!("car{v}"),
                name: None,
                place: homes[random.random_range(0..homes.len())],
                profile: ProfileId(0),
                capacity: dimensions
                    .map(|dimension| Load { dimension, amount: random.random_range(5..30) })
                    .collect(),
                unload: qise::model::Unload::AnyOrder,
                range: random.random_bool(0.5).then(|| Metres(random.random_range(50_000..300_000))),
                drivers: Requirement { all, ..Requirement::default() },
                windows: windows(&mut random),
                carries: Vec::new(),
            }
        })
        .collect();
    let bike = ProfileId::new(data.profiles.len() - 1);
    for volunteer in &mut data.volunteers {
        if random.random_bool(0.5) {
            // Whoever can carry little has reason to take a car.
            volunteer.profile = bike;
            volunteer.capacity.clear();
        }
        if random.random_bool(0.3) {
            volunteer.per_week.work = Some(Seconds(random.random_range(4..20) * 3600));
        }
        if random.random_bool(0.3) {
            volunteer.rest = Seconds(random.random_range(8..22) * 3600);
        }
        for rest in volunteer.shifts.iter_mut().flat_map(|shift| &mut shift.breaks) {
            rest.off_duty = random.random_bool(0.5);
        }
    }
    built(data)
}

fn built(mut data: qise::ProblemData) -> Problem {
    Problem::new(data.clone()).unwrap_or_else(|_| {
        data.needs.iter_mut().flat_map(|need| &mut need.roles).for_each(|role| role.pin = None);
        Problem::new(data).expect("only a pin can be impossible")
    })
}

fn windows(random: &mut Pcg64Mcg) -> Vec<Window> {
    if random.random_bool(0.6) {
        return Vec::new();
    }
    let from = MORNING + Seconds(random.random_range(0..4) * 3600);
    let first = Window { from, to: from + Seconds(random.random_range(1..5) * 3600) };
    let from = first.to + Seconds(3600);
    let second = Window { from, to: from + Seconds(30 * 3600) };
    if random.random_bool(0.5) { vec![first, second] } else { vec![first] }
}

fn stock(random: &mut Pcg64Mcg, good: u32) -> Stock {
    let amount = random.random_bool(0.8).then(|| random.random_range(0..6));
    let at = MORNING + Seconds(random.random_range(1..8) * 3600);
    let more = amount.is_some() && random.random_bool(0.4);
    let restocks = more.then(|| Restock { at, amount: random.random_range(1..5) });
    Stock { good: GoodId(good), amount, restocks: restocks.into_iter().collect() }
}

fn supplies(random: &mut Pcg64Mcg, need: &mut Need) {
    for good in 0..3 {
        if random.random_bool(0.6) {
            continue;
        }
        let handling = match (good, random.random_range(0..3)) {
            (0, 2) | (_, 0) => Handling::Deliver,
            (0, _) | (_, 1) => Handling::Carry,
            _ => Handling::Collect,
        };
        let what = Amount { good: GoodId(good), amount: random.random_range(1..4) };
        need.goods.push(Supply { what, handling });
    }
}
