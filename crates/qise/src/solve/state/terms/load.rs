//! The load of people: what they work against what they offered, squared, so that work is shared out.

/// The load of somebody who offered so much time and had worked `past`, once they have worked `now`: (now² − past²) / offered.
pub(crate) fn load(past: i64, now: i64, offered: i64) -> i64 {
    // In a form that fits 64 bits unless somebody works for centuries.
    match (now - past).checked_mul(now + past) {
        Some(growth) => growth / offered,
        None => i64::try_from(i128::from(now - past) * i128::from(now + past) / i128::from(offered))
            .unwrap_or(i64::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::load;

    #[test]
    fn the_load_grows_with_the_square_of_work() {
        assert_eq!(load(0, 10, 100), 1);
        assert_eq!(load(0, 20, 100), 4);
        assert_eq!(load(10, 20, 100), 3);
        assert_eq!(load(0, 1 << 40, 1 << 20), 1 << 60);
        assert_eq!(load(0, i64::MAX / 2, 1), i64::MAX);
    }
}
