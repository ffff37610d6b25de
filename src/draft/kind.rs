//! What the cells of a column hold: by its drop-down, its label, and the cells themselves.

use std::collections::{BTreeMap, BTreeSet};

use super::value;
use crate::intake::survey::{Column, Kind as CellKind};
use crate::schema::Kind;
use crate::text::{clean, era, is_nothing, quantity};

/// What a column holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    pub kind: Kind,
    pub unit: Option<String>,
    pub choices: Vec<String>,
    /// The kind follows from what happens to stand in the cells.
    pub is_guessed: bool,
}

/// Words of labels whose numbers are amounts of money.
const AMOUNTS: &[&str] = &["予算", "決算", "事業費", "経費", "金額", "所要額", "額"];
/// Units of amounts, and factors before them.
const MONEY: &[&str] = &["円", "千円", "万円", "百万円", "億円"];
/// A column with no more different texts, each of them short, has choices.
const FEW: usize = 6;
const SHORT: usize = 14;

pub fn content(column: &Column) -> Content {
    let texts: Vec<String> = column
        .filled()
        .map(|cell| clean(&cell.text).text)
        .filter(|text| !quantity_is_none(text))
        .collect();
    if !column.choices.is_empty() {
        let is_list = texts.iter().any(|text| text.contains('\n'));
        let kind = if is_list { Kind::List } else { Kind::Choice };
        return Content { kind, choices: column.choices.clone(), ..Content::default() };
    }
    let label = column.full_label();
    let unit = unit(&label);
    let is_money = unit.as_deref().is_some_and(|unit| MONEY.contains(&unit))
        || AMOUNTS.iter().any(|word| label.contains(word));
    let guessed = |kind| Content { kind, is_guessed: true, ..Content::default() };
    if texts.is_empty() {
        let kind = if is_money { Kind::Amount } else { Kind::Text };
        return Content { kind, unit, is_guessed: is_money, ..Content::default() };
    }
    let all = |is: fn(&str) -> bool| texts.iter().all(|text| is(text));
    if column.filled().all(|cell| cell.kind == CellKind::Date) || all(is_date) {
        return guessed(Kind::Date);
    }
    if all(is_number) {
        let kind = if is_money { Kind::Amount } else { Kind::Number };
        return Content { kind, unit, ..Content::default() };
    }
    if all(|text| era::year(text).is_some()) {
        return guessed(Kind::Year);
    }
    if all(is_period) {
        return guessed(Kind::Period);
    }
    if is_money
        && texts.iter().filter(|text| begins_with_number(text)).count() * 10 >= texts.len() * 8
    {
        return Content { kind: Kind::Amount, unit, is_guessed: true, ..Content::default() };
    }
    if is_list(&texts) {
        return guessed(Kind::List);
    }
    if label.to_lowercase().contains("sdgs") {
        return guessed(Kind::List);
    }
    if let Some(choices) = few(&texts) {
        return Content { choices, ..guessed(Kind::Choice) };
    }
    Content { unit: None, ..Content::default() }
}

/// 「なし」 and dashes say nothing of the kind.
fn quantity_is_none(text: &str) -> bool {
    is_nothing(text) || text == "未定"
}

/// The unit in brackets at the end of a label: 「R8予算額（千円）」.
pub fn unit(label: &str) -> Option<String> {
    let label = clean(label).text;
    let rest = label.strip_suffix([')', '）', ']', '］'])?;
    let (_, unit) = rest.rsplit_once(['(', '（', '[', '［'])?;
    let unit = unit.trim_start_matches("単位").trim_start_matches([':', '：']).trim();
    let is_unit =
        MONEY.contains(&unit) || quantity::unit(unit) == Some(unit) || ["%", "％"].contains(&unit);
    is_unit.then(|| unit.to_owned())
}

fn is_number(text: &str) -> bool {
    let plain: String = text.trim().chars().filter(|c| *c != ',').collect();
    let plain = plain.strip_prefix(['-', '▲', '△', '−']).unwrap_or(&plain);
    let plain = plain.strip_suffix('%').unwrap_or(plain);
    plain.starts_with(|c: char| c.is_ascii_digit()) && plain.parse::<f64>().is_ok()
}

fn begins_with_number(text: &str) -> bool {
    text.trim_start_matches(['▲', '△', '-', '約']).starts_with(|c: char| c.is_ascii_digit())
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
    let is_numeric = matches!(parts.as_slice(), [year, month, day]
        if year.len() == 4 && [*year, *month, *day].iter().all(|part| part.parse::<u32>().is_ok()));
    let is_words = era::prefix(text).is_some() && text.contains('月') && text.ends_with('日');
    is_numeric || is_words
}

/// From one year to another, either of which may be open: 「R7-R9」「令和７年度～」.
fn is_period(text: &str) -> bool {
    let Some((first, last)) = text.split_once(quantity::is_range) else { return false };
    let is_year = |text: &str| value::year(text).is_some() && text.chars().count() <= 10;
    let is_open = |text: &str| text.trim().is_empty();
    (is_year(first) && (is_year(last) || is_open(last) || is_number(last)))
        || (is_open(first) && is_year(last))
}

/// Several in one cell, one a line, that come again in others.
fn is_list(texts: &[String]) -> bool {
    let several = texts.iter().filter(|text| text.contains('\n')).count();
    let mut items: BTreeMap<&str, usize> = BTreeMap::new();
    for line in texts.iter().flat_map(|text| text.lines()) {
        *items.entry(line.trim()).or_default() += 1;
    }
    let again: usize = items.values().filter(|count| **count > 1).sum();
    let all: usize = items.values().sum();
    let is_short = items.keys().all(|item| item.chars().count() <= 40);
    several * 5 >= texts.len() && again * 2 >= all && is_short
}

/// The texts of a column that has few and short ones, each of which comes again.
fn few(texts: &[String]) -> Option<Vec<String>> {
    let mut seen = BTreeSet::new();
    let distinct: Vec<String> = texts.iter().filter(|text| seen.insert(*text)).cloned().collect();
    let is_short =
        distinct.iter().all(|text| text.chars().count() <= SHORT && !text.contains('\n'));
    // Where some are put together of others, they are no choices.
    let is_part = |text: &String| {
        let mut parts = text.split([',', '、', '・', '/']).map(str::trim);
        text.contains([',', '、', '・', '/'])
            && parts.any(|part| distinct.iter().any(|one| one == part))
    };
    (!distinct.iter().any(is_part)
        && distinct.len() <= FEW
        && texts.len() >= distinct.len() * 3
        && texts.len() >= 6
        && is_short)
        .then_some(distinct)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::survey::Cell;

    #[test]
    fn the_kind_of_a_column_is_told_by_its_cells() {
        for (label, texts, kind, unit) in [
            ("R8予算額（千円）", "2,230|6,505|-", Kind::Amount, Some("千円")),
            ("決算額", "13,767千円|3,064千円", Kind::Amount, None),
            ("達成度の評価", "10|8|7", Kind::Number, None),
            ("実施期間", "R7-R9|R7～|令和７年度～令和９年度", Kind::Period, None),
            ("開始年度", "R7|令和元年度|2019", Kind::Year, None),
            ("公表日", "2025/4/1|令和7年3月31日", Kind::Date, None),
            ("関連SDGs", "9\n11|11|9|9\n11", Kind::List, None),
            ("評価", "A|B|A|A|B|A|C|C|C", Kind::Choice, None),
            ("課題", "道路の老朽化が進んでいる。|人が足りない。", Kind::Text, None),
        ] {
            let cell = |text: &str| Some(Cell { text: text.into(), kind: CellKind::Text });
            let cells = texts.split('|').map(cell).collect();
            let content = content(&Column { label: label.into(), cells, ..Column::default() });
            assert_eq!((content.kind, content.unit.as_deref()), (kind, unit), "{label}");
        }
    }
}
