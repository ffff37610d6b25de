//! Workbooks of a shape that nobody has declared: which tables they have, with the labels, the
//! drop-downs and the cells of each.
//!
//! [`header`] finds the rows of labels by how they look; what the labels mean is not asked here.
//! The result is plain data, for whoever makes settings of it.

mod drop_down;
mod header;
mod table;

use std::sync::Arc;

use super::locate::is_guide;
use super::read::{grid, read};
use super::{Source, locate};
use crate::edition::Limits;
use crate::model::{Observations, Outcome, Receipt};

/// What a file shows.
#[derive(Debug)]
pub struct Survey {
    pub file: Arc<str>,
    pub tables: Vec<Table>,
    /// Texts that may say what the file is about: the first line of each sheet, the instructions
    /// first.
    pub titles: Vec<String>,
    /// What was observed while it was read; why it could not be read, above all.
    pub receipt: Receipt,
}

/// A table of a sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    pub sheet: Arc<str>,
    /// The row of its labels, from 0.
    pub header: u32,
    /// The line above it, if there is one.
    pub title: String,
    /// The department and the date of reference that stand above it.
    pub department: Option<String>,
    pub as_of: Option<String>,
    pub columns: Vec<Column>,
    /// How many rows of data it has.
    pub rows: usize,
}

/// A column of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Column {
    /// Its number on the sheet, from 0.
    pub at: u32,
    /// The label over this column and others; empty where there is none.
    pub head: String,
    pub label: String,
    pub hidden: bool,
    /// What its drop-down offers; nothing where it has none, or where that is not known.
    pub choices: Vec<String>,
    /// What the sample row has.
    pub sample: String,
    /// What it shows in each row of data; `None` for nothing.
    pub cells: Vec<Option<Cell>>,
}

/// What a cell shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    pub text: String,
    pub kind: Kind,
}

/// What a cell holds behind its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Number,
    Date,
}

impl Column {
    /// The label with what stands over it: 「R8年度目標」.
    pub fn full_label(&self) -> String {
        if self.label.contains(&self.head) {
            self.label.clone()
        } else {
            format!("{}{}", self.head, self.label)
        }
    }

    /// The cells that show something.
    pub fn filled(&self) -> impl Iterator<Item = &Cell> {
        self.cells.iter().flatten()
    }
}

/// Looks through a file. Never fails: the receipt says what could not be read.
pub fn survey(source: Source) -> Survey {
    let mut book = read(source, &Limits::default());
    let observations = std::mem::take(&mut book.observations);
    let mut tables = Vec::new();
    for sheet in book.sheets.iter().filter(|sheet| !sheet.hidden && !is_guide(sheet)) {
        tables.extend(table::tables(&book, sheet));
    }
    Survey {
        file: book.file.clone(),
        titles: titles(&book),
        tables,
        receipt: receipt(&book, observations),
    }
}

fn titles(book: &grid::Book) -> Vec<String> {
    let (guides, others): (Vec<_>, Vec<_>) =
        book.sheets.iter().filter(|sheet| !sheet.hidden).partition(|sheet| is_guide(sheet));
    let first = |sheet: &grid::Sheet| {
        let row = sheet.cells.iter().find(|(_, cell)| !cell.is_blank())?.0.row;
        let mut cells = sheet.row(row);
        let title = cells.next()?.1.text.trim().to_owned();
        cells.next().is_none().then_some(title)
    };
    guides.into_iter().chain(others).filter_map(first).collect()
}

fn receipt(book: &grid::Book, observations: Observations) -> Receipt {
    Receipt {
        file: book.file.clone(),
        department: None,
        stated_department: None,
        round: None,
        form: book.stamp.clone(),
        outcome: if book.readable { Outcome::Read } else { Outcome::Unreadable },
        measures: 0,
        kpis: 0,
        observations,
    }
}

/// A text as a label or a value above a table: what is beside it, in the rows before `end`.
fn beside(sheet: &grid::Sheet, word: locate::Word, end: u32) -> Option<String> {
    let words = locate::HeadingLabels::new();
    words.value_of(word, sheet, 0..end).map(|(_, text)| text)
}
