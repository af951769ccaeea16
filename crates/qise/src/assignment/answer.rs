//! A cheapest assignment, and the proof that nothing is cheaper.

use super::side::{NOBODY, Side};
use super::{AssignmentProblem, options};

/// A cheapest assignment with its dual prices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assigned {
    /// The column of each row, nothing where the row is unserved.
    pub columns: Vec<Option<u32>>,
    /// Costs of the pairs plus the prices of unserved rows.
    pub objective: i64,
    /// What each row costs at the prices of the columns: the least of its unserved price and of `cost + price` over its pairs.
    pub row_costs: Vec<i64>,
    /// What each column is worth to those who want it, at least 0, and 0 where nobody takes it. A second one like it would
    /// lower the objective by at most this, and without it the objective would rise by at least this.
    pub prices: Vec<i64>,
}

/// Why an answer is not proven to be the cheapest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Disproof {
    /// Lists that do not have the size of the problem.
    #[error("the lists of the answer have another size than the problem")]
    Size,
    /// A row with a column that is not in its list, or forbidden.
    #[error("row {row} cannot take column {column}")]
    NotAPair {
        /// The row.
        row: usize,
        /// The column.
        column: u32,
    },
    /// A column taken twice.
    #[error("column {column} is taken twice")]
    TakenTwice {
        /// The column.
        column: u32,
    },
    /// A stated objective that is not the sum of what the answer costs.
    #[error("the answer costs {counted}, not {stated}")]
    Objective {
        /// What it states.
        stated: i64,
        /// What it costs.
        counted: i64,
    },
    /// A negative price, or one on a column that nobody takes.
    #[error("column {column} must not have the price {price}")]
    Price {
        /// The column.
        column: usize,
        /// Its price.
        price: i64,
    },
    /// A row cost above an alternative of the row, or not equal to what the row takes.
    #[error("row {row} is said to cost {cost}, against {other} for one of its choices")]
    RowCost {
        /// The row.
        row: usize,
        /// Its stated cost.
        cost: i64,
        /// Its choice's cost.
        other: i64,
    },
}

impl Assigned {
    /// Reads the answer off the two sides; the costs of pairs are looked up, not derived.
    pub(crate) fn new(
        problem: &AssignmentProblem,
        forbidden: &[(u32, u32)],
        rows: &Side,
        columns: Side,
    ) -> Self {
        let mut objective = 0;
        let mut partners = Vec::with_capacity(problem.rows());
        let mut row_costs = Vec::with_capacity(problem.rows());
        for (row, (&mate, &gain)) in rows.mate.iter().zip(&rows.value).enumerate() {
            let unserved = problem.unserved(row);
            row_costs.push(unserved - gain);
            let partner = (mate != NOBODY).then_some(mate);
            let cost = partner.and_then(|column| cost_of(problem, forbidden, row, column));
            objective += cost.unwrap_or(unserved);
            partners.push(partner);
        }
        Self { columns: partners, objective, row_costs, prices: columns.value }
    }

    /// How many rows are served.
    pub fn served(&self) -> usize {
        self.columns.iter().flatten().count()
    }

    /// Proves the answer in one pass over all pairs: it is an assignment, costs what it says, its prices are feasible for the
    /// dual problem, and every choice made is tight. So no other assignment is cheaper (complementary slackness).
    ///
    /// # Errors
    /// The first thing that does not hold.
    pub fn verify(&self, problem: &AssignmentProblem, forbidden: &[(u32, u32)]) -> Result<(), Disproof> {
        let sizes = [self.columns.len(), self.row_costs.len(), self.prices.len()];
        let forbidden = match options::sorted_forbidden(problem, forbidden) {
            Ok(sorted) if sizes == [problem.rows(), problem.rows(), problem.columns()] => sorted,
            _ => return Err(Disproof::Size),
        };
        let mut taken = vec![false; problem.columns()];
        let mut counted = 0_i64;
        for (row, (&column, &row_cost)) in self.columns.iter().zip(&self.row_costs).enumerate() {
            let differs = |other| Disproof::RowCost { row, cost: row_cost, other };
            let mut chosen = problem.unserved(row);
            if row_cost > chosen {
                return Err(differs(chosen));
            }
            for (other, cost) in allowed(problem, &forbidden, row) {
                let at_price = cost.saturating_add(self.prices[other as usize]);
                if row_cost > at_price {
                    return Err(differs(at_price));
                }
            }
            if let Some(column) = column {
                let Some(cost) = cost_of(problem, &forbidden, row, column) else {
                    return Err(Disproof::NotAPair { row, column });
                };
                if std::mem::replace(&mut taken[column as usize], true) {
                    return Err(Disproof::TakenTwice { column });
                }
                counted += cost;
                chosen = cost.saturating_add(self.prices[column as usize]);
            } else {
                counted += chosen;
            }
            if row_cost != chosen {
                return Err(differs(chosen));
            }
        }
        for (column, (&price, &taken)) in self.prices.iter().zip(&taken).enumerate() {
            if price < 0 || (price > 0 && !taken) {
                return Err(Disproof::Price { column, price });
            }
        }
        if counted == self.objective {
            Ok(())
        } else {
            Err(Disproof::Objective { stated: self.objective, counted })
        }
    }
}

/// The pairs of a row that are not forbidden.
fn allowed<'a>(
    problem: &'a AssignmentProblem,
    forbidden: &'a [(u32, u32)],
    row: usize,
) -> impl Iterator<Item = (u32, i64)> + 'a {
    problem
        .of(row)
        .filter(move |pair| forbidden.is_empty() || forbidden.binary_search(&(row as u32, pair.0)).is_err())
}

/// The least cost of a pair that is not forbidden.
fn cost_of(problem: &AssignmentProblem, forbidden: &[(u32, u32)], row: usize, column: u32) -> Option<i64> {
    allowed(problem, forbidden, row).filter(|pair| pair.0 == column).map(|pair| pair.1).min()
}
