//! Which method solves a problem: augmenting paths alone, or auctions before them.

use super::Warm;
use super::auction::auction;
use super::graph::{Compact, Graph, Saving};
use super::problem::AssignmentProblem;
use super::search::Search;
use super::side::{NOBODY, Side, settle};

/// Paths alone may look at so many edges, for each edge that there is. Where people are plentiful they need one or two.
const COLD_PATIENCE: usize = 2;
/// The same from an earlier answer, where few paths are missing, but each may be long.
const WARM_PATIENCE: usize = 16;
/// An earlier answer is worth starting auctions from when no more than one line in so many still waits for a place.
const FEW_WAITING: usize = 8;
/// The first increment of auctions is the largest saving divided by this.
const COLD_START: i64 = 4;
/// The same where they start from an earlier answer.
const WARM_START: i64 = 10_000;

/// Rows and columns at the optimum.
pub(crate) fn solve<S: Saving>(
    problem: &AssignmentProblem,
    forbidden: &[(u32, u32)],
    warm: Option<Warm<'_>>,
) -> (Side, Side) {
    let rows_see = Graph::<S>::new(problem, forbidden);
    let mut rows = Side::new(problem.rows());
    let mut columns = Side::new(problem.columns());
    let mut search = Search::new(problem.rows().max(problem.columns()));
    if let Some(warm) = warm {
        resume(problem, warm, &mut rows, &mut columns);
    }
    settle(&rows_see, &mut rows, &mut columns, 0);
    let patience = if warm.is_some() { WARM_PATIENCE } else { COLD_PATIENCE } * rows_see.edges();
    let mut columns_see = None;
    if search.place_all(&rows_see, &mut rows, &mut columns, patience) {
        // Only a warm start leaves columns that are dear though nobody takes them.
        if columns.waiting().is_empty() {
            return (rows, columns);
        }
        let see = columns_see.get_or_insert_with(|| rows_see.transposed(problem.columns()));
        if search.place_all(see, &mut columns, &mut rows, patience) {
            return (rows, columns);
        }
    }
    let columns_see = columns_see.unwrap_or_else(|| rows_see.transposed(problem.columns()));
    let compact = Compact::new(&rows_see, &columns_see);
    drop((rows_see, columns_see));
    let (row, column) = (&compact.row, &compact.column);
    let waiting = rows.waiting().len() + columns.waiting().len();
    let near = warm.is_some() && waiting * FEW_WAITING <= rows.mate.len() + columns.mate.len();
    let start = near.then(|| {
        let (row_number, column_number) = (inverse(row), inverse(column));
        (spread(&rows, &row_number, &column_number), spread(&columns, &column_number, &row_number))
    });
    let (rows, columns) = solve_scarce(&compact, problem.most_saving(), start, &mut search);
    (spread(&rows, row, column), spread(&columns, column, row))
}

/// Solves a problem in which many want the same: values from auctions, made exact by paths from both sides. Values near the
/// optimum to start from save the auctions with large increments.
pub(crate) fn solve_scarce<S: Saving>(
    compact: &Compact<S>,
    most_saving: i64,
    start: Option<(Side, Side)>,
    search: &mut Search,
) -> (Side, Side) {
    let first_increment = most_saving / if start.is_some() { WARM_START } else { COLD_START };
    let (mut rows, mut columns) =
        start.unwrap_or_else(|| (Side::new(compact.row.len()), Side::new(compact.column.len())));
    auction(&compact.rows, &compact.columns, &mut rows, &mut columns, first_increment);
    settle(&compact.rows, &mut rows, &mut columns, 0);
    search.place_all(&compact.rows, &mut rows, &mut columns, usize::MAX);
    search.place_all(&compact.columns, &mut columns, &mut rows, usize::MAX);
    (rows, columns)
}

/// Takes over what an earlier answer says, as far as it makes sense; [`settle`] parts the pairs that do not hold.
fn resume(problem: &AssignmentProblem, warm: Warm<'_>, rows: &mut Side, columns: &mut Side) {
    for (value, &price) in columns.value.iter_mut().zip(warm.prices) {
        *value = price.clamp(0, problem.most_saving());
    }
    for (row, column) in warm.columns.iter().enumerate() {
        if let Some(column) = *column
            && let Some(mate) = columns.mate.get_mut(column as usize)
            && *mate == NOBODY
        {
            *mate = row as u32;
            rows.mate[row] = column;
        }
    }
}

/// A side in other numbers: `own` and `other` list these for the lines of this side and of the other.
pub(crate) fn spread(side: &Side, own: &[u32], other: &[u32]) -> Side {
    let mut wide = Side::new(own.len());
    for (line, &original) in own.iter().enumerate() {
        wide.value[original as usize] = side.value[line];
        if let Some(&mate) = other.get(side.mate[line] as usize) {
            wide.mate[original as usize] = mate;
        }
    }
    wide
}

/// Where each number stands in a list of all.
fn inverse(list: &[u32]) -> Vec<u32> {
    let mut places = vec![0; list.len()];
    for (place, &number) in list.iter().enumerate() {
        places[number as usize] = place as u32;
    }
    places
}
