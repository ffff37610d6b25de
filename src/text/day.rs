//! A day as a letter names it: 「令和8年5月29日（金）」「R8.5.29 17時必着」「2026-05-29」.
//!
//! A text is a day only as a whole: what says more than a day, its weekday and an hour (「5月末」「5月
//! 29日から6月2日まで」) names none, so that nobody takes a guess for a date.

use jiff::civil::{Date, Weekday};

use super::clean;
use super::quantity;

/// A day that a text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamedDay {
    pub date: Date,
    /// What the text says of its weekday, which may be wrong.
    pub weekday: Option<Weekday>,
}

/// What a text says of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    Named(NamedDay),
    /// It names a day that no calendar has: 「令和8年2月30日」.
    Nowhere,
    /// It is not understood.
    Unclear,
}

impl Day {
    /// The date, where there is one.
    pub fn date(self) -> Option<Date> {
        match self {
            Self::Named(named) => Some(named.date),
            Self::Nowhere | Self::Unclear => None,
        }
    }
}

const WEEKDAYS: [(char, Weekday); 7] = [
    ('月', Weekday::Monday),
    ('火', Weekday::Tuesday),
    ('水', Weekday::Wednesday),
    ('木', Weekday::Thursday),
    ('金', Weekday::Friday),
    ('土', Weekday::Saturday),
    ('日', Weekday::Sunday),
];

/// The word of a weekday, without 曜日.
pub fn weekday_word(date: Date) -> char {
    let of_it = WEEKDAYS.iter().find(|(_, weekday)| *weekday == date.weekday());
    of_it.map_or('日', |(word, _)| *word)
}

/// Reads the day that a whole text names.
pub fn day(text: &str) -> Day {
    let text: String = clean(text).text.chars().filter(|c| !c.is_whitespace()).collect();
    let Some(((year, month, day), rest)) = by_era(&text).or_else(|| by_dashes(&text)) else {
        return Day::Unclear;
    };
    let Some((weekday, rest)) = weekday(rest) else { return Day::Unclear };
    if !is_hour(rest) {
        return Day::Unclear;
    }
    let parts = (i16::try_from(year), i8::try_from(month), i8::try_from(day));
    let (Ok(year), Ok(month), Ok(day)) = parts else { return Day::Nowhere };
    match Date::new(year, month, day) {
        Ok(date) => Day::Named(NamedDay { date, weekday }),
        Err(_) => Day::Nowhere,
    }
}

type Numbers = (i32, u32, u32);

/// 「令和8年5月29日」「R8.5.29」「2026/5/29」
fn by_era(text: &str) -> Option<(Numbers, &str)> {
    let (date, rest) = quantity::date(text)?;
    let whole = date.until_month.is_none() && !date.end_of_month;
    let day = date.day.filter(|_| whole)?;
    Some(((date.year, date.month, day), rest))
}

/// 「2026-05-29」
fn by_dashes(text: &str) -> Option<(Numbers, &str)> {
    let (year, rest) = digits(text, 4)?;
    let (month, rest) = digits(rest.strip_prefix('-')?, 2)?;
    let (day, rest) = digits(rest.strip_prefix('-')?, 2)?;
    Some(((i32::try_from(year).ok()?, month, day), rest))
}

/// A number of so many digits.
fn digits(text: &str, count: usize) -> Option<(u32, &str)> {
    let (digits, rest) = text.split_at_checked(count)?;
    let number = digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok());
    Some((number??, rest)).filter(|(_, rest)| !rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// 「（金）」「(金曜日)」「金曜日」; nothing where brackets hold something else.
fn weekday(text: &str) -> Option<(Option<Weekday>, &str)> {
    let (inner, is_bracketed) = match text.strip_prefix(['（', '(']) {
        Some(inner) => (inner, true),
        None => (text, false),
    };
    let mut rest = inner.chars();
    let named = rest.next().and_then(|c| WEEKDAYS.iter().find(|(word, _)| *word == c));
    let Some((_, weekday)) = named else { return (!is_bracketed).then_some((None, text)) };
    let rest = rest.as_str();
    let rest = rest.strip_prefix("曜日").or_else(|| rest.strip_prefix('曜')).unwrap_or(rest);
    let rest = if is_bracketed { rest.strip_prefix(['）', ')'])? } else { rest };
    Some((Some(*weekday), rest))
}

/// What may stand behind a day: an hour, and that it is the last.
fn is_hour(text: &str) -> bool {
    const LAST: [&str; 6] = ["", "まで", "必着", "厳守", "締切", "まで(必着)"];
    let rest = text.strip_prefix("午前").or_else(|| text.strip_prefix("午後")).unwrap_or(text);
    let is_number = |c: char| c.is_ascii_digit();
    let rest = match rest.strip_prefix("正午") {
        Some(rest) => rest,
        None if rest.starts_with(is_number) => {
            let behind = rest.trim_start_matches(is_number);
            let Some(behind) = behind.strip_prefix(['時', ':']) else { return false };
            let behind = behind.trim_start_matches(is_number);
            behind.strip_prefix(['分', '半']).unwrap_or(behind)
        }
        None if rest.len() == text.len() => rest,
        None => return false,
    };
    LAST.contains(&rest.replace('（', "(").replace('）', ")").as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_in_every_way_that_letters_write_it() {
        let friday = Some(Weekday::Friday);
        for (text, weekday) in [
            ("令和8年5月29日", None),
            ("令和８年５月２９日（金）", friday),
            ("令和 8年 5月29日 (金曜日)", friday),
            ("令和8年5月29日 金曜", friday),
            ("R8.5.29", None),
            ("R8.5.29（金）17時必着", friday),
            ("2026年5月29日（金）午後5時15分まで", friday),
            ("2026/5/29", None),
            ("2026-05-29", None),
            ("2026-05-29（金） 17:00", friday),
            ("令和8年5月29日（金）正午", friday),
            ("令和8年5月29日（金）まで（必着）", friday),
            // What is said of the weekday is kept as it is.
            ("令和8年5月29日（木）", Some(Weekday::Thursday)),
        ] {
            let date = Date::constant(2026, 5, 29);
            assert_eq!(day(text), Day::Named(NamedDay { date, weekday }), "{text}");
        }
    }

    #[test]
    fn what_is_no_day_as_a_whole_is_never_guessed() {
        for text in [
            "",
            "未定",
            "5月29日",
            "令和8年5月",
            "令和8年5月末",
            "令和8年5月29日から6月2日まで",
            "令和8年5月29日（金）又は6月1日（月）",
            "令和8年5月29日（祝）",
            "令和8年5月29日頃",
            "R8.4-5月",
            "2026-5-29",
            "20260529",
            "令和8年5月29日午後",
        ] {
            assert_eq!(day(text), Day::Unclear, "{text}");
        }
        for text in ["令和8年2月30日", "2026-13-01", "2026-02-29（日）"] {
            assert_eq!(day(text), Day::Nowhere, "{text}");
        }
    }

    #[test]
    fn a_date_has_the_word_of_its_weekday() {
        assert_eq!(weekday_word(Date::constant(2026, 5, 29)), '金');
        assert_eq!(weekday_word(Date::constant(2026, 5, 31)), '日');
    }
}
