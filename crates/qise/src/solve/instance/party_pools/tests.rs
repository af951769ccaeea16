use super::*;
use crate::ProblemData;
use crate::model::{Held, Makespan, Skill, SkillId, SkillKind, SkillLevel, Tally, Term};
use crate::tests::{built, line, link, need, person, weighing};

const NURSE: SkillLevel = SkillLevel { skill: SkillId(0), level: 1 };
const COOK: SkillLevel = SkillLevel { skill: SkillId(1), level: 1 };

/// Two nurses and two cooks in one pool, a nurse in a later one, somebody alone; needs that ask for two nurses, a cook, and anybody.
fn pools() -> ProblemData {
    let mut data = line(&[0, 10]);
    for key in ["nurse", "cook"] {
        data.skills.push(Skill { key: key.into(), name: None, kind: SkillKind::Skill, levels: 1 });
    }
    for (what, from) in [(NURSE, 0), (NURSE, 0), (COOK, 0), (COOK, 0), (NURSE, 500)] {
        let somebody = person(&mut data, 0, (from, from + 300));
        somebody.shifts[0].party = true;
        somebody.holds = vec![Held { what, expires: None }];
    }
    person(&mut data, 0, (0, 300));
    for (what, min, service) in [(NURSE, 2, 30), (COOK, 1, 20), (COOK, 0, 500)] {
        let asked = need(&mut data, 1, (0, 200), service);
        asked.crew.tallies = vec![Tally { quality: Quality::Skill(what), min, max: None }];
    }
    data
}

#[test]
fn those_whose_shifts_are_alike_are_a_pool() {
    let problem = built(&pools());
    let parties = Parties::new(&problem);
    let units = parties.pools().iter().map(|pool| pool.units.iter().map(|u| u.0).collect::<Vec<_>>());
    assert_eq!(units.collect::<Vec<_>>(), [vec![0, 1, 2, 3], vec![4]], "in order of time");
    assert_eq!((parties.pools()[0].end, parties.pools()[1].start), (Time(300), Time(500)));
    assert_eq!(parties.pool_of(UnitId(4)).unwrap().units, [UnitId(4)]);
    assert!(parties.pool_of(UnitId(5)).is_none() && !parties.are_all() && !parties.is_empty());
    let mut data = pools();
    data.volunteers.pop();
    assert!(Parties::new(&built(&data)).are_all());
    data.volunteers.iter_mut().for_each(|v| v.shifts[0].party = false);
    data.needs.clear();
    assert!(Parties::new(&built(&data)).is_empty());
}

#[test]
fn what_needs_ask_and_people_hold_is_counted_by_quality() {
    let problem = built(&pools());
    let parties = Parties::new(&problem);
    // Qualities that nobody is asked to hold at least are not counted; nurses come first.
    assert_eq!([0, 1, 2].map(|need| parties.asked(NeedId(need)).to_vec()), [[2, 0], [0, 1], [0, 0]]);
    let held = [0, 2, 4, 5].map(|unit| parties.held(UnitId(unit)).to_vec());
    assert_eq!(held, [[1, 0], [0, 1], [1, 0], [0, 0]]);
}

#[test]
fn who_holds_what_is_scarce_is_worth_more() {
    let problem = built(&pools());
    let parties = Parties::new(&problem);
    // Of nurses 60 seconds are asked of three people, of cooks 20 of two: squared 400 against 100.
    assert_eq!(parties.scarcity(), [60_000, 15_000]);
    let (nurse, cook) = (parties.value(UnitId(0)), parties.value(UnitId(2)));
    let pool = 3.0 * nurse + 2.0 * cook;
    assert!((pool - 5.0).abs() < 1e-9, "1 on average of those who go in parties: {nurse} {cook}");
    assert!(((nurse - PLAIN_WORTH) / (cook - PLAIN_WORTH) - 4.0).abs() < 1e-9);
    assert!((parties.value(UnitId(5)) - PLAIN_WORTH).abs() < 1e-9);
    assert!((parties.price(NeedId(0)) - 2.0 * nurse).abs() < 1e-9, "two nurses");
    assert!((parties.price(NeedId(2)) - PLAIN_WORTH).abs() < 1e-9, "anybody");
}

#[test]
fn labour_has_a_wage_where_last_ends_count() {
    let mut data = pools();
    assert!(Parties::new(&built(&data)).wage.abs() < 1e-9);
    data.objective = weighing(&[(Term::Makespan, 1)]);
    data.makespans = vec![Makespan { needs: vec![NeedId(0)], from: Time(0), weight: 10 }];
    let wage = Parties::new(&built(&data)).wage;
    assert!((wage - 0.3 * 1000.0 * 10.0 * 2.0 / 5.0).abs() < 1e-6, "two pools of five: {wage}");
}

#[test]
fn rules_about_who_comes_are_more_than_numbers() {
    let counts = |change: &dyn Fn(&mut ProblemData)| {
        let mut data = pools();
        change(&mut data);
        Parties::new(&built(&data)).only_counts
    };
    assert!(counts(&|_| ()));
    assert!(counts(&|data| data.links = vec![link(0, 1, LinkRule::Together)]));
    assert!(!counts(&|data| data.links = vec![link(0, 1, LinkRule::DifferentPerson)]));
    assert!(!counts(&|data| data.needs[0].crew.tallies[0].max = Some(2)));
    assert!(!counts(&|data| data.needs[0].crew.same_team = true));
    assert!(!counts(&|data| data.apart = vec![(crate::model::VolunteerId(0), crate::model::VolunteerId(1))]));
}
