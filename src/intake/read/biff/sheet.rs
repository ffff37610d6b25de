//! A sheet's records: its cells, what is hidden, notes and boxes.

use super::super::appearance::Appearance;
use super::super::bytes::u16_at;
use super::super::grid::{Region, Sheet, Spans};
use super::super::refusal::{Budget, Refusal, within};
use super::cells::CellReader;
use super::conditions::Conditions;
use super::objects::Objects;
use super::record::{Record, records};
use super::table::Tables;
use super::{BOF, EOF, Global, drop_down};
use crate::diag::CellRef;
use crate::edition::Limit;

/// In parts of 256 of a letter, and in parts of 20 of a point: what is narrower or lower shows
/// nothing.
const NARROWEST: u16 = 77;
const LOWEST: u16 = 40;

/// Rows are hidden where no record says otherwise.
#[derive(Default)]
struct Rows {
    hidden_by_default: bool,
    stated: Spans,
}

/// Reads the sheet that starts at a place of the stream.
pub fn read(
    stream: &[u8],
    place: usize,
    global: &Global,
    budget: &mut Budget,
) -> Result<Sheet, Refusal> {
    let mut sheet = Sheet::default();
    let mut cells = CellReader { global, awaited: None, appearance: Appearance::default() };
    let mut conditions = Conditions::default();
    let mut objects = Objects::default();
    let mut rows = Rows::default();
    let mut tables = Tables::default();
    let mut depth = 0;
    for record in records(stream, place) {
        match record.kind {
            BOF => depth += 1,
            _ if depth == 0 => break,
            EOF if depth == 1 => {
                cells.finish(&mut sheet, budget)?;
                objects.finish(&mut sheet);
                rows.finish(&mut sheet);
                tables.finish(global, &mut sheet);
                let mut appearance = cells.appearance;
                appearance.rules.extend(conditions.finish());
                appearance.finish(&mut sheet);
                within(&budget.limits, sheet.marks())?;
                return Ok(sheet);
            }
            EOF => depth -= 1,
            // A chart has cells of its own.
            _ if depth > 1 => {}
            kind => {
                cells.see(&record, &mut sheet, budget)?;
                objects.see(&record, global.letters);
                rows.see(kind, record.data, &mut sheet);
                tables.see(kind, record.data);
                conditions.see(kind, record.data, &global.palette);
                see(&record, &mut sheet)?;
                if let Some(shows_zeros) = shows_zeros(&record) {
                    cells.appearance.no_zeros = !shows_zeros;
                }
                let marks = objects.len() + conditions.len();
                within(&budget.limits, [(Limit::Marks, marks as u64)])?;
                within(&budget.limits, sheet.marks())?;
            }
        }
    }
    Err(Refusal::damaged("シートの記録が途中で切れている"))
}

/// Whether the view of the sheet shows zeros, where the record is that of the view.
fn shows_zeros(record: &Record) -> Option<bool> {
    const VIEW: u16 = 0x023E;
    let flags = u16_at(record.data, 0).filter(|_| record.kind == VIEW)?;
    Some(flags & 0x0010 != 0)
}

fn see(record: &Record, sheet: &mut Sheet) -> Result<(), Refusal> {
    let data = record.data;
    match record.kind {
        // Columns: hidden, or of hardly any width.
        0x007D
            if u16_at(data, 8).is_some_and(|flags| flags & 1 != 0)
                || u16_at(data, 4).is_some_and(|width| width < NARROWEST) =>
        {
            if let Some((first, last)) = u16_at(data, 0).zip(u16_at(data, 2)) {
                sheet.hidden_columns.push(first.into(), last.into());
            }
        }
        0x009B => sheet.filtered = true,
        0x00E5 => {
            let count = usize::from(u16_at(data, 0).unwrap_or(u16::MAX));
            let regions = data.get(2..2 + count * 8).unwrap_or_default();
            if regions.len() < count * 8 {
                return Err(Refusal::damaged("結合セルの記録が途中で切れている"));
            }
            regions.as_chunks::<8>().0.iter().for_each(|region| merge(region, sheet));
        }
        // A list in cells, or a record that is cut off, offers nothing that is known.
        0x01BE => _ = drop_down::add(data, &mut sheet.drop_downs),
        _ => {}
    }
    Ok(())
}

fn merge(region: &[u8; 8], sheet: &mut Sheet) {
    let number = |at: usize| u32::from(u16::from_le_bytes([region[at], region[at + 1]]));
    let first = CellRef::new(number(0), number(4));
    let last = CellRef::new(number(2), number(6));
    if first != last {
        sheet.merges.push(Region { first, last });
    }
}

impl Rows {
    fn see(&mut self, kind: u16, data: &[u8], sheet: &mut Sheet) {
        match kind {
            0x0225 => self.hidden_by_default = u16_at(data, 0).is_some_and(|flags| flags & 2 != 0),
            0x0208 => {
                let (Some(row), Some(height), Some(flags)) =
                    (u16_at(data, 0), u16_at(data, 6), u16_at(data, 12))
                else {
                    return;
                };
                self.stated.push(row.into(), row.into());
                // Hidden, or made so low by hand that nothing of it is seen.
                let is_low = height & 0x7FFF < LOWEST && flags & 0x40 != 0;
                if flags & 0x20 != 0 || is_low {
                    sheet.hidden_rows.push(row.into(), row.into());
                }
            }
            _ => {}
        }
    }

    fn finish(self, sheet: &mut Sheet) {
        if !self.hidden_by_default {
            return;
        }
        for row in sheet.cells.keys().map(|at| at.row) {
            if !self.stated.contains(row) {
                sheet.hidden_rows.push(row, row);
            }
        }
    }
}
