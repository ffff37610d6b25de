//! What lies over the cells of a sheet, and the notes at them.

use std::collections::BTreeMap;

use super::super::bytes::{u16_at, u32_at};
use super::super::grid::{Floating, Region, Sheet};
use super::super::shape::{Shape as Kind, control};
use super::cells::cell;
use super::letters::Letters;
use super::record::{Record, units_of};
use crate::diag::CellRef;

/// An object on the sheet: its number, whether it is a note, where it stands.
#[derive(Default)]
struct Object {
    id: u16,
    is_note: bool,
    over: Option<Region>,
    text: String,
    /// What it is, where that is told of one without words.
    wordless: Option<Kind>,
    /// What it is called as a form control, and whether that is checked where it can be.
    control: Option<(&'static str, Option<bool>)>,
}

/// The kind of object that a note is.
const NOTE: u16 = 0x19;

/// What the drawing says of the shape that the next object is.
#[derive(Default)]
struct Shape {
    kind: u16,
    /// The cells under it; those of its group where it is in one.
    over: Option<Region>,
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
        sheet.floating.extend(boxes.into_iter().filter_map(Object::floating));
    }
}

impl Object {
    /// What it lays over the cells: its words, or else what it is.
    fn floating(self) -> Option<Floating> {
        let text = self.text.trim();
        let words = match self.control {
            Some((kind, checked)) => control(kind, text, checked),
            None if text.is_empty() => self.wordless?.label().to_owned(),
            None => text.to_owned(),
        };
        Some(Floating { over: self.over, words })
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
                0xF010 => self.over = anchored(body, 2),
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
    let drawn = if letters == Letters::Unicode { shape.kind } else { 0 };
    let wordless = match (kind, drawn) {
        (1, _) | (0x1E, 20 | 32..=40) => Some(Kind::Line),
        (8, _) | (0x1E, 75) => Some(Kind::Picture),
        (2, _) | (0x1E, 1 | 2) => Some(Kind::Rectangle),
        (3, _) | (0x1E, 3) => Some(Kind::Ellipse),
        (0x1E, 61..=63 | 106) => Some(Kind::Callout),
        // Arcs, text boxes, polygons, and whatever else is drawn. Groups and charts are none of
        // these.
        (4 | 6 | 9 | 0x1E, _) => Some(Kind::Other),
        _ => None,
    };
    let over = match letters {
        Letters::Unicode => shape.over,
        Letters::Bytes(_) => anchored(data, 10),
    };
    let id = u16_at(data, 6)?;
    let control = control_of(kind, data).filter(|_| letters == Letters::Unicode);
    Some(Object { id, is_note: kind == NOTE, over, wordless, control, ..Object::default() })
}

/// What an object is as a form control: the drop-downs that Excel itself puts at filters and lists of
/// choices are none.
fn control_of(kind: u16, data: &[u8]) -> Option<(&'static str, Option<bool>)> {
    const OF_EXCEL: u16 = 0x0100;
    let name = match kind {
        7 => "ボタン",
        11 => "チェックボックス",
        12 => "オプションボタン",
        14 => "ラベル",
        16 => "スピンボタン",
        17 => "スクロールバー",
        18 => "リストボックス",
        19 => "グループボックス",
        20 if u16_at(data, 8)? & OF_EXCEL == 0 => "コンボボックス",
        _ => return None,
    };
    Some((name, matches!(kind, 11 | 12).then(|| is_checked(data))))
}

/// Whether a box is checked: the records within the one of its object say so.
fn is_checked(data: &[u8]) -> bool {
    const STATE: u16 = 0x0012;
    let mut rest = data;
    while let Some((kind, length)) = u16_at(rest, 0).zip(u16_at(rest, 2)) {
        if kind == STATE {
            return u16_at(rest, 4).is_some_and(|state| state != 0);
        }
        rest = rest.get(4 + usize::from(length)..).unwrap_or_default();
    }
    false
}

/// The cells between the corners that stand in a record from a place on: column, offset, row,
/// offset of each.
fn anchored(data: &[u8], place: usize) -> Option<Region> {
    let corner = |at: usize| {
        let (column, row) = u16_at(data, at).zip(u16_at(data, at + 4))?;
        Some(CellRef::new(row.into(), column.into()))
    };
    let first = corner(place)?;
    let reaches = [place + 10, place + 14].map(|at| u16_at(data, at).is_some_and(|by| by > 0));
    Some(
        corner(place + 8)
            .map_or(Region::cell(first), |last| Region::anchored(first, last, reaches)),
    )
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
