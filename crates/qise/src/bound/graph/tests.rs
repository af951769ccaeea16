use super::*;
use crate::ProblemData;
use crate::bound::shift_classes::ShiftClasses;
use crate::bound::target::BoundTarget;
use crate::model::{Promise, Role, TravelRule};
use crate::tests::{built, depot, good, line, load, need, person, supply, weighing, window};

fn two() -> ProblemData {
    let mut data = line(&[0, 10, 25, 4]);
    data.objective =
        weighing(&[(Term::TravelTime, 2), (Term::People, 7), (Term::Tardiness, 3), (Term::Late, 11)]);
    person(&mut data, 0, (0, 100));
    need(&mut data, 1, (0, 40), 5);
    need(&mut data, 2, (30, 60), 5);
    data
}

fn graph(data: &ProblemData, calls: bool) -> Graph {
    let problem = built(data);
    let question = BoundTarget::level(&problem, 0, None);
    let staff = ShiftClasses::new(&problem).unwrap();
    let costs = Costs { problem: &problem, question: &question, calls };
    Graph::new(&costs, &staff.shifts[0].units[0], 10)
}

#[test]
fn arcs_tell_time_and_cost_of_way_and_service() {
    let mut data = two();
    data.places[2].setup = Seconds(3);
    let graph = graph(&data, false);
    assert_eq!((graph.count, graph.start, graph.end), (2, 0, 100));
    assert_eq!((graph.time(2, 0), graph.cost(2, 0)), (10, (7 + 20) * 10), "going out costs");
    assert_eq!((graph.time(0, 1), graph.cost(0, 1)), (18, 30 * 10), "with the setup at its end");
    assert_eq!((graph.time(1, 2), graph.cost(1, 2)), (25, 50 * 10), "home");
    assert_eq!(graph.next, [vec![1], vec![], vec![0, 1]]);
    assert!(graph.metric);
    data.needs[0].stops[0].windows[0].to = Time(50);
    assert_eq!(self::graph(&data, false).next[1], [0], "the second is over at 35, 15 away");
}

#[test]
fn a_detour_that_is_quicker_makes_it_no_metric() {
    let mut data = two();
    if let TravelRule::Matrix(matrix) = &mut data.profiles[0].rule {
        matrix.seconds[2] = 70;
    }
    assert!(!graph(&data, false).metric);
}

#[test]
fn services_end_in_their_windows_and_cost_when_they_are_late() {
    let mut data = two();
    data.needs[0].stops[0].windows.push(window(60, 70));
    data.needs[1].promise = Some(Promise { start_by: Some(Time(40)), finish_by: None, hard: false });
    let problem = built(&data);
    let graph = graph(&data, false);
    let served = |node, ready| graph.served(&problem, node, ready);
    assert_eq!(
        [0, 40, 41, 70, 71].map(|ready| served(0, ready)),
        [Some(15), Some(45), Some(65), Some(75), None]
    );
    assert_eq!([0, 60, 61].map(|ready| served(1, ready)), [Some(35), Some(65), None]);
    assert_eq!([44, 45, 46, 65].map(|end| graph.lateness(1, end)), [0, 0, (3 + 11) * 10, (60 + 11) * 10]);
    assert_eq!(graph.lateness(0, 99), 0);
}

#[test]
fn limits_that_can_bind_are_kept() {
    let mut data = two();
    good(&mut data, false);
    data.volunteers[0].capacity = load(5);
    data.needs[0].roles[0].load = load(3);
    data.needs[1].roles[0].load = load(2);
    assert_eq!(graph(&data, false).limits, [i64::MAX; 2], "all of it can be carried");
    data.needs[1].roles[0].load = load(3);
    data.volunteers[0].per_day.travel = Some(Seconds(55));
    let graph = graph(&data, false);
    assert_eq!(graph.limits, [5, 55]);
    assert_eq!((graph.uses(2, 0), graph.uses(0, 1), graph.uses(1, 2)), ([3, 10], [3, 15], [0, 25]));
}

#[test]
fn of_one_need_one_role_is_passed() {
    let mut data = two();
    data.needs[0].roles.push(Role::new(crate::model::Requirement::default()));
    let graph = graph(&data, false);
    assert_eq!((graph.count, graph.mark_count, graph.marks.as_slice()), (3, 2, &[0, 0, 1][..]));
    assert_eq!(graph.next[0], [2]);
}

#[test]
fn ways_may_lead_over_depots_where_that_is_quicker() {
    let mut data = two();
    let kind = good(&mut data, false);
    data.needs[0].goods = vec![supply(kind, 1, crate::model::Handling::Deliver)];
    data.volunteers[0].capacity = load(5);
    depot(&mut data, 3, &[(kind, None)]).service = Seconds(1);
    if let TravelRule::Matrix(matrix) = &mut data.profiles[0].rule {
        matrix.seconds[1] = 50;
    }
    assert_eq!(graph(&data, true).time(2, 0), 4 + 1 + 6);
    assert_eq!(graph(&data, true).time(0, 1), 15, "straight");
}
