//! The marks of a map. Each is drawn around the origin and moved to its place from without, so that a page whose map can
//! be enlarged keeps its size (`qise-k`).

use maud::{Markup, html};

use crate::ink::{Colour, PAPER};
use crate::markup::{Fine, Px, hint};

/// Something at a place.
fn put((x, y): (f64, f64), mark: &Markup) -> Markup {
    html! { g transform={"translate(" (Fine(x)) " " (Fine(y)) ")"} { (mark) } }
}

/// The square of a base.
pub(super) fn base(at: (f64, f64), about: &str) -> Markup {
    put(
        at,
        &html! {
            rect class="qise-k qise-b" x="-4.5" y="-4.5" width="9" height="9" stroke="currentColor" stroke-width="1.5"
                style={"fill:" (PAPER)} { (hint(about)) }
        },
    )
}

/// The roof of a depot.
pub(super) fn depot(at: (f64, f64), about: &str) -> Markup {
    put(
        at,
        &html! {
            path class="qise-k qise-b" d="M-5 4.5v-5l5 -4l5 4v5z" stroke="currentColor" stroke-width="1.4"
                style={"fill:" (PAPER)} { (hint(about)) }
        },
    )
}

/// The diamond of somebody who has nothing to do.
pub(super) fn idle(at: (f64, f64), colour: Colour, team: Option<String>, about: &str) -> Markup {
    html! {
        g transform={"translate(" (Fine(at.0)) " " (Fine(at.1)) ")"} data-t=[team] {
            path class="qise-k qise-i" d="M0 -3.4l3.4 3.4l-3.4 3.4l-3.4 -3.4z" fill="none" stroke=(colour)
                stroke-width="1.3" style=(colour.line()) pointer-events="all" { (hint(about)) }
        }
    }
}

/// The cross of a need that nobody serves, with an edge of the colour of the ground. `arm` is its size.
pub(super) fn cross(arm: f64, colour: Colour, inner: &Markup) -> Markup {
    let (out, thin) = (arm + 0.8, arm - 0.8);
    let (o, t, i) = (Px(out), Px(thin), Px(out - thin));
    let d = format!(
        "M-{o} -{t}L-{t} -{o}L0 -{i}L{t} -{o}L{o} -{t}L{i} 0L{o} {t}L{t} {o}L0 {i}L-{t} {o}L-{o} {t}L-{i} 0z"
    );
    html! { path class="qise-k" d=(d) fill=(colour) style=(colour.fill()) stroke-width="1" { (inner) } }
}

/// The head of an arrow on a leg; none on a short one. Not in the middle, where that of the way back would meet it.
pub(super) fn arrow(a: (f64, f64), b: (f64, f64), colour: Colour) -> Markup {
    const LEAST: f64 = 30.0;
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    if dx.hypot(dy) < LEAST {
        return Markup::default();
    }
    let (x, y, turned) = (a.0 + 0.62 * dx, a.1 + 0.62 * dy, dy.atan2(dx).to_degrees());
    html! {
        g transform={"translate(" (Fine(x)) " " (Fine(y)) ") rotate(" (Px(turned)) ")"} {
            path class="qise-k qise-w" d="M-6 -3.2L0 0L-6 3.2" fill="none" stroke=(colour) stroke-width="1.5"
                style=(colour.line()) {}
        }
    }
}
