//! What is brought, lent and fetched: goods, what needs ask of them, and the depots that keep them.

use super::{GoodId, Load, PlaceId, Seconds, Time, Window};

/// A kind of thing that needs ask for: fodder, a spare part, a wheelchair, a tool.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Good {
    /// Unique key.
    pub key: String,
    /// Name for people.
    pub name: Option<String>,
    /// In what it is counted: bale, piece.
    pub unit: Option<String>,
    /// What one of it takes on board, of each dimension.
    pub load: Vec<Load>,
    /// What is taken from a depot and not left with a need is brought back to a depot that keeps it before the route ends. Otherwise
    /// it stays with who took it.
    pub comes_back: bool,
}

impl Good {
    /// A kind that takes no room on board and stays with who took it.
    pub fn new(key: impl Into<String>) -> Self {
        Self { key: key.into(), name: None, unit: None, load: Vec::new(), comes_back: false }
    }
}

/// So much of a kind.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount {
    /// What.
    pub good: GoodId,
    /// How much, from 0 to [`Amount::LIMIT`].
    pub amount: i64,
}

impl Amount {
    /// The largest amount that a problem may state.
    pub const LIMIT: i64 = 1_000_000_000;

    /// So much of a kind.
    pub fn new(good: impl Into<GoodId>, amount: i64) -> Self {
        Self { good: good.into(), amount }
    }
}

/// What a need asks of goods.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Supply {
    /// What, and how much.
    pub what: Amount,
    /// What becomes of it.
    pub handling: Handling,
}

impl Supply {
    /// So much of a kind, and what becomes of it.
    pub fn new(good: impl Into<GoodId>, amount: i64, handling: Handling) -> Self {
        Self { what: Amount::new(good, amount), handling }
    }
}

/// What becomes of goods at a need.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Handling {
    /// Brought, and left there: fodder that is used up, a wheelchair that is lent.
    Deliver,
    /// At hand during the visit, and taken along afterwards: a tool.
    Carry,
    /// Taken along, and brought to a depot that keeps it before the route ends: a wheelchair that comes back.
    Collect,
}

/// Where goods are kept. Whoever needs some calls there on the way.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Depot {
    /// Unique key.
    pub key: String,
    /// Name for people.
    pub name: Option<String>,
    /// Where it is.
    pub place: PlaceId,
    /// When a call may start, in order, apart from each other; at any time where there is none.
    pub windows: Vec<Window>,
    /// How long a call takes, whatever is taken or given, and whoever calls.
    pub service: Seconds,
    /// What it keeps; it takes back nothing else.
    pub stocks: Vec<Stock>,
}

/// What a depot keeps of one kind.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stock {
    /// The kind.
    pub good: GoodId,
    /// How much is there at first; as much as anybody asks for where it is missing.
    pub amount: Option<i64>,
    /// What comes in later, in order of time.
    pub restocks: Vec<Restock>,
}

impl Stock {
    /// So much of a kind at first, and nothing later; `None`: as much as anybody asks for.
    pub fn new(good: impl Into<GoodId>, amount: Option<i64>) -> Self {
        Self { good: good.into(), amount, restocks: Vec::new() }
    }
}

/// Goods that come in at a depot, not by a route of the plan.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Restock {
    /// From then on they are there.
    pub at: Time,
    /// How much.
    pub amount: i64,
}

impl Depot {
    /// A depot that is open at any time, where a call takes no time.
    pub fn new(key: impl Into<String>, place: impl Into<PlaceId>, stocks: Vec<Stock>) -> Self {
        Self {
            key: key.into(),
            name: None,
            place: place.into(),
            windows: Vec::new(),
            service: Seconds::ZERO,
            stocks,
        }
    }

    /// What it keeps of a kind, and at which place of its list.
    pub fn stock(&self, good: GoodId) -> Option<(usize, &Stock)> {
        self.stocks.iter().enumerate().find(|(_, stock)| stock.good == good)
    }
}
