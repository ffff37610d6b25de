//! The table of a reorganisation as somebody filled it in: see [`crate::schema::reorganisation`].

use std::sync::Arc;

use super::read::grid::{Book, Sheet};
use super::{Source, locate, read};
use crate::diag::{CellRef, Place};
use crate::edition::Limits;
use crate::model::{Contact, Outcome, Receipt};
use crate::schema::reorganisation::{
    self as table, Cell, DepartmentRow, HeadingRow, Reorganisation, SectionRow,
};
use crate::text::{clean, key};

/// So many rows are looked through for the labels.
const TALLEST: u32 = 20;

/// Reads the table; never fails. What could not be read is in the receipt, and what is not there
/// in the table itself.
pub fn reorganisation(name: &str, bytes: &[u8]) -> (Reorganisation, Receipt) {
    let source = Source { name: Arc::from(name), bytes: Ok(bytes.to_vec()) };
    let mut book = read::read(source, &Limits::default());
    locate::refuse_unsound(&mut book);
    let mut read = Reorganisation::default();
    if book.readable {
        for row in rows(&book, table::Sheet::Departments, &mut read.missing) {
            let [old, new] = row;
            read.departments.push(DepartmentRow { old, new });
        }
        for row in rows(&book, table::Sheet::Sections, &mut read.missing) {
            let [old_department, old, department, new] = row;
            read.sections.push(SectionRow { old_department, old, department, new });
        }
        for row in rows(&book, table::Sheet::Headings, &mut read.missing) {
            let [level, old, new, number] = row;
            read.headings.push(HeadingRow { level, old, new, number });
        }
    }
    let observations = std::mem::take(&mut book.observations);
    let receipt = Receipt {
        file: book.file.clone(),
        department: None,
        stated_department: None,
        round: None,
        round_at: Vec::new(),
        contact: Contact::default(),
        form: None,
        outcome: if book.readable { Outcome::Read } else { Outcome::Unreadable },
        measures: 0,
        kpis: 0,
        tables: Vec::new(),
        observations,
    };
    (read, receipt)
}

/// The rows of a sheet below its labels that say something.
fn rows<const N: usize>(
    book: &Book,
    wanted: table::Sheet,
    missing: &mut Vec<(Place, &'static str)>,
) -> Vec<[Cell; N]> {
    let is_it = |sheet: &&Sheet| key(&sheet.name) == key(wanted.name());
    let Some(sheet) = book.sheets.iter().find(is_it) else {
        missing.push((Place::file(&book.file), wanted.name()));
        return Vec::new();
    };
    let labels = wanted.labels();
    let column = |row: u32, label: &str| {
        sheet.row(row).find(|(_, cell)| key(&cell.text) == key(label)).map(|(at, _)| at.column)
    };
    let found = |row: &u32| labels.iter().filter(|label| column(*row, label).is_some()).count();
    let header = (0..TALLEST).rev().max_by_key(found).unwrap_or(0);
    for label in labels.iter().filter(|label| column(header, label).is_none()) {
        missing.push((Place::sheet(&sheet.file, &sheet.name), *label));
    }
    let columns: Vec<u32> = labels.iter().filter_map(|label| column(header, label)).collect();
    let Ok(columns) = <[u32; N]>::try_from(columns) else { return Vec::new() };
    let last = sheet.last_row().unwrap_or(0);
    let row = |row: u32| columns.map(|column| cell(sheet, CellRef::new(row, column)));
    let all = (header + 1..=last).map(row);
    all.filter(|cells| cells.iter().any(|cell| !cell.is_blank())).collect()
}

/// A cell under the rules of published text: the names in it are printed.
fn cell(sheet: &Sheet, at: CellRef) -> Cell {
    let text = sheet.effective(at).map_or_else(String::new, |(_, cell)| cell.text.clone());
    let place = Place::cell(&sheet.file, &sheet.name, at);
    Cell { text: clean(&text).text.trim().to_owned(), at: place }
}
