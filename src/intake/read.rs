//! Bytes to sheets: tells what kind of file it is by its content, and keeps the harm of a bad
//! one to itself.
//!
//! The zip formats are measured before anything is unpacked. Whatever a dependency does with a
//! file, down to a panic, ends as an oddity of that file alone.

mod biff;
mod mend;
mod ods;
mod package;
mod part;
mod xls;
mod xlsb;
mod xlsx;

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{CellErrorType, DataRef};

use super::grid::{Book, Cell, Kind};
use super::number_format::{self, builtin};
use super::{Source, limits};
use crate::diag::CellRef;
use crate::model::OddityKind;

/// Why a file has no content for us: the kind of oddity, and what a reader of the finding may
/// want to know.
#[derive(Debug)]
struct Refusal {
    kind: OddityKind,
    found: String,
}

impl Refusal {
    fn new(kind: OddityKind, found: impl ToString) -> Self {
        Self { kind, found: found.to_string() }
    }

    fn damaged(found: impl ToString) -> Self {
        Self::new(OddityKind::Damaged, found)
    }

    fn too_large(what: &str, found: impl ToString, limit: impl ToString) -> Self {
        let found = format!("{what}: {}（上限 {}）", found.to_string(), limit.to_string());
        Self::new(OddityKind::TooLarge, found)
    }
}

/// What the cells of a workbook may still hold.
#[derive(Debug)]
struct Budget {
    cells: usize,
    text: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { cells: limits::CELLS, text: limits::TEXT_BYTES }
    }
}

impl Budget {
    /// Takes a cell off.
    fn spend(&mut self, cell: &Cell) -> Result<(), Refusal> {
        let Some(cells) = self.cells.checked_sub(1) else {
            return Err(Refusal::too_large("セルの数", "上限超過", limits::CELLS));
        };
        let Some(text) = self.text.checked_sub(cell.text.len()) else {
            return Err(Refusal::too_large("文字の量（バイト）", "上限超過", limits::TEXT_BYTES));
        };
        *self = Self { cells, text };
        Ok(())
    }
}

const ZIP: &[u8] = b"PK\x03\x04";
const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Reads a file; never fails, never panics.
pub fn read(source: Source) -> Book {
    let mut book = Book::new(source.name);
    if book.file.starts_with("~$") {
        book.note(OddityKind::LockFile, "");
        return book;
    }
    let bytes = match source.bytes {
        Ok(bytes) => bytes,
        Err(message) => {
            book.note(OddityKind::Unreadable, message);
            return book;
        }
    };
    let name = book.file.clone();
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let mut book = Book::new(name);
        fill(&mut book, &bytes).and_then(|()| on_the_sheets(book))
    }));
    match outcome {
        Ok(Ok(mut read)) => {
            read.readable = true;
            for sheet in &mut read.sheets {
                sheet.merges.sort_by_key(|merge| (merge.first.column, merge.first.row));
            }
            read
        }
        Ok(Err(refusal)) => {
            book.note(refusal.kind, refusal.found);
            book
        }
        Err(_) => {
            book.note(OddityKind::Panicked, "");
            book
        }
    }
}

/// The last row and column that a sheet can have.
const LAST: CellRef = CellRef::new(1_048_575, 16_383);

/// A file whose content lies beyond the edge of a sheet is damaged: the binary formats can name
/// cells that there are not.
fn on_the_sheets(book: Book) -> Result<Book, Refusal> {
    let beyond = |at: &&CellRef| at.row > LAST.row || at.column > LAST.column;
    for sheet in &book.sheets {
        let notes = sheet.notes.iter().map(|(at, _)| at);
        let floating = sheet.floating.iter().filter_map(|(at, _)| at.as_ref());
        if let Some(at) = sheet.cells.keys().chain(notes).chain(floating).find(beyond) {
            return Err(Refusal::damaged(format!("シートにないセル {at}")));
        }
    }
    Ok(book)
}

fn fill(book: &mut Book, bytes: &[u8]) -> Result<(), Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::new(OddityKind::EmptyFile, "0"));
    }
    if bytes.len() > limits::FILE_BYTES {
        return Err(Refusal::too_large(
            "ファイルの大きさ（バイト）",
            "上限超過",
            limits::FILE_BYTES,
        ));
    }
    if bytes.starts_with(OLE) {
        return xls::fill(book, bytes);
    }
    if !bytes.starts_with(ZIP) {
        return Err(Refusal::new(OddityKind::NotAWorkbook, kind_of_text(bytes)));
    }
    let mut parts = part::Parts::open(bytes)?;
    match parts.format()? {
        part::Format::Xlsx => xlsx::fill(book, bytes, &mut parts),
        part::Format::Xlsb => xlsb::fill(book, bytes, &mut parts),
        part::Format::Ods => ods::fill(book, &mut parts),
    }
}

/// What a file that is no workbook seems to be, for the finding.
fn kind_of_text(bytes: &[u8]) -> &'static str {
    let head = bytes.get(..512).unwrap_or(bytes);
    let lower = head.to_ascii_lowercase();
    let has = |word: &[u8]| lower.windows(word.len()).any(|w| w == word);
    if head.starts_with(b"%PDF") {
        "PDF"
    } else if has(b"<html") || has(b"<table") {
        "HTML"
    } else if has(b"<?xml") {
        "XML"
    } else if !head.contains(&0) {
        "テキスト"
    } else {
        ""
    }
}

/// A value of calamine's as the sheet shows it under a number format; `None` where there is
/// nothing to be seen.
fn shown(value: &DataRef<'_>, format: &str, date1904: bool) -> Result<Option<Cell>, Refusal> {
    let cell = match value {
        DataRef::Empty => return Ok(None),
        DataRef::String(text) => text_cell(text, format),
        DataRef::SharedString(text) => text_cell(text, format),
        DataRef::Int(number) => number_cell(*number as f64, format, date1904),
        DataRef::Float(number) => number_cell(*number, format, date1904),
        DataRef::DateTime(date) => {
            let cell = number_cell(date.as_f64(), format, date1904);
            let kind = if cell.kind == Kind::Number { Kind::Date } else { cell.kind };
            Cell { kind, ..cell }
        }
        DataRef::Bool(truth) => {
            Cell { text: if *truth { "TRUE" } else { "FALSE" }.into(), kind: Kind::Truth }
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            Cell { text: text.clone(), kind: Kind::Date }
        }
        DataRef::Error(error) => Cell { text: error_text(error).into(), kind: Kind::Error },
    };
    if cell.text.is_empty() {
        return Ok(None);
    }
    let length = cell.text.chars().count();
    if length > limits::CELL_CHARS {
        return Err(Refusal::too_large("１セルの文字数", length, limits::CELL_CHARS));
    }
    Ok(Some(cell))
}

fn number_cell(value: f64, format: &str, date1904: bool) -> Cell {
    match number_format::show(value, format, date1904) {
        Ok(text) if !text.is_empty() => Cell { text, kind: Kind::Number },
        // A value that its format hides is shown plainly, and told of.
        _ => {
            let text = number_format::show(value, "General", date1904);
            let text = text.unwrap_or_else(|_| value.to_string());
            Cell { text, kind: Kind::Unshown(format.to_owned()) }
        }
    }
}

fn text_cell(text: &str, format: &str) -> Cell {
    if !format.contains(['@', ';']) || format == "@" {
        return Cell::text(text);
    }
    match number_format::show_text(text, format) {
        Ok(shown) if !shown.is_empty() || text.is_empty() => Cell::text(shown),
        _ => Cell { text: text.to_owned(), kind: Kind::Unshown(format.to_owned()) },
    }
}

fn error_text(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#GETTING_DATA",
    }
}

/// A reader over bytes for calamine.
fn cursor(bytes: &[u8]) -> Cursor<&[u8]> {
    Cursor::new(bytes)
}
