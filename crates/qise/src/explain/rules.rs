//! What the reason of an unserved need says where a rule keeps it from being served.

use super::reason::Reason;
use crate::base::named_enum;
use crate::eligibility::Exclusion;
use crate::model::Rule;

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
#[allow(clippy::match_same_arms)] // each kind of rule with its reason
pub fn accounts(rule: Rule) -> &'static [Account] {
    match rule {
        Rule::SkillMissing
        | Rule::SkillLevel
        | Rule::SkillExpired
        | Rule::CredentialMissing
        | Rule::CredentialLevel
        | Rule::CredentialExpired
        | Rule::LanguageMissing
        | Rule::LanguageLevel
        | Rule::LanguageExpired
        | Rule::WrongGender
        | Rule::WrongTeam
        | Rule::WrongPerson
        | Rule::NoAlternative
        | Rule::Forbidden
        | Rule::TooNear
        | Rule::BeyondRadius
        | Rule::PinMoved
        | Rule::PinRetimed
        | Rule::OutsideWindow
        | Rule::WrongService
        | Rule::PromiseBroken
        | Rule::EarlyDeparture
        | Rule::LateFinish
        | Rule::TravelTooShort
        | Rule::Overlap
        | Rule::EarlyStart
        | Rule::Overload
        | Rule::BreakMissing
        | Rule::BreakMisplaced
        | Rule::DayTravel
        | Rule::DayWork
        | Rule::DayDistance
        | Rule::DayVisits
        | Rule::WeekWork
        | Rule::BeyondRange
        | Rule::RideBroken
        | Rule::RideTooLong
        | Rule::CrewIncomplete
        | Rule::CrewApart => &[Account::Excluded, Account::Displaced],
        Rule::GoodsMissing
        | Rule::NotKept
        | Rule::OutOfStock
        | Rule::GoodsKept
        | Rule::DepotClosed
        | Rule::TooManyCalls => &[Account::Short, Account::Excluded, Account::Displaced],
        Rule::LinkMissing | Rule::LinkTime | Rule::LinkPerson | Rule::LinkDays | Rule::LinkDay => {
            &[Account::Linked, Account::Displaced]
        }
        // Nobody is excluded alone: others would have to do less, or to come in their place.
        Rule::DuplicateRoute
        | Rule::RestTooShort
        | Rule::VehicleTaken
        | Rule::PartyStranger
        | Rule::CrewSamePerson
        | Rule::CrewTeam
        | Rule::CrewTally
        | Rule::CrewMeets
        | Rule::SecondWay => &[Account::Displaced],
        // A reason says why nobody comes, not why others are not paid to.
        Rule::NotOutsourced | Rule::OverBudget => &[],
        Rule::OtherProblem
        | Rule::UnknownId
        | Rule::TimeOutOfRange
        | Rule::ServedTwice
        | Rule::NotListed
        | Rule::WronglyListed
        | Rule::WrongScore => &[],
    }
}

impl Reason {
    /// What this reason says, in the order in which it is told; nothing where nothing is proven and no way to serve the need was found, or
    /// where it can be served with nothing given up.
    pub fn accounts(&self) -> Vec<Account> {
        let said = |account: &Account| match account {
            Account::Excluded => self.rules.iter().any(|cut| cut != Exclusion::Link),
            Account::Linked => self.hangs_on.is_some(),
            Account::Short => self.shortage.is_some(),
            Account::Displaced => {
                self.crowd.is_some() || self.room.as_ref().is_some_and(|room| !room.displaces.is_empty())
            }
        };
        Account::ALL.iter().copied().filter(said).collect()
    }
}
