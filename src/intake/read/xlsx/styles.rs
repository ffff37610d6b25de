//! `styles.xml`: number formats, and what the formats of cells do to letters.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::BytesStart;

use super::super::conditional::Effect;
use super::super::look::{Colour, Look, lacking_format, lacking_of_format};
use super::super::number_format::builtin;
use super::super::package::colour::Theme;
use super::super::part::{Tag, Xml, attribute, flag, number, walk};
use super::super::refusal::Refusal;
use super::super::table_style::{Part, TableStyles};
use super::effect;

/// The formats of cells, by index.
#[derive(Debug, Default)]
pub struct Styles {
    cells: Vec<Style>,
    /// The differential formats, by index.
    effects: Vec<Effect>,
    pub tables: TableStyles,
    pub theme: Theme,
    lacking: BTreeSet<String>,
}

#[derive(Clone, Debug)]
pub struct Style {
    /// The code of the number format, as Japanese Excel has the built-in ones; else the number of
    /// one that the workbook does not have.
    pub format: Result<String, u32>,
    pub look: Look,
}

impl Styles {
    pub fn read(xml: &Xml, theme: Theme) -> Result<Self, Refusal> {
        let mut reader = StylesReader { theme, ..StylesReader::default() };
        walk(xml, |tag, _| match tag {
            Tag::Open(start) => reader.open(start),
            Tag::Close(name) => {
                if list(name).is_some() {
                    reader.list = List::Other;
                }
                Ok(())
            }
        })?;
        let StylesReader { styles: cells, effects, tables, theme, lacking, .. } = reader;
        Ok(Self { cells, effects, tables, theme, lacking })
    }

    pub fn get(&self, index: usize) -> Option<&Style> {
        self.cells.get(index)
    }

    /// How the letters of a cell look.
    pub fn look(&self, index: usize) -> Look {
        self.get(index).map_or(Look::default(), |style| style.look)
    }

    /// Whether a differential format strikes through. What is not there changes nothing.
    pub fn is_struck(&self, format: u32) -> Option<bool> {
        let effect = usize::try_from(format).ok().and_then(|format| self.effect(format));
        Some(effect.is_some_and(|effect| effect.struck == Some(true)))
    }

    /// What a cell names as its format and is not there, so that nobody knows how its letters look.
    pub fn lacks(&self, index: usize) -> Option<String> {
        lacking_format(index, self.cells.len())
    }

    /// The fonts, fills and borders that formats of cells name and that are not there: how the cells
    /// look, and whether their letters are struck through, cannot be known.
    pub fn lacking(&self) -> impl Iterator<Item = &str> {
        self.lacking.iter().map(String::as_str)
    }

    /// What a differential format changes.
    pub fn effect(&self, index: usize) -> Option<&Effect> {
        self.effects.get(index)
    }
}

/// The list that is being read. Other lists have fonts and formats too, which are not the cells'.
#[derive(Clone, Copy, Debug, Default)]
enum List {
    #[default]
    Other,
    NumberFormats,
    Fonts,
    Fills,
    Borders,
    /// The formats of the named styles, which those of the cells go back to.
    Named,
    Cells,
    Effects,
}

/// The list that an element holds.
fn list(name: &str) -> Option<List> {
    Some(match name {
        "numFmts" => List::NumberFormats,
        "fonts" => List::Fonts,
        "fills" => List::Fills,
        "borders" => List::Borders,
        "cellStyleXfs" => List::Named,
        "cellXfs" => List::Cells,
        "dxfs" => List::Effects,
        _ => return None,
    })
}

/// What a format of a cell or of a named style refers to.
#[derive(Clone, Copy, Debug, Default)]
struct Format {
    number: Option<u32>,
    font: Option<u32>,
    fill: Option<u32>,
    border: Option<u32>,
}

#[derive(Debug, Default)]
struct StylesReader {
    list: List,
    codes: BTreeMap<u32, String>,
    /// What a font says, in a look that is the usual one otherwise.
    fonts: Vec<Look>,
    fills: Vec<Colour>,
    /// The fill that is open is of one colour.
    solid: bool,
    /// Whether a border goes from corner to corner.
    borders: Vec<bool>,
    /// The border that is open says that it would, were there a line.
    crosses: bool,
    named: Vec<Format>,
    styles: Vec<Style>,
    effects: Vec<Effect>,
    tables: TableStyles,
    theme: Theme,
    lacking: BTreeSet<String>,
}

impl StylesReader {
    fn open(&mut self, start: &BytesStart) -> Result<(), Refusal> {
        let name = start.local_name();
        let name = name.as_ref();
        if let Some(list) = list(name) {
            self.list = list;
            return Ok(());
        }
        match (self.list, name) {
            (List::NumberFormats, "numFmt") => {
                let code = attribute(start, "formatCode");
                self.codes.extend(number(start, "numFmtId")?.zip(code));
            }
            (List::Fonts, _) => self.font(name, start),
            (List::Fills, _) => self.fill(name, start),
            (List::Borders, "border") => {
                let up = flag(start, "diagonalUp", false);
                self.crosses = up || flag(start, "diagonalDown", false);
                self.borders.push(false);
            }
            (List::Borders, "diagonal") => {
                let line = attribute(start, "style").is_some_and(|style| style != "none");
                if let Some(border) = self.borders.last_mut() {
                    *border = self.crosses && line;
                }
            }
            (List::Named, "xf") => self.named.push(Format::read(start)?),
            (List::Cells, "xf") => {
                let named = number(start, "xfId")?.and_then(|id| usize::try_from(id).ok());
                let named = self.named.get(named.unwrap_or(0)).copied().unwrap_or_default();
                let format = Format::read(start)?.or(named);
                let style = self.style(format);
                self.styles.push(style);
            }
            (_, "tableStyle") => self.tables.open(attribute(start, "name").unwrap_or_default()),
            (_, "tableStyleElement") => self.table_element(start)?,
            (List::Effects, "dxf") => self.effects.push(Effect::default()),
            (List::Effects, _) => {
                if let Some(effect) = self.effects.last_mut() {
                    effect::see(effect, start, &self.theme);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn table_element(&mut self, start: &BytesStart) -> Result<(), Refusal> {
        let part = attribute(start, "type").and_then(|name| Part::named(&name));
        let size = number(start, "size")?.unwrap_or(1);
        if let Some((part, format)) = part.zip(number(start, "dxfId")?) {
            self.tables.add(part, size, format);
        }
        Ok(())
    }

    fn font(&mut self, name: &str, start: &BytesStart) {
        if name == "font" {
            self.fonts.push(Look::default());
        }
        let Some(font) = self.fonts.last_mut() else { return };
        match name {
            "strike" => font.struck = flag(start, "val", true),
            "color" => {
                if let Some(colour) = self.theme.colour(start) {
                    font.letters = colour;
                }
            }
            "sz" => {
                let points = attribute(start, "val").and_then(|size| size.trim().parse().ok());
                font.points = points.unwrap_or(font.points);
            }
            _ => {}
        }
    }

    fn fill(&mut self, name: &str, start: &BytesStart) {
        if name == "fill" {
            self.fills.push(Look::default().fill);
        }
        let Some(fill) = self.fills.last_mut() else { return };
        match name {
            // What lies behind letters is a colour where the pattern is solid.
            "patternFill" => {
                let pattern = attribute(start, "patternType");
                self.solid = pattern.as_deref() == Some("solid");
                if pattern.is_some_and(|pattern| pattern != "none") {
                    *fill = None;
                }
            }
            "gradientFill" => *fill = None,
            "fgColor" if self.solid => *fill = self.theme.colour(start).flatten(),
            _ => {}
        }
    }

    fn style(&mut self, Format { number, font, fill, border }: Format) -> Style {
        let id = number.unwrap_or(0);
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
        self.lacking.extend(lacking_of_format([
            (font.unwrap_or(0), self.fonts.len()),
            (fill.unwrap_or(0), self.fills.len()),
            (border.unwrap_or(0), self.borders.len()),
        ]));
        let font = of(&self.fonts, font).unwrap_or_default();
        let fill = of(&self.fills, fill).unwrap_or(font.fill);
        let diagonal = of(&self.borders, border).unwrap_or(false);
        Style { format, look: Look { fill, diagonal, ..font } }
    }
}

impl Format {
    fn read(start: &BytesStart) -> Result<Self, Refusal> {
        Ok(Self {
            number: number(start, "numFmtId")?,
            font: number(start, "fontId")?,
            fill: number(start, "fillId")?,
            border: number(start, "borderId")?,
        })
    }

    /// With what the named style says where this says nothing.
    fn or(self, named: Self) -> Self {
        Self {
            number: self.number.or(named.number),
            font: self.font.or(named.font),
            fill: self.fill.or(named.fill),
            border: self.border.or(named.border),
        }
    }
}

/// One of a list, by its index.
fn of<T: Copy>(list: &[T], index: Option<u32>) -> Option<T> {
    list.get(usize::try_from(index?).ok()?).copied()
}
