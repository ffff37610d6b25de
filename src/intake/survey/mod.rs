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
use crate::model::{Contact, Observations, Outcome, Receipt};
use crate::schema::{foreign, keys};

/// What a file shows.
#[derive(Debug)]
pub struct Survey {
    pub file: Arc<str>,
    pub tables: Vec<Table>,
    /// Texts that may say what the file is about: the first line of the instructions, and those
    /// above the tables.
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
    /// It is no column of the sheet: its cells are the headings between the rows.
    pub is_between: bool,
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
    locate::refuse_unsound(&mut book);
    let observations = std::mem::take(&mut book.observations);
    let mut tables = Vec::new();
    for sheet in book.sheets.iter().filter(|sheet| !sheet.hidden && !is_guide(sheet)) {
        tables.extend(table::tables(&book, sheet));
    }
    Survey {
        file: book.file.clone(),
        titles: titles(&book, &tables),
        tables,
        receipt: receipt(&book, observations),
    }
}

/// The first line of the instructions, and the lines above the tables.
fn titles(book: &grid::Book, tables: &[Table]) -> Vec<String> {
    let guides = book.sheets.iter().filter(|sheet| !sheet.hidden && is_guide(sheet));
    let first = |sheet: &grid::Sheet| {
        let row = sheet.cells.iter().find(|(_, cell)| !cell.is_blank())?.0.row;
        let mut cells = sheet.row(row);
        let title = cells.next()?.1.text.trim().to_owned();
        (cells.next().is_none() && !is_aside(&title)).then_some(title)
    };
    let above = tables.iter().map(|table| table.title.clone()).filter(|title| !title.is_empty());
    guides.filter_map(first).chain(above).collect()
}

fn receipt(book: &grid::Book, observations: Observations) -> Receipt {
    Receipt {
        file: book.file.clone(),
        department: None,
        stated_department: None,
        round: None,
        round_at: Vec::new(),
        contact: Contact::default(),
        form: book.stamp.clone(),
        outcome: if book.readable { Outcome::Read } else { Outcome::Unreadable },
        measures: 0,
        kpis: 0,
        tables: Vec::new(),
        observations,
    }
}

/// What stands beside the label of a word, in the rows before `end`.
fn beside(sheet: &grid::Sheet, word: locate::Word, end: u32) -> Option<String> {
    let words = locate::HeadingLabels::new();
    words.value_of(word, sheet, 0..end).map(|(_, text)| text)
}

/// The department that stands above a table, under whatever an office calls it: 「所管部：企画部」.
fn department(sheet: &grid::Sheet, end: u32) -> Option<String> {
    let is_label = |text: &str| foreign::column(text) == Some(keys::DEPARTMENT);
    let others = || {
        (0..end).find_map(|row| {
            let mut cells = sheet.row(row).map(|(_, cell)| cell.text.trim());
            let label = cells.next()?;
            match label.split_once(['：', ':']) {
                Some((label, name)) => is_label(label).then(|| name.trim().to_owned()),
                None => cells.next().filter(|_| is_label(label)).map(str::to_owned),
            }
        })
    };
    let found = beside(sheet, locate::Word::Department, end).or_else(others);
    found.filter(|name| !name.is_empty())
}

/// Whether a text is a label with its value: 「所管部：企画部」.
fn is_aside(text: &str) -> bool {
    let label = text.split_once(['：', ':']).map(|(label, _)| label);
    let is_word = |label: &str| locate::HeadingLabels::new().has(label.trim());
    label.is_some_and(|label| foreign::is_known(label) || is_word(label))
}
