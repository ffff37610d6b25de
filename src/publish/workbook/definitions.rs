//! The hidden sheet 欄の定義: the columns of the annex, and its words, where they are not the
//! standard ones, so that the workbook can be read back by itself.

use rust_xlsxwriter::Worksheet;

use crate::schema::form::consolidated;
use crate::schema::{Schema, Table};
use crate::xlsx::{self, CellStyle, WriteError};

pub(super) const NAME: &str = consolidated::DEFINITIONS;

/// A row for the words, and one a column: its table, and its definition as JSON.
pub(super) fn write(sheet: &mut Worksheet, schema: &Schema) -> Result<(), WriteError> {
    sheet.set_hidden(true);
    for (at, label) in (0u16..).zip(consolidated::DEFINITION_LABELS) {
        xlsx::write_cell(sheet, (0, at), &label.into(), CellStyle::Header)?;
    }
    let words = &schema.words;
    let mut definitions = Vec::new();
    if !words.is_standard() {
        definitions.push((consolidated::DEFINED_WORDS, serde_json::to_string(words)));
    }
    for table in Table::ALL {
        let name = consolidated::table_sheet(words, table);
        let columns = schema.columns(table).iter();
        definitions.extend(columns.map(|column| (name, serde_json::to_string(column))));
    }
    for (row, (table, definition)) in (1u32..).zip(definitions) {
        xlsx::write_cell(sheet, (row, 0), &table.into(), CellStyle::Body)?;
        let definition = definition.map_err(|error| WriteError::Internal(error.to_string()))?;
        xlsx::write_cell(sheet, (row, 1), &definition.into(), CellStyle::Body)?;
    }
    Ok(())
}
