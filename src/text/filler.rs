//! Signs that stand where words are still to come: 「○○課」「●●事業」.

/// Beside one of these, 〇 is the zero of a number written in kanji.
const KANJI_DIGITS: &str = "一二三四五六七八九十百千";

/// A sign that is written twice or more in place of a word.
fn is_sign(c: char) -> bool {
    matches!(c, '○' | '〇' | '◯' | '●' | '◎' | '□' | '■' | '△' | '▲' | '×' | '✕')
}

/// The first run of such a sign in a text.
pub fn filler(text: &str) -> Option<&str> {
    let mut from = 0;
    loop {
        let start = from + text.get(from..)?.find(is_sign)?;
        let (before, rest) = text.split_at_checked(start)?;
        let first = rest.chars().next()?;
        let (run, behind) = rest.split_at(rest.find(|c| c != first).unwrap_or(rest.len()));
        let is_digit = |c: Option<char>| c.is_some_and(|c| KANJI_DIGITS.contains(c));
        let is_zero = || {
            first == '〇'
                && (is_digit(before.chars().next_back()) || is_digit(behind.chars().next()))
        };
        if run.chars().nth(1).is_some() && !is_zero() {
            return Some(run);
        }
        from = start + run.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_that_stand_for_words_are_found() {
        for (text, run) in [
            ("○○手続のオンライン化", Some("○○")),
            ("事業（●●●）", Some("●●●")),
            ("〇〇課", Some("〇〇")),
            ("××%", Some("××")),
            ("二〇〇〇年", None),
            ("○ 利用できる\n× 利用できない", None),
            ("3×4", None),
            ("", None),
        ] {
            assert_eq!(filler(text), run, "{text}");
        }
    }
}
