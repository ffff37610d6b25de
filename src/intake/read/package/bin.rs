//! Binary parts: records of a type, a length and data.

use super::super::bytes::u32_at;
use super::super::refusal::Refusal;

/// Walks the records of a part; one that is cut off is damage.
pub fn walk<'a>(
    mut rest: &'a [u8],
    mut visit: impl FnMut(u16, &'a [u8]) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    while !rest.is_empty() {
        let (kind, data, after) = record(rest).ok_or_else(cut_off)?;
        visit(kind, data)?;
        rest = after;
    }
    Ok(())
}

/// A part that ends before it should.
pub fn cut_off() -> Refusal {
    Refusal::damaged("記録が途中で切れている")
}

fn record(data: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let (kind, data) = variable(data, 2)?;
    let (length, data) = variable(data, 4)?;
    let (data, after) = data.split_at_checked(length as usize)?;
    Some((u16::try_from(kind).ok()?, data, after))
}

/// A number of seven bits a byte, as long as the eighth is set.
fn variable(data: &[u8], most: usize) -> Option<(u32, &[u8])> {
    let mut value = 0;
    for (index, &byte) in data.iter().take(most).enumerate() {
        value |= u32::from(byte & 0x7F) << (7 * index);
        if byte & 0x80 == 0 || index + 1 == most {
            return Some((value, data.get(index + 1..)?));
        }
    }
    None
}

/// A text with its length before it, and what is behind it.
pub fn text(data: &[u8]) -> Option<(String, &[u8])> {
    wide(data.get(4..)?, u32_at(data, 0)? as usize)
}

/// The same of a text that may be none, which is empty then.
pub fn text_or_empty(data: &[u8]) -> Option<(String, &[u8])> {
    match u32_at(data, 0)? {
        u32::MAX => Some((String::new(), data.get(4..)?)),
        _ => text(data),
    }
}

/// A text of so many UTF-16 units, and what is behind it.
pub fn wide(data: &[u8], count: usize) -> Option<(String, &[u8])> {
    let (letters, rest) = data.split_at_checked(count.checked_mul(2)?)?;
    let units: Vec<u16> =
        letters.as_chunks::<2>().0.iter().map(|&c| u16::from_le_bytes(c)).collect();
    Some((String::from_utf16_lossy(&units), rest))
}

/// A text that may have runs: each with the font it changes to and the place where it starts.
pub fn rich(data: &[u8]) -> Option<(String, Vec<(usize, u16)>)> {
    let (&flags, data) = data.split_first()?;
    let (text, rest) = text(data)?;
    let mut runs = Vec::new();
    if flags & 1 != 0 {
        let count = u32_at(rest, 0)? as usize;
        for &[a, b, c, d] in rest.get(4..)?.as_chunks::<4>().0.iter().take(count) {
            runs.push((usize::from(u16::from_le_bytes([a, b])), u16::from_le_bytes([c, d])));
        }
    }
    Some((text, runs))
}
