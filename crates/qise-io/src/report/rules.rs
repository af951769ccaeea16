//! The rules that a plan can break, as data.

use qise::bound::kept_by;
use qise::eligibility::exclusions;
use qise::explain::accounts;
use qise::model::Rule;
use serde_json::{Value, json};

/// Every rule: its name and meaning, how much of a plan it looks at (`scope`), the exclusions by which pairs that break it are left out before
/// the search (`exclusions`), the relaxations that keep it (`kept_by`), and what the reason of a need says that is left because of it
/// (`accounts`).
pub fn rules() -> Value {
    let one = |&rule: &Rule| {
        let label = rule.label();
        json!({
            "rule": rule.as_str(),
            "meaning": label.en,
            "meaning_zh": label.zh,
            "scope": rule.scope().as_str(),
            "exclusions": exclusions(rule).iter().map(|cut| cut.as_str()).collect::<Vec<_>>(),
            "kept_by": kept_by(rule).iter().map(|relaxation| relaxation.as_str()).collect::<Vec<_>>(),
            "accounts": accounts(rule).iter().map(|account| account.as_str()).collect::<Vec<_>>(),
        })
    };
    json!({ "rules": Rule::ALL.iter().map(one).collect::<Vec<_>>() })
}
