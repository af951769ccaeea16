//! Problems built directly, with odd values in any field: faults or a valid problem, and a valid problem can be solved.

use qise::explain::reasons;
use qise::matching::{candidates, funnel};
use qise::model::{
    Area, AreaId, Break, Category, CategoryId, DayLimits, Gender, Held, Need, Pin, Place, PlaceId,
    Population, Preference, Previous, PreviousVisit, Profile, ProfileId, Promise, Quality, Role, Rounding,
    RouteEnd, Seconds, Shift, SkillId, SkillKind, SkillLevel, Slowdown, Stop, Team, TeamId, Time,
    TravelMatrix, TravelRule, Volunteer, VolunteerId, Window,
};
use qise::plan::{Plan, Term, Weighted, evaluate};
use qise::solve::{Options, solve};
use qise::{Problem, ProblemData};
use qise_io::time::Zone;
use rand::RngExt;
use rand_pcg::Pcg64Mcg;

use crate::cases::for_each_case;
use crate::odd::Odd;
use crate::support::{MORNING, Mix, problem};

/// How many cases a short run tries.
const CASES: u64 = 400;

#[test]
fn any_data_is_a_problem_or_has_faults() {
    for_each_case("problems", CASES, |random| {
        let data = odd_data(random);
        match Problem::new(data.clone()) {
            Ok(problem) => {
                assert_eq!(problem.to_data(), data, "a problem keeps what it was built from");
                whatever_can_be_asked(&problem, random);
                "valid"
            }
            Err(faults) => {
                assert!(!faults.0.is_empty());
                for fault in &faults.0 {
                    assert!(fault.path.starts_with('$'), "{}", fault.path);
                    let message = fault.message();
                    assert!(!message.en.is_empty() && !message.zh.is_empty());
                }
                "faulty"
            }
        }
    });
}

/// A problem as the property tests draw it, spoiled.
pub(crate) fn odd_data(random: &mut Pcg64Mcg) -> ProblemData {
    let mix = Mix {
        breaks: random.random(),
        shifts: random.random(),
        soft: random.random(),
        tight: random.random(),
        windows: random.random(),
        odd_travel: random.random(),
        ..Mix::all(random.random_range(1..9), random.random_range(1..5))
    };
    let mut data = problem(random.random(), mix).to_data();
    spoil(&mut Odd::new(random), &mut data);
    data
}

/// Asks everything of a problem that a caller can.
fn whatever_can_be_asked(problem: &Problem, random: &mut Pcg64Mcg) {
    let options = Options { iterations: Some(20), seed: random.random(), ..Options::default() };
    let solved = solve(problem, &options, &|| 0.0, &mut |progress| {
        assert!(progress.unserved() <= problem.needs().len());
    });
    assert_eq!(solved.evaluation.violations, []);
    assert_eq!(evaluate(problem, &solved.plan), solved.evaluation);
    assert_eq!(solved.plan.served() + solved.plan.unserved.len(), problem.needs().len());

    for reason in reasons(problem, &solved.plan) {
        let text = reason.text(problem);
        assert!(!text.en.is_empty() && !text.zh.is_empty());
    }
    for need in problem.need_ids() {
        let funnel = funnel(problem, need);
        let cut: u32 = funnel.cuts().map(|(_, count)| count).sum();
        assert_eq!(funnel.people, funnel.left + cut);
    }
    let lists = candidates(problem, usize::MAX);
    assert!(problem.need_ids().all(|need| lists.complete(need)));

    let warm = Options { warm: Some(solved.plan.clone()), ..options.clone() };
    let again = solve(problem, &warm, &|| 0.0, &mut |_| {});
    assert!(!solved.evaluation.score.better_than(&again.evaluation.score));
    let told = Previous { reassign_price: 10, retime_price: 5, ..Previous::default() };
    if let Ok(changed) = problem.with_previous(Some(told.of_plan(problem, &solved.plan))) {
        let kept = solve(&changed, &Options { iterations: Some(5), ..options }, &|| 0.0, &mut |_| {});
        assert_eq!(kept.evaluation.violations, []);
    }
    on_paper(problem, &solved.plan);
}

/// Documents of a problem and of its plan: they are written whatever stands in them, and what can be read back is the same.
fn on_paper(problem: &Problem, plan: &Plan) {
    let zone = Zone::parse("Asia/Shanghai").expect("a zone");
    let written = qise_io::write_scenario(problem, &zone);
    // Documents begin with the seven colours, whether they say so or not.
    let mut colours = Category::seven_colours().into_iter().zip(problem.categories());
    let as_documents = problem.categories().len() >= 7 && colours.all(|(a, b)| a.key == b.key);
    if let Some(read) = qise_io::read_scenario(written.as_bytes()).ok().filter(|_| as_documents) {
        let again = qise_io::write_scenario(&read.problem, &zone);
        let differ = written.lines().zip(again.lines()).find(|(before, after)| before != after);
        assert!(again == written, "{differ:?}");
        let document = qise_io::write_plan(
            problem,
            &zone,
            plan,
            &evaluate(problem, plan),
            &qise_io::PlanNotes::default(),
        );
        let again = qise_io::read_plan(&read.problem, &zone, document.as_bytes());
        assert_eq!(again.expect("a plan of this scenario").plan, *plan);
    }
    assert!(qise_io::geojson::plan(problem, &zone, plan).contains("FeatureCollection"));
}

fn spoil(odd: &mut Odd<'_>, data: &mut ProblemData) {
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
    let DayLimits { travel, work, distance, visits } = &mut volunteer.per_day;
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
    odd.id_or_none(&mut shift.from, PlaceId, |from| &mut from.0, sizes.places);
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
                Break { earliest, latest: earliest, duration: Seconds(length) }
            })
            .collect();
    }
    odd.list(&mut shift.breaks);
    for Break { earliest, latest, duration } in &mut shift.breaks {
        odd.time(earliest);
        odd.time(latest);
        odd.seconds(duration);
    }
}

fn spoil_level(odd: &mut Odd<'_>, what: &mut SkillLevel, sizes: Sizes) {
    odd.id(&mut what.skill.0, sizes.skills);
    if odd.hits() {
        what.level = odd.pick(&[1, 2, 3, 0, 4, 100, 255]);
    }
}

fn quality(odd: &mut Odd<'_>) -> Quality {
    match odd.random.random_range(0..5) {
        0 => Quality::Skill(SkillLevel { skill: SkillId(0), level: 1 }),
        1 => Quality::Gender(odd.pick(&[Gender::Female, Gender::Male])),
        2 => Quality::Team(TeamId(0)),
        3 => Quality::Category(CategoryId(0)),
        _ => Quality::Volunteer(VolunteerId(0)),
    }
}

fn spoil_quality(odd: &mut Odd<'_>, value: &mut Quality, sizes: Sizes) {
    if odd.hits() {
        *value = quality(odd);
    }
    match value {
        Quality::Skill(what) => spoil_level(odd, what, sizes),
        Quality::Gender(_) => {}
        Quality::Team(team) => odd.id(&mut team.0, sizes.teams),
        Quality::Category(category) => odd.id(&mut category.0, sizes.categories),
        Quality::Volunteer(who) => odd.id(&mut who.0, sizes.volunteers),
    }
}

fn spoil_need(odd: &mut Odd<'_>, need: &mut Need, sizes: Sizes) {
    odd.text(&mut need.key);
    odd.text_or_none(&mut need.name);
    odd.id_or_none(&mut need.category, CategoryId, |category| &mut category.0, sizes.categories);
    for stop in &mut need.stops {
        spoil_stop(odd, stop, sizes);
    }
    need.roles.iter_mut().for_each(|role| spoil_role(odd, role, sizes));
    if odd.random.random_bool(0.1) {
        odd.list(&mut need.stops);
        odd.list(&mut need.roles);
    }
    odd.count(&mut need.priority, 0, 1_000_000_000);
    odd.yes_or_no(&mut need.mandatory);
    odd.option(&mut need.promise, |_| Promise { start_by: Some(MORNING), finish_by: None, hard: false });
    if let Some(promise) = &mut need.promise {
        for limit in [&mut promise.start_by, &mut promise.finish_by] {
            odd.option(limit, |_| MORNING);
            if let Some(limit) = limit {
                odd.time(limit);
            }
        }
        odd.yes_or_no(&mut promise.hard);
    }
    odd.option(&mut need.pin, |_| Pin { volunteer: VolunteerId(0), start: None });
    if let Some(pin) = &mut need.pin {
        odd.id(&mut pin.volunteer.0, sizes.volunteers);
        odd.option(&mut pin.start, |_| MORNING);
        if let Some(start) = &mut pin.start {
            odd.time(start);
        }
    }
    odd.option(&mut need.change_price, |_| 0);
    if let Some(price) = &mut need.change_price {
        odd.count(price, 0, u32::MAX);
    }
}

fn spoil_stop(odd: &mut Odd<'_>, stop: &mut Stop, sizes: Sizes) {
    odd.id(&mut stop.place.0, sizes.places);
    for Window { from, to } in &mut stop.windows {
        odd.time(from);
        odd.time(to);
    }
    odd.list(&mut stop.windows);
    if odd.hits() {
        let (from, to) = (Time(-Time::LIMIT), Time(Time::LIMIT));
        stop.windows = vec![Window { from, to }];
    }
    odd.seconds(&mut stop.service);
}

fn spoil_role(odd: &mut Odd<'_>, role: &mut Role, sizes: Sizes) {
    if odd.hits() {
        let group = (0..odd.random.random_range(0..4)).map(|_| quality(odd)).collect::<Vec<_>>();
        match odd.random.random_range(0..3) {
            0 => role.requires.all = group,
            1 => role.requires.any.push(group),
            _ => role.requires.none = group,
        }
    }
    odd.list(&mut role.requires.all);
    odd.list(&mut role.requires.any);
    odd.list(&mut role.requires.none);
    let lists = [&mut role.requires.all, &mut role.requires.none].into_iter().chain(&mut role.requires.any);
    for list in lists {
        for value in list {
            spoil_quality(odd, value, sizes);
        }
    }
    if odd.hits() {
        role.prefers.push(Preference { quality: quality(odd), wanted: true, price: 1 });
    }
    odd.list(&mut role.prefers);
    for Preference { quality, wanted, price } in &mut role.prefers {
        spoil_quality(odd, quality, sizes);
        odd.yes_or_no(wanted);
        odd.count(price, 0, u32::MAX);
    }
    if odd.random.random_bool(0.1) {
        odd.count(&mut role.count, 0, u32::MAX);
    }
    odd.metres(&mut role.min_home_distance);
    odd.list(&mut role.service_by);
    for (who, service) in &mut role.service_by {
        odd.id(&mut who.0, sizes.volunteers);
        odd.seconds(service);
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
