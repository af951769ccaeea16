//! Names as people may see them: without characters that steer a terminal, end a line or turn the direction of writing.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt::Write;

use qise::{Problem, ProblemData};

use crate::Scenario;

/// Whether a character does something to the text around it instead of standing there.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            // Marks, embeddings, overrides and isolates of direction.
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}'
            // Ends of lines and paragraphs.
            | '\u{2028}' | '\u{2029}'
            // A mark of byte order, annotations, tags; what no text may hold.
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
            | '\u{fdd0}'..='\u{fdef}' | '\u{fffe}' | '\u{ffff}')
}

/// The text with every such character as an escape such as `\u{1b}`. Joiners and variation selectors, which scripts need, stay.
pub fn visible(words: &str) -> Cow<'_, str> {
    if !words.contains(is_hidden) {
        return Cow::Borrowed(words);
    }
    let mut shown = String::with_capacity(words.len() + 16);
    for c in words.chars() {
        match c {
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push_str("\\t"),
            c if is_hidden(c) => {
                // Writing to a string cannot fail.
                let _ = write!(shown, "\\u{{{:x}}}", u32::from(c));
            }
            c => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

/// The scenario as people may see it: itself, or a copy with names and ids that are [`visible`]. Everything in it has the same
/// number, so what is known of the one holds for the other.
pub fn shown(scenario: &Scenario) -> Cow<'_, Scenario> {
    match shown_problem(&scenario.problem) {
        Cow::Borrowed(_) => Cow::Borrowed(scenario),
        Cow::Owned(problem) => Cow::Owned(Scenario { problem, zone: scenario.zone.clone() }),
    }
}

/// As [`shown`], for a problem.
pub fn shown_problem(problem: &Problem) -> Cow<'_, Problem> {
    if !has_hidden(problem) {
        return Cow::Borrowed(problem);
    }
    // Names and ids are all that changes, and no two ids become one, so there is nothing to find fault with.
    problem.replace(show).map_or(Cow::Borrowed(problem), Cow::Owned)
}

/// Whether anything in the problem has a name or an id that is not visible as it stands.
fn has_hidden(problem: &Problem) -> bool {
    macro_rules! any_hidden {
        ($($list:ident),*) => {
            $(problem.$list().iter().any(|item| {
                item.key.contains(is_hidden) || item.name.as_ref().is_some_and(|name| name.contains(is_hidden))
            }))||*
        };
    }
    let of_category = |text: &qise::Text| text.en.contains(is_hidden) || text.zh.contains(is_hidden);
    problem.name().contains(is_hidden)
        || any_hidden!(
            needs, volunteers, teams, vehicles, depots, goods, dimensions, skills, areas, places, profiles,
            projects
        )
        || problem.projects().iter().any(|p| p.owner.as_ref().is_some_and(|owner| owner.contains(is_hidden)))
        || problem.goods().iter().any(|good| good.unit.as_ref().is_some_and(|unit| unit.contains(is_hidden)))
        || problem.categories().iter().any(|c| c.key.contains(is_hidden) || of_category(&c.name))
}

/// Makes every name and id visible.
fn show(data: &mut ProblemData) {
    macro_rules! show_all {
        ($($list:ident),*) => {
            $(
                keys(data.$list.iter_mut().map(|item| &mut item.key));
                data.$list.iter_mut().filter_map(|item| item.name.as_mut()).for_each(name);
            )*
        };
    }
    name(&mut data.name);
    show_all!(
        needs, volunteers, teams, vehicles, depots, goods, dimensions, skills, areas, places, profiles,
        projects
    );
    data.projects.iter_mut().filter_map(|project| project.owner.as_mut()).for_each(name);
    data.goods.iter_mut().filter_map(|good| good.unit.as_mut()).for_each(name);
    keys(data.categories.iter_mut().map(|category| &mut category.key));
    for category in &mut data.categories {
        name(&mut category.name.en);
        name(&mut category.name.zh);
    }
}

fn name(name: &mut String) {
    if let Cow::Owned(shown) = visible(name) {
        *name = shown;
    }
}

/// Makes the ids of one list visible, each still unlike every other.
fn keys<'k>(keys: impl Iterator<Item = &'k mut String>) {
    let (hidden, plain): (Vec<_>, Vec<_>) = keys.partition(|key| key.contains(is_hidden));
    if hidden.is_empty() {
        return;
    }
    let mut taken = plain.into_iter().map(|key| key.clone()).collect::<HashSet<_>>();
    for key in hidden {
        let shown = visible(key).into_owned();
        let others = (2..).map(|number| format!("{shown}~{number}"));
        let free = std::iter::once(shown.clone()).chain(others).find(|key| !taken.contains(key));
        *key = free.unwrap_or(shown);
        taken.insert(key.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_is_escaped_and_what_scripts_need_stays() {
        assert_eq!(visible("苏亚拉 · Naren"), "苏亚拉 · Naren");
        assert_eq!(visible("a\u{1b}[2Jb"), "a\\u{1b}[2Jb");
        assert_eq!(visible("a\nb\tc\r"), "a\\nb\\tc\\r");
        assert_eq!(visible("\u{9b}31m\u{202e}x\u{2028}\0"), "\\u{9b}31m\\u{202e}x\\u{2028}\\u{0}");
        // Joiners, variation selectors, the vowel separator and the narrow space of Mongolian.
        let mongolian = "\u{182d}\u{180b}\u{180e}\u{202f}\u{200d}\u{200c}";
        assert_eq!(visible(mongolian), mongolian);
    }

    #[test]
    fn ids_stay_apart() {
        let mut list = ["a\u{1}", "a\\u{1}", "b", "a\\u{1}~2"].map(str::to_owned);
        keys(list.iter_mut());
        assert_eq!(list, ["a\\u{1}~3", "a\\u{1}", "b", "a\\u{1}~2"]);
    }

    #[test]
    fn a_scenario_without_such_names_is_shown_as_it_is() {
        let read = |name: &str| {
            let document = format!(
                r#"{{"format": "qise/scenario", "version": 1, "name": "{name}", "datum": "WGS-84",
                "volunteers": [{{"id": "v{name}", "home": {{"lon": 105.6, "lat": 38.8}}, "shifts": []}}], "needs": []}}"#
            );
            crate::read_scenario(document.as_bytes()).unwrap_or_else(|faults| panic!("{faults}"))
        };
        let plain = read("plain");
        assert!(matches!(shown(&plain), Cow::Borrowed(_)));
        let hostile = read("a\\u001b[1mb");
        let shown = shown(&hostile);
        assert_eq!(shown.problem.name(), "a\\u{1b}[1mb");
        assert_eq!(shown.problem.volunteers()[0].key, "va\\u{1b}[1mb");
        assert_eq!(hostile.problem.volunteers()[0].key, "va\u{1b}[1mb");
    }
}
