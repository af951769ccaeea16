//! Standing organisations of volunteers, and the kinds of service they stand for.

use super::PlaceId;

/// A standing organisation of volunteers.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// Unique key.
    pub key: String,
    /// Name for people.
    pub name: Option<String>,
    /// What it stands for.
    pub category: Option<super::CategoryId>,
    /// Where it has its seat.
    pub base: Option<PlaceId>,
    /// So many of its members go out at least.
    pub least_people: Option<LeastPeople>,
}

/// At least so many members of a team go out, each of them in one shift or more.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeastPeople {
    /// How many.
    pub count: u32,
    /// What each who is missing costs, among the prices of wishes; without a price nobody may be.
    pub price: Option<u32>,
}

impl Team {
    /// A team with nothing but a key.
    pub fn new(key: impl Into<String>) -> Self {
        Self { key: key.into(), name: None, category: None, base: None, least_people: None }
    }
}

/// A kind of service, with its colour.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Unique key.
    pub key: String,
    /// English and Chinese name.
    pub name: crate::Text,
    /// Colour for maps and tables, as `#rrggbb`.
    pub colour: String,
}

/// The seven colours of 七色响应: key, English name, Chinese name, colour.
const SEVEN_COLOURS: [(&str, &str, &str, &str); 7] = [
    ("red", "party-led service", "党建引领", "#c8102e"),
    ("orange", "dispute mediation", "矛盾调解", "#e87722"),
    ("yellow", "livelihood care", "民生关爱", "#e0b000"),
    ("green", "ecology", "生态环保", "#3a8f3a"),
    ("white", "health", "健康医疗", "#9aa5b1"),
    ("blue", "policy outreach", "政策宣讲", "#1f6fb5"),
    ("purple", "professional support", "专业支撑", "#7a3e9d"),
];

impl Category {
    /// A category named after its key, in grey.
    pub fn new(key: impl Into<String>) -> Self {
        let key = key.into();
        Self { name: crate::Text::same(key.as_str()), key, colour: "#808080".into() }
    }

    /// The seven built-in categories, in the order of the source.
    pub fn seven_colours() -> Vec<Self> {
        SEVEN_COLOURS
            .iter()
            .map(|&(key, en, zh, colour)| Self {
                key: key.into(),
                name: crate::Text::new(en, zh),
                colour: colour.into(),
            })
            .collect()
    }
}
