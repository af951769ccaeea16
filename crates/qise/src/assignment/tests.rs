use super::graph::{Compact, Graph};
use super::method::{solve_scarce, spread};
use super::search::Search;
use super::side::Side;
use super::*;
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

type Row = Vec<(u32, i64)>;

const MOST: i64 = AssignmentProblem::MOST_COST;

/// The least cost by trying every set of columns: rows one by one, the best for each set taken so far.
fn by_sets(problem: &AssignmentProblem, forbidden: &[(u32, u32)]) -> i64 {
    let mut best = vec![None; 1 << problem.columns()];
    best[0] = Some(0);
    for row in 0..problem.rows() {
        let mut after =
            best.iter().map(|cost| cost.map(|cost| cost + problem.unserved(row))).collect::<Vec<_>>();
        for (set, cost) in best.iter().enumerate().filter_map(|(set, cost)| cost.map(|cost| (set, cost))) {
            for (column, pair) in problem.of(row) {
                if set >> column & 1 == 0 && !forbidden.contains(&(row as u32, column)) {
                    let entry = &mut after[set | 1 << column];
                    *entry = Some(entry.map_or(cost + pair, |other: i64| other.min(cost + pair)));
                }
            }
        }
        best = after;
    }
    best.into_iter().flatten().min().unwrap()
}

/// The least cost by the plain Hungarian method on a dense matrix, one more column for each row that stays unserved.
fn by_matrix(problem: &AssignmentProblem, forbidden: &[(u32, u32)]) -> i64 {
    const NEVER: i64 = 1_000_000_000_000_000;
    let (n, m) = (problem.rows(), problem.columns() + problem.rows());
    let mut cost = vec![vec![NEVER; m + 1]; n + 1];
    for row in 0..n {
        for (column, pair) in problem.of(row).filter(|pair| !forbidden.contains(&(row as u32, pair.0))) {
            let entry = &mut cost[row + 1][column as usize + 1];
            *entry = pair.min(*entry);
        }
        cost[row + 1][problem.columns() + row + 1] = problem.unserved(row);
    }
    let (mut u, mut v) = (vec![0; n + 1], vec![0; m + 1]);
    let (mut mate, mut way) = (vec![0; m + 1], vec![0; m + 1]);
    for row in 1..=n {
        mate[0] = row;
        let (mut at, mut least, mut used) = (0, vec![i64::MAX; m + 1], vec![false; m + 1]);
        while mate[at] != 0 {
            used[at] = true;
            let (line, mut delta, mut next) = (mate[at], i64::MAX, 0);
            for j in (1..=m).filter(|&j| !used[j]) {
                let reduced = cost[line][j] - u[line] - v[j];
                if reduced < least[j] {
                    (least[j], way[j]) = (reduced, at);
                }
                if least[j] < delta {
                    (delta, next) = (least[j], j);
                }
            }
            for j in 0..=m {
                if used[j] {
                    u[mate[j]] += delta;
                    v[j] -= delta;
                } else if j > 0 {
                    least[j] -= delta;
                }
            }
            at = next;
        }
        while at != 0 {
            mate[at] = mate[way[at]];
            at = way[at];
        }
    }
    (1..=m).filter(|&j| mate[j] != 0).map(|j| cost[mate[j]][j]).sum()
}

/// Costs of many kinds: ties everywhere, negative, huge, all equal.
fn draw(rng: &mut Pcg64Mcg, kind: u32) -> i64 {
    match kind % 6 {
        0 => rng.random_range(0..3),
        1 => rng.random_range(-5..6),
        2 => rng.random_range(0..1000),
        3 => rng.random_range(-MOST..=MOST),
        4 => 7,
        _ => 10_i64.pow(rng.random_range(0..13)) - rng.random_range(0..2),
    }
}

/// A small problem and forbidden pairs; columns may be listed twice in a row.
fn small(rng: &mut Pcg64Mcg, most: usize) -> (AssignmentProblem, Vec<(u32, u32)>) {
    let (rows, columns) = (rng.random_range(0..=most), rng.random_range(0..=most));
    let (kind, degree) = (rng.random_range(0..6), rng.random_range(1..=columns.max(1)));
    let worth = rng.random_range(0..6);
    let mut problem = AssignmentProblem::new(columns).unwrap();
    for _ in 0..rows {
        let pairs = if columns == 0 { 0 } else { rng.random_range(0..=degree) };
        let pair = |_| (rng.random_range(0..columns as u32), draw(rng, kind));
        let pairs = (0..pairs).map(pair).collect::<Vec<_>>();
        let unserved = draw(rng, worth);
        problem.push_row(unserved, pairs).unwrap();
    }
    let mut forbidden = Vec::new();
    for row in 0..rows as u32 {
        if columns > 0 && rng.random_bool(0.2) {
            forbidden.push((row, rng.random_range(0..columns as u32)));
        }
    }
    if let Some(&pair) = forbidden.first() {
        forbidden.push(pair); // repeated, and out of order
    }
    (problem, forbidden)
}

/// Solves, proves, and gives the objective.
#[track_caller]
fn proven(problem: &AssignmentProblem, forbidden: &[(u32, u32)], warm: Option<Warm<'_>>) -> Assigned {
    let options = AssignOptions { forbidden, warm };
    let assigned = assign(problem, &options).unwrap();
    assert_eq!(assigned.verify(problem, forbidden), Ok(()), "{problem:?} {forbidden:?}");
    assert_eq!(assign(problem, &options).unwrap(), assigned);
    assigned
}

/// The method for scarce columns, however easy the problem is, from these prices of columns if any.
fn scarce(problem: &AssignmentProblem, forbidden: &[(u32, u32)], prices: Option<&[i64]>) -> Assigned {
    let sorted = options::sorted_forbidden(problem, forbidden).unwrap();
    let rows = Graph::<i64>::new(problem, &sorted);
    let compact = Compact::new(&rows, &rows.transposed(problem.columns()));
    let mut search = Search::new(problem.rows().max(problem.columns()));
    let start = prices.map(|prices| {
        let mut columns = Side::new(problem.columns());
        for (value, &old) in columns.value.iter_mut().zip(&compact.column) {
            *value = prices[old as usize].clamp(0, problem.most_saving());
        }
        (Side::new(problem.rows()), columns)
    });
    let (rows, columns) = solve_scarce(&compact, problem.most_saving(), start, &mut search);
    let rows = spread(&rows, &compact.row, &compact.column);
    Assigned::new(problem, &sorted, &rows, spread(&columns, &compact.column, &compact.row))
}

#[test]
fn agrees_with_all_sets_of_columns() {
    let mut rng = Pcg64Mcg::seed_from_u64(1);
    for _ in 0..6000 {
        let (problem, forbidden) = small(&mut rng, 7);
        let least = by_sets(&problem, &forbidden);
        assert_eq!(proven(&problem, &forbidden, None).objective, least, "{problem:?} {forbidden:?}");
        let other = scarce(&problem, &forbidden, None);
        assert_eq!(other.verify(&problem, &forbidden), Ok(()));
        assert_eq!(other.objective, least);
    }
}

#[test]
fn agrees_with_the_hungarian_method() {
    let mut rng = Pcg64Mcg::seed_from_u64(2);
    for _ in 0..1500 {
        let (problem, forbidden) = small(&mut rng, 28);
        let least = by_matrix(&problem, &forbidden);
        assert_eq!(proven(&problem, &forbidden, None).objective, least, "{problem:?} {forbidden:?}");
        assert_eq!(scarce(&problem, &forbidden, None).objective, least);
    }
}

#[test]
fn starts_anywhere_and_ends_at_the_optimum() {
    let mut rng = Pcg64Mcg::seed_from_u64(3);
    for _ in 0..4000 {
        let (problem, forbidden) = small(&mut rng, 12);
        let earlier = proven(&problem, &[], None);
        // Some pairs are forbidden now, and some rows have other prices and costs.
        let mut changed = AssignmentProblem::new(problem.columns()).unwrap();
        for row in 0..problem.rows() {
            let shift = if rng.random_bool(0.3) { rng.random_range(-3..4) } else { 0 };
            let bounded = |cost: i64| cost.clamp(3 - MOST, MOST - 3) + shift;
            let pairs = problem.of(row).map(|(column, cost)| (column, bounded(cost)));
            changed.push_row(bounded(problem.unserved(row)) - shift, pairs).unwrap();
        }
        let least = proven(&changed, &forbidden, None).objective;
        let nonsense =
            (0..problem.columns()).map(|_| rng.random_range(i64::MIN..=i64::MAX)).collect::<Vec<_>>();
        let anyone = (0..problem.rows()).map(|_| rng.random_bool(0.7).then(|| rng.random_range(0..9)));
        let anyone = anyone.collect::<Vec<_>>();
        for prices in [&earlier.prices, &nonsense] {
            let other = scarce(&changed, &forbidden, Some(prices));
            assert_eq!(other.verify(&changed, &forbidden), Ok(()));
            assert_eq!(other.objective, least);
        }
        for warm in [
            Warm { prices: &earlier.prices, columns: &earlier.columns },
            Warm { prices: &earlier.prices, columns: &[] },
            Warm { prices: &[], columns: &earlier.columns },
            Warm { prices: &nonsense, columns: &anyone },
        ] {
            assert_eq!(proven(&changed, &forbidden, Some(warm)).objective, least, "{changed:?} {warm:?}");
        }
    }
}

/// So many pairs with columns below `m` and costs below `costs`.
fn any(rng: &mut Pcg64Mcg, m: u32, count: u32, costs: i64) -> Row {
    (0..count).map(|_| (rng.random_range(0..m), rng.random_range(0..costs))).collect()
}

/// Families that are hard for one method or another; each ends, in time, with a proof.
#[test]
fn hard_families_end_with_a_proof() {
    let (n, mut rng) = (3000_u32, Pcg64Mcg::seed_from_u64(4));
    let m = n * 6 / 10;
    let mut check = |columns: u32, row: &mut dyn FnMut(&mut Pcg64Mcg, u32) -> (i64, Row)| {
        let mut problem = AssignmentProblem::new(columns as usize).unwrap();
        for i in 0..n {
            let (price, pairs) = row(&mut rng, i);
            problem.push_row(price, pairs).unwrap();
        }
        let assigned = proven(&problem, &[], None);
        let warm = Warm { prices: &assigned.prices, columns: &assigned.columns };
        assert_eq!(proven(&problem, &[], Some(warm)).objective, assigned.objective);
        for prices in [None, Some(&assigned.prices[..])] {
            assert_eq!(scarce(&problem, &[], prices).objective, assigned.objective);
        }
        // Half of those served lose what they have.
        let served =
            assigned.columns.iter().enumerate().filter_map(|(row, column)| Some((row as u32, (*column)?)));
        let lost = served.step_by(2).collect::<Vec<_>>();
        assert_eq!(proven(&problem, &lost, Some(warm)).objective, proven(&problem, &lost, None).objective);
    };
    check(m, &mut |rng, _| (9, any(rng, m, 20, 1))); // all equal
    check(m, &mut |rng, i| (20_000 * i64::from(1 + i % 10), any(rng, m, 20, 1))); // priorities only
    check(m, &mut |rng, _| (4, any(rng, m, 20, 3))); // ties everywhere
    check(m, &mut |rng, _| (MOST, any(rng, m, 20, MOST))); // savings that need 64 bits
    check(1, &mut |rng, _| (1000, any(rng, 1, 2, 1000))); // one column for all
    check(n, &mut |rng, _| (10_000, [vec![(0, 0)], any(rng, n, 2, 5000)].concat())); // one that all like best
    check(n + 1, &mut |_, i| (1000, vec![(i, 1), (i + 1, 1)])); // chains
    check(n, &mut |_, i| (MOST, vec![(i, i64::from(i)), ((i + 1) % n, 2 * i64::from(i))]));
    check(n, &mut |_, i| (MOST, vec![(n - 1 - i, 0), ((n - i) % n, 0), (0, 1)]));
    check(60, &mut |rng, i| {
        (5000, (0..60).map(|j| (j, i64::from((i + 1) * (j + 1)) + rng.random_range(0..2))).collect())
    });
}

#[test]
fn empty_problems_and_rows_without_pairs() {
    let empty = AssignmentProblem::new(0).unwrap();
    assert_eq!(proven(&empty, &[], None).objective, 0);
    let mut problem = AssignmentProblem::new(3).unwrap();
    problem.push_row(-4, []).unwrap();
    problem.push_row(6, []).unwrap();
    let assigned = proven(&problem, &[], None);
    assert_eq!((assigned.objective, assigned.served(), assigned.prices), (2, 0, vec![0; 3]));
}

#[test]
fn a_row_stays_unserved_when_that_is_cheaper_and_of_equal_columns_the_cheaper_counts() {
    let mut problem = AssignmentProblem::new(2).unwrap();
    problem.push_row(3, [(0, 4)]).unwrap();
    problem.push_row(3, [(1, 3)]).unwrap(); // saves nothing
    problem.push_row(3, [(1, 2), (1, -2), (1, 9)]).unwrap();
    let assigned = proven(&problem, &[], None);
    assert_eq!((assigned.columns, assigned.objective), (vec![None, None, Some(1)], 4));
}

#[test]
fn lists_give_the_same_problem_as_rows() {
    let mut rows = AssignmentProblem::new(4).unwrap();
    rows.push_row(10, [(3, 1), (0, 2)]).unwrap();
    rows.push_row(11, []).unwrap();
    rows.push_row(12, [(2, -5)]).unwrap();
    let lists =
        AssignmentProblem::from_lists(4, &[0, 2, 2, 3], vec![3, 0, 2], vec![1, 2, -5], vec![10, 11, 12]);
    assert_eq!(lists, Ok(rows));
}

#[test]
fn bad_input_is_refused_with_its_place() {
    use AssignmentError as E;
    let lists = |first: &[usize], column: Vec<u32>, cost: Vec<i64>, unserved: Vec<i64>| {
        AssignmentProblem::from_lists(2, first, column, cost, unserved).unwrap_err()
    };
    let length = |what, found, expected| E::Length { what, found, expected };
    assert_eq!(lists(&[], vec![], vec![], vec![]), length("first", 0, 1));
    assert_eq!(lists(&[0, 1], vec![0], vec![], vec![1]), length("cost", 0, 1));
    assert!(matches!(lists(&[1, 1], vec![0], vec![0], vec![1]), E::Length { .. }));
    assert_eq!(lists(&[0, 2, 1], vec![0], vec![0], vec![1, 1]), E::RowReversed { row: 1, start: 2, end: 1 });
    assert_eq!(lists(&[0, 5], vec![0], vec![0], vec![1]), length("column", 1, 5));
    let column = E::NoSuchColumn { row: 0, pair: 0, column: 2, columns: 2 };
    assert_eq!(lists(&[0, 1], vec![2], vec![0], vec![1]), column);
    let most = AssignmentProblem::MOST_LINES;
    let many = E::TooMany { what: "columns", count: most + 1, most };
    assert_eq!(AssignmentProblem::new(most + 1), Err(many));

    let mut problem = AssignmentProblem::new(2).unwrap();
    problem.push_row(5, [(0, 1)]).unwrap();
    let before = problem.clone();
    let cost = E::CostRange { row: 1, pair: 1, cost: MOST + 1 };
    assert_eq!(problem.push_row(5, [(0, 1), (1, MOST + 1)]), Err(cost));
    assert_eq!(problem.push_row(i64::MIN, []), Err(E::PriceRange { row: 1, price: i64::MIN }));
    assert_eq!(problem, before);

    let refused =
        |forbidden: &[(u32, u32)], warm| assign(&problem, &AssignOptions { forbidden, warm }).unwrap_err();
    let pair = E::Forbidden { index: 1, row: 1, column: 0, rows: 1, columns: 2 };
    assert_eq!(refused(&[(0, 1), (1, 0)], None), pair);
    let warm = Warm { prices: &[1], columns: &[] };
    assert_eq!(refused(&[], Some(warm)), length("warm.prices", 1, 2));
    let warm = Warm { prices: &[], columns: &[None, None] };
    assert_eq!(refused(&[], Some(warm)), length("warm.columns", 2, 1));
    assert!(refused(&[(9, 9)], None).to_string().contains("(9, 9)"));
}

/// Every kind of change to a proven answer is noticed.
#[test]
fn what_is_not_optimal_is_disproved() {
    let mut problem = AssignmentProblem::new(3).unwrap();
    problem.push_row(50, [(0, 5), (1, 9)]).unwrap();
    problem.push_row(50, [(0, 7)]).unwrap();
    problem.push_row(3, [(2, 8)]).unwrap();
    let good = proven(&problem, &[], None);
    let bad = |change: &dyn Fn(&mut Assigned)| {
        let mut bad = good.clone();
        change(&mut bad);
        bad.verify(&problem, &[]).unwrap_err()
    };
    assert_eq!(bad(&|a| a.columns[0] = Some(2)), Disproof::NotAPair { row: 0, column: 2 });
    assert!(matches!(
        bad(&|a| a.columns[0] = Some(0)),
        Disproof::RowCost { .. } | Disproof::TakenTwice { .. }
    ));
    assert!(matches!(bad(&|a| a.columns[1] = None), Disproof::RowCost { row: 1, .. }));
    assert!(matches!(bad(&|a| a.columns[2] = Some(2)), Disproof::RowCost { row: 2, .. }));
    assert_eq!(
        bad(&|a| a.objective += 1),
        Disproof::Objective { stated: good.objective + 1, counted: good.objective }
    );
    assert_eq!(bad(&|a| a.prices[2] = 1), Disproof::Price { column: 2, price: 1 });
    assert_eq!(bad(&|a| a.prices[2] = -1), Disproof::Price { column: 2, price: -1 });
    assert!(matches!(bad(&|a| a.prices[0] = i64::MAX), Disproof::RowCost { .. }));
    assert!(matches!(bad(&|a| a.prices[0] = i64::MIN), Disproof::RowCost { .. }));
    assert!(matches!(bad(&|a| a.row_costs[0] -= 1), Disproof::RowCost { row: 0, .. }));
    assert_eq!(bad(&|a| a.prices.truncate(1)), Disproof::Size);
    assert!(good.verify(&problem, &[(0, 1)]).is_err());
}
