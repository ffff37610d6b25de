//! Dates as values have them: 「R6.12月末」「令和7年3月31日」「R6.4-9月」「R7.1.20時点」.

use super::sign::is_range;
use crate::text::era;

/// A date or a period of months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// Western calendar year.
    pub year: i32,
    pub month: u32,
    pub day: Option<u32>,
    /// The last month of a period within the same or the next year: 9 of 「R6.4-9月」.
    pub until_month: Option<u32>,
    /// 「末」: the end of the month.
    pub end_of_month: bool,
}

/// What stands behind a date in short and is one word with it.
const WORDS: [&str; 4] = ["年度", "年", "月末", "月"];
/// What says more of a date in figures: 「R7.1.20時点」.
const AS_OF: &str = "時点";

/// The date at the beginning of a text, and the text behind it.
pub fn date(text: &str) -> Option<(Date, &str)> {
    let (year, rest) = era::prefix(text)?;
    let rest = rest.strip_prefix(['.', '年', '/'])?;
    let (month, rest) = number(rest, 12)?;
    let had_month_word = rest.starts_with('月');
    let mut rest = rest.strip_prefix('月').unwrap_or(rest);
    let mut date = Date { year, month, day: None, until_month: None, end_of_month: false };
    if let Some((until, behind)) = rest.strip_prefix(is_range).and_then(until_month) {
        date.until_month = Some(until);
        rest = behind;
    } else if let Some((day, behind)) = day(rest, had_month_word) {
        date.day = Some(day);
        rest = behind;
    }
    if let Some(behind) = rest.strip_prefix("末日").or_else(|| rest.strip_prefix('末')) {
        date.end_of_month = true;
        rest = behind;
    }
    Some((date, rest))
}

/// The second end of a period: 「9月」「R7.3月」.
fn until_month(text: &str) -> Option<(u32, &str)> {
    let text = match era::prefix(text) {
        Some((_, rest)) => rest.strip_prefix(['.', '年', '/'])?,
        None => text,
    };
    let (month, rest) = number(text, 12)?;
    Some((month, rest.strip_prefix('月').unwrap_or(rest)))
}

/// The day behind a month: 「.20」「20日」.
fn day(text: &str, had_month_word: bool) -> Option<(u32, &str)> {
    let text = match text.strip_prefix(['.', '/']) {
        Some(rest) => rest,
        None if had_month_word => text,
        None => return None,
    };
    let (day, rest) = number(text, 31)?;
    Some((day, rest.strip_prefix('日').unwrap_or(rest)))
}

fn number(text: &str, most: u32) -> Option<(u32, &str)> {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at(count);
    let number = digits.parse().ok()?;
    (1..=most).contains(&number).then_some((number, rest))
}

/// The year or date under the letter of its era at the beginning of a text, with what belongs to
/// it: 「R9」, 「R6.12月末」. 「R7-001」 is an id and no date, 「R6.4-9月」 is a period.
pub(super) fn short(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(['R', 'H'])?;
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-');
    let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
    let (digits, behind) = rest.split_at(length);
    let is_digit = |c: char| c.is_ascii_digit();
    let is_closed = digits.starts_with(is_digit) && digits.ends_with(is_digit);
    if !is_closed || behind.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let word = WORDS.iter().find(|word| behind.starts_with(**word)).map_or(0, |word| word.len());
    let is_date = word > 0 || behind.starts_with(AS_OF) || !digits.contains('-');
    is_date.then(|| text.get(..1 + length + word)).flatten()
}

/// The same with what a line does not part from it: 「R6年度末」, 「R7.1.20時点」.
pub fn short_with_tail(text: &str) -> Option<&str> {
    let date = short(text)?;
    let (_, behind) = text.split_at(date.len());
    let tail = if date.ends_with("年度") { "末" } else { AS_OF };
    let is_whole = date.ends_with(['年', '月', '末']) || !behind.starts_with(tail);
    if is_whole { Some(date) } else { text.get(..date.len() + tail.len()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_in_short_has_its_words() {
        for (text, taken, with_tail) in [
            ("R9)", Some("R9"), Some("R9")),
            ("R6.12月末時点", Some("R6.12月末"), Some("R6.12月末")),
            ("R6.4-9月", Some("R6.4-9月"), Some("R6.4-9月")),
            ("R7.1.20時点", Some("R7.1.20"), Some("R7.1.20時点")),
            ("R7年度末", Some("R7年度"), Some("R7年度末")),
            ("R7-001号", None, None),
            ("R7A", None, None),
            ("R-1", None, None),
            ("RPA", None, None),
        ] {
            assert_eq!((short(text), short_with_tail(text)), (taken, with_tail), "{text}");
        }
    }

    #[test]
    fn dates_and_periods_are_read() {
        for (text, read, rest) in [
            ("R6.12月末時点", (2024, 12, None, None, true), "時点"),
            ("令和7年3月31日", (2025, 3, Some(31), None, false), ""),
            ("R6.4–9月", (2024, 4, None, Some(9), false), ""),
            ("R7.1.20", (2025, 1, Some(20), None, false), ""),
        ] {
            let (date, behind) = date(text).expect(text);
            let of = (date.year, date.month, date.day, date.until_month, date.end_of_month);
            assert_eq!((of, behind), (read, rest), "{text}");
        }
    }
}
