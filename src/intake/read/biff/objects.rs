//! What lies over the cells of a sheet, and the notes at them.

use std::collections::BTreeMap;

use super::super::bytes::u16_at;
use super::super::grid::Sheet;
use super::cells::cell;
use super::letters::Letters;
use super::record::{Record, units_of};
use crate::diag::CellRef;

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

/// The objects while they are read.
#[derive(Default)]
pub struct Objects {
    objects: Vec<Object>,
    /// Notes by the number of the object with their text.
    notes: Vec<(CellRef, u16)>,
    /// Notes that have their text themselves.
    texts: Vec<(CellRef, String)>,
}

impl Objects {
    pub fn see(&mut self, record: &Record, letters: Letters) {
        let data = record.data;
        match (record.kind, letters) {
            (0x005D, _) => self.objects.extend(object(data)),
            (0x01B6, _) => {
                if let (Some(object), Some(text)) = (self.objects.last_mut(), boxed(record)) {
                    object.text = text;
                }
            }
            (0x001C, Letters::Unicode) => {
                self.notes.extend(cell(data).zip(u16_at(data, 6)));
            }
            // A note that is cut off has no words.
            (0x001C, Letters::Bytes(_)) => _ = self.note(data, letters),
            _ => {}
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.objects.len().max(self.notes.len()).max(self.texts.len())
    }

    /// A note of before Excel 97: a long one goes on in records of a row that there is not.
    fn note(&mut self, data: &[u8], letters: Letters) -> Option<()> {
        let at = cell(data)?;
        let piece = data.get(6..)?;
        let count = usize::from(u16_at(data, 4)?).min(piece.len());
        let text = letters.counted(piece, count)?.0;
        match self.texts.last_mut().filter(|_| at.row == 0xFFFF) {
            Some((_, whole)) => whole.push_str(&text),
            None => self.texts.push((at, text)),
        }
        Some(())
    }

    pub fn finish(self, sheet: &mut Sheet) {
        let (bubbles, boxes): (Vec<_>, Vec<_>) = self.objects.into_iter().partition(|o| o.is_note);
        // Of several of one number, the first counts.
        let texts: BTreeMap<u16, String> =
            bubbles.into_iter().rev().map(|object| (object.id, object.text)).collect();
        let notes = self.notes.into_iter();
        sheet.notes = notes.filter_map(|(at, id)| Some((at, texts.get(&id)?.clone()))).collect();
        sheet.notes.extend(self.texts);
        let boxes = boxes.into_iter().filter(|object| !object.text.trim().is_empty());
        sheet.floating = boxes.map(|object| (object.at, object.text.trim().to_owned())).collect();
    }
}

fn object(data: &[u8]) -> Option<Object> {
    let kind = u16_at(data, 4)?;
    Some(Object { id: u16_at(data, 6)?, is_note: kind == NOTE, ..Object::default() })
}

/// The text of a box: its length is in the record, its characters are in those that follow.
fn boxed(record: &Record) -> Option<String> {
    let mut left = usize::from(u16_at(record.data, 10)?);
    let mut units = Vec::new();
    for piece in record.continued() {
        if left == 0 {
            break;
        }
        let Some((&flags, letters)) = piece.split_first() else { continue };
        let here = units_of(letters, left, flags & 1 != 0);
        left -= here.len();
        units.extend(here);
    }
    Some(String::from_utf16_lossy(&units))
}
