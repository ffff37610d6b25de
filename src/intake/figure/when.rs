//! Years and dates in brackets: 「R9」「令和9年度末」「R6.12月末時点」「R6.4-9月」.

use crate::model::AsOf;
use crate::text::era;
use crate::text::quantity::{self, Date};

/// The time a value is for, or was taken at.
#[derive(Debug, Default, PartialEq)]
pub(super) struct When {
    pub fiscal_year: Option<i32>,
    pub as_of: Option<AsOf>,
    /// Words beside the year: 「見込み」.
    pub remark: Option<String>,
}

/// Words that may stand behind a date without making it something else than a date.
const DATE_WORDS: [&str; 17] = [
    "",
    "末",
    "時点",
    "現在",
    "頃",
    "まで",
    "分",
    "実績",
    "実績値",
    "累計",
    "平均",
    "集計",
    "速報",
    "速報値",
    "推計",
    "推計値",
    "見込み",
];

/// Words that may stand behind a year and are kept as a remark.
const YEAR_WORDS: [&str; 18] = [
    "当初",
    "実績",
    "実績値",
    "見込",
    "見込み",
    "見込値",
    "目標",
    "目標値",
    "推計",
    "推計値",
    "速報",
    "速報値",
    "累計",
    "平均",
    "調査",
    "確定値",
    "まで",
    "までに",
];

/// The time that a text names; `None` where it says something else.
pub(super) fn read(text: &str) -> Option<When> {
    let text = text.trim();
    read_date(text).or_else(|| read_year(text))
}

/// 「令和9年度までに100件」: the year at the start of a text, and what follows. A western year
/// must be followed by 年, or every number of four digits were one.
pub(super) fn leading_year(text: &str) -> Option<(i32, &str)> {
    let (year, rest) = era::prefix(text)?;
    let western = text.starts_with(|c: char| c.is_ascii_digit());
    let behind = rest.strip_prefix("年度").or_else(|| rest.strip_prefix('年'));
    if western && behind.is_none() || is_base(behind.unwrap_or(rest)) {
        return None;
    }
    let mut behind = behind.unwrap_or(rest);
    behind = behind.strip_prefix('末').unwrap_or(behind);
    behind = behind.strip_prefix("までに").or_else(|| behind.strip_prefix('に')).unwrap_or(behind);
    let trimmed = behind.trim_start_matches([' ', '　', ':', '：']);
    (trimmed.len() < rest.len() || rest.is_empty()).then_some((year, trimmed))
}

/// Whether a year is what the number is measured by, and not its own: 「令和5年度比10%減」,
/// 「2024年度実績の1.1倍」.
fn is_base(behind: &str) -> bool {
    let words = ["比", "対比", "実績比", "実績の", "実績から", "に比べ", "を基準"];
    let is_part = behind.starts_with('の') && behind.contains(['倍', '%', '割']);
    is_part || words.iter().any(|word| behind.starts_with(word))
}

fn read_date(text: &str) -> Option<When> {
    let (Date { year, month, day, until_month, end_of_month }, rest) = quantity::date(text)?;
    let printed = text.to_owned();
    let as_of = AsOf { printed, year, month: Some(month), day, until_month, end_of_month };
    let (is_date, fiscal_year) =
        match rest.strip_prefix("時点の").or_else(|| rest.strip_prefix('の')) {
            // 「R6.11月時点のR6推計値」: the year that the value is for.
            Some(behind) => (true, era::prefix(behind).map(|(year, _)| year)),
            None => (DATE_WORDS.contains(&rest), None),
        };
    is_date.then_some(When { fiscal_year, as_of: Some(as_of), remark: None })
}

fn read_year(text: &str) -> Option<When> {
    let (year, rest) = era::prefix(text)?;
    let behind = rest.strip_prefix("年度").or_else(|| rest.strip_prefix('年'));
    if behind.is_none() && text.starts_with(|c: char| c.is_ascii_digit()) {
        // A bare number of four digits is a year only if the plan could mean it.
        return (rest.is_empty() && (1990..=2100).contains(&year))
            .then(|| When { fiscal_year: Some(year), ..When::default() });
    }
    let is_fiscal = rest.starts_with("年度");
    let rest = behind.unwrap_or(rest);
    let mut when = When { fiscal_year: Some(year), ..When::default() };
    match rest {
        "" | "時点" | "現在" => {}
        "末" | "末時点" | "末現在" if is_fiscal => {
            when.as_of = Some(end_of_fiscal_year(year, text))
        }
        "末" | "末時点" | "末現在" => {}
        _ if YEAR_WORDS.contains(&rest) => when.remark = Some(rest.to_owned()),
        _ => {
            // 「R7～R9累計」: the last year is the one the value is for.
            let (last, _) = era::prefix(rest.strip_prefix(quantity::is_range)?)?;
            when.fiscal_year = Some(last);
            when.remark = Some(text.to_owned());
        }
    }
    Some(when)
}

fn end_of_fiscal_year(year: i32, printed: &str) -> AsOf {
    AsOf {
        printed: printed.to_owned(),
        year: year + 1,
        month: Some(3),
        day: None,
        until_month: None,
        end_of_month: true,
    }
}
