//! An independent recount: what is where, minute by minute, read from the documents of a scenario and a plan alone.
//!
//! Nothing of the engine is used: documents are plain JSON, times are counted by hand, and the two accounts are kept in ways that
//! neither the judge nor the solver knows. The first states at every minute anew what each depot, route and borrower has, as sums over
//! the whole plan. The second moves every single thing that comes back from hand to hand, in order of time. They must agree.

mod accounts;
mod breaches;
mod plan;
mod sound;
mod story;
mod units;

use std::collections::BTreeSet;

use serde_json::Value;

use plan::Told;
use story::Story;

/// What is wrong with a plan: a word for the kind, and what it is about.
type Breach = (&'static str, String);

/// Counts everything again.
fn recount(scenario: &Value, plan: &Value) -> BTreeSet<Breach> {
    let story = Story::read(scenario);
    let mut breaches = BTreeSet::new();
    let told = Told::read(&story, plan, &mut breaches);
    told.order(&story, &mut breaches);
    accounts::count(&story, &told, &mut breaches);
    let units = units::follow(&story, &told, &mut breaches);
    if breaches.is_empty() {
        units::agree(&story, &told, &units, &mut breaches);
    }
    breaches
}

/// Days since 1970, by the calendar (Howard Hinnant, "chrono-compatible low-level date algorithms", 2013).
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// A time of a document in seconds of local time. All documents here keep to one zone.
fn time(value: &Value) -> i64 {
    let text = value.as_str().expect("a time").trim_end_matches("+08:00");
    let part = |from: usize, to: usize| text.get(from..to).map_or(0, |part| part.parse().expect("digits"));
    assert!(matches!(text.len(), 16 | 19), "no local time to the minute or second: {text}");
    days(part(0, 4), part(5, 7), part(8, 10)) * 86_400
        + part(11, 13) * 3600
        + part(14, 16) * 60
        + part(17, 19)
}

/// A duration of a document in seconds.
fn duration(value: &Value) -> i64 {
    let text = value.as_str().and_then(|text| text.strip_prefix("PT")).expect("hours and minutes");
    let (mut number, mut sum) = (0, 0);
    for letter in text.chars() {
        if let Some(digit) = letter.to_digit(10) {
            number = number * 10 + i64::from(digit);
            continue;
        }
        let units = [('H', 3600), ('M', 60), ('S', 1)];
        sum += number * units.iter().find(|(unit, _)| *unit == letter).expect("a unit").1;
        number = 0;
    }
    sum
}

/// The entries of a list that may be missing.
fn list<'v>(of: &'v Value, field: &str) -> impl Iterator<Item = &'v Value> + use<'v> {
    of[field].as_array().into_iter().flatten()
}

/// A text that must be there.
fn word<'v>(of: &'v Value, field: &str) -> &'v str {
    of[field].as_str().unwrap_or_else(|| panic!("no {field} in {of}"))
}
