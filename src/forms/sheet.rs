//! Where things stand on the sheets of the form.

use crate::edition::fields::{Field, Table};

pub(super) const TITLE_ROW: u32 = 0;
pub(super) const DEPARTMENT_ROW: u32 = 1;
pub(super) const AS_OF_ROW: u32 = 2;
pub(super) const ROUND_ROW: u32 = 3;
pub(super) const HEADER_ROW: u32 = 5;
pub(super) const SAMPLE_ROW: u32 = 6;
/// The first row to fill in.
pub(super) const FIRST_ROW: u32 = 7;
/// The last row that has drop-downs: far more than any department ever had.
pub(super) const LAST_ROW: u32 = 306;
/// Bordered empty rows under the filled ones.
pub(super) const SPARE_ROWS: u32 = 20;

/// The column of a field, if the table has it.
pub(super) fn column(table: Table, field: Field) -> Option<u16> {
    let index = table.columns().iter().position(|c| c.field == field)?;
    u16::try_from(index).ok()
}

/// The width of a column in half-width characters.
pub(super) fn width(table: Table, field: Field) -> f64 {
    match (table, field) {
        (_, Field::Id) => 9.0,
        (_, Field::Status | Field::Order) => 7.0,
        (Table::Measures, Field::Category | Field::Reposts) => 17.0,
        (Table::Measures, Field::Name) => 24.0,
        (_, Field::Overview | Field::Purpose) => 42.0,
        (_, Field::Department) => 13.0,
        (_, Field::Section) => 15.0,
        (Table::Kpis, Field::Name) => 46.0,
        (_, Field::Measures) => 38.0,
        (_, Field::Current | Field::Target) => 22.0,
        (Table::Kpis, Field::Category) => 21.0,
        _ => 14.0,
    }
}

/// A field that every row has to fill in.
pub(super) fn is_required(field: Field) -> bool {
    !matches!(field, Field::Id | Field::Order | Field::Reposts | Field::Note)
}
