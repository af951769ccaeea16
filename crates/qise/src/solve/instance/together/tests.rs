use super::*;
use crate::ProblemData;
use crate::model::{LinkRule, Quality, Shift, Tally, Time};
use crate::tests::{built, instance, line, link, need, person};

/// Three people, the first with a shift on each of two days; a crew of two (slots 0 and 1) and another need (slot 2).
fn linked(rule: Option<LinkRule>) -> ProblemData {
    let mut data = line(&[0]);
    for _ in 0..3 {
        person(&mut data, 0, (0, 1000));
    }
    data.volunteers[0].shifts.push(Shift::new(Time(90_000), Time(91_000), 1));
    need(&mut data, 0, (0, 91_000), 10).roles[0].count = 2;
    need(&mut data, 0, (0, 91_000), 10);
    data.links = rule.map(|rule| link(0, 1, rule)).into_iter().collect();
    data
}

// Units: the first person on two days, the second, the third.
const A: UnitId = UnitId(0);
const A_LATER: UnitId = UnitId(1);
const B: UnitId = UnitId(2);
const C: UnitId = UnitId(3);

/// Whether a unit may fill the second need beside those who serve the first.
fn goes(rule: LinkRule, crew: &[UnitId], unit: UnitId) -> bool {
    let problem = built(&linked(Some(rule)));
    let instance = instance(&problem);
    instance.goes_with(SlotId(2), unit, &|slot| crew.get(slot.index()).copied())
}

/// Whether it may fill a place of the crew beside whoever serves the second need.
fn comes(rule: LinkRule, other: UnitId, unit: UnitId) -> bool {
    let problem = built(&linked(Some(rule)));
    let instance = instance(&problem);
    instance.goes_with(SlotId(0), unit, &|slot| (slot == SlotId(2)).then_some(other))
}

#[test]
fn one_person_alone_tells_what_goes_with_whom() {
    let same = LinkRule::SamePerson { price: None };
    assert!(goes(same, &[A, B], B) && goes(same, &[A, B], A_LATER) && !goes(same, &[A, B], C));
    assert!(goes(same, &[], C), "nobody serves the first so far");
    assert!(comes(same, A, B), "the other place of the crew is still free");
    let different = LinkRule::DifferentPerson;
    assert!(goes(different, &[A, B], C) && !goes(different, &[A, B], A_LATER) && !comes(different, A, A));
    let day = LinkRule::SameDay;
    assert!(goes(day, &[A, B], A) && !goes(day, &[A, B], A_LATER));
    let known = LinkRule::SamePerson { price: Some(1) };
    assert!(goes(known, &[A, B], C));
}

#[test]
fn of_ways_to_do_one_thing_one_is_served() {
    let mut data = linked(None);
    data.choices = vec![vec![NeedId(0), NeedId(1)]];
    let problem = built(&data);
    let instance = instance(&problem);
    assert!(!instance.goes_with(SlotId(2), C, &|slot| (slot == SlotId(0)).then_some(A)));
    assert!(instance.goes_with(SlotId(2), C, &|_| None));
}

#[test]
fn a_stranger_has_a_price_for_each_need_served() {
    let problem = built(&linked(Some(LinkRule::SamePerson { price: Some(7) })));
    let instance = instance(&problem);
    let cost = |slot, unit, crew: &[UnitId]| {
        instance.continuity_cost(SlotId(slot), unit, &|slot| crew.get(slot.index()).copied())
    };
    assert_eq!(cost(2, C, &[A, B]), 7);
    assert_eq!((cost(2, A_LATER, &[A, B]), cost(2, C, &[])), (0, 0));
    let to_crew = |unit| instance.continuity_cost(SlotId(0), unit, &|slot| (slot == SlotId(2)).then_some(B));
    assert_eq!((to_crew(A), to_crew(B)), (7, 0));
}

#[test]
fn whoever_serves_a_need_in_common_is_asked_on_every_day() {
    let problem = built(&linked(Some(LinkRule::SamePerson { price: None })));
    let instance = instance(&problem);
    let mut asked = vec![A_LATER];
    instance.ask_linked(SlotId(2), &mut asked, &|slot| [A, C].get(slot.index()).copied());
    assert_eq!(asked, [A_LATER, A, C]);
    let problem = built(&linked(Some(LinkRule::SameDay)));
    let instance = crate::tests::instance(&problem);
    let mut asked = Vec::new();
    instance.ask_linked(SlotId(2), &mut asked, &|slot| [A, C].get(slot.index()).copied());
    assert!(asked.is_empty());
}

#[test]
fn all_together_are_judged_by_links_and_by_what_a_crew_is_asked() {
    let goes = |rule: Option<LinkRule>, crew: &[UnitId], others: &[UnitId]| {
        let mut data = linked(rule);
        let quality = Quality::Volunteer(VolunteerId(1));
        data.needs[0].crew.tallies = vec![Tally { quality, min: 1, max: None }];
        let problem = built(&data);
        let instance = instance(&problem);
        let people = |need: NeedId| if need == NeedId(0) { crew.to_vec() } else { others.to_vec() };
        (instance.goes_together(NeedId(0), &people), instance.goes_together(NeedId(1), &people))
    };
    assert_eq!(goes(None, &[A, B], &[]), (true, true));
    assert_eq!(goes(None, &[A, C], &[]), (false, true), "the second person is asked for");
    assert_eq!(goes(None, &[], &[C]), (true, true));
    let same = Some(LinkRule::SamePerson { price: None });
    assert_eq!(goes(same, &[A, B], &[A_LATER]), (true, true));
    assert_eq!(goes(same, &[A, B], &[C]), (false, false));
    let different = Some(LinkRule::DifferentPerson);
    assert_eq!(goes(different, &[A, B], &[C]), (true, true));
    assert_eq!(goes(different, &[A, B], &[A_LATER]), (false, false));
    assert_eq!(goes(Some(LinkRule::SameDay), &[A, B], &[A_LATER]), (false, false));
}

#[test]
fn a_need_is_plain_where_nothing_is_asked_of_people_together() {
    let plain = |data: &ProblemData| {
        let problem = built(data);
        let instance = instance(&problem);
        [NeedId(0), NeedId(1)].map(|need| instance.is_plain(need))
    };
    let mut data = linked(None);
    assert_eq!(plain(&data), [true, true], "but that they come in time");
    data.needs[0].crew.same_team = true;
    assert_eq!(plain(&data), [false, true]);
    assert_eq!(plain(&linked(Some(LinkRule::SameDay))), [false, false]);
    data = linked(None);
    data.apart = vec![(VolunteerId(0), VolunteerId(1))];
    assert_eq!(plain(&data), [false, false]);
}
