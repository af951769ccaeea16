//! What a matrix of times tells: whether it is symmetric, whether detours are never quicker, its shortest legs.

use crate::model::TravelMatrix;

/// Matrices up to this size are checked for the triangle inequality; the check takes size³ steps.
const CHECKED_SIZE: usize = 300;

pub(super) fn is_symmetric(table: &[u32], size: usize) -> bool {
    (0..size).all(|a| (0..a).all(|b| table[a * size + b] == table[b * size + a]))
}

pub(super) fn triangle_holds(seconds: &[u32], size: usize) -> bool {
    size <= CHECKED_SIZE
        && (0..size).all(|a| {
            (0..size).all(|via| {
                let first = u64::from(seconds[a * size + via]);
                (0..size).all(|b| {
                    a == b || u64::from(seconds[a * size + b]) <= first + u64::from(seconds[via * size + b])
                })
            })
        })
}

/// The metres of a matrix, where nobody goes none can.
pub(super) fn passable(matrix: &TravelMatrix) -> Vec<u32> {
    let entries = matrix.metres.iter().zip(&matrix.seconds);
    entries.map(|(&m, &s)| if s == TravelMatrix::NO_WAY { u32::MAX } else { m }).collect()
}

/// The shortest leg out of and into each row, to another row.
pub(super) fn least_legs(seconds: &[u32], size: usize) -> (Vec<u32>, Vec<u32>) {
    let others = |r: usize| (0..size).filter(move |&c| c != r);
    let out = (0..size).map(|r| others(r).map(|c| seconds[r * size + c]).min().unwrap_or(0)).collect();
    let into = (0..size).map(|c| others(c).map(|r| seconds[r * size + c]).min().unwrap_or(0)).collect();
    (out, into)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_looked_at_as_a_whole() {
        assert!(is_symmetric(&[0, 5, 5, 0], 2) && !is_symmetric(&[0, 5, 6, 0], 2));
        assert!(triangle_holds(&[0, 4, 6, 4, 0, 3, 6, 3, 0], 3));
        assert!(!triangle_holds(&[0, 4, 9, 4, 0, 3, 9, 3, 0], 3), "4 + 3 is quicker than 9");
        assert_eq!(least_legs(&[0, 4, 6, 5, 0, 3, 7, 2, 0], 3), (vec![4, 3, 2], vec![5, 2, 3]));
    }
}
