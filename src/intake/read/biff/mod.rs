//! The records of an `.xls` file that calamine passes over: number formats of the cells, fonts
//! that strike through, what is hidden, notes and text boxes, links, and the form's stamp.

mod drop_down;
mod sheet;
mod strings;

use std::collections::BTreeMap;

use super::bytes::{u16_at, u32_at};
use super::number_format::builtin;
use super::package::stamp_of;
use super::refusal::{Refusal, within};
use super::runs::Font;
use crate::edition::{Limit, Limits};
use crate::model::{FormStamp, ObservationKind};
use crate::schema::form::{EDITION_NAME, VERSION_NAME};

use sheet::Marks;

/// What the workbook says beside its values.
#[derive(Debug, Default)]
pub struct Biff {
    /// By the number that cells have of their format.
    formats: Vec<CellFormat>,
    /// Sheets in the workbook's order.
    sheets: Vec<Marks>,
    pub external: Vec<String>,
    pub stamp: Option<FormStamp>,
}

#[derive(Debug, Clone)]
pub struct CellFormat {
    /// The code of the number format.
    code: String,
    /// The font's number.
    font: u16,
}

/// A record: its type and its data, with the data of the records that continue it.
#[derive(Clone, Copy)]
struct Record<'a> {
    kind: u16,
    data: &'a [u8],
    /// The stream behind the record.
    rest: &'a [u8],
}

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;
const CONTINUE: u16 = 0x003C;

/// The records of a stream from a place on; a broken one ends it.
fn records(stream: &[u8], from: usize) -> impl Iterator<Item = Record<'_>> {
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
    fn continued(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        records(self.rest, 0).take_while(|r| r.kind == CONTINUE).map(|r| r.data)
    }
}

/// So many characters, of one byte each or of two, as the flags before them say.
fn characters(data: &[u8], count: usize) -> Option<String> {
    let (&flags, data) = data.split_first()?;
    Some(plain(data, count, flags & 1 != 0))
}

/// So many characters, or as many as there are.
fn plain(data: &[u8], count: usize, wide: bool) -> String {
    if wide {
        let units = data.as_chunks::<2>().0.iter().take(count).map(|&c| u16::from_le_bytes(c));
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    } else {
        data.iter().take(count).map(|&byte| char::from(byte)).collect()
    }
}

impl Biff {
    /// Reads the workbook stream. Only BIFF8 (Excel 97 and later) is known: of an older workbook
    /// the number formats and marks would be lost.
    pub fn read(stream: &[u8], limits: &Limits) -> Result<Self, Refusal> {
        let mut biff = Self::default();
        let mut codes: BTreeMap<u16, String> = BTreeMap::new();
        let mut formats: Vec<(u16, u16)> = Vec::new();
        let mut fonts = Fonts::default();
        let mut places = Vec::new();
        let mut names = BTreeMap::new();
        let mut strings = Vec::new();
        for record in records(stream, 0) {
            let data = record.data;
            match record.kind {
                BOF if u16_at(data, 0) != Some(0x0600) => {
                    let old = "Excel 95 以前の形式";
                    return Err(Refusal::new(ObservationKind::NotAWorkbook, old));
                }
                EOF => break,
                // A password: what follows cannot be read.
                0x002F => return Err(Refusal::new(ObservationKind::Encrypted, "")),
                0x0031 => fonts.0.push(Font {
                    struck: u16_at(data, 2).unwrap_or(0) & 0x0008 != 0,
                    raised: u16_at(data, 8).unwrap_or(0) != 0,
                }),
                0x041E => codes.extend(format_code(data)),
                0x00E0 => formats.extend(u16_at(data, 0).zip(u16_at(data, 2))),
                0x0085 => places.extend(u32_at(data, 0)),
                0x0018 => names.extend(name(data)),
                0x01AE => biff.external.extend(link(data)),
                0x00FC => strings = strings::runs(&record),
                _ => {}
            }
        }
        biff.formats = formats
            .into_iter()
            .map(|(font, id)| {
                let code = codes.get(&id).map(String::as_str).or(builtin(id));
                CellFormat { code: code.unwrap_or("General").to_owned(), font }
            })
            .collect();
        biff.stamp = stamp_of(&mut names);
        let global =
            sheet::Global { formats: &biff.formats, fonts: &fonts, strings: &strings, limits };
        within(limits, [(Limit::Sheets, places.len() as u64)])?;
        for place in places {
            biff.sheets.push(Marks::read(stream, place as usize, &global)?);
        }
        Ok(biff)
    }

    /// The code of a cell format's number format.
    pub fn format_code(&self, format: Option<u16>) -> &str {
        let format = format.and_then(|index| self.formats.get(usize::from(index)));
        format.map_or("General", |format| &format.code)
    }

    /// What a sheet says beside its values; `None` where there is no such sheet.
    pub fn take_marks(&mut self, sheet: usize) -> Option<Marks> {
        self.sheets.get_mut(sheet).map(std::mem::take)
    }
}

/// The fonts in the order of the records.
#[derive(Debug, Default)]
pub struct Fonts(Vec<Font>);

impl Fonts {
    /// By the index that cells and runs use; there is no font 4.
    fn get(&self, index: u16) -> Font {
        let record = if index > 4 { usize::from(index) - 1 } else { usize::from(index) };
        self.0.get(record).copied().unwrap_or_default()
    }
}

fn format_code(data: &[u8]) -> Option<(u16, String)> {
    let count = usize::from(u16_at(data, 2)?);
    Some((u16_at(data, 0)?, characters(data.get(4..)?, count)?))
}

/// A defined name of the form's stamp with its text.
fn name(data: &[u8]) -> Option<(String, String)> {
    let count = usize::from(*data.get(3)?);
    let text = data.get(14..)?;
    let name = characters(text, count)?;
    if name != EDITION_NAME && name != VERSION_NAME {
        return None;
    }
    let width = if text.first()? & 1 != 0 { 2 } else { 1 };
    let formula = text.get(1 + count * width..)?;
    // A formula of one string: its token, the count, the characters.
    let (&[0x17, count], text) = formula.split_first_chunk()? else { return None };
    Some((name, characters(text, usize::from(count))?))
}

/// The address of another workbook that this one refers to.
fn link(data: &[u8]) -> Option<String> {
    let count = usize::from(u16_at(data, 2)?);
    // 0x0401 is this workbook itself, 0x3A01 an add-in.
    if count == 0x0401 || count == 0x3A01 {
        return None;
    }
    let path = characters(data.get(4..)?, count)?;
    let path: String = path.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    Some(path.trim().to_owned()).filter(|path| !path.is_empty())
}
