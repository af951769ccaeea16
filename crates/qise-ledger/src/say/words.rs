//! Words as people type them: full-width signs, stray spaces, lists in a cell, numbers in Chinese.

use std::borrow::Cow;

/// The text with full-width signs and digits made plain, and without blanks around it. Names are kept as they stand; what is
/// read, and what is looked up, goes by this.
pub(crate) fn plain(words: &str) -> Cow<'_, str> {
    let words = words.trim_matches(is_blank);
    if words.is_ascii() {
        return Cow::Borrowed(words);
    }
    let sign = |c: char| match c {
        '\u{3000}' | '\u{a0}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{301c}' => '~',
        '\u{2013}' | '\u{2014}' | '\u{2015}' | '\u{2212}' => '-',
        '。' => '.',
        _ => c,
    };
    Cow::Owned(words.chars().map(sign).collect())
}

/// A heading, or the name of a sheet, as it is compared: plain, in small letters, without blanks and signs within.
pub(crate) fn folded(words: &str) -> String {
    let words = plain(words);
    let kept = words.chars().filter(|c| !is_blank(*c) && !matches!(c, '_' | '-' | '*' | ':' | '.'));
    kept.flat_map(char::to_lowercase).collect()
}

pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}')
}

/// Ends each value of a real list, of which the values may hold any sign that people part values by.
pub(crate) const NEXT: char = '\u{1f}';

/// The values of a cell that holds several. Commas within brackets do not part them.
pub(crate) fn listed(words: &str) -> Vec<&str> {
    if words.contains(NEXT) {
        return words
            .split(NEXT)
            .map(|part| part.trim_matches(is_blank))
            .filter(|part| !part.is_empty())
            .collect();
    }
    let mut depth = 0_usize;
    let parts = words.split(|c: char| {
        match c {
            '(' | '\u{ff08}' | '[' | '\u{3010}' => depth += 1,
            ')' | '\u{ff09}' | ']' | '\u{3011}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && matches!(c, '、' | ',' | '\u{ff0c}' | ';' | '\u{ff1b}' | '\n' | '\r' | '|')
    });
    parts.map(|part| part.trim_matches(is_blank)).filter(|part| !part.is_empty()).collect()
}

/// A number in digits or in Chinese: `1,200`, `2.5`, `两`, `十二`, `二十三`, `一百`.
pub(crate) fn number(words: &str) -> Option<f64> {
    let words = plain(words);
    let digits = words.replace([',', ' '], "");
    let is_number =
        |words: &str| words.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+'));
    if !digits.is_empty() && is_number(&digits) {
        return digits.parse::<f64>().ok().filter(|number| number.is_finite());
    }
    chinese(&words)
}

/// A whole number below 1,000 in Chinese; `半` is a half.
fn chinese(words: &str) -> Option<f64> {
    if words == "半" {
        return Some(0.5);
    }
    let (mut sum, mut last) = (0_u32, None::<u32>);
    for c in words.chars() {
        match c {
            '十' => sum += last.take().unwrap_or(1) * 10,
            '百' => sum += last.take()? * 100,
            '零' | '〇' if last.is_none() => {}
            _ => {
                let digit = "一二三四五六七八九".chars().position(|digit| digit == c);
                let digit = if c == '两' { Some(1) } else { digit };
                if last.replace(digit? as u32 + 1).is_some() {
                    return None;
                }
            }
        }
    }
    let all = sum + last.unwrap_or(0);
    (all > 0).then_some(f64::from(all))
}

/// The number at the beginning of a text, in digits or in Chinese, and what follows it.
pub(crate) fn leading_number(words: &str) -> Option<(f64, &str)> {
    let is_digit = |c: char| c.is_ascii_digit() || c == '.';
    let is_chinese = |c: char| "一二三四五六七八九两十百零半".contains(c);
    let end_of = |is: &dyn Fn(char) -> bool| words.find(|c| !is(c)).unwrap_or(words.len());
    let end = match end_of(&is_digit) {
        0 => end_of(&is_chinese),
        end => end,
    };
    let (head, rest) = words.split_at(end);
    Some((number(head.trim_end_matches('.'))?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_become_plain() {
        assert_eq!(plain("  11月24日 9:00~11:30 "), "11月24日 9:00~11:30");
        assert_eq!(folded(" 经 度* "), "经度");
        assert_eq!(folded("Time_Zone"), "timezone");
    }

    #[test]
    fn a_cell_holds_several() {
        assert_eq!(listed("护理2级、 蒙古语;陪诊(含接,送)"), ["护理2级", "蒙古语", "陪诊(含接,送)"]);
        assert_eq!(listed(" 、,"), [""; 0]);
        assert_eq!(listed("护理队、一组\u{1f}车队\u{1f}"), ["护理队、一组", "车队"]);
    }

    #[test]
    fn numbers_are_read() {
        for (words, value) in [
            ("1,200", 1200.0),
            ("2.5", 2.5),
            ("两", 2.0),
            ("十二", 12.0),
            ("二十三", 23.0),
            ("一百零五", 105.0),
            ("半", 0.5),
        ] {
            assert_eq!(number(words), Some(value), "{words}");
        }
        for words in ["", "多", "1.2.3", "一二", "百"] {
            assert_eq!(number(words), None, "{words}");
        }
        assert_eq!(leading_number("二级"), Some((2.0, "级")));
        assert_eq!(leading_number("20捆"), Some((20.0, "捆")));
        assert_eq!(leading_number("捆"), None);
    }
}
