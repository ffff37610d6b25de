//! `styles.xml`: number formats, and what the formats of cells do to letters.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::BytesStart;

use super::super::conditional::Effect;
use super::super::look::{Colour, Look};
use super::super::number_format::builtin;
use super::super::package::colour::Theme;
use super::super::part::{Tag, Xml, attribute, flag, number, walk};
use super::super::refusal::Refusal;
use super::effect;

/// The formats of cells, by index.
#[derive(Debug, Default)]
pub struct Styles {
    cells: Vec<Style>,
    /// The differential formats, by index.
    effects: Vec<Effect>,
    /// The styles of table objects that the workbook has of its own, by their names.
    tables: BTreeMap<String, Vec<TableElement>>,
    pub theme: Theme,
    lacking: BTreeSet<String>,
}

/// How a style of table objects shows a part of them.
#[derive(Clone, Debug)]
pub struct TableElement {
    /// `wholeTable`, `firstColumn`, `secondRowStripe` …
    pub part: String,
    /// Rows or columns of a stripe.
    pub size: u32,
    /// The number of its differential format.
    format: usize,
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

    /// The parts of a table object that its style strikes through.
    pub fn struck_parts(&self, style: &str) -> impl Iterator<Item = &TableElement> {
        let elements = self.tables.get(style).into_iter().flatten();
        let effect = |element: &TableElement| self.effect(element.format);
        elements.filter(move |&element| {
            effect(element).is_some_and(|effect| effect.struck == Some(true))
        })
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
    tables: BTreeMap<String, Vec<TableElement>>,
    /// The style of tables that is open.
    table: String,
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
            (_, "tableStyle") => self.table = attribute(start, "name").unwrap_or_default(),
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
        let Some(format) = number(start, "dxfId")? else { return Ok(()) };
        let part = attribute(start, "type").unwrap_or_default();
        let size = number(start, "size")?.unwrap_or(1).max(1);
        let Ok(format) = usize::try_from(format) else { return Ok(()) };
        let elements = self.tables.entry(self.table.clone()).or_default();
        elements.push(TableElement { part, size, format });
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
        let is_lacking = |index: Option<u32>, length: usize| {
            // A workbook without a list has the usual look under the number 0.
            index.filter(|&index| index > 0 && index as usize >= length)
        };
        let named = [
            ("フォント", is_lacking(font, self.fonts.len())),
            ("塗りつぶし", is_lacking(fill, self.fills.len())),
            ("罫線", is_lacking(border, self.borders.len())),
        ];
        let named = named.into_iter().filter_map(|(what, index)| Some((what, index?)));
        self.lacking.extend(named.map(|(what, index)| format!("書式の{what}の番号 {index}")));
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
