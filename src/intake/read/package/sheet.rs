//! A worksheet's part: rows and columns that are hidden, filters, merges, and the cells that
//! need a second look.

use std::sync::Arc;

use super::super::part::{Parts, Tag, attribute, flag, number, walk};
use super::super::{KNOWN_ERRORS, Refusal};
use super::relations::Relations;
use super::{RunReader, Runs, Side, region};
use crate::diag::CellRef;

pub fn read(
    parts: &mut Parts,
    strings: &[Option<Arc<Runs>>],
    side: &mut Side,
) -> Result<(), Refusal> {
    let Some(xml) = parts.xml(&side.part)? else { return Ok(()) };
    let limits = *parts.limits();
    let mut cell = CellReader::default();
    let mut row = 0u32;
    walk(&xml, |tag, text| {
        match &tag {
            Tag::Open(start) => match start.local_name().as_ref() {
                "row" => {
                    row = number(start, "r").unwrap_or(row.saturating_add(1));
                    if flag(start, "hidden", false) {
                        side.sheet.hidden_rows.push(row.saturating_sub(1), row.saturating_sub(1));
                        side.within(&limits)?;
                    }
                    cell.at = CellRef::new(row.saturating_sub(1), 0);
                }
                "col" if flag(start, "hidden", false) => {
                    let first = number(start, "min").unwrap_or(1).saturating_sub(1);
                    let last = number(start, "max").unwrap_or(1).saturating_sub(1);
                    side.sheet.hidden_columns.push(first, last);
                }
                "c" => cell.open(
                    attribute(start, "r").as_deref().and_then(CellRef::parse),
                    attribute(start, "t").unwrap_or_default(),
                ),
                "f" => cell.formula = true,
                "filterColumn" => side.sheet.filtered = true,
                "mergeCell" => {
                    let merge = attribute(start, "ref").as_deref().and_then(region);
                    if let Some(merge) = merge.filter(|m| m.first != m.last) {
                        side.sheet.merges.push(merge);
                        side.within(&limits)?;
                    }
                }
                _ => cell.runs.see(&tag, text),
            },
            Tag::Close("v") => cell.value = text,
            Tag::Close("c") => {
                cell.close(strings, side);
                side.within(&limits)?;
            }
            Tag::Close(_) => cell.runs.see(&tag, text),
        }
        Ok(())
    })?;
    let related = Relations::read(parts, &side.part)?;
    for table in related.all("table") {
        let xml = parts.xml(table)?.unwrap_or_default();
        side.sheet.filtered |= xml.contains("filterColumn");
    }
    Ok(())
}

/// The cell that is being read.
#[derive(Default)]
struct CellReader {
    at: CellRef,
    kind: String,
    formula: bool,
    value: String,
    runs: RunReader,
}

impl CellReader {
    fn open(&mut self, at: Option<CellRef>, kind: String) {
        *self = Self { at: at.unwrap_or(self.at), kind, ..Self::default() };
    }

    fn close(&mut self, strings: &[Option<Arc<Runs>>], side: &mut Side) {
        let at = self.at;
        match self.kind.as_str() {
            "s" => {
                let index = self.value.trim().parse::<usize>().ok();
                let runs = index.and_then(|index| strings.get(index)?.clone());
                side.rich.extend(runs.map(|runs| (at, runs)));
            }
            "inlineStr" => side.rich.extend(self.runs.take().map(|runs| (at, runs))),
            "e" if !KNOWN_ERRORS.contains(&self.value.as_str()) && !self.value.is_empty() => {
                side.foreign_errors.insert(at, std::mem::take(&mut self.value));
            }
            "str" => {}
            _ if self.formula && self.value.is_empty() => side.unvalued.push(at),
            _ => {}
        }
        self.at = CellRef::new(at.row, at.column.saturating_add(1));
    }
}
