//! The texts of a workbook: UTF-16 since Excel 97, before that bytes in a code page.

use encoding_rs::{Encoding, MACINTOSH, SHIFT_JIS, WINDOWS_1252};

use super::super::bytes::u16_at;
use super::super::refusal::Refusal;
use super::record::{Pieces, Record, units_of};

/// How a workbook writes its texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letters {
    /// Excel 97 and later: letters of one byte or of two, as a flag before them says. What the
    /// record of the code page says has no meaning there.
    Unicode,
    /// Excel 5.0 and 95: bytes in this encoding.
    Bytes(&'static Encoding),
}

impl Letters {
    /// The letters of a code page; `None` for one that is not known.
    pub fn of_code_page(page: u16) -> Option<Self> {
        Some(Self::Bytes(match page {
            // Japanese Windows, and Japanese Macintoshes, whose own letters are few.
            932 | 10_001 => SHIFT_JIS,
            // The lower half of these is ASCII, and the upper one is not used.
            367 | 20_127 | 1252 | 32_769 => WINDOWS_1252,
            10_000 | 32_768 => MACINTOSH,
            _ => return None,
        }))
    }

    /// A text of so many letters, and what is behind it.
    pub fn counted(self, data: &[u8], count: usize) -> Option<(String, &[u8])> {
        match self {
            Self::Unicode => {
                let (&flags, data) = data.split_first()?;
                let wide = flags & 1 != 0;
                let (letters, rest) = data.split_at_checked(count * if wide { 2 } else { 1 })?;
                Some((String::from_utf16_lossy(&units_of(letters, count, wide)), rest))
            }
            Self::Bytes(encoding) => {
                let (letters, rest) = data.split_at_checked(count)?;
                Some((encoding.decode_without_bom_handling(letters).0.into_owned(), rest))
            }
        }
    }

    /// A text behind its length of one byte.
    pub fn short(self, data: &[u8]) -> Option<String> {
        let (&count, data) = data.split_first()?;
        Some(self.counted(data, count.into())?.0)
    }

    /// The text that stands in a record from a place on, behind its length of two bytes, and what
    /// is behind it; it may go on in the records that follow.
    pub fn long<'a>(self, record: &Record<'a>, from: usize) -> Option<(String, Pieces<'a>)> {
        let count = usize::from(u16_at(record.data, from)?);
        let text = from + 2;
        match self {
            // Some leave out the flag of an empty text.
            Self::Unicode if count == 0 => Some((String::new(), record.pieces(text + 1))),
            Self::Unicode => {
                let wide = record.data.get(text)? & 1 != 0;
                let mut pieces = record.pieces(text + 1);
                Some((String::from_utf16_lossy(&pieces.units(count, wide)?), pieces))
            }
            Self::Bytes(encoding) => {
                let mut pieces = record.pieces(text);
                let bytes = pieces.take(count)?;
                Some((encoding.decode_without_bom_handling(&bytes).0.into_owned(), pieces))
            }
        }
    }
}

/// A workbook in a code page that is not known.
pub fn unknown_page(page: u16) -> Refusal {
    Refusal::damaged(format!("Excel 95 以前の形式で、文字コード {page} が分からない"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_of_a_code_page_are_read_in_it() {
        for (page, bytes, expected) in [
            (932, &[0x93, 0xFA, 0x96, 0x7B, 0x8C, 0x8F][..], Some("日本件")),
            (10_001, &[0x93, 0xFA], Some("日")),
            (1252, &[b'c', 0xE9], Some("cé")),
            (10_000, &[b'c', 0x8E], Some("cé")),
            (20_127, b"abc", Some("abc")),
            (936, b"abc", None),
        ] {
            let letters = Letters::of_code_page(page);
            let read = letters.and_then(|letters| letters.counted(bytes, bytes.len()));
            assert_eq!(read.map(|(text, _)| text).as_deref(), expected, "{page}");
        }
    }

    #[test]
    fn a_text_that_is_cut_off_is_none() {
        assert_eq!(Letters::Unicode.counted(&[1, 0x44, 0x30, 0x46], 2), None);
        assert_eq!(Letters::Unicode.counted(&[], 0), None);
        assert_eq!(Letters::Bytes(SHIFT_JIS).counted(&[0x93], 2), None);
    }
}
