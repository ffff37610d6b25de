//! Drop-downs: the records of data validations that offer texts of their own.

use super::super::bytes::{u16_at, u32_at};
use super::super::grid::DropDowns;
use super::super::package::bin::wide;
use super::conditions::{formula, text_or_none};
use super::regions;

/// The kind of validation that offers a list.
const LIST: u32 = 3;
/// How a formula says that a text follows.
const TEXT: u8 = 0x17;

/// Adds the drop-down of a record. One whose list stands in cells is passed over: whoever reads a
/// form does not depend on it.
pub fn add(data: &[u8], drop_downs: &mut DropDowns) -> Option<()> {
    if u32_at(data, 0)? & 0xF != LIST {
        return None;
    }
    let (regions, mut rest) = regions(data.get(4..)?)?;
    // Title and text of the alert and of the prompt.
    for _ in 0..4 {
        rest = text_or_none(rest)?;
    }
    let (tokens, _) = formula(rest)?;
    let (kind, text) = tokens.split_first()?;
    let length = u16_at(text, 0).filter(|_| *kind == TEXT)?;
    let (text, _) = wide(text.get(2..)?, length.into())?;
    let source = format!("\"{}\"", text.replace('\0', ","));
    regions.into_iter().for_each(|region| drop_downs.push(&source, region));
    Some(())
}
