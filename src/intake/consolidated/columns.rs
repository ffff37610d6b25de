//! The columns and words of the annex and its outline, where the workbook says that they are not the
//! standard ones.

use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::{names, sheet};
use crate::diag::CellRef;
use crate::intake::read::grid::{Book, Sheet};
use crate::model::{Heading, ObservationKind, Observations};
use crate::schema::{Column, Level, Levels, MOST_LEVELS, Schema, Table, Words};
use crate::text::key;

/// What the workbook defines.
#[derive(Clone, Debug, Default)]
pub struct Definitions {
    pub schema: Arc<Schema>,
    pub levels: Levels,
    /// Without rows, each before those under it.
    pub headings: Vec<Heading>,
}

/// The definitions of the sheet 欄の定義. Without the sheet, and where it cannot be read, which is
/// told, they are the standard ones.
pub fn definitions(book: &Book, observations: &mut Observations) -> Definitions {
    let Some(sheet) = sheet(book, names::DEFINITIONS) else { return Definitions::default() };
    match read(sheet) {
        Ok(definitions) => definitions,
        Err((at, found)) => {
            observations.note(ObservationKind::SheetNotRead, sheet.place(at)).found(found);
            Definitions::default()
        }
    }
}

/// The definitions row by row; the cell that cannot be read, and why, where there is one.
fn read(sheet: &Sheet) -> Result<Definitions, (CellRef, String)> {
    let mut schema = Schema { words: Words::default(), measures: Vec::new(), kpis: Vec::new() };
    let (mut levels, mut headings): (Vec<Level>, Vec<Heading>) = (Vec::new(), Vec::new());
    for row in 1..=sheet.last_row().unwrap_or(0) {
        let mut cells = sheet.row(row);
        let (Some((at, table)), Some((of, definition))) = (cells.next(), cells.next()) else {
            continue;
        };
        let what = key(&table.text);
        if what == key(names::DEFINED_WORDS) {
            schema.words = defined(of, &definition.text)?;
        } else if what == key(names::LEVEL) && levels.len() < MOST_LEVELS {
            levels.push(defined(of, &definition.text)?);
        } else if what == key(names::HEADING) {
            headings.push(defined(of, &definition.text)?);
        } else {
            let is = |table_of: &Table| key(names::table_sheet(&schema.words, *table_of)) == what;
            let table = Table::ALL.into_iter().find(is).ok_or((at, table.text.clone()))?;
            let column: Column = defined(of, &definition.text)?;
            schema.columns_mut(table).push(column);
        }
    }
    if let Some(fault) = schema.fault() {
        return Err((CellRef::new(0, 0), fault.ja));
    }
    let levels = if levels.is_empty() { Levels::default() } else { levels.into() };
    Ok(Definitions { schema: Arc::new(schema), levels, headings })
}

fn defined<T: DeserializeOwned>(at: CellRef, text: &str) -> Result<T, (CellRef, String)> {
    serde_json::from_str(text).map_err(|error| (at, error.to_string()))
}
