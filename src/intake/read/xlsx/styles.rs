//! `styles.xml`: number formats, and the fonts that strike through.

use std::collections::BTreeMap;

use super::super::number_format::builtin;
use super::super::part::{Tag, Xml, attribute, flag, number, walk};
use super::super::refusal::Refusal;

/// The formats of cells, by index.
#[derive(Debug, Default)]
pub struct Styles(Vec<Style>);

#[derive(Clone, Debug)]
pub struct Style {
    /// The code of the number format, as Japanese Excel has the built-in ones; else the number of
    /// one that the workbook does not have.
    pub format: Result<String, u32>,
    pub struck: bool,
}

impl Styles {
    pub fn read(xml: &Xml) -> Result<Self, Refusal> {
        let mut reader = StylesReader::default();
        walk(xml, |tag, _| {
            match tag {
                Tag::Open(start) => match (reader.list, start.local_name().as_ref()) {
                    (_, "numFmts") => reader.list = List::NumberFormats,
                    (_, "fonts") => reader.list = List::Fonts,
                    (_, "cellStyleXfs") => reader.list = List::Named,
                    (_, "cellXfs") => reader.list = List::Cells,
                    (List::NumberFormats, "numFmt") => {
                        let code = attribute(start, "formatCode");
                        reader.codes.extend(number(start, "numFmtId")?.zip(code));
                    }
                    (List::Fonts, "font") => reader.struck_fonts.push(false),
                    (List::Fonts, "strike") => {
                        if let Some(font) = reader.struck_fonts.last_mut() {
                            *font = flag(start, "val", true);
                        }
                    }
                    (List::Named, "xf") => reader.named.push(number(start, "numFmtId")?),
                    (List::Cells, "xf") => {
                        let named = number(start, "xfId")?.and_then(|id| usize::try_from(id).ok());
                        let format = number(start, "numFmtId")?
                            .or_else(|| *reader.named.get(named.unwrap_or(0))?);
                        let style = reader.style(format, number(start, "fontId")?);
                        reader.styles.push(style);
                    }
                    _ => {}
                },
                Tag::Close("numFmts" | "fonts" | "cellStyleXfs" | "cellXfs") => {
                    reader.list = List::Other
                }
                Tag::Close(_) => {}
            }
            Ok(())
        })?;
        Ok(Self(reader.styles))
    }

    pub fn get(&self, index: usize) -> Option<&Style> {
        self.0.get(index)
    }
}

/// The list that is being read. Other lists have fonts and formats too, which are not the cells'.
#[derive(Clone, Copy, Debug, Default)]
enum List {
    #[default]
    Other,
    NumberFormats,
    Fonts,
    /// The formats of the named styles, which those of the cells go back to.
    Named,
    Cells,
}

#[derive(Debug, Default)]
struct StylesReader {
    list: List,
    codes: BTreeMap<u32, String>,
    struck_fonts: Vec<bool>,
    /// The number formats of the named styles.
    named: Vec<Option<u32>>,
    styles: Vec<Style>,
}

impl StylesReader {
    fn style(&self, format: Option<u32>, font: Option<u32>) -> Style {
        let id = format.unwrap_or(0);
        let own = self.codes.get(&id).map(String::as_str).filter(|code| *code != "General");
        let built_in = u16::try_from(id).ok().and_then(builtin);
        // What these numbers mean depends on the language of the system, whatever code is beside.
        let is_local = matches!(id, 14 | 22 | 27..=40 | 50..=58);
        let format = if is_local { built_in.or(own) } else { own.or(built_in) };
        let format = match format {
            Some(code) => Ok(code.to_owned()),
            None if self.codes.contains_key(&id) => Ok("General".to_owned()),
            None => Err(id),
        };
        let font = font.and_then(|font| usize::try_from(font).ok());
        let struck = font.and_then(|font| self.struck_fonts.get(font));
        Style { format, struck: struck == Some(&true) }
    }
}
