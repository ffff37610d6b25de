//! Which sheets of a workbook can be relied on, where some of it could not be read.

use super::table::{is_guide, on_sheet};
use crate::diag::Place;
use crate::intake::read::grid::{Book, Fault, Sheet};
use crate::model::{ObservationKind, Observations};
use crate::schema::{Schema, Table};
use crate::text::key;

/// Tells of what could not be read. A cell of a form is told of by itself; a sheet of which a part
/// is missing is left out where no form is on it, and else the whole workbook is refused, for
/// nobody would notice what it lacks. So it is where a table that the edition has is nowhere.
pub fn keep_sound<'s>(
    book: &mut Book,
    schema: &Schema,
    usual_sheet: impl Fn(Table) -> Option<&'s str>,
) {
    if book.sheets.iter().all(|sheet| sheet.faults.is_empty()) {
        return;
    }
    let usual: Vec<(Table, String)> = Table::ALL
        .into_iter()
        .filter_map(|table| Some((table, key(usual_sheet(table)?))))
        .collect();
    // What is unusual about the tables is told when they are read.
    let mut unsaid = Observations::default();
    let mut tables = |sheet: &Sheet| -> Vec<Table> {
        if is_guide(sheet) {
            return Vec::new();
        }
        on_sheet(schema, sheet, &mut unsaid).iter().map(|located| located.table).collect()
    };
    let located: Vec<Vec<Table>> = book.sheets.iter().map(&mut tables).collect();
    let is_called_form = |sheet: &Sheet| {
        let name = key(&sheet.name);
        !is_guide(sheet)
            && usual.iter().any(|(_, usual)| usual.contains(&name) || name.contains(usual))
    };
    let is_cut = |sheet: &Sheet| sheet.faults.iter().any(|fault| fault.at.is_none());
    let cut_form = book
        .sheets
        .iter()
        .zip(&located)
        .find(|(sheet, tables)| is_cut(sheet) && (!tables.is_empty() || is_called_form(sheet)));
    let is_missing = |(table, _): &(Table, String)| !located.iter().flatten().any(|t| t == table);
    if let Some(sheet) = cut_form.map(|(sheet, _)| sheet.name.clone()) {
        return refuse(book, |name| *name == *sheet);
    }
    if usual.iter().any(is_missing) {
        return refuse(book, |_| true);
    }
    for (sheet, tables) in book.sheets.iter().zip(located) {
        let mut note = |fault: &Fault, kind| {
            let place = Place { cell: fault.at, ..Place::sheet(&sheet.file, &sheet.name) };
            book.observations.note(kind, place).found(&fault.found);
        };
        if !tables.is_empty() {
            sheet.faults.iter().for_each(|fault| note(fault, fault.kind));
        } else if let Some(fault) =
            sheet.faults.iter().find(|f| f.at.is_none()).or(sheet.faults.first())
        {
            note(fault, ObservationKind::SheetSkipped);
        }
    }
    book.sheets.retain(|sheet| !is_cut(sheet));
}

/// Refuses a workbook of which anything could not be read.
pub fn refuse_unsound(book: &mut Book) {
    if book.sheets.iter().any(|sheet| !sheet.faults.is_empty()) {
        refuse(book, |_| true);
    }
}

/// Refuses a workbook for the first fault of the sheets that are meant.
fn refuse(book: &mut Book, is_meant: impl Fn(&str) -> bool) {
    let meant = book.sheets.iter().filter(|sheet| is_meant(&sheet.name));
    let mut faults = meant.flat_map(|sheet| sheet.faults.iter().map(move |fault| (sheet, fault)));
    let found = faults.next().map(|(sheet, fault)| match fault.at {
        Some(at) => format!("「{}」: {at}: {}", sheet.name, fault.found),
        None => format!("「{}」: {}", sheet.name, fault.found),
    });
    let at = Place::file(&book.file);
    let noted = book.observations.note(ObservationKind::Damaged, at);
    if let Some(found) = found {
        noted.found(found);
    }
    book.sheets.clear();
    book.readable = false;
}
