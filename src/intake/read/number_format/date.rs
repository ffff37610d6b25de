//! Numbers as dates and times.

use super::token::{HalfDay, Language, Section, Token};
use super::{Shown, Unshown, kanji};
use crate::text::era::Era;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] =
    ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const DAYS_JA: [&str; 7] = ["日", "月", "火", "水", "木", "金", "土"];

/// Days from the first day of 1900 to that of 1904.
pub(super) const DAYS_TO_1904: i64 = 1462;
/// The last day that Excel knows: 31 December 9999.
const LAST_DAY: i64 = 2_958_465;

/// A moment as Excel sees it.
struct Moment {
    year: i32,
    month: u32,
    day: u32,
    /// 0 is Sunday.
    weekday: usize,
    hour: i64,
    minute: i64,
    second: i64,
    /// The digits behind the point of the seconds.
    fraction: String,
    /// Seconds since day 0 of the workbook.
    elapsed: i64,
}

/// A number under a section with dates.
pub(super) fn show(value: f64, section: &Section, date1904: bool) -> Shown {
    let places = section
        .tokens
        .iter()
        .filter_map(|t| if let Token::Subsecond(places) = t { Some(*places) } else { None })
        .max()
        .unwrap_or(0);
    let clock = section.tokens.iter().any(Token::is_clock);
    let moment = Moment::of(value, date1904, clock.then_some(places.min(3)))?;
    let twelve = section.tokens.iter().any(|t| matches!(t, Token::HalfDay(_)));
    let mut text = String::new();
    for token in &section.tokens {
        match token {
            Token::Literal(c) => text.push(*c),
            Token::Slash => text.push('/'),
            Token::Comma => text.push(','),
            Token::Point => text.push('.'),
            Token::Percent => text.push('%'),
            Token::Year(_) | Token::Month(_) | Token::Day(_) | Token::Weekday(_) => {
                text.push_str(&moment.calendar(token, section)?);
            }
            Token::EraName(_) | Token::EraYear(_) => text.push_str(&moment.era(token, section)?),
            Token::Subsecond(count) => {
                text.push('.');
                text.extend(moment.fraction.chars().chain(std::iter::repeat('0')).take(*count));
            }
            token if token.is_date() => text.push_str(&moment.clock(token, section, twelve)),
            _ => return Err(Unshown::Code),
        }
    }
    Ok(text)
}

impl Moment {
    /// With `places` of the seconds shown; `None` where no time of day is shown.
    fn of(value: f64, date1904: bool, places: Option<usize>) -> Result<Self, Unshown> {
        if !(0.0..(LAST_DAY + 1) as f64).contains(&value) {
            return Err(Unshown::NotADate);
        }
        // A time is rounded to what is shown of the seconds, a date alone never to the next day.
        let value = if places.is_none() { (value + 1e-9).floor() } else { value };
        let places = places.unwrap_or(0);
        let parts = 10i64.pow(u32::try_from(places).unwrap_or(0));
        // Below 10^15, where floats are exact.
        let total = (value * 86400.0 * parts as f64).round() as i64;
        let elapsed = total / parts;
        let serial = elapsed / 86400 + if date1904 { DAYS_TO_1904 } else { 0 };
        if serial > LAST_DAY {
            return Err(Unshown::NotADate);
        }
        let (year, month, day) = civil(serial);
        let fraction = format!("{:0places$}", total % parts);
        let clock = elapsed % 86400;
        Ok(Self {
            year,
            month,
            day,
            weekday: usize::try_from((serial + 6) % 7).unwrap_or(0),
            hour: clock / 3600,
            minute: clock / 60 % 60,
            second: clock % 60,
            fraction: if places == 0 { String::new() } else { fraction },
            elapsed,
        })
    }

    fn calendar(&self, token: &Token, section: &Section) -> Shown {
        let english = section.language == Language::English;
        let japanese = section.language == Language::Japanese;
        let month = MONTHS.get(self.month.saturating_sub(1) as usize).copied().unwrap_or("");
        let day = DAYS.get(self.weekday).copied().unwrap_or("");
        let day_ja = DAYS_JA.get(self.weekday).copied().unwrap_or("");
        let short = |name: &str, length: usize| name.chars().take(length).collect::<String>();
        let is_name = match token {
            Token::Month(count) | Token::Day(count) => *count > 2,
            token => matches!(token, Token::Weekday(_)),
        };
        if is_name && section.language == Language::Other {
            return Err(Unshown::Language);
        }
        Ok(match token {
            Token::Year(1..=2) => padded(i64::from(self.year % 100), 2, section),
            Token::Year(_) => positional(&self.year.to_string(), section),
            Token::Month(count @ 1..=2) => padded(i64::from(self.month), *count, section),
            Token::Month(_) if japanese => format!("{}月", self.month),
            Token::Month(3) => short(month, 3),
            Token::Month(5) => short(month, 1),
            Token::Month(_) => month.to_owned(),
            Token::Day(count @ 1..=2) => padded(i64::from(self.day), *count, section),
            Token::Day(3) if japanese => day_ja.to_owned(),
            Token::Day(_) if japanese => format!("{day_ja}曜日"),
            Token::Day(3) => short(day, 3),
            Token::Day(_) => day.to_owned(),
            Token::Weekday(3) if english => short(day, 3),
            Token::Weekday(_) if english => day.to_owned(),
            Token::Weekday(3) => day_ja.to_owned(),
            _ => format!("{day_ja}曜日"),
        })
    }

    fn era(&self, token: &Token, section: &Section) -> Shown {
        let day = self.day.max(1);
        let (era, year) = Era::of_day(self.year, self.month, day).ok_or(Unshown::NotADate)?;
        Ok(match token {
            Token::EraName(1) => era.letter().to_string(),
            Token::EraName(2) => era.name().chars().take(1).collect(),
            Token::EraName(_) => era.name().to_owned(),
            _ if year == 1 && section.first_year_in_words => "元".to_owned(),
            Token::EraYear(count) => padded(i64::from(year), *count, section),
            _ => String::new(),
        })
    }

    fn clock(&self, token: &Token, section: &Section, twelve: bool) -> String {
        let hour = if twelve { (self.hour + 11) % 12 + 1 } else { self.hour };
        let (number, count) = match token {
            Token::Hour(count) => (hour, *count),
            Token::Minute(count) => (self.minute, *count),
            Token::Second(count) => (self.second, *count),
            Token::Elapsed('h', count) => (self.elapsed / 3600, *count),
            Token::Elapsed('m', count) => (self.elapsed / 60, *count),
            Token::Elapsed(_, count) => (self.elapsed, *count),
            Token::HalfDay(half) => {
                let japanese = section.language == Language::Japanese;
                return self.half_day(*half, japanese).to_owned();
            }
            _ => return String::new(),
        };
        padded(number, count, section)
    }

    fn half_day(&self, half: HalfDay, japanese: bool) -> &'static str {
        let afternoon = self.hour >= 12;
        match half {
            HalfDay::Letter if afternoon => "P",
            HalfDay::Letter => "A",
            HalfDay::Latin if !japanese && afternoon => "PM",
            HalfDay::Latin if !japanese => "AM",
            _ if afternoon => "午後",
            _ => "午前",
        }
    }
}

/// A number with leading zeros. Chinese numerals have units in place of zeros (十二月).
fn padded(number: i64, width: usize, section: &Section) -> String {
    let width = width.min(16);
    match section.numerals {
        1 | 2 => kanji::number(&number.to_string(), section.numerals),
        _ => positional(&format!("{number:0width$}"), section),
    }
}

fn positional(digits: &str, section: &Section) -> String {
    digits.chars().map(|c| kanji::digit(c, section.numerals)).collect()
}

/// Year, month and day of a day counted from 1 January 1900.
///
/// Excel's 1900 has a 29 February (day 60), and a day 0 that it calls 0 January.
pub(super) fn civil(serial: i64) -> (i32, u32, u32) {
    match serial {
        0 => return (1900, 1, 0),
        60 => return (1900, 2, 29),
        _ => {}
    }
    // Days from 1 March of the year 0, in cycles of 400 years; the year starts in March.
    let days = serial + if serial < 60 { 693_900 } else { 693_899 };
    let (cycle, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, carry) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    let number = |n: i64| u32::try_from(n).unwrap_or(0);
    let year = i32::try_from(cycle * 400 + year + carry).unwrap_or(0);
    (year, number(month), number(day))
}
