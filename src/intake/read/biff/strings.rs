//! The shared strings of an `.xls` file.

use super::super::bytes::{u16_at, u32_at};
use super::super::runs::Text;
use super::fonts::Fonts;
use super::record::{Pieces, Record};

/// The strings by index. What is broken ends the list, so that a cell that asks for it has none;
/// how many there are is seen from what is there.
pub fn strings(record: &Record, fonts: &Fonts) -> Vec<Text> {
    let mut pieces = record.pieces(8);
    let mut strings = Vec::new();
    while !pieces.is_empty() {
        let Some(string) = string(&mut pieces, fonts) else { break };
        strings.push(string);
    }
    strings
}

fn string(pieces: &mut Pieces, fonts: &Fonts) -> Option<Text> {
    let head = pieces.take(3)?;
    let count = usize::from(u16_at(&head, 0)?);
    let flags = *head.get(2)?;
    let (rich, phonetic) = (flags & 8 != 0, flags & 4 != 0);
    let run_count = if rich { usize::from(u16_at(&pieces.take(2)?, 0)?) } else { 0 };
    let extra = if phonetic { u32_at(&pieces.take(4)?, 0)? as usize } else { 0 };
    let shown = String::from_utf16_lossy(&pieces.units(count, flags & 1 != 0)?);
    let changes = changes(pieces, run_count)?;
    pieces.skip(extra)?;
    Some(Text::new(&shown, &changes, |font| fonts.get(font)))
}

/// So many changes of the font: where, and to which.
pub fn changes(pieces: &mut Pieces, count: usize) -> Option<Vec<(usize, u16)>> {
    let table = pieces.take(count * 4)?;
    let change = |&[a, b, c, d]: &[u8; 4]| {
        (usize::from(u16::from_le_bytes([a, b])), u16::from_le_bytes([c, d]))
    };
    Some(table.as_chunks::<4>().0.iter().map(change).collect())
}
