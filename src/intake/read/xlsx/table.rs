//! Table objects: whether they are filtered, and where their totals are.

use super::super::grid::Sheet;
use super::super::part::{Tag, Xml, attribute, number, walk};
use super::super::refusal::Refusal;
use super::sheet::region;

/// Takes what a table object says of its sheet.
pub fn read(xml: &Xml, sheet: &mut Sheet) -> Result<(), Refusal> {
    let mut totals = None;
    let mut labels = Vec::new();
    walk(xml, |tag, _| {
        let Tag::Open(start) = tag else { return Ok(()) };
        match start.local_name().as_ref() {
            "table" => {
                let count = number(start, "totalsRowCount")?.unwrap_or(0);
                let table = attribute(start, "ref").as_deref().and_then(region);
                totals = table.filter(|_| count > 0).map(|table| table.last.row);
            }
            "tableColumn" => labels.extend(attribute(start, "totalsRowLabel")),
            "filterColumn" => sheet.filtered = true,
            _ => {}
        }
        Ok(())
    })?;
    sheet.totals.extend(totals.map(|row| (row, labels)));
    Ok(())
}
