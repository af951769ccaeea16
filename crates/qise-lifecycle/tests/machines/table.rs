//! Every pair of a state and an event, and of a state and a command, and the page that shows them.
//!
//! `UPDATE=1 cargo test -p qise-lifecycle --all-features table` writes the page again.

use std::fmt::Write;
use std::path::Path;

use qise_lifecycle::{
    AssignmentState, CancelReason, Command, Conflict, DeclineReason, Event, EventKind, Facts, HoldReason,
    Lending, Level, LoanState, Moment, NeedNo, NeedState, OfferNo, OfferState, PersonNo, ReleaseReason,
    ReopenReason, Seconds, Step, WithdrawReason,
};

use crate::shell::{DAY, HOUR, MINUTE, Shell};

const NEED: NeedNo = NeedNo(0);
const WHO: PersonNo = PersonNo(1);
const OFFER: OfferNo = OfferNo(0);
const DEADLINE: i64 = 5 * HOUR;

/// One event of each kind, as it could happen to the need of `in_state` at a moment.
fn event(kind: EventKind, life: &qise_lifecycle::Lifecycle, at: i64) -> Event {
    let (need, who, offer, stop) = (NEED, WHO, OFFER, 0);
    let (start, until, expires) = (Moment(at + HOUR), Moment(at + HOUR), Moment(at + HOUR));
    match kind {
        EventKind::NeedAdded => {
            let facts = Facts::one_person();
            Event::NeedAdded { need: life.next_need(), facts, released: Moment(at), raised: None }
        }
        EventKind::NeedChanged => Event::NeedChanged { need, facts: Facts::one_person() },
        EventKind::NeedHeld => Event::NeedHeld { need, reason: HoldReason::Weather, until },
        EventKind::HoldEnded => Event::HoldEnded { need },
        EventKind::NeedCancelled => Event::NeedCancelled { need, reason: CancelReason::Mistake },
        EventKind::NeedRejected => Event::NeedRejected { need, reason: CancelReason::NotSafe },
        EventKind::NeedExpired => Event::NeedExpired { need },
        EventKind::NeedReopened => {
            Event::NeedReopened { need, reason: ReopenReason::CameBack, deadline: None }
        }
        EventKind::NeedConfirmed => Event::NeedConfirmed { need },
        EventKind::NeedRated => Event::NeedRated { need, stars: 4 },
        EventKind::NeedClosed => Event::NeedClosed { need },
        EventKind::Escalated => Event::Escalated { need, level: Level::Most },
        EventKind::CallBackDue => Event::CallBackDue { need },
        EventKind::Offered => {
            Event::Offered { offer: life.next_offer(), need, who: PersonNo(2), role: 0, start, expires }
        }
        EventKind::Accepted => Event::Accepted { offer, start },
        EventKind::Declined => Event::Declined { offer, reason: DeclineReason::Busy },
        EventKind::OfferExpired => Event::OfferExpired { offer },
        EventKind::OfferWithdrawn => Event::OfferWithdrawn { offer, reason: WithdrawReason::Revoked },
        EventKind::Committed => Event::Committed { need, who: PersonNo(2), role: 0, start },
        EventKind::Retimed => Event::Retimed { need, who, start },
        EventKind::Departed => Event::Departed { need, who, stop },
        EventKind::Arrived => Event::Arrived { need, who, stop },
        EventKind::StopDone => Event::StopDone { need, who, stop },
        EventKind::Done => Event::Done { need, who },
        EventKind::NoShow => Event::NoShow { need, who },
        EventKind::Released => Event::Released { need, who, reason: ReleaseReason::Withdrawn },
        EventKind::StoodDown => Event::StoodDown { need, who },
        EventKind::VisitOverdue => Event::VisitOverdue { need, who },
        EventKind::LoanOverdue => Event::LoanOverdue { need },
        EventKind::LoanReturned => Event::LoanReturned { need },
    }
}

/// A need for one person, who was asked, in a state.
fn in_state(state: NeedState) -> (Shell, i64) {
    use NeedState as S;
    let mut shell = Shell::new();
    let mut facts = Facts::one_person();
    facts.deadline = Some(Moment(DEADLINE));
    facts.lends = Some(Lending { back_by: Some(Moment(40 * DAY)) });
    shell.add(0, facts);
    let (need, who, stop) = (NEED, WHO, 0);
    let mut at = 0;
    if !matches!(state, S::Queued | S::Expired) {
        shell.offer(at, need, who.0);
    }
    let way = [
        (S::Staffed, Command::Accept { offer: OFFER }),
        (S::EnRoute, Command::Depart { need, who, stop }),
        (S::OnSite, Command::Arrive { need, who, stop }),
        (S::Fulfilled, Command::Done { need, who, stop }),
    ];
    let apart = match state {
        S::Queued | S::Offering => return (shell, at),
        S::OnHold => Some(Command::Hold { need, reason: HoldReason::Weather, until: Moment(at + HOUR) }),
        S::Rejected => Some(Command::CancelNeed { need, reason: CancelReason::Referred }),
        S::Cancelled => Some(Command::CancelNeed { need, reason: CancelReason::Mistake }),
        _ => None,
    };
    if let Some(command) = apart {
        shell.must(at, &command);
    } else if state == S::Expired {
        at = DEADLINE;
        shell.tick(at);
    } else {
        for (reached, command) in way {
            shell.must(at, &command);
            if reached == state {
                break;
            }
        }
        match state {
            S::Confirmed => at = 2 * DAY,
            S::Rated => drop(shell.must(at, &Command::Rate { need, stars: 4 })),
            S::Closed => at = 9 * DAY,
            _ => {}
        }
        shell.tick(at);
    }
    assert_eq!(shell.state(NEED), state);
    (shell, at)
}

#[test]
fn every_pair_is_a_transition_or_a_typed_conflict() {
    for &state in NeedState::ALL {
        for &kind in EventKind::ALL {
            let (shell, at) = in_state(state);
            let event = event(kind, &shell.life, at);
            assert_eq!(event.kind(), kind);
            let mut life = shell.life.clone();
            let applied = life.apply(Moment(at), &event);
            let after = life.need(NEED).expect("it is known").state;
            match (state.after(kind), applied) {
                _ if kind == EventKind::NeedAdded => assert_eq!((applied, after), (Ok(()), state)),
                (Some(Step::To(next)), Ok(())) => assert_eq!(after, next, "{state} {kind}"),
                (Some(Step::Stay), Ok(())) => assert_eq!(after, state, "{state} {kind}"),
                (Some(Step::ByCrew), Ok(())) => assert!(after.is_open() || after == NeedState::Fulfilled),
                // the need would, but an offer, a member or the loan is in another state
                (Some(_), Err(conflict)) => {
                    assert!(!matches!(conflict, Conflict::Need { .. }), "{state} {kind}");
                }
                (None, Ok(())) => panic!("{state} {kind} is not in the table"),
                (None, Err(Conflict::Need { need, state: told, event })) => {
                    assert_eq!((need, told, event), (NEED, state, kind));
                }
                (None, Err(conflict)) => {
                    assert!(matches!(conflict, Conflict::UnknownOffer { .. } | Conflict::Offer { .. }));
                }
            }
            if applied.is_err() {
                assert_eq!(life, shell.life, "{state} {kind}");
            }
        }
    }
}

#[test]
fn the_page_shows_the_tables() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/transitions.md");
    let page = page();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &page).expect("the page can be written");
    }
    let kept = std::fs::read_to_string(&path).expect("the page is there");
    assert!(
        kept == page,
        "docs/transitions.md is not what the tables say: see the head of tests/machines/table.rs"
    );
}

fn page() -> String {
    let mut page = String::from(
        "# Transitions\n\n\
         Written by the test `table`; the tables themselves are in `src/machine`. A dot is a conflict that\n\
         names the state and the event. `same` leaves the state as it is. `crew` leads to the state that\n\
         the crew tells, the first that holds of: a place is free (`offering` if an offer is open, else\n\
         `queued`), all are done (`fulfilled`), somebody has arrived (`on_site`), somebody is on the way\n\
         (`en_route`), `staffed`.\n\n\
         A need begins `queued`, with `need_added`; an offer `sent`, with `offered`; an assignment\n\
         `committed`, with `accepted` or `committed`; a loan `out`, when its need is fulfilled.\n",
    );
    section(&mut page, "Need", NeedState::ALL, NeedState::code, |state, kind| {
        state.after(kind).map(|step| match step {
            Step::To(next) => next.code(),
            Step::Stay => "same",
            Step::ByCrew => "crew",
        })
    });
    let offers = [
        OfferState::Sent,
        OfferState::Accepted,
        OfferState::Declined(DeclineReason::Busy),
        OfferState::TimedOut,
        OfferState::Withdrawn(WithdrawReason::Filled),
    ];
    let life = qise_lifecycle::Lifecycle::new(qise_lifecycle::Limits::default());
    section(&mut page, "Offer", &offers, OfferState::code, |state, kind| {
        state.after(&event(kind, &life, 0)).map(OfferState::code)
    });
    section(&mut page, "Assignment", AssignmentState::ALL, AssignmentState::code, |state, kind| {
        state.after(kind).map(AssignmentState::code)
    });
    section(&mut page, "Loan", LoanState::ALL, LoanState::code, |state, kind| {
        state.after(kind).map(LoanState::code)
    });
    page.push_str(
        "\n## Commands, by example\n\n\
         What each command leads to for a need of one person, who was asked (but for `queued` and\n\
         `expired`): its events, or in brackets why it is refused.\n",
    );
    for command in commands(0) {
        let of_office = if rejects(&command) { ", refused by the office" } else { "" };
        let _ = write!(page, "\n- `{}`{of_office}", command.code());
        let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
        for &state in NeedState::ALL {
            let answer = answer(state, &command);
            match groups.iter_mut().find(|(known, _)| *known == answer) {
                Some((_, states)) => states.push(state.code()),
                None => groups.push((answer, vec![state.code()])),
            }
        }
        for (answer, states) in groups {
            let _ = write!(page, "\n  - {}: {answer}", states.join(", "));
        }
    }
    page.push('\n');
    page
}

fn section<S: Copy>(
    page: &mut String,
    title: &str,
    states: &[S],
    code: impl Fn(S) -> &'static str,
    after: impl Fn(S, EventKind) -> Option<&'static str>,
) {
    let heads: Vec<&str> = states.iter().map(|&state| code(state)).collect();
    let _ = writeln!(page, "\n## {title}\n\n| event | {} |", heads.join(" | "));
    let _ = writeln!(page, "| --- |{}", " --- |".repeat(states.len()));
    for &kind in EventKind::ALL {
        let cells: Vec<_> = states.iter().map(|&state| after(state, kind)).collect();
        if cells.iter().any(Option::is_some) {
            let cells: Vec<&str> = cells.into_iter().map(|cell| cell.unwrap_or("·")).collect();
            let _ = writeln!(page, "| {kind} | {} |", cells.join(" | "));
        }
    }
}

/// One command of each kind that concerns a need.
fn commands(at: i64) -> Vec<Command> {
    let (need, who, offer, stop) = (NEED, WHO, OFFER, 0);
    vec![
        Command::ChangeNeed { need, facts: Facts::crew(vec![2]) },
        Command::CancelNeed { need, reason: CancelReason::Mistake },
        Command::CancelNeed { need, reason: CancelReason::Referred },
        Command::Reopen { need, reason: ReopenReason::CameBack, deadline: None },
        Command::Offer { need, who: PersonNo(2), role: 0, expires: Seconds::minutes(5) },
        Command::Accept { offer },
        Command::Decline { offer, reason: DeclineReason::Busy },
        Command::Commit { need, who: vec![PersonNo(2)] },
        Command::Withdraw { need, who },
        Command::NoShow { need, who },
        Command::Depart { need, who, stop },
        Command::Arrive { need, who, stop },
        Command::Done { need, who, stop },
        Command::Rate { need, stars: 1 },
        Command::Hold { need, reason: HoldReason::RoadClosed, until: Moment(at + 2 * HOUR) },
        Command::LoanBack { need },
        Command::OffDuty { who, until: None },
    ]
}

fn rejects(command: &Command) -> bool {
    matches!(command, Command::CancelNeed { reason, .. } if reason.is_rejection())
}

fn answer(state: NeedState, command: &Command) -> String {
    let (mut shell, at) = in_state(state);
    let at = at + MINUTE;
    let same = commands(at)
        .into_iter()
        .find(|other| other.code() == command.code() && rejects(other) == rejects(command));
    let since = shell.journal.len();
    match shell.submit(at, &same.expect("it is one of them")) {
        Err(refusal) => format!("[{}]", refusal.code()),
        Ok(_) if shell.journal.len() == since => "nothing".into(),
        Ok(_) => format!("{} → {}", shell.codes(since).join(", "), shell.state(NEED)),
    }
}
