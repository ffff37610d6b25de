//! The hidden sheet 欄の定義: the columns of the annex, its words and its outline, where they are not the
//! standard ones, so that the workbook can be read back by itself.

use rust_xlsxwriter::Worksheet;
use serde::Serialize;

use crate::model::{Annex, Heading};
use crate::schema::Table;
use crate::schema::form::consolidated;
use crate::xlsx::{self, CellStyle, WriteError};

pub(super) const NAME: &str = consolidated::DEFINITIONS;

/// Whether the workbook needs the sheet.
pub(super) fn are_needed(annex: &Annex) -> bool {
    !annex.schema.is_standard() || !annex.has_standard_outline()
}

/// A row for the words, and one a column, level or heading: its table or what it is, and its definition as JSON.
pub(super) fn write(sheet: &mut Worksheet, annex: &Annex) -> Result<(), WriteError> {
    sheet.set_hidden(true);
    for (at, label) in (0u16..).zip(consolidated::DEFINITION_LABELS) {
        xlsx::write_cell(sheet, (0, at), &label.into(), CellStyle::Header)?;
    }
    let words = &annex.schema.words;
    let mut rows: Vec<(&str, String)> = Vec::new();
    if !words.is_standard() {
        rows.push((consolidated::DEFINED_WORDS, json(words)?));
    }
    for table in Table::ALL {
        for column in annex.schema.columns(table) {
            rows.push((consolidated::table_sheet(words, table), json(column)?));
        }
    }
    if !annex.has_standard_outline() {
        for level in annex.levels.iter() {
            rows.push((consolidated::LEVEL, json(level)?));
        }
        for heading in annex.headings() {
            // Its rows are on the sheets of the tables, and those under it are rows of their own.
            let bare = Heading {
                listings: Vec::new(),
                kpis: Vec::new(),
                headings: Vec::new(),
                ..heading.clone()
            };
            rows.push((consolidated::HEADING, json(&bare)?));
        }
    }
    for (row, (of, definition)) in (1u32..).zip(rows) {
        xlsx::write_cell(sheet, (row, 0), &of.into(), CellStyle::Body)?;
        xlsx::write_cell(sheet, (row, 1), &definition.into(), CellStyle::Body)?;
    }
    Ok(())
}

fn json(definition: &impl Serialize) -> Result<String, WriteError> {
    serde_json::to_string(definition).map_err(|error| WriteError::Internal(error.to_string()))
}
