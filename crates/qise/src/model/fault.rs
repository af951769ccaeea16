//! What is wrong with the data of a problem: every fault at once, each with the place where it stands.

use std::fmt;

use crate::Text;
use crate::base::named_enum;

named_enum!(
    /// The stable name of a kind of fault.
    #[non_exhaustive]
    pub enum Code;

    // What a document reader finds before there is anything to check.
    /// The text is not what its format says (a comma missing, a bracket open).
    Syntax = "syntax";
    /// The document states another format, or none.
    WrongFormat = "wrong_format";
    /// The document is of a version that this release does not read.
    WrongVersion = "wrong_version";
    /// A field that must be there is not.
    MissingField = "missing_field";
    /// A field that the format does not know.
    UnknownField = "unknown_field";
    /// A field of the format that this release does not honour, so it refuses it.
    Unsupported = "unsupported";
    /// The same field twice in one object.
    DuplicateField = "duplicate_field";
    /// A value of another type.
    WrongType = "wrong_type";
    /// A word that is not one of those allowed here.
    UnknownValue = "unknown_value";
    /// A time that cannot be read, or lacks its offset.
    BadTime = "bad_time";
    /// A duration that cannot be read.
    BadDuration = "bad_duration";
    /// Two fields that exclude each other, or one that needs another.
    Conflict = "conflict";

    // What the problem itself finds.
    /// A reference to something that does not exist.
    UnknownReference = "unknown_reference";
    /// Two things of one kind with the same key.
    DuplicateKey = "duplicate_key";
    /// An empty key.
    EmptyKey = "empty_key";
    /// The same thing twice in one list.
    DuplicateEntry = "duplicate_entry";
    /// A number outside its range.
    OutOfRange = "out_of_range";
    /// A latitude or longitude that is not on the globe.
    BadCoordinate = "bad_coordinate";
    /// An outline that encloses nothing.
    BadOutline = "bad_outline";
    /// A window that ends before it starts.
    WindowReversed = "window_reversed";
    /// Windows of one need that overlap.
    WindowOverlap = "window_overlap";
    /// A list that needs at least one entry and has none.
    EmptyList = "empty_list";
    /// More entries than the engine takes.
    TooMany = "too_many";
    /// A shift that ends before it starts, or that overlaps another of the same person.
    ShiftConflict = "shift_conflict";
    /// A break that cannot be taken within its shift.
    BreakOutsideShift = "break_outside_shift";
    /// A level that a skill does not have.
    LevelOutOfRange = "level_out_of_range";
    /// A requirement that contradicts itself, so nobody can ever meet it.
    Contradiction = "contradiction";
    /// A pinned assignment that breaks a rule which no plan can mend.
    PinImpossible = "pin_impossible";
    /// A place without coordinates where travel has to be computed.
    NoCoordinates = "no_coordinates";
    /// A travel matrix whose size is not the number of its places squared.
    MatrixShape = "matrix_shape";
    /// An objective without terms, or with one term twice.
    BadObjective = "bad_objective";
    /// Weights so large that a score could leave the range of exact integers.
    ObjectiveOverflow = "objective_overflow";
);

/// One thing that is wrong, where it stands, and what to do about it.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The JSON path of the value, such as `$.needs[3].windows[0].to`.
    pub path: String,
    /// The kind of fault.
    pub code: Code,
    /// What stands there.
    pub found: Text,
    /// What should stand there.
    pub expected: Text,
    /// How to mend it; may be empty.
    pub hint: Text,
}

impl Fault {
    /// A fault without a hint.
    pub fn new(path: impl Into<String>, code: Code, found: impl Into<Text>, expected: Text) -> Self {
        Self { path: path.into(), code, found: found.into(), expected, hint: Text::default() }
    }

    /// The same fault with a hint.
    #[must_use]
    pub fn hint(mut self, hint: Text) -> Self {
        self.hint = hint;
        self
    }

    /// The whole fault as one message.
    pub fn message(&self) -> Text {
        let Self { path, code, found, expected, hint } = self;
        let en = format!("{path}: {code}: found {}, expected {}", found.en, expected.en);
        let zh = format!("{path}: {code}：现为：{}；应为：{}", found.zh, expected.zh);
        if hint.is_empty() {
            Text::new(en, zh)
        } else {
            Text::new(format!("{en} ({})", hint.en), format!("{zh}({})", hint.zh))
        }
    }
}

/// A text as a message shows it: in quotes, and not too long. Thousands of messages may show it.
pub fn quoted(words: &str) -> String {
    const MOST: usize = 80;
    match words.char_indices().nth(MOST) {
        None => format!("{words:?}"),
        Some((end, _)) => format!("{:?}…", &words[..end]),
    }
}

/// All faults of one input. Never empty when returned as an error.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error)]
pub struct Faults(pub Vec<Fault>);

impl Faults {
    /// So many faults are kept: nobody mends more by hand, and they take room.
    pub const MOST: usize = 10_000;

    /// Adds one fault, unless there are [`Faults::MOST`] already.
    pub fn push(&mut self, fault: Fault) {
        if self.0.len() < Self::MOST {
            self.0.push(fault);
        }
    }

    /// `Ok` when nothing was found.
    ///
    /// # Errors
    /// The faults themselves, when there are any.
    pub fn into_result(self) -> Result<(), Self> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} fault(s):", self.0.len())?;
        for fault in &self.0 {
            writeln!(f, "  {}", fault.message())?;
        }
        Ok(())
    }
}
