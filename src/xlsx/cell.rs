//! Cells: what stands in them, and how it is written.

use std::borrow::Cow;

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Url, Worksheet};

use super::{CellStyle, WriteError};

/// The longest text of a cell, in UTF-16 units: a limit of Excel.
const MAX_TEXT: usize = 32_767;

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum CellValue<'a> {
    Blank,
    Text(Cow<'a, str>),
    Number(f64),
    /// A number under a number format of its own.
    InFormat(f64, String),
    Boolean(bool),
    /// A formula and its result, for readers that do not calculate.
    Formula {
        formula: String,
        result: f64,
    },
    /// Words that lead to the top of another sheet of the workbook.
    Link {
        sheet: &'a str,
    },
    /// Words that lead to a cell of the workbook: `'KPI'!A5`.
    Jump {
        to: String,
        text: String,
    },
}

impl<'a> From<&'a str> for CellValue<'a> {
    fn from(text: &'a str) -> Self {
        if text.is_empty() { Self::Blank } else { Self::Text(text.into()) }
    }
}

impl<'a> From<Cow<'a, str>> for CellValue<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        if text.is_empty() { Self::Blank } else { Self::Text(text) }
    }
}

impl From<String> for CellValue<'_> {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Blank } else { Self::Text(text.into()) }
    }
}

impl From<f64> for CellValue<'_> {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<usize> for CellValue<'_> {
    fn from(count: usize) -> Self {
        Self::Number(count as f64)
    }
}

/// A date as Excel has it, of `2025-01-24` or of the first day of `2025-01`; `None` where Excel has
/// no such day.
pub fn date(text: &str) -> Option<CellValue<'static>> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next());
    let format = if day.is_some() { "yyyy/m/d" } else { "yyyy/m" };
    let [month, day] = [month, day.unwrap_or("1")].map(|number| number.parse().ok());
    let date = ExcelDateTime::from_ymd(year.parse().ok()?, month?, day?).ok()?;
    Some(CellValue::InFormat(date.to_excel(), format.into()))
}

/// Writes one cell. Text stays text whatever it begins with, also after somebody edits it.
///
/// # Errors
/// [`WriteError::TooLong`]; a place outside the sheet.
pub fn write_cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &CellValue,
    style: CellStyle,
) -> Result<(), WriteError> {
    write_cell_as(sheet, (row, column), cell, style, &style.format())
}

/// Writes one cell of a style in a format that goes beyond it.
pub(super) fn write_cell_as(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &CellValue,
    style: CellStyle,
    format: &Format,
) -> Result<(), WriteError> {
    match cell {
        CellValue::Blank => sheet.write_blank(row, column, format)?,
        CellValue::Text(text) => return write_text(sheet, (row, column), text, format),
        CellValue::InFormat(number, shown) => {
            let format = format.clone().set_num_format(shown);
            sheet.write_number_with_format(row, column, *number, &format)?
        }
        CellValue::Number(number) if !number.is_finite() => {
            sheet.write_blank(row, column, format)?
        }
        CellValue::Number(number) => {
            if number.fract() != 0.0 && style == CellStyle::Number {
                let format = format.clone().set_num_format("#,##0.0#####");
                sheet.write_number_with_format(row, column, *number, &format)?
            } else {
                sheet.write_number_with_format(row, column, *number, format)?
            }
        }
        CellValue::Boolean(truth) => {
            sheet.write_boolean_with_format(row, column, *truth, format)?
        }
        CellValue::Formula { formula, result } => {
            let formula = Formula::new(formula).set_result(result.to_string());
            sheet.write_formula_with_format(row, column, formula, format)?
        }
        CellValue::Link { sheet: to } => {
            let url = Url::new(format!("internal:'{to}'!A1")).set_text(*to);
            sheet.write_url_with_format(row, column, url, format)?
        }
        CellValue::Jump { to, text } => {
            let url = Url::new(format!("internal:{to}")).set_text(text);
            sheet.write_url_with_format(row, column, url, format)?
        }
    };
    Ok(())
}

/// Writes a text in any format; see [`write_cell`].
///
/// # Errors
/// As [`write_cell`].
pub fn write_text(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    format: &Format,
) -> Result<(), WriteError> {
    check_length(sheet, (row, column), text)?;
    if starts_like_a_formula(text) {
        sheet.write_string_with_format(row, column, text, &format.clone().set_quote_prefix())?;
    } else {
        sheet.write_string_with_format(row, column, text, format)?;
    }
    Ok(())
}

/// Writes a text of two or more parts that are set differently, in a cell of `format`.
///
/// # Errors
/// As [`write_cell`]; fewer than two parts, or an empty one.
pub fn write_rich_text(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    parts: &[(Format, &str)],
    format: &Format,
) -> Result<(), WriteError> {
    let text: String = parts.iter().map(|(_, text)| *text).collect();
    check_length(sheet, (row, column), &text)?;
    let parts: Vec<(&Format, &str)> = parts.iter().map(|(format, text)| (format, *text)).collect();
    if starts_like_a_formula(&text) {
        let format = format.clone().set_quote_prefix();
        sheet.write_rich_string_with_format(row, column, &parts, &format)?;
    } else {
        sheet.write_rich_string_with_format(row, column, &parts, format)?;
    }
    Ok(())
}

fn check_length(
    sheet: &Worksheet,
    (row, column): (u32, u16),
    text: &str,
) -> Result<(), WriteError> {
    let length = text.encode_utf16().count();
    if length > MAX_TEXT {
        let cell = rust_xlsxwriter::utility::row_col_to_cell(row, column);
        return Err(WriteError::TooLong { sheet: sheet.name(), cell, length });
    }
    Ok(())
}

/// Whether a spreadsheet would take the text for a formula once somebody edits it.
fn starts_like_a_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_no_cell_holds_is_an_error_with_its_cell() {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let sheet = workbook.add_worksheet();
        let text = "あ".repeat(MAX_TEXT + 1);
        let error = write_cell(sheet, (1, 2), &text.into(), CellStyle::Body).unwrap_err();
        assert!(matches!(&error, WriteError::TooLong { cell, .. } if cell == "C2"), "{error}");
    }

    #[test]
    fn a_date_is_the_day_that_excel_counts_or_none() {
        for (text, expected) in [
            ("2025-01-24", Some((45_681.0, "yyyy/m/d"))),
            ("2025-03", Some((45_717.0, "yyyy/m"))),
            ("2025-02-30", None),
            ("1868-01-01", None),
            ("2025", None),
        ] {
            let expected = expected.map(|(day, shown)| CellValue::InFormat(day, shown.into()));
            assert_eq!(date(text), expected, "{text}");
        }
    }
}
