//! The styles of a document: what they do to letters, rows and columns, by themselves or through
//! the styles that they go back to.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::BytesStart;

use super::super::conditional::Effect;
use super::super::look::{Colour, Look, Rgb};
use super::super::part::{Tag, attribute};
use super::data_styles::{DataStyles, STYLES};
use super::geometry::points;

/// All styles, by family and name; the usual one of a family has no name.
#[derive(Debug, Default)]
pub struct Styles {
    styles: BTreeMap<String, BTreeMap<String, Style>>,
    open: Option<(String, String)>,
    /// The names of styles of cells as they are shown, where they are written otherwise.
    shown: BTreeMap<String, String>,
    format: Option<OpenFormat>,
    /// The formats of numbers that show nothing.
    silent: BTreeSet<String>,
    /// What the formats of numbers are in the words of Excel.
    data: DataStyles,
}

/// A format of numbers that is being read.
#[derive(Debug, Default)]
struct OpenFormat {
    name: String,
    shows: bool,
    /// The formats that it has for some values.
    others: Vec<String>,
}

/// What a style says; nothing where it leaves it to the one that it goes back to.
#[derive(Clone, Debug, Default)]
struct Style {
    parent: Option<String>,
    /// The format of its numbers.
    format: Option<String>,
    struck: Option<bool>,
    raised: Option<bool>,
    letters: Option<Colour>,
    fill: Option<Colour>,
    points: Option<f64>,
    diagonals: [Option<bool>; 2],
    hidden: Option<bool>,
    /// The height of a row, or the width of a column, in points.
    size: Option<f64>,
    /// Conditions, and the styles under them.
    maps: Vec<(String, String)>,
}

/// The family of the styles of cells.
pub const CELL: &str = "table-cell";
/// The style of cells that all others go back to.
const USUAL: &str = "Default";
/// A format that shows nothing, as Excel writes it.
const NOTHING: &str = ";;;";
/// Styles go back to others no further than this.
const DEEPEST: usize = 32;

impl Styles {
    /// Takes a tag with the text before it; those that have nothing to do with styles are passed
    /// over.
    pub fn see(&mut self, tag: &Tag, text: &str) {
        self.data.see(tag, text);
        match tag {
            Tag::Open(start) if self.format.is_some() => self.open_in_format(start),
            Tag::Open(start) if STYLES.contains(&start.local_name().as_ref()) => {
                let name = attribute(start, "name").unwrap_or_default();
                self.format = Some(OpenFormat { name, ..OpenFormat::default() });
            }
            Tag::Open(start) => self.open(start),
            Tag::Close(name) if STYLES.contains(name) => {
                let Some(format) = self.format.take() else { return };
                let is_silent = |name: &String| self.silent.contains(name);
                if !format.shows && format.others.iter().all(is_silent) {
                    self.silent.insert(format.name);
                }
            }
            Tag::Close("style" | "default-style") => self.open = None,
            Tag::Close(_) => {
                if let Some(format) = &mut self.format {
                    format.shows |= !text.trim().is_empty();
                }
            }
        }
    }

    fn open_in_format(&mut self, start: &BytesStart) {
        let Some(format) = &mut self.format else { return };
        match start.local_name().as_ref() {
            // What they show is their text.
            "text" | "text-properties" | "properties" => {}
            "map" => format.others.extend(attribute(start, "apply-style-name")),
            _ => format.shows = true,
        }
    }

    fn open(&mut self, start: &BytesStart) {
        let name = start.local_name();
        if ["style", "default-style"].contains(&name.as_ref()) {
            let family = attribute(start, "family").unwrap_or_default();
            let key = (family, attribute(start, "name").unwrap_or_default());
            let style = Style {
                parent: attribute(start, "parent-style-name"),
                format: attribute(start, "data-style-name"),
                ..Style::default()
            };
            if let Some(shown) = attribute(start, "display-name").filter(|_| key.0 == CELL) {
                self.shown.insert(shown, key.1.clone());
            }
            self.styles.entry(key.0.clone()).or_default().insert(key.1.clone(), style);
            self.open = Some(key);
        }
        let Some((family, style)) = &self.open else { return };
        let family = self.styles.get_mut(family);
        let Some(style) = family.and_then(|styles| styles.get_mut(style)) else { return };
        match name.as_ref() {
            "text-properties" => style.text(start),
            "table-cell-properties" => style.cell(start),
            "table-properties" => {
                style.hidden = attribute(start, "display").map(|display| display == "false");
            }
            "table-row-properties" => style.size = length(start, "row-height"),
            "table-column-properties" => style.size = length(start, "column-width"),
            "map" => {
                let condition = attribute(start, "condition");
                style.maps.extend(condition.zip(attribute(start, "apply-style-name")));
            }
            _ => {}
        }
    }

    /// What a style says, or the nearest that it goes back to.
    fn find<T>(&self, family: &str, name: &str, said: impl Fn(&Style) -> Option<T>) -> Option<T> {
        let styles = self.styles.get(family)?;
        let mut style = styles.get(name);
        for _ in 0..DEEPEST {
            let Some(known) = style else { break };
            if let Some(said) = said(known) {
                return Some(said);
            }
            style = known.parent.as_ref().and_then(|parent| styles.get(parent));
        }
        said(styles.get("")?)
    }

    /// The style of cells that a style, or one that it goes back to, names and that is not there: how
    /// the letters look cannot be known. What the usual one says is usual without it, too.
    pub fn lacking(&self, name: &str) -> Option<String> {
        let styles = self.styles.get(CELL);
        let mut name = name;
        for _ in 0..DEEPEST {
            if name.is_empty() || name == USUAL {
                return None;
            }
            match styles.and_then(|styles| styles.get(name)) {
                Some(style) => name = style.parent.as_deref()?,
                None => return Some(format!("セルのスタイル {name}")),
            }
        }
        None
    }

    /// How the letters of a cell of this style look.
    pub fn look(&self, name: &str) -> Look {
        let usual = Look::default();
        let diagonal = |index: usize| {
            self.find(CELL, name, |style| style.diagonals.get(index).copied().flatten())
        };
        Look {
            struck: self.find(CELL, name, |style| style.struck).unwrap_or(usual.struck),
            letters: self.find(CELL, name, |style| style.letters).unwrap_or(usual.letters),
            fill: self.find(CELL, name, |style| style.fill).unwrap_or(usual.fill),
            points: self.find(CELL, name, |style| style.points).unwrap_or(usual.points),
            diagonal: [0, 1].into_iter().any(|index| diagonal(index) == Some(true)),
        }
    }

    /// What a style changes when a condition puts it on a cell.
    pub fn effect(&self, name: &str) -> Effect {
        let written = self.shown.get(name).map_or(name, String::as_str);
        let is_known = self.styles.get(CELL).is_some_and(|styles| styles.contains_key(name));
        let name = if is_known { name } else { written };
        Effect {
            struck: self.find(CELL, name, |style| style.struck),
            letters: self.find(CELL, name, |style| style.letters),
            fill: self.find(CELL, name, |style| style.fill),
            format: self.is_silent(name).then(|| NOTHING.to_owned()),
        }
    }

    /// The number format of a style of cells. `None`: it has none of its own; a blank one: it has
    /// one that no number format of Excel says, or that shows nothing.
    pub fn number_format(&self, name: &str) -> Option<String> {
        let format = self.find(CELL, name, |style| style.format.clone())?;
        let code = self.data.code(&format).filter(|_| !self.silent.contains(&format));
        Some(code.unwrap_or_default())
    }

    /// Whether a style of cells has a format that shows nothing.
    pub fn is_silent(&self, name: &str) -> bool {
        let format = self.find(CELL, name, |style| style.format.clone());
        format.is_some_and(|format| self.silent.contains(&format))
    }

    /// The conditions of a style, each with the style under it.
    pub fn maps(&self, name: &str) -> &[(String, String)] {
        let style = self.styles.get(CELL).and_then(|styles| styles.get(name));
        style.map_or(&[], |style| style.maps.as_slice())
    }

    /// Whether a span of letters is struck through, where its style says so or not.
    pub fn is_struck(&self, span: &str) -> Option<bool> {
        self.find("text", span, |style| style.struck)
    }

    /// How letters look in spans that lie in one another, in a cell that looks so.
    pub fn look_of(&self, spans: &[String], cell: Look) -> Look {
        let mut look = cell;
        for span in spans {
            look.letters = self.find("text", span, |style| style.letters).unwrap_or(look.letters);
            look.points = self.find("text", span, |style| style.points).unwrap_or(look.points);
        }
        look
    }

    /// Whether a span of letters is above or below the line.
    pub fn is_raised(&self, span: &str) -> bool {
        self.find("text", span, |style| style.raised) == Some(true)
    }

    pub fn is_hidden(&self, table: &str) -> bool {
        self.find("table", table, |style| style.hidden) == Some(true)
    }

    /// The height of a row or the width of a column in points.
    pub fn size(&self, family: &str, name: &str) -> Option<f64> {
        self.find(family, name, |style| style.size)
    }
}

/// Whether a border is drawn: `0.5pt solid #000000`, but not `0.000cm none #c7c7c7`.
fn is_line(border: &str) -> bool {
    !border.split_whitespace().any(|word| word == "none" || word == "hidden")
}

fn length(start: &BytesStart, name: &str) -> Option<f64> {
    points(&attribute(start, name)?)
}

impl Style {
    fn text(&mut self, start: &BytesStart) {
        let lines = ["text-line-through-style", "text-line-through-type"];
        let lines: Vec<String> = lines.iter().filter_map(|name| attribute(start, name)).collect();
        if !lines.is_empty() {
            self.struck = Some(lines.iter().any(|line| line != "none"));
        }
        // 「super 58%」; 「0% 100%」 is on the line.
        if let Some(at) = attribute(start, "text-position") {
            self.raised = Some(!at.starts_with("0%"));
        }
        if attribute(start, "use-window-font-color").is_some_and(|automatic| automatic == "true") {
            self.letters = Some(Look::default().letters);
        } else if let Some(colour) = attribute(start, "color") {
            self.letters = Some(Rgb::parse(&colour));
        }
        let points = attribute(start, "font-size");
        let points = points.and_then(|size| size.strip_suffix("pt")?.trim().parse().ok());
        self.points = points.or(self.points);
    }

    fn cell(&mut self, start: &BytesStart) {
        if let Some(colour) = attribute(start, "background-color") {
            let none = colour == "transparent";
            self.fill = Some(if none { Look::default().fill } else { Rgb::parse(&colour) });
        }
        self.diagonals = ["diagonal-tl-br", "diagonal-bl-tr"]
            .map(|name| attribute(start, name).map(|line| is_line(&line)));
    }
}
