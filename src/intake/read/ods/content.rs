//! `content.xml`: the sheets with their cells, notes and shapes.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::BytesStart;

use super::super::grid::{Cell, Kind, Region, Sheet, Spans, Struck};
use super::super::part::{Tag, Xml, attribute, number, walk};
use super::super::refusal::{Budget, Refusal, within};
use super::super::value::KNOWN_ERRORS;
use super::shapes::Shapes;
use crate::diag::CellRef;
use crate::edition::{Limit, Limits};

/// The attributes that hold a cell's value, by its type; a formula's error has none.
const VALUES: [&str; 5] = ["value", "date-value", "time-value", "boolean-value", "string-value"];

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
    style: String,
    /// Whether a style strikes through, for those that say so or not.
    strikes: BTreeMap<String, bool>,
    /// The styles of superscripts and subscripts.
    raises: BTreeSet<String>,
    hidden_tables: BTreeSet<String>,
    row: u32,
    row_repeat: u32,
    column: u32,
    /// The next column of the column definitions.
    defined: u32,
    /// The columns whose cells are struck unless they have a style of their own.
    struck_columns: Spans,
    cell: Option<OpenCell>,
    /// Inside a note.
    note: Option<String>,
    shapes: Shapes,
    /// Paragraphs that are open; text outside them is not shown.
    paragraphs: usize,
    /// The styles of the open spans.
    spans: Vec<String>,
}

/// The cell that is being read.
#[derive(Default)]
struct OpenCell {
    repeat: u32,
    kind: Option<Kind>,
    formula: bool,
    /// The value beside the text, which may be all that there is.
    value: Option<String>,
    text: String,
    paragraphs: usize,
    struck: Struck,
    style_struck: bool,
    raised: String,
    span: (u32, u32),
    /// The name of its drop-down.
    validation: Option<String>,
}

impl Content {
    pub fn read(xml: &Xml, limits: &Limits) -> Result<Self, Refusal> {
        let mut content = Self { budget: Budget::new(limits), ..Self::default() };
        walk(xml, |tag, text| content.see(&tag, text))?;
        Ok(content)
    }

    fn see(&mut self, tag: &Tag, text: String) -> Result<(), Refusal> {
        self.words(&text);
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
        if self.paragraphs == 0 {
            return;
        }
        if let Some(words) = self.note.as_mut().or(self.shapes.words()) {
            words.push_str(text);
        } else if let Some(cell) = &mut self.cell {
            cell.text.push_str(text);
            let span = self.spans.iter().rev().find_map(|style| self.strikes.get(style));
            cell.struck.push(text, span.copied().unwrap_or(cell.style_struck));
            if self.spans.iter().any(|style| self.raises.contains(style)) {
                cell.raised.push_str(text);
            }
        }
    }

    fn open(&mut self, start: &BytesStart) -> Result<(), Refusal> {
        match start.local_name().as_ref() {
            "content-validation" => self.open_validation(start),
            "style" => self.style = attribute(start, "name").unwrap_or_default(),
            "text-properties" => {
                let lines = ["text-line-through-style", "text-line-through-type"];
                let lines: Vec<String> =
                    lines.iter().filter_map(|name| attribute(start, name)).collect();
                if !lines.is_empty() {
                    let strikes = lines.iter().any(|line| line != "none");
                    self.strikes.insert(self.style.clone(), strikes);
                }
                // 「super 58%」; 「0% 100%」 is on the line.
                if attribute(start, "text-position").is_some_and(|at| !at.starts_with("0%")) {
                    self.raises.insert(self.style.clone());
                }
            }
            "table-properties"
                if attribute(start, "display").is_some_and(|shown| shown == "false") =>
            {
                self.hidden_tables.insert(self.style.clone());
            }
            "table" => self.open_sheet(start),
            "table-column" => self.open_column(start)?,
            "table-row" => self.open_row(start)?,
            "table-cell" | "covered-table-cell" => self.open_cell(start)?,
            "named-range" | "named-expression" => self.define(start),
            "annotation" => self.note = Some(String::new()),
            "p" => self.open_paragraph(),
            "span" => {
                self.spans.push(attribute(start, "style-name").unwrap_or_default());
            }
            "s" => self.words(&" ".repeat(number(start, "c")?.unwrap_or(1).min(1_000) as usize)),
            "tab" => self.words("\t"),
            "line-break" => self.words("\n"),
            _ => self.shapes.open(start),
        }
        Ok(())
    }

    fn open_sheet(&mut self, start: &BytesStart) {
        let style = attribute(start, "style-name").unwrap_or_default();
        self.sheets.push(Sheet {
            name: attribute(start, "name").unwrap_or_default().into(),
            hidden: self.hidden_tables.contains(&style),
            ..Sheet::default()
        });
        (self.row, self.column, self.defined) = (0, 0, 0);
        self.struck_columns = Spans::default();
    }

    fn open_column(&mut self, start: &BytesStart) -> Result<(), Refusal> {
        let repeat = number(start, "number-columns-repeated")?.unwrap_or(1).clamp(1, COLUMNS);
        let last = (self.defined + repeat).min(COLUMNS) - 1;
        if is_hidden(start)
            && let Some(sheet) = self.sheets.last_mut()
        {
            sheet.hidden_columns.push(self.defined, last);
        }
        let style = attribute(start, "default-cell-style-name").unwrap_or_default();
        if self.strikes.get(&style) == Some(&true) {
            self.struck_columns.push(self.defined, last);
        }
        self.defined = (last + 1).min(COLUMNS - 1);
        Ok(())
    }

    fn open_row(&mut self, start: &BytesStart) -> Result<(), Refusal> {
        self.column = 0;
        self.row_repeat = number(start, "number-rows-repeated")?.unwrap_or(1).clamp(1, ROWS);
        if is_hidden(start)
            && let Some(sheet) = self.sheets.last_mut()
        {
            sheet.hidden_rows.push(self.row, self.row + self.row_repeat - 1);
            sheet.filtered |= attribute(start, "visibility").is_some_and(|v| v == "filter");
        }
        Ok(())
    }

    fn open_cell(&mut self, start: &BytesStart) -> Result<(), Refusal> {
        let kind = attribute(start, "value-type").as_deref().and_then(|kind| match kind {
            "float" | "percentage" | "currency" => Some(Kind::Number),
            "date" | "time" => Some(Kind::Date),
            "boolean" => Some(Kind::Truth),
            "string" | "error" => Some(Kind::Text),
            _ => None,
        });
        let style_struck = match attribute(start, "style-name") {
            Some(style) => self.strikes.get(&style) == Some(&true),
            None => self.struck_columns.contains(self.column),
        };
        let spanned = |name| Ok(number(start, name)?.unwrap_or(1).max(1));
        self.cell = Some(OpenCell {
            repeat: number(start, "number-columns-repeated")?.unwrap_or(1).clamp(1, COLUMNS),
            kind,
            formula: attribute(start, "formula").is_some(),
            validation: attribute(start, "content-validation-name"),
            value: VALUES.iter().find_map(|name| attribute(start, name)),
            style_struck,
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
            "p" => self.paragraphs = self.paragraphs.saturating_sub(1),
            "annotation" => {
                let words = self.note.take().unwrap_or_default();
                if let (Some(sheet), false) = (self.sheets.last_mut(), words.trim().is_empty()) {
                    sheet.notes.push((at, words.trim().to_owned()));
                }
            }
            name => {
                let told = self.shapes.close(name);
                if let (Some(sheet), Some(told)) = (self.sheets.last_mut(), told) {
                    sheet.floating.push((self.cell.is_some().then_some(at), told));
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
        let Some(shown) = cell.shown() else { return Ok(()) };
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
                sheet.cells.insert(at, shown.clone());
            }
        }
        Ok(())
    }
}

impl OpenCell {
    fn shown(&self) -> Option<Cell> {
        if let (0, Some(value)) = (self.paragraphs, &self.value)
            && !value.is_empty()
        {
            return Some(self.without_text(value));
        }
        if self.text.is_empty() {
            let unvalued = self.formula && self.kind.is_none();
            return unvalued.then(|| Cell { text: String::new(), kind: Kind::Unvalued });
        }
        let error = self.formula && is_error(&self.text);
        let kind = if error { Kind::Error } else { self.kind.clone().unwrap_or(Kind::Text) };
        Some(Cell { text: self.text.clone(), kind })
    }

    /// A cell of a program that writes values alone: a text is what it says, and how anything else
    /// was shown is not known.
    fn without_text(&self, value: &str) -> Cell {
        let kind = match &self.kind {
            None | Some(Kind::Text) => Kind::Text,
            Some(_) => Kind::Unshown("表示された文字がファイルにない".to_owned()),
        };
        Cell { text: value.to_owned(), kind }
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
