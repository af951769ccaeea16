use super::*;
use crate::model::{Promise, Term};
use crate::solve::state::WorkingPlan;
use crate::tests::{built, instance, line, need, person, planned, slots, varied, weighing};
use crate::{Problem, ProblemData};

const ME: UnitId = UnitId(0);

fn three(terms: &[(Term, u32)]) -> ProblemData {
    let mut data = line(&[0, 10, 20, 30]);
    data.objective = weighing(terms);
    person(&mut data, 0, (0, 200));
    for (place, window) in [(1, (0, 100)), (2, (50, 60)), (3, (0, 150))] {
        need(&mut data, place, window, 5);
    }
    data
}

fn routed(instance: &Instance<'_>) -> WorkingPlan {
    let mut plan = WorkingPlan::new(instance);
    assert!(plan.try_route(instance, ME, &slots([0, 1, 2])));
    plan
}

#[test]
fn every_visit_knows_its_earliest_end_and_its_latest_start() {
    let problem = built(&three(&[(Term::TravelTime, 1)]));
    let instance = instance(&problem);
    let plan = routed(&instance);
    let nodes = plan.route(ME).nodes.iter().map(|n| (n.end.0, n.latest.0, n.leg.seconds)).collect::<Vec<_>>();
    // Back by 200 is to start the last by 150 as it says; the second closes at 60, the first 15 before.
    assert_eq!(nodes, [(15, 45, 10), (55, 60, 10), (70, 150, 10)]);
    assert_eq!((plan.route(ME).back.seconds, plan.route(ME).back_cost), (30, 30));
}

#[test]
fn a_route_that_ends_too_late_or_starts_something_too_late_is_refused() {
    let mut data = three(&[(Term::TravelTime, 1)]);
    let good = |data: &ProblemData| {
        let problem = built(data);
        let instance = instance(&problem);
        WorkingPlan::new(&instance).try_route(&instance, ME, &slots([0, 1, 2]))
    };
    data.volunteers[0].shifts[0].end = Time(100);
    assert!(good(&data), "70 and the way home");
    data.volunteers[0].shifts[0].end = Time(99);
    assert!(!good(&data));
    data.volunteers[0].shifts[0].end = Time(200);
    data.needs[2].stops[0].windows[0].to = Time(64);
    assert!(!good(&data));
}

#[test]
fn stretches_from_the_start_and_to_the_end_tell_the_time_at_work() {
    let problem = built(&three(&[(Term::WorkTime, 1)]));
    let instance = instance(&problem);
    let plan = routed(&instance);
    let route = plan.route(ME);
    // Out at 25: there at 35, 50 and 65, back at 100.
    assert_eq!((route.totals.work, route.totals.waiting), (75, 0));
    let heads = route.heads.iter().map(|head| (head.duration.0, head.earliest.0)).collect::<Vec<_>>();
    assert_eq!(heads, [(15, 0), (30, 25), (45, 25)]);
    let tails = route.tails.iter().map(|tail| (tail.duration.0, tail.earliest.0)).collect::<Vec<_>>();
    assert_eq!((tails[0], tails[1]), ((65, 35), (50, 50)));
    for v in 0..2 {
        let joined = route.heads[v].then(Seconds(10), route.tails[v + 1]);
        assert_eq!(joined.duration.0, route.totals.work, "cut behind {v}");
    }
}

#[test]
fn how_late_a_visit_may_be_before_somebody_is_later_than_promised() {
    let mut data = three(&[(Term::Tardiness, 1)]);
    data.needs[2].promise = Some(Promise { start_by: None, finish_by: Some(Time(74)), hard: false });
    let problem = built(&data);
    let instance = instance(&problem);
    let plan = routed(&instance);
    let calm =
        plan.route(ME).latest_without_delay.iter().map(|l| (l.latest.0, l.alone.0)).collect::<Vec<_>>();
    // 74 − 5 for the last, 15 sooner for the second, 15 sooner for the first.
    assert_eq!(calm, [(39, 39), (54, 54), (69, 69)]);
    let mut route = plan.route(ME).clone();
    let waits =
        |slot: SlotId, service: Seconds| if slot == SlotId(1) { Time(46) + service } else { Time::MAX };
    let all_synchronised = |instance: &mut Instance<'_>| {
        instance.slots.iter_mut().for_each(|slot| slot.is_synchronised = true);
    };
    let mut instance = instance;
    all_synchronised(&mut instance);
    route.latest_without_delay.clear();
    route.find_latest_without_delay(&instance, instance.unit(ME), waits);
    let calm = route.latest_without_delay.iter().map(|l| (l.latest.0, l.alone.0)).collect::<Vec<_>>();
    assert_eq!(calm, [(36, 36), (51, 54), (69, 69)], "somebody waits for the second from 51 on");
}

/// From the latest start of a visit on the rest can be done as early as possible; from a second later it cannot.
#[test]
fn latest_starts_are_the_last_that_leave_the_rest_possible() {
    let mut tried = 0;
    for seed in 0..96 {
        let problem = varied(seed);
        let instance = instance(&problem);
        let plan = planned(&instance);
        for unit in problem.unit_ids().filter(|&unit| !instance.unit(unit).breaks) {
            let route = plan.route(unit);
            for (v, node) in route.nodes.iter().enumerate() {
                let good = |start: Time| ends_in_time(&problem, &instance, unit, &route.visits[v..], start);
                assert!(good(node.latest), "seed {seed}, {unit:?}, visit {v}");
                let windows = instance.windows_of(route.visits[v]);
                if windows.len() == 1 {
                    assert!(!good(node.latest + Seconds(1)), "seed {seed}, {unit:?}, visit {v}");
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 100, "{tried}");
}

/// Whether visits can be made one after the other, the first at `start`.
fn ends_in_time(
    problem: &Problem,
    instance: &Instance<'_>,
    unit: UnitId,
    visits: &[SlotId],
    start: Time,
) -> bool {
    let owner = problem.unit(unit);
    let mut now = start;
    for (v, &slot) in visits.iter().enumerate() {
        let service = instance.service(slot, instance.unit(unit));
        let flat = instance.slot(slot);
        if v > 0 {
            let before = instance.slot(visits[v - 1]).place;
            now += problem.travel().seconds(owner.mode, before, flat.place);
            now += if before == flat.place { Seconds::ZERO } else { flat.setup };
        }
        let windows =
            if flat.several_windows() { instance.windows_of(slot).to_vec() } else { vec![flat.window] };
        let Some(window) = windows.iter().find(|window| window.to >= now) else { return false };
        if v == 0 && window.from > now {
            return false;
        }
        now = now.max(window.from) + service;
        if now > flat.finish_by {
            return false;
        }
    }
    let last = instance.slot(*visits.last().unwrap()).place;
    let back = owner.to.map_or(Seconds::ZERO, |to| problem.travel().seconds(owner.mode, last, to));
    now + back <= owner.end
}
