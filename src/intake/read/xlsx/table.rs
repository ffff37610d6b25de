//! Table objects: whether they are filtered, where their totals are, and what their styles strike
//! through.

use super::super::grid::Sheet;
use super::super::part::{Tag, Xml, attribute, flag, number, walk};
use super::super::refusal::Refusal;
use super::super::table_style::Table;
use super::sheet::{region, unreadable_range};
use super::styles::Styles;

/// The attributes that say which parts the style of a table shows.
const SHOWN: [&str; 4] =
    ["showFirstColumn", "showLastColumn", "showRowStripes", "showColumnStripes"];

/// Takes what a table object says of its sheet.
pub fn read(xml: &Xml, styles: &Styles, sheet: &mut Sheet) -> Result<(), Refusal> {
    let mut table = Table::default();
    walk(xml, |tag, _| {
        let Tag::Open(start) = tag else { return Ok(()) };
        match start.local_name().as_ref() {
            "table" => {
                table.totals = number(start, "totalsRowCount")?.unwrap_or(0);
                table.header = number(start, "headerRowCount")?.unwrap_or(1);
                let stated = attribute(start, "ref").unwrap_or_default();
                let fault = || unreadable_range("テーブル", &stated);
                table.region = Some(region(&stated).ok_or_else(fault)?);
            }
            "tableColumn" => table.labels.extend(attribute(start, "totalsRowLabel")),
            "tableStyleInfo" => {
                table.style = attribute(start, "name").unwrap_or_default();
                table.shows = SHOWN.map(|name| flag(start, name, false));
            }
            "filterColumn" => sheet.filtered = true,
            _ => {}
        }
        Ok(())
    })?;
    table.put(&styles.tables, |format| styles.is_struck(format), sheet);
    Ok(())
}
