//! What is brought, lent and fetched, where it is kept, and the vehicles that several people may take.

use qise::model::{Handling, Unload};

use super::{Length, Load, Point, Price, Requires, Window};
use crate::read::{Choice, Count, Duration, List, Str, When};

/// So much of a kind.
type Quantity = Count<0, { qise::model::Amount::LIMIT }>;
/// So much of a kind, and not nothing.
type Asked = Count<1, { qise::model::Amount::LIMIT }>;

record! {
    /// A kind of thing that needs ask for: fodder, a spare part, a wheelchair, a tool.
    Good<'a> {
        /// Unique id.
        required id: Str<'a>,
        /// Name for people.
        default name: Str<'a>,
        /// In what it is counted: bale, piece.
        default unit: Str<'a>,
        /// What one of it takes on board; nothing of a dimension that is not listed.
        default load: List<Load<'a>>,
        /// What is taken from a depot and not left with a need is brought back to a depot that keeps it before the route ends; false
        /// when missing: it stays with who took it.
        default comes_back: bool,
    }
}

record! {
    /// Where goods are kept. Whoever needs some calls there on the way.
    Depot<'a> {
        /// Unique id.
        required id: Str<'a>,
        /// Name for people.
        default name: Str<'a>,
        /// Where.
        required at: Point<'a>,
        /// When a call may start, in order, apart from each other; at any time when missing.
        default windows: List<Window<'a>>,
        /// How long a call takes, whoever calls; no time when missing.
        default service: Duration,
        /// What it keeps. It takes back nothing else.
        default stock: List<Stock<'a>>,
    }
}

record! {
    /// What a depot keeps of one kind.
    Stock<'a> {
        /// The id of the kind.
        required good: Str<'a>,
        /// How much is there at first; as much as anybody asks for when missing.
        default amount: Quantity,
        /// What comes in later, in order of time.
        default restocks: List<Restock<'a>>,
    }
}

record! {
    /// Goods that come in at a depot, not by a route of the plan.
    Restock<'a> {
        /// From then on they are there.
        required at: When<'a>,
        /// How much.
        required amount: Quantity,
    }
}

record! {
    /// A vehicle that several people may take, one at a time, each for a whole shift. A person's own car is that person's profile and
    /// capacity instead.
    Vehicle<'a> {
        /// Unique id.
        required id: Str<'a>,
        /// Name for people.
        default name: Str<'a>,
        /// Where it is kept: routes with it start and end there.
        required at: Point<'a>,
        /// How it moves; the first profile when missing.
        default profile: Str<'a>,
        /// What it can carry, in place of what its driver can; nothing of a dimension that is not listed.
        default capacity: List<Load<'a>>,
        /// In which order it is unloaded, rides and goods; in any order when missing.
        default unload: Choice<Unload>,
        /// It goes no farther than this in one route, in metres.
        default range_m: Length,
        /// Who may take it; everybody when missing.
        default drivers: Requires<'a>,
        /// When it may be out, in order, apart from each other; at any time when missing.
        default windows: List<Window<'a>>,
        /// What is on board at the start of every route with it.
        default carries: List<Amount<'a>>,
    }
}

record! {
    /// So much of a kind of goods.
    Amount<'a> {
        /// The id of the kind.
        required good: Str<'a>,
        /// How much.
        required amount: Quantity,
    }
}

record! {
    /// What a need asks of one kind of goods.
    Supply<'a> {
        /// The id of the kind.
        required good: Str<'a>,
        /// How much; 1 when missing.
        default amount: Asked,
        /// What becomes of it: brought and left there ("deliver"), at hand and taken along again ("carry"), or fetched ("collect").
        /// "deliver" when missing.
        default handling as "use": Choice<Handling>,
        /// Other kinds that will do: each another way to serve the need.
        default or: List<Substitute<'a>>,
        /// Where not all can be had this much will do: another way to serve the need, whose priority is less in proportion, rounded
        /// down. Only of what is delivered.
        default least: Asked,
    }
}

record! {
    /// Another kind that will do.
    Substitute<'a> {
        /// The id of the kind.
        required good: Str<'a>,
        /// How much; as much as of the first kind when missing.
        default amount: Asked,
        /// It is worth so much priority less; 0 when missing.
        default less: Count<0, 1_000_000_000>,
    }
}

record! {
    /// Everything that the need delivers is lent: it is fetched again, as a need "id#back" after this one.
    Loan<'a> {
        /// When it is fetched.
        required back: Back<'a>,
        /// The price of another person than who brought it; it does not matter who comes when missing.
        default same_person: Price,
    }
}

record! {
    /// The visit at which what was lent is fetched.
    Back<'a> {
        /// When the service may start; at least one window, in order, apart from each other.
        required windows: List<Window<'a>>,
        /// How long the service takes a person of ordinary pace.
        required service: Duration,
    }
}
