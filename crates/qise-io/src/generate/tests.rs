use qise::eligibility::candidates;
use qise::model::{GoodId, Handling, Held, Limits, Need, RouteStart, Seconds, SkillKind, Time, Unload};
use qise::{Problem, ProblemData};

use super::land::Land;
use super::{GenerateError, GenerateOptions, Region, generate};

const CATALONIA: Region = Region::Box { west: 0.3, south: 40.6, east: 3.2, north: 42.4 };
const QUARTER: Region = Region::Box { west: 105.62, south: 38.80, east: 105.70, north: 38.86 };
const SOUTH_WEST: Region = Region::Box { west: -71.0, south: -35.0, east: -69.0, north: -33.0 };

fn options(region: Region, needs: usize, volunteers: usize) -> GenerateOptions {
    GenerateOptions {
        region,
        needs,
        volunteers,
        teams: volunteers.div_ceil(75),
        ..GenerateOptions::default()
    }
}

fn made(options: &GenerateOptions) -> ProblemData {
    generate(options).unwrap()
}

#[test]
fn equal_options_give_equal_data() {
    for region in [Region::Alxa, CATALONIA] {
        let options = options(region, 60, 90);
        assert_eq!(made(&options), made(&options));
        let other = GenerateOptions { seed: 2, ..options.clone() };
        assert_ne!(made(&options).needs, made(&other).needs);
        assert_ne!(made(&options).volunteers, made(&other).volunteers);
    }
}

/// The sum pins the bytes: it must come out on every machine, and changes only with the generator itself.
#[test]
fn the_bytes_are_the_same_everywhere() {
    let data = made(&GenerateOptions { days: 4, ..options(Region::Alxa, 300, 500) });
    let mut sum = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |bits: u64| sum = (sum ^ bits).wrapping_mul(0x0000_0100_0000_01b3);
    for place in &data.places {
        let at = place.at.unwrap();
        add(at.lon().to_bits());
        add(at.lat().to_bits());
    }
    for volunteer in &data.volunteers {
        for &Held { what, expires } in &volunteer.holds {
            add(u64::from(what.skill.0) << 8 | u64::from(what.level));
            add(expires.map_or(0, |time| time.0) as u64);
        }
        volunteer.shifts.iter().for_each(|shift| add(shift.start.0 as u64));
        add(volunteer.max_radius.map_or(0, |m| m.0) as u64);
        add(volunteer.ledger.worked.0 as u64);
    }
    for need in &data.needs {
        need.stops[0].windows.iter().for_each(|w| add((w.from.0 ^ w.to.0) as u64));
        add(need.stops[0].service.0 as u64 ^ u64::from(need.priority) << 32);
    }
    assert_eq!(sum, 0x1ec2_5d3e_bb18_d620, "{sum:#x}");
}

#[test]
fn every_combination_makes_a_valid_problem_of_the_size_asked_for() {
    for region in [Region::Alxa, CATALONIA, QUARTER, SOUTH_WEST] {
        for (needs, volunteers) in [(0, 0), (0, 20), (20, 0), (1, 1), (50, 20), (2000, 500)] {
            for (teams, days, seed) in [(0, 1, 0), (1, 3, 1), (40, 9, u64::MAX)] {
                let wanted = GenerateOptions { teams, days, seed, ..options(region, needs, volunteers) };
                let data = made(&wanted);
                assert_eq!(data.needs.len(), needs);
                assert_eq!(data.volunteers.len(), volunteers);
                assert_eq!(data.teams.len(), teams);
                Problem::new(data).unwrap_or_else(|faults| panic!("{wanted:?}: {faults}"));
            }
        }
    }
}

#[test]
fn the_edges_of_the_options_make_valid_problems() {
    let base = options(Region::Alxa, 30, 30);
    let corner = Region::Box { west: 179.99, south: 84.99, east: 180.0, north: 85.0 };
    let world = Region::Box { west: -180.0, south: -85.0, east: 180.0, north: 85.0 };
    for edge in [
        GenerateOptions { settlements: 0, ..base.clone() },
        GenerateOptions { settlements: 1, region: CATALONIA, ..base.clone() },
        GenerateOptions { settlements: 5000, region: world, ..base.clone() },
        GenerateOptions { region: corner, ..base.clone() },
        GenerateOptions { days: 366, ..base.clone() },
        GenerateOptions { start_day: -25_567, utc_offset_s: 18 * 3600, ..base.clone() },
        GenerateOptions { start_day: 84_005, utc_offset_s: -18 * 3600, ..base.clone() },
        GenerateOptions { teams: 3000, ..base.clone() },
        GenerateOptions { crews_percent: 100, ..base.clone() },
        GenerateOptions { deliveries_percent: 100, depots: 1, ..base.clone() },
        GenerateOptions { loans_percent: 100, depots: 300, days: 9, ..base.clone() },
        GenerateOptions { vehicles: 300, depots: 3, volunteers: 1, ..base.clone() },
        GenerateOptions { vehicles: 9, volunteers: 0, rides_percent: 50, ..base.clone() },
        GenerateOptions { extras_percent: 100, vehicles: 9, depots: 1, days: 9, ..base.clone() },
        GenerateOptions { extras_percent: 100, volunteers: 0, needs: 0, teams: 0, ..base.clone() },
    ] {
        Problem::new(made(&edge)).unwrap_or_else(|faults| panic!("{edge:?}: {faults}"));
    }
}

#[test]
fn crews_leave_needs_for_one_as_they_are() {
    let none = made(&options(Region::Alxa, 400, 600));
    let some = made(&GenerateOptions { crews_percent: 30, ..options(Region::Alxa, 400, 600) });
    assert_eq!(none.volunteers, some.volunteers);
    let pairs = || none.needs.iter().zip(&some.needs);
    let crews = pairs().filter(|(one, crew)| one != crew).collect::<Vec<_>>();
    assert!((90..150).contains(&crews.len()), "{}", crews.len());
    assert!(crews.iter().all(|(one, crew)| one.stops == crew.stops && (2..=4).contains(&crew.people())));
    assert!(crews.iter().any(|(_, crew)| crew.roles.len() == 1));
    assert!(crews.iter().any(|(_, crew)| !crew.gaps.is_empty()));
}

#[test]
fn rides_go_to_town_in_the_cars_of_volunteers() {
    let none = made(&options(Region::Alxa, 400, 600));
    let some = made(&GenerateOptions { rides_percent: 30, ..options(Region::Alxa, 400, 600) });
    let pairs = || none.needs.iter().zip(&some.needs);
    let rides = pairs().filter(|(one, ride)| one != ride).collect::<Vec<_>>();
    assert!((90..150).contains(&rides.len()), "{}", rides.len());
    assert!(rides.iter().all(|(one, ride)| ride.is_ride() && one.stops[0].place == ride.stops[0].place));
    let back = rides.iter().filter(|(_, ride)| ride.stops.len() == 3).count();
    assert!((20..70).contains(&back), "{back}");
    let seats = some.volunteers.iter().filter(|volunteer| !volunteer.capacity.is_empty()).count();
    assert!((200..450).contains(&seats), "{seats}");
}

fn supplied(region: Region, needs: usize, volunteers: usize) -> GenerateOptions {
    let base = options(region, needs, volunteers);
    GenerateOptions { deliveries_percent: 30, loans_percent: 20, depots: 12, vehicles: 15, ..base }
}

#[test]
fn extras_are_added_and_nothing_else_changes() {
    let base = GenerateOptions { days: 3, ..supplied(Region::Alxa, 400, 600) };
    let (none, mut some) = (made(&base), made(&GenerateOptions { extras_percent: 40, ..base }));
    let shifts = || some.volunteers.iter().flat_map(|who| &who.shifts);
    let counts = [
        shifts().filter(|shift| shift.overtime.0 > 0).count() * 100 / shifts().count(),
        some.volunteers.iter().filter(|who| who.per_week.visits.is_some()).count() / 6,
        some.teams.iter().filter(|team| team.least_people.is_some()).count() * 100 / some.teams.len(),
        some.needs.iter().filter(|need| need.project.is_some()).count() * 100 / some.needs.len(),
        some.needs.iter().filter(|need| !need.vehicles.is_empty()).count() * 400 / some.needs.len(),
    ];
    assert!(counts.iter().all(|count| (20..65).contains(count)), "{counts:?}");
    assert!(shifts().flat_map(|shift| &shift.breaks).any(|rest| rest.only_when_empty));
    assert!(shifts().flat_map(|shift| &shift.breaks).any(|rest| !rest.at.is_empty()));
    assert!(shifts().any(|shift| shift.from == RouteStart::Previous));
    assert!(some.vehicles.iter().any(|vehicle| vehicle.unload == Unload::LastInFirstOut));
    for volunteer in &mut some.volunteers {
        volunteer.per_week = Limits::default();
        for shift in &mut volunteer.shifts {
            shift.overtime = Seconds::ZERO;
            for rest in &mut shift.breaks {
                (rest.only_when_empty, rest.at) = (false, Vec::new());
            }
            if shift.from == RouteStart::Previous {
                shift.from = RouteStart::Home;
            }
        }
    }
    some.teams.iter_mut().for_each(|team| team.least_people = None);
    some.vehicles.iter_mut().for_each(|vehicle| vehicle.unload = Unload::AnyOrder);
    some.needs.iter_mut().for_each(|need| (need.project, need.vehicles) = (None, Vec::new()));
    some.projects.clear();
    assert_eq!(some, none);
}

#[test]
fn goods_are_brought_and_lent_from_depots() {
    let none = made(&options(Region::Alxa, 400, 600));
    let some = made(&supplied(Region::Alxa, 400, 600));
    let pairs = || none.needs.iter().zip(&some.needs);
    assert!(pairs().filter(|(one, goods)| one != goods).all(|(_, goods)| !goods.goods.is_empty()));
    let uses =
        |handling: Handling| some.needs.iter().flat_map(|n| &n.goods).filter(move |s| s.handling == handling);
    let lent = |good: GoodId| some.goods[good.index()].comes_back;
    assert!((90..150).contains(&uses(Handling::Deliver).filter(|s| !lent(s.what.good)).count()));
    assert!((35..100).contains(&uses(Handling::Deliver).filter(|s| lent(s.what.good)).count()));
    assert!((10..50).contains(&uses(Handling::Collect).count()));
    for kind in 0..some.goods.len() {
        assert!(uses(Handling::Deliver).any(|supply| supply.what.good.index() == kind), "kind {kind}");
    }
    assert_eq!((some.depots.len(), some.vehicles.len()), (12, 15));
    // About as much as is asked for, and not without end.
    let fodder =
        uses(Handling::Deliver).filter(|s| s.what.good.index() == 0).map(|s| s.what.amount).sum::<i64>();
    let stock = some.depots.iter().filter_map(|d| d.stock(GoodId(0))?.1.amount).sum::<i64>();
    assert!(stock > fodder / 2 && stock < fodder * 2, "{stock} for {fodder}");
    let problem = Problem::new(some).unwrap();
    assert!(problem.units().iter().any(|unit| unit.vehicle.is_some()));
}

#[test]
fn loans_are_fetched_where_there_are_days_enough() {
    let data = made(&GenerateOptions { days: 8, rides_percent: 10, ..supplied(Region::Alxa, 400, 600) });
    assert!(data.needs.len() > 420, "{}", data.needs.len());
    assert_eq!(data.needs.len() - 400, data.links.len());
    for link in &data.links {
        let (lent, back) = (&data.needs[link.from.index()], &data.needs[link.to.index()]);
        assert_eq!(back.key, format!("{}-back", lent.key));
        assert!(lent.stops[0].windows.last().unwrap().to < back.stops[0].windows[0].from);
    }
    Problem::new(data).unwrap();
    // The needs themselves are the same however many there are.
    let few = made(&supplied(CATALONIA, 60, 90));
    let more = made(&GenerateOptions { teams: few.teams.len(), ..supplied(CATALONIA, 90, 90) });
    assert_eq!(few.needs[..], more.needs[..60]);
}

#[test]
fn nonsense_is_refused() {
    let base = options(CATALONIA, 1, 1);
    for (option, bad) in [
        ("needs", GenerateOptions { needs: 2_000_001, ..base.clone() }),
        ("volunteers", GenerateOptions { volunteers: usize::MAX, ..base.clone() }),
        ("teams", GenerateOptions { teams: 2_000_001, ..base.clone() }),
        ("needs + volunteers", GenerateOptions { needs: 2_000_000, volunteers: 2_000_000, ..base.clone() }),
        ("volunteers * days", GenerateOptions { volunteers: 1_000_000, days: 366, ..base.clone() }),
        ("loans_percent", GenerateOptions { loans_percent: 101, ..base.clone() }),
        ("extras_percent", GenerateOptions { extras_percent: 101, ..base.clone() }),
        ("depots", GenerateOptions { deliveries_percent: 1, ..base.clone() }),
        ("vehicles", GenerateOptions { vehicles: 20_001, ..base.clone() }),
        ("vehicles * days", GenerateOptions { vehicles: 20_000, days: 11, ..base.clone() }),
        (
            "deliveries_percent + loans_percent",
            GenerateOptions { deliveries_percent: 60, loans_percent: 60, depots: 1, ..base.clone() },
        ),
        ("days", GenerateOptions { days: 0, ..base.clone() }),
        ("days", GenerateOptions { days: u32::MAX, ..base.clone() }),
        ("start_day", GenerateOptions { start_day: i32::MIN, ..base.clone() }),
        ("utc_offset_s", GenerateOptions { utc_offset_s: i32::MAX, ..base.clone() }),
        ("settlements", GenerateOptions { settlements: 0, ..base.clone() }),
        ("settlements", GenerateOptions { settlements: 5001, ..base.clone() }),
    ] {
        let error = generate(&bad).unwrap_err();
        assert!(matches!(error, GenerateError::OutOfRange { option: o, .. } if o == option), "{error}");
        assert!(!error.message().zh.is_empty());
    }
    let reversed = Region::Box { west: 3.0, south: 40.0, east: 0.0, north: 42.0 };
    let error = generate(&GenerateOptions { region: reversed, ..base }).unwrap_err();
    assert_eq!(error, GenerateError::BadBox { found: [3.0, 40.0, 0.0, 42.0] });
}

#[test]
fn longer_lists_begin_like_shorter_ones() {
    let few = made(&options(Region::Alxa, 100, 150));
    let more_needs = made(&options(Region::Alxa, 400, 150));
    assert_eq!(few.needs[..], more_needs.needs[..100]);
    assert_eq!(few.volunteers, more_needs.volunteers);
    let more_people = made(&GenerateOptions { teams: few.teams.len(), ..options(Region::Alxa, 100, 600) });
    assert_eq!(few.volunteers[..], more_people.volunteers[..150]);
}

#[test]
fn everything_lies_on_the_land() {
    for region in [Region::Alxa, CATALONIA, QUARTER] {
        let options = options(region, 500, 1000);
        let land = Land::new(&options);
        for place in &made(&options).places {
            assert!(land.holds(place.at.unwrap()), "{region:?}: {place:?}");
        }
    }
}

#[test]
fn settlements_have_a_heavy_tail() {
    for region in [Region::Alxa, CATALONIA] {
        let data = made(&options(region, 1000, 5000));
        let mut sizes = data.population.iter().map(|p| p.residents).collect::<Vec<_>>();
        sizes.sort_unstable();
        let all = sizes.iter().sum::<u32>();
        let top = sizes.iter().rev().take(sizes.len() / 10).sum::<u32>();
        assert!(top * 10 > all * 6, "the largest tenth holds {top} of {all}");
        assert!(sizes[sizes.len() / 2] * 100 < *sizes.last().unwrap());
        let first_area = data.places[0].area;
        assert_eq!(first_area.is_some(), region == Region::Alxa);
    }
}

/// Share of needs that at least one person could serve with nothing else to do.
fn servable(options: &GenerateOptions) -> f64 {
    let problem = Problem::new(made(options)).unwrap();
    let able = candidates(&problem, 1);
    let served = problem.slot_ids().filter(|&slot| !able.of(slot).is_empty()).count();
    served as f64 / problem.needs().len() as f64
}

#[test]
fn most_needs_can_be_served_but_not_all() {
    for region in [Region::Alxa, CATALONIA] {
        for days in [1, 5] {
            for seed in 1..4 {
                let share = servable(&GenerateOptions { days, seed, ..options(region, 500, 2000) });
                assert!((0.85..1.0).contains(&share), "{region:?}, {days} days, seed {seed}: {share}");
            }
        }
    }
}

#[test]
fn every_trait_of_life_occurs() {
    let options = GenerateOptions { days: 3, ..options(Region::Alxa, 2000, 3000) };
    let data = made(&options);
    let start = Time(i64::from(options.start_day) * 86_400 - i64::from(options.utc_offset_s));
    let needs = |what: &dyn Fn(&Need) -> bool| data.needs.iter().filter(|need| what(need)).count();
    let role = |need: &Need| need.roles[0].clone();
    assert!((10..200).contains(&needs(&|n| n.mandatory)));
    assert!(needs(&|n| n.priority <= 3) > 1400 && needs(&|n| n.priority >= 8) > 10);
    assert!((1..200).contains(&needs(&|n| n.promise.is_some_and(|p| p.hard))));
    assert!(needs(&|n| n.promise.is_some_and(|p| !p.hard)) > 300);
    assert!(needs(&|n| n.stops[0].windows.len() > 1) > 100);
    assert!(needs(&|n| !role(n).requires.all.is_empty()) > 1000);
    assert!(needs(&|n| !role(n).requires.any.is_empty()) > 20);
    assert!(needs(&|n| !role(n).requires.none.is_empty()) > 20);
    assert!(needs(&|n| !role(n).prefers.is_empty()) > 100);
    assert!(needs(&|n| role(n).min_home_distance.0 > 0) > 10);
    for category in 0..7 {
        assert!(needs(&|n| n.category.is_some_and(|c| c.index() == category)) > 50);
    }

    let people =
        |what: &dyn Fn(&qise::model::Volunteer) -> bool| data.volunteers.iter().filter(|v| what(v)).count();
    let expired = |held: &Held| held.expires.is_some_and(|time| time <= start);
    assert!((50..1500).contains(&people(&|v| v.holds.iter().any(expired))));
    assert!(people(&|v| v.holds.iter().any(|h| h.expires.is_some() && !expired(h))) > 500);
    assert!(people(&|v| v.shifts.iter().any(|s| !s.breaks.is_empty())) > 500);
    assert!(people(&|v| v.shifts.windows(2).any(|s| s[0].day == s[1].day)) > 100);
    assert!(people(&|v| v.shifts.iter().any(|s| s.from != RouteStart::Home)) > 20);
    assert!(people(&|v| v.per_day.visits.is_some()) > 200);
    assert!(people(&|v| v.max_radius.is_none()) > 200);
    assert!(people(&|v| v.teams.len() == 2) > 100);
    assert!(people(&|v| v.teams.is_empty()) > 100);
    for profile in 0..3 {
        assert!(people(&|v| v.profile.index() == profile) > 100);
    }
    for kind in [SkillKind::Skill, SkillKind::Credential, SkillKind::Language] {
        assert!(data.skills.iter().any(|skill| skill.kind == kind));
    }
    let held = |skill: usize| people(&|v| v.holds.iter().any(|h| h.what.skill.index() == skill));
    assert!((0..data.skills.len()).all(|skill| held(skill) > 5));

    let near = people(&|v| {
        let home = data.places[v.home.index()].area;
        v.teams.first().is_some_and(|t| data.places[data.teams[t.index()].base.unwrap().index()].area == home)
    });
    assert!(near > 2000, "{near} of 3000 are in a team of their own banner");
}
