//! Small random problems that use every feature of the model, for the property tests.

pub(crate) mod goods;
pub(crate) mod rides;
pub(crate) mod together;

use qise::model::{
    Break, Dimension, DimensionId, Gender, Held, LatLon, Ledger, Limits, Load, Metres, Need, Pin, Place,
    PlaceId, Preference, Previous, PreviousVisit, Profile, ProfileId, Promise, Quality, Rounding, RouteEnd,
    Seconds, Shift, Skill, SkillId, SkillKind, SkillLevel, Slowdown, Team, TeamId, Time, TravelMatrix,
    TravelRule, Volunteer, VolunteerId, Window,
};
use qise::{Problem, ProblemData};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

/// What a random problem may contain.
#[allow(clippy::struct_excessive_bools)] // each switches one feature on
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mix {
    /// Number of needs.
    pub(crate) needs: usize,
    /// Number of volunteers.
    pub(crate) volunteers: usize,
    /// Breaks within shifts.
    pub(crate) breaks: bool,
    /// Several shifts a person, on one day or two.
    pub(crate) shifts: bool,
    /// Soft promises, wishes, a previous plan, ledgers: whatever costs and does not forbid.
    pub(crate) soft: bool,
    /// Needs and travel so tight that not everything can be served.
    pub(crate) tight: bool,
    /// Two windows for some needs.
    pub(crate) windows: bool,
    /// A matrix in which a detour may be quicker than the straight way.
    pub(crate) odd_travel: bool,
    /// Things to be carried.
    pub(crate) loads: bool,
}

impl Mix {
    /// Everything at once, but for odd travel and loads.
    pub(crate) fn all(needs: usize, volunteers: usize) -> Self {
        Self {
            needs,
            volunteers,
            breaks: true,
            shifts: true,
            soft: true,
            tight: true,
            windows: true,
            odd_travel: false,
            loads: false,
        }
    }
}

/// 2026-11-24T08:00 in Alxa.
pub(crate) const MORNING: Time = Time(1_795_478_400);

/// A random problem; the same for the same seed.
pub(crate) fn problem(seed: u64, mix: Mix) -> Problem {
    let mut attempt = 0;
    loop {
        // A pin drawn at random may be impossible, which the builder refuses: then drop the pins.
        let mut random = Pcg64Mcg::seed_from_u64(seed);
        let mut data = draw(&mut random, mix);
        if attempt > 0 {
            data.needs.iter_mut().for_each(|n| n.roles[0].pin = None);
        }
        match Problem::new(data) {
            Ok(problem) => return problem,
            Err(faults) => assert!(attempt == 0, "{faults}"),
        }
        attempt += 1;
    }
}

fn draw(random: &mut Pcg64Mcg, mix: Mix) -> ProblemData {
    let mut data = ProblemData::new("random");
    let spread = if mix.tight { 0.8 } else { 0.2 };
    for p in 0..mix.needs + mix.volunteers {
        let mut at = || random.random_range(-spread..spread);
        let at = LatLon::new(38.8 + at(), 105.6 + at()).expect("near Bayanhot");
        let mut place = Place::new(format!("p{p}"), at);
        if random.random_bool(0.2) {
            place.setup = Seconds(random.random_range(0..600));
        }
        data.places.push(place);
    }
    data.profiles = profiles(random, mix, data.places.len());
    for (s, kind) in [SkillKind::Skill, SkillKind::Skill, SkillKind::Credential, SkillKind::Language]
        .into_iter()
        .enumerate()
    {
        data.skills.push(Skill { key: format!("s{s}"), name: None, kind, levels: 3 });
    }
    for t in 0..2 {
        data.teams.push(Team::new(format!("t{t}")));
    }
    if mix.soft && random.random_bool(0.3) {
        let (from, to) = (MORNING, MORNING + Seconds::HOUR);
        data.slowdowns.push(Slowdown { areas: vec![], profiles: vec![], from, to, factor_permille: 1500 });
    }
    for v in 0..mix.volunteers {
        let volunteer = volunteer(random, mix, v);
        data.volunteers.push(volunteer);
    }
    for n in 0..mix.needs {
        let need = need(random, mix, n);
        data.needs.push(need);
    }
    if mix.soft && random.random_bool(0.5) {
        data.previous = Some(previous(random, mix));
    }
    if mix.loads {
        draw_loads(random, &mut data);
    }
    data
}

/// The same problem with things to be carried; pins that no longer hold are dropped.
#[allow(dead_code)] // not every suite asks for it
pub(crate) fn loaded(seed: u64, problem: &Problem) -> Problem {
    let mut data = problem.to_data();
    draw_loads(&mut Pcg64Mcg::seed_from_u64(seed), &mut data);
    Problem::new(data.clone()).unwrap_or_else(|_| {
        data.needs.iter_mut().for_each(|need| need.roles[0].pin = None);
        Problem::new(data).expect("only a pin can be impossible")
    })
}

/// Two kinds of things, most needs with some of one or both, most people with room for a few of them.
fn draw_loads(random: &mut Pcg64Mcg, data: &mut ProblemData) {
    data.dimensions = ["kg", "seats"].map(|key| Dimension { key: key.into(), name: None }).into();
    for dimension in (0..2).map(DimensionId) {
        for need in &mut data.needs {
            if random.random_bool(0.6) {
                need.roles[0].load.push(Load { dimension, amount: random.random_range(0..=4) });
            }
        }
        for volunteer in &mut data.volunteers {
            if random.random_bool(0.8) {
                volunteer.capacity.push(Load { dimension, amount: random.random_range(3..=14) });
            }
        }
    }
}

fn profiles(random: &mut Pcg64Mcg, mix: Mix, places: usize) -> Vec<Profile> {
    let sphere = |key: &str, metres_per_hour| Profile {
        key: key.into(),
        name: None,
        rule: TravelRule::GreatCircle { metres_per_hour, detour_permille: 1300, rounding: Rounding::Up },
    };
    let mut profiles = vec![sphere("car", 60_000), sphere("bike", 25_000)];
    if mix.odd_travel {
        let entries = places * places;
        let mut table = |most| (0..entries).map(|_| random.random_range(0..most)).collect::<Vec<u32>>();
        let (seconds, metres) = (table(7200), table(100_000));
        let places = (0..places).map(PlaceId::new).collect();
        profiles[0].rule = TravelRule::Matrix(TravelMatrix { places, seconds, metres });
    }
    profiles
}

fn volunteer(random: &mut Pcg64Mcg, mix: Mix, v: usize) -> Volunteer {
    let home = PlaceId::new(mix.needs + v);
    let profile = ProfileId(if mix.odd_travel { 0 } else { random.random_range(0..2) });
    let mut volunteer = Volunteer::new(format!("v{v}"), home, profile);
    volunteer.gender = Some(if random.random_bool(0.5) { Gender::Female } else { Gender::Male });
    volunteer.teams = vec![TeamId(random.random_range(0..2))];
    for s in 0..4 {
        if random.random_bool(0.7) {
            let level = random.random_range(1..=3);
            let expires =
                random.random_bool(0.2).then_some(MORNING + Seconds(random.random_range(0..80_000)));
            volunteer.holds.push(Held { what: SkillLevel { skill: SkillId(s), level }, expires });
        }
    }
    let days = if mix.shifts { random.random_range(1..=2) } else { 1 };
    for day in 0..days {
        let begin = MORNING + Seconds(day * 86_400 + random.random_range(0..3) * 1800);
        let length = Seconds(random.random_range(2..9) * 3600);
        let mut first = Shift::new(begin, begin + length, day as i32);
        if mix.breaks && length.0 >= 4 * 3600 && random.random_bool(0.5) {
            let earliest = begin + Seconds(random.random_range(1..3) * 3600);
            let latest = earliest + Seconds(random.random_range(0..3600));
            let duration = Seconds(random.random_range(600..2400));
            first.breaks.push(Break::new(earliest, latest, duration));
        }
        if random.random_bool(0.2) {
            first.to = RouteEnd::Anywhere;
        }
        volunteer.shifts.push(first);
        if mix.shifts && random.random_bool(0.3) {
            let begin = begin + length + Seconds(1800);
            volunteer.shifts.push(Shift::new(begin, begin + Seconds(2 * 3600), day as i32));
        }
    }
    if random.random_bool(0.3) {
        volunteer.max_radius = Some(Metres(random.random_range(20_000..120_000)));
    }
    let mut some = |most: i64| random.random_bool(0.15).then(|| random.random_range(most / 4..most));
    volunteer.per_day = Limits {
        travel: some(14_400).map(Seconds),
        work: some(28_800).map(Seconds),
        distance: some(200_000).map(Metres),
        visits: some(6).map(|v| v as u32),
    };
    if random.random_bool(0.3) {
        volunteer.pace_permille = random.random_range(700..1500);
    }
    if mix.soft && random.random_bool(0.3) {
        let worked = Seconds(random.random_range(0..100_000));
        volunteer.ledger = Ledger { worked, offered: Seconds(random.random_range(0..200_000)) };
    }
    volunteer
}

fn need(random: &mut Pcg64Mcg, mix: Mix, n: usize) -> Need {
    let place = if n > 0 && random.random_bool(0.15) { n - 1 } else { n };
    let open = MORNING + Seconds(random.random_range(0..16) * 1800);
    let window = Window {
        from: open,
        to: open + Seconds(random.random_range(if mix.tight { 0..5400 } else { 3600..28_800 })),
    };
    let service = Seconds(random.random_range(1..9) * 600);
    let mut need = Need::new(format!("n{n}"), PlaceId::new(place), window, service);
    if mix.windows && random.random_bool(0.3) {
        let from = window.to + Seconds(random.random_range(1..14_400));
        need.stops[0].windows.push(Window { from, to: from + Seconds(random.random_range(0..7200)) });
    }
    need.priority = random.random_range(1..=5);
    need.mandatory = random.random_bool(0.1);
    let role = &mut need.roles[0];
    let mut skill = || {
        Quality::Skill(SkillLevel {
            skill: SkillId(random.random_range(0..4)),
            level: random.random_range(1..=2),
        })
    };
    let (all, any) = (skill(), vec![skill(), Quality::Gender(Gender::Female)]);
    if random.random_bool(0.5) {
        role.requires.all = vec![all];
    }
    if random.random_bool(0.15) {
        role.requires.any = vec![any];
    }
    if random.random_bool(0.15) {
        role.requires.none =
            vec![Quality::Volunteer(VolunteerId(random.random_range(0..mix.volunteers as u32)))];
    }
    if random.random_bool(0.1) {
        role.requires.none.push(Quality::Team(TeamId(0)));
    }
    if random.random_bool(0.1) {
        role.min_home_distance = Metres(random.random_range(1000..40_000));
    }
    if random.random_bool(0.1) {
        role.service_by = vec![(VolunteerId(random.random_range(0..mix.volunteers as u32)), Seconds(900))];
    }
    if mix.soft && random.random_bool(0.3) {
        let quality = Quality::Volunteer(VolunteerId(random.random_range(0..mix.volunteers as u32)));
        role.prefers = vec![Preference {
            quality,
            wanted: random.random_bool(0.5),
            price: random.random_range(1..5000),
        }];
    }
    if random.random_bool(0.3) {
        let start_by = random.random_bool(0.7).then_some(open + Seconds(random.random_range(0..3600)));
        let finish_by = start_by.is_none().then_some(open + service + Seconds(random.random_range(0..3600)));
        need.promise = Some(Promise { start_by, finish_by, hard: !mix.soft || random.random_bool(0.4) });
    }
    if random.random_bool(0.05) {
        let start = random.random_bool(0.5).then_some(open);
        need.roles[0].pin =
            Some(Pin { volunteer: VolunteerId(random.random_range(0..mix.volunteers as u32)), start });
    }
    need
}

fn previous(random: &mut Pcg64Mcg, mix: Mix) -> Previous {
    let mut plan = Previous {
        assignments: Vec::new(),
        reassign_price: random.random_range(0..4000),
        retime_price: random.random_range(0..1000),
        tolerance: Seconds(random.random_range(0..1200)),
    };
    for n in 0..mix.needs {
        if random.random_bool(0.4) {
            plan.assignments.push(PreviousVisit {
                need: qise::model::NeedId::new(n),
                volunteer: VolunteerId(random.random_range(0..mix.volunteers as u32)),
                start: MORNING + Seconds(random.random_range(0..20_000)),
            });
        }
    }
    plan
}
