//! Values of cells as the sheet shows them under their number formats.

use super::grid::{Cell, Kind};
use super::number_format;

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

/// An error value by the number that the binary formats have for it.
pub fn error_text(code: u8) -> Option<&'static str> {
    Some(match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        0x2B => "#GETTING_DATA",
        _ => return None,
    })
}
