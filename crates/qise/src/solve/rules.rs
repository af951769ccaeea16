//! Which part of the search keeps a plan from breaking which rule.

use crate::model::{Family, Rule};

/// The files, below this folder, that keep a rule in every state of the search; the first to look at where a plan breaks it.
pub(super) fn held_by(rule: Rule) -> &'static [&'static str] {
    match rule {
        Rule::ServedTwice => &["state/mod.rs", "insertion/crew.rs"],
        Rule::SkillExpired | Rule::CredentialExpired | Rule::LanguageExpired => STARTS,
        Rule::NotKept | Rule::DepotClosed | Rule::TooManyCalls => {
            &["instance/depot_calls.rs", "state/route/goods_transfers.rs"]
        }
        Rule::UnloadOrder => &["state/route/unload_order.rs"],
        Rule::BreakElsewhere => &["state/schedule/labels.rs"],
        Rule::BreakLaden => &["state/schedule/empty.rs"],
        Rule::OutOfStock => &["state/depot_stock.rs"],
        Rule::RideBroken => &["state/rides.rs", "insertion/sequence/mod.rs"],
        Rule::CrewIncomplete | Rule::CrewSamePerson => &["state/crews.rs", "insertion/crew.rs"],
        Rule::TooFewPeople => &["state/terms/least_people.rs"],
        Rule::PartyStranger => &["instance/party_pools.rs"],
        Rule::LinkMissing => &["insertion/prerequisites.rs"],
        Rule::RideTooLong | Rule::CrewApart | Rule::LinkTime => {
            &["instance/precedence.rs", "state/sync_starts.rs"]
        }
        Rule::LinkDays => &["instance/precedence.rs", "state/sync_starts.rs", "state/retiming.rs"],
        _ => match rule.family() {
            Family::Form => &["state/export.rs"],
            // Slots and units are compatible or not, and whoever is not is never tried.
            Family::Who => &["instance/mod.rs"],
            Family::Moment => STARTS,
            Family::Timing => &["state/schedule/timing.rs"],
            Family::Break => &["state/schedule/breaks.rs"],
            Family::Load => &["state/route/load_profile.rs"],
            Family::Goods => &["state/route/goods_transfers.rs"],
            Family::Limit => &["state/limits.rs"],
            Family::Twice => &["instance/exclusive_units.rs", "state/blocked.rs"],
            Family::Ride => &["state/rides.rs"],
            Family::Crew => &["instance/together.rs", "state/party.rs"],
            Family::Link => &["instance/links.rs", "instance/together.rs"],
            Family::Outside => &["state/outsourced.rs"],
        },
    }
}

/// When a visit may start, and how routes are timed by it.
const STARTS: &[&str] = &["instance/starts.rs", "state/schedule/timing.rs"];

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn every_rule_is_held_by_files_that_are_there() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/solve");
        for &rule in Rule::ALL {
            assert!(!held_by(rule).is_empty(), "{rule}");
            for file in held_by(rule) {
                assert!(root.join(file).is_file(), "{rule}: {file}");
            }
        }
    }
}
