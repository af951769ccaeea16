//! How large a problem may be.

/// The most units: a shift is one by its person's own means, and one more for each vehicle that the person may take.
pub(super) const MOST_UNITS: usize = 16_000_000;
