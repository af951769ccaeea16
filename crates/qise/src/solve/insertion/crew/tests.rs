use super::*;
use crate::ProblemData;
use crate::model::{Held, NeedId, Quality, Skill, SkillId, SkillKind, SkillLevel, Tally, Term};
use crate::tests::{built, instance, line, need, person, weighing};

/// Three people at home at 0, 50 and 90, and a need for two at 20.
fn crew() -> ProblemData {
    let mut data = line(&[0, 50, 90, 20]);
    data.objective = weighing(&[(Term::Unserved, 100_000), (Term::TravelTime, 1)]);
    for home in 0..3 {
        person(&mut data, home, (0, 500));
    }
    need(&mut data, 3, (0, 400), 10).roles[0].count = 2;
    data
}

fn everybody(instance: &Instance<'_>) -> impl Fn(SlotId, &mut Vec<UnitId>) {
    let units = instance.problem.unit_ids().collect::<Vec<_>>();
    move |_, asked: &mut Vec<UnitId>| asked.extend(&units)
}

fn people(found: &CrewInsertion) -> Vec<u32> {
    let mut people = found.placings.iter().map(|placing| placing.unit.0).collect::<Vec<_>>();
    people.sort_unstable();
    people
}

#[test]
fn the_nearest_two_come_if_that_is_cheap_enough() {
    let problem = built(&crew());
    let instance = instance(&problem);
    let plan = WorkingPlan::new(&instance);
    let mut crews = CrewFinder::default();
    let mut find =
        |below| crews.find(&instance, &plan, SlotId(0), below, &mut || false, everybody(&instance));
    let found = find(i64::MAX).unwrap();
    assert_eq!((found.cost, people(&found)), (40 + 60, vec![0, 1]));
    assert!(find(100).is_none() && find(101).is_some());
    let mut after = WorkingPlan::new(&instance);
    assert!(after.place_crew(&instance, &found));
    assert_eq!(after.all_terms(&problem).get(Term::TravelTime), 100, "it costs what was said");
}

#[test]
fn several_crews_are_of_different_people_the_cheapest_first() {
    let problem = built(&crew());
    let instance = instance(&problem);
    let plan = WorkingPlan::new(&instance);
    let found = CrewFinder::default().find_most(&instance, &plan, SlotId(0), (9, 1), everybody(&instance));
    assert!(found.len() > 1);
    assert!(found.windows(2).all(|pair| pair[0].cost <= pair[1].cost));
    let mut all = found.iter().map(people).collect::<Vec<_>>();
    assert!(all.iter().all(|crew| crew.len() == 2 && crew[0] != crew[1]), "nobody comes twice");
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), found.len(), "each crew once");
}

#[test]
fn who_may_not_meet_does_not_come_together() {
    let mut data = crew();
    data.apart = vec![(crate::model::VolunteerId(0), crate::model::VolunteerId(1))];
    let problem = built(&data);
    let instance = instance(&problem);
    let plan = WorkingPlan::new(&instance);
    let found = CrewFinder::default()
        .find(&instance, &plan, SlotId(0), i64::MAX, &mut || false, everybody(&instance))
        .unwrap();
    assert_eq!((found.cost, people(&found)), (40 + 140, vec![0, 2]));
}

#[test]
fn a_party_brings_what_a_need_asks_for_and_nobody_else() {
    let nurse = SkillLevel { skill: SkillId(0), level: 1 };
    let mut data = line(&[0, 10]);
    data.objective = weighing(&[(Term::Unserved, 100_000), (Term::WorkTime, 1)]);
    data.skills = vec![Skill { key: "nurse".into(), name: None, kind: SkillKind::Skill, levels: 1 }];
    for is_nurse in [false, true, true, true] {
        let somebody = person(&mut data, 0, (0, 300));
        somebody.shifts[0].party = true;
        somebody.holds.extend(is_nurse.then_some(Held { what: nurse, expires: None }));
    }
    for min in [2, 0] {
        let tally = Tally { quality: Quality::Skill(nurse), min, max: None };
        need(&mut data, 1, (0, 200), 10).crew.tallies = vec![tally];
    }
    let problem = built(&data);
    let instance = instance(&problem);
    let mut plan = WorkingPlan::new(&instance);
    let mut crews = CrewFinder::default();
    for (slot, nurses) in [(0, 2), (1, 0)] {
        let lead = SlotId(slot);
        assert_eq!(asks_party(&instance, lead), Some(NeedId(slot)));
        let found = crews.find(&instance, &plan, lead, i64::MAX, &mut || false, |_, _| {}).unwrap();
        assert!(plan.place_crew(&instance, &found));
        let come = plan.people_of(&instance, NeedId(slot));
        assert!(come.iter().filter(|unit| unit.0 > 0).count() >= nurses, "{come:?}");
        assert!(come.len() <= 2, "{come:?}");
    }
    assert!(
        crate::plan::evaluate(&problem, &crate::solve::state::export::to_plan(&plan, &instance)).is_valid()
    );
}
