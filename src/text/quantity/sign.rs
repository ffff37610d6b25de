//! The signs of numbers: what is a minus, and what is a dash, a range or a long vowel.
//!
//! Departments write a negative number as −5.2%, ▲5.2%, △ 5.2% or マイナス5.2%, with whatever dash
//! their keyboard gives, ー among them. All of these are one thing. A dash between two numbers
//! (10–20), within a word or as the long vowel of a word (サーバー5台) is no minus.

use super::number::is_scale;
use super::unit;

/// Whether a number is below zero by its sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    Plus,
    Minus,
}

const WORD: &str = "マイナス";

/// Whether a character is a dash of any kind, or a long vowel that is used as one.
pub fn is_dash(c: char) -> bool {
    "-‐‑‒–—―−－ー─━".contains(c)
}

/// Whether a character stands between the two ends of a range.
pub fn is_range(c: char) -> bool {
    is_dash(c) || matches!(c, '～' | '〜' | '~')
}

/// Whether a text ends with a sign that stands between the two ends of a range.
pub fn ends_in_range(text: &str) -> bool {
    let Some(last) = text.chars().next_back().filter(|&c| is_range(c)) else { return false };
    text.strip_suffix(last).is_some_and(|before| !lengthens(before, last))
}

fn is_triangle(c: char) -> bool {
    matches!(c, '▲' | '△')
}

/// Whether a character may be the sign of a number behind it.
pub(super) fn may_be_sign(c: char) -> bool {
    is_dash(c) || is_triangle(c) || matches!(c, '+' | '＋')
}

/// The sign at the end of what stands before a number, and where it begins.
pub fn before_number(before: &str) -> Option<(usize, Sign)> {
    // A triangle is a sign at some distance too: the formats of Excel set it so.
    let near = before.trim_end_matches([' ', '　']);
    if let Some(rest) = near.strip_suffix(is_triangle) {
        // Two and more are put where a word is still to come.
        return (!rest.ends_with(is_triangle)).then_some((rest.len(), Sign::Minus));
    }
    if let Some(rest) = before.strip_suffix(WORD) {
        return Some((rest.len(), Sign::Minus));
    }
    let c = before.chars().next_back()?;
    let rest = before.strip_suffix(c)?;
    match c {
        '+' | '＋' => (!joins(rest)).then_some((rest.len(), Sign::Plus)),
        _ if is_dash(c) => {
            (!joins(rest) && !lengthens(rest, c)).then_some((rest.len(), Sign::Minus))
        }
        _ => None,
    }
}

/// Whether a dash behind this text joins it to what follows: it ends in a word or in a number with
/// its unit.
fn joins(before: &str) -> bool {
    let is_latin = |c: char| c.is_ascii_alphanumeric() || matches!(c, '０'..='９' | 'Ａ'..='ｚ');
    before.trim_end_matches(is_scale).ends_with(is_latin) || unit::without_unit(before) != before
}

/// Whether a dash is the long vowel of the word before it. A hyphen, a minus and a wave never are.
fn lengthens(before: &str, dash: char) -> bool {
    !matches!(dash, '-' | '−' | '－' | '～' | '〜' | '~')
        && before.ends_with(|c| matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_sign_is_told_from_a_dash() {
        for (before, sign) in [
            ("-", Some((0, Sign::Minus))),
            ("ー", Some((0, Sign::Minus))),
            ("‐", Some((0, Sign::Minus))),
            ("–", Some((0, Sign::Minus))),
            ("▲", Some((0, Sign::Minus))),
            ("△ ", Some((0, Sign::Minus))),
            ("マイナス", Some((0, Sign::Minus))),
            ("+", Some((0, Sign::Plus))),
            ("前年度比ー", Some((12, Sign::Minus))),
            ("(", None),
            ("サーバー", None),
            ("サーバ‐", None),
            ("10–", None),
            ("10件–", None),
            ("80万人ー", None),
            ("4月-", None),
            ("A-", None),
            ("▲▲", None),
            ("- ", None),
            ("", None),
        ] {
            assert_eq!(before_number(before), sign, "{before}");
        }
    }

    proptest! {
        #[test]
        fn every_dash_behind_a_word_of_kanji_is_a_minus(word in "[亜-煕]{0,4}", dash in "[-‐‑‒–—―−－ー]") {
            prop_assume!(unit::without_unit(&word) == word);
            let before = format!("{word}{dash}");
            prop_assert_eq!(before_number(&before), Some((word.len(), Sign::Minus)));
        }

        #[test]
        fn no_dash_behind_a_number_is_a_minus(number in "[0-9]{1,6}(万|億)?(人|件|%|か所)?", dash in "[-‐‑‒–—―−－ー～]") {
            prop_assert_eq!(before_number(&format!("{number}{dash}")), None);
        }
    }
}
