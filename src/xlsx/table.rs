//! Tables that fill a sheet.

use rust_xlsxwriter::{Format, IgnoreError, Worksheet};

use super::cell::{CellValue, write_cell, write_cell_as};
use super::style::{CellStyle, MARKED};
use super::{WriteError, fit};

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub struct TableColumn<'a> {
    pub label: &'a str,
    /// In half-width characters.
    pub width: f64,
    pub style: CellStyle,
}

impl<'a> TableColumn<'a> {
    pub const fn new(label: &'a str, width: f64, style: CellStyle) -> Self {
        Self { label, width, style }
    }
}

/// Fills a sheet with a table: header in row 1, frozen and with a filter, then the rows, each as
/// high as its longest text needs.
///
/// # Errors
/// As [`write_cell`].
pub fn table(
    sheet: &mut Worksheet,
    columns: &[TableColumn],
    rows: &[Vec<CellValue>],
) -> Result<(), WriteError> {
    table_with_marks(sheet, columns, rows, &[])
}

/// As [`table`], with a fill behind the rows that are marked; rows beyond `marks` are not.
///
/// # Errors
/// As [`write_cell`].
pub fn table_with_marks(
    sheet: &mut Worksheet,
    columns: &[TableColumn],
    rows: &[Vec<CellValue>],
    marks: &[bool],
) -> Result<(), WriteError> {
    let last_row = super::row(rows.len())?;
    let last_column = super::column(columns.len().saturating_sub(1))?;
    for (at, column) in (0u16..).zip(columns) {
        sheet.set_column_width(at, column.width)?;
        write_cell(sheet, (0, at), &column.label.into(), CellStyle::Header)?;
    }
    sheet.set_row_height(0, fit::header_height(columns.iter().map(|c| (c.label, c.width))))?;
    let plain: Vec<Format> = columns.iter().map(|column| column.style.format()).collect();
    let filled: Vec<Format> =
        plain.iter().map(|format| format.clone().set_background_color(MARKED)).collect();
    let marks = marks.iter().copied().chain(std::iter::repeat(false));
    for ((at, cells), marked) in (1u32..).zip(rows).zip(marks) {
        let formats = if marked { &filled } else { &plain };
        for (((number, column), cell), format) in (0u16..).zip(columns).zip(cells).zip(formats) {
            write_cell_as(sheet, (at, number), cell, column.style, format)?;
        }
        let texts = columns.iter().zip(cells).filter_map(|(column, cell)| match cell {
            CellValue::Text(text) if column.style.wraps() => Some((text.as_ref(), column.width)),
            _ => None,
        });
        sheet.set_row_height(at, fit::height(texts))?;
    }
    sheet.set_freeze_panes(1, 1)?;
    sheet.autofilter(0, 0, last_row, last_column)?;
    sheet.ignore_error_range(0, 0, last_row, last_column, IgnoreError::NumberStoredAsText)?;
    Ok(())
}
