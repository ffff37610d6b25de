//! Table objects of an `.xlsb` worksheet: whether they are filtered, and where their totals are.

use super::super::bytes::u32_at;
use super::super::grid::Sheet;
use super::super::package::bin::{cut_off, text, walk};
use super::super::refusal::Refusal;
use super::conditions::text_or_none;
use super::region;

/// Takes what a table object says of its sheet.
pub fn read(part: &[u8], sheet: &mut Sheet) -> Result<(), Refusal> {
    let mut totals = None;
    let mut labels = Vec::new();
    walk(part, |kind, data| {
        match kind {
            163 => sheet.filtered = true,
            343 => {
                let table = region(data).zip(u32_at(data, 28)).ok_or_else(cut_off)?;
                totals = Some(table).filter(|(_, rows)| *rows > 0).map(|(table, _)| table.last.row);
            }
            // Of a column that says too little of itself no word is known, and the row is read.
            347 => labels.extend(label(data)),
            _ => {}
        }
        Ok(())
    })?;
    sheet.totals.extend(totals.map(|row| (row, labels)));
    Ok(())
}

/// The word for the totals in a column, which may have none: behind its name and its caption.
fn label(data: &[u8]) -> Option<String> {
    let rest = text_or_none(text_or_none(data.get(24..)?)?)?;
    u32_at(rest, 0).filter(|length| *length != u32::MAX)?;
    Some(text(rest)?.0)
}
