//! What lies over the cells of a sheet, and the notes at them.

use std::collections::BTreeMap;

use super::super::bytes::{u16_at, u32_at};
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
    /// What it is called where it has no words.
    wordless: Option<&'static str>,
}

/// The kind of object that a note is.
const NOTE: u16 = 0x19;

/// What the drawing says of the shape that the next object is.
#[derive(Default)]
struct Shape {
    kind: u16,
    /// The cell at its upper left corner; that of its group where it is in one.
    at: Option<CellRef>,
}

/// The objects while they are read.
#[derive(Default)]
pub struct Objects {
    shape: Shape,
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
            (0x00EC, _) => self.shape.see(data),
            (0x005D, _) => self.objects.extend(object(data, letters, &self.shape)),
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
        sheet.floating = boxes.into_iter().filter_map(Object::floating).collect();
    }
}

impl Object {
    /// What it lays over the cells: its words, or else what it is.
    fn floating(self) -> Option<(Option<CellRef>, String)> {
        let words = self.text.trim();
        let words = if words.is_empty() { self.wordless? } else { words };
        Some((self.at, words.to_owned()))
    }
}

impl Shape {
    /// Goes through a piece of the drawing: records in one another, which may end in a later piece.
    fn see(&mut self, mut rest: &[u8]) {
        while let (Some(head), Some(kind), Some(length)) =
            (u16_at(rest, 0), u16_at(rest, 2), u32_at(rest, 4))
        {
            let body = rest.get(8..).unwrap_or_default();
            match kind {
                0xF00A => self.kind = head >> 4,
                0xF010 => {
                    let corner = u16_at(body, 6).zip(u16_at(body, 2));
                    self.at = corner.map(|(row, column)| CellRef::new(row.into(), column.into()));
                }
                _ => {}
            }
            // What has others in it is gone into.
            let skipped = if head & 0xF == 0xF { 0 } else { length as usize };
            rest = body.get(skipped..).unwrap_or_default();
        }
    }
}

fn object(data: &[u8], letters: Letters, shape: &Shape) -> Option<Object> {
    let kind = u16_at(data, 4)?;
    let wordless = match (kind, letters, shape.kind) {
        (1, ..) | (0x1E, Letters::Unicode, 20 | 32..=40) => Some("線"),
        (8, ..) | (0x1E, Letters::Unicode, 75) => Some("画像"),
        // Rectangles, rings, arcs, text boxes, polygons, and whatever else is drawn. Groups,
        // charts and the arrows of lists are none of these.
        (2 | 3 | 4 | 6 | 9 | 0x1E, ..) => Some("図形"),
        _ => None,
    };
    let at = match letters {
        Letters::Unicode => shape.at,
        Letters::Bytes(_) => {
            let corner = u16_at(data, 14).zip(u16_at(data, 10));
            corner.map(|(row, column)| CellRef::new(row.into(), column.into()))
        }
    };
    Some(Object { id: u16_at(data, 6)?, is_note: kind == NOTE, at, wordless, ..Object::default() })
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
