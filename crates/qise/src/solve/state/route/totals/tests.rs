use super::*;
use crate::model::{NeedId, Preference, Previous, PreviousVisit, Promise, Quality, VolunteerId};
use crate::solve::state::schedule::timing::Timing;
use crate::tests::{built, instance, line, need, person, planned, slots, varied, weighing};
use crate::{Problem, ProblemData};

/// Ten steps to a need and ten more to another, which opens at 100.
fn two() -> ProblemData {
    let mut data = line(&[0, 10, 20]);
    data.objective = weighing(&[(Term::TravelTime, 1), (Term::Waiting, 1), (Term::Distance, 1)]);
    data.objective.levels[0]
        .extend(weighing(&[(Term::Tardiness, 1), (Term::Disruption, 1)]).levels.remove(0));
    person(&mut data, 0, (0, 200));
    need(&mut data, 1, (0, 30), 5);
    need(&mut data, 2, (100, 120), 5);
    data
}

fn measured(problem: &Problem) -> RouteTotals {
    let instance = instance(problem);
    let mut timing = Timing::default();
    assert!(timing.set(&instance, UnitId(0), instance.unit(UnitId(0)).usual_start, &slots([0, 1]), &[]));
    RouteTotals::of(&instance, UnitId(0), &slots([0, 1]), &timing)
}

#[test]
fn a_route_counts_its_ways_its_waiting_and_its_services() {
    let found = measured(&built(&two()));
    // Out at 20, there from 30 to 35, ten on the way, 55 before the door, back at 125.
    assert_eq!((found.travel, found.metres), (40, 400));
    assert_eq!((found.work, found.waiting, found.service, found.visits), (105, 55, 10, 2));
    assert_eq!(found.non_service_time(), 55);
    assert_eq!((found.tardiness, found.worst, found.late, found.disruption, found.span), (0, 0, 0, 0, None));
}

#[test]
fn lateness_is_summed_counted_and_the_worst_of_it_kept() {
    let mut data = two();
    let promise = |start_by| Some(Promise { start_by: Some(Time(start_by)), finish_by: None, hard: false });
    (data.needs[0].promise, data.needs[1].promise) = (promise(6), promise(93));
    let found = measured(&built(&data));
    assert_eq!((found.tardiness, found.worst, found.late), (4 + 7, 7, 2));
}

#[test]
fn wishes_and_changes_count_for_who_serves() {
    let mut data = two();
    let wish = |who, price| Preference { quality: Quality::Volunteer(VolunteerId(who)), wanted: true, price };
    data.needs[0].roles[0].prefers = vec![wish(0, 3), wish(1, 40)];
    person(&mut data, 0, (0, 200));
    let told = |need, who, start| PreviousVisit {
        need: NeedId(need),
        volunteer: VolunteerId(who),
        start: Time(start),
    };
    data.previous = Some(Previous {
        assignments: vec![told(0, 0, 30), told(1, 0, 50)],
        reassign_price: 1000,
        retime_price: 20,
        tolerance: Seconds(3),
    });
    let found = measured(&built(&data));
    assert_eq!((found.wishes, found.disruption), (40, 20 - 2000), "one at the told time, one 50 later");
}

#[test]
fn a_break_before_the_last_visit_is_no_waiting() {
    let mut data = two();
    data.volunteers[0].rest = Seconds(1);
    data.volunteers[0].shifts[0].breaks = vec![crate::model::Break {
        off_duty: true,
        ..crate::model::Break::new(Time(40), Time(60), Seconds(20))
    }];
    let found = measured(&built(&data));
    assert_eq!((found.work, found.waiting), (105 - 20, 55 - 20));
    assert_eq!(found.span, Some((Time(20), Time(125))), "it matters to the days before and after");
}

#[test]
fn totals_are_added_to_terms_and_taken_away_again() {
    let found = RouteTotals {
        travel: 1,
        metres: 2,
        work: 3,
        waiting: 4,
        tardiness: 5,
        worst: 6,
        late: 7,
        wishes: 8,
        disruption: 9,
        ..RouteTotals::default()
    };
    let mut terms = Terms::default();
    found.add_to(&mut terms, 1);
    let counted = [
        (Term::TravelTime, 1),
        (Term::Distance, 2),
        (Term::WorkTime, 3),
        (Term::Waiting, 4),
        (Term::Tardiness, 5),
        (Term::Late, 7),
        (Term::Preferences, 8),
        (Term::Disruption, 9),
    ];
    for (term, value) in terms.iter() {
        let expected = counted.iter().find(|(counted, _)| *counted == term).map_or(0, |(_, value)| *value);
        assert_eq!(value, expected, "{term}");
    }
    let problem = {
        let mut data = two();
        data.objective = weighing(&counted.map(|(term, value)| (term, value as u32)));
        built(&data)
    };
    assert_eq!(found.cost(&instance(&problem)), 1 + 4 + 9 + 16 + 25 + 49 + 64 + 81, "each at its weight");
    found.add_to(&mut terms, -1);
    assert_eq!(terms, Terms::default());
}

/// What a route keeps up to date visit by visit is what its timing as a whole tells.
#[test]
fn routes_keep_what_their_timing_tells() {
    let mut compared = 0;
    for seed in 0..192 {
        let problem = varied(seed);
        let instance = instance(&problem);
        let plan = planned(&instance);
        let mut timing = Timing::default();
        for unit in problem.unit_ids().filter(|&unit| !plan.route(unit).visits.is_empty()) {
            let route = plan.route(unit);
            assert!(timing.set(
                &instance,
                unit,
                instance.unit(unit).usual_start,
                &route.visits,
                plan.releases()
            ));
            let mut told = RouteTotals::of(&instance, unit, &route.visits, &timing);
            // With parties it counts their labour too.
            told.completion_guidance = route.totals.completion_guidance;
            if !route.needs_full_timing {
                compared += 1;
                told.span = None;
            }
            assert_eq!(route.totals, told, "seed {seed}, {unit:?}");
        }
    }
    assert!(compared > 20, "{compared}");
}
