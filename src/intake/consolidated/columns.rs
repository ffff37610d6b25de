//! The columns and words of the annex, where the workbook says that they are not the standard ones.

use std::sync::Arc;

use super::{names, sheet};
use crate::diag::CellRef;
use crate::intake::read::grid::{Book, Sheet};
use crate::model::{ObservationKind, Observations};
use crate::schema::{Column, Schema, Table, Words};
use crate::text::key;

/// The schema of the sheet 欄の定義. Without the sheet, and where it cannot be read, which is told,
/// it is the standard one.
pub fn schema(book: &Book, observations: &mut Observations) -> Arc<Schema> {
    let Some(sheet) = sheet(book, names::DEFINITIONS) else { return Schema::standard() };
    match read(sheet) {
        Ok(schema) => Arc::new(schema),
        Err((at, found)) => {
            observations.note(ObservationKind::SheetNotRead, sheet.place(at)).found(found);
            Schema::standard()
        }
    }
}

/// The words and the columns row by row; the cell that cannot be read, and why, where there is one.
fn read(sheet: &Sheet) -> Result<Schema, (CellRef, String)> {
    let mut schema = Schema { words: Words::default(), measures: Vec::new(), kpis: Vec::new() };
    for row in 1..=sheet.last_row().unwrap_or(0) {
        let mut cells = sheet.row(row);
        let (Some((at, table)), Some((of, definition))) = (cells.next(), cells.next()) else {
            continue;
        };
        if key(&table.text) == key(names::DEFINED_WORDS) {
            schema.words =
                serde_json::from_str(&definition.text).map_err(|error| (of, error.to_string()))?;
            continue;
        }
        let sheet = |table| names::table_sheet(&schema.words, table);
        let is = |table_of: &Table| key(sheet(*table_of)) == key(&table.text);
        let table = Table::ALL.into_iter().find(is).ok_or((at, table.text.clone()))?;
        let column: Column =
            serde_json::from_str(&definition.text).map_err(|error| (of, error.to_string()))?;
        schema.columns_mut(table).push(column);
    }
    match schema.fault() {
        Some(fault) => Err((CellRef::new(0, 0), fault.ja)),
        None => Ok(schema),
    }
}
