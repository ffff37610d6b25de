//! What a workbook shows: sparse sheets of text, and the marks that a text does not carry.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::{CellRef, Place};
use crate::model::{FormStamp, Oddity, OddityKind};

/// A file as far as it could be read.
#[derive(Debug, Default)]
pub struct Book {
    pub file: Arc<str>,
    pub sheets: Vec<Sheet>,
    /// The edition and version that the form names.
    pub stamp: Option<FormStamp>,
    /// What is odd about the file as a whole.
    pub oddities: Vec<Oddity>,
    /// Whether its content is at hand; an oddity says why not.
    pub readable: bool,
}

/// A sheet: cells with content, and what goes beside them.
#[derive(Debug, Default)]
pub struct Sheet {
    pub name: Arc<str>,
    pub hidden: bool,
    /// Cells in reading order, by row and column.
    pub cells: BTreeMap<CellRef, Cell>,
    /// By their first column and row, as [`Sheet::merge_at`] needs them.
    pub merges: Vec<Region>,
    pub hidden_rows: Spans,
    pub hidden_columns: Spans,
    /// The sheet has a filter, so its hidden rows are filtered out.
    pub filtered: bool,
    /// Text struck through, the whole of a cell or a part of it.
    pub struck: BTreeMap<CellRef, Struck>,
    /// Notes and threaded comments.
    pub notes: Vec<(CellRef, String)>,
    /// Text of boxes and shapes, with the cell at their upper left corner where it is known.
    pub floating: Vec<(Option<CellRef>, String)>,
}

/// A cell as Excel shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    pub text: String,
    pub kind: Kind,
}

/// A cell's text taken apart by what is struck through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Struck {
    pub text: String,
    /// The rest.
    pub kept: String,
}

/// What a cell holds behind its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Number,
    /// A number under a format of dates or times.
    Date,
    /// A number under a format that cannot be followed; the text shows it plainly.
    Unshown(String),
    Truth,
    Error,
    /// A formula that was never calculated.
    Unvalued,
}

/// A rectangle of cells, both corners inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    pub first: CellRef,
    pub last: CellRef,
}

/// Runs of rows or columns, both ends inside, in any order.
#[derive(Clone, Debug, Default)]
pub struct Spans(pub Vec<(u32, u32)>);

impl Cell {
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), kind: Kind::Text }
    }

    /// Nothing to be seen: no text, or white space alone.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

impl Struck {
    pub fn push(&mut self, text: &str, struck: bool) {
        if struck { &mut self.text } else { &mut self.kept }.push_str(text);
    }

    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

impl Region {
    pub fn contains(&self, at: CellRef) -> bool {
        (self.first.row..=self.last.row).contains(&at.row)
            && (self.first.column..=self.last.column).contains(&at.column)
    }
}

impl Spans {
    /// Adds a run; one that follows the last is joined to it, so that a million hidden rows in
    /// a row are one run.
    pub fn push(&mut self, first: u32, last: u32) {
        match self.0.last_mut() {
            Some(before) if before.1.checked_add(1) == Some(first) => before.1 = last,
            _ => self.0.push((first, last)),
        }
    }

    pub fn contains(&self, index: u32) -> bool {
        self.0.iter().any(|&(first, last)| (first..=last).contains(&index))
    }
}

impl Book {
    pub fn new(file: Arc<str>) -> Self {
        Self { file, ..Self::default() }
    }

    pub fn note(&mut self, kind: OddityKind, found: impl Into<String>) {
        let at = Place { file: self.file.clone(), ..Place::default() };
        self.oddities.push(Oddity { kind, at, found: found.into(), expected: String::new() });
    }
}

impl Sheet {
    /// The cell's text, or nothing where it shows nothing.
    pub fn shown(&self, at: CellRef) -> Option<&Cell> {
        self.cells.get(&at).filter(|cell| !cell.is_blank())
    }

    /// The cells of a row that show something, from the left.
    pub fn row(&self, row: u32) -> impl Iterator<Item = (CellRef, &Cell)> {
        self.cells
            .range(CellRef::new(row, 0)..=CellRef::new(row, u32::MAX))
            .filter(|(_, cell)| !cell.is_blank())
            .map(|(&at, cell)| (at, cell))
    }

    /// Takes what is struck through out of the cells' text.
    pub fn leave_out_struck(&mut self) {
        for (at, struck) in &self.struck {
            if let Some(cell) = self.cells.get_mut(at) {
                cell.text.clone_from(&struck.kept);
            }
        }
    }

    /// The last row with content.
    pub fn last_row(&self) -> Option<u32> {
        self.cells.keys().next_back().map(|at| at.row)
    }

    /// The merged region that a cell lies in. Merged regions do not overlap.
    pub fn merge_at(&self, at: CellRef) -> Option<Region> {
        let key = |region: &Region| (region.first.column, region.first.row);
        let above = self.merges.partition_point(|region| key(region) <= (at.column, at.row));
        let merge = self.merges.get(above.checked_sub(1)?)?;
        merge.contains(at).then_some(*merge)
    }

    /// What counts at a cell: its own content, or that of the cell above that it is merged with;
    /// with the place where it is written.
    pub fn effective(&self, at: CellRef) -> Option<(CellRef, &Cell)> {
        let from = self.merge_at(at).map_or(at, |merge| merge.first);
        Some((from, self.shown(from)?))
    }
}
