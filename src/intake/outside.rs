//! What stands beside the tables and is not read: notes around them, sheets without them.

use std::collections::BTreeSet;

use super::grid::{Book, Sheet};
use super::heading::HeadingLabels;
use super::locate::{Located, TALLEST, is_guide, on_sheet};
use super::rows::{Nature, Row, nature, rows};
use crate::diag::{CellRef, Place};
use crate::model::{Observation, ObservationKind};
use crate::schema::form::{FILL_HINT, FINDINGS_SHEET, LISTS_SHEET, ROUND_HINT};
use crate::schema::{Schema, Table, keys};
use crate::text::{filler, key};

/// Of the cells of one sheet, no more than these are told.
const MOST: usize = 100;

/// Tells of the texts that nobody will read.
pub fn outside(
    book: &Book,
    schema: &Schema,
    tables: &[Located],
    rows: &[Vec<Row>],
    observations: &mut Vec<Observation>,
) {
    let words = HeadingLabels::new();
    for sheet in &book.sheets {
        let own = tables.iter().zip(rows).filter(|(t, _)| std::ptr::eq(t.sheet, sheet));
        // From above to below, as they were located.
        let own: Vec<(&Located, &Vec<Row>)> = own.collect();
        if own.is_empty() {
            observations.extend(not_read(book, schema, sheet));
            continue;
        }
        let raised = raised(sheet, &own);
        let is_outside = |&(&at, text): &(&CellRef, &str)| {
            let next = own.partition_point(|(t, _)| t.first <= at.row);
            let above = next.checked_sub(1).and_then(|last| own.get(last));
            match above.filter(|(t, _)| at.row < t.end) {
                Some((located, rows)) => is_beside(located, rows, at),
                None => !raised.contains(&at.row) && !is_of_form(&words, sheet, at, text),
            }
        };
        let cells = sheet.cells.iter().map(|(at, cell)| (at, cell.text.trim()));
        let texts = cells.filter(|(_, text)| text.contains(char::is_alphabetic));
        observations.extend(texts.filter(is_outside).take(MOST).map(|(&at, text)| Observation {
            kind: ObservationKind::TextOutside,
            at: Place::cell(&book.file, &sheet.name, at),
            found: text.to_owned(),
            expected: String::new(),
        }));
    }
}

/// Whether a cell in the rows of a table belongs to no entry and no column.
fn is_beside(located: &Located, rows: &[Row], at: CellRef) -> bool {
    // Of the rows that are read, F205 tells what stands in no column.
    if at.row <= located.header || rows.binary_search_by_key(&at.row, |row| row.number).is_ok() {
        return false;
    }
    match nature(located, at.row) {
        Nature::Sample => false,
        Nature::Note => true,
        Nature::Data => {
            !located.columns.values().any(|&column| column == at.column)
                && !located.unknown.contains_key(&at.column)
        }
    }
}

/// The rows above the headers whose labels are merged down into them.
fn raised(sheet: &Sheet, tables: &[(&Located, &Vec<Row>)]) -> BTreeSet<u32> {
    let labels = sheet.merges.iter().filter(|m| m.last.row - m.first.row < TALLEST);
    let above = labels.filter_map(|merge| {
        let next = tables.partition_point(|(t, _)| t.first <= merge.last.row);
        let header = tables.get(next.checked_sub(1)?)?.0.header;
        Some(merge.first.row..header)
    });
    above.flatten().collect()
}

/// Whether a text above a table is the form's own: its title, its heading, its hints.
fn is_of_form(words: &HeadingLabels, sheet: &Sheet, at: CellRef, text: &str) -> bool {
    let own = key(text);
    own.contains("調査票")
        || Table::ALL.iter().any(|table| own.contains(&key(table.sheet())))
        || [ROUND_HINT, FILL_HINT].iter().any(|hint| key(hint) == own)
        || words.announce(sheet, at, text)
}

/// A sheet without a table that has something to say; a sheet of samples where rows of a table
/// were filled in.
fn not_read(book: &Book, schema: &Schema, sheet: &Sheet) -> Option<Observation> {
    let name = key(&sheet.name);
    if [FINDINGS_SHEET, LISTS_SHEET].iter().any(|own| name == key(own)) {
        return None;
    }
    let filled = is_guide(sheet).then(|| {
        // Our own instructions have three columns, and no row of a table.
        let cells: Vec<u32> = sheet.cells.keys().map(|at| at.row).collect();
        if !cells.chunk_by(|a, b| a == b).any(|row| row.len() > 3) {
            return None;
        }
        let mut unsaid = Vec::new();
        let tables = on_sheet(book, schema, sheet, &mut unsaid);
        tables.iter().find_map(|located| Some((located.table, entry(book, located)?)))
    });
    let (at, found, table) = match filled {
        Some(filled) => {
            let (table, (at, name)) = filled?;
            (at, name, table.sheet())
        }
        None => {
            let mut cells = sheet.cells.iter();
            let (&at, cell) = cells.find(|(_, cell)| cell.text.contains(char::is_alphabetic))?;
            (at, cell.text.trim().to_owned(), "")
        }
    };
    Some(Observation {
        kind: ObservationKind::SheetNotRead,
        at: Place::cell(&book.file, &sheet.name, at),
        found,
        expected: table.to_owned(),
    })
}

/// The first entry of a table that is no sample.
fn entry(book: &Book, located: &Located) -> Option<(CellRef, String)> {
    rows(book, located, &mut Vec::new()).into_iter().find_map(|row| {
        let (at, name) = row.entries.get(keys::NAME)?;
        filler(&name.text).is_none().then(|| (*at, name.text.trim().to_owned()))
    })
}
