//! JSON paths: where in a document something stands.

use std::cmp::Ordering;
use std::fmt;

/// A path kept on the stack, so that it costs nothing until somebody prints it.
#[derive(Clone, Copy)]
pub(crate) enum Path<'p> {
    Root,
    Field(&'p Path<'p>, &'p str),
    Index(&'p Path<'p>, usize),
}

impl<'p> Path<'p> {
    /// The path of a field of this object.
    pub(crate) fn field(&'p self, name: &'p str) -> Self {
        Self::Field(self, name)
    }

    /// The path of an element of this list.
    pub(crate) fn index(&'p self, index: usize) -> Self {
        Self::Index(self, index)
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => f.write_str("$"),
            Self::Field(parent, name) => {
                parent.fmt(f)?;
                write_field(f, name)
            }
            Self::Index(parent, index) => {
                parent.fmt(f)?;
                write_index(f, *index)
            }
        }
    }
}

/// Appends `.name`, or `["name"]` where the name is no plain word.
pub(crate) fn write_field(out: &mut impl fmt::Write, name: &str) -> fmt::Result {
    let first = |c: char| c.is_alphabetic() || c == '_';
    if name.starts_with(first) && name.chars().all(|c| first(c) || c.is_numeric()) {
        write!(out, ".{name}")
    } else {
        write!(out, "[{name:?}]")
    }
}

/// Appends `[index]`.
pub(crate) fn write_index(out: &mut impl fmt::Write, index: usize) -> fmt::Result {
    write!(out, "[{index}]")
}

/// The name of the top-level field that a path goes through; empty for `$` itself.
pub(crate) fn top(path: &str) -> &str {
    let rest = path.strip_prefix("$.").unwrap_or("");
    rest.split(['.', '[']).next().unwrap_or("")
}

/// Orders paths as a reader meets them: top-level fields in the order of `fields`, list elements by number, the rest by
/// name.
pub(crate) fn compare(a: &str, b: &str, fields: &[&str]) -> Ordering {
    let rank = |path: &str| match top(path) {
        "" => 0,
        name => 1 + fields.iter().position(|f| *f == name).unwrap_or(fields.len()),
    };
    rank(a).cmp(&rank(b)).then_with(|| natural(a.as_bytes(), b.as_bytes()))
}

/// Byte order, but runs of digits after `[` compare as numbers.
fn natural(mut a: &[u8], mut b: &[u8]) -> Ordering {
    loop {
        let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
        let in_number = a[..same].iter().rev().find(|c| !c.is_ascii_digit()) == Some(&b'[');
        if in_number {
            // Step back to the bracket: the numbers begin there.
            let start = a[..same].iter().rposition(|c| *c == b'[').map_or(same, |at| at + 1);
            let number = |s: &[u8]| s[start..].iter().take_while(|c| c.is_ascii_digit()).count();
            let ends = (start + number(a), start + number(b));
            // No index is written with leading zeros, so the longer one is the larger.
            let order = ends.0.cmp(&ends.1).then_with(|| a[start..ends.0].cmp(&b[start..ends.1]));
            if order != Ordering::Equal {
                return order;
            }
            (a, b) = (&a[ends.0..], &b[ends.1..]);
            if !a.is_empty() && !b.is_empty() {
                continue;
            }
            return a.len().cmp(&b.len());
        }
        return a[same..].cmp(&b[same..]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints() {
        let root = Path::Root;
        let needs = root.field("needs");
        let need = needs.index(3);
        assert_eq!(need.field("at").to_string(), "$.needs[3].at");
        assert_eq!(need.field("a b").to_string(), "$.needs[3][\"a b\"]");
        assert_eq!(need.field("名称").to_string(), "$.needs[3].名称");
        assert_eq!(need.field("a\u{202e}b").to_string(), "$.needs[3][\"a\\u{202e}b\"]");
        assert_eq!(need.field("").to_string(), "$.needs[3][\"\"]");
    }

    #[test]
    fn orders_as_a_reader_meets_them() {
        let mut paths = [
            "$.b[10].x",
            "$.b[9].x",
            "$.a",
            "$",
            "$.z",
            "$.b[9]",
            "$.b[9].a",
            "$.b",
            "$.b[10].w[2]",
            "$.b[10].w[11]",
        ];
        paths.sort_by(|x, y| compare(x, y, &["b", "a"]));
        assert_eq!(
            paths,
            [
                "$",
                "$.b",
                "$.b[9]",
                "$.b[9].a",
                "$.b[9].x",
                "$.b[10].w[2]",
                "$.b[10].w[11]",
                "$.b[10].x",
                "$.a",
                "$.z"
            ]
        );
    }
}
