//! An id that knows which builder gave it.

use std::ops::Deref;

/// An id that a [`ProblemBuilder`](super::ProblemBuilder) gave. `*reference` is the plain id, under
/// which the entry is found in the problem and in plans for it.
///
/// Where a builder is given the reference of another,
/// [`ProblemBuilder::build`](super::ProblemBuilder::build) says so. A plain id is taken as it is,
/// as long as there is such an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ref<I> {
    id: I,
    /// The number of the builder; `None` for a plain id.
    builder: Option<u32>,
}

impl<I: Copy> Ref<I> {
    pub(super) fn new(id: I, builder: u32) -> Self {
        Self { id, builder: Some(builder) }
    }

    /// The plain id.
    pub fn id(self) -> I {
        self.id
    }

    /// Whether it is one of another builder than this.
    pub(super) fn is_foreign(self, builder: u32) -> bool {
        self.builder.is_some_and(|its| its != builder)
    }
}

impl<I> Deref for Ref<I> {
    type Target = I;

    fn deref(&self) -> &I {
        &self.id
    }
}

impl<I> From<I> for Ref<I> {
    fn from(id: I) -> Self {
        Self { id, builder: None }
    }
}

impl<I: PartialEq> PartialEq<I> for Ref<I> {
    fn eq(&self, other: &I) -> bool {
        self.id == *other
    }
}
