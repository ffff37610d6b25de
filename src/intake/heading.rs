//! What stands above the tables: 部局名, 基準日, 提出回.

use super::grid::{Book, Sheet};
use super::locate::Located;
use crate::diag::{CellRef, Place};
use crate::edition::fields::{AS_OF_LABELS, DEPARTMENT_LABELS, ROUND_LABELS};
use crate::text::key;

/// How far right of its label a value may stand.
const REACH: u32 = 6;

/// What the form says of itself.
#[derive(Debug, Default)]
pub struct Heading {
    /// 部局名 with its cell.
    pub department: Option<(String, Place)>,
    pub as_of: Option<String>,
    pub round: Option<u32>,
}

/// Reads what stands above the tables; the first that says something counts.
pub fn heading(book: &Book, tables: &[Located]) -> Heading {
    let mut heading = Heading::default();
    for located in tables {
        let sheet = located.sheet;
        let find = |labels: &[&str]| value_of(sheet, located.header, labels);
        heading.department = heading.department.or_else(|| {
            let (at, value) = find(DEPARTMENT_LABELS)?;
            Some((value, Place::cell(&book.file, &sheet.name, at)))
        });
        heading.as_of = heading.as_of.or_else(|| Some(find(AS_OF_LABELS)?.1));
        heading.round = heading.round.or_else(|| round(&find(ROUND_LABELS)?.1));
    }
    heading
}

/// The value beside one of the labels, above a row.
fn value_of(sheet: &Sheet, above: u32, labels: &[&str]) -> Option<(CellRef, String)> {
    let end = CellRef::new(above, 0);
    for (&at, cell) in sheet.cells.range(..end).filter(|(_, cell)| !cell.is_blank()) {
        let text = cell.text.trim();
        if is_label(text, labels) {
            if let Some(found) = beside(sheet, at) {
                return Some(found);
            }
        } else if let Some((label, value)) = text.split_once(['：', ':'])
            && is_label(label, labels)
            && !value.trim().is_empty()
        {
            return Some((at, value.trim().to_owned()));
        }
    }
    None
}

/// Whether a cell says what stands beside it, above a table.
pub fn is_heading_label(text: &str) -> bool {
    [DEPARTMENT_LABELS, AS_OF_LABELS, ROUND_LABELS].iter().any(|labels| is_label(text, labels))
}

fn is_label(text: &str, labels: &[&str]) -> bool {
    let text = key(text);
    let text = text.trim_end_matches(':');
    labels.iter().any(|label| key(label) == text)
}

/// The next value right of a label, unless that is a label too.
fn beside(sheet: &Sheet, label: CellRef) -> Option<(CellRef, String)> {
    let (at, cell) = sheet
        .row(label.row)
        .find(|(at, _)| at.column > label.column && at.column <= label.column + REACH)?;
    let text = cell.text.trim();
    (!is_heading_label(text)).then(|| (at, text.to_owned()))
}

/// The number in 「2」, 「第２回」, 「2版」.
fn round(text: &str) -> Option<u32> {
    let text = key(text);
    let digits: String = text
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(|c| c.is_ascii_digit())
        .collect();
    digits.parse().ok()
}
