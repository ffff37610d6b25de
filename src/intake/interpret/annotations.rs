//! What goes beside the text of a sheet's cells and must not be dropped in silence: struck
//! and raised text, what is hidden, notes, boxes, merged cells, formulas without a value.
//! `seen.rs` has what the screen shows otherwise than the print will.

use std::collections::BTreeSet;

use super::seen::seen;
use crate::diag::{CellRef, Place};
use crate::intake::locate::{Located, Row};
use crate::intake::read::grid::{Floating, Kind, Region, Sheet};
use crate::model::{ObservationKind, Observations};
use crate::schema::keys;

/// Tells of the annotations on the sheets that hold tables, sheet by sheet.
pub fn annotations(tables: &[Located], observations: &mut Observations) {
    let mut told: Vec<*const Sheet> = Vec::new();
    let mut told_merges = BTreeSet::new();
    for located in tables {
        let sheet = located.sheet;
        let is_new = !told.contains(&std::ptr::from_ref(sheet));
        if is_new {
            told.push(sheet);
            told_merges.clear();
            let own = tables.iter().filter(|table| std::ptr::eq(table.sheet, sheet));
            struck(sheet, &own.collect::<Vec<_>>(), observations);
        }
        let mut note = |kind, at: Option<CellRef>, found: &str| {
            let place = Place { cell: at, ..Place::sheet(&sheet.file, &sheet.name) };
            observations.note(kind, place).found(found.trim());
        };
        if is_new {
            of_sheet(sheet, &mut note);
        }
        of_table(located, &mut told_merges, &mut note);
        if is_new {
            floating(sheet, observations);
        }
        seen(located, observations);
    }
}

/// What is struck through; a row that is struck from end to end is told once, by its name.
fn struck(sheet: &Sheet, tables: &[&Located], observations: &mut Observations) {
    let mut rows = BTreeSet::new();
    let mut note = |at: &CellRef, text: &str, more: Vec<Place>| {
        let noted = observations.note(ObservationKind::StruckText, sheet.place(*at));
        noted.found(text.trim()).also_at(more);
    };
    for (at, struck) in &sheet.struck {
        let row = tables.iter().find_map(|table| {
            let index = table.rows.binary_search_by_key(&at.row, |row| row.number).ok()?;
            table.rows.get(index)
        });
        let whole = row.filter(|row| is_struck(sheet, row));
        let name = whole.and_then(|row| row.entries.get(keys::NAME));
        match name {
            Some((_, name)) => {
                if rows.insert(at.row) {
                    let behind = CellRef::new(at.row, at.column + 1)..CellRef::new(at.row + 1, 0);
                    let cells = sheet.struck.range(behind).map(|(at, _)| sheet.place(*at));
                    note(at, &name.text, cells.collect());
                }
            }
            None => note(at, &struck.text, Vec::new()),
        }
    }
}

/// Whether all that a row says is struck through, and that in several cells.
fn is_struck(sheet: &Sheet, row: &Row) -> bool {
    let own = || row.entries.values().filter(|(at, _)| at.row == row.number);
    let whole = |at| sheet.struck.get(at).is_some_and(|struck| struck.kept.trim().is_empty());
    own().count() > 1 && own().all(|(at, _)| whole(at))
}

type Note<'a> = dyn FnMut(ObservationKind, Option<CellRef>, &str) + 'a;

fn of_sheet(sheet: &Sheet, note: &mut Note) {
    if sheet.hidden {
        note(ObservationKind::HiddenData, None, "");
    }
    for (at, raised) in &sheet.raised {
        note(ObservationKind::RaisedText, Some(*at), raised);
    }
    for (at, text) in &sheet.notes {
        note(ObservationKind::Note, Some(*at), text);
    }
    for part in &sheet.lacking {
        note(ObservationKind::PartLacking, None, part);
    }
}

/// What lies over the cells, with all of the cells that are under it.
fn floating(sheet: &Sheet, observations: &mut Observations) {
    for Floating { over, words } in &sheet.floating {
        let cell = over.map(|over| over.first);
        let place = Place { cell, ..Place::sheet(&sheet.file, &sheet.name) };
        let noted = observations.note(ObservationKind::FloatingText, place).found(words.trim());
        if let Some(over) = over.filter(|over| over.first != over.last) {
            noted.why(say!("{over}の上にある", "it lies over {over}"));
        }
    }
}

/// `told` has the merged regions that an earlier table of the sheet touches.
fn of_table(located: &Located, told: &mut BTreeSet<(CellRef, CellRef)>, note: &mut Note) {
    let (sheet, rows) = (located.sheet, &located.rows);
    let first_column = located.columns.values().copied().min();
    for row in rows.iter().filter(|row| sheet.hidden_rows.contains(row.number)) {
        let kind = if sheet.filtered {
            ObservationKind::FilteredRows
        } else {
            ObservationKind::HiddenData
        };
        let name = row.entries.get(keys::NAME).map_or("", |(_, cell)| cell.text.as_str());
        note(kind, first_column.map(|column| CellRef::new(row.number, column)), name);
    }
    for (field, &column) in &located.columns {
        let hidden = sheet.hidden_columns.contains(column);
        let data = rows.iter().find_map(|row| row.entries.get(field));
        if let Some((_, cell)) = data.filter(|_| hidden) {
            note(
                ObservationKind::HiddenData,
                Some(CellRef::new(located.header, column)),
                &cell.text,
            );
        }
    }
    for merge in merges(located) {
        if !told.insert((merge.first, merge.last)) {
            continue;
        }
        note(
            ObservationKind::MergedCells,
            Some(merge.first),
            &format!("{}:{}", merge.first, merge.last),
        );
    }
    let range = CellRef::new(located.header + 1, 0)..CellRef::new(located.end, 0);
    for (at, _) in sheet.cells.range(range).filter(|(_, cell)| cell.kind == Kind::Unvalued) {
        if located.columns.values().any(|&column| column == at.column) {
            note(ObservationKind::FormulaWithoutValue, Some(*at), "");
        }
    }
}

/// The merged regions that touch the table's data, in reading order.
fn merges(located: &Located) -> Vec<Region> {
    let columns = || located.columns.values().copied();
    let (Some(first), Some(last)) = (located.rows.first(), located.rows.last()) else {
        return Vec::new();
    };
    let (Some(left), Some(right)) = (columns().min(), columns().max()) else {
        return Vec::new();
    };
    // What heads a group of rows is merged over its own row alone.
    let has_data = |merge: &Region| {
        let next = located.rows.partition_point(|row| row.number < merge.first.row);
        located.rows.get(next).is_some_and(|row| row.number <= merge.last.row)
    };
    let touches = |merge: &&Region| {
        has_data(merge)
            && merge.first.row <= last.number
            && merge.last.row >= first.number
            && merge.first.column <= right
            && merge.last.column >= left
    };
    let mut merges: Vec<Region> = located.sheet.merges.iter().filter(touches).copied().collect();
    merges.sort_by_key(|merge| merge.first);
    merges
}
