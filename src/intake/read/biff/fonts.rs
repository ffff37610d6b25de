//! Fonts, number formats, fills and borders of the cells.

use std::collections::{BTreeMap, BTreeSet};

use super::super::bytes::{u16_at, u32_at};
use super::super::look::{Colour, Look, Rgb, lacking_of_format};
use super::super::number_format::builtin;
use super::super::runs::Font;
use super::letters::Letters;
use super::record::Record;

/// The fonts in the order of the records.
#[derive(Debug, Default)]
pub struct Fonts(Vec<Known>);

/// A font as its record has it.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    font: Font,
    /// The number of its colour.
    colour: u16,
    /// In twentieths of a point.
    height: u16,
}

impl Fonts {
    pub fn push(&mut self, data: &[u8]) {
        let font = Font {
            struck: u16_at(data, 2).is_some_and(|flags| flags & 0x0008 != 0),
            raised: u16_at(data, 8).is_some_and(|place| place != 0),
            ..Font::default()
        };
        let colour = u16_at(data, 4).unwrap_or(AUTOMATIC);
        self.0.push(Known { font, colour, height: u16_at(data, 0).unwrap_or_default() });
    }

    /// Gives the fonts their colours and sizes, once the palette is known.
    pub fn colour(&mut self, palette: &Palette) {
        for known in &mut self.0 {
            known.font.letters = Some(match known.colour {
                AUTOMATIC => Look::default().letters,
                number => palette.colour(number),
            });
            // A font without a height is one that nobody made.
            let points = f64::from(known.height) / 20.0;
            known.font.points = Some(points).filter(|points| *points > 0.0);
        }
    }

    /// By the index that cells and runs use; there is no font 4.
    pub fn get(&self, index: u16) -> Font {
        self.known(index).map(|known| known.font).unwrap_or_default()
    }

    /// How many indices there are; there is no font 4.
    fn indices(&self) -> usize {
        if self.0.len() > 4 { self.0.len() + 1 } else { self.0.len() }
    }

    fn known(&self, index: u16) -> Option<Known> {
        let record = if index > 4 { usize::from(index) - 1 } else { usize::from(index) };
        self.0.get(record).copied()
    }
}

/// The colour of letters of which nothing is said.
pub const AUTOMATIC: u16 = 0x7FFF;

/// The colours that the workbook has by their numbers.
#[derive(Debug, Default)]
pub struct Palette(Vec<Rgb>);

impl Palette {
    /// The palette of a workbook that has one of its own.
    pub fn read(data: &[u8]) -> Self {
        let colours = data.get(2..).unwrap_or_default().as_chunks::<4>().0.iter();
        Self(colours.map(|&[red, green, blue, _]| Rgb(red, green, blue)).collect())
    }

    pub fn colour(&self, number: u16) -> Colour {
        let own = number.checked_sub(8).and_then(|place| self.0.get(usize::from(place)));
        own.copied().or(Rgb::indexed(number.into()))
    }
}

/// How a cell is shown.
#[derive(Debug, Clone)]
pub struct CellFormat {
    /// The code of the number format, where the workbook has the one that the cell names.
    pub code: Option<String>,
    pub look: Look,
}

/// The formats while they are read: what they refer to may stand behind them.
#[derive(Debug, Default)]
pub struct Formats {
    codes: BTreeMap<u16, String>,
    cells: Vec<Named>,
}

/// What the format of a cell refers to.
#[derive(Debug)]
struct Named {
    font: u16,
    code: u16,
    /// The kind of the fill, and the number of its first colour.
    fill: (u32, u16),
    diagonal: bool,
}

impl Formats {
    pub fn code(&mut self, record: &Record, letters: Letters) {
        let text = match letters {
            Letters::Unicode => letters.long(record, 2).map(|(text, _)| text),
            Letters::Bytes(_) => record.data.get(2..).and_then(|data| letters.short(data)),
        };
        self.codes.extend(u16_at(record.data, 0).zip(text));
    }

    pub fn cell(&mut self, data: &[u8], letters: Letters) {
        let Some((font, code)) = u16_at(data, 0).zip(u16_at(data, 2)) else { return };
        let number = |at| u32_at(data, at).unwrap_or_default();
        let (fill, diagonal) = match letters {
            Letters::Unicode => {
                // Which way the border goes, and its line.
                let crosses = number(10) >> 30 != 0 && number(14) >> 21 & 0xF != 0;
                ((number(14) >> 26, u16_at(data, 18).unwrap_or_default() & 0x7F), crosses)
            }
            Letters::Bytes(_) => ((number(8) >> 16 & 0x3F, (number(8) & 0x7F) as u16), false),
        };
        self.cells.push(Named { font, code, fill, diagonal });
    }

    /// The fonts that formats of cells name and that are not there; fills and borders stand in the
    /// formats themselves.
    pub fn lacking(&self, fonts: &Fonts) -> BTreeSet<String> {
        let font = |named: &Named| (u32::from(named.font), fonts.indices());
        self.cells
            .iter()
            .flat_map(|named| lacking_of_format([font(named), (0, 0), (0, 0)]))
            .collect()
    }

    pub fn finish(self, fonts: &Fonts, palette: &Palette) -> Vec<CellFormat> {
        let format = |named: &Named| {
            let code = self.codes.get(&named.code).map(String::as_str).or(builtin(named.code));
            CellFormat { code: code.map(str::to_owned), look: look(named, fonts, palette) }
        };
        self.cells.iter().map(format).collect()
    }
}

fn look(named: &Named, fonts: &Fonts, palette: &Palette) -> Look {
    let usual = Look::default();
    let font = fonts.get(named.font);
    // What lies behind letters is a colour where the pattern is solid.
    let fill = match named.fill {
        (0, _) => usual.fill,
        (1, colour) => palette.colour(colour),
        _ => None,
    };
    let letters = font.letters.unwrap_or(usual.letters);
    let points = font.points.unwrap_or(usual.points);
    Look { struck: font.struck, letters, fill, points, diagonal: named.diagonal }
}
