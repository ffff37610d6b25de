//! A walk over the finished pages: every run of text with its place, its cell and what it was made
//! of, which the templates mark with metadata.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use typst::foundations::{Array, Dict, Smart, Str, StyleChain, Value};
use typst::introspection::{Location, MetadataElem, Tag};
use typst::layout::{Abs, Frame, FrameItem, Point};
use typst::model::{TableCell, TableElem};
use typst::pdf::TableCellKind;
use typst::text::TextItem;
use typst::visualize::Geometry;
use typst_layout::{Page, PagedDocument};

/// What positions may differ by from rounding, in points.
pub const TOLERANCE: f64 = 0.5;

/// What a text was made of.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// A column of an entry; `None` where a template of one's own marks the entry alone.
    Cell { id: Str, column: Option<Str> },
    /// A field of the front matter.
    Front(Str),
    /// The title of a heading, or the note below it, by the heading's id.
    Heading(Str),
}

/// A cell of a table.
struct Cell {
    table: usize,
    /// Its place in its row, from the left.
    x: Option<usize>,
    /// The columns that it goes across, and where the first of them begins.
    colspan: usize,
    left: i64,
    /// As the last mark in it says; before that, as the mark in the row's first cell says.
    origin: Option<Origin>,
}

/// A row of a table, as the mark in its first cell says.
struct Row {
    id: Str,
    /// The columns of its cells in their order; none where a template of one's own names none.
    columns: Array,
}

impl Row {
    /// What the cell at a place of the row is made of.
    fn origin(&self, x: Option<usize>) -> Origin {
        let column = x.and_then(|x| self.columns.iter().nth(x));
        Origin::Cell { id: self.id.clone(), column: column.and_then(word) }
    }
}

/// A run of text on its page.
pub struct Text<'a> {
    /// The index of the page.
    pub sheet: usize,
    pub page: &'a Page,
    /// Where its base line begins.
    pub at: Point,
    pub item: &'a TextItem,
    /// The number of its cell, by which lines of one cell are known.
    pub cell: Option<usize>,
    pub origin: Option<Origin>,
    /// The edges of the cell where they are known from the text's own frame.
    edges: Option<(f64, f64)>,
}

impl Text<'_> {
    /// The id of the entry whose row it stands in.
    pub fn row(&self) -> Option<&str> {
        match &self.origin {
            Some(Origin::Cell { id, .. }) => Some(id.as_str()),
            _ => None,
        }
    }
}

/// A walk through the frames of all pages.
#[derive(Default)]
pub struct Walk<'a> {
    sheet: usize,
    tables: usize,
    cells: IndexMap<Location, Cell>,
    /// The cells around the place of the walk, the innermost last.
    open: Vec<(usize, Option<(f64, f64)>)>,
    /// The row at the place of the walk.
    row: Option<Row>,
    /// What the text outside of tables at the place of the walk was made of.
    origin: Option<Origin>,
    /// The left edges of the cells of every table on every page.
    lefts: IndexMap<(usize, usize), BTreeSet<i64>>,
    /// How far the lines of a page reach to the right.
    rights: IndexMap<usize, f64>,
    /// Every text in the order of print.
    pub texts: Vec<Text<'a>>,
}

impl<'a> Walk<'a> {
    pub fn through(document: &'a PagedDocument) -> Self {
        let mut walk = Self::default();
        for (number, page) in document.pages().iter().enumerate() {
            walk.sheet = number;
            walk.frame(page, &page.frame, Point::zero());
        }
        walk
    }

    fn frame(&mut self, page: &'a Page, frame: &'a Frame, corner: Point) {
        for (offset, item) in frame.items() {
            let at = corner + *offset;
            match item {
                FrameItem::Group(group) => {
                    let at = at + Point::new(group.transform.tx, group.transform.ty);
                    let cell = group
                        .parent
                        .as_ref()
                        .and_then(|parent| self.cells.get_index_of(&parent.location));
                    if let Some(cell) = cell {
                        let edges = (at.x.to_pt(), (at.x + group.frame.width()).to_pt());
                        self.open.push((cell, Some(edges)));
                    }
                    self.frame(page, &group.frame, at);
                    if cell.is_some() {
                        self.open.pop();
                    }
                }
                FrameItem::Text(item) => self.text(page, at, item),
                FrameItem::Shape(shape, _) => {
                    let width = match &shape.geometry {
                        Geometry::Line(to) => to.x,
                        Geometry::Rect(size) => size.x,
                        Geometry::Curve(_) => Abs::zero(),
                    };
                    let right = self.rights.entry(self.sheet).or_default();
                    *right = right.max((at.x + width).to_pt());
                }
                FrameItem::Tag(tag) => self.tag(tag, at),
                FrameItem::Image(..) | FrameItem::Link(..) => {}
            }
        }
    }

    fn text(&mut self, page: &'a Page, at: Point, item: &'a TextItem) {
        let (cell, edges) = self.open.last().copied().unzip();
        let origin = match cell {
            Some(cell) => self.cells.get_index(cell).and_then(|(_, cell)| cell.origin.clone()),
            None => self.origin.clone(),
        };
        let (sheet, edges) = (self.sheet, edges.flatten());
        self.texts.push(Text { sheet, page, at, item, cell, origin, edges });
    }

    fn tag(&mut self, tag: &Tag, at: Point) {
        match tag {
            Tag::Start(content, _) => {
                if content.is::<TableElem>() {
                    self.tables += 1;
                    self.row = None;
                } else if let Some(cell) = content.to_packed::<TableCell>()
                    && let Some(location) = content.location()
                {
                    // The row's mark stands in its first cell; a header row has no entry.
                    let x = match cell.x.get(StyleChain::default()) {
                        Smart::Custom(x) => Some(x),
                        Smart::Auto => None,
                    };
                    let kind = cell.kind.get(StyleChain::default());
                    // Neither has a row of totals.
                    let is_row = !matches!(
                        kind,
                        Smart::Custom(TableCellKind::Header(..) | TableCellKind::Footer)
                    );
                    let row = self.row.as_ref().filter(|_| x != Some(0) && is_row);
                    let origin = row.map(|row| row.origin(x));
                    let colspan = cell.colspan.get(StyleChain::default()).get();
                    let left = hundredths(at.x.to_pt());
                    let cell = Cell { table: self.tables, x, colspan, left, origin };
                    let (index, _) = self.cells.insert_full(location, cell);
                    let lefts = self.lefts.entry((self.sheet, self.tables)).or_default();
                    lefts.insert(left);
                    self.open.push((index, None));
                } else if let Some(mark) = content.to_packed::<MetadataElem>()
                    && let Value::Dict(mark) = &mark.value
                {
                    self.mark(mark);
                }
            }
            Tag::End(location, ..) => {
                if let Some(index) = self.cells.get_index_of(location)
                    && self.open.last() == Some(&(index, None))
                {
                    self.open.pop();
                }
            }
        }
    }

    /// A mark of the templates. One without a word ends what the one before began.
    fn mark(&mut self, mark: &Dict) {
        let text = |key: &str| mark.get(key).ok().and_then(word);
        if let Some(id) = text("id") {
            let columns = match mark.get("columns") {
                Ok(Value::Array(columns)) => Some(columns.clone()),
                _ => None,
            };
            if columns.is_some() || self.row.as_ref().is_none_or(|row| row.id != id) {
                let columns = columns.unwrap_or_else(Array::new);
                self.row = Some(Row { id: id.clone(), columns });
            }
            let cell = self.open.last().and_then(|(index, _)| self.cells.get_index_mut(*index));
            if let (Some((_, cell)), Some(row)) = (cell, &self.row) {
                cell.origin = Some(match text("column") {
                    None => row.origin(cell.x),
                    column => Origin::Cell { id, column },
                });
            }
        } else if mark.contains("front") {
            self.origin = text("front").map(Origin::Front);
        } else if mark.contains("heading") {
            self.origin = text("heading").map(Origin::Heading);
        }
    }

    /// The whole line that a text is part of.
    pub fn line_of(&self, text: &Text) -> String {
        let same = |other: &&Text| {
            (other.sheet, other.cell) == (text.sheet, text.cell)
                && (other.at.y - text.at.y).abs() < Abs::pt(TOLERANCE)
        };
        self.texts.iter().filter(same).map(|text| text.item.text.as_str()).collect()
    }

    /// The edges of the cell that a text stands in.
    pub fn edges(&self, text: &Text) -> Option<(f64, f64)> {
        if text.edges.is_some() {
            return text.edges;
        }
        let (_, cell) = self.cells.get_index(text.cell?)?;
        let lefts = self.lefts.get(&(text.sheet, cell.table))?;
        let from = hundredths(text.at.x.to_pt() + TOLERANCE);
        let left = *lefts.range(..=from).next_back()? as f64 / 100.0;
        // What goes across columns ends where the last of them does.
        let next = match cell.colspan {
            1 => lefts.range(from + 1..).next(),
            columns => lefts.range(cell.left + 1..).nth(columns - 1),
        };
        let right = match next {
            Some(next) => *next as f64 / 100.0,
            None => *self.rights.get(&text.sheet)?,
        };
        Some((left, right))
    }
}

fn word(value: &Value) -> Option<Str> {
    match value {
        Value::Str(word) => Some(word.clone()),
        _ => None,
    }
}

/// Positions that are equal but for rounding become equal numbers.
fn hundredths(length: f64) -> i64 {
    (length * 100.0).round() as i64
}
