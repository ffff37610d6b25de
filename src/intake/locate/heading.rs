//! What stands above the tables: 部局名, 基準日, 提出回.

use std::ops::Range;

use super::labels::{HeadingLabels, Word};
use super::located::Located;
use crate::diag::{CellRef, Place};
use crate::edition::Edition;
use crate::model::{ObservationKind, Observations};
use crate::text::{era, key};

/// What the form says of itself, on every sheet that has a table.
#[derive(Debug, Default)]
pub struct Heading {
    /// 部局名 with its cell, sheet by sheet.
    pub departments: Vec<Stated>,
    /// Where 部局名 should stand, if it stands nowhere.
    pub blank_department: Option<Place>,
    pub dates: Vec<Stated>,
    /// The highest 提出回 of the sheets: whoever raises it in one of them sends in anew.
    pub round: Option<u32>,
    /// The cells that hold a 提出回 and nothing else.
    pub round_at: Vec<Place>,
    /// A 提出回 that is no number.
    pub unknown_round: Option<Stated>,
}

/// A value and its cell.
pub type Stated = (String, Place);

/// The tables with the rows of their sheets that stand above each.
pub fn areas_above<'t, 'b>(tables: &'t [Located<'b>]) -> Vec<(&'t Located<'b>, Range<u32>)> {
    let mut before: Option<&Located> = None;
    let mut areas = Vec::new();
    for located in tables {
        let same_sheet = before.filter(|before| std::ptr::eq(before.sheet, located.sheet));
        areas.push((located, same_sheet.map_or(0, |before| before.end)..located.header));
        before = Some(located);
    }
    areas
}

/// Reads what stands above the tables.
pub fn heading(tables: &[Located]) -> Heading {
    let labels = HeadingLabels::new();
    let mut heading = Heading::default();
    for (located, above) in areas_above(tables) {
        let sheet = located.sheet;
        let find = |word| {
            let (at, value) = labels.value_of(word, sheet, above.clone())?;
            Some((value, sheet.place(at)))
        };
        heading.departments.extend(find(Word::Department));
        heading.dates.extend(find(Word::AsOf));
        if let Some(stated) = find(Word::Round) {
            match round(&stated.0) {
                Some(round) => {
                    heading.round = heading.round.max(Some(round));
                    let is_alone = |at: &CellRef| {
                        sheet.shown(*at).is_some_and(|cell| cell.text.trim() == stated.0)
                    };
                    heading
                        .round_at
                        .extend(stated.1.cell.filter(is_alone).map(|at| sheet.place(at)));
                }
                None => heading.unknown_round = heading.unknown_round.or(Some(stated)),
            }
        }
        heading.blank_department = heading.blank_department.or_else(|| {
            let label = labels.label_of(Word::Department, sheet, above.clone())?;
            Some(sheet.place(CellRef::new(label.row, label.column + 1)))
        });
    }
    if !heading.departments.is_empty() {
        heading.blank_department = None;
    }
    heading
}

impl Heading {
    /// 部局名, as the first sheet has it.
    pub fn department(&self) -> Option<&Stated> {
        self.departments.first()
    }

    /// Tells of what differs: between the sheets, and from the settings.
    pub fn differences(&self, edition: &Edition, observations: &mut Observations) {
        let mut note = |kind, (found, at): &Stated, expected: &str| {
            observations.note(kind, at.clone()).found(found).expected(expected);
        };
        if let Some((first, others)) = self.departments.split_first()
            && let Some(other) = others.iter().find(|other| key(&other.0) != key(&first.0))
        {
            note(ObservationKind::DepartmentDiffers, other, &first.0);
        }
        let meant = &edition.form.as_of;
        let differs = |stated: &&Stated| !meant.is_empty() && !is_same_date(&stated.0, meant);
        if let Some(other) = self.dates.iter().find(differs) {
            note(ObservationKind::AsOfDiffers, other, meant);
        }
        if let Some(stated) = &self.unknown_round {
            note(ObservationKind::UnknownRound, stated, "");
        }
    }
}

/// Whether two dates are one, or of one month: 「令和7年1月」 and 「2025/1/31」.
fn is_same_date(a: &str, b: &str) -> bool {
    let (a, b) = (key(a).to_uppercase(), key(b).to_uppercase());
    a == b || month(&a).is_some_and(|month_of_a| month(&b) == Some(month_of_a))
}

/// Year and month at the start of a text.
fn month(text: &str) -> Option<(i32, u32)> {
    let (year, rest) = era::prefix(text)?;
    let rest = rest.strip_prefix(['年', '.', '/', '-'])?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    Some((year, rest.get(..end)?.parse().ok()?))
}

/// The number in 「2」, 「第２回」, 「2回目」, 「2版」; a date has none.
fn round(text: &str) -> Option<u32> {
    let text = key(text);
    let text = text.strip_prefix('第').unwrap_or(&text);
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, unit) = text.split_at(end);
    ["", "回", "回目", "版"]
        .contains(&unit)
        .then(|| digits.parse().ok())
        .flatten()
        .filter(|&number| number > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_submission_is_a_number_and_no_date() {
        for (text, number) in [
            ("2", Some(2)),
            ("第２回", Some(2)),
            ("３回目", Some(3)),
            ("第2版", Some(2)),
            ("R7.1.20", None),
            ("令和7年1月20日", None),
            ("2025/1/20", None),
            ("2.5", None),
            ("0", None),
            ("最終", None),
        ] {
            assert_eq!(round(text), number, "{text}");
        }
    }

    #[test]
    fn dates_are_one_by_their_month() {
        for (a, b, same) in [
            ("令和7年1月", "令和７年 １月", true),
            ("令和7年1月", "R7.1", true),
            ("令和7年1月", "2025/1/31", true),
            ("令和7年1月", "令和6年1月", false),
            ("令和7年1月", "令和7年10月", false),
            ("年度末", "年度末", true),
            ("年度末", "令和7年1月", false),
        ] {
            assert_eq!(is_same_date(a, b), same, "{a} {b}");
        }
    }
}
