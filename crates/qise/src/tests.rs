//! Small problems for the unit tests of this crate: by hand on a line, where times are reckoned in the head, and at random.

#[path = "../../../tests/support/mod.rs"]
pub(crate) mod random;

use crate::model::{
    Amount, Depot, Dimension, DimensionId, Good, GoodId, Handling, Link, LinkRule, Load, Need, NeedId,
    Objective, Place, PlaceId, Profile, ProfileId, Seconds, Shift, SlotId, Stock, Supply, Term, Time,
    TravelMatrix, TravelRule, Volunteer, Weighted, Window,
};
use crate::solve::instance::Instance;
use crate::solve::phases::construct::construct;
use crate::solve::state::WorkingPlan;
use crate::{Problem, ProblemData};

/// Places at these points of a line. A step along it takes one second and is ten metres long.
pub(crate) fn line(points: &[i64]) -> ProblemData {
    let mut data = ProblemData::new("line");
    let place =
        |p: usize| Place { key: format!("p{p}"), name: None, at: None, area: None, setup: Seconds::ZERO };
    data.places = (0..points.len()).map(place).collect();
    let steps = points.iter().flat_map(|a| points.iter().map(|b| a.abs_diff(*b) as u32)).collect::<Vec<_>>();
    let rule = TravelRule::Matrix(TravelMatrix {
        places: (0..points.len()).map(PlaceId::new).collect(),
        metres: steps.iter().map(|steps| 10 * steps).collect(),
        seconds: steps,
    });
    data.profiles = vec![Profile { key: "walk".into(), name: None, rule }];
    data
}

/// Adds somebody with one shift, from home to home.
pub(crate) fn person(data: &mut ProblemData, home: u32, (from, to): (i64, i64)) -> &mut Volunteer {
    let mut volunteer = Volunteer::new(format!("v{}", data.volunteers.len()), PlaceId(home), ProfileId(0));
    volunteer.shifts = vec![Shift::new(Time(from), Time(to), 0)];
    data.volunteers.push(volunteer);
    data.volunteers.last_mut().unwrap()
}

/// Adds a need for anybody, which may start within these moments.
pub(crate) fn need(data: &mut ProblemData, place: u32, (from, to): (i64, i64), service: i64) -> &mut Need {
    let key = format!("n{}", data.needs.len());
    data.needs.push(Need::new(key, PlaceId(place), window(from, to), Seconds(service)));
    data.needs.last_mut().unwrap()
}

pub(crate) fn window(from: i64, to: i64) -> Window {
    Window { from: Time(from), to: Time(to) }
}

/// An objective of one level.
pub(crate) fn weighing(terms: &[(Term, u32)]) -> Objective {
    Objective { levels: vec![terms.iter().map(|&(term, weight)| Weighted { term, weight }).collect()] }
}

/// The default objective with every term that it leaves out on its last level.
pub(crate) fn all_terms() -> Objective {
    let mut objective = Objective::default();
    let rest = Term::ALL.iter().filter(|&&term| !objective.uses(term));
    let rest = rest.map(|&term| Weighted { term, weight: 1 }).collect::<Vec<_>>();
    objective.levels.last_mut().unwrap().extend(rest);
    objective
}

pub(crate) fn built(data: &ProblemData) -> Problem {
    Problem::new(data.clone()).unwrap_or_else(|faults| panic!("{faults}"))
}

/// Adds a kind of goods, of which one takes one of the only dimension.
pub(crate) fn good(data: &mut ProblemData, comes_back: bool) -> GoodId {
    data.dimensions = vec![Dimension { key: "kg".into(), name: None }];
    let load = vec![Load { dimension: DimensionId(0), amount: 1 }];
    let key = format!("g{}", data.goods.len());
    data.goods.push(Good { key, name: None, unit: None, load, comes_back });
    GoodId::new(data.goods.len() - 1)
}

/// Adds a depot that is always open, with so much of each kind, or no end of it.
pub(crate) fn depot<'d>(
    data: &'d mut ProblemData,
    place: u32,
    stocks: &[(GoodId, Option<i64>)],
) -> &'d mut Depot {
    let stock = |&(good, amount): &(GoodId, Option<i64>)| Stock { good, amount, restocks: Vec::new() };
    data.depots.push(Depot {
        key: format!("d{}", data.depots.len()),
        name: None,
        place: PlaceId(place),
        windows: Vec::new(),
        service: Seconds::ZERO,
        stocks: stocks.iter().map(stock).collect(),
    });
    data.depots.last_mut().unwrap()
}

pub(crate) fn supply(good: GoodId, amount: i64, handling: Handling) -> Supply {
    Supply { what: Amount { good, amount }, handling }
}

/// So much of the only dimension.
pub(crate) fn load(amount: i64) -> Vec<Load> {
    vec![Load { dimension: DimensionId(0), amount }]
}

pub(crate) fn link(from: u32, to: u32, rule: LinkRule) -> Link {
    Link { from: NeedId(from), to: NeedId(to), rule }
}

/// The problem as the search sees it.
pub(crate) fn instance(problem: &Problem) -> Instance<'_> {
    Instance::new(problem, &|| false).expect("nobody stops it")
}

/// A plan that serves what a greedy hand can.
pub(crate) fn planned(instance: &Instance<'_>) -> WorkingPlan {
    let mut plan = WorkingPlan::new(instance);
    construct(instance, &mut plan, &|| 0.0);
    plan
}

pub(crate) fn slots<const N: usize>(ids: [u32; N]) -> [SlotId; N] {
    ids.map(SlotId)
}

pub(crate) fn times<const N: usize>(times: [i64; N]) -> [Time; N] {
    times.map(Time)
}

/// A random problem in which everything that the model knows may stand: which of it, tells the seed.
pub(crate) fn varied(seed: u64) -> Problem {
    use random::{Mix, goods, rides, together};
    let chance = |bit: u32| seed >> bit & 1 == 1;
    let mix = Mix {
        breaks: chance(0),
        shifts: chance(1),
        tight: false,
        windows: chance(2),
        loads: chance(3),
        ..Mix::all(9, 4)
    };
    let mut problem = random::problem(seed, mix);
    // Not everything goes together.
    let parties = chance(6) && !chance(0);
    if chance(4) && !parties {
        problem = rides::with_rides(seed, &problem);
    }
    if chance(5) {
        problem = together::with_crews(seed, &problem);
    }
    if parties {
        problem = together::with_parties(seed, &problem);
    }
    if chance(2) || chance(5) {
        problem = together::with_links(seed, &problem);
    }
    if chance(3) && !parties {
        problem = goods::with_goods(seed, &problem);
    }
    if chance(1) && !parties {
        problem = goods::with_vehicles(seed, &problem);
    }
    let mut data = problem.to_data();
    data.objective = all_terms();
    built(&data)
}
