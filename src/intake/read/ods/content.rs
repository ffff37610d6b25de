//! `content.xml`: the sheets with their cells, notes and shapes.

use std::collections::BTreeMap;

use quick_xml::events::BytesStart;

use super::super::formula::{is_picture, stands_for_picture};
use super::super::grid::{Cell, Floating, Kind, Region, Sheet, Struck, Unseen};
use super::super::look::Look;
use super::super::part::{Tag, Xml, attribute, number, walk};
use super::super::refusal::{Budget, Refusal, within};
use super::super::shape::DIAGONAL;
use super::super::value::KNOWN_ERRORS;
use super::bare;
use super::conditions::Conditions;
use super::geometry::{Extent, Geometry};
use super::shapes::Shapes;
use super::styles::Styles;
use super::white_space::WhiteSpace;
use crate::diag::CellRef;
use crate::edition::{Limit, Limits};

/// The attributes that hold a cell's value, by its type; a formula's error has none.
const VALUES: [&str; 5] = ["value", "date-value", "time-value", "boolean-value", "string-value"];

/// In points: rows and columns of no size of their own, and those that show nothing.
const USUAL_WIDTH: f64 = 64.0;
const USUAL_HEIGHT: f64 = 12.8;
const SMALLEST: f64 = 2.0;

/// Rows and columns of the largest sheet.
const ROWS: u32 = 1 << 20;
const COLUMNS: u32 = 1 << 14;

/// What a document holds, and where the reading of it is.
#[derive(Default)]
pub struct Content {
    pub sheets: Vec<Sheet>,
    budget: Budget,
    /// What the drop-downs offer, by their names.
    lists: BTreeMap<String, String>,
    /// Defined names and their expressions.
    pub names: BTreeMap<String, String>,
    /// Names of ranges of cells.
    pub ranges: BTreeMap<String, String>,
    styles: Styles,
    conditions: Conditions,
    /// Zeros are not shown.
    no_zeros: bool,
    row: u32,
    row_repeat: u32,
    column: u32,
    /// The next column of the column definitions.
    defined: u32,
    /// The styles of the cells that have none of their own, by the last column that has one.
    column_styles: BTreeMap<u32, String>,
    /// The same of the row.
    row_style: Option<String>,
    /// The groups of rows that are open, and whether what is in one is folded away.
    groups: Vec<bool>,
    cell: Option<OpenCell>,
    /// Inside a note.
    note: Option<String>,
    shapes: Shapes,
    geometry: Geometry,
    /// Things that are drawn on the sheet, by their numbers, the cells they belong to, and where
    /// they are from there.
    drawn: Vec<(usize, Option<CellRef>, Extent)>,
    /// Paragraphs that are open; text outside them is not shown.
    paragraphs: usize,
    white_space: WhiteSpace,
    /// Inside the reading of a word, which is no part of the text.
    in_reading: bool,
    /// The styles of the open spans.
    spans: Vec<String>,
}

/// The cell that is being read.
#[derive(Default)]
struct OpenCell {
    repeat: u32,
    kind: Option<Kind>,
    /// `float`, `percentage`, `date` …; blank where it has none.
    value_type: String,
    formula: Option<String>,
    /// The value beside the text, which may be all that there is.
    value: Option<String>,
    text: String,
    paragraphs: usize,
    struck: Struck,
    style: String,
    look: Look,
    raised: String,
    /// Why a part of it is not seen, that part, and whether there is another.
    unseen: Option<Unseen>,
    hidden: String,
    is_seen: bool,
    span: (u32, u32),
    /// The name of its drop-down.
    validation: Option<String>,
}

impl Content {
    /// Reads a document with the styles and the settings that lie beside it.
    pub fn read(
        xml: &Xml,
        styles: Styles,
        no_zeros: bool,
        limits: &Limits,
    ) -> Result<Self, Refusal> {
        let budget = Budget::new(limits);
        let mut content = Self { budget, styles, no_zeros, ..Self::default() };
        walk(xml, |tag, text| content.see(&tag, text))?;
        Ok(content)
    }

    fn see(&mut self, tag: &Tag, text: String) -> Result<(), Refusal> {
        if self.paragraphs > 0 {
            let shown = self.white_space.collapse(&text);
            self.words(&shown);
        }
        self.styles.see(tag, &text);
        match tag {
            Tag::Open(start) => self.open(start)?,
            Tag::Close(name) => self.close(name)?,
        }
        self.within()
    }

    /// Refuses more sheets, and more marks on one, than there may be.
    fn within(&self) -> Result<(), Refusal> {
        let limits = &self.budget.limits;
        within(limits, [(Limit::Sheets, self.sheets.len() as u64)])?;
        self.sheets.last().map_or(Ok(()), |sheet| within(limits, sheet.marks()))
    }

    /// Text of a note, a shape or a cell.
    fn words(&mut self, text: &str) {
        if self.paragraphs == 0 || self.in_reading {
            return;
        }
        if let Some(words) = self.note.as_mut().or(self.shapes.words()) {
            words.push_str(text);
        } else if let Some(cell) = &mut self.cell {
            cell.text.push_str(text);
            let span = self.spans.iter().rev().find_map(|style| self.styles.is_struck(style));
            cell.struck.push(text, span.unwrap_or(cell.look.struck));
            if self.spans.iter().any(|style| self.styles.is_raised(style)) {
                cell.raised.push_str(text);
            }
            match self.styles.look_of(&self.spans, cell.look).unseen() {
                Some(why) if !text.trim().is_empty() => {
                    cell.unseen.get_or_insert(why);
                    cell.hidden.push_str(text);
                }
                _ => cell.is_seen |= !text.trim().is_empty(),
            }
        }
    }

    /// What stands for itself, whatever white space is around it.
    fn sign(&mut self, sign: &str) {
        let before = self.white_space.before();
        self.words(&format!("{before}{sign}"));
    }

    fn open(&mut self, start: &BytesStart) -> Result<(), Refusal> {
        match start.local_name().as_ref() {
            "content-validation" => self.open_validation(start),
            "table" => self.open_sheet(start),
            "table-column" => self.open_column(start)?,
            "table-row" => self.open_row(start)?,
            "table-row-group" => {
                let folded = attribute(start, "display").is_some_and(|shown| shown == "false");
                self.groups.push(folded);
            }
            "conditional-format" | "condition" => self.conditions.open(start, &self.styles),
            "table-cell" | "covered-table-cell" => self.open_cell(start)?,
            "named-range" | "named-expression" => self.define(start),
            "annotation" => self.note = Some(String::new()),
            "p" => self.open_paragraph(),
            "span" => {
                self.spans.push(attribute(start, "style-name").unwrap_or_default());
            }
            "s" => {
                let count = number(start, "c")?.unwrap_or(1).min(1_000);
                self.sign(&" ".repeat(count as usize));
            }
            "tab" => self.sign("\t"),
            "line-break" => self.sign("\n"),
            "ruby-text" => self.in_reading = true,
            _ => self.shapes.open(start),
        }
        Ok(())
    }

    fn open_sheet(&mut self, start: &BytesStart) {
        let style = attribute(start, "style-name").unwrap_or_default();
        self.sheets.push(Sheet {
            name: attribute(start, "name").unwrap_or_default().into(),
            hidden: self.styles.is_hidden(&style),
            ..Sheet::default()
        });
        (self.row, self.column, self.defined) = (0, 0, 0);
        self.column_styles.clear();
        self.geometry = Geometry::default();
    }

    fn open_column(&mut self, start: &BytesStart) -> Result<(), Refusal> {
        let repeat = number(start, "number-columns-repeated")?.unwrap_or(1).clamp(1, COLUMNS);
        let last = (self.defined + repeat).min(COLUMNS) - 1;
        let style = attribute(start, "style-name").unwrap_or_default();
        let width = self.styles.size("table-column", &style).unwrap_or(USUAL_WIDTH);
        let is_seen = !is_hidden(start) && width >= SMALLEST;
        self.geometry.columns.push(self.defined, if is_seen { width } else { 0.0 });
        if let (false, Some(sheet)) = (is_seen, self.sheets.last_mut()) {
            sheet.hidden_columns.push(self.defined, last);
        }
        let style = attribute(start, "default-cell-style-name").unwrap_or_default();
        self.column_styles.insert(last, style);
        self.defined = (last + 1).min(COLUMNS - 1);
        Ok(())
    }

    fn open_row(&mut self, start: &BytesStart) -> Result<(), Refusal> {
        self.column = 0;
        self.row_repeat = number(start, "number-rows-repeated")?.unwrap_or(1).clamp(1, ROWS);
        self.row_style = attribute(start, "default-cell-style-name");
        let style = attribute(start, "style-name").unwrap_or_default();
        let height = self.styles.size("table-row", &style).unwrap_or(USUAL_HEIGHT);
        let folded = is_hidden(start) || self.groups.contains(&true);
        let is_seen = !folded && height >= SMALLEST;
        self.geometry.rows.push(self.row, if is_seen { height } else { 0.0 });
        if let (false, Some(sheet)) = (is_seen, self.sheets.last_mut()) {
            sheet.hidden_rows.push(self.row, self.row + self.row_repeat - 1);
            sheet.filtered |= attribute(start, "visibility").is_some_and(|v| v == "filter");
        }
        Ok(())
    }

    fn open_cell(&mut self, start: &BytesStart) -> Result<(), Refusal> {
        let value_type = attribute(start, "value-type").unwrap_or_default();
        let kind = match value_type.as_str() {
            "float" | "percentage" | "currency" => Some(Kind::Number),
            "date" | "time" => Some(Kind::Date),
            "boolean" => Some(Kind::Truth),
            "string" | "error" => Some(Kind::Text),
            _ => None,
        };
        let of_column = || Some(self.column_styles.range(self.column..).next()?.1.clone());
        let style = attribute(start, "style-name").or(self.row_style.clone()).or_else(of_column);
        let style = style.unwrap_or_default();
        let look = self.styles.look(&style);
        let spanned = |name| Ok(number(start, name)?.unwrap_or(1).max(1));
        self.cell = Some(OpenCell {
            repeat: number(start, "number-columns-repeated")?.unwrap_or(1).clamp(1, COLUMNS),
            kind,
            value_type,
            formula: attribute(start, "formula"),
            validation: attribute(start, "content-validation-name"),
            value: VALUES.iter().find_map(|name| attribute(start, name)),
            style,
            look,
            span: (spanned("number-rows-spanned")?, spanned("number-columns-spanned")?),
            ..OpenCell::default()
        });
        Ok(())
    }

    /// A name, and what it stands for.
    fn define(&mut self, start: &BytesStart) {
        let name = attribute(start, "name").unwrap_or_default();
        let value = attribute(start, "expression").unwrap_or_default();
        let value = value.trim_start_matches("of:").trim_start_matches('=');
        self.names.insert(name.clone(), value.trim_matches('"').to_owned());
        let range = attribute(start, "cell-range-address");
        self.ranges.extend(range.map(|range| (name, range)));
    }

    fn open_validation(&mut self, start: &BytesStart) {
        let name = attribute(start, "name").unwrap_or_default();
        let condition = attribute(start, "condition").unwrap_or_default();
        self.lists.extend(offered(&condition).map(|list| (name, list)));
    }

    fn open_paragraph(&mut self) {
        self.paragraphs += 1;
        self.white_space = WhiteSpace::default();
        if let Some(words) = self.note.as_mut().or(self.shapes.words()) {
            if !words.trim().is_empty() {
                words.push('\n');
            }
        } else if let Some(cell) = &mut self.cell {
            cell.paragraphs += 1;
            if cell.paragraphs > 1 {
                cell.text.push('\n');
                cell.struck.kept.push('\n');
            }
        }
    }

    fn close(&mut self, name: &str) -> Result<(), Refusal> {
        let at = CellRef::new(self.row, self.column);
        match name {
            "table-cell" | "covered-table-cell" => self.close_cell()?,
            "table-row" => self.row = self.row.saturating_add(self.row_repeat).min(ROWS),
            "span" => {
                self.spans.pop();
            }
            "ruby-text" => self.in_reading = false,
            "p" => self.paragraphs = self.paragraphs.saturating_sub(1),
            "table" => {
                if let Some(sheet) = self.sheets.last_mut() {
                    self.conditions.apply(sheet, &self.styles);
                    for (number, at, extent) in self.drawn.drain(..) {
                        if let Some(thing) = sheet.floating.get_mut(number) {
                            thing.over = Some(self.geometry.under(at, extent));
                        }
                    }
                }
            }
            "table-row-group" => {
                self.groups.pop();
            }
            "annotation" => {
                let words = self.note.take().unwrap_or_default();
                if let (Some(sheet), false) = (self.sheets.last_mut(), words.trim().is_empty()) {
                    sheet.notes.push((at, words.trim().to_owned()));
                }
            }
            name => {
                let closed = self.shapes.close(name);
                if let (Some(sheet), Some((words, extent))) = (self.sheets.last_mut(), closed) {
                    let over = self.cell.is_some().then_some(Region::cell(at));
                    let from = over.map(|over| over.first);
                    let number = sheet.floating.len();
                    self.drawn.extend(extent.map(|extent| (number, from, extent)));
                    sheet.floating.push(Floating { over, words });
                }
            }
        }
        Ok(())
    }

    fn close_cell(&mut self) -> Result<(), Refusal> {
        let (Some(cell), Some(sheet)) = (self.cell.take(), self.sheets.last_mut()) else {
            return Ok(());
        };
        let at = CellRef::new(self.row, self.column);
        self.column = self.column.saturating_add(cell.repeat).min(COLUMNS);
        let (rows, columns) = cell.span;
        if (rows, columns) != (1, 1) && at.row < ROWS && at.column < COLUMNS {
            let last = CellRef::new(
                at.row.saturating_add(rows - 1).min(ROWS),
                at.column.saturating_add(columns - 1).min(COLUMNS),
            );
            sheet.merges.push(Region { first: at, last });
        }
        if let Some(source) = cell.validation.as_ref().and_then(|name| self.lists.get(name)) {
            let last = CellRef::new(
                at.row.saturating_add(self.row_repeat.max(1) - 1).min(ROWS),
                at.column.saturating_add(cell.repeat - 1).min(COLUMNS),
            );
            sheet.drop_downs.push(source, Region { first: at, last });
        }
        let Some(shown) = cell.shown(&self.styles) else { return Ok(()) };
        if !shown.is_blank() && !shown.is_unshown() {
            sheet.lacking.extend(self.styles.lacking(&cell.style));
        }
        let number = cell.number();
        let zero = (self.no_zeros && number == Some(0.0)).then_some(Unseen::Zero);
        let silent = self.styles.is_silent(&cell.style).then_some(Unseen::Format);
        let unseen = zero
            .or(silent)
            .or(cell.unseen.or(cell.look.unseen().filter(|_| cell.text.is_empty())))
            .filter(|_| !shown.is_blank() && !shown.is_unshown());
        for row in at.row..at.row.saturating_add(self.row_repeat).min(ROWS) {
            for column in at.column..at.column.saturating_add(cell.repeat).min(COLUMNS) {
                self.budget.spend(&shown)?;
                let at = CellRef::new(row, column);
                if !cell.struck.is_blank() {
                    sheet.struck.insert(at, cell.struck.clone());
                }
                if !cell.raised.trim().is_empty() {
                    sheet.raised.insert(at, cell.raised.clone());
                }
                sheet.unseen.extend(unseen.map(|unseen| (at, unseen)));
                if unseen.is_some() && unseen == cell.unseen && cell.is_seen {
                    sheet.unseen_parts.insert(at, cell.hidden.clone());
                }
                if cell.look.diagonal && !shown.is_blank() {
                    sheet.float_over(at, DIAGONAL);
                }
                self.conditions.cell(at, number, cell.look, &cell.style, &self.styles);
                sheet.cells.insert(at, shown.clone());
            }
        }
        Ok(())
    }
}

impl OpenCell {
    /// The number that is behind the text.
    fn number(&self) -> Option<f64> {
        let is_number = self.kind == Some(Kind::Number);
        self.value.as_ref().filter(|_| is_number)?.trim().parse().ok()
    }

    fn shown(&self, styles: &Styles) -> Option<Cell> {
        let formula = self.formula.as_deref().unwrap_or_default();
        let formula = formula.strip_prefix("of:").unwrap_or(formula);
        if stands_for_picture(&self.text) || is_picture(formula) {
            return Some(Cell::picture());
        }
        if let (true, Some(value)) = (self.text.is_empty(), &self.value)
            && !value.is_empty()
        {
            let format = styles.number_format(&self.style);
            return Some(bare::shown(&self.value_type, value, format));
        }
        if self.text.is_empty() {
            let unvalued = self.formula.is_some() && self.kind.is_none();
            return unvalued.then(|| Cell { text: String::new(), kind: Kind::Unvalued });
        }
        let error = self.formula.is_some() && is_error(&self.text);
        let kind = if error { Kind::Error } else { self.kind.clone().unwrap_or(Kind::Text) };
        Some(Cell { text: self.text.clone(), kind })
    }
}

/// The list of a condition `of:cell-content-is-in-list("a";"b")`.
fn offered(condition: &str) -> Option<String> {
    let (_, list) = condition.split_once("cell-content-is-in-list(")?;
    Some(list.strip_suffix(')').unwrap_or(list).to_owned())
}

/// The error values as LibreOffice shows them: `#N/A`, `#REF!`, `Err:502`.
fn is_error(text: &str) -> bool {
    KNOWN_ERRORS.contains(&text)
        || text.strip_prefix("Err:").is_some_and(|n| n.parse::<u32>().is_ok())
}

fn is_hidden(start: &BytesStart) -> bool {
    attribute(start, "visibility").is_some_and(|v| v == "collapse" || v == "filter")
}
