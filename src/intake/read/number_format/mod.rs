//! What Excel shows for a number under a format code.
//!
//! A form's author sees 「87.4%」 or 「令和7年3月31日」; the cell holds 0.8740000000000001 or 45747.
//! What the author saw is what is published, so the format codes are read here as Japanese Excel
//! reads them: sections and conditions, placeholders, thousands, percent, exponents, fractions,
//! dates with eras and weekdays, `[DBNum1]` numerals. Numbers are decimals of 15 significant
//! digits, rounded half away from zero, as in Excel; colours and fill characters show nothing.
//!
//! Where a code is not understood, the reason is returned and nothing is guessed.

mod builtin;
mod code;
mod date;
mod decimal;
mod fraction;
mod general;
mod iso;
mod kanji;
mod lex;
mod numeric;
mod token;

pub use builtin::builtin;
pub use iso::serial_of_iso;

use code::Code;
use decimal::Decimal;
use token::{Section, Token};

/// The text that Excel shows, or why it cannot be told.
pub type Shown = Result<String, Unshown>;

/// Why it cannot be told what Excel shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unshown {
    #[error("表示形式に解釈できない記号がある")]
    Code,
    #[error("表示形式の言語に対応していない")]
    Language,
    #[error("数値に当てはまる区分が表示形式にない")]
    NoSection,
    #[error("日付として表せない数値である")]
    NotADate,
    #[error("数値でない")]
    NotANumber,
}

/// What Excel shows for a number under a format code; `date1904` says from when days count.
///
/// A code may show nothing at all (`;;;`): the text is then empty.
///
/// # Errors
/// Where the code is not understood or Excel itself would fill the cell with `####`.
pub fn show(value: f64, format: &str, date1904: bool) -> Shown {
    if !value.is_finite() {
        return Err(Unshown::NotANumber);
    }
    let code = Code::parse(format)?;
    let (section, keep_sign) = code.choose(value).ok_or(Unshown::NoSection)?;
    if section.is_date() {
        return date::show(value, section, date1904);
    }
    let magnitude = Decimal::from_f64(value.abs());
    let shown = if fraction::applies(section) {
        fraction::show(magnitude, section)?
    } else {
        numeric::show(magnitude, section)
    };
    // A minus before nothing but zeros is left out, unless the code has a section for it.
    let vanished = shown.digits && !shown.nonzero && code.is_single();
    let minus = value < 0.0 && keep_sign && !vanished;
    Ok(if minus { format!("-{}", shown.text) } else { shown.text })
}

/// Whether the section of the format that a number falls under shows dates or times.
pub fn is_date(value: f64, format: &str) -> bool {
    let code = Code::parse(format);
    code.is_ok_and(|code| code.choose(value).is_some_and(|(section, _)| section.is_date()))
}

/// Whether a number below zero is shown as the same number above zero: what tells them apart is a
/// colour, if anything. `shown` is what is shown for it.
pub fn hides_sign(value: f64, format: &str, date1904: bool, shown: &str) -> bool {
    let looks_like = |other: f64| {
        let other = show(other, format, date1904).unwrap_or_default();
        let letters = |text: &'_ str| text.split_whitespace().collect::<String>();
        letters(&other) == letters(shown)
    };
    value < 0.0 && looks_like(-value) && !looks_like(0.0)
}

/// What Excel shows for a text under a format code: a section with `@` may add words to it.
///
/// # Errors
/// Where the code is not understood.
pub fn show_text(text: &str, format: &str) -> Shown {
    let code = Code::parse(format)?;
    let Some(section) = code.text_section() else { return Ok(text.to_owned()) };
    let mut shown = String::new();
    for token in &section.tokens {
        match token {
            Token::Text => shown.push_str(text),
            Token::Literal(c) => shown.push(*c),
            _ => {}
        }
    }
    Ok(shown)
}

/// A number as shown, and what the minus sign depends on.
struct Number {
    text: String,
    /// The section has places for digits.
    digits: bool,
    /// One of the digits shown is not 0.
    nonzero: bool,
}

/// A section that shows a number as General does.
fn is_general(section: &Section) -> bool {
    section.tokens.iter().any(|t| matches!(t, Token::General | Token::Text))
}

#[cfg(test)]
mod tests;
