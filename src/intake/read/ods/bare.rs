//! A value that stands in the file without the text that it was shown as: programs that write a
//! document without having shown it leave the text out.

use super::super::grid::{Cell, Kind};
use super::super::number_format::serial_of_iso;
use super::super::value::number_cell;

/// What a value of a type shows under a number format; a value of which that is not known is
/// given as it stands, and told of.
pub fn shown(value_type: &str, value: &str, format: Option<String>) -> Cell {
    through_format(value_type, value.trim(), format).unwrap_or_else(|| Cell {
        text: value.to_owned(),
        kind: Kind::Unshown("表示された文字がファイルにない".to_owned()),
    })
}

fn through_format(value_type: &str, value: &str, format: Option<String>) -> Option<Cell> {
    let number = match value_type {
        "boolean" => {
            let text = match value {
                "true" => "TRUE",
                "false" => "FALSE",
                _ => return None,
            };
            return Some(Cell { text: text.to_owned(), kind: Kind::Truth });
        }
        "float" | "percentage" | "currency" => value.parse::<f64>().ok()?,
        "date" => serial_of_iso(value, false)?,
        "time" => days(value)?,
        "string" | "" => return Some(Cell::text(value)),
        _ => return None,
    };
    // A plain number without a format is shown as it is; what a percentage or a date would be
    // without one, nobody knows.
    let plain = || (value_type == "float").then(|| "General".to_owned());
    let format = format.or_else(plain).filter(|format| !format.is_empty())?;
    number.is_finite().then(|| number_cell(number, &format, false))
}

/// A duration `PT12H30M05S` as a part of a day.
fn days(duration: &str) -> Option<f64> {
    let mut seconds = 0.0;
    let mut digits = String::new();
    for letter in duration.strip_prefix("PT")?.chars() {
        let unit = match letter {
            'H' => 3600.0,
            'M' => 60.0,
            'S' => 1.0,
            letter => {
                digits.push(letter);
                continue;
            }
        };
        seconds += std::mem::take(&mut digits).parse::<f64>().ok()? * unit;
    }
    digits.is_empty().then_some(seconds / 86_400.0)
}
