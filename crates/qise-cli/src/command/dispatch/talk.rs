//! The conversation: one line in, one line out, and acknowledgements between them. A new plan is answered when it is there; other
//! lines are answered meanwhile.

use std::thread;

use anyhow::Result;
use qise::text;
use qise_dispatch::{
    Asked, Command, Dispatch, Engine, Line, Refusal, Submit, answered, durable, refused, told,
};
use serde_json::Value;

use super::inbox::{Inbox, Incoming};
use crate::{Terminal, exit};

/// Answers a client until it says no more.
pub(super) fn with(live: &Dispatch, inbox: &Inbox, terminal: &mut Terminal<'_>) -> Result<u8> {
    let zone = live.zone().map_err(|refusal| super::refused(&refusal))?;
    let reader = live.reader();
    let ask = &|asked: &Asked| {
        Ok(match asked {
            Asked::Submit(submit) => Answered::Command(live.submit(submit)?),
            Asked::Question(question) => Answered::Question(reader.ask(question)?),
        })
    };
    listen(inbox, terminal);
    thread::scope(|searches| {
        loop {
            let words = match inbox.next() {
                Incoming::Over => break,
                Incoming::Durable(seq) => durable(seq),
                Incoming::Answer(words) => words,
                Incoming::TooLong => answer(&Line::too_long(), ask),
                Incoming::Line(line) => {
                    let line = Line::read(&line, &zone);
                    if takes_a_while(&line) {
                        let promise = inbox.promise();
                        searches.spawn(move || promise.keep(answer(&line, ask)));
                        continue;
                    }
                    answer(&line, ask)
                }
            };
            terminal.say(&(words + "\n"));
        }
    });
    live.close().map_err(|refusal| super::refused(&refusal))?;
    if let Some(seq) = inbox.untold() {
        terminal.say(&(durable(seq) + "\n"));
    }
    Ok(exit::OK)
}

/// Answers questions about a state as it was.
pub(super) fn about(mut engine: Engine, terminal: &mut Terminal<'_>) -> Result<u8> {
    let (inbox, zone) = (Inbox::new(), engine.zone().clone());
    listen(&inbox, terminal);
    loop {
        let line = match inbox.next() {
            Incoming::Over => return Ok(exit::OK),
            Incoming::Durable(_) | Incoming::Answer(_) => continue,
            Incoming::TooLong => Line::too_long(),
            Incoming::Line(line) => Line::read(&line, &zone),
        };
        let words = answer(&line, |asked| match asked {
            Asked::Question(question) => engine.ask(question).map(Answered::Question),
            Asked::Submit(_) => {
                let words = text!("the state as it was: questions only", "历史状态：只能提问");
                Err(Refusal::new("read_only", words))
            }
        });
        terminal.say(&(words + "\n"));
    }
}

enum Answered {
    Command(qise_dispatch::Answer),
    Question(Value),
}

/// Whether others are answered before a line is.
fn takes_a_while(line: &Line) -> bool {
    let is_search = |submit: &Submit| matches!(submit.command, Command::Replan { .. });
    matches!(&line.asked, Ok(Asked::Submit(submit)) if is_search(submit))
}

fn answer(line: &Line, mut ask: impl FnMut(&Asked) -> Result<Answered, Refusal>) -> String {
    let answer = line.asked.as_ref().map_err(Clone::clone).and_then(&mut ask);
    match answer {
        Ok(Answered::Command(answer)) => answered(&line.id, &answer),
        Ok(Answered::Question(answer)) => told(&line.id, &answer),
        Err(refusal) => refused(&line.id, &refusal),
    }
}

/// Reads standard input on a thread of its own, which ends with the program.
fn listen(inbox: &Inbox, terminal: &mut Terminal<'_>) {
    let (inbox, input) = (inbox.clone(), terminal.input());
    thread::spawn(move || inbox.read(input));
}
