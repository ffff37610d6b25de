//! What stands beside the tables and is not read: notes around them, sheets without them.

use super::grid::{Book, Sheet};
use super::heading::is_of_heading;
use super::locate::{Located, is_guide, on_sheet};
use super::rows::{Nature, Row, nature, rows};
use crate::diag::{CellRef, Place};
use crate::edition::fields::{FILL_HINT, FINDINGS_SHEET, Field, LISTS_SHEET, ROUND_HINT, Table};
use crate::model::{Oddity, OddityKind};
use crate::text::{filler, key};

/// Of the cells of one sheet, no more than these are told.
const MOST: usize = 100;

/// Tells of the texts that nobody will read.
pub fn outside(book: &Book, tables: &[Located], rows: &[Vec<Row>], oddities: &mut Vec<Oddity>) {
    for sheet in &book.sheets {
        let of_sheet = || tables.iter().zip(rows).filter(|(t, _)| std::ptr::eq(t.sheet, sheet));
        if of_sheet().next().is_none() {
            oddities.extend(not_read(book, sheet));
            continue;
        }
        let is_outside = |&(&at, text): &(&CellRef, &str)| {
            let around = of_sheet().find(|(t, _)| (t.first..t.end).contains(&at.row));
            match around {
                Some((located, rows)) => is_beside(located, rows, at),
                None => {
                    let mut labels = of_sheet().map(|(located, _)| located.header);
                    let is_label = labels.any(|header| is_raised(sheet, at.row, header));
                    !is_label && !is_of_form(sheet, at, text)
                }
            }
        };
        let cells = sheet.cells.iter().map(|(at, cell)| (at, cell.text.trim()));
        let texts = cells.filter(|(_, text)| text.contains(char::is_alphabetic));
        oddities.extend(texts.filter(is_outside).take(MOST).map(|(&at, text)| Oddity {
            kind: OddityKind::TextOutside,
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

/// Whether a row above a header has labels that are merged down into it.
fn is_raised(sheet: &Sheet, row: u32, header: u32) -> bool {
    let mut merges = sheet.merges.iter();
    merges.any(|merge| (merge.first.row..header).contains(&row) && header <= merge.last.row)
}

/// Whether a text above a table is the form's own: its title, its heading, its hints.
fn is_of_form(sheet: &Sheet, at: CellRef, text: &str) -> bool {
    let own = key(text);
    own.contains("調査票")
        || Table::ALL.iter().any(|table| own.contains(&key(table.sheet())))
        || [ROUND_HINT, FILL_HINT].iter().any(|hint| key(hint) == own)
        || is_of_heading(sheet, at, text)
}

/// A sheet without a table that has something to say; a sheet of samples where rows of a table
/// were filled in.
fn not_read(book: &Book, sheet: &Sheet) -> Option<Oddity> {
    let name = key(&sheet.name);
    if [FINDINGS_SHEET, LISTS_SHEET].iter().any(|own| name == key(own)) {
        return None;
    }
    let filled = is_guide(sheet).then(|| {
        let mut unsaid = Vec::new();
        let tables = on_sheet(book, sheet, &mut unsaid);
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
    Some(Oddity {
        kind: OddityKind::SheetNotRead,
        at: Place::cell(&book.file, &sheet.name, at),
        found,
        expected: table.to_owned(),
    })
}

/// The first entry of a table that is no sample.
fn entry(book: &Book, located: &Located) -> Option<(CellRef, String)> {
    rows(book, located, &mut Vec::new()).into_iter().find_map(|row| {
        let (at, name) = row.entries.get(&Field::Name)?;
        filler(&name.text).is_none().then(|| (*at, name.text.trim().to_owned()))
    })
}
