//! What goes beside the text of a sheet's cells and must not be dropped in silence: struck
//! and raised text, what is hidden, notes, boxes, merged cells, formulas without a value.

use std::collections::BTreeSet;

use super::grid::{Book, Kind, Region, Sheet};
use super::locate::Located;
use super::rows::Row;
use crate::diag::{CellRef, Place};
use crate::model::{Observation, ObservationKind};
use crate::schema::form::NOTE_PREFIX;
use crate::schema::keys;

/// Tells of the marks on the sheets that hold tables, sheet by sheet.
pub fn marks(
    book: &Book,
    tables: &[Located],
    rows: &[Vec<Row>],
    observations: &mut Vec<Observation>,
) {
    let mut told: Vec<*const Sheet> = Vec::new();
    let mut told_merges = BTreeSet::new();
    for (located, rows) in tables.iter().zip(rows) {
        let sheet = located.sheet;
        let mut say = |kind, at: Option<CellRef>, found: &str| {
            let place = Place { cell: at, ..Place::sheet(&book.file, &sheet.name) };
            let found = found.trim().to_owned();
            observations.push(Observation { kind, at: place, found, expected: String::new() });
        };
        if !told.contains(&std::ptr::from_ref(sheet)) {
            told.push(sheet);
            told_merges.clear();
            of_sheet(sheet, &mut say);
        }
        of_table(located, rows, &mut told_merges, &mut say);
    }
}

type Say<'a> = dyn FnMut(ObservationKind, Option<CellRef>, &str) + 'a;

fn of_sheet(sheet: &Sheet, say: &mut Say) {
    if sheet.hidden {
        say(ObservationKind::HiddenData, None, "");
    }
    for (at, struck) in &sheet.struck {
        say(ObservationKind::StruckText, Some(*at), &struck.text);
    }
    for (at, raised) in &sheet.raised {
        say(ObservationKind::RaisedText, Some(*at), raised);
    }
    // The notes of a returned form come back with it.
    for (at, text) in sheet.notes.iter().filter(|(_, text)| !text.starts_with(NOTE_PREFIX)) {
        say(ObservationKind::Note, Some(*at), text);
    }
    for (at, text) in &sheet.floating {
        say(ObservationKind::FloatingText, *at, text);
    }
}

/// `told` has the merged regions that an earlier table of the sheet touches.
fn of_table(
    located: &Located,
    rows: &[Row],
    told: &mut BTreeSet<(CellRef, CellRef)>,
    say: &mut Say,
) {
    let sheet = located.sheet;
    for row in rows.iter().filter(|row| sheet.hidden_rows.contains(row.number)) {
        let kind = if sheet.filtered {
            ObservationKind::FilteredRows
        } else {
            ObservationKind::HiddenData
        };
        let name = row.entries.get(keys::NAME).map_or("", |(_, cell)| cell.text.as_str());
        say(kind, Some(CellRef::new(row.number, first_column(located))), name);
    }
    for (field, &column) in &located.columns {
        let hidden = sheet.hidden_columns.contains(column);
        let data = rows.iter().find_map(|row| row.entries.get(field));
        if let Some((_, cell)) = data.filter(|_| hidden) {
            say(
                ObservationKind::HiddenData,
                Some(CellRef::new(located.header, column)),
                &cell.text,
            );
        }
    }
    for merge in merges(located, rows) {
        if !told.insert((merge.first, merge.last)) {
            continue;
        }
        say(
            ObservationKind::MergedCells,
            Some(merge.first),
            &format!("{}:{}", merge.first, merge.last),
        );
    }
    let range = CellRef::new(located.header + 1, 0)..CellRef::new(located.end, 0);
    for (at, _) in sheet.cells.range(range).filter(|(_, cell)| cell.kind == Kind::Unvalued) {
        if located.columns.values().any(|&column| column == at.column) {
            say(ObservationKind::FormulaWithoutValue, Some(*at), "");
        }
    }
}

fn first_column(located: &Located) -> u32 {
    located.columns.values().copied().min().unwrap_or(0)
}

/// The merged regions that touch the table's data, in reading order.
fn merges(located: &Located, rows: &[Row]) -> Vec<Region> {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Vec::new() };
    let right = located.columns.values().copied().max().unwrap_or(0);
    let table = first_column(located)..=right;
    let touches = |merge: &&Region| {
        merge.first.row <= last.number
            && merge.last.row >= first.number
            && merge.first.column <= *table.end()
            && merge.last.column >= *table.start()
    };
    let mut merges: Vec<Region> = located.sheet.merges.iter().filter(touches).copied().collect();
    merges.sort_by_key(|merge| merge.first);
    merges
}
