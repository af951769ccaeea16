use super::*;
use crate::ProblemData;
use crate::model::{Promise, Shift as Hours};
use crate::tests::{built, line, need, person};

fn two() -> ProblemData {
    let mut data = line(&[0, 10, 500]);
    for _ in 0..3 {
        person(&mut data, 0, (0, 100));
    }
    data.volunteers[2].pace_permille = 2000;
    need(&mut data, 1, (5, 80), 20);
    need(&mut data, 2, (0, 900), 20);
    data
}

#[test]
fn shifts_that_are_alike_are_one_and_who_can_do_nothing_is_none() {
    let staff = ShiftClasses::new(&built(&two())).unwrap();
    let shown = staff.shifts.iter().map(|shift| (shift.units[0].unit.0, shift.count)).collect::<Vec<_>>();
    assert_eq!(shown, [(0, 2), (2, 1)]);
    assert_eq!(staff.able, [true, false]);
    let mut data = two();
    data.volunteers[1].shifts[0].end = Time(35);
    let staff = ShiftClasses::new(&built(&data)).unwrap();
    let shown = staff.shifts.iter().map(|shift| (shift.units[0].unit.0, shift.count)).collect::<Vec<_>>();
    assert_eq!(shown, [(0, 1), (2, 1)], "there and home and service take 40");
}

#[test]
fn a_visit_starts_between_the_way_there_and_the_way_home() {
    let node = |data: &ProblemData, shift: usize| {
        let staff = ShiftClasses::new(&built(data)).unwrap();
        let node = staff.shifts[shift].units[0].nodes[0];
        (node.slot.0, node.service, node.from, node.to, node.away)
    };
    let mut data = two();
    assert_eq!(node(&data, 0), (0, 20, 10, 70, 20));
    assert_eq!(node(&data, 1), (0, 40, 10, 50, 20), "at half the pace");
    data.places[1].setup = Seconds(3);
    assert_eq!(node(&data, 0), (0, 20, 13, 70, 23));
    data.needs[0].promise = Some(Promise { start_by: None, finish_by: Some(Time(60)), hard: true });
    assert_eq!(node(&data, 0), (0, 20, 13, 40, 23));
}

#[test]
fn each_shift_of_a_person_stands_alone() {
    let mut data = two();
    data.volunteers[0].shifts.push(Hours::new(Time(600), Time(700), 0));
    data.needs[0].stops[0].windows.push(crate::tests::window(650, 660));
    let staff = ShiftClasses::new(&built(&data)).unwrap();
    let units = staff.shifts.iter().map(|shift| shift.units[0].unit.0).collect::<Vec<_>>();
    assert_eq!(units, [0, 1, 2, 3]);
}
