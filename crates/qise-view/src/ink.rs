//! Colours that can be read on light and on dark ground.

use maud::Render;

/// Of what has no category: a grey that can be read on light and on dark ground.
pub(crate) const PLAIN: Colour = Colour(0x7d, 0x85, 0x90);
/// Of bars and dots that stand for nothing in particular.
pub(crate) const BLUE: &str = "#1f6fb5";
/// Of what is late or wrong.
pub(crate) const RED: &str = "#e5484d";
/// The ground of the page, for halos around letters and dots.
pub(crate) const PAPER: &str = "var(--qise-paper)";
/// Where a picture says what its ground is: reports and notebooks tell, each in its own way.
pub(crate) const PAPER_IS: &str = "--qise-paper:var(--qise-ground,var(--jp-layout-color0,\
    var(--vscode-editor-background,var(--colab-primary-surface-color,Canvas))))";

/// A colour: red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Colour(u8, u8, u8);

impl Colour {
    /// The colour of a document, `#rgb` or `#rrggbb`; grey where it is another word.
    pub(crate) fn of(written: &str) -> Self {
        Self::read(written).unwrap_or(PLAIN)
    }

    fn read(written: &str) -> Option<Self> {
        let digits = written.strip_prefix('#')?;
        let value = u32::from_str_radix(digits, 16).ok().filter(|_| !digits.starts_with('+'))?;
        let part = |shift: u32, mask: u32| (value >> shift & mask) as u8;
        match digits.len() {
            3 => Some(Self(part(8, 15) * 17, part(4, 15) * 17, part(0, 15) * 17)),
            6 => Some(Self(part(16, 255), part(8, 255), part(0, 255))),
            _ => None,
        }
    }

    /// Black or white: what is easier to read on it.
    pub(crate) fn ink(self) -> &'static str {
        let light = 299 * u32::from(self.0) + 587 * u32::from(self.1) + 114 * u32::from(self.2);
        if light > 140_000 { "#111" } else { "#fff" }
    }

    /// As [`Colour::line`], for what is filled, with an edge of the colour of the ground.
    pub(crate) fn fill(self) -> String {
        format!(
            "fill:color-mix(in oklab, {} 80%, currentColor);stroke:{PAPER};paint-order:stroke",
            self.render().0
        )
    }

    /// Draws lines a little darker on light ground and lighter on dark ground, where the browser can mix colours.
    pub(crate) fn line(self) -> String {
        format!("stroke:color-mix(in oklab, {} 80%, currentColor)", self.render().0)
    }
}

impl Render for Colour {
    fn render_to(&self, buffer: &mut String) {
        use std::fmt::Write as _;
        // Writing to a string cannot fail.
        let _ = write!(buffer, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_colour_is_grey() {
        assert_eq!(Colour::of("#C0392B").render().0, "#c0392b");
        assert_eq!(Colour::of("#fff").ink(), "#111");
        for word in ["red", "#12", "#12345g", "#+12345", "url(x)", "\"><script>", ""] {
            assert_eq!(Colour::of(word), PLAIN, "{word}");
        }
    }
}
