//! Which rows of a sheet are the labels of a table.
//!
//! A header is a row of short texts, no two alike, at least half as wide as the widest row. Labels
//! may stand over two rows: a label over several columns is the head of those below it, and a label
//! that is merged down counts for the lower row.

use std::collections::BTreeSet;

use crate::diag::CellRef;
use crate::intake::locate::{HeadingLabels, TALLEST, is_sample_mark};
use crate::intake::read::grid::{Cell, Kind, Sheet};
use crate::schema::foreign;
use crate::text::{era, key};

/// The most characters of a label.
const LONGEST: usize = 48;
/// As many known labels make a row below a table the header of another.
const KNOWN: usize = 3;

/// The labels of a table.
#[derive(Debug, PartialEq, Eq)]
pub struct Header {
    /// The first and the last of its rows.
    pub first: u32,
    pub last: u32,
    /// Column, head and label, from the left.
    pub labels: Vec<(u32, String, String)>,
}

/// The headers of a sheet from the top.
pub fn headers(sheet: &Sheet) -> Vec<Header> {
    let mut rows: Vec<u32> = sheet.cells.keys().map(|at| at.row).collect();
    rows.dedup();
    let Some(widest) = rows.iter().map(|&row| labels(sheet, row).len()).max() else {
        return Vec::new();
    };
    let mut found: Vec<Header> = Vec::new();
    for &row in &rows {
        let is_within = found.last().is_some_and(|header| row <= header.last);
        let is_new = match found.last() {
            None => is_header(sheet, row, widest),
            Some(above) => !is_within && is_another(sheet, row, widest, above),
        };
        if is_new {
            found.push(header(sheet, row));
        }
    }
    found
}

/// The texts of a row, with those that are merged down into it from the rows just above.
fn labels(sheet: &Sheet, row: u32) -> Vec<(u32, &Cell)> {
    let mut labels: Vec<(u32, &Cell)> =
        sheet.row(row).map(|(at, cell)| (at.column, cell)).collect();
    let from = row.saturating_sub(TALLEST);
    for (at, cell) in sheet.cells.range(CellRef::new(from, 0)..CellRef::new(row, 0)) {
        let merge = sheet.merges.at(*at).filter(|merge| merge.first == *at);
        let reaches = merge.is_some_and(|merge| {
            merge.last.row >= row && merge.last.row.saturating_sub(merge.first.row) < TALLEST
        });
        if reaches && !cell.is_blank() {
            labels.push((at.column, cell));
        }
    }
    labels.sort_by_key(|&(column, _)| column);
    labels
}

fn is_header(sheet: &Sheet, row: u32, widest: usize) -> bool {
    let labels = labels(sheet, row);
    let words = HeadingLabels::new();
    let is_aside = labels.first().is_some_and(|(column, cell)| {
        words.announce(sheet, CellRef::new(row, *column), &cell.text)
    });
    let is_sample = labels.first().is_some_and(|(_, cell)| is_sample_mark(&cell.text));
    labels.len() >= 2
        && labels.len() * 2 >= widest
        && !is_sample
        // Labels above a table come in pairs; a table of two columns may begin with one.
        && !(is_aside && labels.len() * 2 < widest.max(5))
        && are_labels(&labels)
}

fn are_labels(labels: &[(u32, &Cell)]) -> bool {
    let texts: BTreeSet<String> = labels.iter().map(|(_, cell)| key(&cell.text)).collect();
    // Under heads of their own, the same label may stand twice.
    texts.len() * 2 > labels.len() && labels.iter().all(|(_, cell)| is_label(cell))
}

fn is_label(cell: &Cell) -> bool {
    let text = cell.text.trim();
    let is_year = era::year(text).is_some();
    (cell.kind == Kind::Text || is_year)
        && text.chars().count() <= LONGEST
        && !text.contains('。')
        && (is_year || text.chars().any(char::is_alphabetic))
}

/// Whether a row below a table begins another one: it has several labels that mean something, other
/// ones than those above, and stands apart.
fn is_another(sheet: &Sheet, row: u32, widest: usize, above: &Header) -> bool {
    let labels = labels(sheet, row);
    let known = labels.iter().filter(|(_, cell)| foreign::is_known(&cell.text)).count();
    let is_apart = row > 0 && sheet.row(row - 1).count() <= 1;
    let is_same = above
        .labels
        .iter()
        .map(|(.., label)| key(label))
        .eq(labels.iter().map(|(_, cell)| key(&cell.text)));
    known >= KNOWN
        && known * 2 >= labels.len()
        && is_apart
        && !is_same
        && is_header(sheet, row, widest)
}

fn header(sheet: &Sheet, first: u32) -> Header {
    let mut last = first;
    // What is merged down from this row is at home in the last of its rows.
    for (at, _) in sheet.row(first) {
        if let Some(merge) = sheet.merges.at(at)
            && merge.last.row.saturating_sub(first) < TALLEST
        {
            last = last.max(merge.last.row);
        }
    }
    if last == first && goes_on(sheet, first) {
        last = first + 1;
    }
    let head_rows = first..last;
    let mut labels: Vec<(u32, String, String)> = Vec::new();
    for (column, cell) in self::labels(sheet, last) {
        let at = CellRef::new(last, column);
        let is_own = sheet.shown(at).is_some();
        let head = head_rows.clone().rev().find_map(|row| head_over(sheet, row, column));
        let head = head.filter(|_| is_own).unwrap_or_default();
        labels.push((column, head, flat(&cell.text)));
    }
    // What stands above an empty cell and is merged with nothing is a label of its own.
    for row in head_rows {
        for (at, cell) in sheet.row(row) {
            let is_taken = labels.iter().any(|(column, ..)| *column == at.column);
            let is_wide = sheet.merges.at(at).is_some_and(|merge| merge.last.column > at.column);
            if !is_taken && !is_wide {
                labels.push((at.column, String::new(), flat(&cell.text)));
            }
        }
    }
    labels.sort_by_key(|&(column, ..)| column);
    Header { first, last, labels }
}

/// Whether the labels go on in the next row: it has labels alone, some of them beside or below a
/// label that is the head of several columns.
fn goes_on(sheet: &Sheet, row: u32) -> bool {
    let below: Vec<(u32, &Cell)> = sheet.row(row + 1).map(|(at, cell)| (at.column, cell)).collect();
    let above: Vec<u32> = sheet.row(row).map(|(at, _)| at.column).collect();
    let Some((&(leftmost, first), &widest)) = below.first().zip(above.first()) else {
        return false;
    };
    let is_sample = is_sample_mark(&first.text);
    let is_spanned = |&(column, _): &(u32, &Cell)| {
        let at = CellRef::new(row, column);
        let is_wide =
            sheet.merges.at(at).is_some_and(|merge| merge.last.column > merge.first.column);
        is_wide || sheet.shown(at).is_none()
    };
    // A table's first row of data begins where the labels begin.
    let is_below = leftmost > widest || below.iter().all(is_spanned);
    !is_sample
        && is_below
        && below.iter().any(is_spanned)
        && below.iter().all(|(_, cell)| is_label(cell))
}

/// The head of a column in a row: the text that is merged over it, or else the next one to the left.
fn head_over(sheet: &Sheet, row: u32, column: u32) -> Option<String> {
    let at = CellRef::new(row, column);
    if let Some((from, cell)) = sheet.effective(at) {
        let merge = sheet.merges.at(at);
        let is_in_row = merge
            .is_none_or(|merge| merge.last.row == row || merge.last.column > merge.first.column);
        return (from.row == row && is_in_row).then(|| flat(&cell.text));
    }
    let left = sheet.row(row).take_while(|(at, _)| at.column < column).last()?;
    // A label of a column of its own is no head.
    let below = sheet.shown(CellRef::new(row + 1, left.0.column));
    (below.is_some() && sheet.merges.at(left.0).is_none()).then(|| flat(&left.1.text))
}

/// A label in one line.
fn flat(text: &str) -> String {
    text.split(['\n', '\r']).map(str::trim).collect::<String>()
}
