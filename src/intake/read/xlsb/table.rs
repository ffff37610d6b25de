//! Table objects of an `.xlsb` worksheet: whether they are filtered, where their totals are, and what
//! their styles strike through.

use super::super::bytes::{u16_at, u32_at};
use super::super::grid::Sheet;
use super::super::package::bin::{cut_off, text, text_or_empty, walk};
use super::super::refusal::Refusal;
use super::super::table_style::Table;
use super::conditions::text_or_none;
use super::region;
use super::styles::Styles;

/// Takes what a table object says of its sheet.
pub fn read(part: &[u8], styles: &Styles, sheet: &mut Sheet) -> Result<(), Refusal> {
    let mut table = Table::default();
    walk(part, |kind, data| {
        match kind {
            163 => sheet.filtered = true,
            343 => {
                let rows = u32_at(data, 24).zip(u32_at(data, 28));
                (table.header, table.totals) = rows.ok_or_else(cut_off)?;
                table.region = Some(region(data).ok_or_else(cut_off)?);
            }
            // Of a column that says too little of itself no word is known, and the row is read.
            347 => table.labels.extend(label(data)),
            513 => {
                let name = data.get(2..).and_then(text_or_empty);
                let (flags, (name, _)) = u16_at(data, 0).zip(name).ok_or_else(cut_off)?;
                table.styled(name, flags);
            }
            _ => {}
        }
        Ok(())
    })?;
    table.put(&styles.tables, |format| styles.is_struck(format), sheet);
    Ok(())
}

/// The word for the totals in a column, which may have none: behind its name and its caption.
fn label(data: &[u8]) -> Option<String> {
    let rest = text_or_none(text_or_none(data.get(24..)?)?)?;
    u32_at(rest, 0).filter(|length| *length != u32::MAX)?;
    Some(text(rest)?.0)
}
