//! The styles of an `.xlsb` workbook: number formats, fonts, fills, borders, and the formats of
//! conditions.

use std::collections::{BTreeMap, BTreeSet};

use super::super::bytes::{u16_at, u32_at};
use super::super::conditional::Effect;
use super::super::look::{Colour, Look, Rgb, lacking_format, lacking_of_format};
use super::super::number_format::builtin;
use super::super::package::bin::{cut_off, text, text_or_empty, walk, wide};
use super::super::package::colour::Theme;
use super::super::refusal::Refusal;
use super::super::runs::Font;
use super::super::table_style::{Part, TableStyles};

#[derive(Debug, Default)]
pub struct Styles {
    codes: BTreeMap<u16, String>,
    /// A font, and what it does to the look of a cell.
    fonts: Vec<(Font, Look)>,
    fills: Vec<Colour>,
    /// Whether a border goes from corner to corner.
    borders: Vec<bool>,
    formats: Vec<Format>,
    /// The formats of conditions, by index; nothing for one that cannot be read.
    effects: Vec<Option<Effect>>,
    pub tables: TableStyles,
    theme: Theme,
}

/// What the format of a cell refers to.
#[derive(Clone, Copy, Debug)]
struct Format {
    code: u16,
    font: u16,
    fill: u16,
    border: u16,
}

impl Styles {
    pub fn read(part: &[u8], theme: Theme) -> Result<Self, Refusal> {
        let mut styles = Self { theme, ..Self::default() };
        let mut in_cells = false;
        walk(part, |kind, data| {
            match kind {
                43 => styles.fonts.push(styles.read_font(data)),
                44 => {
                    let code = data.get(2..).and_then(text).map(|(code, _)| code);
                    styles.codes.extend(u16_at(data, 0).zip(code));
                }
                45 => styles.fills.push(styles.read_fill(data)),
                46 => {
                    // Which way a line goes, and its kind.
                    let way = data.first().is_some_and(|flags| flags & 3 != 0);
                    styles.borders.push(way && data.get(41).is_some_and(|&line| line != 0));
                }
                // The formats of the cells, and those of the named styles, are told apart by
                // what they stand in.
                617 => in_cells = true,
                618 => in_cells = false,
                47 if in_cells => styles.formats.push(format(data).ok_or_else(cut_off)?),
                507 => styles.effects.push(styles.read_effect(data)),
                510 => {
                    let name = data.get(6..).and_then(text_or_empty).ok_or_else(cut_off)?;
                    styles.tables.open(name.0);
                }
                512 => {
                    let numbers = [0, 4, 8].map(|at| u32_at(data, at));
                    let [Some(part), Some(size), Some(effect)] = numbers else {
                        return Err(cut_off());
                    };
                    if let Some(part) = Part::numbered(part) {
                        styles.tables.add(part, size, effect);
                    }
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok(styles)
    }

    /// The fonts, fills and borders that formats of cells name and that are not there.
    pub fn lacking(&self) -> BTreeSet<String> {
        let of = |format: &Format| {
            lacking_of_format([
                (format.font.into(), self.fonts.len()),
                (format.fill.into(), self.fills.len()),
                (format.border.into(), self.borders.len()),
            ])
        };
        self.formats.iter().flat_map(of).collect()
    }

    /// What a cell names as its format and is not there.
    pub fn lacks(&self, format: u32) -> Option<String> {
        lacking_format(format as usize, self.formats.len())
    }

    /// Whether the format of a part of a table strikes through; `None` where that cannot be read.
    pub fn is_struck(&self, number: u32) -> Option<bool> {
        Some(self.effect(number)?.struck == Some(true))
    }

    /// The code of a cell format's number format, where the workbook has it.
    pub fn code(&self, format: u32) -> Option<&str> {
        let id = self.format(format)?.code;
        self.codes.get(&id).map(String::as_str).or(builtin(id))
    }

    /// How the letters of a cell look.
    pub fn look(&self, format: u32) -> Look {
        let usual = Look::default();
        let Some(format) = self.format(format) else { return usual };
        let font = self.fonts.get(usize::from(format.font)).map_or(usual, |(_, look)| *look);
        let fill = self.fills.get(usize::from(format.fill)).copied().unwrap_or(usual.fill);
        let diagonal = self.borders.get(usize::from(format.border)).copied().unwrap_or(false);
        Look { fill, diagonal, ..font }
    }

    pub fn font(&self, font: u16) -> Font {
        self.fonts.get(usize::from(font)).map(|(font, _)| *font).unwrap_or_default()
    }

    /// What the format of a condition changes, which is nothing where it has none; `None` where
    /// that cannot be read.
    pub fn effect(&self, number: u32) -> Option<Effect> {
        let known = usize::try_from(number).ok().and_then(|number| self.effects.get(number));
        known.cloned().unwrap_or_else(|| Some(Effect::default()))
    }

    fn format(&self, format: u32) -> Option<Format> {
        self.formats.get(usize::try_from(format).ok()?).copied()
    }

    fn read_font(&self, data: &[u8]) -> (Font, Look) {
        let usual = Look::default();
        let height = u16_at(data, 0).filter(|height| *height > 0).map(|h| f64::from(h) / 20.0);
        let letters = data.get(12..).and_then(|data| self.colour(data)).unwrap_or(usual.letters);
        let points = height.unwrap_or(usual.points);
        let font = Font {
            struck: u16_at(data, 2).is_some_and(|flags| flags & 0x0008 != 0),
            raised: u16_at(data, 6).is_some_and(|place| place != 0),
            letters: Some(letters),
            points: Some(points),
        };
        (font, Look { struck: font.struck, letters, points, ..usual })
    }

    fn read_fill(&self, data: &[u8]) -> Colour {
        match u32_at(data, 0) {
            Some(0) => Look::default().fill,
            // What lies behind letters is a colour where the pattern is solid.
            Some(1) => data.get(4..).and_then(|data| self.colour(data)).flatten(),
            _ => None,
        }
    }

    /// The colour that a font or a fill names; nothing where it leaves it to the program.
    fn colour(&self, data: &[u8]) -> Option<Colour> {
        let &[flags, index, t0, t1, red, green, blue, _] = data.first_chunk()?;
        let colour = match flags >> 1 {
            0 => return None,
            1 => Rgb::indexed(index.into()),
            2 => Some(Rgb(red, green, blue)),
            3 => self.theme.at(index.into()),
            _ => None,
        };
        let tint = f64::from(i16::from_le_bytes([t0, t1])) / f64::from(i16::MAX);
        Some(colour.map(|colour| colour.tinted(tint)))
    }

    /// What a format of conditions changes: a list of properties.
    fn read_effect(&self, data: &[u8]) -> Option<Effect> {
        let count = u16_at(data, 4)?;
        let mut rest = data.get(6..)?;
        let mut effect = Effect::default();
        for _ in 0..count {
            let (kind, length) = (u16_at(rest, 0)?, usize::from(u16_at(rest, 2)?));
            let (property, behind) = rest.split_at_checked(length)?;
            let value = property.get(4..)?;
            match kind {
                // A pattern that is none or solid leaves the colour to the one behind it.
                0 if *value.first()? > 1 => effect.fill = Some(None),
                2 if effect.fill.is_none() => effect.fill = self.colour(value),
                5 => effect.letters = self.colour(value),
                29 => effect.struck = Some(*value.first()? != 0),
                // The code, with its length before it, or the number of one that is usual.
                38 => effect.format = Some(wide(value.get(2..)?, u16_at(value, 0)?.into())?.0),
                41 if effect.format.is_none() => {
                    effect.format = builtin(u16_at(value, 0)?).map(str::to_owned);
                }
                _ => {}
            }
            rest = behind;
        }
        Some(effect)
    }
}

fn format(data: &[u8]) -> Option<Format> {
    let number = |at| u16_at(data, at);
    // A record that is shorter leaves out what is usual.
    let fill = number(6).unwrap_or_default();
    let border = number(8).unwrap_or_default();
    Some(Format { code: number(2)?, font: number(4)?, fill, border })
}
