//! What every workbook of ours shares: font, cell formats, sizes, print set-up, properties and
//! the fixed time stamp.
//!
//! The font is BIZ UDゴシック, which comes with Windows 10 and 11 and with Office: it has a fixed
//! pitch, so the lines that a text takes in a column can be counted before Excel shows it.
//! Widths are in half-width characters, heights in points, rows and columns zero-based.

mod cell;
mod fit;
mod overlay;
mod package;
mod page;
mod style;
mod table;

pub use cell::{CellValue, date, write_cell, write_rich_text, write_text};
pub use fit::{header_height, height, lines, width};
pub use overlay::{Mark, Overlay, overlay};
pub use package::save_with_fitting_rows;
pub use page::{page, portrait, rows_left};
pub use style::{ACCENT, CellStyle, FONT, FONT_SIZE, TINT};
pub use table::{TableColumn, table, table_with_marks};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

/// Default sizes in pixels that go with the font: its digits are 7 pixels wide.
const DEFAULT_ROW: u32 = 20;
/// The same height in points.
pub const DEFAULT_HEIGHT: f64 = 15.0;
const DEFAULT_COLUMN: u32 = 64;

/// Why a workbook could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    #[error(
        "シート「{sheet}」のセル{cell}に入れる文章が{length}文字あり、Excelの上限（32,767文字）を超えています"
    )]
    TooLong { sheet: String, cell: String, length: usize },
    #[error("Excelファイルを作成できません（{0}年の日付はExcelにありません）")]
    Year(i32),
    #[error("Excelファイルを作成できません（プログラムの誤り：{0}）")]
    Internal(String),
    #[error("Excelファイルを作成できません（{0}）")]
    Excel(#[from] XlsxError),
    #[error("Excelファイルを作成できません（{0}）")]
    Package(#[from] std::io::Error),
}

/// A row by its number from 0.
///
/// # Errors
/// [`WriteError::Internal`]: Excel has no so many rows, and nobody writes what needs them.
pub fn row(number: usize) -> Result<u32, WriteError> {
    u32::try_from(number).map_err(|_| WriteError::Internal(format!("no row {number}")))
}

/// A column by its number from 0.
///
/// # Errors
/// [`WriteError::Internal`]: Excel has no so many columns.
pub fn column(number: usize) -> Result<u16, WriteError> {
    u16::try_from(number).map_err(|_| WriteError::Internal(format!("no column {number}")))
}

/// The document properties of a workbook.
#[derive(Clone, Copy, Debug)]
pub struct Properties<'a> {
    pub title: &'a str,
    pub subject: &'a str,
    pub author: &'a str,
    /// The fiscal year of the edition (western): its first day is the time stamp, because the
    /// same input must give the same bytes.
    pub year: i32,
}

/// An empty workbook with the font, the properties and the time stamp.
///
/// # Errors
/// A year that Excel has no date for (before 1900, after 9999).
pub fn workbook(properties: &Properties) -> Result<Workbook, WriteError> {
    workbook_with(properties, &[])
}

/// As [`workbook`], with document properties of our own: names and values.
///
/// # Errors
/// As [`workbook`].
pub fn workbook_with(
    properties: &Properties,
    custom: &[(&str, &str)],
) -> Result<Workbook, WriteError> {
    let year = u16::try_from(properties.year).map_err(|_| WriteError::Year(properties.year))?;
    let stamp = ExcelDateTime::from_ymd(year, 4, 1)?;
    let usual = DocProperties::new()
        .set_title(properties.title)
        .set_subject(properties.subject)
        .set_author(properties.author)
        .set_creation_datetime(&stamp);
    let all = custom.iter().fold(usual, |all, &(name, value)| all.set_custom_property(name, value));
    let mut workbook = Workbook::new();
    workbook.set_properties(&all);
    workbook.set_default_format(&style::base(), DEFAULT_ROW, DEFAULT_COLUMN)?;
    Ok(workbook)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_without_a_date_is_an_error() {
        let properties = Properties { title: "", subject: "", author: "", year: -1 };
        assert!(workbook(&properties).is_err());
    }
}
