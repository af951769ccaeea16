//! How JSON is laid out: two levels on lines of their own, everything deeper within the line.

use std::io::{self, Write};

use serde_json::ser::Formatter;

/// Levels whose elements stand on lines of their own: the document, and its lists.
const OPEN: usize = 2;

/// The layout of all documents.
#[derive(Debug, Default)]
pub(super) struct Layout {
    depth: usize,
    /// Whether the value that is being written has elements.
    filled: bool,
}

impl Layout {
    fn open<W: ?Sized + Write>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.filled = false;
        writer.write_all(bracket)
    }

    fn close<W: ?Sized + Write>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth -= 1;
        if self.filled && self.depth < OPEN {
            self.line(writer)?;
        }
        self.filled = true;
        writer.write_all(bracket)
    }

    fn element<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if !first {
            writer.write_all(if self.depth <= OPEN { b"," } else { b", " })?;
        }
        if self.depth <= OPEN { self.line(writer) } else { Ok(()) }
    }

    fn line<W: ?Sized + Write>(&self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b"\n")?;
        (0..self.depth).try_for_each(|_| writer.write_all(b"  "))
    }
}

impl Formatter for Layout {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.element(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.element(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    #[test]
    fn lays_out_one_record_a_line() {
        let document = json!({
            "a": 1,
            "b": [{"x": [1, 2], "y": {}}, {"x": []}],
            "c": [],
            "d": {"e": [[1], [2, 3]]},
        });
        let words = super::super::to_text(&document);
        assert_eq!(serde_json::from_str::<Value>(&words).unwrap(), document);
        let lines = words.lines().collect::<Vec<_>>();
        assert_eq!(
            lines,
            [
                "{",
                "  \"a\": 1,",
                "  \"b\": [",
                "    {\"x\": [1, 2], \"y\": {}},",
                "    {\"x\": []}",
                "  ],",
                "  \"c\": [],",
                "  \"d\": {",
                "    \"e\": [[1], [2, 3]]",
                "  }",
                "}"
            ]
        );
    }
}
