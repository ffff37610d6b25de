//! The sheet 修正一覧: what the secretariat changed.

use std::collections::BTreeMap;

use super::{names, sheet};
use crate::diag::{CellRef, Place};
use crate::intake::read::grid::{Book, Sheet};
use crate::model::{Correction, CorrectionKind, Id, ObservationKind, Observations};
use crate::schema::{Schema, Table};
use crate::text::key;

/// The corrections of the sheet; nothing where there is none. A row that cannot be read is told of.
pub fn corrections(
    book: &Book,
    schema: &Schema,
    observations: &mut Observations,
) -> Vec<Correction> {
    let Some(sheet) = sheet(book, names::CORRECTIONS) else { return Vec::new() };
    let header: BTreeMap<String, u32> =
        sheet.row(0).map(|(at, cell)| (key(&cell.text), at.column)).collect();
    let mut corrections = Vec::new();
    for row in 1..=sheet.last_row().unwrap_or(0) {
        let row = Row { sheet, header: &header, row };
        if sheet.row(row.row).next().is_none() {
            continue;
        }
        match row.correction(schema) {
            Some(correction) => corrections.push(correction),
            None => {
                let (at, found) = sheet
                    .row(row.row)
                    .next()
                    .map_or((CellRef::new(row.row, 0), ""), |(at, cell)| (at, cell.text.as_str()));
                let noted = observations.note(ObservationKind::SheetNotRead, sheet.place(at));
                noted.found(found);
            }
        }
    }
    corrections
}

/// A row of the sheet.
struct Row<'b> {
    sheet: &'b Sheet,
    header: &'b BTreeMap<String, u32>,
    row: u32,
}

impl Row<'_> {
    fn text(&self, label: usize) -> &str {
        let label = names::CORRECTION_LABELS.get(label).copied().unwrap_or_default();
        let column = self.header.get(&key(label));
        let cell = column.and_then(|&column| self.sheet.shown(CellRef::new(self.row, column)));
        cell.map_or("", |cell| cell.text.as_str())
    }

    /// What the row says; nothing where it is not said what is corrected.
    fn correction(&self, schema: &Schema) -> Option<Correction> {
        let id = Some(self.text(0).trim()).filter(|id| !id.is_empty())?;
        let called = |table: &&Table| key(schema.words.entry(**table)) == key(self.text(1));
        let table = Table::ALL.iter().find(called)?;
        let is_meant = |kind: &CorrectionKind| key(kind.label()) == key(self.text(4));
        let kind = CorrectionKind::ALL.into_iter().find(is_meant)?;
        let label = key(self.text(5));
        let mut columns = schema.columns(*table).iter();
        let column = columns.find(|column| key(&column.label) == label);
        if column.is_none() && kind != CorrectionKind::LeftOut {
            return None;
        }
        Some(Correction {
            id: Id(id.to_owned()),
            kind,
            column: column.map(|column| column.key.clone()),
            from: self.text(6).to_owned(),
            to: self.text(7).to_owned(),
            reason: self.text(8).to_owned(),
            date: self.text(9).to_owned(),
            by: self.text(10).to_owned(),
            at: source(self.text(11), self.text(12)),
        })
    }
}

/// The cell of 「01_総務部.xlsx」 and 「様式１　個別施策!F9」.
fn source(file: &str, cell: &str) -> Place {
    if file.is_empty() {
        return Place::default();
    }
    let (file, whole) = (file.into(), cell);
    let parsed = cell.rsplit_once('!').and_then(|(sheet, at)| Some((sheet, CellRef::parse(at)?)));
    match parsed {
        Some((sheet, at)) => Place::cell(&file, &sheet.into(), at),
        None if whole.is_empty() => Place::file(&file),
        None => Place::sheet(&file, &whole.into()),
    }
}
