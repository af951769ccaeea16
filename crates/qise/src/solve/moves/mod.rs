//! The moves of the search: each a value with a chance, made on one plan within a trial that the chain keeps or undoes.
//!
//! | file | what it is for |
//! | --- | --- |
//! | `mod` | which moves there are, when a step makes one, what each does |
//! | `string_removal`, `party_removal` | which visits are taken out |
//! | `finder`, `recreate`, `recreate_order` | how they are brought in again |
//! | `two_opt_star`, `unit_change`, `ejection`, `outsourcing` | the other moves |
//! | `site`, `counts` | what a move works on and what comes of it; how often each was tried and kept |
//! | `chain` | steps under simulated annealing, one after the other |
//! | `acceptance`, `route_pool`, `subproblem` | what a chain keeps to: temperatures, routes worth keeping, its part of the plan |
//!
//! How to add one: `CONTRIBUTING.md`.

pub(crate) mod acceptance;
pub(crate) mod chain;
pub(crate) mod counts;
pub(crate) mod ejection;
pub(crate) mod finder;
pub(crate) mod outsourcing;
pub(crate) mod party_removal;
pub(crate) mod recreate;
pub(crate) mod recreate_order;
pub(crate) mod route_pool;
pub(crate) mod site;
pub(crate) mod string_removal;
pub(crate) mod subproblem;
pub(crate) mod two_opt_star;
pub(crate) mod unit_change;

use crate::base::named_enum;
use crate::model::SlotId;
use crate::solve::instance::Instance;
use ejection::Ejection;
use finder::FEW;
use recreate::{Repair, force_insert, recreate};
use site::{Outcome, Site};
use string_removal::Ruin;

/// Steps that exchange tails of routes, one in so many.
const TAIL_EXCHANGE: u32 = 4;
/// Steps that change what is handed to others, one in so many, where some needs may be.
const OUTSOURCING: u32 = 4;
/// Steps that send somebody out in another way, one in so many, where there are several.
const UNIT_CHANGE: u32 = 8;
/// Steps around a need left that serve it at any cost, one in so many, where effort is weighed against needs left.
const FORCED_INSERTION: u32 = 2;
/// Steps that look at a need left that outweighs any number of others and in which others make room for it, one in so many.
const EJECTION: u32 = 2;
/// The same around any other need left, where needs are not all worth the same, and no more than one in so many is left.
const RARE_EJECTION: u32 = 16;
const LEFT_FOR_EJECTION: usize = 4;

named_enum!(
    /// A kind of step that the search takes.
    #[non_exhaustive]
    pub enum Move;
    /// Two routes exchange their tails, or their people.
    TailExchange = "tail_exchange";
    /// A need is handed to others, or taken back from them.
    Outsourcing = "outsourcing";
    /// Somebody goes out in another way, or another takes the vehicle.
    UnitChange = "unit_change";
    /// Visits that are worth less make room for a need that is left.
    Ejection = "ejection";
    /// Strings of visits are taken out and a need that is left is served at any cost, before they are brought in again.
    ForcedInsertion = "forced_insertion";
    /// Strings of visits, or whole parties, are taken out and brought in again.
    StringRemoval = "string_removal";
);

/// Buffers that moves keep between steps.
#[derive(Clone, Debug)]
pub(crate) struct Tools {
    repair: Repair,
    ruin: Ruin,
    ejection: Ejection,
}

impl Tools {
    pub(crate) fn new(instance: &Instance<'_>) -> Self {
        Self { repair: Repair::new(instance), ruin: Ruin::default(), ejection: Ejection::default() }
    }
}

impl Move {
    /// The moves that draw their own place, in the order in which a step asks for them.
    pub(crate) const ANYWHERE: &[Self] = &[Self::TailExchange];

    /// The moves around a seed, in the order in which a step asks for them; the last is always due.
    pub(crate) const AROUND_SEED: &[Self] =
        &[Self::Outsourcing, Self::UnitChange, Self::Ejection, Self::ForcedInsertion, Self::StringRemoval];

    /// Whether a step makes this move now. `seed`: a need to move around, served or not; of a move anywhere just some need.
    pub(crate) fn is_due(self, site: &mut Site<'_>, seed: SlotId) -> bool {
        let instance = site.instance;
        let no_parties = instance.parties.is_empty();
        let is_left = || site.plan.unit_of(seed).is_none();
        match self {
            Self::TailExchange => no_parties && site.random.once_in(TAIL_EXCHANGE),
            Self::Outsourcing => {
                no_parties && !instance.problem.outsourceable().is_empty() && site.random.once_in(OUTSOURCING)
            }
            Self::UnitChange => {
                no_parties && !instance.units.exclusive.is_empty() && site.random.once_in(UNIT_CHANGE)
            }
            Self::Ejection => is_left() && ejects(site, seed),
            Self::ForcedInsertion => {
                instance.features.weighs_unserved && is_left() && site.random.once_in(FORCED_INSERTION)
            }
            Self::StringRemoval => true,
        }
    }

    /// Makes the move within the present trial.
    pub(crate) fn make(self, site: &mut Site<'_>, tools: &mut Tools, seed: SlotId) -> Outcome {
        tools.repair.removed.clear();
        match self {
            Self::TailExchange => return two_opt_star::exchange(site),
            Self::Outsourcing => {
                outsourcing::exchange(site.instance, site.plan, site.random, &mut tools.repair.removed);
                let around = tools.repair.removed.first().copied().unwrap_or(seed);
                recreate(site, &mut tools.repair, around);
                outsourcing::hand_out_left(site.instance, site.plan);
                return Outcome::Changed;
            }
            Self::UnitChange => {
                if !tools.ruin.change_unit(site, seed, &mut tools.repair.removed) {
                    return Outcome::NotPossible;
                }
            }
            Self::Ejection => {
                let Tools { repair: Repair { finder, removed, .. }, ejection, .. } = tools;
                if !ejection.eject(site, seed, finder, removed) {
                    return Outcome::Failed;
                }
            }
            Self::ForcedInsertion => {
                tools.ruin.strings(site, seed, &mut tools.repair.removed);
                force_insert(site, &mut tools.repair, seed);
            }
            Self::StringRemoval => tools.ruin.strings(site, seed, &mut tools.repair.removed),
        }
        recreate(site, &mut tools.repair, seed);
        Outcome::Changed
    }
}

/// Whether others make room for a need that is left now.
fn ejects(site: &mut Site<'_>, seed: SlotId) -> bool {
    let instance = site.instance;
    if instance.stakes.comes_before_others(seed) {
        return site.random.once_in(EJECTION);
    }
    // Where most needs are left, which of them are served is chosen by what they take, not by making room for one.
    let needs = site.subproblem.slots().len();
    let few_are_left = needs <= FEW || site.plan.unserved().len() * LEFT_FOR_EJECTION <= instance.slots.len();
    let may = few_are_left && !instance.stakes.all_prizes_equal && instance.parties.is_empty();
    may && site.random.once_in(RARE_EJECTION)
}

#[cfg(test)]
mod tests;
