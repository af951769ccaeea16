//! Lists of things with numbers: `护理2级、蒙古语`, `饲草20捆;轮椅1`, `座位2`.

use super::words::{is_blank, leading_number, plain};

/// A thing and its number, as a cell names them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Counted<'w> {
    /// What it is, as it stands there.
    pub(crate) name: &'w str,
    pub(crate) number: Option<f64>,
    /// What follows the number: a unit, or nothing.
    pub(crate) unit: &'w str,
    /// What stands in brackets behind it, without them: until when, or how much.
    pub(crate) note: Option<&'w str>,
}

/// Takes one entry of a list apart. `is_known` tells names, which may hold digits and brackets themselves.
pub(crate) fn counted<'w>(entry: &'w str, is_known: &impl Fn(&str) -> bool) -> Counted<'w> {
    let entry = entry.trim_matches(is_blank);
    let whole = |name| Counted { name, number: None, unit: "", note: None };
    if is_known(entry) {
        return whole(entry);
    }
    let (body, note) = bracketed(entry).unwrap_or((entry, None));
    if note.is_some() && is_known(body) {
        return noted(whole(body), note);
    }
    noted(numbered(body, is_known), note)
}

/// A number in brackets is the number, and anything else a note.
fn noted<'w>(counted: Counted<'w>, note: Option<&'w str>) -> Counted<'w> {
    let Some(note) = note else { return counted };
    match leading_number(note).filter(|(_, unit)| counted.number.is_none() && is_unit(unit)) {
        Some((number, unit)) => Counted { number: Some(number), unit, ..counted },
        None => Counted { note: Some(note), ..counted },
    }
}

/// Whether what follows a number is a unit: 级, 捆, but no date.
fn is_unit(words: &str) -> bool {
    words.chars().count() <= 3
        && !words.contains(|c: char| c.is_ascii_digit() || "年月日-/.一二三四五六七八九十".contains(c))
}

/// What stands before brackets at the end, and what within.
fn bracketed(entry: &str) -> Option<(&str, Option<&str>)> {
    let inner = entry.strip_suffix([')', '\u{ff09}'])?;
    let open = inner.rfind(['(', '\u{ff08}'])?;
    let within = inner[open..].trim_start_matches(['(', '\u{ff08}']);
    Some((inner[..open].trim_end_matches(is_blank), Some(within)))
}

/// A name and the number behind it: the longest name that is known, else all before the last number.
fn numbered<'w>(body: &'w str, is_known: &impl Fn(&str) -> bool) -> Counted<'w> {
    let mut best = None;
    for (at, c) in body.char_indices().skip(1) {
        let (name, rest) = body.split_at(at);
        let starts = c.is_ascii_digit()
            || ('\u{ff10}'..='\u{ff19}').contains(&c)
            || "一二三四五六七八九两十百".contains(c);
        let joins = |c: char| is_blank(c) || matches!(c, ':' | '\u{ff1a}' | 'x' | 'X' | '×' | '*' | '=');
        if !starts && !joins(c) {
            continue;
        }
        let (name, rest) = (name.trim_end_matches(joins), rest.trim_start_matches(joins));
        let Some((number, unit)) = parsed(rest) else { continue };
        let found = Counted { name, number: Some(number), unit, note: None };
        if is_known(name) {
            return found;
        }
        // of names that nobody knows, what is before all digits of the last number
        best = best.or(Some(found));
    }
    best.unwrap_or(Counted { name: body, number: None, unit: "", note: None })
}

/// A number with its unit, and nothing else.
fn parsed(words: &str) -> Option<(f64, &str)> {
    let end = words
        .find(|c: char| !(c.is_ascii_digit() || ('\u{ff10}'..='\u{ff19}').contains(&c) || c == '.'))
        .unwrap_or(words.len());
    let (head, rest) = if end == 0 {
        let (_, rest) = leading_number(words)?;
        words.split_at(words.len() - rest.len())
    } else {
        words.split_at(end)
    };
    let unit = rest.trim_matches(is_blank);
    let number = leading_number(&plain(head))?.0;
    is_unit(unit).then_some((number, unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(entry: &str, known: &[&str]) -> String {
        let Counted { name, number, unit, note } = counted(entry, &|name: &str| known.contains(&name));
        format!("{name}|{}|{unit}|{}", number.map(|n| n.to_string()).unwrap_or_default(), note.unwrap_or(""))
    }

    #[test]
    fn entries_are_taken_apart() {
        for (entry, parts) in [
            ("护理2级", "护理|2|级|"),
            ("护理二级", "护理|2|级|"),
            ("护理(2级)", "护理|2|级|"),
            ("护理(2)", "护理|2||"),
            ("蒙古语", "蒙古语|||"),
            ("饲草 20 捆", "饲草|20|捆|"),
            ("饲草×20", "饲草|20||"),
            ("care: 2", "care|2||"),
            ("护士执业证(至2027-03-31)", "护士执业证|||至2027-03-31"),
            ("饲草20", "饲草|20||"),
        ] {
            assert_eq!(told(entry, &[]), parts, "{entry}");
        }
    }

    #[test]
    fn names_that_are_known_are_names() {
        assert_eq!(told("depot-1", &["depot-1"]), "depot-1|||");
        assert_eq!(told("depot-1 3", &["depot-1"]), "depot-1|3||");
        assert_eq!(told("B2型泵1台", &["B2型泵"]), "B2型泵|1|台|");
        assert_eq!(told("蒙古语(1 日常)", &["蒙古语(1 日常)"]), "蒙古语(1 日常)|||");
        assert_eq!(told("三轮车", &["三轮车"]), "三轮车|||");
    }
}
