//! Volunteers: where they live, what they can do, how they move, when they come and how far they go.

use qise::model::{
    Gender, Held, Ledger, Limits, Metres, Place, PlaceId, Profile, ProfileId, Rounding, RouteEnd, RouteStart,
    Seconds, Shift, Team, TeamId, Time, TravelRule, Volunteer, VolunteerId,
};

use super::GenerateOptions;
use super::ability::{Ability, COMMON, TRADES};
use super::clock::{Clock, PATTERNS, Pattern};
use super::draw::{Draw, Stream, Weighted};
use super::land::{Land, Settlement};
use super::teams::Teams;

/// The volunteers of a scenario.
#[derive(Debug)]
pub(super) struct People {
    pub list: Vec<Volunteer>,
    /// The home of each.
    pub homes: Vec<Place>,
    /// The volunteers of each settlement.
    pub of: Vec<Vec<VolunteerId>>,
}

/// How people move: by car, by motorbike, on foot.
pub(super) fn profiles() -> Vec<Profile> {
    let profile = |key: &str, name: &str, metres_per_hour, detour_permille| Profile {
        key: key.into(),
        name: Some(name.into()),
        rule: TravelRule::GreatCircle { metres_per_hour, detour_permille, rounding: Rounding::Up },
    };
    vec![
        profile("car", "car 汽车", 60_000, 1300),
        profile("motorbike", "motorbike 摩托车", 40_000, 1250),
        profile("foot", "on foot 步行", 4_500, 1200),
    ]
}

/// Whether somebody goes by car.
pub(super) fn drives_a_car(volunteer: &Volunteer) -> bool {
    volunteer.profile == ProfileId::new(Means::Car as usize)
}

/// The profiles by their positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Means {
    Car,
    Motorbike,
    Foot,
}

impl People {
    /// The first home becomes the place of this number.
    pub(super) fn new(options: &GenerateOptions, land: &Land, teams: &Teams, first_home: usize) -> Self {
        let mut draw = Draw::new(options.seed, Stream::Volunteers);
        // Where neighbours are few, more of them help.
        let settled = land.settlements.iter().map(|s| f64::from(s.residents) * (1.0 + 0.7 * s.remoteness));
        let settled = Weighted::new(settled);
        let ways = Ways { clock: Clock::new(options), teams, patterns: [false, true].map(pattern_weights) };
        let mut list = Vec::with_capacity(options.volunteers);
        let mut homes = Vec::with_capacity(options.volunteers);
        let mut of = vec![Vec::new(); land.settlements.len()];
        for n in 0..options.volunteers {
            let settlement = settled.draw(&mut draw);
            let key = format!("v{:05}", n + 1);
            let mut home = Place::new(format!("home-{key}"), land.dwelling(settlement, &mut draw));
            home.area = land.area(settlement);
            homes.push(home);
            let mut volunteer = Volunteer::new(key, PlaceId::new(first_home + n), ProfileId(0));
            volunteer.name = Some(format!("志愿者 {:05}", n + 1));
            ways.shape(&mut volunteer, &land.settlements[settlement], settlement, &mut draw);
            list.push(volunteer);
            of[settlement].push(VolunteerId::new(n));
        }
        Self { list, homes, of }
    }
}

/// The weights of the patterns of presence in towns, and far from any.
fn pattern_weights(remote: bool) -> Weighted {
    Weighted::new(PATTERNS.iter().map(|p| if remote { p.weight.1 } else { p.weight.0 }))
}

/// What shapes people.
struct Ways<'a> {
    clock: Clock,
    teams: &'a Teams,
    patterns: [Weighted; 2],
}

impl Ways<'_> {
    fn shape(&self, volunteer: &mut Volunteer, home: &Settlement, settlement: usize, draw: &mut Draw) {
        volunteer.gender = match draw.below(20) {
            0 => None,
            1..=11 => Some(Gender::Female),
            _ => Some(Gender::Male),
        };
        volunteer.teams = self.memberships(settlement, draw);
        let trade = self.teams.category(volunteer.teams.first().copied(), draw);
        let remote = draw.chance(home.remoteness);
        let means = means(remote, draw);
        volunteer.profile = ProfileId(means as u32);
        self.abilities(&mut volunteer.holds, trade, remote, means, draw);
        let pattern = &PATTERNS[self.patterns[usize::from(remote)].draw(draw)];
        let bases = volunteer
            .teams
            .iter()
            .map(|&team| (self.teams.seat[team.index()], &self.teams.list[team.index()]));
        let base = bases.filter(|&(seat, _)| seat == settlement).find_map(|(_, team): (_, &Team)| team.base);
        volunteer.shifts = self.shifts(pattern, base, draw);
        volunteer.max_radius = max_radius(means, remote, draw);
        volunteer.per_day = day_limits(means, draw);
        volunteer.pace_permille = match draw.below(10) {
            0..=5 => 1000,
            6 => draw.stepped(800, 950, 50) as u32,
            _ => draw.stepped(1050, 1400, 50) as u32,
        };
        volunteer.ledger = ledger(draw);
    }

    /// Mostly one team, sometimes two or none.
    fn memberships(&self, settlement: usize, draw: &mut Draw) -> Vec<TeamId> {
        let count = match draw.below(100) {
            0..8 => 0,
            8..90 => 1,
            _ => 2,
        };
        let mut teams = Vec::with_capacity(count);
        for _ in 0..count {
            teams.extend(self.teams.join(settlement, draw).filter(|team| !teams.contains(team)));
        }
        teams
    }

    fn abilities(&self, holds: &mut Vec<Held>, trade: usize, remote: bool, means: Means, draw: &mut Draw) {
        let mut hold = |ability: Ability, draw: &mut Draw| {
            let what = ability.at(match draw.below(10) {
                0..5 => 1,
                5..8 => 2,
                _ => 3,
            });
            let expires = self.expiry(ability, draw);
            if !holds.iter().any(|held| held.what.skill == what.skill) {
                holds.push(Held { what, expires });
            }
        };
        for &(ability, chance) in TRADES[trade].iter().chain(COMMON) {
            if draw.chance(chance) {
                hold(ability, draw);
            }
        }
        if draw.chance(0.97) {
            hold(Ability::Mandarin, draw);
        }
        if draw.chance(if remote { 0.62 } else { 0.22 }) {
            hold(Ability::Mongolian, draw);
        }
        if draw.chance(if means == Means::Car { 0.98 } else { 0.2 }) {
            hold(Ability::Driver, draw);
        }
    }

    /// Credentials end at some midnight from four months ago to three years ahead; skills and languages stay, and so do
    /// most volunteer cards.
    fn expiry(&self, ability: Ability, draw: &mut Draw) -> Option<Time> {
        let chance = match ability {
            Ability::MinorsCheck | Ability::NurseLicence | Ability::Electrician | Ability::VetLicence => 0.9,
            Ability::Driver | Ability::FirstAid => 0.3,
            Ability::IdCard => 0.1,
            _ => return None,
        };
        let days = draw.between(-120, 1000);
        draw.chance(chance).then(|| self.clock.midnight(days))
    }

    /// On some days more than on others; a few whole days start at the base of the team, a few end with the last visit.
    fn shifts(&self, pattern: &Pattern, base: Option<PlaceId>, draw: &mut Draw) -> Vec<Shift> {
        let often = 0.5 + 0.5 * draw.fraction();
        let moved = draw.stepped(-30, 30, 15);
        let from = base.filter(|_| pattern.whole_day() && draw.chance(0.15));
        let from = from.map_or(RouteStart::Home, RouteStart::At);
        let to = if draw.chance(0.05) { RouteEnd::Anywhere } else { RouteEnd::Home };
        let days = self.clock.days().filter(|&day| draw.chance(often) && pattern.covers(day));
        let shifts = days.flat_map(|day| pattern.shifts(self.clock, day, moved));
        shifts.map(|shift| Shift { from, to, ..shift }).collect()
    }
}

fn means(remote: bool, draw: &mut Draw) -> Means {
    let (car, motorbike) = if remote { (0.66, 0.30) } else { (0.46, 0.16) };
    let way = draw.fraction();
    if way < car {
        Means::Car
    } else if way < car + motorbike {
        Means::Motorbike
    } else {
        Means::Foot
    }
}

/// How far somebody goes at most: drivers often anywhere, the others not.
fn max_radius(means: Means, remote: bool, draw: &mut Draw) -> Option<Metres> {
    let (least, mean, free) = match (means, remote) {
        (Means::Car, false) => (10_000.0, 40_000.0, 0.25),
        (Means::Car, true) => (40_000.0, 60_000.0, 0.4),
        (Means::Motorbike, _) => (8_000.0, 20_000.0, 0.1),
        (Means::Foot, _) => (2_000.0, 2_000.0, 0.1),
    };
    let metres = least + draw.exponential(mean);
    let rounded = Metres((metres / 500.0).round() as i64 * 500);
    (!draw.chance(free)).then_some(rounded)
}

/// What somebody gives in a day at most; most people set no such limit.
fn day_limits(means: Means, draw: &mut Draw) -> Limits {
    let minutes = |draw: &mut Draw, low, high| Seconds(draw.stepped(low, high, 30) * 60);
    let travel = minutes(draw, 60, 240);
    let work = minutes(draw, 180, 480);
    let distance = Metres(draw.stepped(60, 400, 20) * 1000);
    let visits = draw.between(2, 8) as u32;
    Limits {
        travel: draw.chance(0.2).then_some(travel),
        work: draw.chance(0.1).then_some(work),
        distance: (draw.chance(0.08) && means == Means::Car).then_some(distance),
        visits: draw.chance(0.15).then_some(visits),
    }
}

/// Hours given before: few by most, many by some; always offered more than worked.
fn ledger(draw: &mut Draw) -> Ledger {
    let quarters = draw.exponential(80.0).min(2000.0) as i64;
    let idle = (quarters + 4) * draw.between(1, 30) / 10;
    let quarter = 15 * 60;
    Ledger { worked: Seconds(quarters * quarter), offered: Seconds((quarters + idle) * quarter) }
}
