use super::*;
use crate::model::{NeedId, Overlap, PlaceId, Requirement, Role, StartGap, Stop};
use crate::tests::{built, line, link, need, person, window};
use crate::{Problem, ProblemData};

fn alone() -> ProblemData {
    let mut data = line(&[0, 1]);
    person(&mut data, 0, (0, 100));
    for service in [10, 20] {
        need(&mut data, 1, (0, 90), service);
    }
    data
}

/// Who waits for whom until when, where each starts at 100 and the services are 10 and 20: `(first, second, until)`.
fn waits(data: &ProblemData) -> Vec<(u32, u32, i64)> {
    let problem: Problem = built(data);
    let precedence = Precedence::new(&problem);
    let service = |slot: SlotId| problem.ordinary_service(slot);
    let mut found = Vec::new();
    for first in problem.slot_ids() {
        for partner in precedence.successors(first) {
            let calendar = problem.calendar();
            let until = partner.until(calendar, Time(100), || service(first), || service(partner.slot));
            found.push((first.0, partner.slot.0, until.0));
            // Back from it: so late the first may start that the second can then.
            let back = partner.latest(calendar, until, || service(first), || service(partner.slot));
            let again = partner.until(calendar, back, || service(first), || service(partner.slot));
            let later =
                partner.until(calendar, back + Seconds(1), || service(first), || service(partner.slot));
            assert!(again <= until && until < later, "{first:?} {partner:?}");
        }
        let waiting = |second: &SlotId| precedence.successors(first).iter().any(|p| p.slot == *second);
        let waited = |second: &SlotId| precedence.predecessors(*second).iter().any(|p| p.slot == first);
        let seconds = || problem.slot_ids();
        assert_eq!(
            seconds().filter(waiting).collect::<Vec<_>>(),
            seconds().filter(waited).collect::<Vec<_>>(),
            "both sides know it"
        );
    }
    found
}

#[test]
fn people_who_come_alone_wait_for_nobody() {
    let problem = built(&alone());
    assert!(Precedence::new(&problem).is_empty());
    assert!(waits(&alone()).is_empty());
}

#[test]
fn a_crew_starts_together_or_by_its_gaps() {
    let mut data = alone();
    data.needs[0].roles[0].count = 2;
    assert_eq!(waits(&data), [(0, 1, 100), (1, 0, 100)]);
    let mut data = alone();
    data.needs[0].roles.push(Role::new(Requirement::default()));
    data.needs[0].gaps = vec![StartGap { from: 0, to: 1, min: Seconds(5), max: Seconds(8) }];
    assert_eq!(waits(&data), [(0, 1, 105), (1, 0, 92)]);
}

#[test]
fn overlaps_are_counted_to_the_end_of_who_waits() {
    let mut data = alone();
    let mut second = Role::new(Requirement::default());
    second.service = Some(Seconds(20));
    data.needs[0].roles.push(second);
    data.needs[0].overlaps = vec![Overlap { one: 0, other: 1, least: Seconds(4) }];
    // Of one that starts at 100 the other's end is 104 at least.
    assert_eq!(waits(&data), [(0, 1, 84), (1, 0, 94)]);
}

#[test]
fn what_follows_waits_for_the_end_and_holds_back_what_goes_before() {
    let after = |max| {
        let mut data = alone();
        data.links = vec![link(0, 1, LinkRule::After { min: Seconds(3), max })];
        waits(&data)
    };
    assert_eq!(after(None), [(0, 1, 113)]);
    assert_eq!(after(Some(Seconds(7))), [(0, 1, 113), (1, 0, 83)], "its end is 93 at least");
}

#[test]
fn of_a_ride_the_last_stop_is_followed_and_the_first_held_back() {
    let mut data = alone();
    data.needs[0].stops.push(Stop { place: PlaceId(0), windows: vec![window(0, 90)], service: Seconds(1) });
    data.needs[0].max_ride = Some(Seconds(30));
    data.links = vec![link(0, 1, LinkRule::After { min: Seconds(0), max: None })];
    // Slots 0 and 1 are its stops: the first ends no sooner than 30 before the last starts.
    assert_eq!(waits(&data), [(1, 0, 100 - 30 - 10), (1, 2, 101)]);
}

#[test]
fn days_between_needs_are_days_of_the_calendar() {
    const DAY: i64 = 86_400;
    let mut data = alone();
    data.links = vec![link(0, 1, LinkRule::DaysApart { min: 2, max: 3, weeks: false })];
    assert_eq!(waits(&data), [(0, 1, 2 * DAY), (1, 0, -3 * DAY)]);
    data.links = vec![link(0, 1, LinkRule::DaysApart { min: 2, max: 8, weeks: true })];
    assert_eq!(waits(&data), [(0, 1, 7 * DAY), (1, 0, -7 * DAY)]);
}

#[test]
fn ties_that_ask_for_no_time_still_make_needs_hang_together() {
    let mut data = alone();
    data.links = vec![link(0, 1, LinkRule::DifferentPerson)];
    assert!(!Precedence::new(&built(&data)).is_empty() && waits(&data).is_empty());
    let mut data = alone();
    data.choices = vec![vec![NeedId(0), NeedId(1)]];
    assert!(!Precedence::new(&built(&data)).is_empty());
    let mut data = alone();
    data.volunteers[0].shifts[0].party = true;
    assert!(!Precedence::new(&built(&data)).is_empty());
}
