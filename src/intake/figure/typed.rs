//! Values of columns that hold more than words: numbers, years, periods, dates, lists.

use super::{absence, read};
use crate::model::{AbsenceKind, Reading, Typed};
use crate::schema::{Column, Kind};
use crate::text::quantity::{self, is_range};
use crate::text::{era, is_nothing, key};

/// What a cleaned text says in a column; `None` where the column holds words, or the text says
/// nothing that the column holds.
pub fn typed(column: &Column, text: &str) -> Option<Typed> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let value = match column.kind {
        Kind::Text | Kind::Choice => return None,
        Kind::List => return Some(list(column, text)),
        Kind::Number | Kind::Amount => number(column, text),
        Kind::Year => era::year(text).map(|year| Typed::Year { year }),
        Kind::Period => period(text),
        Kind::Date => date(text).map(|date| Typed::Date { date }),
    };
    value.or_else(|| is_absent(text).then_some(Typed::None))
}

fn is_absent(text: &str) -> bool {
    let has_digit = text.contains(|c: char| c.is_ascii_digit());
    is_nothing(text)
        || (absence::read(text).kind != AbsenceKind::InWords || is_said_of(text)) && !has_digit
}

/// What a table of numbers has for a number that is still to come.
fn is_said_of(text: &str) -> bool {
    key(text) == key("未定")
}

fn list(column: &Column, text: &str) -> Typed {
    Typed::List { items: column.items(text).into_iter().map(str::to_owned).collect() }
}

/// A number, alone or with its unit; of an amount, also with a remark in brackets.
fn number(column: &Column, text: &str) -> Option<Typed> {
    let figure = read(text);
    let [reading] = figure.readings.as_slice() else { return None };
    let number = reading.number?;
    let Reading { label, comparison, leftover, remarks, fiscal_year, as_of, .. } = reading;
    let is_plain = label.is_empty() && comparison.is_none() && leftover.is_none();
    // 「約1,200」 is not 1,200, and no sum may take it so.
    let is_exact = !remarks.iter().any(|remark| super::value::is_about(remark));
    let is_alone = remarks.is_empty() && fiscal_year.is_none() && as_of.is_none();
    if !is_plain || !is_exact || column.kind == Kind::Number && !is_alone {
        return None;
    }
    let unit = column.unit.as_deref().unwrap_or_default();
    if reading.unit.is_empty() || key(&reading.unit) == key(unit) {
        let unit = if unit.is_empty() { reading.unit.clone() } else { unit.to_owned() };
        return Some(Typed::Number { number, unit });
    }
    // 「13,767千円」 is 13767000円, and 13767 in a column of 千円.
    let one = format!("1{unit}");
    let (scale, plain) = quantity::number(&one)?;
    let scale = scale.to_f64().filter(|_| key(plain) == key(&reading.unit));
    Some(match scale {
        Some(scale) => Typed::Number { number: number / scale, unit: unit.to_owned() },
        None => Typed::Number { number, unit: reading.unit.clone() },
    })
}

/// 「R7-R9」「令和7～9年度」「2025～」, or one year alone.
fn period(text: &str) -> Option<Typed> {
    let mut ends = text.split(is_range).map(str::trim);
    let (first, second, more) = (ends.next()?, ends.next(), ends.next());
    if more.is_some() {
        return None;
    }
    let (from, era_of_first) = match first {
        "" => (None, ""),
        first => (Some(fiscal_year(first)?), first),
    };
    let to = match second {
        None => from,
        Some("") => None,
        Some(second) => Some(fiscal_year(second).or_else(|| {
            // The era of the first end goes for the second.
            let digits = second.starts_with(|c: char| c.is_ascii_digit());
            let era: String = era_of_first.chars().take_while(|c| !c.is_ascii_digit()).collect();
            let second = format!("{}{second}", era.trim_end_matches('元'));
            fiscal_year(&second).filter(|_| digits && !era.is_empty())
        })?),
    };
    let is_period = from.or(to).is_some() && from.zip(to).is_none_or(|(from, to)| from <= to);
    is_period.then_some(Typed::Period { from, to })
}

/// The fiscal year of a year or of a month in it.
fn fiscal_year(text: &str) -> Option<i32> {
    let text = text.strip_suffix("末").unwrap_or(text);
    let month = || {
        let (date, rest) = quantity::date(text)?;
        let year = if date.month < 4 { date.year - 1 } else { date.year };
        (rest.is_empty() && date.until_month.is_none()).then_some(year)
    };
    era::year(text).or_else(month)
}

fn date(text: &str) -> Option<String> {
    let is_iso = text.chars().all(|c| c.is_ascii_digit() || c == '-');
    let slashed = if is_iso { text.replace('-', "/") } else { text.to_owned() };
    let (date, rest) = quantity::date(&slashed)?;
    if !rest.is_empty() || date.until_month.is_some() || date.end_of_month {
        return None;
    }
    let month = format!("{}-{:02}", date.year, date.month);
    Some(date.day.map_or(month.clone(), |day| format!("{month}-{day:02}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(kind: Kind, unit: &str) -> Column {
        let unit = Some(unit.to_owned()).filter(|unit| !unit.is_empty());
        Column { kind, unit, ..Column::new("key", "欄") }
    }

    #[test]
    fn numbers_are_read_in_the_unit_of_their_column() {
        for (kind, unit, text, expected) in [
            (Kind::Amount, "千円", "13,767", Some((13767.0, "千円"))),
            (Kind::Amount, "千円", "13,767千円", Some((13767.0, "千円"))),
            (Kind::Amount, "千円", "1,500,000円", Some((1500.0, "千円"))),
            (Kind::Amount, "千円", "2億3,000万円", Some((230_000.0, "千円"))),
            (Kind::Amount, "千円", "50人", Some((50.0, "人"))),
            (Kind::Amount, "千円", "13,767（うち国費）", Some((13767.0, "千円"))),
            (Kind::Amount, "", "80件", Some((80.0, "件"))),
            (Kind::Amount, "千円", "▲300", Some((-300.0, "千円"))),
            (Kind::Amount, "千円", "約1,200", None),
            (Kind::Amount, "千円", "おおむね1,200千円", None),
            (Kind::Amount, "千円", "100→200", None),
            (Kind::Amount, "千円", "1,200／300", None),
            (Kind::Number, "", "10", Some((10.0, ""))),
            (Kind::Number, "点", "8.5点", Some((8.5, "点"))),
            (Kind::Number, "", "10（暫定）", None),
            (Kind::Number, "", "約10", None),
            (Kind::Number, "", "多数", None),
        ] {
            let typed = typed(&column(kind, unit), text);
            let read = match &typed {
                Some(Typed::Number { number, unit }) => Some((*number, unit.as_str())),
                _ => None,
            };
            assert_eq!(read, expected, "{text}: {typed:?}");
        }
    }

    #[test]
    fn years_periods_and_dates_are_read_in_every_form() {
        let read = |kind, text: &str| match typed(&column(kind, ""), text) {
            Some(Typed::Year { year }) => year.to_string(),
            Some(Typed::Period { from, to }) => format!("{from:?}-{to:?}").replace("Some", ""),
            Some(Typed::Date { date }) => date,
            other => format!("{other:?}"),
        };
        for (kind, text, expected) in [
            (Kind::Year, "R7", "2025"),
            (Kind::Year, "令和7年度", "2025"),
            (Kind::Year, "2025", "2025"),
            (Kind::Year, "7", "None"),
            (Kind::Year, "来年度", "None"),
            (Kind::Period, "R7-R9", "(2025)-(2027)"),
            (Kind::Period, "令和7年度～令和9年度", "(2025)-(2027)"),
            (Kind::Period, "令和7～9年度", "(2025)-(2027)"),
            (Kind::Period, "H30-R2", "(2018)-(2020)"),
            (Kind::Period, "2025~2027", "(2025)-(2027)"),
            (Kind::Period, "R7～", "(2025)-None"),
            (Kind::Period, "～R9", "None-(2027)"),
            (Kind::Period, "R7", "(2025)-(2025)"),
            (Kind::Period, "R6.4～R7.3", "(2024)-(2024)"),
            (Kind::Period, "R9-R7", "None"),
            (Kind::Period, "通年", "None"),
            (Kind::Date, "R7.1.24", "2025-01-24"),
            (Kind::Date, "令和7年1月24日", "2025-01-24"),
            (Kind::Date, "2025/1/24", "2025-01-24"),
            (Kind::Date, "2025-01-24", "2025-01-24"),
            (Kind::Date, "令和7年3月", "2025-03"),
            (Kind::Date, "R7.3月末", "None"),
            (Kind::Date, "1月24日", "None"),
        ] {
            assert_eq!(read(kind, text), expected, "{text}");
        }
    }

    #[test]
    fn what_says_that_there_is_nothing_is_no_fault() {
        for text in ["－", "未定", "調査中", "なし"] {
            for kind in [Kind::Amount, Kind::Year, Kind::Period, Kind::Date] {
                assert_eq!(typed(&column(kind, ""), text), Some(Typed::None), "{text}");
            }
        }
        assert_eq!(typed(&column(Kind::Text, ""), "－"), None);
        let items = vec!["9 産業".to_owned(), "11 まち".to_owned()];
        let list = typed(&column(Kind::List, ""), "9 産業\n\n 11 まち");
        assert_eq!(list, Some(Typed::List { items: items.clone() }));
        let choices = items.clone();
        let of_choices = Column { choices, ..column(Kind::List, "") };
        assert_eq!(typed(&of_choices, "9 産業、11 まち"), Some(Typed::List { items }));
        let one = Some(Typed::List { items: vec!["道路、河川".to_owned()] });
        assert_eq!(typed(&column(Kind::List, ""), "道路、河川"), one);
    }
}
