//! What the reason of an unserved need says where a rule keeps it from being served.

use super::reason::{Reason, Verdict};
use crate::base::named_enum;
use crate::eligibility::Exclusion;
use crate::model::{Family, Rule};

named_enum!(
    /// What a [`Reason`] says about the rules.
    pub enum Account;

    /// Whom the rule excludes: [`Reason::rules`], with the numbers of [`Reason::funnel`].
    Excluded = "excluded", "whom it excludes", "其所排除的人员";
    /// The need that it is linked with: [`Reason::hangs_on`] and [`Reason::clash`].
    Linked = "linked", "the linked need", "所关联的需求";
    /// What depots lack: [`Reason::shortage`].
    Short = "short", "what depots lack", "仓储点所缺物资";
    /// What would have to be given up: [`Reason::room`] and [`Reason::crowd`].
    Displaced = "displaced", "what would have to be given up", "须放弃的需求";
);

/// What a reason may say of a need that is left because of a rule; nothing of rules that keep no need from being served.
pub fn accounts(rule: Rule) -> &'static [Account] {
    match rule {
        // Nobody is excluded alone: others would have to do less, or to come in their place.
        Rule::RestTooShort | Rule::UnloadOrder => &[Account::Displaced],
        Rule::CrewIncomplete | Rule::CrewApart => &[Account::Excluded, Account::Displaced],
        _ => match rule.family() {
            Family::Who
            | Family::Moment
            | Family::Timing
            | Family::Break
            | Family::Load
            | Family::Limit
            | Family::Ride => &[Account::Excluded, Account::Displaced],
            Family::Goods => &[Account::Short, Account::Excluded, Account::Displaced],
            Family::Link if rule == Rule::SecondWay => &[Account::Displaced],
            Family::Link => &[Account::Linked, Account::Displaced],
            Family::Twice | Family::Crew => &[Account::Displaced],
            // A reason says why nobody comes, not why others are not paid to.
            Family::Form | Family::Outside => &[],
        },
    }
}

impl Reason {
    /// What this reason says, in the order in which it is told; nothing where nothing is proven and no way to serve the need was found, or
    /// where it can be served with nothing given up.
    pub fn accounts(&self) -> Vec<Account> {
        // Everybody is excluded by all rules together, none of which does so alone.
        let is_by_all = self.verdict == Verdict::Impossible
            && self.rules.is_empty()
            && self.hangs_on.is_none()
            && self.shortage.is_none();
        let said = |account: &Account| match account {
            Account::Excluded => self.rules.iter().any(|cut| cut != Exclusion::Link) || is_by_all,
            Account::Linked => self.hangs_on.is_some(),
            Account::Short => self.shortage.is_some(),
            Account::Displaced => {
                self.crowd.is_some() || self.room.as_ref().is_some_and(|room| !room.displaces.is_empty())
            }
        };
        Account::ALL.iter().copied().filter(said).collect()
    }
}
