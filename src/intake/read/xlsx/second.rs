//! The same cells once more, by another reader: where the two do not agree, nobody knows which of
//! them is right.
//!
//! The other reader is calamine. It refuses more than Excel does (a sheet of macros, an odd
//! dimension), and then has nothing to say. What it is known to get wrong it is not asked: values
//! with comments, white space or references inside, and the texts of a workbook that has empty
//! ones, which it does not count.

use std::borrow::Cow;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader, Xlsx};

use super::super::grid::{Fault, Sheet};
use crate::diag::CellRef;
use crate::model::ObservationKind;

/// The workbook as the other reader has it, if it can read it.
pub struct Second<'b>(Option<Xlsx<Cursor<&'b [u8]>>>);

/// The cells of a sheet that have something in them, in reading order.
pub struct Cells<'a> {
    cells: Vec<(CellRef, DataRef<'a>)>,
    /// Where the next cell is to be expected.
    next: usize,
}

/// A value as our own reader has it.
pub enum Own<'a> {
    Text(Cow<'a, str>),
    Number(f64),
    Truth(bool),
}

impl<'b> Second<'b> {
    pub fn open(bytes: &'b [u8]) -> Self {
        Self(contained(|| Xlsx::new(Cursor::new(bytes)).ok()))
    }

    /// Nobody that is asked.
    pub fn none() -> Self {
        Self(None)
    }

    pub fn of_sheet(&mut self, name: &str) -> Option<Cells<'_>> {
        let workbook = self.0.as_mut()?;
        contained(move || {
            let mut reader = workbook.worksheet_cells_reader(name).ok()?;
            let mut cells = Vec::new();
            while let Some(cell) = reader.next_cell().ok()? {
                let (row, column) = cell.get_position();
                let value = cell.get_value().clone();
                if value != DataRef::Empty {
                    cells.push((CellRef::new(row, column), value));
                }
            }
            cells.sort_by_key(|(at, _)| *at);
            // Of a cell that is there twice, ours tells.
            cells.dedup_by_key(|(at, _)| *at);
            Some(Cells { cells, next: 0 })
        })
    }
}

/// What the other reader says; nothing where it fails.
fn contained<T>(read: impl FnOnce() -> Option<T>) -> Option<T> {
    catch_unwind(AssertUnwindSafe(read)).ok().flatten()
}

impl Cells<'_> {
    /// What the other reader says of a cell, where that is not what ours says.
    pub fn contradiction(&mut self, at: CellRef, own: &Own) -> Option<String> {
        let other = self.at(at);
        let agrees = match (own, other) {
            (Own::Text(own), Some(DataRef::String(other))) => is_same(own, other),
            (Own::Text(own), Some(DataRef::SharedString(other))) => is_same(own, other),
            (Own::Text(own), None) => own.trim().is_empty(),
            (Own::Number(own), Some(DataRef::Float(other))) => is_near(*own, *other),
            (Own::Number(own), Some(DataRef::Int(other))) => is_near(*own, *other as f64),
            (Own::Number(own), Some(DataRef::DateTime(other))) => is_near(*own, other.as_f64()),
            (Own::Truth(own), Some(DataRef::Bool(other))) => own == other,
            _ => false,
        };
        (!agrees).then(|| format!("「{}」と「{}」", own.say(), other.map_or_else(nothing, say)))
    }

    /// The cells that the other reader has and ours has not.
    pub fn missing(&self, sheet: &Sheet) -> Vec<Fault> {
        let more = self.cells.iter().filter(|(at, _)| !sheet.cells.contains_key(at));
        let told = more.map(|(at, value)| (at, say(value)));
        told.filter(|(_, text)| !text.trim().is_empty())
            .map(|(at, text)| Fault {
                kind: ObservationKind::ReadingsDiffer,
                at: Some(*at),
                found: format!("「{}」と「{text}」", nothing()),
            })
            .collect()
    }

    fn at(&mut self, at: CellRef) -> Option<&DataRef<'_>> {
        // Nearly always the next one.
        let is_next = self.cells.get(self.next).is_some_and(|(next, _)| *next == at);
        let index = if is_next {
            self.next
        } else {
            self.cells.binary_search_by_key(&at, |(at, _)| *at).ok()?
        };
        self.next = index + 1;
        self.cells.get(index).map(|(_, value)| value)
    }
}

impl Own<'_> {
    fn say(&self) -> String {
        match self {
            Self::Text(text) => text.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Truth(truth) => truth_text(*truth).to_owned(),
        }
    }
}

fn nothing() -> String {
    "空欄".to_owned()
}

fn truth_text(truth: bool) -> &'static str {
    if truth { "TRUE" } else { "FALSE" }
}

fn say(value: &DataRef) -> String {
    match value {
        DataRef::Empty => nothing(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::DateTime(date) => date.as_f64().to_string(),
        DataRef::Bool(truth) => truth_text(*truth).to_owned(),
        DataRef::Error(error) => error.to_string(),
    }
}

/// Whether two texts are the same but for white space and characters that cannot be seen, with
/// which readers deal differently.
fn is_same(own: &str, other: &str) -> bool {
    let letters = |text: &'_ str| -> Vec<char> {
        text.chars().filter(|c| !c.is_whitespace() && !c.is_control() && *c != '\u{FFFD}').collect()
    };
    own == other || letters(own) == letters(other)
}

/// Whether two numbers are the same but for the last of their binary digits.
fn is_near(own: f64, other: f64) -> bool {
    own == other || (own - other).abs() <= own.abs() * 1e-13
}
