//! Needs: of the kinds of [`KINDS`], where people live, with what residents wish and are promised.

use qise::model::{
    CategoryId, CrewRules, Gender, Link, Metres, Need, NeedId, Place, PlaceId, Preference, Promise, Quality,
    Requirement, Role, Seconds, Stop, TeamId, VolunteerId, Window,
};

use super::GenerateOptions;
use super::ability::Ability;
use super::clock::{Clock, Hours, windows};
use super::crew::crew;
use super::draw::{Draw, Stream, Weighted};
use super::kind::{KINDS, Kind, Trait};
use super::land::{Land, Settlement};
use super::people::People;
use super::ride::ride;
use super::supply::Supplies;
use super::teams::Teams;

/// The needs of a scenario.
#[derive(Debug)]
pub(super) struct Needs {
    pub list: Vec<Need>,
    /// Places of needs that are nowhere else.
    pub places: Vec<Place>,
    /// What ties loans to the needs at which they are fetched again.
    pub links: Vec<Link>,
}

impl Needs {
    /// The place of the n-th settlement must be the n-th place; the first own place becomes the place of the number
    /// given.
    pub(super) fn new(
        options: &GenerateOptions,
        land: &Land,
        teams: &Teams,
        people: &People,
        first: usize,
    ) -> Self {
        let mut draw = Draw::new(options.seed, Stream::Needs);
        let clock = Clock::new(options);
        let settled = land.settlements.iter().map(|s| f64::from(s.residents) * (1.0 + 0.8 * s.remoteness));
        let settled = Weighted::new(settled);
        let kinds = Weighted::new(KINDS.iter().map(|kind| kind.weight));
        // A stream of their own: needs for one stay as they are, however many ask for more.
        let mut crews = Draw::new(options.seed, Stream::Crews);
        let mut rides = Draw::new(options.seed, Stream::Rides);
        let mut supplies = Supplies::new(options);
        let mut places = Vec::with_capacity(options.needs);
        let mut list = Vec::with_capacity(options.needs);
        for n in 0..options.needs {
            let key = format!("n{:05}", n + 1);
            let settlement = settled.draw(&mut draw);
            let kind = &KINDS[kinds.draw(&mut draw)];
            let odd = Odd::draw(&mut draw);
            let place = if kind.is(Trait::Public) && odd != Some(Odd::Lost) {
                PlaceId::new(settlement)
            } else {
                let at = if odd == Some(Odd::Lost) {
                    land.wilderness(settlement, &mut draw)
                } else {
                    land.dwelling(settlement, &mut draw)
                };
                let mut place = Place::new(format!("at-{key}"), at);
                place.area = land.area(settlement);
                place.setup = Seconds(draw.stepped(0, 4, 1) * 60);
                places.push(place);
                PlaceId::new(first + places.len() - 1)
            };
            let local = Local {
                clock,
                home: &land.settlements[settlement],
                neighbours: &people.of[settlement],
                teams: &teams.of[settlement],
                any_teams: !teams.list.is_empty(),
            };
            let mut need = local.need(NeedId::new(n), key, kind, place, odd, &mut draw);
            if crews.below(100) < options.crews_percent as usize {
                crew(&mut need, |draw| kinds.draw(draw), &mut crews);
            }
            if rides.below(100) < options.rides_percent as usize && !need.is_crew() {
                ride(&mut need, PlaceId::new(land.town_near(settlement)), &mut rides);
            }
            supplies.supply(NeedId::new(n), &mut need, &land.settlements[settlement]);
            list.push(need);
        }
        let links = supplies.finish(&mut list);
        Self { list, places, links }
    }
}

/// What makes a few needs impossible, or nearly so, as it happens in life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Odd {
    /// Asked for at night.
    Night,
    /// Asks for what hardly anybody can do all at once.
    Rare,
    /// Far out on the land, and only within an hour.
    Lost,
}

impl Odd {
    fn draw(draw: &mut Draw) -> Option<Self> {
        match draw.below(300) {
            0..2 => Some(Self::Night),
            2..4 => Some(Self::Rare),
            4..6 => Some(Self::Lost),
            _ => None,
        }
    }
}

/// What surrounds one need.
struct Local<'a> {
    clock: Clock,
    home: &'a Settlement,
    neighbours: &'a [VolunteerId],
    teams: &'a [TeamId],
    any_teams: bool,
}

impl Local<'_> {
    fn need(
        &self,
        id: NeedId,
        key: String,
        kind: &Kind,
        place: PlaceId,
        odd: Option<Odd>,
        draw: &mut Draw,
    ) -> Need {
        let hours = match odd {
            Some(Odd::Night) => Hours::Night,
            Some(Odd::Lost) => Hours::Hour,
            _ => kind.hours,
        };
        let windows = windows(hours, self.clock, draw);
        let service = Seconds(draw.stepped(kind.minutes.0, kind.minutes.1, 5) * 60);
        let urgent = kind.is(Trait::Urgent);
        let priority = 1 + draw.exponential(if urgent { 3.0 } else { 1.5 }) as u32;
        let promise = promise(&windows, service, urgent, draw);
        let mut role = Role::new(self.requirement(kind, odd, draw));
        if kind.is(Trait::Intimate) && draw.chance(0.5) {
            role.min_home_distance = Metres(draw.stepped(200, 800, 100));
        }
        role.prefers = self.wishes(&role.requires, draw);
        Need {
            key,
            name: Some(format!("{} {:05}", kind.name, id.0 + 1)),
            category: Some(CategoryId(kind.category)),
            project: None,
            stops: vec![Stop { place, windows, service }],
            max_ride: None,
            roles: vec![role],
            gaps: Vec::new(),
            overlaps: Vec::new(),
            crew: CrewRules::default(),
            vehicles: Vec::new(),
            goods: Vec::new(),
            priority: priority.min(10),
            mandatory: draw.chance(if urgent { 0.06 } else { 0.015 }),
            promise,
            outsource: None,
            change_price: None,
        }
    }

    fn requirement(&self, kind: &Kind, odd: Option<Odd>, draw: &mut Draw) -> Requirement {
        let mut requires = Requirement::default();
        for ask in kind.asks {
            // The highest level is asked for least.
            let level = 1 + (draw.fraction() * draw.fraction() * f64::from(ask.level)) as u8;
            if draw.chance(ask.chance) {
                requires.all.push(ask.ability.quality(level));
            }
        }
        let speaks = draw.chance(0.05 + 0.25 * self.home.remoteness);
        let fluent = if draw.chance(0.2) { 2 } else { 1 };
        if speaks && !asks(&requires, Ability::Mongolian) {
            requires.all.push(Ability::Mongolian.quality(fluent));
        } else if draw.chance(0.03) {
            requires.any.push(vec![Ability::Mandarin.quality(2), Ability::Mongolian.quality(2)]);
        }
        if draw.chance(if kind.is(Trait::Intimate) { 0.85 } else { 0.04 }) {
            requires.all.push(Quality::Gender(gender(draw)));
        }
        let official = draw.chance(if kind.is(Trait::Official) { 0.4 } else { 0.02 });
        if official && self.any_teams {
            requires.all.push(Quality::Category(CategoryId(kind.category)));
        }
        if draw.chance(0.02) {
            for _ in 0..draw.between(1, 2) {
                requires.none.extend(self.neighbour(draw).filter(|who| !requires.none.contains(who)));
            }
        }
        if odd == Some(Odd::Rare) {
            requires.all.retain(|q| !matches!(q, Quality::Skill(_)));
            let rare =
                [Ability::SignLanguage, Ability::NurseLicence, Ability::VetLicence, Ability::Mongolian];
            requires.all.extend(rare.map(|ability| ability.quality(2)));
        }
        requires
    }

    /// What the resident would rather have: somebody known, a woman or a man, a team from here.
    fn wishes(&self, requires: &Requirement, draw: &mut Draw) -> Vec<Preference> {
        let mut wishes = Vec::new();
        let mut wish = |quality: Option<Quality>, wanted, draw: &mut Draw| {
            let price = draw.stepped(300, 1800, 300) as u32;
            let open = |q: &Quality| !requires.all.contains(q) && !requires.none.contains(q);
            wishes.extend(quality.filter(open).map(|quality| Preference { quality, wanted, price }));
        };
        if draw.chance(0.06) {
            wish(self.neighbour(draw), true, draw);
        }
        if draw.chance(0.04) {
            wish(Some(Quality::Gender(gender(draw))), true, draw);
        }
        if draw.chance(0.04) && !self.teams.is_empty() {
            wish(Some(Quality::Team(*draw.pick(self.teams))), true, draw);
        }
        if draw.chance(0.02) {
            wish(self.neighbour(draw), false, draw);
        }
        wishes.dedup_by_key(|wish| wish.quality);
        wishes
    }

    fn neighbour(&self, draw: &mut Draw) -> Option<Quality> {
        (!self.neighbours.is_empty()).then(|| Quality::Volunteer(*draw.pick(self.neighbours)))
    }
}

fn asks(requires: &Requirement, ability: Ability) -> bool {
    let skill = ability.at(1).skill;
    requires.all.iter().any(|q| matches!(q, Quality::Skill(what) if what.skill == skill))
}

fn gender(draw: &mut Draw) -> Gender {
    if draw.chance(0.75) { Gender::Female } else { Gender::Male }
}

/// Promises fall within the first window, the urgent ones early; the few hard ones leave the window open to its end.
fn promise(windows: &[Window], service: Seconds, urgent: bool, draw: &mut Draw) -> Option<Promise> {
    let window = windows.first()?;
    let promised = draw.chance(if urgent { 0.8 } else { 0.25 });
    let part = if urgent { 0.2 + 0.3 * draw.fraction() } else { 0.5 + 0.5 * draw.fraction() };
    let quarters = ((window.to - window.from).0 as f64 * part / 900.0) as i64;
    let within = window.from + Seconds(900 * quarters.max(1));
    let (hard, finish) = (draw.chance(0.1), draw.chance(0.3));
    let by = if hard { window.to } else { within };
    promised.then_some(Promise {
        start_by: (!finish).then_some(by),
        finish_by: finish.then_some(by + service),
        hard,
    })
}
