//! Table objects: whether they are filtered, where their totals are, and what their styles strike
//! through.

use quick_xml::events::BytesStart;

use super::super::grid::{Region, Sheet, Struck};
use super::super::part::{Tag, Xml, attribute, flag, number, walk};
use super::super::refusal::Refusal;
use super::sheet::{region, unreadable_range};
use super::styles::{Styles, TableElement};
use crate::diag::CellRef;

/// A table object as its part has it.
#[derive(Default)]
struct Table {
    region: Option<Region>,
    /// Rows of its header and of its totals.
    header: u32,
    totals: u32,
    labels: Vec<String>,
    style: String,
    /// The parts that the style shows only where the table says so.
    shown: Vec<&'static str>,
}

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
            "tableStyleInfo" => table.style(start),
            "filterColumn" => sheet.filtered = true,
            _ => {}
        }
        Ok(())
    })?;
    let Some(region) = table.region else { return Ok(()) };
    for element in styles.struck_parts(&table.style) {
        table.strike(region, element, sheet);
    }
    if table.totals > 0 {
        sheet.totals.insert(region.last.row, table.labels);
    }
    Ok(())
}

impl Table {
    fn style(&mut self, start: &BytesStart) {
        self.style = attribute(start, "name").unwrap_or_default();
        let parts: [(&str, &[&'static str]); 4] = [
            ("showFirstColumn", &["firstColumn"]),
            ("showLastColumn", &["lastColumn"]),
            ("showRowStripes", &["firstRowStripe", "secondRowStripe"]),
            ("showColumnStripes", &["firstColumnStripe", "secondColumnStripe"]),
        ];
        let shown = parts.iter().filter(|(name, _)| flag(start, name, false));
        self.shown = shown.flat_map(|(_, parts)| *parts).copied().collect();
    }

    /// Strikes the texts of a part of the table through.
    fn strike(&self, region: Region, element: &TableElement, sheet: &mut Sheet) {
        let rows = CellRef::new(region.first.row, 0)..=CellRef::new(region.last.row, u32::MAX);
        let columns = region.first.column..=region.last.column;
        let cells = sheet.cells.range(rows).filter(|(at, cell)| {
            columns.contains(&at.column) && !cell.is_blank() && self.is_in(region, element, **at)
        });
        for (at, cell) in cells {
            let struck = Struck { text: cell.text.clone(), ..Struck::default() };
            sheet.struck.entry(*at).or_insert(struck);
        }
    }

    /// Whether a cell of the table is in a part of it.
    fn is_in(&self, Region { first, last }: Region, element: &TableElement, at: CellRef) -> bool {
        let (row, column) = (at.row - first.row, at.column - first.column);
        let from_below = last.row - at.row;
        let part = element.part.as_str();
        let is_data = row >= self.header && from_below >= self.totals;
        let is_even = |number: u32| (number / element.size).is_multiple_of(2);
        match part {
            "wholeTable" => true,
            "headerRow" => row < self.header,
            "totalRow" => from_below < self.totals,
            _ if !self.shown.contains(&part) => false,
            "firstColumn" => column == 0,
            "lastColumn" => at.column == last.column,
            "firstRowStripe" => is_data && is_even(row - self.header),
            "secondRowStripe" => is_data && !is_even(row - self.header),
            "firstColumnStripe" => is_data && is_even(column),
            "secondColumnStripe" => is_data && !is_even(column),
            _ => false,
        }
    }
}
