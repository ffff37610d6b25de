//! Table objects: where their totals are.

use super::super::bytes::{u16_at, u32_at};
use super::super::grid::Sheet;

/// The head of a record of Excel 2003 and later, and the kind of feature that a table is.
const HEAD: usize = 12;
const TABLE: u16 = 5;
/// The words that Excel puts before totals; those that a table has instead lie too deep in its
/// record to be found safely.
const WORDS: [&str; 4] = ["集計", "合計", "計", "Total"];

/// Takes the row of the totals of a table object.
pub fn add(data: &[u8], sheet: &mut Sheet) -> Option<()> {
    let data = data.get(HEAD..)?;
    if u16_at(data, 0)? != TABLE || u16_at(data, 7)? == 0 {
        return None;
    }
    // The first of its regions; behind this its kind, its number and the rows of its header.
    let last = u16_at(data, 17)?;
    let behind = 15 + 8 * usize::from(u16_at(data, 7)?);
    if u32_at(data, behind + 12)? > 0 {
        sheet.totals.insert(last.into(), WORDS.map(str::to_owned).to_vec());
    }
    Some(())
}
