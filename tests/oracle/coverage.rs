//! Coverage counted once more, person by person and point by point: crews filled by trying everybody, sites by trying every choice.
//!
//! Nothing here comes from the room that is tested; the land between two points is the model's, points being made places of it.

use qise::coverage::{
    Demand, Method, Point, Question, Region, RequirementProfile, Sites, Team, Where, coverage, nearest_crew,
    place,
};
use qise::model::{
    CategoryId, LatLon, Metres, Need, NeedId, Place, PlaceId, Profile, ProfileId, Quality, Requirement,
    Seconds, Shift, SkillId, SkillLevel, Slowdown, Time, TravelMatrix, TravelRule, Unit, Volunteer, Window,
};
use qise::{Problem, ProblemData, Stop};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use crate::support::together::with_crews;
use crate::support::{MORNING, Mix, problem};

/// A random league: crews, two shifts a day, radii, and now and then a matrix or slow roads.
fn league(seed: u64, needs: usize, volunteers: usize) -> Problem {
    let mix = Mix { odd_travel: seed % 5 == 4, soft: false, ..Mix::all(needs, volunteers) };
    let mut random = Pcg64Mcg::seed_from_u64(seed);
    let mut data = with_crews(seed, &problem(seed, mix)).to_data();
    for need in &mut data.needs {
        need.category = random.random_bool(0.8).then(|| CategoryId(random.random_range(0..3)));
    }
    if seed % 2 == 1 {
        let outline = [(38.5, 105.2), (38.5, 106.0), (39.0, 105.6)].map(|(lat, lon)| at(lat, lon)).to_vec();
        data.areas.push(qise::model::Area { key: "pass".into(), name: None, outline });
        let slow = |areas: Vec<_>, factor_permille| Slowdown {
            areas,
            profiles: vec![],
            from: MORNING,
            to: MORNING + Seconds(3 * 3600),
            factor_permille,
        };
        data.slowdowns = vec![slow(vec![qise::model::AreaId(0)], 1900), slow(vec![], 1100)];
    }
    if seed.is_multiple_of(3) && data.needs.len() > 2 && data.links.is_empty() {
        data.choices = vec![vec![NeedId(0), NeedId(2)]];
    }
    Problem::new(data.clone()).unwrap_or_else(|_| {
        data.choices.clear();
        Problem::new(data).expect("a problem")
    })
}

fn at(lat: f64, lon: f64) -> LatLon {
    LatLon::new(lat, lon).expect("on the globe")
}

fn question(problem: &Problem) -> Question {
    Question {
        moments: (0..7).map(|n| MORNING + Seconds(n * 5400)).collect(),
        span: Seconds(3600),
        limits: [0, 12, 25, 60, 110].map(|minutes| Seconds(minutes * 60)).to_vec(),
        asks: RequirementProfile::of_problem(problem),
        categories: Vec::new(),
    }
}

/// Whether somebody is there in time and of a mind to go so far.
fn there(problem: &Problem, unit: &Unit, from: PlaceId, home: PlaceId, to: PlaceId, limit: Seconds) -> bool {
    let person = problem.volunteer(unit.volunteer);
    let metres = problem.travel().profile_metres(person.profile, home, to);
    problem.travel().seconds(unit.mode, from, to) <= limit
        && person.max_radius.is_none_or(|radius| metres <= radius)
}

fn meets(problem: &Problem, unit: qise::model::UnitId, asked: &Requirement) -> bool {
    let has = |quality: &Quality| problem.has(unit, *quality);
    asked.all.iter().all(has)
        && asked.any.iter().all(|any| any.iter().any(has))
        && !asked.none.iter().any(has)
}

/// Everybody who is at `to` within the limit at a moment: those up to `known` from where they start, others from `site`.
fn people(
    problem: &Problem,
    known: usize,
    site: Option<PlaceId>,
    to: PlaceId,
    moment: Time,
    limit: Seconds,
) -> Vec<qise::model::UnitId> {
    let here = problem.unit_ids().filter(|&id| {
        let unit = problem.unit(id);
        let old = unit.volunteer.index() < known;
        let (from, home) = match site {
            _ if old => (unit.from, problem.volunteer(unit.volunteer).home),
            Some(site) => (site, site),
            None => return false,
        };
        unit.start <= moment && moment < unit.end && there(problem, unit, from, home, to, limit)
    });
    here.collect()
}

/// Whether a crew can be made of some people, tried one place after the other.
fn crew(
    problem: &Problem,
    places: &[&Requirement],
    people: &[qise::model::UnitId],
    taken: &mut Vec<usize>,
) -> bool {
    let Some((first, rest)) = places.split_first() else { return true };
    (0..people.len()).any(|n| {
        if taken.contains(&n) || !meets(problem, people[n], first) {
            return false;
        }
        taken.push(n);
        let found = crew(problem, rest, people, taken);
        taken.pop();
        found
    })
}

fn is_there(problem: &Problem, ask: &RequirementProfile, people: &[qise::model::UnitId]) -> bool {
    let places = ask.roles.iter().flat_map(|(asked, count)| std::iter::repeat_n(asked, *count as usize));
    crew(problem, &places.collect::<Vec<_>>(), people, &mut Vec::new())
}

fn starts(problem: &Problem, need: NeedId, moment: Time, span: Seconds) -> bool {
    problem.windows(need).iter().any(|w| (moment.0..moment.0 + span.0).any(|s| w.contains(Time(s))))
}

/// The ways to do what a need stands for.
fn ways(problem: &Problem, need: NeedId) -> Vec<NeedId> {
    let choice = problem.choices().iter().find(|ways| ways.contains(&need));
    choice.cloned().unwrap_or_else(|| vec![need])
}

/// Of a need at a moment: whether it is asked, and whether it is covered within a limit.
fn need_state(
    problem: &Problem,
    known: usize,
    site: Option<PlaceId>,
    need: NeedId,
    moment: Time,
    span: Seconds,
    limit: Seconds,
) -> (bool, bool) {
    let asked = ways(problem, need).into_iter().filter(|&way| starts(problem, way, moment, span));
    let asked = asked.collect::<Vec<_>>();
    let covered = asked.iter().any(|&way| {
        let here = people(problem, known, site, problem.need_place(way), moment, limit);
        is_there(problem, &RequirementProfile::of_need(problem.need(way)), &here)
    });
    (!asked.is_empty(), covered)
}

#[test]
fn needs_are_covered_as_a_count_says() {
    let (mut covered, mut not) = (0, 0);
    for seed in 0..40 {
        let problem = league(seed, 14, 14);
        let question = question(&problem);
        let layer = coverage(&problem, &Demand::Needs, &question, &Stop::never()).expect("coverage");
        for (n, &need) in layer.needs.iter().enumerate() {
            let (asked, found) = layer.point(n);
            let mut expected = vec![0; question.limits.len()];
            let mut times = 0;
            for &moment in &question.moments {
                for (sum, &limit) in expected.iter_mut().zip(&question.limits) {
                    let state = need_state(&problem, usize::MAX, None, need, moment, question.span, limit);
                    *sum += u64::from(state.1);
                    times += u64::from(state.0);
                }
            }
            assert_eq!(asked * question.limits.len() as u64, times, "seed {seed}, need {n}");
            assert_eq!(found, expected, "seed {seed}, need {n}");
            covered += found[4];
            not += asked - found[2];
        }
        let total = layer.overall();
        assert_eq!(total.asked, (0..layer.len()).map(|n| u128::from(layer.point(n).0)).sum::<u128>());
        for limit in 0..question.limits.len() {
            let sum = (0..layer.len()).map(|n| u128::from(layer.point(n).1[limit])).sum::<u128>();
            assert_eq!(total.covered[limit], sum);
        }
    }
    assert!(covered > 200 && not > 200, "{covered} {not}: nothing was tried");
}

/// The same problem with points made places.
fn with_places(problem: &Problem, points: &[LatLon]) -> (Problem, Vec<PlaceId>) {
    let first = problem.places().len();
    let add = |data: &mut ProblemData| {
        data.places.extend(points.iter().enumerate().map(|(n, &at)| Place::new(format!("point-{n}"), at)));
    };
    (problem.replace(add).expect("more places"), (first..first + points.len()).map(PlaceId::new).collect())
}

#[test]
fn land_is_covered_as_a_count_says() {
    let (mut covered, mut not) = (0, 0);
    for seed in 0..24 {
        let problem = league(seed, 8, 16);
        let mut question = question(&problem);
        if seed % 4 == 1 {
            question.categories = vec![CategoryId(0), CategoryId(1)];
            if !question.asks.iter().any(|ask| ask.category.is_some_and(|c| question.categories.contains(&c)))
            {
                continue;
            }
        }
        let region = Region::Polygons(vec![vec![
            vec![at(38.1, 104.8), at(38.2, 106.4), at(39.4, 106.1), at(39.1, 105.3), at(39.5, 104.9)],
            vec![at(38.7, 105.5), at(38.7, 105.8), at(38.9, 105.6)],
        ]]);
        let cells = region.grid(9000.0).expect("a grid").cells;
        let points = Point::cells(&cells);
        let layer =
            coverage(&problem, &Demand::Land(points.clone()), &question, &Stop::never()).expect("coverage");
        let sample = (0..cells.len()).step_by(7).collect::<Vec<_>>();
        let middles = sample.iter().map(|&n| cells[n].middle).collect::<Vec<_>>();
        let (wide, places) = with_places(&problem, &middles);
        for (&n, &place) in sample.iter().zip(&places) {
            let mut expected = vec![0; question.limits.len()];
            let asks = question.asks.iter();
            let asks = asks.filter(|ask| {
                question.categories.is_empty()
                    || ask.category.is_some_and(|c| question.categories.contains(&c))
            });
            for ask in asks.clone() {
                for &moment in &question.moments {
                    for (sum, &limit) in expected.iter_mut().zip(&question.limits) {
                        let here = people(&wide, usize::MAX, None, place, moment, limit);
                        *sum += u64::from(is_there(&wide, ask, &here)) * u64::from(ask.weight);
                    }
                }
            }
            let weights = asks.map(|ask| u64::from(ask.weight)).sum::<u64>();
            let (asked, found) = layer.point(n);
            assert_eq!(asked, weights * question.moments.len() as u64);
            assert_eq!(found, expected, "seed {seed}, cell {n}");
            covered += found[4];
            not += asked - found[4];
        }
        let area = points.iter().map(|point| u128::from(point.mass)).sum::<u128>();
        assert_eq!(layer.total(), area);
        let missed = (0..layer.len()).map(|n| layer.missed(n, 3)).sum::<u128>();
        let total = layer.overall();
        assert_eq!(total.asked - total.covered[3], missed);
    }
    assert!(covered > 1000 && not > 1000, "{covered} {not}: nothing was tried");
}

#[test]
fn the_nearest_crew_is_the_least_limit_that_covers() {
    for seed in 0..30 {
        let problem = league(seed, 10, 12);
        for need in problem.need_ids() {
            let (place, ask) = (problem.need_place(need), RequirementProfile::of_need(problem.need(need)));
            for moment in [MORNING, MORNING + Seconds(7200), MORNING + Seconds(20_000)] {
                let within = |limit| {
                    is_there(&problem, &ask, &people(&problem, usize::MAX, None, place, moment, limit))
                };
                match nearest_crew(&problem, Where::Place(place), &ask, moment).expect("known ids") {
                    Some(least) => assert!(within(least) && (least.0 == 0 || !within(least - Seconds(1)))),
                    None => assert!(!within(Seconds(1 << 40))),
                }
            }
        }
    }
}

/// People like those of the problem, one or two.
fn newcomers(problem: &Problem, seed: u64) -> Vec<Volunteer> {
    let all = problem.volunteers();
    (0..=seed % 2).map(|n| all[(seed + n) as usize % all.len()].clone()).collect()
}

/// What a choice of sites covers, by the definition: every piece is covered by those who are there and one new team.
fn covered(
    problem: &Problem,
    demand: &[(NeedId, Time)],
    known: usize,
    sites: &[PlaceId],
    question: &Question,
) -> usize {
    let limit = question.limits[0];
    let by = |site: Option<PlaceId>, &(need, moment): &(NeedId, Time)| {
        need_state(problem, known, site, need, moment, question.span, limit).1
    };
    let is_covered =
        |piece: &&(NeedId, Time)| by(None, piece) || sites.iter().any(|&site| by(Some(site), piece));
    demand.iter().filter(is_covered).count()
}

fn choices(of: usize, count: usize) -> Vec<Vec<usize>> {
    (0..1_u32 << of)
        .map(|set| (0..of).filter(|n| set >> n & 1 == 1).collect::<Vec<_>>())
        .filter(|set| set.len() <= count)
        .collect()
}

#[test]
fn the_exact_placement_is_the_best_of_all_choices() {
    for seed in (0..70).filter(|seed| seed % 5 != 4) {
        let problem = league(seed, 36, 7);
        let mut question = question(&problem);
        question.limits = vec![Seconds(60 * [15, 25, 40][seed as usize % 3])];
        let team = newcomers(&problem, seed);
        let candidates = (0..9)
            .map(|n| PlaceId::new((seed as usize + 3 * n) % problem.places().len()))
            .collect::<Vec<_>>();
        let count = 2 + seed as usize % 2;
        let sites = |method| Sites {
            candidates: candidates.iter().map(|&place| Where::Place(place)).collect(),
            count,
            limit: question.limits[0],
            team: Team::People(team.clone()),
            method,
        };
        let Ok(exact) = place(
            &problem,
            &Demand::Needs,
            &question,
            &sites(Method::Exact { steps: 10_000 }),
            &Stop::never(),
        ) else {
            continue; // nobody of the new team is on duty
        };
        let greedy = place(&problem, &Demand::Needs, &question, &sites(Method::Greedy), &Stop::never())
            .expect("as before");

        let known = problem.volunteers().len();
        let grown = problem.replace(|data| {
            for (n, person) in team.iter().enumerate() {
                let mut person = person.clone();
                person.key = format!("more-{n}");
                person.home = candidates[0];
                for shift in &mut person.shifts {
                    (shift.from, shift.to) = (qise::model::RouteStart::Home, qise::model::RouteEnd::Home);
                }
                data.volunteers.push(person);
            }
        });
        let grown = grown.expect("more people");
        let pieces =
            grown.standing().flat_map(|need| question.moments.iter().map(move |&moment| (need, moment)));
        let asked = pieces.filter(|&(need, moment)| {
            need_state(&grown, known, None, need, moment, question.span, Seconds(0)).0
        });
        let demand = asked.collect::<Vec<_>>();
        let worth = |sites: &[usize]| {
            let places = sites.iter().map(|&n| candidates[n]).collect::<Vec<_>>();
            covered(&grown, &demand, known, &places, &question) as u128
        };
        let best = choices(candidates.len(), count).iter().map(|set| worth(set)).max();

        assert_eq!(exact.asked, demand.len() as u128, "seed {seed}");
        assert_eq!(exact.before, worth(&[]), "seed {seed}");
        assert!(exact.is_proven());
        assert_eq!(Some(exact.after), best, "seed {seed}");
        for placement in [&exact, &greedy] {
            let chosen = placement.chosen.iter().map(|chosen| chosen.candidate).collect::<Vec<_>>();
            assert!(chosen.len() <= count);
            assert_eq!(worth(&chosen), placement.after, "seed {seed}");
            assert!(placement.greedy <= placement.after && placement.after <= placement.bound);
            assert!(placement.bound >= exact.after);
            let gains = placement.chosen.iter().map(|chosen| chosen.gain).sum::<u128>();
            assert_eq!(placement.before + gains, placement.after);
        }
        // 1 − 1/e is more than 0.632.
        assert!((greedy.after - greedy.before) * 1000 >= (exact.after - exact.before) * 632);
    }
}

/// Sets that candidates cover, as a matrix: a need is a minute away, or two hours.
fn of_sets(sets: &[Vec<bool>], weights: &[i64]) -> (Problem, Volunteer) {
    let (rows, needs) = (sets.len(), weights.len());
    let mut data = ProblemData::new("sets");
    let place = |n: usize| Place::new(format!("p{n}"), at(38.0, 105.0 + n as f64 / 100.0));
    data.places = (0..rows + needs).map(place).collect();
    let size = rows + needs;
    let seconds = |from: usize, to: usize| {
        if from == to {
            0
        } else {
            7200 - 7140 * u32::from(from < rows && to >= rows && sets[from][to - rows])
        }
    };
    let matrix = TravelMatrix {
        places: (0..size).map(PlaceId::new).collect(),
        seconds: (0..size * size).map(|n| seconds(n / size, n % size)).collect(),
        metres: vec![0; size * size],
    };
    data.profiles = vec![Profile { key: "table".into(), name: None, rule: TravelRule::Matrix(matrix) }];
    for (n, &hours) in weights.iter().enumerate() {
        let window = Window { from: MORNING, to: MORNING + Seconds(3600 * hours - 1) };
        data.needs.push(Need::new(format!("n{n}"), PlaceId::new(rows + n), window, Seconds(60)));
    }
    let mut person = Volunteer::new("new", PlaceId(0), ProfileId(0));
    person.shifts = vec![Shift::new(MORNING, MORNING + Seconds(86_400), 0)];
    (Problem::new(data).expect("a problem"), person)
}

#[test]
fn of_any_sets_the_exact_placement_takes_the_best() {
    let mut better = 0;
    for seed in 0..400 {
        let mut random = Pcg64Mcg::seed_from_u64(seed);
        let (rows, needs, count) =
            (random.random_range(4..11), random.random_range(5..24), random.random_range(1..5));
        let chance = random.random_range(0.1..0.6);
        let sets = (0..rows)
            .map(|_| (0..needs).map(|_| random.random_bool(chance)).collect())
            .collect::<Vec<Vec<_>>>();
        let weights = (0..needs).map(|_| random.random_range(1..6)).collect::<Vec<_>>();
        let (problem, person) = of_sets(&sets, &weights);
        let question = Question {
            moments: (0..6).map(|hour| MORNING + Seconds(3600 * hour)).collect(),
            span: Seconds(3600),
            limits: vec![Seconds(600)],
            asks: vec![RequirementProfile::anybody()],
            categories: Vec::new(),
        };
        let placed = |method| {
            let candidates = (0..rows).map(|n| Where::Place(PlaceId::new(n))).collect();
            let team = Team::People(vec![person.clone()]);
            let sites = Sites { candidates, count, limit: Seconds(600), team, method };
            place(&problem, &Demand::Needs, &question, &sites, &Stop::never()).expect("a placement")
        };
        let worth = |chosen: &[usize]| {
            let covered = (0..needs).filter(|&need| chosen.iter().any(|&row| sets[row][need]));
            covered.map(|need| weights[need] as u128).sum::<u128>()
        };
        let best = choices(rows, count).iter().map(|set| worth(set)).max().expect("some choice");
        let (exact, greedy) = (placed(Method::Exact { steps: 10_000 }), placed(Method::Greedy));
        assert_eq!((exact.before, exact.asked), (0, weights.iter().sum::<i64>() as u128));
        assert_eq!((exact.after, exact.bound), (best, best), "seed {seed}");
        let chosen = exact.chosen.iter().map(|chosen| chosen.candidate).collect::<Vec<_>>();
        assert_eq!(worth(&chosen), best);
        assert!(greedy.after <= best && best <= greedy.bound && best * 632 <= greedy.after * 1000);
        better += u32::from(best > greedy.after);
    }
    assert!(better > 5, "greedy was beaten {better} times: too little was tried");
}

#[test]
fn a_search_that_is_cut_short_says_what_no_choice_exceeds() {
    for seed in 0..40 {
        let problem = league(seed * 5, 24, 6);
        let mut question = question(&problem);
        question.limits = vec![Seconds(1800)];
        let mut team = newcomers(&problem, seed);
        for person in &mut team {
            person.max_radius = Some(Metres(30_000));
        }
        let candidates =
            (0..problem.places().len()).map(|n| Where::Place(PlaceId::new(n))).collect::<Vec<_>>();
        let sites = |steps| Sites {
            candidates: candidates.clone(),
            count: 5,
            limit: Seconds(1800),
            team: Team::People(team.clone()),
            method: Method::Exact { steps },
        };
        let placed = |steps| place(&problem, &Demand::Needs, &question, &sites(steps), &Stop::never());
        let Ok(full) = placed(100_000) else { continue };
        assert!(full.is_proven(), "seed {seed}: {full:?}");
        for steps in 0..4 {
            let cut = placed(steps).expect("as before");
            assert!(cut.steps <= steps && cut.greedy <= cut.after);
            assert!(cut.after <= full.after && full.after <= cut.bound, "seed {seed}: {cut:?} {full:?}");
        }
    }
}

#[test]
fn a_skill_at_a_level_is_asked_for_as_it_is_held() {
    let problem = league(3, 4, 12);
    let moments = vec![MORNING + Seconds(5400)];
    let holding = |level| {
        let what = SkillLevel { skill: SkillId(0), level };
        let asked = Requirement { all: vec![Quality::Skill(what)], ..Requirement::default() };
        let question = Question {
            moments: moments.clone(),
            span: Seconds(3600),
            limits: vec![Seconds(36_000)],
            asks: vec![RequirementProfile::of_one(asked)],
            categories: Vec::new(),
        };
        let home = Point { at: Where::Place(PlaceId(0)), mass: 7 };
        coverage(&problem, &Demand::Residents(vec![home]), &question, &Stop::never())
            .map(|layer| layer.overall().covered[0])
    };
    assert_eq!(holding(1), Ok(7));
    assert!(holding(4).is_err() && holding(0).is_err(), "levels that the skill does not have");
}
