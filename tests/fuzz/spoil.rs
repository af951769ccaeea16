//! Odd values in any field of a problem's data.

mod demand;

use qise::ProblemData;
use qise::model::{
    Area, AreaId, Break, CategoryId, Gender, Held, Limits, Link, LinkRule, Makespan, Need, NeedId, Overlap,
    Pin, Place, PlaceId, Population, Preference, Previous, PreviousVisit, Profile, ProfileId, Promise,
    Quality, Requirement, Role, Rounding, RouteEnd, RouteStart, Seconds, Shift, SkillId, SkillKind,
    SkillLevel, Slowdown, StartGap, Stop, Tally, Team, TeamId, Term, Time, TravelMatrix, TravelRule,
    Volunteer, VolunteerId, Weighted, Window,
};
use rand::RngExt;

use crate::odd::Odd;
use crate::support::MORNING;
use demand::{spoil_level, spoil_need};

pub(crate) fn spoil(odd: &mut Odd<'_>, data: &mut ProblemData) {
    odd.text(&mut data.name);
    let places = data.places.len();
    for place in &mut data.places {
        spoil_place(odd, place, data.areas.len());
    }
    if odd.hits() {
        let corners = odd.pick(&[0, 1, 2, 3, 4, 30]);
        let outline = (0..corners).map(|_| odd.point()).collect();
        data.areas.push(Area { key: "spoiled".into(), name: None, outline });
    }
    for profile in &mut data.profiles {
        spoil_profile(odd, profile, places);
    }
    if odd.hits() {
        let areas = vec![AreaId(0)];
        let (from, to, factor_permille) = (MORNING, MORNING + Seconds::HOUR, 1_000_000);
        data.slowdowns.push(Slowdown { areas, profiles: vec![ProfileId(0)], from, to, factor_permille });
    }
    for slow in &mut data.slowdowns {
        odd.list(&mut slow.areas);
        odd.list(&mut slow.profiles);
        for area in &mut slow.areas {
            odd.id(&mut area.0, data.areas.len());
        }
        slow.profiles.iter_mut().for_each(|profile| odd.id(&mut profile.0, data.profiles.len()));
        odd.time(&mut slow.from);
        odd.time(&mut slow.to);
        odd.count(&mut slow.factor_permille, 1000, 1_000_000);
    }
    for skill in &mut data.skills {
        odd.text(&mut skill.key);
        odd.text_or_none(&mut skill.name);
        if odd.hits() {
            skill.kind = odd.pick(&[SkillKind::Skill, SkillKind::Credential, SkillKind::Language]);
            skill.levels = odd.pick(&[1, 2, 100, 0, 101, 255]);
        }
    }
    for category in &mut data.categories {
        odd.text(&mut category.key);
        odd.text(&mut category.name.en);
        odd.text(&mut category.name.zh);
        odd.text(&mut category.colour);
    }
    if odd.hits() {
        let needs = (0..data.needs.len()).map(NeedId::new).collect();
        data.makespans.push(Makespan { needs, from: MORNING, weight: 1 });
    }
    let needs = data.needs.len();
    for Makespan { needs: group, from, weight } in &mut data.makespans {
        odd.list(group);
        for need in group.iter_mut() {
            odd.id(&mut need.0, needs);
        }
        odd.time(from);
        odd.count(weight, 1, 1_000_000_000);
    }
    if odd.hits() {
        data.outsourcing = odd.pick(&[0, 1, 10, u32::MAX]);
    }
    for team in &mut data.teams {
        spoil_team(odd, team, data.categories.len(), places);
    }
    if odd.hits() {
        data.population.push(Population { place: PlaceId(0), residents: 1 });
    }
    for people in &mut data.population {
        odd.id(&mut people.place.0, places);
        odd.count(&mut people.residents, 0, u32::MAX);
    }
    let sizes = Sizes {
        places,
        profiles: data.profiles.len(),
        skills: data.skills.len(),
        categories: data.categories.len(),
        teams: data.teams.len(),
        volunteers: data.volunteers.len(),
        needs: data.needs.len(),
    };
    for volunteer in &mut data.volunteers {
        spoil_volunteer(odd, volunteer, sizes);
    }
    data.needs.iter_mut().for_each(|need| spoil_need(odd, need, sizes));
    if odd.random.random_bool(0.3) {
        data.apart.push((VolunteerId(0), VolunteerId(1)));
        let rules = [
            LinkRule::After { min: Seconds::ZERO, max: None },
            LinkRule::After { min: Seconds(-600), max: Some(Seconds::HOUR) },
            LinkRule::DaysApart { min: -1, max: 7, weeks: true },
            LinkRule::SamePerson { price: None },
            LinkRule::SamePerson { price: Some(u32::MAX) },
            LinkRule::DifferentPerson,
            LinkRule::SameDay,
            LinkRule::Together,
        ];
        for from in 0..sizes.needs.min(3) {
            let (from, to) = (NeedId::new(from), NeedId::new((from + 1) % sizes.needs));
            data.links.push(Link { from, to, rule: odd.pick(&rules) });
        }
    }
    if odd.random.random_bool(0.2) {
        let ways = (0..sizes.needs.min(3)).map(NeedId::new);
        data.choices.push(ways.collect());
    }
    for ways in &mut data.choices {
        for way in ways.iter_mut() {
            odd.id(&mut way.0, sizes.needs);
        }
        odd.list(ways);
    }
    for (one, other) in &mut data.apart {
        odd.id(&mut one.0, sizes.volunteers);
        odd.id(&mut other.0, sizes.volunteers);
    }
    for Link { from, to, rule } in &mut data.links {
        odd.id(&mut from.0, sizes.needs);
        odd.id(&mut to.0, sizes.needs);
        if let LinkRule::After { min, max } = rule {
            odd.seconds(min);
            odd.option(max, |_| Seconds::HOUR);
            if let Some(max) = max {
                odd.seconds(max);
            }
        }
    }
    odd.list(&mut data.links);
    spoil_objective(odd, data);
    odd.option(&mut data.previous, |_| Previous::default());
    if let Some(previous) = &mut data.previous {
        spoil_previous(odd, previous, sizes);
    }
    // Whole records last, so that references go astray as well.
    odd.list(&mut data.places);
    odd.list(&mut data.areas);
    odd.list(&mut data.profiles);
    odd.list(&mut data.slowdowns);
    odd.list(&mut data.skills);
    odd.list(&mut data.categories);
    odd.list(&mut data.teams);
    odd.list(&mut data.population);
    many(odd, &mut data.volunteers, |volunteer, key| volunteer.key = key);
    many(odd, &mut data.needs, |need, key| need.key = key);
}

/// How many there are of what can be referred to.
#[derive(Clone, Copy)]
struct Sizes {
    places: usize,
    profiles: usize,
    skills: usize,
    categories: usize,
    teams: usize,
    volunteers: usize,
    needs: usize,
}

/// Spoils a list of records, mostly without making it faulty for want of keys.
fn many<T: Clone>(odd: &mut Odd<'_>, list: &mut Vec<T>, rename: fn(&mut T, String)) {
    let before = list.len();
    odd.list(list);
    if list.len() > before && odd.random.random_bool(0.8) {
        for (i, item) in list.iter_mut().enumerate() {
            rename(item, format!("key {i}"));
        }
    }
}

fn spoil_place(odd: &mut Odd<'_>, place: &mut Place, areas: usize) {
    odd.text(&mut place.key);
    odd.text_or_none(&mut place.name);
    if odd.hits() {
        place.at = if odd.random.random_bool(0.9) { Some(odd.point()) } else { None };
    }
    odd.id_or_none(&mut place.area, AreaId, |area| &mut area.0, areas);
    odd.seconds(&mut place.setup);
}

fn spoil_profile(odd: &mut Odd<'_>, profile: &mut Profile, places: usize) {
    odd.text(&mut profile.key);
    odd.text_or_none(&mut profile.name);
    match &mut profile.rule {
        TravelRule::GreatCircle { metres_per_hour, detour_permille, rounding } => {
            odd.count(metres_per_hour, 100, 2_000_000_000);
            odd.count(detour_permille, 1000, 100_000);
            if odd.hits() {
                *rounding = odd.pick(&[Rounding::Up, Rounding::Nearest]);
            }
        }
        TravelRule::Matrix(matrix) => {
            for entries in [&mut matrix.seconds, &mut matrix.metres] {
                for entry in entries.iter_mut() {
                    odd.count(entry, 0, u32::MAX);
                }
                odd.list(entries);
            }
            for place in &mut matrix.places {
                odd.id(&mut place.0, places);
            }
            odd.list(&mut matrix.places);
        }
    }
    if odd.hits() {
        let size = odd.pick(&[0, 1, places]);
        let entry = odd.pick(&[0, 1, 3600, TravelMatrix::NO_WAY, TravelMatrix::NO_WAY - 1]);
        let (seconds, metres) = (vec![entry; size * size], vec![entry; size * size]);
        let places = (0..size).map(PlaceId::new).collect();
        profile.rule = TravelRule::Matrix(TravelMatrix { places, seconds, metres });
    }
}

fn spoil_team(odd: &mut Odd<'_>, team: &mut Team, categories: usize, places: usize) {
    odd.text(&mut team.key);
    odd.text_or_none(&mut team.name);
    odd.id_or_none(&mut team.category, CategoryId, |category| &mut category.0, categories);
    odd.id_or_none(&mut team.base, PlaceId, |base| &mut base.0, places);
}

fn spoil_volunteer(odd: &mut Odd<'_>, volunteer: &mut Volunteer, sizes: Sizes) {
    odd.text(&mut volunteer.key);
    odd.text_or_none(&mut volunteer.name);
    odd.list(&mut volunteer.teams);
    for team in &mut volunteer.teams {
        odd.id(&mut team.0, sizes.teams);
    }
    odd.id(&mut volunteer.home.0, sizes.places);
    odd.id(&mut volunteer.profile.0, sizes.profiles);
    odd.list(&mut volunteer.holds);
    for Held { what, expires } in &mut volunteer.holds {
        spoil_level(odd, what, sizes);
        odd.option(expires, |_| MORNING);
        if let Some(time) = expires {
            odd.time(time);
        }
    }
    if odd.hits() {
        volunteer.gender = odd.pick(&[None, Some(Gender::Female), Some(Gender::Male)]);
    }
    odd.list(&mut volunteer.shifts);
    for shift in &mut volunteer.shifts {
        spoil_shift(odd, shift, sizes);
    }
    odd.option(&mut volunteer.max_radius, |_| qise::model::Metres(5000));
    if let Some(radius) = &mut volunteer.max_radius {
        odd.metres(radius);
    }
    let Limits { travel, work, distance, visits } = &mut volunteer.per_day;
    for limit in [travel, work] {
        odd.option(limit, |_| Seconds(7200));
        if let Some(limit) = limit {
            odd.seconds(limit);
        }
    }
    odd.option(distance, |_| qise::model::Metres(50_000));
    if let Some(limit) = distance {
        odd.metres(limit);
    }
    odd.option(visits, |_| 2);
    if let Some(limit) = visits {
        odd.count(limit, 0, u32::MAX);
    }
    odd.count(&mut volunteer.pace_permille, 1, 100_000);
    odd.seconds(&mut volunteer.ledger.worked);
    odd.seconds(&mut volunteer.ledger.offered);
}

fn spoil_shift(odd: &mut Odd<'_>, shift: &mut Shift, sizes: Sizes) {
    odd.time(&mut shift.start);
    odd.time(&mut shift.end);
    if odd.hits() {
        shift.day = odd.pick(&[0, 1, -1, i32::MIN, i32::MAX]);
    }
    if odd.hits() {
        shift.from = odd.pick(&[RouteStart::Home, RouteStart::Previous, RouteStart::At(PlaceId(0))]);
    }
    if let RouteStart::At(from) = &mut shift.from {
        odd.id(&mut from.0, sizes.places);
    }
    if odd.hits() {
        shift.to = odd.pick(&[RouteEnd::Home, RouteEnd::Anywhere, RouteEnd::At(PlaceId(0))]);
    }
    if let RouteEnd::At(to) = &mut shift.to {
        odd.id(&mut to.0, sizes.places);
    }
    if odd.hits() {
        let minutes = odd.pick(&[1, 1, 20, 600]);
        let (count, length) = (odd.pick(&[1, 2, 5, 20]), odd.pick(&[0, 1, 60]));
        shift.breaks = (0..count)
            .map(|b| {
                let earliest = Time(shift.start.0.saturating_add(b * minutes * 60));
                Break::new(earliest, earliest, Seconds(length))
            })
            .collect();
    }
    odd.yes_or_no(&mut shift.party);
    odd.list(&mut shift.breaks);
    for Break { earliest, latest, duration, off_duty, only_when_empty, at } in &mut shift.breaks {
        odd.time(earliest);
        odd.time(latest);
        odd.seconds(duration);
        odd.yes_or_no(off_duty);
        odd.yes_or_no(only_when_empty);
        if odd.hits() {
            *at = (0..odd.pick(&[1, 2, 3, 101])).map(|p| PlaceId::new(p % sizes.places.max(1))).collect();
        }
        for place in at {
            odd.id(&mut place.0, sizes.places);
        }
    }
}

fn spoil_objective(odd: &mut Odd<'_>, data: &mut ProblemData) {
    if odd.random.random_bool(0.3) {
        // Any terms in any levels, at any weights that a problem this small may bear.
        let most = odd.pick(&[1, 10, 10_000, 1_000_000_000]);
        let mut left = Term::ALL.to_vec();
        data.objective.levels.clear();
        while !left.is_empty() && (data.objective.levels.is_empty() || odd.random.random_bool(0.7)) {
            let size = odd.random.random_range(1..=left.len());
            let level = (0..size).map(|_| {
                let term = left.swap_remove(odd.random.random_range(0..left.len()));
                Weighted { term, weight: odd.random.random_range(1..=most) }
            });
            data.objective.levels.push(level.collect());
        }
    }
    for level in &mut data.objective.levels {
        for weighted in level.iter_mut() {
            odd.count(&mut weighted.weight, 1, 1_000_000_000);
            if odd.hits() {
                weighted.term = odd.pick(Term::ALL);
            }
        }
        odd.list(level);
    }
    odd.list(&mut data.objective.levels);
}

fn spoil_previous(odd: &mut Odd<'_>, previous: &mut Previous, sizes: Sizes) {
    for PreviousVisit { need, volunteer, start } in &mut previous.assignments {
        odd.id(&mut need.0, sizes.needs);
        odd.id(&mut volunteer.0, sizes.volunteers);
        odd.time(start);
    }
    odd.list(&mut previous.assignments);
    odd.count(&mut previous.reassign_price, 0, u32::MAX);
    odd.count(&mut previous.retime_price, 0, u32::MAX);
    odd.seconds(&mut previous.tolerance);
}
