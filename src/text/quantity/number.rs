//! Numbers as they are written: 「1,815」「3.9364万」「1億2,000万」, read without rounding.

use super::is_digit;
use super::sign::{Sign, before_number, may_be_sign};

/// A decimal number, exactly: `digits` × 10^`exponent`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    digits: i128,
    exponent: i32,
}

impl Decimal {
    const ZERO: Self = Self { digits: 0, exponent: 0 };

    /// The nearest floating-point number; `None` where it is larger than any.
    pub fn to_f64(self) -> Option<f64> {
        // The parser of the standard library rounds correctly; a product of floats would not.
        let number: f64 = format!("{}e{}", self.digits, self.exponent).parse().ok()?;
        number.is_finite().then_some(number)
    }

    fn scaled(self, power: i32) -> Self {
        Self { exponent: self.exponent + power, ..self }
    }

    fn plus(self, other: Self) -> Option<Self> {
        let exponent = self.exponent.min(other.exponent);
        let lift = |d: Self| {
            let power = u32::try_from(d.exponent - exponent).ok()?;
            d.digits.checked_mul(10i128.checked_pow(power)?)
        };
        Some(Self { digits: lift(self)?.checked_add(lift(other)?)?, exponent })
    }

    fn negated(self) -> Self {
        Self { digits: -self.digits, ..self }
    }
}

/// A number with a comma before every three digits of its whole part: `-1234.5` is `-1,234.5`.
pub fn grouped(number: &str) -> String {
    let (sign, rest) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let whole = rest.split_once('.').map_or(rest, |(whole, _)| whole);
    let mut grouped = String::from(sign);
    for (at, c) in rest.char_indices() {
        if at > 0 && at < whole.len() && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(c);
    }
    grouped
}

/// The number at the beginning of a text, and the text behind it. Thousands separators, a sign,
/// and the words 千 万 億 兆 are part of it.
pub fn number(text: &str) -> Option<(Decimal, &str)> {
    let Some(first) = text.chars().next().filter(|&c| may_be_sign(c)) else {
        return unsigned(text);
    };
    let (sign, rest) = text.split_at(first.len_utf8());
    let (number, rest) = unsigned(rest)?;
    Some((signed(number, before_number(sign).map(|(_, sign)| sign)), rest))
}

fn signed(number: Decimal, sign: Option<Sign>) -> Decimal {
    if sign == Some(Sign::Minus) { number.negated() } else { number }
}

/// A number within a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found<'a> {
    /// The text before the number and its sign.
    pub before: &'a str,
    pub number: Decimal,
    pub behind: &'a str,
}

/// All numbers of a text.
pub fn numbers(text: &str) -> Vec<Found<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(offset) = text.get(from..).and_then(|rest| rest.find(is_digit)) {
        let Some((label, rest)) = text.split_at_checked(from + offset) else { break };
        let Some((number, behind)) = unsigned(rest) else { break };
        let (before, sign) = match before_number(label) {
            Some((start, sign)) => (label.split_at(start).0, Some(sign)),
            None => (label, None),
        };
        let number = signed(number, sign);
        found.push(Found { before, number, behind });
        from = text.len() - behind.len();
    }
    found
}

/// The digits at the beginning of a text, with `,` and `.` between them wherever they stand:
/// 「1,551」, and 「1.2.3」 too, which is no number.
pub fn digits(text: &str) -> &str {
    let mut end = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let next = characters.peek().is_some_and(|&(_, next)| is_digit(next));
        let joins = at > 0 && matches!(c, ',' | '.') && next;
        if !is_digit(c) && !joins {
            break;
        }
        end = at + c.len_utf8();
    }
    text.split_at(end).0
}

/// The length of a number without its sign at the beginning of a text, well-formed or not, with its
/// large units: 「1億2,000万」.
pub(super) fn extent(text: &str) -> usize {
    let mut rest = text;
    loop {
        let (number, behind) = rest.split_at(digits(rest).len());
        let after = behind.trim_start_matches(is_scale);
        if number.is_empty() || after.len() == behind.len() {
            return text.len() - behind.len();
        }
        rest = after;
    }
}

/// A word for a large unit that is part of its number.
pub fn is_scale(c: char) -> bool {
    matches!(c, '千' | '万' | '億' | '兆')
}

fn unsigned(text: &str) -> Option<(Decimal, &str)> {
    let (mut sum, mut rest) = (Decimal::ZERO, text);
    // The part below the next 万 or 億: 「3万5千200」 has 5千 and 200 behind 3万.
    let mut section: Option<Decimal> = None;
    let mut limit = 16;
    while let Some((number, behind)) = plain(rest) {
        let (power, behind) = scale(behind);
        let (large, behind) = if power == 3 { scale(behind) } else { (0, behind) };
        if power + large >= limit {
            break;
        }
        limit = power + large;
        let number = number.scaled(power + large);
        section = Some(match section {
            Some(sum) => sum.plus(number)?,
            None => number,
        });
        rest = behind;
        if limit == 0 {
            break;
        }
    }
    sum = sum.plus(section?)?;
    Some((sum, rest))
}

/// Digits with separators and a fraction, without words.
fn plain(text: &str) -> Option<(Decimal, &str)> {
    let (mut digits, mut rest) = leading(text)?;
    // A separator counts only where exactly three digits follow it.
    while let Some((group, behind)) = rest.strip_prefix(',').and_then(leading)
        && group.len() == 3
    {
        digits.push_str(&group);
        rest = behind;
    }
    let mut exponent = 0;
    if let Some((fraction, behind)) = rest.strip_prefix('.').and_then(leading) {
        digits.push_str(&fraction);
        exponent = -i32::try_from(fraction.len()).ok()?;
        rest = behind;
    }
    Some((Decimal { digits: digits.parse().ok()?, exponent }, rest))
}

/// The digits at the beginning in half width, at least one, and the text behind them.
fn leading(text: &str) -> Option<(String, &str)> {
    let end = text.find(|c| !is_digit(c)).unwrap_or(text.len());
    let (digits, behind) = text.split_at(end);
    let half = |c: char| {
        if c.is_ascii() { Some(c) } else { char::from_digit(c as u32 - '０' as u32, 10) }
    };
    let digits: String = digits.chars().filter_map(half).collect();
    (!digits.is_empty()).then_some((digits, behind))
}

fn scale(text: &str) -> (i32, &str) {
    for (word, power) in [('千', 3), ('万', 4), ('億', 8), ('兆', 12)] {
        if let Some(rest) = text.strip_prefix(word) {
            return (power, rest);
        }
    }
    (0, text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_read_exactly() {
        for (text, value, rest) in [
            ("1,815人", 1815.0, "人"),
            ("3.9364万トン", 39364.0, "トン"),
            ("80万人", 800_000.0, "人"),
            ("1億2,000万円", 120_000_000.0, "円"),
            ("3万5千200円", 35_200.0, "円"),
            ("10千円", 10_000.0, "円"),
            ("5千万円", 50_000_000.0, "円"),
            ("0.64日", 0.64, "日"),
            ("▲5.5%", -5.5, "%"),
            ("-3", -3.0, ""),
            ("ー5.2%", -5.2, "%"),
            ("＋5", 5.0, ""),
            ("１２万人", 120_000.0, "人"),
            ("1.1万", 11_000.0, ""),
            ("1,2", 1.0, ",2"),
            ("686/2,882件", 686.0, "/2,882件"),
            ("12.", 12.0, "."),
            ("7億8億", 700_000_000.0, "8億"),
        ] {
            let (read, behind) = number(text).expect(text);
            assert_eq!((read.to_f64(), behind), (Some(value), rest), "{text}");
        }
        for text in ["", "人", "-", ".5", "千"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[-▲0-9,.千万億兆人]{0,60}") {
            if let Some((_, rest)) = number(&text) {
                prop_assert!(text.ends_with(rest));
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_again(hundredths in -1_000_000_000_000i64..1_000_000_000_000, unit in "(|人|件|%|円)") {
            let value = hundredths as f64 / 100.0;
            let shown = format!("{}{unit}", grouped(&value.to_string()));
            let (read, behind) = number(&shown).expect("a number");
            prop_assert_eq!((read.to_f64(), behind), (Some(value), unit.as_str()), "{}", shown);
        }
    }

    #[test]
    fn commas_stand_before_every_three_digits_of_the_whole_part() {
        for (number, shown) in [
            ("0", "0"),
            ("123", "123"),
            ("-123", "-123"),
            ("1234.5678", "1,234.5678"),
            ("-1234567", "-1,234,567"),
        ] {
            assert_eq!(grouped(number), shown);
        }
    }
}
