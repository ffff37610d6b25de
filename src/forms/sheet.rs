//! Where things stand on the sheets of the form.

use crate::schema::{Column, Paper, Role, Schema, Table};

pub(super) const TITLE_ROW: u32 = 0;
pub(super) const DEPARTMENT_ROW: u32 = 1;
pub(super) const AS_OF_ROW: u32 = 2;
pub(super) const ROUND_ROW: u32 = 3;
/// Whether there is nothing for the table.
pub(super) const NOTHING_ROW: u32 = 4;
/// The column of what is stated above the table, right of its labels.
pub(super) const STATED_COLUMN: u16 = 1;
pub(super) const HEADER_ROW: u32 = 5;
pub(super) const SAMPLE_ROW: u32 = 6;
/// The first row to fill in.
pub(super) const FIRST_ROW: u32 = 7;
/// The last row that has drop-downs: far more than any department ever had.
pub(super) const LAST_ROW: u32 = 306;
/// The most bordered empty rows under the filled ones; no more than the page has room for.
pub(super) const SPARE_ROWS: u32 = 20;
/// Of a column that does not say how wide it is, and of one that does not and holds long texts.
const WIDTH: f64 = 14.0;
const WIDTH_OF_LONG: f64 = 42.0;

/// The columns of a table that the form has, with the number of the sheet's column.
pub(super) fn columns(schema: &Schema, table: Table) -> impl Iterator<Item = (u16, &Column)> {
    (0u16..).zip(schema.on(table, Paper::Form))
}

/// The number of the sheet's column that holds a typed field, if the table has it.
pub(super) fn column(schema: &Schema, table: Table, role: Role) -> Option<u16> {
    columns(schema, table).find(|(_, column)| column.role == role).map(|(index, _)| index)
}

/// The most that a column takes which is only shown, so that those to fill in are in sight.
const WIDTH_SHOWN: f64 = 28.0;

/// Whether the department fills in none of its cells.
pub(super) fn is_locked(column: &Column) -> bool {
    column.locked || column.role == Role::Id
}

/// The width of a column in half-width characters.
pub(super) fn width(column: &Column) -> f64 {
    let usual = if column.is_long() { WIDTH_OF_LONG } else { WIDTH };
    let width = column.widths.form.unwrap_or(usual);
    if column.locked { width.min(WIDTH_SHOWN) } else { width }
}
