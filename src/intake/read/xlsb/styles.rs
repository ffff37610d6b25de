//! The styles of an `.xlsb` workbook: number formats and fonts.

use std::collections::BTreeMap;

use super::super::bytes::u16_at;
use super::super::number_format::builtin;
use super::super::package::bin::{text, walk};
use super::super::refusal::Refusal;
use super::super::runs::Font;

#[derive(Debug, Default)]
pub struct Styles {
    codes: BTreeMap<u16, String>,
    fonts: Vec<Font>,
    /// Number format and font by cell format.
    formats: Vec<(u16, u16)>,
}

impl Styles {
    pub fn read(part: &[u8]) -> Result<Self, Refusal> {
        let mut styles = Self::default();
        let mut in_cells = false;
        walk(part, |kind, data| {
            match kind {
                43 => styles.fonts.push(Font {
                    struck: u16_at(data, 2).is_some_and(|flags| flags & 0x0008 != 0),
                    raised: u16_at(data, 6).is_some_and(|place| place != 0),
                }),
                44 => {
                    let code = data.get(2..).and_then(text).map(|(code, _)| code);
                    styles.codes.extend(u16_at(data, 0).zip(code));
                }
                // The formats of the cells, and those of the named styles, are told apart by
                // what they stand in.
                617 => in_cells = true,
                618 => in_cells = false,
                47 if in_cells => styles.formats.extend(u16_at(data, 2).zip(u16_at(data, 4))),
                _ => {}
            }
            Ok(())
        })?;
        Ok(styles)
    }

    /// The code of a cell format's number format, where the workbook has it.
    pub fn code(&self, format: u32) -> Option<&str> {
        let (id, _) = self.format(format)?;
        self.codes.get(&id).map(String::as_str).or(builtin(id))
    }

    pub fn is_struck(&self, format: u32) -> bool {
        self.format(format).is_some_and(|(_, font)| self.font(font).struck)
    }

    pub fn font(&self, font: u16) -> Font {
        self.fonts.get(usize::from(font)).copied().unwrap_or_default()
    }

    fn format(&self, format: u32) -> Option<(u16, u16)> {
        self.formats.get(usize::try_from(format).ok()?).copied()
    }
}
