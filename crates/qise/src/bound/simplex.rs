//! Prices from a linear program that grows column by column: the primal simplex method with the inverse of the basis kept as a whole.
//!
//! Its answers are prices to try, no more: a bound is reckoned from them in whole numbers, and is true of any prices. So it may stop
//! early, and small errors harm nothing. Right-hand sides are shifted by tiny amounts, all different, against standing still.

/// Costs less than this are none.
const HAIR: f64 = 1e-7;
/// Pivots until the inverse is made anew.
const REFRESH: usize = 400;

/// A column: what it costs, and its entries.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) cost: f64,
    pub(super) entries: Vec<(u32, f64)>,
}

/// min Σ cost · x, Σ entries · x = right-hand side, x ≥ 0, from a basis that is the unit matrix.
#[derive(Clone, Debug)]
pub(super) struct Program {
    rows: usize,
    right: Vec<f64>,
    pub(super) columns: Vec<Column>,
    /// The column of each row.
    basis: Vec<usize>,
    is_basic: Vec<bool>,
    /// Row by row.
    inverse: Vec<f64>,
    values: Vec<f64>,
    pivots: usize,
}

impl Program {
    /// A program whose first columns, one a row, are a unit matrix with these costs.
    pub(super) fn new(right: &[f64], costs: &[f64]) -> Self {
        let rows = right.len();
        let columns = costs.iter().enumerate();
        let columns = columns.map(|(row, &cost)| Column { cost, entries: vec![(row as u32, 1.0)] }).collect();
        // Multiples of the golden ratio are spread evenly and all different.
        let shift = |row: usize| 1e-5 * (0.5 + (row as f64 * 0.618_033_988_749_894_9).fract());
        let right = right.iter().enumerate().map(|(row, value)| value + shift(row)).collect::<Vec<_>>();
        let mut program = Self {
            rows,
            values: right.clone(),
            right,
            columns,
            basis: (0..rows).collect(),
            is_basic: vec![true; rows],
            inverse: vec![0.0; rows * rows],
            pivots: 0,
        };
        for row in 0..rows {
            program.inverse[row * rows + row] = 1.0;
        }
        program
    }

    pub(super) fn add(&mut self, column: Column) {
        self.columns.push(column);
        self.is_basic.push(false);
    }

    /// The prices of the rows.
    pub(super) fn prices(&self) -> Vec<f64> {
        let mut prices = vec![0.0; self.rows];
        for (row, &column) in self.basis.iter().enumerate() {
            let cost = self.columns[column].cost;
            if cost != 0.0 {
                let line = &self.inverse[row * self.rows..(row + 1) * self.rows];
                for (price, entry) in prices.iter_mut().zip(line) {
                    *price += cost * entry;
                }
            }
        }
        prices
    }

    /// What the basis costs.
    #[cfg(test)]
    pub(super) fn cost(&self) -> f64 {
        self.basis.iter().zip(&self.values).map(|(&column, value)| self.columns[column].cost * value).sum()
    }

    /// The columns of the basis with their values.
    pub(super) fn solution(&self) -> impl Iterator<Item = (usize, f64)> + '_ {
        self.basis.iter().copied().zip(self.values.iter().copied())
    }

    /// Pivots until no column costs less than its entries are worth, or `most` pivots are made.
    pub(super) fn solve(&mut self, most: usize, stop: &dyn Fn() -> bool) {
        let size = self.columns.iter().map(|column| column.cost.abs()).fold(1.0, f64::max);
        for pivot in 0..most {
            if pivot % 16 == 0 && stop() {
                return;
            }
            let prices = self.prices();
            let mut enters: Option<(f64, usize)> = None;
            for (number, column) in self.columns.iter().enumerate() {
                if self.is_basic[number] {
                    continue;
                }
                let worth: f64 =
                    column.entries.iter().map(|&(row, entry)| prices[row as usize] * entry).sum();
                let reduced = column.cost - worth;
                if reduced < -HAIR * size.min(1.0 + column.cost.abs() * 10.0)
                    && enters.is_none_or(|best| reduced < best.0)
                {
                    enters = Some((reduced, number));
                }
            }
            let Some((_, enters)) = enters else { return };
            if !self.pivot(enters) {
                return;
            }
        }
    }

    /// Brings a column into the basis; false where that has no end.
    fn pivot(&mut self, enters: usize) -> bool {
        let rows = self.rows;
        let mut direction = vec![0.0; rows];
        for &(row, entry) in &self.columns[enters].entries {
            for (line, value) in direction.iter_mut().enumerate() {
                *value += self.inverse[line * rows + row as usize] * entry;
            }
        }
        let mut leaves: Option<(f64, f64, usize)> = None;
        for (row, &by) in direction.iter().enumerate() {
            if by > 1e-8 {
                let ratio = self.values[row].max(0.0) / by;
                // Of equal ratios the largest pivot.
                let better = leaves.is_none_or(|(least, pivot, _)| {
                    ratio < least - 1e-12 || (ratio <= least + 1e-12 && by > pivot)
                });
                if better {
                    leaves = Some((ratio, by, row));
                }
            }
        }
        let Some((ratio, pivot, row)) = leaves else { return false };
        let mut line = self.inverse[row * rows..(row + 1) * rows].to_vec();
        for entry in &mut line {
            *entry /= pivot;
        }
        for (other, &by) in direction.iter().enumerate() {
            if other != row && by != 0.0 {
                let own = &mut self.inverse[other * rows..(other + 1) * rows];
                for (entry, change) in own.iter_mut().zip(&line) {
                    *entry -= by * change;
                }
                self.values[other] = (self.values[other] - by * ratio).max(0.0);
            }
        }
        self.inverse[row * rows..(row + 1) * rows].copy_from_slice(&line);
        self.values[row] = ratio;
        self.is_basic[self.basis[row]] = false;
        self.basis[row] = enters;
        self.is_basic[enters] = true;
        self.pivots += 1;
        if self.pivots.is_multiple_of(REFRESH) {
            self.refresh();
        }
        true
    }

    /// Makes the inverse anew by elimination, where the basis allows.
    fn refresh(&mut self) {
        let rows = self.rows;
        let mut matrix = vec![0.0; rows * rows];
        for (place, &column) in self.basis.iter().enumerate() {
            for &(row, entry) in &self.columns[column].entries {
                matrix[row as usize * rows + place] += entry;
            }
        }
        let mut inverse = vec![0.0; rows * rows];
        for row in 0..rows {
            inverse[row * rows + row] = 1.0;
        }
        for step in 0..rows {
            let size = |row: &usize| matrix[row * rows + step].abs();
            let Some(best) = (step..rows).max_by(|a, b| size(a).total_cmp(&size(b))) else { return };
            if matrix[best * rows + step].abs() < 1e-10 {
                return;
            }
            if best != step {
                for column in 0..rows {
                    matrix.swap(best * rows + column, step * rows + column);
                    inverse.swap(best * rows + column, step * rows + column);
                }
            }
            let pivot = matrix[step * rows + step];
            for column in 0..rows {
                matrix[step * rows + column] /= pivot;
                inverse[step * rows + column] /= pivot;
            }
            let (line, own) = (
                matrix[step * rows..(step + 1) * rows].to_vec(),
                inverse[step * rows..(step + 1) * rows].to_vec(),
            );
            for row in (0..rows).filter(|&row| row != step) {
                let by = matrix[row * rows + step];
                if by != 0.0 {
                    for column in step..rows {
                        matrix[row * rows + column] -= by * line[column];
                    }
                    for column in 0..rows {
                        inverse[row * rows + column] -= by * own[column];
                    }
                }
            }
        }
        for row in 0..rows {
            let line = &inverse[row * rows..(row + 1) * rows];
            self.values[row] =
                line.iter().zip(&self.right).map(|(entry, right)| entry * right).sum::<f64>().max(0.0);
        }
        self.inverse = inverse;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_program_is_solved_with_its_prices() {
        // min 3x + 2y + 4z with x + z = 2, y + z = 3: z = 2, y = 1, prices 2 and 2.
        let mut program = Program::new(&[2.0, 3.0], &[100.0, 100.0]);
        for (cost, entries) in [(3.0, vec![(0, 1.0)]), (2.0, vec![(1, 1.0)]), (4.0, vec![(0, 1.0), (1, 1.0)])]
        {
            program.add(Column { cost, entries });
        }
        program.solve(100, &|| false);
        assert!((program.cost() - 10.0).abs() < 1e-3, "{}", program.cost());
        let prices = program.prices();
        assert!((prices[0] - 2.0).abs() < 1e-6 && (prices[1] - 2.0).abs() < 1e-6, "{prices:?}");
        program.refresh();
        assert!((program.cost() - 10.0).abs() < 1e-3);
    }
}
