//! What holds after any commands.

use proptest::prelude::*;
use qise_lifecycle::{Command, Event, Lifecycle, Limits, Moment, PersonNo};

use crate::random::Draw;
use crate::shell::{Shell, fold, through_snapshot};

fn draws(most: usize) -> impl Strategy<Value = Vec<Draw>> {
    let draw = any::<(u8, u8, u8, u8, u8)>().prop_map(|(kind, need, who, other, wait)| Draw {
        kind,
        need,
        who,
        other,
        wait,
    });
    prop::collection::vec(draw, 0..most)
}

/// Submits them all; person 5 fits nowhere. The shell checks the state after every event.
fn run(draws: &[Draw]) -> (Shell, i64) {
    let mut shell = Shell::new();
    shell.plan.unfit = vec![PersonNo(5)];
    let mut at = 0;
    for draw in draws {
        at += draw.wait();
        let command = draw.command(&shell.life, at);
        let answer = shell.submit(at, &command);
        if answer.is_ok() && command != Command::Tick {
            // the same again, at once: refused, or nothing happens
            let mut plan = shell.plan.clone();
            if let Ok(again) = shell.life.decide(Moment(at), &command, &mut plan) {
                assert_eq!(again.events, [], "{command:?} was done twice");
            }
        }
    }
    (shell, at)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_fold_can_pause_anywhere_and_go_through_a_snapshot(draws in draws(150), pause in any::<prop::sample::Index>()) {
        let (shell, _) = run(&draws);
        let begin = Lifecycle::new(*shell.life.limits());
        prop_assert_eq!(&fold(begin.clone(), &shell.journal), &shell.life);
        let written = serde_json::to_string(&shell.journal).expect("it can be written");
        prop_assert_eq!(&serde_json::from_str::<Vec<(Moment, Event)>>(&written).expect("it can be read"), &shell.journal);
        let (first, rest) = shell.journal.split_at(pause.index(shell.journal.len() + 1));
        let paused = fold(begin, first);
        let read = through_snapshot(&paused);
        prop_assert_eq!(&read, &paused);
        prop_assert_eq!(fold(read, rest), shell.life);
    }

    #[test]
    fn one_jump_of_the_clock_is_many_ticks(draws in draws(80), steps in prop::collection::vec(1_i64..500_000, 1..20)) {
        let (shell, mut at) = run(&draws);
        let (mut jump, mut ticks) = (shell.clone(), shell);
        for step in steps {
            at += step;
            ticks.tick(at);
        }
        jump.tick(at);
        prop_assert_eq!(jump.journal, ticks.journal);
        prop_assert_eq!(jump.life, ticks.life);
    }

    #[test]
    fn events_of_one_state_never_break_another(draws in draws(60), others in draws(60)) {
        // a journal that does not belong here: each event applies or changes nothing
        let (shell, _) = run(&draws);
        let (stranger, _) = run(&others);
        let mut life = shell.life;
        for (at, event) in &stranger.journal {
            let before = life.clone();
            let at = (*at).max(life.now());
            if life.apply(at, event).is_err() {
                prop_assert_eq!(&life, &before);
            }
            prop_assert_eq!(through_snapshot(&life), life.clone());
        }
    }
}

#[test]
fn nothing_has_happened_yet() {
    let life = Lifecycle::new(Limits::default());
    assert_eq!((life.next_timer(), life.now(), life.open_needs().count()), (None, Moment::MIN, 0));
    assert_eq!(through_snapshot(&life), life);
}

#[test]
fn snapshots_that_make_no_sense_are_refused() {
    let mut shell = Shell::new();
    let need = shell.add(0, qise_lifecycle::Facts::one_person());
    shell.offer(0, need, 1);
    let good = serde_json::to_string(&shell.life).expect("it can be written");
    for (from, to) in [
        (r#""offers":[{"need":0"#, r#""offers":[{"need":9"#),
        (r#""asked":[]"#, r#""asked":[{"who":1,"offer":4}]"#),
        (r#""places":[1]"#, r#""places":[0]"#),
        (r#""now":0"#, r#""now":0,"later":1"#),
    ] {
        let bad = good.replace(from, to);
        assert_ne!(bad, good, "{from}");
        assert!(serde_json::from_str::<Lifecycle>(&bad).is_err(), "{to}");
    }
}
