//! Ejection: a need that outweighs any number of others takes the place of some of them, which then look for other places.
//!
//! Taking strings of visits out at random finds such exchanges where few visits make room; where many of little weight stand in the
//! way of one, the strings that make room are looked for. After the ejections of Y. Nagata, O. Bräysy (2009), A powerful route
//! minimization heuristic for the vehicle routing problem with time windows, Operations Research Letters 37(5), with stakes instead
//! of counters.

use super::finder::Finder;
use super::site::Site;
use crate::model::{Seconds, SlotId, UnitId};
use crate::solve::insertion::prerequisites::insert_with_prerequisites;
use crate::solve::insertion::single::PlaceFinder;
use crate::solve::instance::Instance;
use crate::solve::instance::stakes::Stake;
use crate::solve::state::WorkingPlan;

/// One of so many of the strings that cost least is taken.
const CHOICES: usize = 3;
/// Strings at random instead of the one that costs least, one in so many.
const AT_RANDOM: u32 = 4;

/// Visits of one route, from the first to before the second position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Run {
    stake: Stake,
    unit: UnitId,
    from: usize,
    to: usize,
}

/// Buffers of ejections.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ejection {
    units: Vec<UnitId>,
    runs: Vec<Run>,
    positions: Vec<usize>,
    trial: PlaceFinder,
}

impl Ejection {
    /// Serves the need that `lead` stands for, whatever its people have to give up for it; false where that finds no place for it.
    /// `removed` grows by the needs given up.
    pub(crate) fn eject(
        &mut self,
        site: &mut Site<'_>,
        lead: SlotId,
        finder: &mut Finder,
        removed: &mut Vec<SlotId>,
    ) -> bool {
        if site.instance.slot(lead).is_dependent || site.random.once_in(AT_RANDOM) {
            return self.eject_at_random(site, lead, finder, removed);
        }
        let Site { instance, plan, subproblem, random, .. } = site;
        self.units.clear();
        finder.name_near(instance, plan, subproblem, lead, &mut self.units);
        self.runs.clear();
        for &unit in &self.units {
            runs(instance, plan, lead, unit, &mut self.runs);
        }
        // What is given up must weigh less.
        let own = instance.stakes.of(lead);
        self.runs.retain(|run| run.stake < own);
        self.runs.sort_unstable();
        self.runs.truncate(CHOICES);
        let count = self.runs.len() as u32;
        if count == 0 {
            return self.eject_at_random(site, lead, finder, removed);
        }
        let Run { unit, from, to, .. } = self.runs[random.below(count) as usize];
        self.take_out(instance, plan, unit, from..to, removed);
        if self.insert(instance, plan, lead, unit) {
            return true;
        }
        // Loads, breaks or limits are in the way: all of the route makes room.
        let all = 0..plan.route(unit).visits.len();
        self.take_out(instance, plan, unit, all, removed);
        self.insert(instance, plan, lead, unit)
    }

    /// Puts a visit where it costs least in a route, whatever that is; false where it fits nowhere.
    fn insert(
        &mut self,
        instance: &Instance<'_>,
        plan: &mut WorkingPlan,
        slot: SlotId,
        unit: UnitId,
    ) -> bool {
        let found = self.trial.best_in_route(instance, plan, slot, unit, i64::MAX, &mut || false);
        found.is_some_and(|found| plan.insert(instance, slot, unit, found.at as usize))
    }

    /// The same for a need that hangs together with others, or where rules beyond a route are in the way: for each of its slots
    /// somebody gives up a string of visits.
    fn eject_at_random(
        &mut self,
        site: &mut Site<'_>,
        lead: SlotId,
        finder: &mut Finder,
        removed: &mut Vec<SlotId>,
    ) -> bool {
        let Site { instance, plan, subproblem, random, .. } = site;
        let slots = instance.crew(lead).collect::<Vec<_>>();
        for (s, &slot) in slots.iter().enumerate() {
            // Stops of a ride are one person's.
            if s > 0 && instance.is_ride(slot) {
                break;
            }
            self.units.clear();
            finder.name_near(instance, plan, subproblem, slot, &mut self.units);
            self.units.retain(|&unit| !plan.route(unit).visits.is_empty());
            let count = self.units.len() as u32;
            if count == 0 {
                continue;
            }
            let unit = self.units[random.below(count) as usize];
            let visits = plan.route(unit).visits.len();
            let from = random.below(visits as u32) as usize;
            let length = 1 + random.below((visits - from) as u32) as usize;
            let run = if random.once_in(4) { 0..visits } else { from..from + length };
            self.take_out(instance, plan, unit, run, removed);
        }
        if plan.unit_of(lead).is_some() {
            return true;
        }
        if instance.slot(lead).is_dependent {
            return insert_with_prerequisites(instance, plan, lead, |plan, lead| {
                finder.crew(instance, plan, subproblem, (lead, i64::MAX), true, random)
            });
        }
        let found = finder.near(instance, plan, subproblem, lead, i64::MAX, random);
        found.is_some_and(|best| plan.insert(instance, lead, best.unit, best.at as usize))
    }

    fn take_out(
        &mut self,
        instance: &Instance<'_>,
        plan: &mut WorkingPlan,
        unit: UnitId,
        run: std::ops::Range<usize>,
        removed: &mut Vec<SlotId>,
    ) {
        self.positions.clear();
        self.positions.extend(run);
        plan.take_out(instance, unit, &self.positions, removed);
    }
}

/// The runs of visits in whose place a visit fits into the route of a unit, as far as the ways and the windows tell: from each
/// position on the shortest.
fn runs(instance: &Instance<'_>, plan: &WorkingPlan, slot: SlotId, unit_id: UnitId, runs: &mut Vec<Run>) {
    let (unit, route, flat) = (instance.unit(unit_id), plan.route(unit_id), instance.slot(slot));
    if !instance.is_compatible(slot, unit_id) || route.with.is_some() {
        return;
    }
    let service = instance.service(slot, unit);
    let ways = instance.ways_from(unit, flat.place);
    let count = route.visits.len();
    for from in 0..=count {
        let before = route.gap(unit, from);
        let way = Seconds(ways.back_from(before.from).seconds);
        let setup = instance.setup_after(before.from, slot);
        // A way that nobody can travel has no time to count with.
        let ready = Some(instance.leaves(before.free, slot) + way + setup).filter(|&ready| ready <= unit.end);
        let Some(start) = ready.and_then(|ready| instance.earliest(slot, ready, service)) else { continue };
        let end = start + service;
        let mut stake = Stake::default();
        for to in from..=count {
            let gap = route.gap(unit, to);
            let next = gap.next.map(|(place, _)| place).or(unit.to);
            let way = next.map_or(Seconds::ZERO, |next| Seconds(ways.to(next).seconds));
            let fits = end + way + gap.entry(flat.place) <= gap.latest;
            if fits {
                runs.push(Run { stake, unit: unit_id, from, to });
                break;
            }
            if let Some(&visit) = route.visits.get(to)
                && !instance.is_depot_visit(visit)
            {
                stake = stake.plus(instance.stakes.of(instance.lead(visit)));
            }
        }
    }
}
