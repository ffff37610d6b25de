//! General (標準): at most eleven characters, else an exponent.

use super::decimal::Decimal;

/// A number as General shows it in a column that is wide enough.
pub(super) fn show(number: &Decimal) -> String {
    let exponent = number.exponent();
    if exponent < -4 {
        // Small numbers stay plain only where no digit is lost.
        return if number.places() <= 9 { number.plain() } else { scientific(number) };
    }
    let plain = number.clone().rounded((9 - exponent).clamp(0, 9));
    if plain.exponent() <= 10 { plain.plain() } else { scientific(number) }
}

/// Six digits and an exponent: `1.23457E+11`.
fn scientific(number: &Decimal) -> String {
    let rounded = number.clone().rounded(5 - number.exponent());
    let exponent = rounded.exponent();
    let sign = if exponent < 0 { '-' } else { '+' };
    let mantissa = rounded.shifted(-exponent).plain();
    format!("{mantissa}E{sign}{:02}", exponent.unsigned_abs())
}
