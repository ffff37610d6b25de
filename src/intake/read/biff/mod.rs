//! The records of the workbook stream of an `.xls` file, of Excel 97 and later or of Excel 5.0
//! and 95.

mod cells;
mod conditions;
mod drop_down;
mod fonts;
mod letters;
mod objects;
mod record;
mod sheet;
mod strings;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::bytes::{u16_at, u32_at};
use super::grid::Sheet;
use super::package::stamp_of;
use super::refusal::{Budget, Refusal, within};
use super::runs::Text;
use super::table_style::TableStyles;
use crate::edition::Limit;
use crate::model::{FormStamp, ObservationKind};
use crate::schema::form::{EDITION_NAME, VERSION_NAME};
use fonts::{CellFormat, Fonts, Formats, Palette};
use letters::Letters;
use record::{Record, records};

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;

/// What the workbook itself says.
#[derive(Debug)]
pub struct Workbook {
    pub external: Vec<String>,
    pub stamp: Option<FormStamp>,
    /// Whether there is a sheet of macros.
    pub has_macros: bool,
    /// What formats of cells refer to and is not there.
    pub lacking: BTreeSet<String>,
    sheets: Vec<Entry>,
    global: Global,
}

/// What the sheets refer to.
#[derive(Debug)]
struct Global {
    letters: Letters,
    fonts: Fonts,
    palette: Palette,
    /// By the number that cells have of their format.
    formats: Vec<CellFormat>,
    strings: Vec<Text>,
    tables: TableStyles,
    /// Whether the formats of their parts strike through; nothing for one that cannot be read.
    strikes: Vec<Option<bool>>,
    /// Days count from 1904, as old Macintoshes had it.
    date1904: bool,
}

/// A sheet as the workbook lists it.
#[derive(Debug)]
struct Entry {
    name: Arc<str>,
    hidden: bool,
    /// Where its records begin.
    place: usize,
}

impl Workbook {
    /// Reads what stands before the sheets.
    pub fn read(stream: &[u8], budget: &Budget) -> Result<Self, Refusal> {
        let mut reader = WorkbookReader::default();
        let mut letters = letters_of(stream)?;
        for record in records(stream, 0) {
            match record.kind {
                EOF => return reader.finish(letters, budget),
                0x0042 if letters != Letters::Unicode => {
                    let page = u16_at(record.data, 0).unwrap_or_default();
                    let known = Letters::of_code_page(page);
                    letters = known.ok_or_else(|| letters::unknown_page(page))?;
                }
                _ => reader.see(&record, letters)?,
            }
        }
        Err(Refusal::damaged("ブックの記録が途中で切れている"))
    }

    /// The worksheets in the workbook's order.
    pub fn sheets(&self, stream: &[u8], budget: &mut Budget) -> Result<Vec<Sheet>, Refusal> {
        let read = |entry: &Entry| {
            let sheet = sheet::read(stream, entry.place, &self.global, budget);
            let sheet = sheet.map_err(|refusal| refusal.on_sheet(&entry.name))?;
            Ok(Sheet { name: entry.name.clone(), hidden: entry.hidden, ..sheet })
        };
        self.sheets.iter().map(read).collect()
    }
}

/// How the texts of a stream are written, as its first record says.
fn letters_of(stream: &[u8]) -> Result<Letters, Refusal> {
    let first = records(stream, 0).next().filter(|record| record.kind == BOF);
    let first = first.ok_or_else(|| Refusal::damaged("ブックの記録の始まりがない"))?;
    match u16_at(first.data, 0) {
        Some(0x0600) => Ok(Letters::Unicode),
        Some(0x0500) => Ok(Letters::Bytes(encoding_rs::SHIFT_JIS)),
        _ => Err(Refusal::new(ObservationKind::NotAWorkbook, "Excel 4.0 以前の形式")),
    }
}

/// The workbook while it is read.
#[derive(Default)]
struct WorkbookReader<'a> {
    fonts: Fonts,
    palette: Palette,
    formats: Formats,
    strings: Option<Record<'a>>,
    tables: TableStyles,
    strikes: Vec<Option<bool>>,
    date1904: bool,
    sheets: Vec<Entry>,
    names: BTreeMap<String, String>,
    external: Vec<String>,
    has_macros: bool,
}

impl<'a> WorkbookReader<'a> {
    fn see(&mut self, record: &Record<'a>, letters: Letters) -> Result<(), Refusal> {
        let data = record.data;
        match record.kind {
            0x0022 => self.date1904 = u16_at(data, 0) == Some(1),
            0x0031 => self.fonts.push(data),
            0x041E => self.formats.code(record, letters),
            0x0092 => self.palette = Palette::read(data),
            0x00E0 => self.formats.cell(data, letters),
            0x0085 => self
                .entry(data, letters)
                .ok_or_else(|| Refusal::damaged("シートの一覧の記録が途中で切れている"))?,
            0x0018 if letters == Letters::Unicode => self.names.extend(name(data)),
            0x01AE if letters == Letters::Unicode => self.external.extend(link(data)),
            0x00FC => self.strings = Some(*record),
            table::FORMAT => self.strikes.push(table::strikes(data)),
            // One that is cut off shows nothing of a table.
            table::STYLE | table::ELEMENT => {
                _ = table::style(record.kind, data, &mut self.tables);
            }
            _ => {}
        }
        Ok(())
    }

    /// A sheet in the list: charts and macros have sheets of their own.
    fn entry(&mut self, data: &[u8], letters: Letters) -> Option<()> {
        let place = u32_at(data, 0)? as usize;
        let (state, kind) = (*data.get(4)?, *data.get(5)?);
        let name = letters.short(data.get(6..)?)?.replace('\0', "");
        match kind {
            1 => self.has_macros = true,
            2 | 6 => {}
            _ => self.sheets.push(Entry { name: name.into(), hidden: state & 3 != 0, place }),
        }
        Some(())
    }

    fn finish(mut self, letters: Letters, budget: &Budget) -> Result<Workbook, Refusal> {
        within(&budget.limits, [(Limit::Sheets, self.sheets.len() as u64)])?;
        self.fonts.colour(&self.palette);
        let strings = self.strings.map(|record| strings::strings(&record, &self.fonts));
        let lacking = self.formats.lacking(&self.fonts);
        Ok(Workbook {
            external: self.external,
            stamp: stamp_of(&mut self.names),
            has_macros: self.has_macros,
            lacking,
            sheets: self.sheets,
            global: Global {
                letters,
                formats: self.formats.finish(&self.fonts, &self.palette),
                fonts: self.fonts,
                palette: self.palette,
                // A workbook without shared strings has none.
                strings: strings.unwrap_or_default(),
                tables: self.tables,
                strikes: self.strikes,
                date1904: self.date1904,
            },
        })
    }
}

/// A defined name of the form's stamp with its text.
fn name(data: &[u8]) -> Option<(String, String)> {
    let count = usize::from(*data.get(3)?);
    let (name, formula) = Letters::Unicode.counted(data.get(14..)?, count)?;
    if name != EDITION_NAME && name != VERSION_NAME {
        return None;
    }
    // A formula of one string: its token, the count, the characters.
    let (&[0x17], text) = formula.split_first_chunk()? else { return None };
    Some((name, Letters::Unicode.short(text)?))
}

/// The address of another workbook that this one refers to.
fn link(data: &[u8]) -> Option<String> {
    let count = usize::from(u16_at(data, 2)?);
    // 0x0401 is this workbook itself, 0x3A01 an add-in.
    if count == 0x0401 || count == 0x3A01 {
        return None;
    }
    let (path, _) = Letters::Unicode.counted(data.get(4..)?, count)?;
    let path: String = path.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    Some(path.trim().to_owned()).filter(|path| !path.is_empty())
}
