//! Drop-downs: the records of data validations that offer texts of their own.

use super::super::bytes::{u16_at, u32_at};
use super::super::grid::{DropDowns, Region};
use super::letters::Letters;
use crate::diag::CellRef;

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
    // Title and text of the prompt and of the alert.
    let mut at = 4;
    for _ in 0..4 {
        let is_wide = data.get(at + 2)? & 1 != 0;
        at += 3 + usize::from(u16_at(data, at)?) * if is_wide { 2 } else { 1 };
    }
    let (list, at) = formula(data, at)?;
    let (_, at) = formula(data, at)?;
    let (kind, text) = list.split_first()?;
    let text = (*kind == TEXT).then(|| Letters::Unicode.short(text)).flatten()?;
    let source = format!("\"{}\"", text.replace('\0', ","));
    for region in data.get(at + 2..)?.as_chunks::<8>().0.iter().take(u16_at(data, at)?.into()) {
        let number = |at| u16_at(region, at).map(u32::from);
        let first = CellRef::new(number(0)?, number(4)?);
        drop_downs.push(&source, Region { first, last: CellRef::new(number(2)?, number(6)?) });
    }
    Some(())
}

/// A formula, and where the next thing begins.
fn formula(data: &[u8], at: usize) -> Option<(&[u8], usize)> {
    let end = at + 4 + usize::from(u16_at(data, at)?);
    Some((data.get(at + 4..end)?, end))
}
