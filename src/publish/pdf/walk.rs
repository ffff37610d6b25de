//! A walk over the finished pages: every run of text with its place, its cell and its row.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use typst::foundations::{Smart, StyleChain, Value};
use typst::introspection::{Location, MetadataElem, Tag};
use typst::layout::{Abs, Frame, FrameItem, Point};
use typst::model::{TableCell, TableElem};
use typst::pdf::TableCellKind;
use typst::text::TextItem;
use typst::visualize::Geometry;
use typst_layout::PagedDocument;

/// What positions may differ by from rounding, in points.
pub const TOLERANCE: f64 = 0.5;

/// A cell of a table.
struct Cell {
    table: usize,
    /// The id of its row, once the row's mark has come.
    row: Option<String>,
}

/// A run of text on its page.
pub struct Text<'a> {
    /// The index of the page.
    pub page: usize,
    /// Where its base line begins.
    pub at: Point,
    pub item: &'a TextItem,
    /// The number of its cell, by which lines of one cell are known.
    pub cell: Option<usize>,
    /// The edges of the cell where they are known from the text's own frame.
    edges: Option<(f64, f64)>,
}

/// A walk through the frames of all pages.
#[derive(Default)]
pub struct Walk<'a> {
    page: usize,
    tables: usize,
    cells: IndexMap<Location, Cell>,
    /// The cells around the place of the walk, the innermost last.
    open: Vec<(usize, Option<(f64, f64)>)>,
    row: Option<String>,
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
            walk.page = number;
            walk.frame(&page.frame, Point::zero());
        }
        walk
    }

    fn frame(&mut self, frame: &'a Frame, origin: Point) {
        for (offset, item) in frame.items() {
            let at = origin + *offset;
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
                    self.frame(&group.frame, at);
                    if cell.is_some() {
                        self.open.pop();
                    }
                }
                FrameItem::Text(item) => {
                    let (cell, edges) = self.open.last().copied().unzip();
                    let edges = edges.flatten();
                    self.texts.push(Text { page: self.page, at, item, cell, edges });
                }
                FrameItem::Shape(shape, _) => {
                    let width = match &shape.geometry {
                        Geometry::Line(to) => to.x,
                        Geometry::Rect(size) => size.x,
                        Geometry::Curve(_) => Abs::zero(),
                    };
                    let right = self.rights.entry(self.page).or_default();
                    *right = right.max((at.x + width).to_pt());
                }
                FrameItem::Tag(tag) => self.tag(tag, at),
                FrameItem::Image(..) | FrameItem::Link(..) => {}
            }
        }
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
                    // The row's mark stands in its first cell; a header row is no row of the annex.
                    let first = matches!(cell.x.get(StyleChain::default()), Smart::Custom(0));
                    let kind = cell.kind.get(StyleChain::default());
                    let head = matches!(kind, Smart::Custom(TableCellKind::Header(..)));
                    let row = self.row.clone().filter(|_| !first && !head);
                    let cell = Cell { table: self.tables, row };
                    let (index, _) = self.cells.insert_full(location, cell);
                    let lefts = self.lefts.entry((self.page, self.tables)).or_default();
                    lefts.insert(hundredths(at.x.to_pt()));
                    self.open.push((index, None));
                } else if let Some(mark) = content.to_packed::<MetadataElem>()
                    && let Value::Dict(row) = &mark.value
                    && let Ok(Value::Str(id)) = row.get("id")
                {
                    self.row = Some(id.as_str().to_owned());
                    let open = self.open.last().and_then(|(i, _)| self.cells.get_index_mut(*i));
                    if let Some((_, cell)) = open {
                        cell.row.clone_from(&self.row);
                    }
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

    /// The id of the row that a text stands in.
    pub fn row_of(&self, text: &Text) -> Option<&str> {
        let (_, cell) = self.cells.get_index(text.cell?)?;
        cell.row.as_deref()
    }

    /// The whole line that a text is part of.
    pub fn line_of(&self, text: &Text) -> String {
        let same = |other: &&Text| {
            (other.page, other.cell) == (text.page, text.cell)
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
        let lefts = self.lefts.get(&(text.page, cell.table))?;
        let from = hundredths(text.at.x.to_pt() + TOLERANCE);
        let left = *lefts.range(..=from).next_back()? as f64 / 100.0;
        let right = match lefts.range(from + 1..).next() {
            Some(next) => *next as f64 / 100.0,
            None => *self.rights.get(&text.page)?,
        };
        Some((left, right))
    }
}

/// Positions that are equal but for rounding become equal numbers.
fn hundredths(length: f64) -> i64 {
    (length * 100.0).round() as i64
}
