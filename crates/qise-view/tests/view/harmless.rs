//! Names do nothing but stand there.

use qise::Lang;
use qise_view::{Answers, plan_piece, report};

use crate::support::{EVIL, elements, evil};

/// What begins a link; the name of SVG is one, and nothing else may be.
fn links(markup: &str) -> Vec<&str> {
    let all = markup.match_indices("http").map(|(at, _)| &markup[at..]);
    let starts = all.filter(|rest| rest.starts_with("http://") || rest.starts_with("https://"));
    starts.filter(|rest| !rest.starts_with("http://www.w3.org/2000/svg\"")).collect()
}

#[test]
fn names_do_nothing_in_a_piece() {
    let case = evil();
    let piece = plan_piece(&case.scenario, &case.plan, &case.evaluation, &[], Lang::En);
    elements(&piece);
    for forbidden in
        ["<script", "<img", " onerror=\"", " onload=\"", " id=\"", "url(", "javascript:", "\u{1}", "\u{202e}"]
    {
        assert!(!piece.contains(forbidden), "{forbidden:?}");
    }
    assert_eq!(links(&piece), Vec::<&str>::new());
    assert!(piece.contains("&lt;img src=x onerror=&quot;document.title="), "it can still be read");
    assert!(piece.contains("=cmd()"));
}

#[test]
fn names_do_nothing_in_a_report() {
    let case = evil();
    let page = report(&case.scenario, &case.plan, &case.evaluation, &Answers::default(), Lang::Zh);
    assert_eq!(page.matches("<script").count(), 1, "its own");
    for forbidden in ["<img", " onerror=\"", "<b ", "\u{1}", "\u{202e}"] {
        assert!(!page.contains(forbidden), "{forbidden:?}");
    }
    assert_eq!(links(&page), Vec::<&str>::new());
    assert!(page.contains("default-src 'none'") && page.contains("script-src 'sha256-"));
    assert!(EVIL.iter().all(|name| !name.contains('<') || !page.contains(name)));
}
