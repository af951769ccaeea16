//! "Did you mean": the known word nearest to one that is not known.

use qise::{Text, text};

/// Finds near words, within a budget, so that ten thousand mistyped references to ten thousand keys cost no hundred
/// million comparisons: the later ones then get no suggestion.
#[derive(Debug)]
pub struct Suggest {
    /// Cells of the edit-distance tables that may still be filled.
    budget: usize,
}

/// No suggestion for words longer than this.
const LONGEST: usize = 64;

impl Default for Suggest {
    fn default() -> Self {
        Self { budget: 20_000_000 }
    }
}

impl Suggest {
    /// The word nearest to `word`, if one is near; the first of several.
    pub fn closest<'k>(&mut self, word: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
        let length = word.chars().count();
        if length > LONGEST {
            return None;
        }
        let word = word.to_lowercase();
        let most = (length / 3).clamp(1, 3);
        let mut best: Option<(usize, &str)> = None;
        for candidate in known {
            // Compared by bytes first: a character takes at most four of them.
            if candidate.is_empty()
                || candidate.len() > 4 * LONGEST
                || candidate.len().abs_diff(word.len()) > 4 * most
            {
                self.budget = self.budget.saturating_sub(1);
                continue;
            }
            let Some(left) = self.budget.checked_sub((candidate.len() + 1) * (word.len() + 1)) else {
                break;
            };
            self.budget = left;
            let distance = strsim::osa_distance(&word, &candidate.to_lowercase());
            if distance <= most && best.is_none_or(|(least, _)| distance < least) {
                best = Some((distance, candidate));
            }
        }
        best.map(|(_, candidate)| candidate)
    }

    /// The suggestion as a hint; empty when no word is near.
    pub fn hint<'k>(&mut self, word: &str, known: impl Iterator<Item = &'k str>) -> Text {
        match self.closest(word, known) {
            Some(near) => text!("did you mean {near:?}?", "是否想写 {near:?}?"),
            None => Text::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_near_word() {
        let mut suggest = Suggest::default();
        let mut closest = |word, known: &[&'static str]| suggest.closest(word, known.iter().copied());
        assert_eq!(closest("servce", &["setup", "service", "windows"]), Some("service"));
        assert_eq!(closest("Female", &["male", "female"]), Some("female"));
        assert_eq!(closest("frist_aid", &["driving", "first_aid"]), Some("first_aid"));
        assert_eq!(closest("乌兰", &["乌云", "其木格"]), Some("乌云"));
        assert_eq!(closest("helicopter", &["car", "foot"]), None);
        assert_eq!(closest("", &["", "a"]), Some("a"));
    }

    #[test]
    fn stops_when_the_budget_is_spent() {
        let mut suggest = Suggest { budget: 100 };
        let known = (0..1000).map(|_| "abcdefgh").chain(["abcdefgx"]);
        assert_eq!(suggest.closest("abcdefgx", known), Some("abcdefgh"));
        assert_eq!(suggest.closest("abcdefgx", ["abcdefgx"].into_iter()), None);
    }
}
