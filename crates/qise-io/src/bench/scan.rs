//! Reading text of lines and numbers; a fault names the line.

use qise::model::{Code, Fault};
use qise::{Faults, Text, text};

use crate::read::quoted;

/// No number of an instance is larger than this, either way.
const LARGEST: f64 = 1e9;

/// The lines of a text that are not blank, each with its number.
#[derive(Clone, Debug)]
pub(super) struct Lines<'t> {
    lines: std::iter::Enumerate<std::str::Lines<'t>>,
    last: usize,
}

/// One line, without the space around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'t> {
    pub(super) number: usize,
    pub(super) words: &'t str,
}

impl<'t> Lines<'t> {
    /// The lines of a file.
    ///
    /// # Errors
    /// When it is not UTF-8.
    pub(super) fn of(bytes: &'t [u8]) -> Result<Self, Faults> {
        let words = std::str::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes));
        let words = words.map_err(|error| {
            let found = format!("bytes that are not UTF-8, from byte {}", error.valid_up_to());
            Faults(vec![Fault::new("line 1", Code::Syntax, found, text!("a text file", "文本文件"))])
        })?;
        Ok(Self { lines: words.lines().enumerate(), last: 1 })
    }

    /// The next line, which must be there.
    ///
    /// # Errors
    /// At the end of the text.
    pub(super) fn demand(&mut self, expected: Text) -> Result<Line<'t>, Faults> {
        let last = self.last;
        self.next().ok_or_else(|| {
            let found = text!("the end of the file", "文件结尾");
            Faults(vec![Fault::new(format!("line {last}"), Code::Syntax, found, expected)])
        })
    }
}

impl<'t> Iterator for Lines<'t> {
    type Item = Line<'t>;

    fn next(&mut self) -> Option<Line<'t>> {
        loop {
            let (index, words) = self.lines.next()?;
            self.last = index + 1;
            let words = words.trim();
            if !words.is_empty() {
                return Some(Line { number: index + 1, words });
            }
        }
    }
}

impl Line<'_> {
    /// A fault of this line.
    pub(super) fn fault(self, found: impl Into<Text>, expected: Text) -> Faults {
        Faults(vec![Fault::new(format!("line {}", self.number), Code::Syntax, found, expected)])
    }

    /// The numbers of the line, at least `least` of them.
    ///
    /// # Errors
    /// Something that is not a number, or too few numbers.
    pub(super) fn numbers(self, least: usize, expected: &Text) -> Result<Vec<f64>, Faults> {
        let numbers = self.words.split_whitespace().map(|word| self.number(word, expected));
        let numbers = numbers.collect::<Result<Vec<_>, _>>()?;
        if numbers.len() < least {
            let count = numbers.len();
            return Err(self.fault(text!("{count} numbers", "{count} 个数"), expected.clone()));
        }
        Ok(numbers)
    }

    fn number(self, word: &str, expected: &Text) -> Result<f64, Faults> {
        let number = word.parse().ok().filter(|n: &f64| n.abs() <= LARGEST);
        number.ok_or_else(|| self.fault(quoted(word), expected.clone()))
    }

    /// A number that must be whole and not below `least`.
    ///
    /// # Errors
    /// When it is not.
    pub(super) fn whole(self, number: f64, least: i64, what: &Text) -> Result<i64, Faults> {
        if number.fract() == 0.0 && number as i64 >= least {
            return Ok(number as i64);
        }
        let Text { en, zh } = what;
        Err(self.fault(
            number.to_string(),
            text!("{en}, whole and at least {least}", "{zh}（不小于 {least} 的整数）"),
        ))
    }

    /// A duration, which must not be negative.
    ///
    /// # Errors
    /// When it is.
    pub(super) fn not_negative(self, number: f64, what: &Text) -> Result<f64, Faults> {
        if number >= 0.0 {
            return Ok(number);
        }
        let Text { en, zh } = what;
        Err(self.fault(number.to_string(), text!("{en}, not negative", "{zh}（不为负）")))
    }

    /// A window, which must not end before it opens.
    ///
    /// # Errors
    /// When it does.
    pub(super) fn window(self, from: f64, to: f64) -> Result<(f64, f64), Faults> {
        if from <= to {
            return Ok((from, to));
        }
        Err(self.fault(
            format!("{from} … {to}"),
            text!("a window that ends no earlier than it opens", "结束不早于开始的时间窗"),
        ))
    }
}
