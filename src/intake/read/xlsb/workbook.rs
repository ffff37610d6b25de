//! What the parts of an `.xlsb` package say beside the values.

use std::collections::BTreeMap;
use std::sync::Arc;

use calamine::CellErrorType;

use super::super::bytes::{pieces, u16_at, u32_at};
use super::super::package::bin::{records, rich, text};
use super::super::package::{Relations, external, floating};
use super::super::part::Parts;
use super::super::refusal::{Refusal, within};
use super::super::runs::Runs;
use super::styles::Styles;
use crate::diag::CellRef;
use crate::edition::{Limit, Limits};
use crate::intake::read::grid::{Region, Sheet};

#[derive(Debug, Default)]
pub struct Workbook {
    pub styles: Styles,
    /// Worksheets in the workbook's order.
    pub sheets: Vec<SheetPart>,
    pub external: Vec<String>,
}

/// What a sheet says beside the values that calamine gives.
#[derive(Debug, Default)]
pub struct SheetPart {
    /// The sheet as far as it is known without its cells.
    pub sheet: Sheet,
    /// Cells whose text has runs.
    pub rich: BTreeMap<CellRef, Arc<Runs>>,
    /// The cell format of every cell.
    pub formats: BTreeMap<CellRef, u32>,
    /// Errors that formulas give.
    pub errors: BTreeMap<CellRef, CellErrorType>,
    /// Texts with runs that stand in the sheet itself.
    pub inline: BTreeMap<CellRef, String>,
}

type Strings = Vec<Option<Arc<Runs>>>;

impl Workbook {
    pub fn read(parts: &mut Parts, root: &Relations) -> Result<Self, Refusal> {
        let main = root.first("officeDocument").unwrap_or("xl/workbook.bin").to_owned();
        let related = Relations::read(parts, &main)?;
        let read = |parts: &mut Parts, kind| match related.first(kind) {
            Some(part) => Ok(parts.read(part)?.unwrap_or_default()),
            None => Ok(Vec::new()),
        };
        let styles = Styles::read(&read(parts, "styles")?);
        let strings: Strings = records(&read(parts, "sharedStrings")?)
            .filter(|(kind, _)| *kind == 19)
            .map(|(_, data)| rich(data).and_then(|rich| runs(&styles, rich)))
            .collect();
        let mut workbook = Self { external: external(parts, &related)?, ..Self::default() };
        let outline = parts.read(&main)?.unwrap_or_default();
        for (_, data) in records(&outline).filter(|(kind, _)| *kind == 156) {
            let Some((hidden, relation, name)) = bundle(data) else { continue };
            let Some(part) = related.target(&relation) else { continue };
            if !related.all("worksheet").any(|sheet| sheet == part) {
                continue;
            }
            within(parts.limits(), [(Limit::Sheets, workbook.sheets.len() as u64 + 1)])?;
            let sheet = Sheet { name: name.into(), hidden, ..Sheet::default() };
            let mut read = SheetPart { sheet, ..SheetPart::default() };
            let bytes = parts.read(part)?.unwrap_or_default();
            read.read(&bytes, &styles, &strings, parts.limits())?;
            let related = Relations::read(parts, part)?;
            floating::read(parts, &related, &mut read.sheet)?;
            workbook.sheets.push(read);
        }
        workbook.styles = styles;
        Ok(workbook)
    }
}

/// A sheet's entry in the workbook: whether it is hidden, its relation, its name.
fn bundle(data: &[u8]) -> Option<(bool, String, String)> {
    let hidden = u32_at(data, 0)? != 0;
    let (relation, rest) = text(data.get(8..)?)?;
    Some((hidden, relation, text(rest)?.0))
}

/// The runs of a text; `None` for a plain one.
fn runs(styles: &Styles, (text, starts): (String, Vec<(usize, u16)>)) -> Option<Arc<Runs>> {
    if starts.is_empty() {
        return None;
    }
    let (before, pieces) = pieces(&text, &starts);
    let mut runs = Runs::default();
    runs.push(before, None);
    for (font, piece) in pieces {
        runs.push(piece, Some(styles.font(font)));
    }
    Some(Arc::new(runs))
}

impl SheetPart {
    fn read(
        &mut self,
        part: &[u8],
        styles: &Styles,
        strings: &Strings,
        limits: &Limits,
    ) -> Result<(), Refusal> {
        let mut row = 0;
        for (kind, data) in records(part) {
            match kind {
                0 => {
                    row = u32_at(data, 0).unwrap_or(row);
                    if data.get(11).is_some_and(|flags| flags & 0x10 != 0) {
                        self.sheet.hidden_rows.push(row, row);
                    }
                }
                1..=11 | 62 => self.cell(kind, row, data, styles, strings),
                60 if u16_at(data, 16).unwrap_or(0) & 1 != 0 => {
                    if let Some((first, last)) = u32_at(data, 0).zip(u32_at(data, 4)) {
                        self.sheet.hidden_columns.push(first, last);
                    }
                }
                163 => self.sheet.filtered = true,
                176 => {
                    if let Some(merge) = region(data) {
                        self.sheet.merges.push(merge);
                    }
                }
                _ => {}
            }
            self.within(limits)?;
        }
        Ok(())
    }

    /// Refuses more cells and marks than there may be.
    fn within(&self, limits: &Limits) -> Result<(), Refusal> {
        within(limits, [(Limit::Cells, self.formats.len() as u64)])?;
        within(limits, self.sheet.marks())
    }

    fn cell(&mut self, kind: u16, row: u32, data: &[u8], styles: &Styles, strings: &Strings) {
        let (Some(column), Some(format)) = (u32_at(data, 0), u32_at(data, 4)) else { return };
        let at = CellRef::new(row, column);
        // Blank cells have a format and nothing to show.
        if kind != 1 {
            self.formats.insert(at, format & 0x00FF_FFFF);
        }
        match kind {
            7 => {
                let index = u32_at(data, 8).and_then(|index| usize::try_from(index).ok());
                let runs = index.and_then(|index| strings.get(index)?.clone());
                self.rich.extend(runs.map(|runs| (at, runs)));
            }
            11 => self.errors.extend(data.get(8).and_then(|&code| error(code)).map(|e| (at, e))),
            62 => {
                if let Some(found) = data.get(8..).and_then(rich) {
                    self.inline.insert(at, found.0.clone());
                    self.rich.extend(runs(styles, found).map(|runs| (at, runs)));
                }
            }
            _ => {}
        }
    }
}

fn error(code: u8) -> Option<CellErrorType> {
    Some(match code {
        0x00 => CellErrorType::Null,
        0x07 => CellErrorType::Div0,
        0x0F => CellErrorType::Value,
        0x17 => CellErrorType::Ref,
        0x1D => CellErrorType::Name,
        0x24 => CellErrorType::Num,
        0x2A => CellErrorType::NA,
        0x2B => CellErrorType::GettingData,
        _ => return None,
    })
}

/// A rectangle: first and last row, first and last column.
pub fn region(data: &[u8]) -> Option<Region> {
    let first = CellRef::new(u32_at(data, 0)?, u32_at(data, 8)?);
    let last = CellRef::new(u32_at(data, 4)?, u32_at(data, 12)?);
    (first != last).then_some(Region { first, last })
}
