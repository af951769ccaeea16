//! What happens by itself.

use qise_lifecycle::{
    CancelReason, Command, Conflict, Facts, HoldReason, Lending, Level, Moment, NeedNo, NeedState, PersonNo,
    Precedence, Refusal, ReopenReason, Seconds, Timer,
};

use crate::shell::{DAY, HOUR, MINUTE, Shell};

fn promised(seconds: i64) -> Facts {
    let mut facts = Facts::one_person();
    facts.promise = Some(Seconds(seconds));
    facts
}

/// Adds a need for one person, who serves it at once.
fn served(shell: &mut Shell, at: i64, facts: Facts) -> NeedNo {
    let need = shell.add(at, facts);
    let (who, stop) = (PersonNo(1), 0);
    shell.must(at, &Command::Commit { need, who: vec![who] });
    shell.must(at, &Command::Arrive { need, who, stop });
    shell.must(at, &Command::Done { need, who, stop });
    need
}

#[test]
fn a_need_that_waits_is_told_at_half_four_fifths_and_the_end_of_its_promise() {
    let mut shell = Shell::new();
    let need = shell.add(1_000, promised(100));
    shell.tick(1_049);
    assert_eq!(shell.journal.len(), 1);
    shell.tick(2_000);
    let told: Vec<i64> = shell.journal[1..].iter().map(|&(at, _)| at.0).collect();
    assert_eq!((told, shell.codes(1)), (vec![1_050, 1_080, 1_100], vec!["escalated"; 3]));
    assert_eq!(shell.life.need(need).and_then(|need| need.escalated), Some(Level::Due));
    assert_eq!(shell.life.next_timer(), None);
}

#[test]
fn levels_that_passed_with_a_crew_are_told_once_when_it_is_short_again() {
    let mut shell = Shell::new();
    let need = shell.add(0, promised(1_000));
    let who = PersonNo(1);
    shell.must(0, &Command::Commit { need, who: vec![who] });
    shell.must(850, &Command::NoShow { need, who });
    let since = shell.journal.len();
    shell.tick(850);
    assert_eq!(shell.codes(since), ["escalated"]);
    assert_eq!(shell.life.need(need).and_then(|need| need.escalated), Some(Level::Most));
    assert_eq!(shell.life.next_timer(), Some((Moment(1_000), Timer::Escalates(need))));
}

#[test]
fn an_answer_at_the_last_moment_counts_and_a_decision_then_comes_after_the_timer() {
    let mut shell = Shell::new();
    let need = shell.add(0, Facts::one_person());
    let offer = shell.offer(0, need, 1);
    let last = 10 * MINUTE;
    let again = Command::Offer { need, who: PersonNo(1), role: 0, expires: Seconds(60) };
    let (due, timer) = (Moment(last), Timer::OfferExpires(offer));
    assert_eq!(shell.life.timer_before(Moment(last), &Command::Accept { offer }), None);
    assert_eq!(shell.life.timer_before(Moment(last), &again), Some((due, timer)));
    let early = shell.life.decide(Moment(last), &again, &mut shell.plan.clone());
    assert_eq!(early, Err(Refusal::Conflict(Conflict::TimerDue { timer, due })));
    assert_eq!(shell.clone().must(last, &Command::Accept { offer }).code(), "committed");
    shell.must(last, &again);
    assert_eq!(shell.codes(2), ["offer_expired", "offered"]);
    assert_eq!(shell.refused(last, &Command::Accept { offer }), "offer_state");
}

#[test]
fn timers_of_one_moment_fire_by_kind_and_number() {
    let mut shell = Shell::new();
    for _ in 0..2 {
        let mut facts = promised(2 * 10 * MINUTE);
        facts.deadline = Some(Moment(10 * MINUTE));
        let need = shell.add(0, facts);
        shell.offer(0, need, 1 + need.0);
    }
    let since = shell.journal.len();
    shell.tick(10 * MINUTE);
    assert_eq!(shell.codes(since), ["offer_expired", "offer_expired", "need_expired", "need_expired"]);
    assert_eq!(
        shell.life.fire(Timer::HoldEnds(NeedNo(0))).map_err(|conflict| conflict.code()),
        Err("timer_not_next")
    );
}

#[test]
fn a_hold_ends_by_itself_and_stops_no_clock() {
    let mut shell = Shell::new();
    let mut facts = promised(HOUR);
    facts.deadline = Some(Moment(4 * HOUR));
    let need = shell.add(0, facts);
    let hold = |until| Command::Hold { need, reason: HoldReason::ResidentAway, until: Moment(until) };
    shell.must(0, &hold(2 * HOUR));
    shell.must(0, &hold(3 * HOUR));
    shell.tick(3 * HOUR);
    assert_eq!(shell.codes(3), ["escalated", "escalated", "escalated", "hold_ended"]);
    assert_eq!(shell.state(need), NeedState::Queued);
    shell.must(3 * HOUR, &hold(5 * HOUR));
    shell.tick(6 * HOUR);
    assert_eq!(shell.state(need), NeedState::Expired);
}

#[test]
fn a_need_expires_unless_somebody_has_begun() {
    let mut facts = Facts::crew(vec![2]);
    facts.deadline = Some(Moment(HOUR));
    let (who, stop) = (PersonNo(1), 0);

    let mut shell = Shell::new();
    let need = shell.add(0, facts.clone());
    shell.must(0, &Command::Commit { need, who: vec![who] });
    shell.must(0, &Command::Depart { need, who, stop });
    let mut begun = shell.clone();
    shell.offer(55 * MINUTE, need, 2);
    let since = shell.journal.len();
    shell.tick(2 * HOUR);
    assert_eq!(shell.codes(since), ["need_expired", "offer_withdrawn", "stood_down"]);

    begun.must(50 * MINUTE, &Command::Arrive { need, who, stop });
    begun.tick(DAY);
    assert_eq!(begun.state(need), NeedState::Queued);
}

#[test]
fn whoever_does_not_arrive_is_told_once() {
    let mut shell = Shell::new();
    let need = shell.add(0, Facts::crew(vec![2]));
    shell.must(0, &Command::Commit { need, who: vec![PersonNo(1), PersonNo(2)] });
    shell.must(0, &Command::Depart { need, who: PersonNo(2), stop: 0 });
    let since = shell.journal.len();
    shell.tick(DAY);
    let told: Vec<i64> = shell.journal[since..].iter().map(|&(at, _)| at.0 / MINUTE).collect();
    assert_eq!((shell.codes(since), told), (vec!["visit_overdue"; 2], vec![11 + 15, 12 + 15]));
}

#[test]
fn what_was_served_is_confirmed_and_closed_in_time() {
    let mut shell = Shell::new();
    let need = served(&mut shell, 0, Facts::one_person());
    let since = shell.journal.len();
    shell.tick(2 * DAY);
    assert_eq!((shell.codes(since), shell.state(need)), (vec!["need_confirmed"], NeedState::Confirmed));
    shell.tick(30 * DAY);
    assert_eq!(shell.state(need), NeedState::Closed);
    assert_eq!(shell.journal.last().map(|&(at, _)| at), Some(Moment(9 * DAY)));

    let rated = served(&mut shell, 30 * DAY, Facts::one_person());
    let since = shell.journal.len();
    shell.must(31 * DAY, &Command::Rate { need: rated, stars: 2 });
    shell.tick(60 * DAY);
    assert_eq!(shell.codes(since), ["need_rated", "call_back_due", "need_closed"]);
    assert_eq!(shell.journal.last().map(|&(at, _)| at), Some(Moment(38 * DAY)));
}

#[test]
fn a_need_can_be_reopened_for_thirty_days_and_keeps_its_release() {
    let mut shell = Shell::new();
    let need = served(&mut shell, 0, promised(HOUR));
    let reopen = Command::Reopen { need, reason: ReopenReason::NotSolved, deadline: Some(Moment(31 * DAY)) };
    assert_eq!(shell.clone().refused(30 * DAY + 1, &reopen), "too_late");
    shell.must(30 * DAY, &reopen);
    let since = shell.journal.len();
    shell.tick(30 * DAY);
    assert_eq!(shell.codes(since), ["escalated"], "one notice for all levels that have passed");
    let now = shell.life.need(need).expect("it is known");
    assert_eq!(
        (now.released, now.attempt, now.missing(), now.escalated),
        (Moment(0), 2, 1, Some(Level::Due))
    );
    shell.tick(31 * DAY);
    assert_eq!(shell.state(need), NeedState::Expired);
    shell.must(32 * DAY, &Command::Reopen { need, reason: ReopenReason::Mistake, deadline: None });
    shell.must(32 * DAY, &Command::CancelNeed { need, reason: CancelReason::Mistake });
    assert_eq!(shell.refused(90 * DAY, &reopen), "too_late");
}

#[test]
fn equipment_is_overdue_and_comes_back_whatever_its_need_does() {
    let mut shell = Shell::new();
    let mut facts = Facts::one_person();
    facts.lends = Some(Lending { back_by: Some(Moment(20 * DAY)) });
    let need = served(&mut shell, 0, facts);
    shell.must(DAY, &Command::Reopen { need, reason: ReopenReason::NotSolved, deadline: None });
    shell.tick(21 * DAY);
    let loan = |shell: &Shell| shell.life.need(need).and_then(|need| need.loan).map(|loan| loan.state.code());
    assert_eq!(loan(&shell), Some("overdue"));
    shell.must(22 * DAY, &Command::LoanBack { need });
    assert_eq!((loan(&shell), shell.state(need)), (Some("returned"), NeedState::Queued));
    assert_eq!(shell.refused(22 * DAY, &Command::LoanBack { need }), "loan_state");
    let who = PersonNo(2);
    shell.must(22 * DAY, &Command::Commit { need, who: vec![who] });
    shell.must(22 * DAY, &Command::Arrive { need, who, stop: 0 });
    shell.must(22 * DAY, &Command::Done { need, who, stop: 0 });
    assert_eq!(loan(&shell), Some("out"));
}

#[test]
fn commands_of_one_moment_have_an_order() {
    let need = NeedNo(0);
    let (first, last) = (Command::LoanBack { need }, Command::Tick);
    assert!(first.precedence() < Command::Rate { need, stars: 1 }.precedence());
    assert_eq!((first.precedence(), last.precedence()), (Precedence::Release, Precedence::Decision));
}
