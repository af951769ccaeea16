//! What a plan breaks, and where.

use crate::Text;
use crate::model::Rule;

/// One broken rule, where, and by how much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The JSON path in the plan document, such as `$.routes[2].visits[0].start`.
    pub path: String,
    /// The rule.
    pub rule: Rule,
    /// What happened, with names and numbers.
    pub detail: Text,
}

impl Violation {
    /// The whole violation as one message.
    pub fn message(&self) -> Text {
        let (path, rule, label) = (&self.path, self.rule, self.rule.label());
        Text::new(
            format!("{path}: {rule}: {}: {}", label.en, self.detail.en),
            format!("{path}: {rule}: {}:{}", label.zh, self.detail.zh),
        )
    }
}
