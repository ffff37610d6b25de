//! Tables to rows: which rows of a table are data, and what each field of them shows.

use std::collections::BTreeMap;

use super::grid::{Book, Cell};
use super::locate::Located;
use crate::diag::{CellRef, Place};
use crate::edition::fields::{Field, NOTE_MARKS, REFERENCE_LABEL, SAMPLE_MARKS};
use crate::model::{Oddity, OddityKind};
use crate::text::key;

/// A row of data.
#[derive(Debug)]
pub struct Row {
    pub number: u32,
    /// The fields that show something, with the cell it is written in.
    pub entries: BTreeMap<Field, (CellRef, Cell)>,
}

/// The rows of data of a table; those with data but no name are left out and told of.
pub fn rows(book: &Book, located: &Located, oddities: &mut Vec<Oddity>) -> Vec<Row> {
    let sheet = located.sheet;
    let mut numbers: Vec<u32> = sheet
        .cells
        .range(CellRef::new(located.header + 1, 0)..CellRef::new(located.end, 0))
        .map(|(at, _)| at.row)
        .collect();
    numbers.dedup();
    let mut rows = Vec::new();
    for number in numbers {
        if is_sample(located, number) || is_note(located, number) {
            continue;
        }
        let row = row(located, number);
        if row.entries.contains_key(&Field::Name) {
            if is_begun(&row) {
                rows.push(row);
            }
        } else if let Some((at, found)) = orphan(&row) {
            oddities.push(Oddity {
                kind: OddityKind::RowWithoutName,
                at: Place::cell(&book.file, &sheet.name, at),
                found,
                expected: located.table.label(Field::Name).into(),
            });
        }
    }
    rows
}

fn row(located: &Located, number: u32) -> Row {
    let mut entries = BTreeMap::new();
    for (&field, &column) in &located.columns {
        let found = located.sheet.effective(CellRef::new(number, column));
        // What is merged with the header or with the column to the left is not this field's.
        let found = found.filter(|(at, _)| at.row > located.header && at.column == column);
        if let Some((at, cell)) = found {
            entries.insert(field, (at, cell.clone()));
        }
    }
    Row { number, entries }
}

/// A row whose every field is merged with the row above says nothing of its own: it is the same
/// entry over two rows.
fn is_begun(row: &Row) -> bool {
    row.entries.values().any(|(at, _)| at.row == row.number)
}

fn is_sample(located: &Located, row: u32) -> bool {
    located.sheet.row(row).next().is_some_and(|(_, cell)| {
        let mark = key(&cell.text);
        SAMPLE_MARKS.iter().any(|known| key(known) == mark)
    })
}

/// A foot note: its mark, and hardly anything beside it.
fn is_note(located: &Located, row: u32) -> bool {
    let mut cells = located.sheet.row(row);
    let Some((_, first)) = cells.next() else { return false };
    let mut letters = first.text.trim_start().chars();
    let Some(mark) = letters.next().filter(|letter| NOTE_MARKS.contains(letter)) else {
        return false;
    };
    // 「注文の電子化」 is no note, 「注１　…」 and 「注）…」 are.
    let is_word = mark == '注' && letters.next().is_some_and(char::is_alphabetic);
    !is_word && cells.count() <= 1
}

/// Fields that the form fills in beforehand.
const PREFILLED: [Field; 3] = [Field::Id, Field::Status, Field::Department];

/// What a row without a name has to say, if anything: the first cell that is written in this
/// row and not filled in by the form.
fn orphan(row: &Row) -> Option<(CellRef, String)> {
    let (_, (at, cell)) = row.entries.iter().find(|(field, (at, cell))| {
        let prefilled = match field {
            Field::Id => is_number(&cell.text),
            field => PREFILLED.contains(field),
        };
        at.row == row.number && !prefilled
    })?;
    Some((*at, cell.text.trim().to_owned()))
}

/// An id, or a running number.
fn is_number(text: &str) -> bool {
    key(text).chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// The columns of a table that mean nothing here but hold data in its rows: the cell to show,
/// and its text.
pub fn unknown_columns(located: &Located, rows: &[Row]) -> Vec<(CellRef, String)> {
    let known: Vec<u32> = located.columns.values().copied().collect();
    let mut found: BTreeMap<u32, (CellRef, String)> = BTreeMap::new();
    for row in rows {
        for (at, cell) in located.sheet.row(row.number) {
            if known.contains(&at.column) || found.contains_key(&at.column) {
                continue;
            }
            let place = match located.unknown.get(&at.column) {
                Some(label) if key(label) == key(REFERENCE_LABEL) => continue,
                Some(label) => (CellRef::new(located.header, at.column), label.trim().to_owned()),
                None => (at, cell.text.trim().to_owned()),
            };
            found.insert(at.column, place);
        }
    }
    found.into_values().collect()
}
