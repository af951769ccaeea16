//! The layers of the core: what every file uses is read from its source. No arrow upward, no cycle between files, and the judge and the
//! search share nothing but the model and plans.

mod graph;
mod source;

use graph::Graph;

/// From the lowest to the highest: a module uses only modules of its own layer, where it is itself, and of layers before it.
const LAYERS: &[&[&str]] = &[
    &["base"],
    &["model"],
    &["plan"],
    &["eligibility", "assignment"],
    &["solve/instance"],
    &["solve/state"],
    &["solve/rules"],
    &["solve/check"],
    &["solve/insertion"],
    &["solve/moves"],
    &["solve/options"],
    &["solve/phases"],
    &["query"],
    &["solve"],
    &["bound"],
    &["explain"],
    &["improve"],
    &["compare", "coverage", "fairness"],
];

/// The layer of a file: the longest name that is its own, or that of a folder around it.
fn layer(file: &str) -> Option<(usize, &'static str)> {
    let holds = |name: &&str| file == *name || file.starts_with(&format!("{name}/"));
    let named = LAYERS.iter().enumerate().flat_map(|(l, names)| names.iter().map(move |name| (l, *name)));
    named.filter(|(_, name)| holds(name)).max_by_key(|(_, name)| name.len())
}

#[test]
fn no_arrow_goes_upward() {
    let mut upward = Vec::new();
    for (from, to) in Graph::of_the_core().arrows() {
        if from == "lib" {
            continue;
        }
        let (Some(above), Some(below)) = (layer(&from), layer(&to)) else {
            upward.push(format!("{from} uses {to}: one of them is in no layer"));
            continue;
        };
        if below.0 > above.0 || below.0 == above.0 && below.1 != above.1 {
            upward.push(format!("{from} uses {to}"));
        }
    }
    assert!(upward.is_empty(), "{}", upward.join("\n"));
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let circles = Graph::of_the_core().circles();
    let words = circles.iter().map(|circle| circle.join(", ")).collect::<Vec<_>>();
    assert!(words.is_empty(), "files that use each other in a circle:\n{}", words.join("\n"));
}

#[test]
fn judge_and_search_are_apart() {
    let is_judge = |file: &str| file.starts_with("plan/evaluation");
    let is_search = |file: &str| file.starts_with("solve") || file.starts_with("query");
    // The judge itself, to be asked of a whole plan, is not a part that is shared.
    let is_asked = |file: &str| file == "plan/evaluation";
    let shared = Graph::of_the_core().arrows().into_iter().filter(|(from, to)| {
        is_judge(from) && !["base", "model", "plan"].iter().any(|room| to.starts_with(room))
            || is_search(from) && is_judge(to) && !is_asked(to)
    });
    let shared = shared.map(|(from, to)| format!("{from} uses {to}")).collect::<Vec<_>>();
    assert!(shared.is_empty(), "{}", shared.join("\n"));
}

/// The reading itself: a test that sees nothing would pass for ever.
#[test]
fn arrows_are_seen() {
    let graph = Graph::of_the_core();
    let arrows = graph.arrows();
    for (from, to) in [
        ("plan/evaluation/route", "model/problem"),
        ("solve/instance/build", "solve/instance"),
        ("solve/moves/chain", "base/random"),
        ("explain/conflict_proof", "query"),
    ] {
        assert!(arrows.contains(&(from.to_owned(), to.to_owned())), "{from} uses {to}");
    }
    let circle = Graph::of_files(&[
        ("a", "use crate::b::f;"),
        ("b", "use super::c::g;"),
        ("c", "fn g() { crate::a::h() }"),
    ]);
    assert_eq!(circle.circles(), [["a", "b", "c"]]);
}
