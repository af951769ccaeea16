//! Who can do what, as bits: one bit for each (skill, level or higher), gender and category.
//!
//! People with the same bits share a row of the table, so that a requirement is tested once for all of them. A level is
//! held in unary: who holds level 3 has the bits of levels 1, 2 and 3, and "can do" is a subset test.

use rustc_hash::FxHashMap;

use super::{
    CategoryId, Gender, Quality, Requirement, Skill, SkillKind, SkillLevel, Team, TeamId, Time, Volunteer,
    VolunteerId,
};

/// Where each quality has its bit.
#[derive(Clone, Debug)]
pub(crate) struct BitMap {
    /// First bit of each skill; bit `first + level - 1` says "this level or higher".
    first: Vec<u32>,
    kinds: Vec<SkillKind>,
    genders: u32,
    categories: u32,
    words: usize,
}

impl BitMap {
    pub(crate) fn new(skills: &[Skill], categories: usize) -> Self {
        let mut next = 0;
        let first = skills
            .iter()
            .map(|s| {
                let bit = next;
                next += u32::from(s.levels);
                bit
            })
            .collect();
        let genders = next;
        let categories_at = genders + 2;
        let bits = categories_at as usize + categories;
        Self {
            first,
            kinds: skills.iter().map(|s| s.kind).collect(),
            genders,
            categories: categories_at,
            words: bits.div_ceil(64),
        }
    }

    fn skill(&self, what: SkillLevel) -> u32 {
        self.first[what.skill.index()] + u32::from(what.level) - 1
    }

    fn gender(&self, gender: Gender) -> u32 {
        self.genders + u32::from(gender == Gender::Male)
    }

    fn category(&self, category: CategoryId) -> u32 {
        self.categories + category.0
    }

    fn empty(&self) -> Bits {
        Bits(vec![0; self.words].into())
    }
}

/// A set of bits, as wide as its [`BitMap`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Bits(Box<[u64]>);

impl Bits {
    fn set(&mut self, bit: u32) {
        self.0[bit as usize / 64] |= 1 << (bit % 64);
    }

    fn is_subset(&self, of: &Self) -> bool {
        self.0.iter().zip(&of.0).all(|(a, b)| a & !b == 0)
    }

    fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(a, b)| a & b != 0)
    }

    fn is_empty(&self) -> bool {
        self.0.iter().all(|&w| w == 0)
    }
}

/// The distinct sets of qualities that people hold.
#[derive(Clone, Debug)]
pub(crate) struct Signatures {
    pub(crate) map: BitMap,
    rows: Vec<Bits>,
    known: FxHashMap<Bits, u32>,
}

impl Signatures {
    pub(crate) fn new(map: BitMap) -> Self {
        Self { map, rows: Vec::new(), known: FxHashMap::default() }
    }

    /// What `volunteer` holds until `until` at least.
    pub(crate) fn bits_of(&self, volunteer: &Volunteer, teams: &[Team], until: Time) -> Bits {
        let mut bits = self.map.empty();
        for held in &volunteer.holds {
            if held.expires.is_none_or(|e| e >= until) {
                for level in 1..=held.what.level {
                    bits.set(self.map.skill(SkillLevel { level, ..held.what }));
                }
            }
        }
        if let Some(gender) = volunteer.gender {
            bits.set(self.map.gender(gender));
        }
        for team in &volunteer.teams {
            if let Some(category) = teams[team.index()].category {
                bits.set(self.map.category(category));
            }
        }
        bits
    }

    /// The row of what `volunteer` holds until `until` at least.
    pub(crate) fn row_of(&mut self, volunteer: &Volunteer, teams: &[Team], until: Time) -> u32 {
        let bits = self.bits_of(volunteer, teams, until);
        if let Some(&row) = self.known.get(&bits) {
            return row;
        }
        let row = self.rows.len() as u32;
        self.rows.push(bits.clone());
        self.known.insert(bits, row);
        row
    }

    /// The row of what `volunteer` holds until `until` at least; `None` if nobody has held just that so far.
    pub(crate) fn known_row(&self, volunteer: &Volunteer, teams: &[Team], until: Time) -> Option<u32> {
        self.known.get(&self.bits_of(volunteer, teams, until)).copied()
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn row(&self, row: u32) -> &Bits {
        &self.rows[row as usize]
    }
}

/// Why a person does not suit a role, in the order in which it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Unsuited {
    /// A skill is missing, or held at too low a level, or expired.
    Skill,
    /// A credential is missing or expired.
    Credential,
    /// A language is missing.
    Language,
    /// The resident wishes another gender.
    Gender,
    /// Of no team, or category of teams, that may serve.
    Team,
    /// Named as one who must not come, or not among those named.
    Person,
}

/// Qualities of one list: those with bits, and people and teams by id.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Wanted {
    bits: Bits,
    teams: Vec<TeamId>,
    volunteers: Vec<VolunteerId>,
}

impl Wanted {
    fn new(map: &BitMap, qualities: &[Quality]) -> Self {
        let mut wanted = Self { bits: map.empty(), teams: Vec::new(), volunteers: Vec::new() };
        for &quality in qualities {
            match quality {
                Quality::Skill(what) => wanted.bits.set(map.skill(what)),
                Quality::Gender(gender) => wanted.bits.set(map.gender(gender)),
                Quality::Category(category) => wanted.bits.set(map.category(category)),
                Quality::Team(team) => wanted.teams.push(team),
                Quality::Volunteer(volunteer) => wanted.volunteers.push(volunteer),
            }
        }
        wanted.teams.sort_unstable();
        wanted.volunteers.sort_unstable();
        wanted
    }

    fn some(&self, bits: &Bits, who: VolunteerId, volunteer: &Volunteer) -> bool {
        self.bits.meets(bits)
            || self.volunteers.binary_search(&who).is_ok()
            || volunteer.teams.iter().any(|t| self.teams.binary_search(t).is_ok())
    }
}

/// A [`Requirement`] as bits.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct CompiledRequirement {
    /// All of these, split by the reason that is given when one is missing.
    all: Vec<(Unsuited, Bits)>,
    all_bits: Bits,
    all_teams: Vec<TeamId>,
    all_volunteers: Vec<VolunteerId>,
    any: Vec<(Unsuited, Wanted)>,
    none: Vec<(Unsuited, Wanted)>,
}

impl CompiledRequirement {
    pub(crate) fn new(map: &BitMap, requirement: &Requirement) -> Self {
        let all = Wanted::new(map, &requirement.all);
        let split = |qualities: &[Quality]| {
            let mut parts: Vec<(Unsuited, Vec<Quality>)> = Vec::new();
            for &q in qualities {
                let reason = reason_of(map, q);
                match parts.iter_mut().find(|(r, _)| *r == reason) {
                    Some((_, list)) => list.push(q),
                    None => parts.push((reason, vec![q])),
                }
            }
            parts.sort_by_key(|(r, _)| *r);
            parts.into_iter().map(|(r, list)| (r, Wanted::new(map, &list))).collect::<Vec<_>>()
        };
        let mut any = requirement
            .any
            .iter()
            .map(|group| {
                let reason = group.iter().map(|&q| reason_of(map, q)).max().unwrap_or(Unsuited::Person);
                (reason, Wanted::new(map, group))
            })
            .collect::<Vec<_>>();
        any.sort_by_key(|(r, _)| *r);
        Self {
            all: split(&requirement.all)
                .into_iter()
                .filter(|(_, w)| !w.bits.is_empty())
                .map(|(r, w)| (r, w.bits))
                .collect(),
            all_bits: all.bits,
            all_teams: all.teams,
            all_volunteers: all.volunteers,
            any,
            none: split(&requirement.none),
        }
    }

    /// Whether the bits alone leave a chance; people with the same bits share the answer.
    pub(crate) fn may_suit(&self, bits: &Bits) -> bool {
        self.all_bits.is_subset(bits)
            && self
                .any
                .iter()
                .all(|(_, w)| !w.teams.is_empty() || !w.volunteers.is_empty() || w.bits.meets(bits))
            && self.none.iter().all(|(_, w)| !w.bits.meets(bits))
    }

    /// The person who is asked for by name; of several, who cannot all be meant, the first.
    pub(crate) fn only_one(&self) -> Option<VolunteerId> {
        self.all_volunteers.first().copied()
    }

    /// The part that bits decide: whoever suits the whole suits this part.
    pub(crate) fn bits_part(&self) -> Self {
        let ids = |w: &Wanted| !w.teams.is_empty() || !w.volunteers.is_empty();
        let mut part = self.clone();
        part.all_teams.clear();
        part.all_volunteers.clear();
        part.any.retain(|(_, wanted)| !ids(wanted));
        for (_, wanted) in &mut part.none {
            wanted.teams.clear();
            wanted.volunteers.clear();
        }
        part.none.retain(|(_, wanted)| !wanted.bits.is_empty());
        part
    }

    /// Whether this asks for teams or people by id, so that bits alone do not decide.
    pub(crate) fn names_ids(&self) -> bool {
        let ids = |w: &Wanted| !w.teams.is_empty() || !w.volunteers.is_empty();
        !self.all_teams.is_empty()
            || !self.all_volunteers.is_empty()
            || self.any.iter().any(|(_, w)| ids(w))
            || self.none.iter().any(|(_, w)| ids(w))
    }

    /// Whether this person suits; the first reason against it when not.
    pub(crate) fn suits(&self, bits: &Bits, who: VolunteerId, volunteer: &Volunteer) -> Result<(), Unsuited> {
        let mut first: Option<Unsuited> = None;
        self.against(bits, who, volunteer, |reason| first = Some(first.map_or(reason, |r| r.min(reason))));
        first.map_or(Ok(()), Err)
    }

    /// Tells every reason against this person, in no order, some of them more than once.
    pub(crate) fn against(
        &self,
        bits: &Bits,
        who: VolunteerId,
        volunteer: &Volunteer,
        mut note: impl FnMut(Unsuited),
    ) {
        for (reason, wanted) in &self.all {
            if !wanted.is_subset(bits) {
                note(*reason);
            }
        }
        if !self.all_teams.iter().all(|t| volunteer.teams.contains(t)) {
            note(Unsuited::Team);
        }
        if !self.all_volunteers.iter().all(|&v| v == who) {
            note(Unsuited::Person);
        }
        for (reason, wanted) in &self.any {
            if !wanted.some(bits, who, volunteer) {
                note(*reason);
            }
        }
        for (reason, wanted) in &self.none {
            if wanted.some(bits, who, volunteer) {
                note(*reason);
            }
        }
    }
}

fn reason_of(map: &BitMap, quality: Quality) -> Unsuited {
    match quality {
        Quality::Skill(what) => match map.kinds[what.skill.index()] {
            SkillKind::Skill => Unsuited::Skill,
            SkillKind::Credential => Unsuited::Credential,
            SkillKind::Language => Unsuited::Language,
        },
        Quality::Gender(_) => Unsuited::Gender,
        Quality::Team(_) | Quality::Category(_) => Unsuited::Team,
        Quality::Volunteer(_) => Unsuited::Person,
    }
}

/// Whether one quality is true of a person.
pub(crate) fn has(
    map: &BitMap,
    bits: &Bits,
    who: VolunteerId,
    volunteer: &Volunteer,
    quality: Quality,
) -> bool {
    let bit = match quality {
        Quality::Skill(what) => map.skill(what),
        Quality::Gender(gender) => map.gender(gender),
        Quality::Category(category) => map.category(category),
        Quality::Team(team) => return volunteer.teams.contains(&team),
        Quality::Volunteer(id) => return id == who,
    };
    bits.0[bit as usize / 64] >> (bit % 64) & 1 == 1
}

/// Until when somebody meets a requirement who meets it at `from`, when `has` tells what is true of them: until something that is asked
/// for runs out. What is excluded is excluded for good.
pub(crate) fn lasts(
    volunteer: &Volunteer,
    requirement: &Requirement,
    from: Time,
    has: impl Fn(Quality) -> bool,
) -> Time {
    let until = |quality: Quality| match quality {
        Quality::Skill(what) => {
            let held = volunteer.holds.iter().filter(|held| {
                held.what.skill == what.skill
                    && held.what.level >= what.level
                    && held.expires.is_none_or(|expires| expires >= from)
            });
            held.map(|held| held.expires.unwrap_or(Time::MAX)).max().unwrap_or(Time::MAX)
        }
        _ => Time::MAX,
    };
    let all = requirement.all.iter().map(|&quality| until(quality));
    let any = requirement.any.iter().map(|group| {
        let met = group.iter().copied().filter(|&quality| has(quality));
        met.map(until).max().unwrap_or(Time::MAX)
    });
    all.chain(any).min().unwrap_or(Time::MAX)
}
