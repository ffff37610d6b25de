//! The custom document properties of an `.xls` file: a property set in its container.

use std::collections::BTreeMap;

use encoding_rs::{Encoding, SHIFT_JIS, UTF_8, UTF_16LE, WINDOWS_1252};

use super::bytes::{u16_at, u32_at};

/// The set of the properties that users define.
const USER_DEFINED: [u8; 16] =
    [5, 0xD5, 0xCD, 0xD5, 0x9C, 0x2E, 0x1B, 0x10, 0x93, 0x97, 8, 0, 0x2B, 0x2C, 0xF9, 0xAE];
const DICTIONARY: u32 = 0;
const CODE_PAGE: u32 = 1;
const TEXT: u16 = 0x1E;
const WIDE_TEXT: u16 = 0x1F;

/// The properties that are texts, by name. One that cannot be read is none.
pub fn custom_properties(stream: &[u8]) -> BTreeMap<String, String> {
    let Some(set) = Set::find(stream) else { return BTreeMap::new() };
    let names = set.dictionary().unwrap_or_default();
    let named = set.places().filter_map(|(id, place)| {
        let name = names.get(&id)?.clone();
        Some((name, set.text(place)?))
    });
    named.collect()
}

/// A property set, and how its texts are written.
struct Set<'a> {
    data: &'a [u8],
    encoding: &'static Encoding,
}

impl<'a> Set<'a> {
    fn find(stream: &'a [u8]) -> Option<Self> {
        let count = u32_at(stream, 24)? as usize;
        let heads = stream.get(28..)?.as_chunks::<20>().0.iter().take(count);
        let place = heads.filter(|head| head[..16] == USER_DEFINED).find_map(|h| u32_at(h, 16))?;
        let mut set = Self { data: stream.get(place as usize..)?, encoding: WINDOWS_1252 };
        let page = set.places().find(|&(id, _)| id == CODE_PAGE)?.1;
        set.encoding = match u16_at(set.data, page + 4)? {
            932 => SHIFT_JIS,
            1200 => UTF_16LE,
            1252 => WINDOWS_1252,
            65_001 => UTF_8,
            _ => return None,
        };
        Some(set)
    }

    /// The properties by number, and where their values are.
    fn places(&self) -> impl Iterator<Item = (u32, usize)> + use<'a> {
        let count = u32_at(self.data, 4).map_or(0, |count| count as usize);
        let entries = self.data.get(8..).unwrap_or_default().as_chunks::<8>().0;
        entries
            .iter()
            .take(count)
            .filter_map(|entry| Some((u32_at(entry, 0)?, u32_at(entry, 4)? as usize)))
    }

    fn dictionary(&self) -> Option<BTreeMap<u32, String>> {
        let mut at = self.places().find(|&(id, _)| id == DICTIONARY)?.1;
        let count = u32_at(self.data, at)?;
        at += 4;
        let mut names = BTreeMap::new();
        for _ in 0..count {
            let (id, length) = (u32_at(self.data, at)?, u32_at(self.data, at + 4)? as usize);
            let wide = self.encoding == UTF_16LE;
            let size = if wide { length.checked_mul(2)? } else { length };
            names.insert(id, self.decoded(at + 8, size, self.encoding)?);
            at += 8 + if wide { size.next_multiple_of(4) } else { size };
        }
        Some(names)
    }

    fn text(&self, place: usize) -> Option<String> {
        let length = u32_at(self.data, place + 4)? as usize;
        match u16_at(self.data, place)? {
            TEXT => self.decoded(place + 8, length, self.encoding),
            WIDE_TEXT => self.decoded(place + 8, length.checked_mul(2)?, UTF_16LE),
            _ => None,
        }
    }

    fn decoded(&self, from: usize, size: usize, encoding: &'static Encoding) -> Option<String> {
        let bytes = self.data.get(from..)?.get(..size)?;
        let text = encoding.decode_without_bom_handling(bytes).0;
        Some(text.trim_end_matches('\0').to_owned())
    }
}
