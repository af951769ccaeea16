use super::*;
use crate::ProblemData;
use crate::model::{
    Pin, PlaceId, Preference, Previous, PreviousVisit as Told, Quality, RouteEnd, Shift, Stop,
};
use crate::tests::{built, instance, line, need, person, weighing, window};

fn two() -> ProblemData {
    let mut data = line(&[0, 10]);
    data.objective = weighing(&[(Term::TravelTime, 1), (Term::UnservedPriority, 100)]);
    person(&mut data, 0, (0, 1000));
    need(&mut data, 1, (20, 90), 10);
    need(&mut data, 1, (20, 90), 10);
    data
}

fn first(data: &ProblemData) -> FlatSlot {
    instance(&built(data)).slots[0].clone()
}

#[test]
fn windows_are_cut_at_pins_and_hard_promises() {
    let mut data = two();
    let hard = |start_by, finish_by| Some(Promise { start_by, finish_by, hard: true });
    data.needs[0].promise = hard(Some(Time(50)), None);
    assert_eq!(first(&data).window, window(20, 50));
    data.needs[0].promise = hard(None, Some(Time(70)));
    let flat = first(&data);
    assert_eq!(
        (flat.window, flat.finish_by, flat.closes_for(Seconds(15))),
        (window(20, 90), Time(70), Time(55))
    );
    data.needs[0].stops[0].windows.push(window(200, 300));
    let flat = first(&data);
    assert!(flat.several_windows() && flat.has_timing_choice(VolunteerId(0)) && !flat.is_promised());
    assert_eq!((flat.opens(), flat.closes()), (Time(20), Time(300)), "the hull of all");
    data.needs[0].promise = None;
    data.needs[0].roles[0].pin = Some(Pin { volunteer: VolunteerId(0), start: Some(Time(250)) });
    let flat = first(&data);
    assert!(flat.pinned && !flat.several_windows());
    assert_eq!(flat.window, window(250, 250));
}

#[test]
fn tardiness_is_the_worse_of_start_and_end() {
    let mut data = two();
    data.needs[0].promise =
        Some(Promise { start_by: Some(Time(30)), finish_by: Some(Time(45)), hard: false });
    let flat = first(&data);
    let late = |start, service| flat.tardiness(Time(start), Seconds(service));
    assert_eq!([late(30, 15), late(33, 10), late(33, 20), late(20, 5)], [0, 3, 8, 0]);
    assert_eq!((flat.in_time(Seconds(10)), flat.in_time(Seconds(20))), (Time(30), Time(25)));
    assert!(flat.is_promised());
}

#[test]
fn of_a_ride_the_start_is_promised_at_the_first_stop_and_the_end_at_the_last() {
    let mut data = two();
    data.needs[0].stops.push(Stop { place: PlaceId(0), windows: vec![window(0, 900)], service: Seconds(4) });
    data.needs[0].promise =
        Some(Promise { start_by: Some(Time(30)), finish_by: Some(Time(45)), hard: false });
    let problem = built(&data);
    let flat = &instance(&problem).slots;
    let in_time = [0, 1].map(|slot: usize| flat[slot].in_time(Seconds(0)));
    assert_eq!(in_time, [Time(30), Time(45)]);
    assert_eq!(
        [0, 1, 2].map(|slot: usize| (flat[slot].leads, flat[slot].stops, flat[slot].stop)),
        [(true, 2, 0), (false, 2, 1), (true, 1, 0)]
    );
    assert_eq!((flat[0].crew_service, flat[0].prize, flat[1].prize), (Seconds(14), 100, 0));
}

#[test]
fn what_was_told_counts_at_its_own_price_or_that_of_the_plan() {
    let mut data = two();
    data.needs[1].change_price = Some(9);
    let told = |need, start| Told { need: NeedId(need), volunteer: VolunteerId(0), start: Time(start) };
    data.previous = Some(Previous {
        assignments: vec![told(1, 40), told(0, 30)],
        reassign_price: 5,
        retime_price: 7,
        tolerance: Seconds(1),
    });
    let problem = built(&data);
    let flat = &instance(&problem).slots;
    let of = |slot: usize| flat[slot].previous_of(VolunteerId(0)).map(|p| (p.start.0, p.reassign, p.retime));
    assert_eq!([of(0), of(1)], [Some((30, 5, 7)), Some((40, 9, 9))]);
    assert!(flat[0].previous_of(VolunteerId(1)).is_none());
}

#[test]
fn groups_of_which_the_last_end_counts_are_bits_and_shares() {
    let mut data = two();
    let group = |needs: &[u32], weight| Makespan {
        needs: needs.iter().copied().map(NeedId).collect(),
        from: Time(0),
        weight,
    };
    data.makespans = vec![group(&[0, 1], 3), group(&[1], 1), group(&[0], 2)];
    assert_eq!(first(&data).groups, 0, "where the objective does not ask");
    data.objective = weighing(&[(Term::Makespan, 1)]);
    let flat = first(&data);
    assert_eq!((flat.groups, flat.completion_guidance), (0b101, 1500 + 2000));
}

#[test]
fn what_hangs_together_is_told_by_crews_wishes_and_services() {
    let mut data = two();
    data.needs[0].roles[0].count = 2;
    data.needs[1].roles[0].prefers =
        vec![Preference { quality: Quality::Volunteer(VolunteerId(0)), wanted: true, price: 1 }];
    data.needs[1].roles[0].service_by = vec![(VolunteerId(0), Seconds(3))];
    let problem = built(&data);
    let flat = &instance(&problem).slots;
    assert!(flat[0].is_synchronised && flat[1].is_synchronised && flat[0].stays && !flat[2].is_synchronised);
    assert_eq!(
        [0, 2].map(|slot: usize| (flat[slot].has_wishes, flat[slot].has_own_service)),
        [(false, false), (true, true)]
    );
}

#[test]
fn units_are_flat_too() {
    let mut data = two();
    let somebody = &mut data.volunteers[0];
    somebody.rest = Seconds(5);
    somebody.ledger = crate::model::Ledger { worked: Seconds(40), offered: Seconds(60) };
    somebody.shifts.push(Shift { to: RouteEnd::Anywhere, ..Shift::new(Time(2000), Time(2100), 1) });
    let units = flat_units(&built(&data));
    let of = |unit: &FlatUnit| {
        (unit.usual_start.1.0, unit.to, unit.worked, unit.offered, unit.limited, unit.is_timed_whole())
    };
    assert_eq!(of(&units[0]), (0, Some(PlaceId(0)), 40, 60 + 1000 + 100, true, true));
    assert_eq!(of(&units[1]), (2000, None, 40, 1160, true, true));
    data.volunteers[0].rest = Seconds::ZERO;
    let plain = flat_units(&built(&data));
    assert!(!plain[0].limited && !plain[0].is_timed_whole() && plain[0].symmetric);
}
