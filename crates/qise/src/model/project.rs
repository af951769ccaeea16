//! What the office groups needs by: programmes, grants, campaigns.

/// A group of needs for which somebody answers: figures and fairness are told for each.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    /// Unique key.
    pub key: String,
    /// Name for people.
    pub name: Option<String>,
    /// Who answers for it: a person or an office, in words.
    pub owner: Option<String>,
}

impl Project {
    /// A project with nothing but a key.
    pub fn new(key: impl Into<String>) -> Self {
        Self { key: key.into(), name: None, owner: None }
    }
}
