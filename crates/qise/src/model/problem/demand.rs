//! What is asked for: needs, their slots, and what was told before.

use super::Problem;
use crate::model::{
    Calendar, DimensionId, GoodId, Link, Makespan, Need, NeedId, PlaceId, PreviousVisit, Project, Role,
    Seconds, Slot, SlotId, Stop, Time, VolunteerId, Window,
};

impl Problem {
    /// All needs.
    pub fn needs(&self) -> &[Need] {
        &self.demand.needs
    }

    /// All ids of needs.
    pub fn need_ids(&self) -> impl ExactSizeIterator<Item = NeedId> + use<> {
        (0..self.demand.needs.len() as u32).map(NeedId)
    }

    /// One need.
    pub fn need(&self, id: NeedId) -> &Need {
        &self.demand.needs[id.index()]
    }

    /// The place of a need's first stop.
    pub fn need_place(&self, id: NeedId) -> PlaceId {
        self.need(id).stops[0].place
    }

    /// The place of a stop of a need.
    ///
    /// # Panics
    /// Where the need has no such stop.
    pub fn stop_place(&self, id: NeedId, stop: u16) -> PlaceId {
        self.need(id).stops[usize::from(stop)].place
    }

    /// Whether some need has several stops.
    pub fn has_rides(&self) -> bool {
        self.demand.has_rides
    }

    /// Whether some need asks for goods, or somebody has some on board.
    pub fn has_goods(&self) -> bool {
        self.demand.has_goods
    }

    /// How much of a kind of goods all needs together give away.
    pub(crate) fn collected(&self, good: GoodId) -> i64 {
        self.demand.collected.get(good.index()).copied().unwrap_or(0)
    }

    /// How much of a kind of goods all needs together take.
    pub(crate) fn delivered(&self, good: GoodId) -> i64 {
        self.demand.delivered.get(good.index()).copied().unwrap_or(0)
    }

    /// When a need's first service may start: its windows, cut at a hard promise to start.
    pub fn windows(&self, id: NeedId) -> &[Window] {
        &self.demand.windows[id.index()]
    }

    /// The places in the crews of all needs, need by need and role by role.
    pub fn slots(&self) -> &[Slot] {
        &self.demand.slots
    }

    /// All ids of slots.
    pub fn slot_ids(&self) -> impl ExactSizeIterator<Item = SlotId> + use<> {
        (0..self.demand.slots.len() as u32).map(SlotId)
    }

    /// One slot.
    pub fn slot(&self, id: SlotId) -> Slot {
        self.demand.slots[id.index()]
    }

    /// The slots of one need.
    pub fn slots_of(&self, need: NeedId) -> impl ExactSizeIterator<Item = SlotId> + use<> {
        self.demand.spans.of(need).map(SlotId)
    }

    /// The first slot of a need: the only one where one person is asked for.
    pub fn first_slot(&self, need: NeedId) -> SlotId {
        SlotId(self.demand.spans.first(need))
    }

    /// The need of a slot.
    pub fn need_of(&self, slot: SlotId) -> &Need {
        self.need(self.slot(slot).need)
    }

    /// Where a slot is filled.
    pub fn place_of(&self, slot: SlotId) -> PlaceId {
        self.stop(slot).place
    }

    /// When the service of a slot may start.
    pub fn windows_of(&self, slot: SlotId) -> &[Window] {
        match self.slot(slot) {
            Slot { need, stop: 0, .. } => self.windows(need),
            _ => &self.stop(slot).windows,
        }
    }

    /// The stop of a slot.
    pub fn stop(&self, slot: SlotId) -> &Stop {
        let Slot { need, stop, .. } = self.slot(slot);
        &self.need(need).stops[usize::from(stop)]
    }

    /// Whether a slot is at the last stop of its need.
    pub fn is_last_stop(&self, slot: SlotId) -> bool {
        usize::from(self.slot(slot).stop) + 1 == self.need_of(slot).stops.len()
    }

    /// The start that a pin settles for a slot.
    pub fn pinned_start(&self, slot: SlotId) -> Option<Time> {
        self.role(slot).pin.filter(|_| self.slot(slot).stop == 0)?.start
    }

    /// The role of a slot.
    pub fn role(&self, slot: SlotId) -> &Role {
        let Slot { need, role, .. } = self.slot(slot);
        &self.need(need).roles[usize::from(role)]
    }

    /// How much later at least the person of one slot starts than that of another slot of the same need, less than nothing
    /// where it may be sooner; nothing where neither waits for the other.
    pub fn start_gap(&self, from: SlotId, to: SlotId) -> Option<Seconds> {
        let (one, other) = (self.slot(from), self.slot(to));
        let gaps = self.demand.start_gaps.get(&one.need).filter(|_| one.need == other.need)?;
        gaps[usize::from(one.role)][usize::from(other.role)]
    }

    /// How long `volunteer` serves in a slot.
    pub fn service(&self, slot: SlotId, volunteer: VolunteerId) -> Seconds {
        let own = self.role(slot).service_by.iter().find(|(v, _)| *v == volunteer);
        own.map_or_else(
            || self.volunteer(volunteer).paced(self.ordinary_service(slot)),
            |&(_, service)| service,
        )
    }

    /// How long the service of a slot takes a person of ordinary pace.
    pub fn ordinary_service(&self, slot: SlotId) -> Seconds {
        self.role(slot).service.unwrap_or(self.stop(slot).service)
    }

    /// Whether a need comes before every priority: it is mandatory, or settled by a pin.
    pub fn comes_first(&self, id: NeedId) -> bool {
        let need = self.need(id);
        need.mandatory || need.is_pinned()
    }

    /// How needs hang together.
    pub fn links(&self) -> &[Link] {
        &self.demand.links
    }

    /// When days begin, as links count them.
    pub fn calendar(&self) -> &Calendar {
        &self.demand.calendar
    }

    /// The links that ask for the same people at a price: the first need, the second, and what each costs who serves the second alone.
    pub(crate) fn acquaintances(&self) -> &[(NeedId, NeedId, u32)] {
        &self.demand.acquaintances
    }

    /// Ways to do one thing, of which one at most is taken.
    pub fn choices(&self) -> &[Vec<NeedId>] {
        &self.demand.choices
    }

    /// All ways to do what a need is a way to do, itself among them; nothing where it is the only one.
    pub fn ways(&self, need: NeedId) -> &[NeedId] {
        self.demand.choice_of.get(&need).map_or(&[], |&choice| &self.demand.choices[choice as usize])
    }

    /// The need that stands for all ways to do the same; the need itself where it is the only one.
    pub fn stands_for(&self, need: NeedId) -> NeedId {
        self.ways(need).first().copied().unwrap_or(need)
    }

    /// How many things are asked for: the ways to do one count once.
    pub fn asked(&self) -> usize {
        self.needs().len() - self.choices().iter().map(|ways| ways.len() - 1).sum::<usize>()
    }

    /// The needs that stand for what is asked for: of the ways to do one thing the first.
    pub fn standing(&self) -> impl Iterator<Item = NeedId> + '_ {
        self.need_ids().filter(|&need| self.stands_for(need) == need && !self.need(need).is_vacant())
    }

    /// The priority of all that is asked for: of the ways to do one thing that of the dearest.
    pub fn asked_priority(&self) -> i64 {
        let priority = |need: NeedId| i64::from(self.need(need).priority);
        let most =
            |need: NeedId| self.ways(need).iter().map(|&way| priority(way)).fold(priority(need), i64::max);
        self.standing().map(most).sum()
    }

    /// How many of the things asked for are promised for some time, in some way to do them.
    pub fn promised(&self) -> usize {
        let promised = |need: &NeedId| self.need(*need).promise.is_some();
        self.standing().filter(|need| promised(need) || self.ways(*need).iter().any(promised)).count()
    }

    /// Groups of needs of which it counts when the last is done.
    pub fn makespans(&self) -> &[Makespan] {
        &self.demand.makespans
    }

    /// All projects.
    pub fn projects(&self) -> &[Project] {
        &self.demand.projects
    }

    /// What may be spent on needs that are handed to others.
    pub fn outsourcing(&self) -> i64 {
        self.demand.outsourcing.into()
    }

    /// The needs that the budget allows to hand to others.
    pub(crate) fn outsourceable(&self) -> &[NeedId] {
        &self.demand.outsourceable
    }

    /// How much of a dimension the person of a slot brings, or has on board from its first stop to its last.
    pub fn load(&self, slot: SlotId, dimension: DimensionId) -> i64 {
        self.role(slot).load.iter().find(|l| l.dimension == dimension).map_or(0, |l| l.amount)
    }

    /// What the previous plan said about a need: one entry for each person who was to come.
    pub fn told(&self, id: NeedId) -> &[PreviousVisit] {
        let all = self.previous.as_ref().map_or(&[][..], |previous| &previous.by_need);
        let first = all.partition_point(|told| told.need < id);
        let count = all[first..].partition_point(|told| told.need == id);
        &all[first..first + count]
    }
}
