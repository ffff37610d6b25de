//! Numbers under a number format of Excel that shows them as they are printed.

use super::number::{digits as leading_digits, grouped as grouped_by_three};

/// Longest words behind a number in its format.
const WORDS: usize = 60;

/// The digits at the beginning of a text, taken apart.
struct Digits<'a> {
    plain: String,
    decimals: &'a str,
    grouped: bool,
    behind: &'a str,
}

impl<'a> Digits<'a> {
    /// `None` where they are written as no format would show them.
    fn new(printed: &'a str) -> Option<Self> {
        let digits = leading_digits(printed);
        let behind = printed.strip_prefix(digits)?;
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = whole.replace(',', "");
        let grouped = whole.contains(',');
        let well_formed = is_whole(&plain)
            && decimals.bytes().all(|b| b.is_ascii_digit())
            && decimals.is_empty() != digits.contains('.')
            && (!grouped || grouped_by_three(&plain) == whole);
        // More digits than a double holds would come back changed.
        let is_exact = plain.len() + decimals.len() <= 15;
        (well_formed && is_exact).then_some(Self { plain, decimals, grouped, behind })
    }

    fn number(&self, exponent: &str) -> Option<f64> {
        format!("{}.{}0{exponent}", self.plain, self.decimals).parse().ok()
    }

    fn format(&self, is_grouped: bool, behind: &str) -> String {
        let mut format = if is_grouped { "#,##0" } else { "0" }.to_owned();
        if !self.decimals.is_empty() {
            format.push('.');
            format.push_str(&"0".repeat(self.decimals.len()));
        }
        match behind {
            "" => {}
            "%" => format.push('%'),
            words => format.push_str(&format!("\"{words}\"")),
        }
        format
    }
}

/// The number of a text of digits and a unit, and the number format of Excel under which a cell
/// shows just that text; `None` where no format does.
pub fn in_format(printed: &str) -> Option<(f64, String)> {
    let digits = Digits::new(printed).filter(|digits| is_unit(digits.behind))?;
    let percent = digits.behind == "%";
    let value = digits.number(if percent { "e-2" } else { "" })?;
    // A count that grows past 999 next year gets its comma by itself.
    let is_grouped = digits.grouped || (!percent && digits.plain.len() <= 3);
    Some((value, digits.format(is_grouped, digits.behind)))
}

/// The number format under which a cell with this number shows just the text, whatever follows the
/// digits; `None` where none does, or the digits are of another number.
pub fn format_of(number: f64, printed: &str) -> Option<String> {
    let digits = Digits::new(printed)?;
    let is_it = digits.number("")?.to_bits() == number.to_bits();
    let may_be_quoted = |c: char| !c.is_control() && !matches!(c, '"' | '\\');
    let behind = digits.behind;
    if !is_it || behind.chars().count() > WORDS || !behind.chars().all(may_be_quoted) {
        return None;
    }
    let format = digits.format(digits.grouped || digits.plain.len() <= 3, "");
    Some(if behind.is_empty() { format } else { format!("{format}\"{behind}\"") })
}

fn is_whole(digits: &str) -> bool {
    !digits.is_empty() && (digits == "0" || !digits.starts_with('0'))
}

/// A word that may follow a number inside quotes of a number format. Numerals such as 万 make
/// another number of it.
fn is_unit(text: &str) -> bool {
    let letter = |c: char| c.is_alphabetic() && !"千万億兆百十〇一二三四五六七八九".contains(c);
    text == "%" || (text.chars().count() <= 8 && text.chars().all(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_shows_its_text_whatever_follows_the_digits() {
        for (number, printed, format) in [
            (13767.0, "13,767", Some("#,##0")),
            (13767.0, "13,767千円", Some("#,##0\"千円\"")),
            (2230.0, "2230（うち国費）", Some("0\"（うち国費）\"")),
            (48.5, "48.5%", Some("#,##0.0\"%\"")),
            (1500.0, "1,500,000円", None),
            (230_000.0, "2億3,000万円", None),
            (5.0, "約5", None),
            (5.0, "5\n6", None),
        ] {
            assert_eq!(format_of(number, printed).as_deref(), format, "{printed}");
        }
    }
}
