use super::*;
use crate::model::{Held, Quality, Skill, SkillId, SkillKind, SkillLevel, Tally, Term};
use crate::solve::state::Placing;
use crate::tests::{built, instance, line, need, person, slots, weighing};
use crate::{Problem, ProblemData};

const NURSE: SkillLevel = SkillLevel { skill: SkillId(0), level: 1 };

/// Three people of whom the second and the third are nurses; needs that ask for two nurses, for one, and for anybody.
fn parties() -> ProblemData {
    let mut data = line(&[0, 10]);
    data.objective = weighing(&[(Term::Unserved, 100_000), (Term::WorkTime, 1)]);
    data.skills = vec![Skill { key: "nurse".into(), name: None, kind: SkillKind::Skill, levels: 1 }];
    for nurse in [false, true, true] {
        let somebody = person(&mut data, 0, (0, 300));
        somebody.shifts[0].party = true;
        somebody.holds.extend(nurse.then_some(Held { what: NURSE, expires: None }));
    }
    for min in [2, 1, 0] {
        let asked = need(&mut data, 1, (0, 200), 10);
        asked.crew.tallies = vec![Tally { quality: Quality::Skill(NURSE), min, max: None }];
    }
    data
}

fn crew(need: u32, at: usize, lead: u32, company: &[u32]) -> CrewInsertion {
    let placings = vec![Placing { slot: SlotId(need), unit: UnitId(lead), at }];
    CrewInsertion { cost: 0, placings, company: company.iter().copied().map(UnitId).collect() }
}

fn company(plan: &WorkingPlan, lead: u32) -> Vec<u32> {
    let mut company = plan.route(UnitId(lead)).company.iter().map(|unit| unit.0).collect::<Vec<_>>();
    company.sort_unstable();
    company
}

fn with_plan<R>(problem: &Problem, ask: impl FnOnce(&Instance<'_>, WorkingPlan) -> R) -> R {
    let instance = instance(problem);
    let plan = WorkingPlan::new(&instance);
    ask(&instance, plan)
}

#[test]
fn who_joins_works_as_long_as_the_party_and_has_no_route() {
    with_plan(&built(&parties()), |instance, mut plan| {
        assert!(plan.place_crew(instance, &crew(0, 0, 1, &[2])));
        assert_eq!(plan.people_of(instance, NeedId(0)), [UnitId(1), UnitId(2)]);
        let (lead, goes_along) = (plan.route(UnitId(1)), plan.route(UnitId(2)));
        assert_eq!((goes_along.with, goes_along.out, goes_along.visits.len()), (Some(UnitId(1)), true, 0));
        assert_eq!((goes_along.totals.work, goes_along.totals.service), (30, 10));
        assert_eq!((lead.totals.work, goes_along.totals.travel), (30, 0), "one vehicle for both");
    });
}

#[test]
fn who_is_asked_for_no_more_goes_home() {
    with_plan(&built(&parties()), |instance, mut plan| {
        assert!(plan.place_crew(instance, &crew(0, 0, 1, &[2])));
        assert!(plan.place_crew(instance, &crew(1, 1, 1, &[])));
        plan.take_out(instance, UnitId(1), &[0], &mut Vec::new());
        // Of two who hold the same the first goes, and the other leads.
        assert_eq!((company(&plan, 1), company(&plan, 2)), (Vec::new(), Vec::new()));
        assert_eq!((plan.route(UnitId(1)).out, plan.route(UnitId(1)).visits.len()), (false, 0));
        assert_eq!(
            (plan.route(UnitId(2)).with, plan.route(UnitId(2)).visits.as_slice()),
            (None, &slots([1])[..])
        );
    });
}

#[test]
fn another_leads_where_the_lead_is_the_one_to_go() {
    with_plan(&built(&parties()), |instance, mut plan| {
        // Somebody who is no nurse leads two who are.
        assert!(plan.place_crew(instance, &crew(0, 0, 0, &[1, 2])));
        assert!(plan.place_crew(instance, &crew(1, 1, 0, &[])));
        plan.take_out(instance, UnitId(0), &[0], &mut Vec::new());
        let leads = (0..3).find(|&unit| !plan.route(UnitId(unit)).visits.is_empty()).unwrap();
        assert_ne!(leads, 0, "a nurse is asked for, nobody else");
        assert_eq!(company(&plan, leads), Vec::<u32>::new());
        assert_eq!(plan.unit_of(SlotId(1)), Some(UnitId(leads)));
        assert!(!plan.route(UnitId(0)).out);
    });
}

#[test]
fn who_cannot_lead_keeps_the_lead_in_the_party() {
    let mut data = parties();
    // Nobody else carries what the first can.
    crate::tests::good(&mut data, false);
    data.volunteers[0].capacity = crate::tests::load(9);
    with_plan(&built(&data), |instance, mut plan| {
        assert!(plan.place_crew(instance, &crew(0, 0, 0, &[1, 2])));
        assert!(plan.place_crew(instance, &crew(1, 1, 0, &[])));
        plan.take_out(instance, UnitId(0), &[0], &mut Vec::new());
        assert_eq!(plan.route(UnitId(0)).visits, slots([1]));
        assert_eq!(company(&plan, 0).len(), 1, "one nurse goes home, the other is asked for");
    });
}

#[test]
fn a_party_that_is_too_late_is_not_made() {
    let mut data = parties();
    data.needs[0].stops[0].windows[0].to = crate::model::Time(9);
    with_plan(&built(&data), |instance, mut plan| {
        assert!(!plan.place_crew(instance, &crew(0, 0, 1, &[2])));
        assert_eq!((company(&plan, 1), plan.route(UnitId(2)).with), (Vec::new(), None));
        assert!(!plan.route(UnitId(1)).out && !plan.route(UnitId(2)).out);
    });
}

#[test]
fn a_person_has_one_part_in_a_party_that_asks_for_more_than_numbers() {
    let mut data = parties();
    data.needs[1].crew.tallies[0].max = Some(1);
    with_plan(&built(&data), |instance, mut plan| {
        assert!(!instance.parties.only_counts);
        assert!(plan.place_crew(instance, &crew(0, 0, 1, &[2])));
        assert!(may_do_without(&plan, instance, UnitId(1), &[UnitId(1), UnitId(2)]));
        assert!(!may_do_without(&plan, instance, UnitId(1), &[UnitId(1)]), "two nurses are asked for");
    });
}
