//! What stands beside the tables and is not read: notes around them, sheets without them.

use std::collections::BTreeSet;

use crate::diag::{CellRef, Place};
use crate::intake::locate::{HeadingLabels, Located, Nature, TALLEST, is_guide, nature, on_sheet};
use crate::intake::read::grid::{Book, Sheet};
use crate::model::{ObservationKind, Observations};
use crate::schema::form::{FILL_HINT, FINDINGS_SHEET, LISTS_SHEET, ROUND_HINT};
use crate::schema::{Schema, Table, keys};
use crate::text::{filler, key};

/// Of the cells of one sheet, no more than these are told.
const MOST: usize = 100;

/// Tells of the texts that nobody will read; what stands in the cells that are `said` was read.
pub fn stray_text(
    book: &Book,
    schema: &Schema,
    tables: &[Located],
    said: &BTreeSet<Place>,
    observations: &mut Observations,
) {
    let labels = HeadingLabels::new();
    for sheet in &book.sheets {
        // From above to below, as they were located.
        let own: Vec<&Located> = tables.iter().filter(|t| std::ptr::eq(t.sheet, sheet)).collect();
        if own.is_empty() {
            let is_said = |at: &CellRef| said.contains(&sheet.place(*at));
            if said.is_empty() || !sheet.cells.keys().any(is_said) {
                not_read(schema, sheet, observations);
            }
            continue;
        }
        let raised = raised(sheet, &own);
        let is_outside = |&(&at, text): &(&CellRef, &str)| {
            let next = own.partition_point(|t| t.first <= at.row);
            let above = next.checked_sub(1).and_then(|last| own.get(last));
            match above.filter(|t| at.row < t.end) {
                Some(located) => is_beside(located, at),
                None => !raised.contains(&at.row) && !is_of_form(schema, &labels, sheet, at, text),
            }
        };
        let cells = sheet.cells.iter().map(|(at, cell)| (at, cell.text.trim()));
        let texts = cells.filter(|(_, text)| text.contains(char::is_alphabetic));
        let is_unsaid = |(at, _): &(&CellRef, &str)| !said.contains(&sheet.place(**at));
        for (&at, text) in texts.filter(is_outside).filter(is_unsaid).take(MOST) {
            observations.note(ObservationKind::TextOutside, sheet.place(at)).found(text);
        }
    }
}

/// Whether a cell in the rows of a table belongs to no entry and no column.
fn is_beside(located: &Located, at: CellRef) -> bool {
    let is_read = located.rows.binary_search_by_key(&at.row, |row| row.number).is_ok();
    // Of the rows that are read, F205 tells what stands in no column.
    if at.row <= located.header || is_read {
        return false;
    }
    match nature(located, at.row) {
        Nature::Sample | Nature::Nothing | Nature::Aside => false,
        Nature::Note => true,
        Nature::Data => {
            !located.columns.values().any(|&column| column == at.column)
                && !located.unknown.contains_key(&at.column)
        }
    }
}

/// The rows above the headers whose labels are merged down into them.
fn raised(sheet: &Sheet, tables: &[&Located]) -> BTreeSet<u32> {
    let labels = sheet.merges.iter().filter(|m| m.last.row - m.first.row < TALLEST);
    let above = labels.filter_map(|merge| {
        let next = tables.partition_point(|t| t.first <= merge.last.row);
        let header = tables.get(next.checked_sub(1)?)?.header;
        Some(merge.first.row..header)
    });
    above.flatten().collect()
}

/// Whether a text above a table is the form's own: its title, its heading, its hints.
fn is_of_form(
    schema: &Schema,
    labels: &HeadingLabels,
    sheet: &Sheet,
    at: CellRef,
    text: &str,
) -> bool {
    let own = key(text);
    let words = &schema.words;
    own.contains("調査票")
        || Table::ALL.iter().any(|table| own.contains(&key(words.sheet(*table))))
        || Table::ALL.iter().any(|table| own.contains(&key(words.title(*table))))
        || [ROUND_HINT, FILL_HINT].iter().any(|hint| key(hint) == own)
        || labels.announce(sheet, at, text)
}

/// Tells of a sheet without a table that has something to say, and of a sheet of samples where
/// rows of a table were filled in.
fn not_read(schema: &Schema, sheet: &Sheet, observations: &mut Observations) {
    let name = key(&sheet.name);
    if [FINDINGS_SHEET, LISTS_SHEET].iter().any(|own| name == key(own)) {
        return;
    }
    let (found, table) = if is_guide(sheet) {
        match filled_in(schema, sheet) {
            Some((table, at, name)) => (Some((at, name)), schema.words.sheet(table)),
            None => (None, ""),
        }
    } else {
        let mut cells = sheet.cells.iter();
        let text = cells.find(|(_, cell)| cell.text.contains(char::is_alphabetic));
        (text.map(|(&at, cell)| (at, cell.text.trim().to_owned())), "")
    };
    if let Some((at, found)) = found {
        let noted = observations.note(ObservationKind::SheetNotRead, sheet.place(at));
        noted.found(found).expected(table);
    }
}

/// The first entry on a sheet of samples that is none, with its table.
fn filled_in(schema: &Schema, sheet: &Sheet) -> Option<(Table, CellRef, String)> {
    // Our own instructions have three columns, and no row of a table.
    let cells: Vec<u32> = sheet.cells.keys().map(|at| at.row).collect();
    if !cells.chunk_by(|a, b| a == b).any(|row| row.len() > 3) {
        return None;
    }
    // What is unusual about samples is nobody's concern.
    let mut unsaid = Observations::default();
    on_sheet(schema, sheet, &mut unsaid).iter().find_map(|located| {
        let (at, name) = located.rows.iter().find_map(|row| {
            let (at, name) = row.entries.get(keys::NAME)?;
            filler(&name.text).is_none().then(|| (*at, name.text.trim().to_owned()))
        })?;
        Some((located.table, at, name))
    })
}
