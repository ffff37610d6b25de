//! Bytes to sheets: tells what kind of file it is by its content, and keeps the harm of a bad
//! one to itself.
//!
//! The zip formats say how much they unpack to, and are held to it. Whatever a dependency does with a
//! file, down to a panic, ends as an oddity of that file alone.

mod biff;
mod bytes;
mod ods;
mod package;
mod part;
mod runs;
mod xls;
mod xlsb;
mod xlsx;

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{CellErrorType, DataRef};

use super::Source;
use super::grid::{Book, Cell, Kind};
use super::number_format::{self, builtin};
use crate::diag::CellRef;
use crate::edition::{Limit, Limits};
use crate::model::OddityKind;

/// Why a file has no content for us: the kind of oddity, and what a reader of the finding may
/// want to know.
#[derive(Debug)]
struct Refusal {
    kind: OddityKind,
    found: String,
    expected: String,
}

impl Refusal {
    fn new(kind: OddityKind, found: impl ToString) -> Self {
        Self { kind, found: found.to_string(), expected: String::new() }
    }

    fn damaged(found: impl ToString) -> Self {
        let found = found.to_string();
        // What is most often wrong, in the words of users: the directory is the end of the file.
        let is_cut_off = found.contains("Could not find EOCD");
        Self::new(
            OddityKind::Damaged,
            if is_cut_off {
                "ファイルの終わりの部分がない（途中で切れている）".into()
            } else {
                found
            },
        )
    }

    /// With the name of the sheet where it was met.
    fn on_sheet(self, name: &str) -> Self {
        Self { found: format!("「{name}」: {}", self.found), ..self }
    }

    /// What goes beyond a limit: which, by how much, and the key that raises it.
    fn beyond(limits: &Limits, limit: Limit, found: u64) -> Self {
        let (key, most) = (limit.key(), limit.show(limits.most(limit)));
        // Of a file that is too large, no more is read than shows it.
        let found = match limit {
            Limit::File => format!("{most}より大きい"),
            _ => limit.show(found),
        };
        Self {
            kind: OddityKind::TooLarge,
            found: format!("{} {found}", limit.label()),
            expected: format!("{most}以下（edition.toml の [limits] の {key}）"),
        }
    }
}

/// What the cells of a workbook hold so far, within its limits.
#[derive(Debug, Default)]
struct Budget {
    limits: Limits,
    cells: u64,
    text: u64,
}

impl Budget {
    fn new(limits: &Limits) -> Self {
        Self { limits: *limits, ..Self::default() }
    }

    /// Counts a cell. As reading ends beyond a limit, what is found is no more than that.
    fn spend(&mut self, cell: &Cell) -> Result<(), Refusal> {
        self.cells += 1;
        self.text += cell.text.len() as u64;
        let characters = cell.text.chars().count() as u64;
        let amounts = [
            (Limit::CellCharacters, characters),
            (Limit::Cells, self.cells),
            (Limit::Text, self.text),
        ];
        within(&self.limits, amounts)
    }
}

/// Refuses the first amount that is beyond its limit.
fn within(limits: &Limits, amounts: impl IntoIterator<Item = (Limit, u64)>) -> Result<(), Refusal> {
    let beyond = amounts.into_iter().find(|&(limit, amount)| amount > limits.most(limit));
    beyond.map_or(Ok(()), |(limit, amount)| Err(Refusal::beyond(limits, limit, amount)))
}

const ZIP: &[u8] = b"PK\x03\x04";
const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Whether a file looks as if its saving were not over yet: nothing in it, or the beginning of a
/// package without its end.
pub fn is_torn(bytes: &[u8]) -> bool {
    bytes.is_empty() || (bytes.starts_with(ZIP) && zip::ZipArchive::new(cursor(bytes)).is_err())
}

/// Reads a file; never fails, never panics.
pub fn read(source: Source, limits: &Limits) -> Book {
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
    contained(book, |book| fill(book, &bytes, limits))
}

/// The book as `fill` leaves it; an oddity alone where it refuses, or panics.
fn contained(mut book: Book, fill: impl FnOnce(&mut Book) -> Result<(), Refusal>) -> Book {
    let name = book.file.clone();
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let mut book = Book::new(name);
        fill(&mut book).and_then(|()| on_the_sheets(book))
    }));
    match outcome {
        Ok(Ok(mut read)) => {
            read.readable = true;
            read
        }
        Ok(Err(refusal)) => {
            book.note(refusal.kind, refusal.found);
            if let Some(oddity) = book.oddities.last_mut() {
                oddity.expected = refusal.expected;
            }
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

fn fill(book: &mut Book, bytes: &[u8], limits: &Limits) -> Result<(), Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::new(OddityKind::EmptyFile, "0バイト"));
    }
    within(limits, [(Limit::File, bytes.len() as u64)])?;
    if bytes.starts_with(OLE) {
        return xls::fill(book, bytes, limits);
    }
    if !bytes.starts_with(ZIP) {
        return Err(Refusal::new(OddityKind::NotAWorkbook, kind_of_text(bytes)));
    }
    let mut parts = part::Parts::open(bytes, limits)?;
    match parts.format()? {
        part::Format::Xlsx => xlsx::fill(book, &mut parts),
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
        "文字だけのファイル"
    } else {
        ""
    }
}

/// A value of calamine's as the sheet shows it under a number format; `None` where there is
/// nothing to be seen.
fn shown(value: &DataRef<'_>, format: &str, date1904: bool) -> Option<Cell> {
    let cell = match value {
        DataRef::Empty => return None,
        DataRef::String(text) => text_cell(text, format),
        DataRef::SharedString(text) => text_cell(text, format),
        DataRef::Int(number) => number_cell(*number as f64, format, date1904),
        DataRef::Float(number) => number_cell(*number, format, date1904),
        DataRef::DateTime(date) => number_cell(date.as_f64(), format, date1904),
        DataRef::Bool(truth) => {
            Cell { text: if *truth { "TRUE" } else { "FALSE" }.into(), kind: Kind::Truth }
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            Cell { text: text.clone(), kind: Kind::Date }
        }
        DataRef::Error(error) => Cell { text: error_text(error).into(), kind: Kind::Error },
    };
    (!cell.text.is_empty()).then_some(cell)
}

fn number_cell(value: f64, format: &str, date1904: bool) -> Cell {
    match number_format::show(value, format, date1904) {
        Ok(text)
            if !text.is_empty() && !number_format::hides_sign(value, format, date1904, &text) =>
        {
            let is_date = number_format::is_date(value, format);
            Cell { text, kind: if is_date { Kind::Date } else { Kind::Number } }
        }
        // A value that its format hides, or the sign of which it shows by a colour alone, is shown
        // plainly, and told of.
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

/// The error values that every spreadsheet program knows.
const KNOWN_ERRORS: [&str; 7] =
    ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_of_a_dependency_becomes_an_oddity_of_its_file_alone() {
        let book = contained(Book::new("01.xlsx".into()), |book| {
            book.note(OddityKind::HasMacros, "half done");
            let nothing: &[u8] = &[];
            Err(Refusal::damaged(nothing[book.sheets.len()]))
        });
        assert!(!book.readable);
        let kinds: Vec<OddityKind> = book.oddities.iter().map(|oddity| oddity.kind).collect();
        assert_eq!(kinds, [OddityKind::Panicked]);
    }
}
