//! The shared strings of an `.xls` file: the runs of those that have several fonts.

use super::super::bytes::{pieces, u16_at, u32_at};
use super::{Record, plain};

/// A text's runs: each with the font it changes to; what stands before the first has the cell's.
#[derive(Debug, Default, Clone)]
pub struct Runs {
    pub before: String,
    pub runs: Vec<(u16, String)>,
}

/// The strings by index; `None` for a plain one. What is broken ends the list.
pub fn runs(record: &Record) -> Vec<Option<Runs>> {
    let pieces: Vec<&[u8]> = std::iter::once(record.data).chain(record.continued()).collect();
    let count = u32_at(record.data, 4).unwrap_or(0);
    let mut bytes = Bytes { pieces: &pieces, at: 8 };
    let mut strings = Vec::new();
    while strings.len() < count as usize {
        let Some(string) = string(&mut bytes) else { break };
        strings.push(string);
    }
    strings
}

/// The string table over its records, which may break it anywhere.
struct Bytes<'a> {
    pieces: &'a [&'a [u8]],
    at: usize,
}

impl<'a> Bytes<'a> {
    /// What is left of the record, of the next one where nothing is; says whether it is the next.
    fn piece(&mut self) -> Option<(&'a [u8], bool)> {
        let first = self.pieces.first()?;
        if let Some(rest) = first.get(self.at..).filter(|rest| !rest.is_empty()) {
            return Some((rest, false));
        }
        (self.pieces, self.at) = (self.pieces.get(1..)?, 0);
        let next: &'a [u8] = self.pieces.first()?;
        (!next.is_empty()).then_some((next, true))
    }

    fn take(&mut self, count: usize) -> Option<Vec<u8>> {
        let mut taken = Vec::new();
        while taken.len() < count {
            let (piece, _) = self.piece()?;
            let part = piece.get(..count - taken.len()).unwrap_or(piece);
            taken.extend_from_slice(part);
            self.at += part.len();
        }
        Some(taken)
    }

    /// Characters; a record that goes on with them says anew how wide they are.
    fn characters(&mut self, count: usize, mut wide: bool) -> Option<String> {
        let mut text = String::new();
        let mut left = count;
        while left > 0 {
            let (piece, is_next) = self.piece()?;
            let mut data = piece;
            if is_next {
                let (flags, rest) = piece.split_first()?;
                wide = flags & 1 != 0;
                data = rest;
                self.at += 1;
            }
            let width = if wide { 2 } else { 1 };
            let here = (data.len() / width).min(left);
            if here == 0 {
                return None;
            }
            text.push_str(&plain(data, here, wide));
            self.at += here * width;
            left -= here;
        }
        Some(text)
    }
}

fn string(bytes: &mut Bytes) -> Option<Option<Runs>> {
    let head = bytes.take(3)?;
    let count = usize::from(u16_at(&head, 0)?);
    let flags = *head.get(2)?;
    let (rich, phonetic) = (flags & 8 != 0, flags & 4 != 0);
    let run_count = if rich { usize::from(u16_at(&bytes.take(2)?, 0)?) } else { 0 };
    let extra = if phonetic { u32_at(&bytes.take(4)?, 0)? as usize } else { 0 };
    let text = bytes.characters(count, flags & 1 != 0)?;
    let table = bytes.take(run_count * 4)?;
    bytes.take(extra)?;
    if !rich {
        return Some(None);
    }
    let starts: Vec<(usize, u16)> = table
        .as_chunks::<4>()
        .0
        .iter()
        .map(|&[a, b, c, d]| (usize::from(u16::from_le_bytes([a, b])), u16::from_le_bytes([c, d])))
        .collect();
    let (before, runs) = pieces(&text, &starts);
    Some(Some(Runs { before, runs }))
}

#[cfg(test)]
mod tests {
    use super::super::records;
    use super::*;

    #[test]
    fn a_string_may_be_broken_over_records_and_change_its_width() {
        // 「ab」 in one byte each, then, in a continuation of two bytes each, 「い」; a run from 2.
        let mut stream = vec![0xFC, 0, 15, 0, 1, 0, 0, 0, 1, 0, 0, 0, 3, 0, 8, 1, 0, b'a', b'b'];
        stream.extend([0x3C, 0, 7, 0, 1, 0x44, 0x30, 2, 0, 6, 0]);
        let record = records(&stream, 0).next().expect("a record");
        let strings = runs(&record);
        let runs = strings[0].as_ref().expect("a rich string");
        assert_eq!(runs.before, "ab");
        assert_eq!(runs.runs, [(6, "い".to_owned())]);
    }
}
