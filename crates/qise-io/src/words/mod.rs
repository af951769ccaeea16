//! Answers in words: the core answers in types, and this is where the sentences are made that documents and people see, in English and
//! Chinese.
//!
//! Words with the names of people and of other needs are for whoever plans; those that are called public may be told to whoever asked for
//! help, and to any volunteer. Moments that a sentence takes from the core are in coordinated universal time: see
//! [`crate::time::Zone::tell`].

mod choice;
mod compare;
mod coverage;
mod fairness;
mod improve;
mod location;
mod reason;
mod violation;

use qise::model::{NeedId, VolunteerId};
use qise::{Problem, Text, text};

pub use choice::{choice, public_choice};
pub use compare::{need_change, person_change};
pub use coverage::coverage_error;
pub use fairness::group;
pub use improve::change;
pub use location::path;
pub use reason::{public_reason, reason};
pub use violation::Finding;

/// So many names are told one by one.
const LISTED: usize = 4;

/// The name of a person; their id where they have none.
fn name(problem: &Problem, who: VolunteerId) -> &str {
    let volunteer = problem.volunteer(who);
    volunteer.name.as_ref().unwrap_or(&volunteer.key)
}

fn people_named(problem: &Problem, people: &[VolunteerId]) -> (String, String) {
    listed(&people.iter().map(|&who| name(problem, who)).collect::<Vec<_>>(), "people", "人")
}

fn needs_named(problem: &Problem, needs: &[NeedId]) -> (String, String) {
    let names = needs.iter().map(|&need| problem.need(need));
    let names = names.map(|need| need.name.as_ref().unwrap_or(&need.key).as_str());
    listed(&names.collect::<Vec<_>>(), "needs", "项需求")
}

/// Names in a row; of many only how many there are.
fn listed(names: &[&str], what: &str, what_zh: &str) -> (String, String) {
    let count = names.len();
    if count > LISTED {
        return (format!("{count} {what}"), format!("{count} {what_zh}"));
    }
    (names.join(", "), names.join("、"))
}

/// A length of time: hours and minutes, or seconds where it is shorter than a minute.
fn length(seconds: i64) -> Text {
    let (hours, minutes) = (seconds / 3600, seconds % 3600 / 60);
    match () {
        () if seconds < 60 => text!("{seconds} s", "{seconds} 秒"),
        () if hours == 0 => text!("{minutes} min", "{minutes} 分钟"),
        () => text!("{hours} h {minutes:02} min", "{hours} 小时 {minutes:02} 分"),
    }
}

/// Messages in a row, with these stops between them.
fn joined(parts: &[Text], en: &str, zh: &str) -> Text {
    let pick = |of: fn(&Text) -> &str| parts.iter().map(of).collect::<Vec<_>>();
    Text::new(pick(|t| &t.en).join(en), pick(|t| &t.zh).join(zh))
}
