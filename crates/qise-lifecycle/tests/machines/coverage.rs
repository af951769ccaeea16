//! No dead entry: a long random run takes every transition, and meets every conflict but those that
//! only a wrong shell or a wrong plan can meet.

use std::collections::BTreeSet;

use qise_lifecycle::{AssignmentState, EventKind, LoanState, NeedState, PersonNo, Refusal};

use crate::random::Draw;
use crate::shell::Shell;

/// A small generator with a fixed stream.
struct Numbers(u64);

impl Numbers {
    fn byte(&mut self) -> u8 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 56) as u8
    }

    fn draw(&mut self) -> Draw {
        Draw { kind: self.byte(), need: self.byte(), who: self.byte(), other: self.byte(), wait: self.byte() }
    }
}

/// What was seen.
#[derive(Default)]
struct Seen {
    needs: BTreeSet<(NeedState, EventKind)>,
    members: BTreeSet<(AssignmentState, EventKind)>,
    loans: BTreeSet<(LoanState, EventKind)>,
    answers: BTreeSet<&'static str>,
}

impl Seen {
    /// Folds a journal again and looks at the state before each event.
    fn look(&mut self, shell: &Shell) {
        let mut life = qise_lifecycle::Lifecycle::new(*shell.life.limits());
        for (at, event) in &shell.journal {
            let kind = event.kind();
            let before = life.clone();
            life.apply(*at, event).expect("it was applied");
            for (no, need) in before.needs().iter().enumerate() {
                let after = &life.needs()[no];
                if need == after {
                    continue;
                }
                self.needs.insert((need.state, kind));
                for member in &need.members {
                    let later = after.member(member.who);
                    if later.is_some_and(|later| later != member && later.committed == member.committed) {
                        self.members.insert((member.state, kind));
                    }
                }
                if let (Some(loan), true) = (need.loan, need.loan != after.loan) {
                    self.loans.insert((loan.state, kind));
                }
            }
        }
    }
}

#[test]
fn every_transition_is_taken() {
    let mut numbers = Numbers(1);
    let mut seen = Seen::default();
    for _ in 0..4_000 {
        let mut shell = Shell::new();
        shell.plan.unfit = vec![PersonNo(5)];
        let mut at = 0;
        for _ in 0..120 {
            let draw = numbers.draw();
            at += draw.wait();
            let command = draw.command(&shell.life, at);
            seen.answers.insert(match shell.submit(at, &command) {
                Ok(outcome) => outcome.code(),
                Err(refusal) => {
                    if let Refusal::Conflict(conflict) = &refusal {
                        assert_eq!(
                            conflict.expected().is_empty(),
                            !conflict.code().ends_with("_state"),
                            "{conflict:?}"
                        );
                    }
                    refusal.code()
                }
            });
        }
        seen.look(&shell);
    }

    // a notice that leaves no trace, and loans, which go on in whatever state their need is
    let silent = [EventKind::CallBackDue, EventKind::LoanOverdue, EventKind::LoanReturned];
    // whoever keeps the plan tells so: it is not decided here
    let by_planners = [(AssignmentState::Departed, EventKind::Retimed)];
    let mut missed = Vec::new();
    for &kind in EventKind::ALL {
        for &state in NeedState::ALL.iter().filter(|_| !silent.contains(&kind)) {
            if state.after(kind).is_some() && !seen.needs.contains(&(state, kind)) {
                missed.push(format!("{state} {kind}"));
            }
        }
        for &state in AssignmentState::ALL {
            let is_told = !by_planners.contains(&(state, kind));
            if is_told && state.after(kind).is_some() && !seen.members.contains(&(state, kind)) {
                missed.push(format!("member {state} {kind}"));
            }
        }
        for &state in LoanState::ALL {
            if state.after(kind).is_some() && !seen.loans.contains(&(state, kind)) {
                missed.push(format!("loan {state} {kind}"));
            }
        }
    }
    assert_eq!(missed, [""; 0]);
    let answers: Vec<&str> = seen.answers.into_iter().collect();
    let expected = "already_asked already_member assignment_state bad_promise bad_stars begun changed committed \
        crew filled loan_state named_twice need_number need_state no_place no_stop nobody_asked_for nobody_named \
        not_concerned not_in_future noted nothing_lent obstacle off_duty offer_state offered places_taken released \
        released_later too_late too_many too_many_people unchanged under_way unknown_need unknown_offer wrong_stop";
    assert_eq!(answers.join(" "), expected);
}
