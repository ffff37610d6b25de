//! The records of a stream, and what goes on over several of them.

use super::super::bytes::u16_at;

/// A record: its type and its data; the records that continue it stand behind it.
#[derive(Clone, Copy)]
pub struct Record<'a> {
    pub kind: u16,
    pub data: &'a [u8],
    /// The stream behind the record.
    rest: &'a [u8],
}

const CONTINUE: u16 = 0x003C;

/// The records of a stream from a place on; a broken one ends it.
pub fn records(stream: &[u8], from: usize) -> impl Iterator<Item = Record<'_>> {
    let mut rest = stream.get(from..).unwrap_or_default();
    std::iter::from_fn(move || {
        let (kind, length) = (u16_at(rest, 0)?, usize::from(u16_at(rest, 2)?));
        let data = rest.get(4..4 + length)?;
        rest = rest.get(4 + length..)?;
        Some(Record { kind, data, rest })
    })
}

impl<'a> Record<'a> {
    /// The data of the records that continue this one.
    pub fn continued(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        records(self.rest, 0).take_while(|r| r.kind == CONTINUE).map(|r| r.data)
    }

    /// The data from a place on, over all records that continue it.
    pub fn pieces(&self, from: usize) -> Pieces<'a> {
        let first = self.data.get(from..).unwrap_or_default();
        let mut pieces: Vec<&[u8]> = std::iter::once(first).chain(self.continued()).collect();
        pieces.reverse();
        Pieces(pieces)
    }
}

/// Data that may be broken over records anywhere, the first piece last.
pub struct Pieces<'a>(Vec<&'a [u8]>);

impl<'a> Pieces<'a> {
    pub fn is_empty(&self) -> bool {
        self.0.iter().rev().all(|piece| piece.is_empty())
    }

    /// What is left of the record, of the next that is not empty where nothing is; says whether it
    /// is a next one.
    fn piece(&mut self) -> Option<(&'a [u8], bool)> {
        let mut is_next = false;
        loop {
            let piece = *self.0.last()?;
            if !piece.is_empty() {
                return Some((piece, is_next));
            }
            self.0.pop();
            is_next = true;
        }
    }

    fn step(&mut self, count: usize) {
        if let Some(piece) = self.0.last_mut() {
            *piece = piece.get(count..).unwrap_or_default();
        }
    }

    /// So many bytes.
    pub fn take(&mut self, count: usize) -> Option<Vec<u8>> {
        let mut taken = Vec::new();
        while taken.len() < count {
            let (piece, _) = self.piece()?;
            let part = piece.get(..count - taken.len()).unwrap_or(piece);
            taken.extend_from_slice(part);
            self.step(part.len());
        }
        Some(taken)
    }

    /// Passes over so many bytes.
    pub fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            let (piece, _) = self.piece()?;
            let here = piece.len().min(count);
            self.step(here);
            count -= here;
        }
        Some(())
    }

    /// So many letters of one byte or of two; a record that goes on with them says anew how wide
    /// they are.
    pub fn units(&mut self, count: usize, mut wide: bool) -> Option<Vec<u16>> {
        let mut units = Vec::new();
        while units.len() < count {
            let (mut piece, is_next) = self.piece()?;
            if is_next {
                let (flags, rest) = piece.split_first()?;
                (wide, piece) = (flags & 1 != 0, rest);
                self.step(1);
            }
            let width = if wide { 2 } else { 1 };
            let here = (piece.len() / width).min(count - units.len());
            if here == 0 {
                // Half a letter at the end of a record, or a flag alone in one.
                if !piece.is_empty() {
                    return None;
                }
                continue;
            }
            units.extend(units_of(piece, here, wide));
            self.step(here * width);
        }
        Some(units)
    }
}

/// The first letters of data that holds so many.
pub fn units_of(data: &[u8], count: usize, wide: bool) -> Vec<u16> {
    if wide {
        data.as_chunks::<2>().0.iter().take(count).map(|&unit| u16::from_le_bytes(unit)).collect()
    } else {
        data.iter().take(count).map(|&byte| byte.into()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(records: &[(u16, &[u8])]) -> Vec<u8> {
        let mut stream = Vec::new();
        for (kind, data) in records {
            stream.extend(kind.to_le_bytes());
            stream.extend((data.len() as u16).to_le_bytes());
            stream.extend(*data);
        }
        stream
    }

    #[test]
    fn letters_go_on_over_records_of_another_width_and_over_empty_ones() {
        let letters =
            stream(&[(0x207, b"ab"), (CONTINUE, b""), (CONTINUE, &[1, 0x44, 0x30, 0x46, 0x30])]);
        let record = records(&letters, 0).next().expect("a record");
        let mut pieces = record.pieces(0);
        let units = pieces.units(4, false).expect("four letters");
        assert_eq!(String::from_utf16_lossy(&units), "abいう");
        assert!(pieces.is_empty());
        assert_eq!(record.pieces(0).units(5, false), None);
    }
}
