//! How large an assignment problem may be.

/// Costs and unserved prices lie within plus and minus this, so that no sum leaves 64 bits.
pub(crate) const MOST_COST: i64 = 1_000_000_000_000;
/// The largest number of rows, and of columns.
pub(crate) const MOST_LINES: usize = 1 << 22;
