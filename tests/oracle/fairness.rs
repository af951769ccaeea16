//! Figures of fairness, counted again in the plainest way from problem and plan: no code of the engine but travel is used.

use std::collections::{BTreeMap, BTreeSet};

use qise::fairness::{Evenness, Group, by_area, by_category, evenness, load};
use qise::model::{Area, AreaId, Break, CategoryId, Ledger, Population, Seconds, Term, Time, VolunteerId};
use qise::plan::{Plan, Route, evaluate};
use qise::solve::{Options, solve};
use qise::{Problem, Stop};
use qise_io::words;

use crate::support::together::{with_crews, with_parties};
use crate::support::{Mix, problem};

/// Problems with ledgers, categories, areas of both kinds (named, and found by outline), people without any offer.
fn problems() -> impl Iterator<Item = (u64, Problem)> {
    (0..40).map(|seed| {
        let mut plain = problem(seed, Mix { tight: seed % 2 == 0, ..Mix::all(20, 6) });
        plain = match seed % 3 {
            0 => with_crews(seed, &plain),
            1 => with_parties(seed, &plain),
            _ => plain,
        };
        let changed = plain.replace(|data| {
            let corner = |lat, lon| qise::model::LatLon::new(lat, lon).expect("on the globe");
            let square = |key: &str, south: f64, west: f64| Area {
                key: key.into(),
                name: None,
                outline: [(0.0, 0.0), (0.0, 0.5), (0.5, 0.5), (0.5, 0.0)]
                    .map(|(y, x)| corner(south + y, west + x))
                    .into(),
            };
            data.areas =
                vec![square("a", 38.6, 105.4), square("b", 38.2, 105.0), square("empty", 10.0, 10.0)];
            for (p, place) in data.places.iter_mut().enumerate().filter(|(p, _)| p % 5 == 0) {
                place.area = Some(AreaId((p / 5 % 2) as u32));
            }
            for (n, need) in data.needs.iter_mut().enumerate() {
                need.category = (n % 4 > 0).then(|| CategoryId((n % 4 - 1) as u32));
            }
            for (v, volunteer) in data.volunteers.iter_mut().enumerate() {
                let (worked, offered) = ((v as i64 * 7919) % 20_000, 10_000 + v as i64 * 997);
                volunteer.ledger = Ledger { worked: Seconds(worked), offered: Seconds(offered) };
            }
            let (mut idle, mut past) = (data.volunteers[0].clone(), data.volunteers[0].clone());
            (idle.key, past.key) = ("idle".into(), "past".into());
            (idle.shifts, past.shifts) = (vec![], vec![]);
            idle.ledger = Ledger::default();
            data.volunteers.extend([idle, past]);
            let count = data.places.len();
            data.population = (0..count)
                .map(|p| Population { place: qise::model::PlaceId::new(p), residents: 10 + p as u32 })
                .collect();
        });
        (seed, changed.expect("areas, categories and ledgers are valid"))
    })
}

fn solved(problem: &Problem, iterations: u64) -> Plan {
    solve(problem, &Options::default(), &Stop::iterations(iterations)).plan
}

/// Seconds off duty on a route: breaks of the shift that are, as far as they are taken.
fn off_duty(due: &[Break], route: &Route) -> i64 {
    let mut sum = 0;
    for rest in &route.breaks {
        let is_off = due.iter().any(|b| {
            b.off_duty && b.earliest <= rest.start && rest.start <= b.latest && b.duration <= rest.duration
        });
        sum += if is_off { rest.duration.0 } else { 0 };
    }
    sum
}

/// Worked and offered of everybody, past and present.
fn hours(problem: &Problem, plan: &Plan) -> BTreeMap<usize, (i64, i64)> {
    let mut hours = BTreeMap::new();
    for (v, volunteer) in problem.volunteers().iter().enumerate() {
        let mut offered = volunteer.ledger.offered.0;
        for shift in &volunteer.shifts {
            offered += shift.end.0 - shift.start.0;
        }
        hours.insert(v, (volunteer.ledger.worked.0, offered));
    }
    for route in &plan.routes {
        let lead = problem.unit(route.unit);
        let due = &problem.volunteers()[lead.volunteer.index()].shifts[lead.shift as usize].breaks;
        let mut people = vec![lead.volunteer];
        people.extend(route.company.iter().map(|&other| problem.unit(other).volunteer));
        for who in people {
            hours.get_mut(&who.index()).expect("a person").0 +=
                route.finish.0 - route.departure.0 - off_duty(due, route);
        }
    }
    hours
}

fn close(one: f64, other: f64, what: &str) {
    assert!((one - other).abs() < 1e-5, "{what}: {one} {other}");
}

/// Gini by all pairs, Jain and variance by definition.
fn measured(found: &Evenness, shares: &[f64], what: &str) {
    let n = shares.len() as f64;
    let sum: f64 = shares.iter().sum();
    let squares: f64 = shares.iter().map(|x| x * x).sum();
    let mut pairs = 0.0;
    for a in shares {
        for b in shares {
            pairs += (a - b).abs();
        }
    }
    let least = shares.iter().copied().fold(f64::INFINITY, f64::min);
    let most = shares.iter().copied().fold(0.0, f64::max);
    assert_eq!(found.count, shares.len(), "{what}");
    close(found.least.as_f64(), least, what);
    close(found.most.as_f64(), most, what);
    close(found.range().as_f64(), most - least, what);
    close(found.mean, sum / n, what);
    close(found.variance, squares / n - sum * sum / n / n, what);
    if sum > 0.0 {
        close(found.gini, pairs / (2.0 * n * sum), what);
        close(found.jain, sum * sum / (n * squares), what);
    }
}

#[test]
fn load_is_what_is_counted_again() {
    for (seed, problem) in problems() {
        let plan = solved(&problem, 150);
        let hours = hours(&problem, &plan);
        let found = load(&problem, &plan);
        let offering = hours.iter().filter(|(_, (_, offered))| *offered > 0);
        let shares =
            offering.map(|(&v, &(worked, offered))| (v, worked as f64 / offered as f64)).collect::<Vec<_>>();
        assert_eq!(
            shares.len(),
            problem.volunteers().len() - 1,
            "seed {seed}: all but one have offered time"
        );
        for (person, (v, share)) in found.people.iter().zip(&shares) {
            assert_eq!(person.volunteer.index(), *v, "seed {seed}");
            close(person.share.as_f64(), *share, "share");
            let volunteer = &problem.volunteers()[*v];
            let (worked, offered) =
                (hours[v].0 - volunteer.ledger.worked.0, hours[v].1 - volunteer.ledger.offered.0);
            assert_eq!((person.worked.0, person.offered.0), (worked, offered), "seed {seed}");
            let ledger = person.ledger(1000);
            assert_eq!((ledger.worked.0, ledger.offered.0), hours[v], "seed {seed}: booked");
            let faded = person.ledger(250);
            assert_eq!(faded.worked.0, volunteer.ledger.worked.0 / 4 + worked, "seed {seed}");
        }
        let shares = shares.into_iter().map(|(_, share)| share).collect::<Vec<_>>();
        measured(&found.evenness, &shares, "load");
        let most = found.most_used().expect("somebody").share;
        let least = found.least_used().expect("somebody").share;
        assert!(found.people.iter().all(|p| least <= p.share && p.share <= most));
        // The terms count whole thousandths.
        let whole = hours
            .values()
            .filter(|(_, offered)| *offered > 0)
            .map(|(worked, offered)| worked * 1000 / offered);
        let whole = whole.collect::<BTreeSet<_>>();
        let (least, most) = (whole.first().expect("somebody"), whole.last().expect("somebody"));
        let terms = evaluate(&problem, &plan).score.terms;
        assert_eq!(
            (terms.get(Term::LoadWorst), terms.get(Term::LoadRange)),
            (*most, most - least),
            "seed {seed}"
        );
        // What the plan adds to the ledger is what the objective calls load.
        let mut growth = 0;
        for person in found.people.iter().filter(|p| p.worked.0 > 0) {
            let (past, offered) = (person.before.worked.0, person.before.offered.0 + person.offered.0);
            growth += ((past + person.worked.0).pow(2) - past.pow(2)) / offered;
        }
        assert_eq!(growth, evaluate(&problem, &plan).score.terms.get(Term::Load), "seed {seed}");
    }
}

/// Which area a place of a need lies in: the one it names, or the first square around it.
fn area(problem: &Problem, n: usize) -> Option<String> {
    let place = problem.place(problem.needs()[n].stops[0].place);
    if let Some(area) = place.area {
        return Some(problem.areas()[area.index()].key.clone());
    }
    let at = place.at.expect("all have coordinates");
    let inside = |area: &&Area| {
        let (south, west) = (area.outline[0].lat(), area.outline[0].lon());
        at.lat() > south && at.lat() < south + 0.5 && at.lon() > west && at.lon() < west + 0.5
    };
    problem.areas().iter().find(inside).map(|area| area.key.clone())
}

#[derive(Default)]
struct Count {
    asked: usize,
    served: usize,
    priority: i64,
    priority_served: i64,
    waits: Vec<i64>,
}

fn compare(problem: &Problem, plan: &Plan, groups: &[Group], of: impl Fn(usize) -> Option<String>) {
    let mut counts: BTreeMap<Option<String>, Count> = BTreeMap::new();
    let mut ways = BTreeSet::new();
    for choice in problem.choices() {
        ways.extend(choice[1..].iter().map(|need| need.index()));
    }
    for (n, need) in problem.needs().iter().enumerate() {
        if ways.contains(&n) {
            continue;
        }
        let choice = problem.choices().iter().find(|choice| choice[0].index() == n);
        let all = choice.map_or(vec![n], |choice| choice.iter().map(|way| way.index()).collect());
        let count = counts.entry(of(n)).or_default();
        count.asked += 1;
        count.priority += all.iter().map(|&w| i64::from(problem.needs()[w].priority)).max().expect("one");
        let start = |w: usize| -> Option<Time> {
            plan.routes.iter().flat_map(|r| &r.visits).filter(|v| v.need.index() == w).map(|v| v.start).min()
        };
        if let Some((way, start)) = all.iter().find_map(|&w| Some((w, start(w)?))) {
            count.served += 1;
            count.priority_served += i64::from(problem.needs()[way].priority);
            count.waits.push(start.0 - problem.needs()[way].stops[0].windows[0].from.0);
        } else if all.iter().any(|&w| plan.outsourced.iter().any(|need| need.index() == w)) {
            count.priority_served += i64::from(need.priority);
        }
    }
    for (key, count) in &counts {
        let group = groups
            .iter()
            .find(|group| group.of.key(problem) == key.as_deref())
            .unwrap_or_else(|| panic!("{key:?}"));
        assert_eq!((group.asked, group.served), (count.asked, count.served), "{key:?}");
        assert_eq!(
            (group.priority, group.priority_served),
            (count.priority, count.priority_served),
            "{key:?}"
        );
        assert_eq!(group.waited.0, count.waits.iter().sum::<i64>(), "{key:?}");
        assert_eq!(group.longest.0, count.waits.iter().copied().max().unwrap_or(0), "{key:?}");
        let name = words::group(problem, group.of);
        assert!(!name.en.is_empty() && !name.zh.is_empty());
    }
    let shares = counts.values().map(|count| count.served as f64 / count.asked as f64).collect::<Vec<_>>();
    measured(&evenness(groups), &shares, "groups");
    let terms = evaluate(problem, plan).score.terms;
    let all: i64 = groups.iter().map(|group| group.priority - group.priority_served).sum();
    assert_eq!(all, terms.get(Term::UnservedPriority), "what is not served is what is left");
    let left: usize = groups.iter().map(|group| group.asked - group.served - group.outsourced).sum();
    assert_eq!(left as i64, terms.get(Term::Unserved));
}

#[test]
fn service_is_what_is_counted_again() {
    let mut seen = BTreeSet::new();
    for (seed, problem) in problems() {
        let plan = solved(&problem, 100);
        let areas = by_area(&problem, &plan);
        assert_eq!(areas[2].of.key(&problem), Some("empty"), "seed {seed}: areas without needs are listed");
        assert_eq!(areas[2].share_served(), None);
        let residents: u64 = areas.iter().map(|area| area.residents).sum();
        assert_eq!(residents, problem.population().iter().map(|p| u64::from(p.residents)).sum::<u64>());
        seen.extend(areas.iter().map(|area| area.of));
        compare(&problem, &plan, &areas, |n| area(&problem, n));
        let category = |n: usize| {
            let category = problem.needs()[n].category;
            category.map(|c| problem.categories()[c.index()].key.clone())
        };
        compare(&problem, &plan, &by_category(&problem, &plan), category);
    }
    assert_eq!(seen.len(), 4, "three areas, and none");
}

#[test]
fn what_a_plan_says_of_nothing_known_counts_nothing() {
    let (_, problem) = problems().next().expect("one");
    let mut plan = solved(&problem, 50);
    let (before, areas) = (load(&problem, &plan), by_area(&problem, &plan));
    let mut lost = plan.routes[0].clone();
    lost.unit = qise::model::UnitId(99_999);
    lost.visits[0].need = qise::model::NeedId(99_999);
    lost.visits.truncate(1);
    plan.routes.push(lost);
    plan.outsourced.push(qise::model::NeedId(99_999));
    assert_eq!(load(&problem, &plan), before);
    assert_eq!(by_area(&problem, &plan), areas);
    let nobody = Plan::empty(&problem);
    assert!(load(&problem, &nobody).people.iter().all(|p| p.worked == Seconds::ZERO));
    let _: Option<VolunteerId> = load(&problem, &nobody).least_used().map(|p| p.volunteer);
}
