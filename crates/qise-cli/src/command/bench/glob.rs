//! Names that match a pattern.

/// Whether `name` matches `pattern`, in which `*` stands for anything and `?` for one character.
pub(super) fn matches(pattern: &str, name: &str) -> bool {
    let (pattern, name) = (pattern.chars().collect::<Vec<_>>(), name.chars().collect::<Vec<_>>());
    let (mut p, mut n) = (0, 0);
    // The last star, and where the name stood when it was met: on a mismatch the star takes one character more.
    let mut star = None;
    while n < name.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, n));
                p += 1;
            }
            Some(&c) if c == '?' || c == name[n] => (p, n) = (p + 1, n + 1),
            _ => match star {
                Some((at, from)) => {
                    star = Some((at, from + 1));
                    (p, n) = (at + 1, from + 1);
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|&c| c == '*')
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn stars_and_question_marks() {
        for (pattern, name, expected) in [
            ("C101", "C101", true),
            ("C101", "C1010", false),
            ("C1*", "C101", true),
            ("*_10_*", "RC1_10_2", true),
            ("R?1?", "R101", false),
            ("?10?", "R101", true),
            ("*", "", true),
            ("a*b*c", "a/bb/bc", true),
            ("a*b*c", "a/bb/b", false),
            ("沙*", "沙漠", true),
        ] {
            assert_eq!(matches(pattern, name), expected, "{pattern} {name}");
        }
    }
}
