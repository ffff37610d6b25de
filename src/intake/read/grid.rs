//! What a workbook shows: sparse sheets of text, and the marks that a text does not carry.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use super::drop_downs::DropDowns;
pub use super::look::Unseen;
pub use super::merges::{Merges, Region};
use super::shape::PICTURE;
use crate::diag::{CellRef, Place};
use crate::edition::Limit;
use crate::model::{FormStamp, ObservationKind, Observations};

/// A file as far as it could be read.
#[derive(Debug, Default)]
pub struct Book {
    pub file: Arc<str>,
    pub sheets: Vec<Sheet>,
    /// The edition and version that the form names.
    pub stamp: Option<FormStamp>,
    /// What the names of the workbook stand for.
    pub names: BTreeMap<String, String>,
    /// What is observed about the file as a whole.
    pub observations: Observations,
    /// Whether its content is at hand; an observation says why not.
    pub readable: bool,
}

/// A sheet: cells with content, and what goes beside them.
#[derive(Debug, Default)]
pub struct Sheet {
    /// The file it is in.
    pub file: Arc<str>,
    pub name: Arc<str>,
    pub hidden: bool,
    /// Cells in reading order, by row and column.
    pub cells: BTreeMap<CellRef, Cell>,
    pub merges: Merges,
    pub hidden_rows: Spans,
    pub hidden_columns: Spans,
    /// The sheet has a filter, so its hidden rows are filtered out.
    pub filtered: bool,
    /// Text struck through, the whole of a cell or a part of it.
    pub struck: BTreeMap<CellRef, Struck>,
    /// Texts that nobody sees on the screen.
    pub unseen: BTreeMap<CellRef, Unseen>,
    /// Those of them of which a part is seen, by the part that is not.
    pub unseen_parts: BTreeMap<CellRef, String>,
    /// Texts that are as long as their file can hold.
    pub full: BTreeSet<CellRef>,
    /// The conditions that may strike a text through or hide it, where that cannot be told.
    pub doubtful: BTreeMap<CellRef, String>,
    /// The rows with the totals of table objects, and the words for them there.
    pub totals: BTreeMap<u32, Vec<String>>,
    /// Drop-downs of the cells.
    pub drop_downs: DropDowns,
    /// Superscripts and subscripts within a cell.
    pub raised: BTreeMap<CellRef, String>,
    /// Notes and threaded comments.
    pub notes: Vec<(CellRef, String)>,
    /// What lies over the cells.
    pub floating: Vec<Floating>,
    /// What could not be read as it is meant.
    pub faults: Vec<Fault>,
    /// Parts that the file says to be there for the sheet, and that are not: notes, drawings, the
    /// formats of cells with a content.
    pub lacking: BTreeSet<String>,
}

/// Something that lies over the cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Floating {
    /// The cells that are under it, where they are known.
    pub over: Option<Region>,
    /// Its text, or else what it is.
    pub words: String,
}

/// A cell, or all that follows on a sheet, that could not be read as it is meant.
#[derive(Clone, Debug)]
pub struct Fault {
    pub kind: ObservationKind,
    /// Where nothing is said, the rest of the sheet is missing.
    pub at: Option<CellRef>,
    pub found: String,
}

/// What stands for the text of a cell that could not be read: no rule takes the cell for empty.
pub const UNREADABLE: &str = "〓";

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
    /// A picture or something else without a text, by what it is.
    Object(&'static str),
}

/// Runs of rows or columns, both ends inside, the last by the first. Between any two is a gap, so
/// that a million hidden rows in a row are one run.
#[derive(Clone, Debug, Default)]
pub struct Spans(BTreeMap<u32, u32>);

impl Cell {
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), kind: Kind::Text }
    }

    /// A picture in the place of a text.
    pub fn picture() -> Self {
        Self { text: String::new(), kind: Kind::Object(PICTURE) }
    }

    /// Whether it is told already that nobody knows what is shown.
    pub fn is_unshown(&self) -> bool {
        matches!(self.kind, Kind::Unshown(_))
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

impl Spans {
    /// Adds a run, which takes in those that it meets.
    pub fn push(&mut self, mut first: u32, mut last: u32) {
        if first > last {
            return;
        }
        while let Some((&begin, &end)) = self.0.range(..=last.saturating_add(1)).next_back() {
            if end.saturating_add(1) < first {
                break;
            }
            self.0.remove(&begin);
            (first, last) = (first.min(begin), last.max(end));
        }
        self.0.insert(first, last);
    }

    pub fn contains(&self, index: u32) -> bool {
        self.0.range(..=index).next_back().is_some_and(|(_, &last)| index <= last)
    }

    /// How many runs there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

impl Book {
    pub fn new(file: Arc<str>) -> Self {
        Self { file, ..Self::default() }
    }

    /// Takes what is struck through out of the cells' text.
    pub fn leave_out_struck(&mut self) {
        self.sheets.iter_mut().for_each(Sheet::leave_out_struck);
    }

    pub fn note(&mut self, kind: ObservationKind, found: impl Into<String>) {
        self.observations.note(kind, Place::file(&self.file)).found(found);
    }
}

impl Sheet {
    /// What a part of the sheet holds; one that is not there is noted, and holds nothing.
    pub fn had<T: Default>(&mut self, content: Option<T>, part: &str) -> T {
        content.unwrap_or_else(|| {
            self.lacking.insert(part.to_owned());
            T::default()
        })
    }

    /// A cell of the sheet, for what is said of it.
    pub fn place(&self, at: CellRef) -> Place {
        Place::cell(&self.file, &self.name, at)
    }

    /// Tells of something that lies over a cell and has no words.
    pub fn float_over(&mut self, at: CellRef, what: &str) {
        let over = Some(Region::cell(at));
        self.floating.push(Floating { over, words: what.to_owned() });
    }

    /// Tells of a cell that could not be read, and gives it a text that nobody takes for its own.
    pub fn unreadable(&mut self, at: CellRef, found: String) {
        self.faults.push(Fault { kind: ObservationKind::CellUnreadable, at: Some(at), found });
        self.cells.insert(at, Cell::text(UNREADABLE));
        self.struck.remove(&at);
        self.raised.remove(&at);
    }

    /// Whether a place has a cell already: the file gives it two, and nobody knows which counts.
    /// Tells of both.
    pub fn is_given_twice(&mut self, at: CellRef, again: &str) -> bool {
        let Some(before) = self.cells.get(&at) else { return false };
        let both = format!("同じセルが2回書かれている「{}」「{again}」", before.text);
        self.unreadable(at, both);
        true
    }

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
    fn leave_out_struck(&mut self) {
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

    /// How much of what is bounded goes beside the cells.
    pub fn marks(&self) -> [(Limit, u64); 6] {
        let amounts = [
            (Limit::Marks, self.drop_downs.len()),
            (Limit::Marks, self.merges.len()),
            (Limit::Marks, self.notes.len() + self.floating.len()),
            (Limit::Marks, self.faults.len()),
            (Limit::Marks, self.lacking.len()),
            (Limit::HiddenRuns, self.hidden_rows.len()),
        ];
        amounts.map(|(limit, amount)| (limit, amount as u64))
    }

    /// What counts at a cell: its own content, or that of the cell above that it is merged with;
    /// with the place where it is written.
    pub fn effective(&self, at: CellRef) -> Option<(CellRef, &Cell)> {
        let from = self.merges.at(at).map_or(at, |merge| merge.first);
        Some((from, self.shown(from)?))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn runs_hold_what_was_added_and_are_no_more_than_they_need_be(
            runs in proptest::collection::vec((0..60u32, 0..8u32), 0..20)
        ) {
            let mut spans = Spans::default();
            for &(first, more) in &runs {
                spans.push(first, first + more);
            }
            let is_in = |index: u32| runs.iter().any(|&(first, more)| (first..=first + more).contains(&index));
            let mut begins = 0;
            for index in 0..70 {
                prop_assert_eq!(spans.contains(index), is_in(index), "{}", index);
                begins += usize::from(is_in(index) && (index == 0 || !is_in(index - 1)));
            }
            prop_assert_eq!(spans.len(), begins);
        }
    }

    #[test]
    fn runs_at_the_edges_are_joined() {
        let mut spans = Spans::default();
        spans.push(u32::MAX, u32::MAX);
        spans.push(5, 4);
        spans.push(0, u32::MAX - 1);
        assert_eq!((spans.len(), spans.contains(0), spans.contains(u32::MAX)), (1, true, true));
    }
}
