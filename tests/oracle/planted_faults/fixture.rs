//! Eleven needs, four people and a good plan for them, small enough to reckon by hand.
//!
//! All places lie on one meridian, so many steps of 0.01° (1112 m) north of the first. By bike a step takes 278 s, on
//! foot 1112 s. The car has a table of its own: 100 s a step to the north, 120 s to the south, 1300 m; on the second
//! day all of these times are half as long again.

use qise::model::{
    Break, CategoryId, Dimension, DimensionId, Gender, Held, LatLon, Ledger, Limits, Load, Metres, Need,
    NeedId, Pin, Place, PlaceId, Preference, Previous, PreviousVisit, Profile, ProfileId, Promise, Quality,
    Rounding, RouteEnd, RouteStart, Seconds, Shift, Skill, SkillId, SkillKind, SkillLevel, Slowdown, Team,
    TeamId, Time, TravelMatrix, TravelRule, UnitId, Volunteer, VolunteerId, Window,
};
use qise::plan::{Plan, Rest, Route, Visit};
use qise::{Problem, ProblemData};

/// The time on the clock on one of the two days.
pub(super) fn clock(day: i64, hours: i64, minutes: i64, seconds: i64) -> Time {
    Time(1_795_449_600 + day * 86_400 + hours * 3600 + minutes * 60 + seconds)
}

// People.
pub(super) const ALTAN: usize = 0;
pub(super) const BAYAR: usize = 1;
pub(super) const CHUNMEI: usize = 2;
pub(super) const DAWA: usize = 3;

/// Altan on the second day, when the good plan leaves her at home.
pub(super) const ALTAN_NEXT_DAY: UnitId = UnitId(1);
/// Bayar on the first day.
pub(super) const BAYAR_TODAY: UnitId = UnitId(2);

// Needs.
pub(super) const NURSE: usize = 0;
pub(super) const DRIVE: usize = 1;
pub(super) const BATH: usize = 2;
pub(super) const TALK: usize = 3;
pub(super) const AID: usize = 4;
pub(super) const CHECKUP: usize = 5;
pub(super) const ESCORT: usize = 6;
pub(super) const SEW: usize = 7;
pub(super) const TRANSLATE: usize = 8;
pub(super) const REPAIR: usize = 9;
pub(super) const CALL: usize = 10;

// Places: the four homes, then the others; the step of each, and its setup in seconds.
const SPRING: usize = 4;
pub(super) const YURT: usize = 5;
const SCHOOL: usize = 6;
pub(super) const CLINIC: usize = 7;
const WELL: usize = 8;
pub(super) const BASE: usize = 9;
const PLACES: [(&str, i64, i64); 10] = [
    ("altan's", 0, 0),
    ("bayar's", 10, 0),
    ("chunmei's", 5, 0),
    ("dawa's", 20, 0),
    ("spring", 4, 120),
    ("yurt", 8, 300),
    ("school", 12, 0),
    ("clinic", 11, 60),
    ("well", 6, 0),
    ("base", 2, 600),
];

// Skills, in the order of the problem; teams; categories among the seven.
const NURSING: u32 = 0;
const FIRST_AID: u32 = 1;
const LICENCE: u32 = 2;
const CONDUCT: u32 = 3;
const MONGOLIAN: u32 = 4;
pub(super) const RED_TEAM: usize = 0;
pub(super) const WHITE_TEAM: usize = 1;
const WHITE: CategoryId = CategoryId(4);

/// What is carried: kilograms and seats.
pub(super) const KG: DimensionId = DimensionId(0);
pub(super) const SEATS: DimensionId = DimensionId(1);

pub(super) fn load(dimension: DimensionId, amount: i64) -> Load {
    Load { dimension, amount }
}

fn skill(skill: u32, level: u8) -> Quality {
    Quality::Skill(SkillLevel { skill: SkillId(skill), level })
}

fn held(skill: u32, level: u8, expires: Option<Time>) -> Held {
    Held { what: SkillLevel { skill: SkillId(skill), level }, expires }
}

pub(super) fn person(volunteer: usize) -> Quality {
    Quality::Volunteer(VolunteerId::new(volunteer))
}

pub(super) fn problem() -> Problem {
    let mut data = ProblemData::new("planted faults");
    for (key, step, setup) in PLACES {
        let at = LatLon::new(38.8 + step as f64 / 100.0, 105.6).expect("near Bayanhot");
        data.places.push(Place { setup: Seconds(setup), ..Place::new(key, at) });
    }
    let sphere = |metres_per_hour| TravelRule::GreatCircle {
        metres_per_hour,
        detour_permille: 1000,
        rounding: Rounding::Up,
    };
    let rules = [("car", TravelRule::Matrix(roads())), ("bike", sphere(14_400)), ("foot", sphere(3600))];
    data.profiles = rules.map(|(key, rule)| Profile { key: key.into(), name: None, rule }).into();
    data.slowdowns = vec![Slowdown {
        areas: vec![],
        profiles: vec![ProfileId(0)],
        from: clock(1, 0, 0, 0),
        to: clock(2, 0, 0, 0),
        factor_permille: 1500,
    }];
    for (key, kind) in [
        ("nursing", SkillKind::Skill),
        ("first aid", SkillKind::Skill),
        ("licence", SkillKind::Credential),
        ("conduct", SkillKind::Credential),
        ("mongolian", SkillKind::Language),
    ] {
        data.skills.push(Skill { key: key.into(), name: None, kind, levels: 3 });
    }
    data.dimensions = ["kg", "seats"].map(|key| Dimension { key: key.into(), name: None }).into();
    for (key, category) in [("red", CategoryId(0)), ("white", WHITE)] {
        data.teams.push(Team { category: Some(category), ..Team::new(key) });
    }
    data.volunteers = vec![altan(), bayar(), chunmei(), dawa()];
    data.needs = needs();
    data.previous = Some(previous());
    Problem::new(data).expect("the fixture is valid")
}

/// The table of the car.
fn roads() -> TravelMatrix {
    let (mut seconds, mut metres) = (Vec::new(), Vec::new());
    for (_, from, _) in PLACES {
        for (_, to, _) in PLACES {
            let north = to - from;
            seconds.push((if north > 0 { 100 * north } else { -120 * north }) as u32);
            metres.push((1300 * north.abs()) as u32);
        }
    }
    TravelMatrix { places: (0..PLACES.len()).map(PlaceId::new).collect(), seconds, metres }
}

/// By car, on both days; her licence lasts to the last second of the first shift.
fn altan() -> Volunteer {
    let mut altan = Volunteer::new("altan", PlaceId::new(ALTAN), ProfileId(0));
    altan.gender = Some(Gender::Female);
    altan.teams = vec![TeamId::new(RED_TEAM)];
    let licence = held(LICENCE, 1, Some(clock(0, 17, 0, 0)));
    altan.holds = vec![held(NURSING, 2, None), licence, held(MONGOLIAN, 2, None)];
    let mut today = Shift::new(clock(0, 8, 0, 0), clock(0, 17, 0, 0), 0);
    let (earliest, latest) = (clock(0, 12, 0, 0), clock(0, 12, 30, 0));
    today.breaks.push(Break::new(earliest, latest, Seconds(1800)));
    altan.shifts = vec![today, Shift::new(clock(1, 8, 0, 0), clock(1, 12, 0, 0), 1)];
    altan.capacity = vec![load(SEATS, 9), load(KG, 100)];
    altan.per_day = Limits {
        travel: Some(Seconds(2700)),
        work: Some(Seconds(21_600)),
        distance: Some(Metres(32_000)),
        visits: Some(4),
    };
    altan
}

/// By bike and not far; a fifth slower than others; where he ends the day is his own affair.
fn bayar() -> Volunteer {
    let mut bayar = Volunteer::new("bayar", PlaceId::new(BAYAR), ProfileId(1));
    bayar.gender = Some(Gender::Male);
    bayar.teams = vec![TeamId::new(WHITE_TEAM)];
    bayar.holds = vec![held(FIRST_AID, 1, None)];
    bayar.max_radius = Some(Metres(5560));
    bayar.pace_permille = 1200;
    bayar.shifts = vec![Shift::new(clock(0, 9, 0, 0), clock(0, 15, 0, 0), 0)];
    bayar.shifts[0].to = RouteEnd::Anywhere;
    bayar
}

/// On foot, twice on the first day; her certificate of conduct expires between the two.
fn chunmei() -> Volunteer {
    let mut chunmei = Volunteer::new("chunmei", PlaceId::new(CHUNMEI), ProfileId(2));
    chunmei.gender = Some(Gender::Female);
    chunmei.holds = vec![held(CONDUCT, 1, Some(clock(0, 12, 0, 0)))];
    chunmei.shifts = vec![
        Shift::new(clock(0, 8, 0, 0), clock(0, 11, 0, 0), 0),
        Shift::new(clock(0, 14, 0, 0), clock(0, 18, 0, 0), 0),
    ];
    chunmei.per_day = Limits {
        travel: Some(Seconds(4448)),
        work: Some(Seconds(10_800)),
        distance: Some(Metres(4448)),
        visits: Some(2),
    };
    chunmei.ledger = Ledger { worked: Seconds(3600), offered: Seconds(10_800) };
    chunmei
}

/// By car on the second day, from the base to the school.
fn dawa() -> Volunteer {
    let mut dawa = Volunteer::new("dawa", PlaceId::new(DAWA), ProfileId(0));
    dawa.gender = Some(Gender::Male);
    dawa.holds = vec![held(LICENCE, 2, None), held(MONGOLIAN, 1, None)];
    let mut shift = Shift::new(clock(1, 10, 0, 0), clock(1, 16, 0, 0), 1);
    (shift.from, shift.to) = (RouteStart::At(PlaceId::new(BASE)), RouteEnd::At(PlaceId::new(SCHOOL)));
    let (earliest, latest) = (clock(1, 10, 20, 0), clock(1, 10, 40, 0));
    shift.breaks.push(Break::new(earliest, latest, Seconds(900)));
    dawa.shifts = vec![shift];
    dawa
}

fn needs() -> Vec<Need> {
    let need = |key: &str, place: usize, day, from: (i64, i64), to: (i64, i64), minutes: i64| {
        let window = Window { from: clock(day, from.0, from.1, 0), to: clock(day, to.0, to.1, 0) };
        Need::new(key, PlaceId::new(place), window, Seconds(minutes * 60))
    };
    let mut needs = vec![
        need("nurse", SPRING, 0, (9, 0), (10, 0), 30),
        need("drive", YURT, 0, (9, 30), (11, 0), 60),
        need("bath", SCHOOL, 0, (10, 30), (11, 30), 40),
        need("talk", SCHOOL, 0, (13, 0), (14, 0), 20),
        need("aid", CLINIC, 0, (9, 0), (14, 0), 25),
        need("checkup", WELL, 0, (9, 30), (9, 50), 15),
        need("escort", WELL, 0, (8, 0), (17, 0), 45),
        need("sew", SPRING, 0, (14, 0), (17, 0), 30),
        need("translate", BASE, 1, (10, 0), (11, 0), 20),
        need("repair", CLINIC, 1, (11, 0), (12, 0), 30),
        need("call", CHUNMEI, 0, (8, 0), (18, 0), 20),
    ];
    let promise = |start_by, finish_by, hard| Some(Promise { start_by, finish_by, hard });
    let pin = |volunteer, start| Some(Pin { volunteer: VolunteerId::new(volunteer), start });
    let wish = |quality, wanted, price| vec![Preference { quality, wanted, price }];

    needs[NURSE].roles[0].load = vec![load(KG, 30)];
    needs[DRIVE].roles[0].load = vec![load(KG, 40), load(SEATS, 4)];
    needs[NURSE].roles[0].requires.all = vec![skill(NURSING, 2)];
    needs[NURSE].roles[0].prefers = wish(Quality::Gender(Gender::Female), true, 300);
    needs[DRIVE].roles[0].requires.all = vec![skill(LICENCE, 1), skill(MONGOLIAN, 2)];
    needs[DRIVE].promise = promise(Some(clock(0, 10, 0, 0)), None, true);
    needs[BATH].roles[0].requires.all = vec![Quality::Gender(Gender::Female)];
    needs[BATH].roles[0].min_home_distance = Metres(10_000);
    needs[TALK].roles[0].requires.all = vec![Quality::Team(TeamId::new(RED_TEAM))];
    needs[TALK].promise = promise(None, Some(clock(0, 13, 10, 0)), false);
    needs[TALK].roles[0].pin = pin(ALTAN, Some(clock(0, 13, 0, 0)));
    let white_team = Quality::Team(TeamId::new(WHITE_TEAM));
    needs[AID].roles[0].requires.any = vec![vec![skill(FIRST_AID, 2), white_team]];
    needs[AID].roles[0].requires.none = vec![person(DAWA)];
    needs[CHECKUP].roles[0].requires.all = vec![Quality::Category(WHITE)];
    needs[CHECKUP].roles[0].service_by = vec![(VolunteerId::new(BAYAR), Seconds(1200))];
    needs[CHECKUP].roles[0].prefers = wish(Quality::Gender(Gender::Female), false, 50);
    let second = Window { from: clock(0, 10, 15, 0), to: clock(0, 11, 0, 0) };
    needs[CHECKUP].stops[0].windows.push(second);
    needs[CHECKUP].promise = promise(None, Some(clock(0, 10, 40, 0)), true);
    needs[ESCORT].roles[0].requires.all = vec![skill(CONDUCT, 1)];
    needs[ESCORT].roles[0].prefers = wish(person(ALTAN), true, 700);
    needs[ESCORT].change_price = Some(40);
    needs[SEW].roles[0].requires.all = vec![person(CHUNMEI)];
    needs[SEW].roles[0].pin = pin(CHUNMEI, None);
    needs[TRANSLATE].roles[0].requires.all = vec![skill(MONGOLIAN, 1)];
    needs[REPAIR].roles[0].requires.all = vec![skill(LICENCE, 2)];
    needs[CALL].roles[0].requires.none = vec![person(BAYAR)];
    needs[CALL].roles[0].min_home_distance = Metres(500);
    needs[CALL].priority = 7;
    needs
}

fn previous() -> Previous {
    let visit = |need, volunteer, start| PreviousVisit {
        need: NeedId::new(need),
        volunteer: VolunteerId::new(volunteer),
        start,
    };
    Previous {
        assignments: vec![
            visit(NURSE, ALTAN, clock(0, 9, 10, 0)),
            visit(AID, BAYAR, clock(0, 8, 50, 0)),
            visit(ESCORT, DAWA, clock(0, 8, 20, 0)),
            visit(CALL, CHUNMEI, clock(0, 15, 0, 0)),
        ],
        reassign_price: 1000,
        retime_price: 200,
        tolerance: Seconds(600),
    }
}

/// A visit to the first role and stop of a need.
pub(super) fn visit(need: usize, arrival: Time, start: Time, end: Time) -> Visit {
    Visit { need: NeedId::new(need), role: 0, stop: 0, arrival, start, end }
}

/// Everything but the call is served, most of it without a second to spare.
pub(super) fn plan() -> Plan {
    let today = |h, m, s| clock(0, h, m, s);
    let next = |h, m, s| clock(1, h, m, s);
    let route = |unit, departure, visits, finish| {
        let breaks = Vec::new();
        Route { unit: UnitId(unit), company: vec![], departure, visits, calls: vec![], breaks, finish }
    };
    let altan = vec![
        visit(NURSE, today(8, 36, 40), today(9, 0, 0), today(9, 30, 0)),
        visit(DRIVE, today(9, 36, 40), today(9, 41, 40), today(10, 41, 40)),
        visit(BATH, today(10, 48, 20), today(10, 50, 0), today(11, 30, 0)),
        visit(TALK, today(11, 30, 0), today(13, 0, 0), today(13, 20, 0)),
    ];
    let bayar = vec![
        visit(AID, today(9, 4, 38), today(9, 5, 38), today(9, 35, 38)),
        visit(CHECKUP, today(9, 58, 48), today(10, 15, 0), today(10, 35, 0)),
    ];
    let morning = vec![visit(ESCORT, today(8, 18, 32), today(8, 20, 0), today(9, 5, 0))];
    let afternoon = vec![visit(SEW, today(14, 18, 32), today(14, 20, 32), today(14, 50, 32))];
    let dawa = vec![
        visit(TRANSLATE, next(10, 0, 0), next(10, 0, 0), next(10, 20, 0)),
        visit(REPAIR, next(10, 57, 30), next(11, 0, 0), next(11, 30, 0)),
    ];
    let mut routes = vec![
        route(0, today(8, 30, 0), altan, today(13, 44, 0)),
        route(2, today(9, 0, 0), bayar, today(10, 35, 0)),
        route(3, today(8, 0, 0), morning, today(9, 23, 32)),
        route(4, today(14, 0, 0), afternoon, today(15, 9, 4)),
        route(5, next(10, 0, 0), dawa, next(11, 32, 30)),
    ];
    routes[0].breaks.push(Rest::new(today(12, 0, 0), Seconds(1800)));
    routes[4].breaks.push(Rest::new(next(10, 25, 0), Seconds(900)));
    Plan { routes, unserved: vec![NeedId::new(CALL)], ..Plan::default() }
}
