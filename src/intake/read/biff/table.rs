//! Table objects: where their totals are, and what their styles strike through. Their records are of
//! Excel 2003 and later; one that is cut off, or says too little of itself, is passed over.

use super::super::bytes::{u16_at, u32_at};
use super::super::grid::{Region, Sheet};
use super::super::table_style::{Part, Table, TableStyles};
use super::Global;
use super::letters::Letters;
use crate::diag::CellRef;

/// The head of these records, and the kind of feature that a table is.
const HEAD: usize = 12;
const TABLE: u16 = 5;
/// A table, likewise of Excel 2007, and what is said of it behind.
const FEATURE: u16 = 0x0872;
const NEW_FEATURE: u16 = 0x0878;
const MORE: u16 = 0x0877;
/// Which of what is said behind names the style.
const CLIENT: u16 = 1;
/// Before the sheets: a differential format, a style of tables, how it shows a part of them.
pub const FORMAT: u16 = 0x088D;
pub const STYLE: u16 = 0x088F;
pub const ELEMENT: u16 = 0x0890;
/// The property of a differential format that strikes through.
const STRUCK: u16 = 29;
/// The words that Excel puts before totals; those that a table has instead lie too deep in its
/// record to be found safely.
const WORDS: [&str; 4] = ["集計", "合計", "計", "Total"];

/// Takes a record of the styles of tables.
pub fn style(kind: u16, data: &[u8], styles: &mut TableStyles) -> Option<()> {
    let data = data.get(HEAD..)?;
    if kind == STYLE {
        let count = usize::from(u16_at(data, 6)?).checked_mul(2)?;
        let (letters, _) = data.get(8..)?.split_at_checked(count)?;
        let units: Vec<u16> =
            letters.as_chunks::<2>().0.iter().map(|&unit| u16::from_le_bytes(unit)).collect();
        styles.open(String::from_utf16_lossy(&units));
        return Some(());
    }
    let part = Part::numbered(u32_at(data, 0)?)?;
    styles.add(part, u32_at(data, 4)?, u32_at(data, 8)?);
    Some(())
}

/// Whether a differential format strikes through: a list of properties, as `.xlsb` has it.
pub fn strikes(data: &[u8]) -> Option<bool> {
    let data = data.get(HEAD..)?;
    let count = u16_at(data, 4)?;
    let mut rest = data.get(6..)?;
    for _ in 0..count {
        let (property, behind) = rest.split_at_checked(u16_at(rest, 2)?.into())?;
        if u16_at(property, 0)? == STRUCK {
            return property.get(4).map(|struck| *struck != 0);
        }
        rest = behind;
    }
    Some(false)
}

/// The table objects of a sheet, by their numbers, while they are read.
#[derive(Default)]
pub struct Tables(Vec<(u32, Table)>);

impl Tables {
    pub fn see(&mut self, kind: u16, data: &[u8]) {
        let data = data.get(HEAD..).unwrap_or_default();
        match kind {
            FEATURE | NEW_FEATURE => self.0.extend(table(data)),
            MORE => _ = self.more(data),
            _ => {}
        }
    }

    fn more(&mut self, data: &[u8]) -> Option<()> {
        let (kind, number) = (u16_at(data, 0)?, u32_at(data, 2)?);
        let (_, table) = self.0.iter_mut().find(|(own, _)| *own == number)?;
        if kind == CLIENT {
            let count = usize::from(u16_at(data, 8)?);
            let (name, _) = Letters::Unicode.counted(data.get(10..)?, count)?;
            table.styled(name, u16_at(data, 6)?);
        }
        Some(())
    }

    /// Puts on the sheet what the tables say of it.
    pub fn finish(self, global: &Global, sheet: &mut Sheet) {
        let is_struck = |format: u32| {
            let known = usize::try_from(format).ok().and_then(|at| global.strikes.get(at));
            known.copied().unwrap_or(Some(false))
        };
        for (_, table) in self.0 {
            table.put(&global.tables, is_struck, sheet);
        }
    }
}

/// A table with its number.
fn table(data: &[u8]) -> Option<(u32, Table)> {
    if u16_at(data, 0)? != TABLE || u16_at(data, 7)? == 0 {
        return None;
    }
    // The first of its regions; behind them its kind, its number, the rows of its header and totals.
    let corner =
        |row, column| Some(CellRef::new(u16_at(data, row)?.into(), u16_at(data, column)?.into()));
    let region = Region { first: corner(15, 19)?, last: corner(17, 21)? }.in_order();
    let behind = 15 + 8 * usize::from(u16_at(data, 7)?);
    let number = |at| u32_at(data, behind + at);
    let table = Table {
        region: Some(region),
        header: number(8)?,
        totals: number(12)?,
        labels: WORDS.map(str::to_owned).to_vec(),
        ..Table::default()
    };
    Some((number(4)?, table))
}
