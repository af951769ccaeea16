//! How the cost of a change of one route is told: as cheaply as what counts allows.

/// How the cost of a change of one route is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Evaluation {
    /// By its ways alone: nothing else counts.
    TravelOnly,
    /// By the sums of the route, time at work by merging what lies before and after the change.
    Merged,
    /// By timing the route as a whole.
    Full,
    /// By following what it does to the times of its own route and of all who wait for it.
    Propagated,
}
