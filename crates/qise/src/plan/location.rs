//! Where in a plan something stands, by numbers counted from 0. Paths in documents are made from it elsewhere.

/// Where in a plan something stands. All numbers are positions in the lists of [`Plan`](super::Plan), counted from 0.
// Not `non_exhaustive`: whoever adds a place must learn from the compiler where documents write its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Location {
    /// The fingerprint of the problem that the plan is of.
    Fingerprint,
    /// The list of routes.
    Routes,
    /// A route.
    Route {
        /// Its number.
        route: usize,
        /// What of it.
        part: RoutePart,
    },
    /// A visit.
    Visit {
        /// The number of its route.
        route: usize,
        /// Its number among the visits of the route.
        visit: usize,
        /// What of it.
        part: VisitPart,
    },
    /// A call at a depot.
    Call {
        /// The number of its route.
        route: usize,
        /// Its number among the calls of the route.
        call: usize,
        /// What of it.
        part: CallPart,
    },
    /// The list of needs that nobody serves.
    UnservedList,
    /// A need in that list.
    Unserved(usize),
    /// The list of needs that are handed to others.
    OutsourcedList,
    /// A need in that list.
    Outsourced(usize),
}

/// A part of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoutePart {
    /// The route as a whole.
    Whole,
    /// Whose route it is.
    Unit,
    /// One of those who go along.
    Company(usize),
    /// The vehicle of its unit.
    Vehicle,
    /// The departure.
    Departure,
    /// The list of calls at depots.
    Calls,
    /// The list of breaks.
    Breaks,
    /// A break.
    Break(usize),
    /// The finish.
    Finish,
}

/// A part of a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VisitPart {
    /// The need, with role and stop.
    Need,
    /// The arrival.
    Arrival,
    /// The start.
    Start,
    /// The end.
    End,
}

/// A part of a call at a depot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CallPart {
    /// The depot.
    Depot,
    /// The arrival.
    Arrival,
    /// The start.
    Start,
    /// The end.
    End,
    /// An entry in the list of goods taken.
    Takes(usize),
    /// An entry in the list of goods given back.
    Gives(usize),
}

impl Location {
    /// The number of the route; `None` outside of routes.
    pub fn route(self) -> Option<usize> {
        match self {
            Self::Route { route, .. } | Self::Visit { route, .. } | Self::Call { route, .. } => Some(route),
            Self::Fingerprint
            | Self::Routes
            | Self::UnservedList
            | Self::Unserved(_)
            | Self::OutsourcedList
            | Self::Outsourced(_) => None,
        }
    }
}
