//! A sheet's records: the formats of its cells, what is hidden, notes and boxes.

use std::collections::BTreeMap;

use super::super::bytes::{u16_at, u32_at};
use super::super::refusal::{Refusal, within};
use super::strings::Runs;
use super::{BOF, CellFormat, EOF, Fonts, Record, characters, drop_down, records};
use crate::diag::CellRef;
use crate::edition::limits::{DECLARED_CELLS, Limit, Limits};
use crate::intake::read::grid::{Sheet, Struck};

/// What a sheet says beside its values.
#[derive(Debug, Default)]
pub struct Marks {
    /// The cell format of every cell with content.
    pub formats: BTreeMap<CellRef, u16>,
    /// The sheet as far as it is known without its cells.
    pub sheet: Sheet,
    /// Cells whose whole font is struck.
    pub struck: Vec<CellRef>,
    /// Struck parts of cells with several fonts.
    pub struck_parts: BTreeMap<CellRef, Struck>,
}

/// What the sheets share.
pub struct Global<'a> {
    pub formats: &'a [CellFormat],
    pub fonts: &'a Fonts,
    pub strings: &'a [Option<Runs>],
    pub limits: &'a Limits,
}

/// An object on the sheet: its number, whether it is a note, where it stands.
#[derive(Default)]
struct Object {
    id: u16,
    is_note: bool,
    at: Option<CellRef>,
    text: String,
}

/// The kind of object that a note is.
const NOTE: u16 = 0x19;

impl Marks {
    /// Reads the sheet that starts at a place of the stream. Refused where the cells span more
    /// than calamine can lay out.
    pub fn read(stream: &[u8], place: usize, global: &Global) -> Result<Self, Refusal> {
        let mut marks = Self::default();
        let mut objects: Vec<Object> = Vec::new();
        let mut notes: Vec<(CellRef, u16)> = Vec::new();
        let mut depth = 0;
        for record in records(stream, place) {
            match record.kind {
                BOF => depth += 1,
                EOF if depth <= 1 => break,
                EOF => depth -= 1,
                _ if depth > 1 => {}
                0x0200 => declared(record.data, global.limits)?,
                0x005D => objects.extend(object(record.data)),
                0x01B6 => {
                    if let (Some(object), Some(text)) = (objects.last_mut(), boxed(&record)) {
                        object.text = text;
                    }
                }
                0x001C => notes.extend(cell(record.data).zip(u16_at(record.data, 6))),
                kind => marks.see(kind, record.data, global),
            }
            marks.within(global.limits, objects.len().max(notes.len()))?;
        }
        marks.check_size(global.limits)?;
        let (bubbles, boxes): (Vec<_>, Vec<_>) = objects.into_iter().partition(|o| o.is_note);
        // Of several of one number, the first counts.
        let texts: BTreeMap<u16, String> =
            bubbles.into_iter().rev().map(|object| (object.id, object.text)).collect();
        let notes = notes.into_iter().filter_map(|(at, id)| Some((at, texts.get(&id)?.clone())));
        marks.sheet.notes = notes.collect();
        let boxes = boxes.into_iter().filter(|object| !object.text.trim().is_empty());
        marks.sheet.floating =
            boxes.map(|object| (object.at, object.text.trim().to_owned())).collect();
        Ok(marks)
    }

    /// Refuses more cells, objects and hidden rows than there may be.
    fn within(&self, limits: &Limits, objects: usize) -> Result<(), Refusal> {
        let cells = (Limit::Cells, self.formats.len() as u64);
        within(limits, [cells, (Limit::Marks, objects as u64)])?;
        within(limits, self.sheet.marks())
    }

    fn see(&mut self, kind: u16, data: &[u8], global: &Global) {
        match kind {
            // Row: hidden where its height is none.
            0x0208 if u16_at(data, 12).unwrap_or(0) & 0x20 != 0 => {
                if let Some(row) = u16_at(data, 0) {
                    self.sheet.hidden_rows.push(row.into(), row.into());
                }
            }
            // Columns.
            0x007D if u16_at(data, 8).unwrap_or(0) & 1 != 0 => {
                if let Some((first, last)) = u16_at(data, 0).zip(u16_at(data, 2)) {
                    self.sheet.hidden_columns.push(first.into(), last.into());
                }
            }
            0x009B => self.sheet.filtered = true,
            // A list in cells, or a record that is cut off, offers nothing that is known.
            0x01BE => _ = drop_down::add(data, &mut self.sheet.drop_downs),
            // Formula, number, label, formatted label, truth or error, number in four bytes.
            0x0006 | 0x0203 | 0x0204 | 0x00D6 | 0x0205 | 0x027E => self.cell(data, global),
            // Shared string.
            0x00FD => {
                self.cell(data, global);
                self.shared(data, global);
            }
            // Several numbers.
            0x00BD => {
                let Some(first) = cell(data) else { return };
                let numbers = data.get(4..data.len().saturating_sub(2)).unwrap_or_default();
                for (column, number) in (first.column..).zip(numbers.as_chunks::<6>().0) {
                    let at = CellRef::new(first.row, column);
                    self.formats.insert(at, u16::from_le_bytes([number[0], number[1]]));
                }
            }
            _ => {}
        }
    }

    fn cell(&mut self, data: &[u8], global: &Global) {
        let (Some(at), Some(format)) = (cell(data), u16_at(data, 4)) else { return };
        self.formats.insert(at, format);
        let font = global.formats.get(usize::from(format)).map(|format| format.font);
        if font.is_some_and(|font| global.fonts.get(font).struck) {
            self.struck.push(at);
        }
    }

    fn shared(&mut self, data: &[u8], global: &Global) {
        let (Some(at), Some(index)) = (cell(data), u32_at(data, 6)) else { return };
        let Some(Some(rich)) = global.strings.get(index as usize) else { return };
        let whole = self.struck.pop_if(|last| *last == at).is_some();
        let mut struck = Struck::default();
        let mut raised = String::new();
        struck.push(&rich.before, whole);
        for (font, piece) in &rich.runs {
            let font = global.fonts.get(*font);
            struck.push(piece, font.struck);
            raised.push_str(if font.raised { piece } else { "" });
        }
        if !raised.trim().is_empty() {
            self.sheet.raised.insert(at, raised);
        }
        if !struck.is_blank() {
            self.struck_parts.insert(at, struck);
        }
    }

    /// calamine lays out the rectangle around the cells.
    fn check_size(&self, limits: &Limits) -> Result<(), Refusal> {
        let (Some(first), Some(last)) =
            (self.formats.keys().next(), self.formats.keys().next_back())
        else {
            return Ok(());
        };
        let columns = self.formats.keys().map(|at| at.column);
        let (left, right) = (columns.clone().min().unwrap_or(0), columns.max().unwrap_or(0));
        let size = u64::from(last.row - first.row + 1) * u64::from(right - left + 1);
        within(limits, [(Limit::Area, size)])
    }
}

/// calamine sets memory aside for the range that the sheet declares.
fn declared(data: &[u8], limits: &Limits) -> Result<(), Refusal> {
    let short = |at| u16_at(data, at).map(u32::from);
    let corners = match data.len() {
        10 => (short(0), short(2), short(4), short(6)),
        _ => (u32_at(data, 0), u32_at(data, 4), short(8), short(10)),
    };
    let (Some(top), Some(below), Some(left), Some(right)) = corners else { return Ok(()) };
    // A first column that cannot be is taken for the first of all.
    let left = if left > 0xFF || right < left { 0 } else { left };
    if below > 0 && right > 0 && top > below {
        return Err(Refusal::damaged(format!("DIMENSIONS {top} > {below}")));
    }
    let cells = u64::from(below.saturating_sub(top)) * u64::from(right - left);
    if cells > DECLARED_CELLS {
        return Err(Refusal::beyond(limits, Limit::Area, cells));
    }
    Ok(())
}

fn cell(data: &[u8]) -> Option<CellRef> {
    Some(CellRef::new(u16_at(data, 0)?.into(), u16_at(data, 2)?.into()))
}

fn object(data: &[u8]) -> Option<Object> {
    let kind = u16_at(data, 4)?;
    Some(Object { id: u16_at(data, 6)?, is_note: kind == NOTE, ..Object::default() })
}

/// The text of a box: its length is in the record, its characters are in those that follow.
fn boxed(record: &Record) -> Option<String> {
    let mut left = usize::from(u16_at(record.data, 10)?);
    let mut text = String::new();
    for piece in record.continued() {
        if left == 0 {
            break;
        }
        let piece = characters(piece, left)?;
        left = left.saturating_sub(piece.encode_utf16().count());
        text.push_str(&piece);
    }
    Some(text)
}
