use super::*;
use crate::ProblemData;
use crate::model::{Gender, Team, TeamId, VolunteerId};
use crate::tests::{built, instance, line, need, person, weighing};

fn wish(quality: Quality, wanted: bool, price: u32) -> Preference {
    Preference { quality, wanted, price }
}

const WOMAN: Quality = Quality::Gender(Gender::Female);
const MAN: Quality = Quality::Gender(Gender::Male);
const TEAM: Quality = Quality::Team(TeamId(0));

/// Three people, of whom the first is a woman of a team; wishes cost twice what they say.
fn wishes() -> ProblemData {
    let mut data = line(&[0]);
    data.objective = weighing(&[(Term::Preferences, 2)]);
    data.teams = vec![Team::new("t")];
    for _ in 0..3 {
        person(&mut data, 0, (0, 100)).gender = Some(Gender::Male);
    }
    data.volunteers[0].gender = Some(Gender::Female);
    data.volunteers[0].teams = vec![TeamId(0)];
    let wished = [
        vec![wish(WOMAN, true, 10), wish(TEAM, true, 3)],
        vec![wish(WOMAN, true, 4), wish(MAN, false, 5), wish(Quality::Volunteer(VolunteerId(2)), true, 7)],
        vec![wish(TEAM, false, 9)],
    ];
    for prefers in wished {
        need(&mut data, 0, (0, 90), 1).roles[0].prefers = prefers;
    }
    data
}

#[test]
fn common_wishes_have_bits_and_rare_ones_names() {
    let problem = built(&wishes());
    let instance = instance(&problem);
    let preferences = Preferences::new(&instance);
    assert_eq!(preferences.common, [WOMAN, MAN], "the most wished for first");
    assert_eq!([0, 1].map(|unit| preferences.met_by(&problem, UnitId(unit))), [0b01, 0b10]);
    let few = |slot| preferences.few(&instance, SlotId(slot)).map(|unit| unit.0).collect::<Vec<_>>();
    assert_eq!(
        (few(0), few(1), few(2)),
        (vec![0], vec![2], vec![]),
        "nobody is asked apart who is not wanted"
    );
    let average = preferences.weights(&instance, &[SlotId(0), SlotId(1)]);
    assert_eq!(average, [14.0, 5.0]);
}

#[test]
fn what_is_not_met_costs_at_least_that() {
    let problem = built(&wishes());
    let instance = instance(&problem);
    let preferences = Preferences::new(&instance);
    let unmet = |slot, any, all| preferences.of(&instance, SlotId(slot)).unmet(any, all);
    assert_eq!(unmet(0, 0b01, 0b01), 6, "who is of the team is asked apart");
    assert_eq!(unmet(0, 0b10, 0b10), 6 + 20);
    assert_eq!(unmet(1, 0b11, 0b00), 14, "some are women, and not all are men");
    assert_eq!(unmet(1, 0b10, 0b10), 14 + 8 + 10);
    assert_eq!(unmet(2, 0, 0), 0);
}

/// What wishes cost by bits is never more than what they cost of anybody who is not asked apart.
#[test]
fn the_least_is_below_the_price_of_everybody() {
    for seed in 0..64 {
        let problem = crate::tests::varied(seed);
        let instance = instance(&problem);
        let preferences = Preferences::new(&instance);
        let price = instance.weights.of(Term::Preferences);
        for slot in problem.slot_ids() {
            let few = preferences.few(&instance, slot).collect::<Vec<_>>();
            for unit in problem.unit_ids().filter(|unit| !few.contains(unit)) {
                let met = preferences.met_by(&problem, unit);
                let least = preferences.of(&instance, slot).unmet(met, met);
                assert!(least <= price * instance.wishes(slot, unit), "seed {seed}: {slot:?} {unit:?}");
            }
        }
    }
}
