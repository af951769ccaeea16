//! Names on a map: each where it hides least, none over another; where there is no room, none.

use maud::{Markup, html};

use crate::markup::{Fine, Px, width_of};

/// Left, top, right and bottom in pixels.
pub(super) type Rectangle = [f64; 4];

/// Places names beside points, within a panel.
#[derive(Clone, Debug)]
pub(super) struct Labels {
    width: f64,
    height: f64,
    dots: Dots,
    taken: Vec<Rectangle>,
}

/// How a name looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// Size of its letters.
    pub(super) size: f64,
    /// How far from its point it stands.
    pub(super) away: f64,
    /// `font-weight`.
    pub(super) weight: u32,
    /// How strong it is.
    pub(super) opacity: f64,
    /// A class of its own.
    pub(super) class: &'static str,
}

impl Labels {
    /// Of a panel with dots that names should not hide.
    pub(super) fn new(width: f64, height: f64, dots: &[(f64, f64)]) -> Self {
        Self { width, height, dots: Dots::new(dots), taken: Vec::new() }
    }

    /// Keeps names out of a rectangle.
    pub(super) fn reserve(&mut self, rectangle: Rectangle) {
        self.taken.push(rectangle);
    }

    /// The name beside a point, or nothing where there is no room.
    pub(super) fn place(&mut self, (x, y): (f64, f64), words: &str, look: Look) -> Markup {
        let Look { size, away, weight, opacity, class } = look;
        let (wide, high, slant) = (width_of(words, size), size * 1.1, away * 0.7);
        let spots = [
            (x + away, y - high / 2.0),
            (x - away - wide, y - high / 2.0),
            (x - wide / 2.0, y - away - high),
            (x - wide / 2.0, y + away),
            (x + slant, y - slant - high),
            (x + slant, y + slant),
            (x - slant - wide, y - slant - high),
            (x - slant - wide, y + slant),
        ];
        let boxes = spots.map(|(left, top)| [left, top, left + wide, top + high]);
        let free = boxes.into_iter().filter(|&rectangle| self.is_free(rectangle));
        let Some(best) = free.min_by_key(|&rectangle| self.dots.within(rectangle)) else {
            return Markup::default();
        };
        self.taken.push(best);
        // Beside its point, in pixels that stay what they are when the map grows.
        html! {
            g transform={"translate(" (Fine(x)) " " (Fine(y)) ")"} {
                text class={"l" (class)} x=(Px(best[0] - x)) y=(Px(best[1] - y + size * 0.93))
                    font-size=(Px(size)) fill="currentColor"
                    font-weight=[(weight > 400).then_some(weight)]
                    fill-opacity=[(opacity < 1.0).then_some(opacity)] { (words) }
            }
        }
    }

    fn is_free(&self, [left, top, right, bottom]: Rectangle) -> bool {
        let is_inside = left >= 3.0 && top >= 3.0 && right <= self.width - 3.0 && bottom <= self.height - 3.0;
        is_inside && !self.taken.iter().any(|o| left < o[2] && right > o[0] && top < o[3] && bottom > o[1])
    }
}

/// Dots by squares, so that those within a rectangle are counted without a look at all.
#[derive(Clone, Debug)]
struct Dots(std::collections::BTreeMap<(i32, i32), Vec<(f64, f64)>>);

impl Dots {
    const SIDE: f64 = 40.0;

    fn new(dots: &[(f64, f64)]) -> Self {
        let mut squares = std::collections::BTreeMap::<_, Vec<_>>::new();
        for &(x, y) in dots {
            squares.entry((Self::square(x), Self::square(y))).or_default().push((x, y));
        }
        Self(squares)
    }

    fn square(at: f64) -> i32 {
        (at / Self::SIDE).floor() as i32
    }

    fn within(&self, [left, top, right, bottom]: Rectangle) -> usize {
        let (left, top, right, bottom) = (left - 3.0, top - 3.0, right + 3.0, bottom + 3.0);
        let columns = Self::square(left)..=Self::square(right);
        let squares = columns.flat_map(|c| self.0.range((c, Self::square(top))..=(c, Self::square(bottom))));
        let dots = squares.flat_map(|(_, dots)| dots);
        dots.filter(|&&(x, y)| left < x && x < right && top < y && y < bottom).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOOK: Look = Look { size: 10.0, away: 5.0, weight: 400, opacity: 1.0, class: "" };

    #[test]
    fn no_name_stands_over_another() {
        let mut labels = Labels::new(100.0, 30.0, &[]);
        let drawn =
            (0..9).map(|_| labels.place((50.0, 15.0), "巴图", LOOK)).filter(|drawn| !drawn.0.is_empty());
        assert_eq!(drawn.count(), 2, "one to the right, one to the left; no room above and below");
    }

    #[test]
    fn a_name_hides_as_few_dots_as_it_can() {
        let mut labels = Labels::new(200.0, 200.0, &[(110.0, 100.0)]);
        let drawn = labels.place((100.0, 100.0), "巴图", LOOK).0;
        assert!(drawn.contains("x=\"-25\""), "to the left: {drawn}");
    }
}
