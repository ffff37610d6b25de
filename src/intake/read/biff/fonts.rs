//! Fonts and number formats of the cells.

use std::collections::BTreeMap;

use super::super::bytes::u16_at;
use super::super::number_format::builtin;
use super::super::runs::Font;
use super::letters::Letters;
use super::record::Record;

/// The fonts in the order of the records.
#[derive(Debug, Default)]
pub struct Fonts(Vec<Font>);

impl Fonts {
    pub fn push(&mut self, data: &[u8]) {
        self.0.push(Font {
            struck: u16_at(data, 2).is_some_and(|flags| flags & 0x0008 != 0),
            raised: u16_at(data, 8).is_some_and(|place| place != 0),
        });
    }

    /// By the index that cells and runs use; there is no font 4.
    pub fn get(&self, index: u16) -> Font {
        let record = if index > 4 { usize::from(index) - 1 } else { usize::from(index) };
        self.0.get(record).copied().unwrap_or_default()
    }
}

/// How a cell is shown.
#[derive(Debug, Clone)]
pub struct CellFormat {
    /// The code of the number format, where the workbook has the one that the cell names.
    pub code: Option<String>,
    pub struck: bool,
}

/// The formats while they are read: what they refer to may stand behind them.
#[derive(Debug, Default)]
pub struct Formats {
    codes: BTreeMap<u16, String>,
    /// Font and number format.
    cells: Vec<(u16, u16)>,
}

impl Formats {
    pub fn code(&mut self, record: &Record, letters: Letters) {
        let text = match letters {
            Letters::Unicode => letters.long(record, 2).map(|(text, _)| text),
            Letters::Bytes(_) => record.data.get(2..).and_then(|data| letters.short(data)),
        };
        self.codes.extend(u16_at(record.data, 0).zip(text));
    }

    pub fn cell(&mut self, data: &[u8]) {
        self.cells.extend(u16_at(data, 0).zip(u16_at(data, 2)));
    }

    pub fn finish(self, fonts: &Fonts) -> Vec<CellFormat> {
        let format = |&(font, id): &(u16, u16)| CellFormat {
            code: self.codes.get(&id).map(String::as_str).or(builtin(id)).map(str::to_owned),
            struck: fonts.get(font).struck,
        };
        self.cells.iter().map(format).collect()
    }
}
