//! What happens in the field, told from the first call.

use qise_lifecycle::{
    Command, DeclineReason, Facts, HoldReason, Moment, NeedNo, NeedState, Outcome, PersonNo, PersonState,
    Raised, Seconds,
};

use crate::shell::{HOUR, MINUTE, Shell};

fn people(numbers: &[u32]) -> Vec<PersonNo> {
    numbers.iter().copied().map(PersonNo).collect()
}

#[test]
fn a_crew_of_three_is_filled_one_by_one() {
    let mut shell = Shell::new();
    let need = shell.add(0, Facts::crew(vec![3]));
    let offers: Vec<_> = (1..=5).map(|who| shell.offer(0, need, who)).collect();
    let accept = |n: usize| Command::Accept { offer: offers[n] };
    let start = |who: i64| Moment((10 + who) * MINUTE);
    assert_eq!(shell.must(0, &accept(0)), Outcome::Committed { start: start(1), missing: 2 });
    assert_eq!(shell.must(0, &accept(1)), Outcome::Committed { start: start(2), missing: 1 });
    let reason = DeclineReason::TooFar;
    shell.must(0, &Command::Decline { offer: offers[2], reason });
    let since = shell.journal.len();
    assert_eq!(shell.must(0, &accept(3)), Outcome::Committed { start: start(4), missing: 0 });
    assert_eq!(shell.codes(since), ["accepted", "offer_withdrawn"]);
    assert_eq!(shell.must(0, &accept(4)), Outcome::Filled, "not an error, and not a decline");
    let declined: Vec<_> = shell.life.declined(need).collect();
    assert_eq!(declined, [(PersonNo(3), Some(reason))]);

    // one does not come; whoever declined can still be sent
    shell.must(HOUR, &Command::Depart { need, who: PersonNo(1), stop: 0 });
    let outcome = shell.must(HOUR, &Command::NoShow { need, who: PersonNo(4) });
    assert_eq!(outcome, Outcome::Released { who: people(&[4]), missing: 1 });
    assert_eq!((shell.state(need), shell.life.missing(need).collect()), (NeedState::Queued, vec![(0, 1)]));
    shell.must(HOUR, &Command::Commit { need, who: people(&[3]) });
    assert_eq!(shell.state(need), NeedState::EnRoute);
    for who in people(&[1, 2, 3]) {
        shell.must(2 * HOUR, &Command::Arrive { need, who, stop: 0 });
        assert_eq!(shell.state(need), NeedState::OnSite);
        shell.must(2 * HOUR, &Command::Done { need, who, stop: 0 });
    }
    assert_eq!(shell.state(need), NeedState::Fulfilled);
    assert_eq!(shell.life.open_needs().count(), 0);
}

#[test]
fn a_driver_fetches_two_people_before_bringing_either_home() {
    let mut shell = Shell::new();
    let ride = Facts { stops: 2, ..Facts::one_person() };
    let (first, second) = (shell.add(0, ride.clone()), shell.add(0, ride));
    let who = PersonNo(1);
    for need in [first, second] {
        shell.must(0, &Command::Commit { need, who: vec![who] });
    }
    assert_eq!(shell.life.person_state(who), PersonState::Committed);
    let depart = |need, stop| Command::Depart { need, who, stop };
    let arrive = |need, stop| Command::Arrive { need, who, stop };
    let done = |need, stop| Command::Done { need, who, stop };
    shell.must(0, &depart(first, 0));
    assert_eq!(shell.life.person_state(who), PersonState::EnRoute);
    assert_eq!(shell.refused(0, &depart(second, 0)), "under_way");
    for (command, state) in [
        (arrive(first, 0), PersonState::OnSite),
        (done(first, 0), PersonState::Between),
        (arrive(second, 0), PersonState::OnSite),
        (done(second, 0), PersonState::Between),
        (depart(first, 1), PersonState::EnRoute),
        (arrive(first, 1), PersonState::OnSite),
        (done(first, 1), PersonState::Between),
        (arrive(second, 1), PersonState::OnSite),
        (done(second, 1), PersonState::Free),
    ] {
        shell.must(0, &command);
        assert_eq!(shell.life.person_state(who), state, "{command:?}");
        let off_duty = shell.clone().submit(0, &Command::OffDuty { who, until: None });
        assert_eq!(off_duty.is_ok(), state == PersonState::Free);
    }
    assert_eq!(shell.life.count(NeedState::Fulfilled), 2);
}

#[test]
fn a_need_is_raised_on_a_visit() {
    let mut shell = Shell::new();
    let (visit, who) = (shell.add(0, Facts::one_person()), PersonNo(1));
    shell.must(0, &Command::Commit { need: visit, who: vec![who] });
    let raised = Some(Raised { by: who, during: Some(visit) });
    let raise = Command::AddNeed { need: NeedNo(1), facts: Facts::one_person(), released: Moment(0), raised };
    assert_eq!(shell.refused(0, &raise), "not_concerned", "nobody has arrived");
    shell.must(0, &Command::Arrive { need: visit, who, stop: 0 });
    shell.must(0, &raise);
    assert_eq!(shell.life.need(NeedNo(1)).and_then(|need| need.raised), raised);
}

#[test]
fn going_off_duty_gives_up_what_has_not_begun() {
    let mut shell = Shell::new();
    let needs: Vec<_> = (0..3).map(|_| shell.add(0, Facts::one_person())).collect();
    let who = PersonNo(1);
    shell.must(0, &Command::Commit { need: needs[0], who: vec![who] });
    shell.must(HOUR, &Command::Commit { need: needs[1], who: vec![who] });
    shell.offer(HOUR, needs[2], 1);
    let before = Command::OffDuty { who, until: Some(Moment(HOUR)) };
    assert_eq!(shell.must(HOUR, &before), Outcome::OffDuty { needs: vec![needs[0]] });
    let since = shell.journal.len();
    let all = Command::OffDuty { who, until: None };
    assert_eq!(shell.must(HOUR, &all), Outcome::OffDuty { needs: vec![needs[1]] });
    assert_eq!(shell.codes(since), ["released", "offer_withdrawn"]);
    assert_eq!(shell.must(HOUR, &all), Outcome::OffDuty { needs: vec![] });
    assert_eq!(shell.life.count(NeedState::Queued), 3);
}

#[test]
fn a_change_keeps_those_who_fit() {
    let mut shell = Shell::new();
    let need = shell.add(0, Facts::crew(vec![2, 1]));
    shell.must(0, &Command::Commit { need, who: people(&[1, 2, 3]) });
    shell.plan.unfit = people(&[1]);
    let since = shell.journal.len();
    let mut facts = Facts::crew(vec![2, 1]);
    facts.priority = 9;
    let outcome = shell.must(MINUTE, &Command::ChangeNeed { need, facts: facts.clone() });
    assert_eq!(outcome, Outcome::Released { who: people(&[1]), missing: 1 });
    assert_eq!(shell.codes(since), ["released", "need_changed", "retimed", "retimed"]);
    assert_eq!(shell.refused(MINUTE, &Command::ChangeNeed { need, facts }), "unchanged");

    // fewer places: whoever came last goes, and offers for what is full are taken back
    shell.offer(MINUTE, need, 4);
    shell.must(MINUTE, &Command::Depart { need, who: PersonNo(2), stop: 0 });
    let since = shell.journal.len();
    let outcome = shell.must(2 * MINUTE, &Command::ChangeNeed { need, facts: Facts::one_person() });
    assert_eq!(outcome, Outcome::Released { who: people(&[3]), missing: 0 });
    assert_eq!(shell.codes(since), ["released", "offer_withdrawn", "need_changed"]);
    assert_eq!(shell.state(need), NeedState::EnRoute);

    // more places, while somebody is there: the need asks again
    shell.must(HOUR, &Command::Arrive { need, who: PersonNo(2), stop: 0 });
    shell.must(HOUR, &Command::ChangeNeed { need, facts: Facts::crew(vec![2]) });
    assert_eq!(shell.state(need), NeedState::Queued);
    shell.must(HOUR, &Command::Done { need, who: PersonNo(2), stop: 0 });
    shell.must(HOUR, &Command::ChangeNeed { need, facts: Facts::crew(vec![1]) });
    assert_eq!(shell.state(need), NeedState::Fulfilled, "the one who was there has done it");
}

#[test]
fn a_hold_keeps_the_crew_and_takes_offers_back() {
    let mut shell = Shell::new();
    let need = shell.add(0, Facts::crew(vec![2]));
    shell.must(0, &Command::Commit { need, who: people(&[1]) });
    let offer = shell.offer(0, need, 2);
    let hold = Command::Hold { need, reason: HoldReason::Weather, until: Moment(HOUR) };
    shell.must(0, &hold);
    assert_eq!(shell.refused(0, &hold), "unchanged");
    assert_eq!(shell.refused(0, &Command::Accept { offer }), "offer_state");
    assert_eq!(shell.refused(0, &Command::Depart { need, who: PersonNo(1), stop: 0 }), "need_state");
    shell.tick(HOUR);
    let now = shell.life.need(need).expect("it is known");
    assert_eq!((now.state, now.crew().count(), now.hold), (NeedState::Queued, 1, None));
}

#[test]
fn an_offer_is_made_once_and_a_dispatcher_may_overrule_it() {
    let mut shell = Shell::new();
    let need = shell.add(0, Facts::one_person());
    let offer = shell.offer(0, need, 1);
    let again = Command::Offer { need, who: PersonNo(1), role: 0, expires: Seconds(60) };
    assert_eq!(shell.refused(0, &again), "already_asked");
    let patient = Command::Offer { need, who: PersonNo(2), role: 0, expires: Seconds::hours(2) };
    let Outcome::Offered { offer: long, .. } = shell.must(0, &patient) else { panic!("an offer") };
    let late = shell.clone().must(MINUTE, &Command::Accept { offer });
    assert_eq!(
        late,
        Outcome::Committed { start: Moment(12 * MINUTE), missing: 0 },
        "as offered, a minute later"
    );
    let jam = shell.clone().must(HOUR, &Command::Accept { offer: long });
    assert_eq!(jam, Outcome::Changed { start: Moment(79 * MINUTE), missing: 0 });
    let since = shell.journal.len();
    shell.must(0, &Command::Commit { need, who: people(&[1]) });
    assert_eq!(shell.codes(since), ["offer_withdrawn", "committed", "offer_withdrawn"]);
    assert_eq!(shell.refused(0, &Command::Accept { offer }), "offer_state");
}

#[test]
fn whoever_does_not_answer_is_remembered_and_may_be_asked_again() {
    let mut shell = Shell::new();
    let need = shell.add(0, Facts::one_person());
    shell.offer(0, need, 1);
    shell.tick(HOUR);
    assert_eq!(shell.life.declined(need).collect::<Vec<_>>(), [(PersonNo(1), None)]);
    let offer = shell.offer(HOUR, need, 1);
    shell.must(HOUR, &Command::Withdraw { need, who: PersonNo(1) });
    assert_eq!(shell.refused(HOUR, &Command::Accept { offer }), "offer_state");
    assert_eq!(shell.refused(HOUR, &Command::Withdraw { need, who: PersonNo(1) }), "not_concerned");
    assert_eq!(shell.state(need), NeedState::Queued);
}
