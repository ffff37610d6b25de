//! Values of cells as the sheet shows them under their number formats.

use calamine::{CellErrorType, DataRef};

use super::grid::{Cell, Kind};
use super::number_format;

/// A value of calamine's as the sheet shows it under a number format; `None` where there is
/// nothing to be seen.
pub fn shown(value: &DataRef<'_>, format: &str, date1904: bool) -> Option<Cell> {
    let cell = match value {
        DataRef::Empty => return None,
        DataRef::String(text) => text_cell(text, format),
        DataRef::SharedString(text) => text_cell(text, format),
        DataRef::Int(number) => number_cell(*number as f64, format, date1904),
        DataRef::Float(number) => number_cell(*number, format, date1904),
        DataRef::DateTime(date) => number_cell(date.as_f64(), format, date1904),
        DataRef::Bool(truth) => {
            Cell { text: if *truth { "TRUE" } else { "FALSE" }.into(), kind: Kind::Truth }
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            Cell { text: text.clone(), kind: Kind::Date }
        }
        DataRef::Error(error) => Cell { text: error_text(error).into(), kind: Kind::Error },
    };
    (!cell.text.is_empty()).then_some(cell)
}

pub fn number_cell(value: f64, format: &str, date1904: bool) -> Cell {
    match number_format::show(value, format, date1904) {
        Ok(text)
            if !text.is_empty() && !number_format::hides_sign(value, format, date1904, &text) =>
        {
            let is_date = number_format::is_date(value, format);
            Cell { text, kind: if is_date { Kind::Date } else { Kind::Number } }
        }
        // A value that its format hides, or the sign of which it shows by a colour alone, is shown
        // plainly, and told of.
        _ => {
            let text = number_format::show(value, "General", date1904);
            let text = text.unwrap_or_else(|_| value.to_string());
            Cell { text, kind: Kind::Unshown(format.to_owned()) }
        }
    }
}

pub fn text_cell(text: &str, format: &str) -> Cell {
    if !format.contains(['@', ';']) || format == "@" {
        return Cell::text(text);
    }
    match number_format::show_text(text, format) {
        Ok(shown) if !shown.is_empty() || text.is_empty() => Cell::text(shown),
        _ => Cell { text: text.to_owned(), kind: Kind::Unshown(format.to_owned()) },
    }
}

/// The error values that every spreadsheet program knows.
pub const KNOWN_ERRORS: [&str; 7] =
    ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];

pub fn error_text(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#GETTING_DATA",
    }
}
