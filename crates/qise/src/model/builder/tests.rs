use super::ProblemBuilder;
use crate::Problem;
use crate::model::{
    Calendar, Handling, Held, Load, NeedId, Place, PlaceId, Promise, Quality, Requirement, Role, Seconds,
    Shift, SkillId, SkillLevel, Supply, Time, TravelRule, VolunteerId, Window,
};
use crate::model::{Good, LinkRule};

const DAY: i64 = 86_400;

fn car(b: &mut ProblemBuilder) -> crate::model::Ref<crate::model::ProfileId> {
    b.profile("car", TravelRule::great_circle(40_000, 1200))
}

/// The codes and paths of the faults of what was put together.
fn faults(b: ProblemBuilder) -> Vec<String> {
    let faults = b.build().expect_err("something is wrong").0;
    faults.iter().map(|fault| format!("{} {}", fault.code, fault.path)).collect()
}

#[test]
fn entries_are_what_was_said_of_them() {
    let mut b = Problem::builder("all");
    let car = car(&mut b);
    let (home, door) = (b.place("home", 38.8, 105.6), b.place("door", 38.9, 105.6));
    let (care, kg) = (b.skill("care", 3), b.dimension("kg"));
    let bale = b.add_good(Good::new("bale"));
    let team = b.team("red cross");
    let white = b.category("white");
    let when = Window::new(Time(0), Time(3600));
    let bat = b.volunteer("bat", home, car).name("Bat").team(team).skill_until(care, 2, Time(DAY));
    let bat = bat
        .capacity(kg, 5)
        .shift(Time(0), Time(9000))
        .add_shift(Shift::new(Time(DAY), Time(DAY + 9), 7))
        .id();
    let visit = b.need("visit", door, when, Seconds(60)).category(white).priority(4).mandatory();
    let visit = visit.skill(care, 1).people(1).load(kg, 2).goods(bale, 1, Handling::Carry);
    let visit = visit.promise(Promise::to_start(Time(1800)).hard()).role(Role::new(Requirement::none()));
    let visit = visit.window(Window::new(Time(7200), Time(7300))).id();
    let ride = b.need("ride", door, when, Seconds(60)).then(home, when, Seconds(9)).id();
    b.link(visit, ride, LinkRule::AFTER).choice([ride]).apart(bat, bat);
    let (data, wrong) = b.into_data();

    assert!(wrong.0.is_empty(), "{wrong}");
    let who = &data.volunteers[bat.index()];
    assert_eq!(who.holds, [Held { expires: Some(Time(DAY)), ..Held::new(care, 2) }]);
    assert_eq!((who.teams[0], who.capacity[0], who.home), (*team, Load::new(kg, 5), *home));
    assert_eq!(who.shifts.iter().map(|shift| shift.day).collect::<Vec<_>>(), [0, 7]);
    let need = &data.needs[visit.index()];
    assert_eq!((need.category, need.priority, need.mandatory), (Some(*white), 4, true));
    assert_eq!(data.categories.len(), 7, "white is built in");
    assert_eq!(need.roles[0].requires, Requirement::skill(care, 1));
    assert_eq!((need.roles.len(), need.roles[0].load[0]), (2, Load::new(kg, 2)));
    assert_eq!(need.goods, [Supply::new(bale, 1, Handling::Carry)]);
    assert_eq!(need.promise, Some(Promise { start_by: Some(Time(1800)), finish_by: None, hard: true }));
    assert_eq!(need.stops[0].windows.len(), 2);
    let ride = &data.needs[ride.index()];
    assert_eq!(ride.stops.iter().map(|stop| stop.place).collect::<Vec<_>>(), [*door, *home]);
    assert_eq!((data.links[0].from, data.choices[0][0]), (*visit, NeedId(1)));
}

#[test]
fn days_of_shifts_are_those_of_a_calendar_that_comes_later() {
    let mut b = Problem::builder("days");
    let (car, home) = (car(&mut b), b.place("home", 38.8, 105.6));
    b.volunteer("bat", home, car).shift(Time(10), Time(20)).shift(Time(DAY), Time(DAY + 5));
    b.data().calendar = Calendar::new(vec![(100, Time(0))]).expect("one day");
    let problem = b.build().expect("nothing is wrong");
    assert_eq!(problem.volunteers()[0].shifts.iter().map(|shift| shift.day).collect::<Vec<_>>(), [100, 101]);
}

#[test]
fn ids_of_others_and_of_nobody_are_named() {
    let mut other = Problem::builder("other");
    let foreign = (other.place("there", 38.0, 105.0), other.skill("care", 1));
    let mut b = Problem::builder("mine");
    let (car, home, care) = (car(&mut b), b.place("home", 38.8, 105.6), b.skill("care", 1));
    let when = Window::new(Time(0), Time(3600));
    b.volunteer("bat", foreign.0, car).skill(foreign.1, 1).shift(Time(0), Time(99));
    // The number is one that exists: only the builder knows better.
    let visit = b.need("visit", foreign.0, when, Seconds(60)).skill(foreign.1, 1).pin(VolunteerId(5)).id();
    b.need("other", PlaceId(9), when, Seconds(60)).skill(SkillId(3), 1);
    b.need("fine", *home, when, Seconds(60)).skill(*care, 1);
    b.link(visit, NeedId(8), LinkRule::AFTER);
    let mut found = faults(b);
    found.sort();
    assert_eq!(
        found,
        [
            "unknown_reference $.links[0].to",
            "unknown_reference $.needs[0].at",
            "unknown_reference $.needs[0].pinned.volunteer",
            "unknown_reference $.needs[0].requires.all[0].skill",
            "unknown_reference $.needs[1].at",
            "unknown_reference $.needs[1].requires.all[0].skill",
            "unknown_reference $.volunteers[0].home",
            "unknown_reference $.volunteers[0].skills[0].skill",
        ]
    );
}

#[test]
fn a_place_that_is_not_on_the_globe_is_named() {
    let mut b = Problem::builder("far");
    b.place("home", 38.8, 105.6);
    b.place("nowhere", 91.0, f64::NAN);
    b.add_place(Place::unlocated("known to matrices alone"));
    assert_eq!(faults(b), ["bad_coordinate $.places[1].at"]);
}

#[test]
fn what_stands_for_a_key_is_found() {
    let mut b = Problem::builder("keys");
    let (car, home) = (car(&mut b), b.place("home", 38.8, 105.6));
    let names = ["s", "b", "a", "z"];
    let people = names.map(|key| b.volunteer(key, home, car).id());
    let needs = names.map(|key| b.need(key, home, Window::new(Time(0), Time(9)), Seconds(1)).id());
    let care = b.skill("care", 1);
    let problem = b.build().expect("nothing is wrong");
    for ((key, who), need) in names.iter().zip(people).zip(needs) {
        assert_eq!((problem.volunteer_id(key), problem.need_id(key)), (Some(*who), Some(*need)));
    }
    assert_eq!((problem.place_id("home"), problem.profile_id("car")), (Some(*home), Some(*car)));
    assert_eq!((problem.skill_id("care"), problem.category_id("red").map(|id| id.0)), (Some(*care), Some(0)));
    assert_eq!((problem.need_id(""), problem.volunteer_id("c"), problem.team_id("s")), (None, None, None));
    assert_eq!(Quality::skill(care, 1), Quality::Skill(SkillLevel { skill: *care, level: 1 }));
}
