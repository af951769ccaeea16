//! A person who is being added.

use super::entries::Entries;
use crate::model::reference::Ref;
use crate::model::{
    DimensionId, Gender, Held, Load, Metres, Shift, SkillId, SkillLevel, TeamId, Time, Volunteer, VolunteerId,
};

/// A person who is being added to a problem, see
/// [`ProblemBuilder::volunteer`](super::ProblemBuilder::volunteer).
#[derive(Debug)]
pub struct VolunteerBuilder<'b> {
    pub(super) entries: &'b mut Entries,
    pub(super) at: usize,
}

#[allow(clippy::return_self_not_must_use)] // the entry stands in its builder already, whether it is gone on with or not
impl VolunteerBuilder<'_> {
    /// The id of this person.
    pub fn id(self) -> Ref<VolunteerId> {
        Ref::new(VolunteerId::new(self.at), self.entries.number)
    }

    /// A name for people.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.edit(|who| who.name = Some(name.into()))
    }

    /// Holds a skill at a level.
    pub fn skill(self, skill: impl Into<Ref<SkillId>>, level: u8) -> Self {
        self.held(skill, level, None)
    }

    /// Holds a skill at a level until a moment.
    pub fn skill_until(self, skill: impl Into<Ref<SkillId>>, level: u8, expires: Time) -> Self {
        self.held(skill, level, Some(expires))
    }

    /// Belongs to a team.
    pub fn team(self, team: impl Into<Ref<TeamId>>) -> Self {
        let (at, k) = (self.at, self.record().teams.len());
        let team = self.entries.own(team, || format!("$.volunteers[{at}].teams[{k}]"));
        self.edit(|who| who.teams.push(team))
    }

    /// Is of this gender.
    pub fn gender(self, gender: Gender) -> Self {
        self.edit(|who| who.gender = Some(gender))
    }

    /// Is present from one moment to another, from home and back; the day on which the work counts
    /// is that of the start, by the calendar of the problem.
    pub fn shift(self, start: Time, end: Time) -> Self {
        let number = self.record().shifts.len();
        self.entries.undated.push((self.at, number));
        self.edit(|who| who.shifts.push(Shift::new(start, end, 0)))
    }

    /// Is present as the record says, on the day that it says.
    pub fn add_shift(self, shift: Shift) -> Self {
        self.edit(|who| who.shifts.push(shift))
    }

    /// Goes no farther from home.
    pub fn max_radius(self, radius: Metres) -> Self {
        self.edit(|who| who.max_radius = Some(radius))
    }

    /// Can carry so much of a dimension.
    pub fn capacity(self, dimension: impl Into<Ref<DimensionId>>, amount: i64) -> Self {
        let (at, k) = (self.at, self.record().capacity.len());
        let dimension = self.entries.own(dimension, || format!("$.volunteers[{at}].capacity[{k}].dimension"));
        self.edit(|who| who.capacity.push(Load::new(dimension, amount)))
    }

    /// Changes whatever else there is to say.
    pub fn edit(self, change: impl FnOnce(&mut Volunteer)) -> Self {
        change(&mut self.entries.data.volunteers[self.at]);
        self
    }

    fn record(&self) -> &Volunteer {
        &self.entries.data.volunteers[self.at]
    }

    fn held(self, skill: impl Into<Ref<SkillId>>, level: u8, expires: Option<Time>) -> Self {
        let (at, k) = (self.at, self.record().holds.len());
        let skill = self.entries.own(skill, || format!("$.volunteers[{at}].skills[{k}].skill"));
        self.edit(|who| who.holds.push(Held { what: SkillLevel::new(skill, level), expires }))
    }
}
