//! What people call by its id, or by a name that no other has.

use qise::Problem;
use qise::model::{NeedId, VolunteerId};

/// The need with an id, or else the only one with this name.
pub fn need(problem: &Problem, words: &str) -> Option<NeedId> {
    meant(words, problem.needs().iter().map(|need| (need.key.as_str(), need.name.as_deref())))
        .map(NeedId::new)
}

/// The volunteer with an id, or else the only one with this name.
pub fn volunteer(problem: &Problem, words: &str) -> Option<VolunteerId> {
    let volunteers = problem.volunteers().iter().map(|who| (who.key.as_str(), who.name.as_deref()));
    meant(words, volunteers).map(VolunteerId::new)
}

fn meant<'e>(
    words: &str,
    entries: impl Iterator<Item = (&'e str, Option<&'e str>)> + Clone,
) -> Option<usize> {
    entries.clone().position(|(key, _)| key == words).or_else(|| {
        let mut named = entries.enumerate().filter(|(_, (_, name))| *name == Some(words));
        named.next().filter(|_| named.next().is_none()).map(|(number, _)| number)
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn ids_come_before_names_and_names_must_be_one() {
        let entries = [("a", Some("water")), ("b", Some("a")), ("c", Some("tea")), ("d", Some("tea"))];
        let meant = |words| super::meant(words, entries.iter().copied());
        assert_eq!(["a", "water", "tea", "e"].map(meant), [Some(0), Some(0), None, None]);
    }
}
