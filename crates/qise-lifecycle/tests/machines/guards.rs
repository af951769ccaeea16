//! What is refused, and what the refusal says.

use qise_lifecycle::{
    CancelReason, Command, Conflict, Event, Facts, HoldReason, Lifecycle, Limits, Moment, NeedNo, OfferNo,
    PersonNo, Placed, Planning, Raised, Refusal, Seat, Seconds,
};

use crate::shell::{HOUR, Shell};

fn ride() -> Facts {
    Facts { stops: 2, ..Facts::one_person() }
}

#[test]
fn time_does_not_go_backwards() {
    let mut shell = Shell::new();
    shell.add(100, Facts::one_person());
    assert_eq!(shell.refused(99, &Command::Tick), "backwards");
    let event = Event::NeedClosed { need: NeedNo(0) };
    assert_eq!(
        shell.life.apply(Moment(99), &event),
        Err(Conflict::Backwards { at: Moment(99), now: Moment(100) })
    );
}

#[test]
fn a_refusal_names_the_state_and_what_was_expected() {
    let mut shell = Shell::new();
    let need = shell.add(0, Facts::one_person());
    let refusal = shell.submit(0, &Command::Rate { need, stars: 3 }).unwrap_err();
    assert_eq!(refusal.to_string(), "need 0 is queued: need_rated cannot follow");
    let Refusal::Conflict(conflict) = refusal else { panic!("the plan was not asked") };
    assert_eq!(conflict.expected(), ["fulfilled", "confirmed"]);
    shell.plan.unfit.push(PersonNo(3));
    let offer = Command::Offer { need, who: PersonNo(3), role: 0, expires: Seconds(5) };
    assert_eq!(shell.submit(0, &offer), Err(Refusal::Obstacle(7)));
}

#[test]
fn unknown_and_wrong_numbers_are_refused() {
    let mut shell = Shell::new();
    let need = NeedNo(3);
    assert_eq!(shell.refused(0, &Command::LoanBack { need }), "unknown_need");
    assert_eq!(shell.refused(0, &Command::Accept { offer: OfferNo(0) }), "unknown_offer");
    let add = |raised| Command::AddNeed { need: NeedNo(0), facts: ride(), released: Moment(0), raised };
    let during = Some(NeedNo(7));
    assert_eq!(shell.refused(0, &add(Some(Raised { by: PersonNo(1), during }))), "unknown_need");
    shell.must(0, &add(None));
    assert_eq!(shell.refused(0, &add(None)), "need_number");
    let late = Event::Offered {
        offer: OfferNo(2),
        need: NeedNo(0),
        who: PersonNo(1),
        role: 0,
        start: Moment(0),
        expires: Moment(9),
    };
    assert_eq!(shell.life.apply(Moment(0), &late).map_err(|conflict| conflict.code()), Err("offer_number"));
}

#[test]
fn stops_are_done_in_order_and_the_last_one_is_known() {
    let mut shell = Shell::new();
    let (need, who) = (shell.add(0, ride()), PersonNo(1));
    shell.must(0, &Command::Commit { need, who: vec![who] });
    assert_eq!(shell.refused(0, &Command::Arrive { need, who, stop: 1 }), "wrong_stop");
    assert_eq!(shell.refused(0, &Command::Done { need, who, stop: 0 }), "need_state");
    shell.must(0, &Command::Arrive { need, who, stop: 0 });
    let at = Moment(0);
    let code = |conflict: Conflict| conflict.code();
    assert_eq!(shell.life.apply(at, &Event::Done { need, who }).map_err(code), Err("wrong_stop"));
    shell.must(0, &Command::Done { need, who, stop: 0 });
    assert_eq!(shell.refused(0, &Command::Done { need, who, stop: 0 }), "assignment_state");
    shell.must(0, &Command::Arrive { need, who, stop: 1 });
    assert_eq!(shell.life.apply(at, &Event::StopDone { need, who, stop: 1 }).map_err(code), Err("last_stop"));
    let change = Command::ChangeNeed { need, facts: Facts::one_person() };
    assert_eq!(shell.refused(0, &change), "begun");
}

#[test]
fn nothing_ends_under_people_who_have_begun() {
    let mut shell = Shell::new();
    let need = shell.add(0, Facts::crew(vec![2]));
    let who = PersonNo(1);
    shell.must(0, &Command::Commit { need, who: vec![who] });
    shell.must(0, &Command::Depart { need, who, stop: 0 });
    let hold = Command::Hold { need, reason: HoldReason::Other, until: Moment(HOUR) };
    assert_eq!(shell.refused(0, &hold), "begun");
    shell.must(0, &Command::Arrive { need, who, stop: 0 });
    assert_eq!(shell.refused(0, &Command::CancelNeed { need, reason: CancelReason::Other }), "begun");
    assert_eq!(shell.refused(0, &Command::OffDuty { who, until: None }), "under_way");
    assert_eq!(
        shell.refused(0, &Command::ChangeNeed { need, facts: Facts::crew(vec![0, 1]) }),
        "places_taken"
    );
}

#[test]
fn a_need_that_ends_tells_people_before_it_comes_again() {
    // an event of a journal that somebody has cut
    let mut shell = Shell::new();
    let need = shell.add(0, Facts::one_person());
    shell.offer(0, need, 1);
    let at = Moment(0);
    shell.life.apply(at, &Event::NeedExpired { need }).expect("it can");
    let again = Event::NeedReopened { need, reason: qise_lifecycle::ReopenReason::Other, deadline: None };
    assert_eq!(shell.life.apply(at, &again), Err(Conflict::Unsettled { need }));
}

/// A plan that seats others than were named, or on places that are taken.
struct Confused(Vec<Seat>);

impl Planning for Confused {
    type Obstacle = ();

    fn place(&mut self, at: Moment, _: NeedNo, _: u16, _: PersonNo) -> Result<Placed, ()> {
        Ok(Placed { start: at })
    }

    fn crew(&mut self, _: Moment, _: NeedNo, _: &[PersonNo]) -> Result<Vec<Seat>, ()> {
        Ok(self.0.clone())
    }

    fn still_fits(&mut self, _: Moment, _: NeedNo, _: u16, _: PersonNo) -> Result<Placed, ()> {
        Err(())
    }
}

#[test]
fn a_confused_plan_fills_no_place_twice() {
    let mut life = Lifecycle::new(Limits::default());
    let (need, start) = (NeedNo(0), Moment(0));
    let facts = Facts::crew(vec![1, 1]);
    life.apply(start, &Event::NeedAdded { need, facts, released: start, raised: None })
        .expect("it is the first");
    let seat = |role, who| Seat { role, who: PersonNo(who), start };
    let commit = Command::Commit { need, who: vec![PersonNo(1), PersonNo(2)] };
    for (seats, code) in [
        (vec![seat(0, 1)], "other_crew"),
        (vec![seat(0, 1), seat(1, 3)], "other_crew"),
        (vec![seat(0, 1), seat(1, 1)], "other_crew"),
        (vec![seat(0, 1), seat(0, 2)], "no_place"),
        (vec![seat(0, 1), seat(2, 2)], "no_place"),
    ] {
        let refusal = life.decide(start, &commit, &mut Confused(seats)).expect_err("it makes no sense");
        assert_eq!(refusal.code(), code);
    }
    let good = life.decide(start, &commit, &mut Confused(vec![seat(1, 1), seat(0, 2)]));
    assert_eq!(good.map(|decision| decision.events.len()), Ok(2));
}
