//! What is wrong with one cell.

use qise::Text;
use qise::model::Code;

use crate::say::when::BadTimes;

/// What is wrong with a cell.
pub(super) struct Bad {
    pub(super) code: Code,
    pub(super) expected: Text,
    pub(super) hint: Text,
}

impl Bad {
    pub(super) fn new(code: Code, expected: Text) -> Self {
        Self { code, expected, hint: Text::default() }
    }

    pub(super) fn time(bad: BadTimes) -> Self {
        Self { code: Code::BadTime, expected: BadTimes::expected(), hint: bad.hint() }
    }
}
