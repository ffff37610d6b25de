//! The hidden sheet 欄の定義: the columns of the annex, where they are not the standard ones, so
//! that the workbook can be read back by itself.

use rust_xlsxwriter::Worksheet;

use crate::schema::form::consolidated;
use crate::schema::{Schema, Table};
use crate::xlsx::{self, CellStyle, WriteError};

pub(super) const NAME: &str = consolidated::DEFINITIONS;

/// A row a column: its table, and its definition as JSON.
pub(super) fn write(sheet: &mut Worksheet, schema: &Schema) -> Result<(), WriteError> {
    sheet.set_hidden(true);
    for (at, label) in (0u16..).zip(consolidated::DEFINITION_LABELS) {
        xlsx::write_cell(sheet, (0, at), &label.into(), CellStyle::Header)?;
    }
    let columns = Table::ALL.into_iter().flat_map(|table| {
        schema.columns(table).iter().map(move |column| (consolidated::table_sheet(table), column))
    });
    for (row, (table, column)) in (1u32..).zip(columns) {
        xlsx::write_cell(sheet, (row, 0), &table.into(), CellStyle::Body)?;
        let definition = serde_json::to_string(column)
            .map_err(|error| WriteError::Internal(error.to_string()))?;
        xlsx::write_cell(sheet, (row, 1), &definition.into(), CellStyle::Body)?;
    }
    Ok(())
}
