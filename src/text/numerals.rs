//! Numbers as they are written: 「1,815」「3.9364万」「1億2,000万」, read without rounding.

/// A decimal number, exactly: `digits` × 10^`exponent`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    digits: i128,
    exponent: i32,
}

impl Decimal {
    const ZERO: Self = Self { digits: 0, exponent: 0 };

    /// The nearest floating-point number.
    pub fn to_f64(self) -> f64 {
        // The parser of the standard library rounds correctly; a product of floats would not.
        format!("{}e{}", self.digits, self.exponent).parse().unwrap_or(f64::NAN)
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

/// The number at the start of the text, and the text behind it. Thousands separators, a sign
/// (`+`, `-`, ▲, △), and the words 千 万 億 兆 are part of it. The text must be in half width.
pub fn prefix(text: &str) -> Option<(Decimal, &str)> {
    if let Some(rest) = text.strip_prefix(['-', '−', '▲', '△']) {
        return unsigned(rest).map(|(number, rest)| (number.negated(), rest));
    }
    unsigned(text.strip_prefix('+').unwrap_or(text))
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
    let whole = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if whole == 0 {
        return None;
    }
    let (digits, mut rest) = text.split_at(whole);
    let mut digits = digits.to_owned();
    // A separator counts only where exactly three digits follow it.
    while let Some(group) = rest.strip_prefix(',').and_then(|r| leading(r, 3)) {
        digits.push_str(group);
        rest = rest.get(4..)?;
    }
    let mut exponent = 0;
    if let Some(fraction) = rest.strip_prefix('.') {
        let length = fraction.bytes().take_while(u8::is_ascii_digit).count();
        if length > 0 {
            let (fraction, behind) = fraction.split_at(length);
            digits.push_str(fraction);
            exponent = -i32::try_from(length).ok()?;
            rest = behind;
        }
    }
    Some((Decimal { digits: digits.parse().ok()?, exponent }, rest))
}

/// Exactly `count` digits at the start.
fn leading(text: &str, count: usize) -> Option<&str> {
    (text.bytes().take_while(u8::is_ascii_digit).count() == count)
        .then(|| text.get(..count))
        .flatten()
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
        for (text, number, rest) in [
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
            ("1.1万", 11_000.0, ""),
            ("1,2", 1.0, ",2"),
            ("686/2,882件", 686.0, "/2,882件"),
            ("12.", 12.0, "."),
            ("7億8億", 700_000_000.0, "8億"),
        ] {
            let (read, behind) = prefix(text).expect(text);
            assert_eq!((read.to_f64(), behind), (number, rest), "{text}");
        }
        for text in ["", "人", "-", ".5", "千"] {
            assert_eq!(prefix(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[-▲0-9,.千万億兆人]{0,60}") {
            if let Some((_, rest)) = prefix(&text) {
                prop_assert!(text.ends_with(rest));
            }
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
