//! Bytes to sheets: tells what kind of file it is by its content, and keeps the harm of a bad
//! one to itself.
//!
//! `xlsx`, `xlsb`, `xls` and `ods` each read one format into the sheets of a [`grid::Book`];
//! `number_format` shows numbers as Excel does. The zip formats say how much they unpack to, and
//! are held to it. Whatever a dependency does with a file, down to a panic, ends as an observation of
//! that file alone.

mod appearance;
mod biff;
mod bytes;
mod conditional;
mod container;
mod drop_downs;
mod encryption;
mod formula;
pub mod grid;
mod look;
mod merges;
pub mod number_format;
mod ods;
mod package;
mod part;
mod properties;
mod refusal;
mod runs;
mod shape;
mod table_style;
mod value;
mod xls;
mod xlsb;
mod xlsx;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::diag::{CellRef, Place, Say};
use crate::edition::{Limit, Limits};
use crate::model::ObservationKind;
use grid::Book;
pub use refusal::{Refusal, within};

const ZIP: &[u8] = b"PK\x03\x04";
const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Whether a file looks as if its saving were not over yet: nothing in it, or the beginning of a
/// package without its end.
pub fn is_torn(bytes: &[u8]) -> bool {
    bytes.is_empty()
        || (bytes.starts_with(ZIP) && zip::ZipArchive::new(std::io::Cursor::new(bytes)).is_err())
}

/// A file of the submissions folder.
#[derive(Clone, Debug)]
pub struct Source {
    /// File name without its folder.
    pub name: Arc<str>,
    /// Its content, or why it could not be read from the disk. Of a file that is larger than the
    /// settings allow, no more than one byte beyond needs to be read.
    pub bytes: Result<Vec<u8>, Unread>,
}

/// Why there are no bytes of a file.
#[derive(Clone, Debug)]
pub enum Unread {
    /// It is a folder.
    Folder,
    /// The system does not let it be read.
    Refused(Say),
}

impl From<Say> for Unread {
    fn from(why: Say) -> Self {
        Self::Refused(why)
    }
}

/// What a workbook may be called, or what may hold one. Whatever else lies beside the forms and is
/// no workbook is no submission.
const WORKBOOKS: [&str; 11] =
    ["xlsx", "xlsm", "xltx", "xltm", "xls", "xlt", "xlsb", "ods", "ots", "fods", "zip"];

/// Whether a file is called neither a workbook nor something that may hold one.
fn is_called_otherwise(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase());
    extension.is_some_and(|extension| !WORKBOOKS.contains(&extension.as_str()))
}

/// Reads a file; never fails, never panics.
pub fn read(source: Source, limits: &Limits) -> Book {
    let Source { name: file, bytes } = source;
    let outcome = match bytes {
        _ if file.starts_with("~$") => Err(Refusal::new(ObservationKind::LockFile, "")),
        Err(Unread::Folder) => Err(Refusal::new(ObservationKind::StrayFile, "フォルダー")),
        Err(Unread::Refused(why)) => Err(Refusal::unreadable(why)),
        Ok(bytes) => contained(|| {
            let mut book = Book::new(file.clone());
            fill(&mut book, &bytes, limits)?;
            on_the_sheets(book)
        }),
    };
    outcome.unwrap_or_else(|refusal| {
        let is_lasting =
            ![ObservationKind::LockFile, ObservationKind::Unreadable].contains(&refusal.kind);
        let refusal = if is_lasting && is_called_otherwise(&file) {
            let is_told = refusal.kind == ObservationKind::NotAWorkbook;
            Refusal::new(ObservationKind::StrayFile, if is_told { &refusal.found } else { "" })
        } else {
            refusal
        };
        let mut book = Book::new(file);
        refusal.note(Place::file(&book.file), &mut book.observations);
        book
    })
}

/// What a reader makes of a file, or why it makes nothing of it; a panic is a reason too.
fn contained(read: impl FnOnce() -> Result<Book, Refusal>) -> Result<Book, Refusal> {
    let outcome = catch_unwind(AssertUnwindSafe(read));
    outcome.unwrap_or_else(|_| Err(Refusal::new(ObservationKind::Panicked, "")))
}

/// The last row and column that a sheet can have.
const LAST: CellRef = CellRef::new(1_048_575, 16_383);

/// A book that was read whole. A file whose content lies beyond the edge of a sheet is damaged:
/// the binary formats can name cells that there are not.
fn on_the_sheets(mut book: Book) -> Result<Book, Refusal> {
    let beyond = |at: &&CellRef| at.row > LAST.row || at.column > LAST.column;
    for sheet in &mut book.sheets {
        let notes = sheet.notes.iter().map(|(at, _)| at);
        let floating = sheet.floating.iter().filter_map(|thing| Some(&thing.over.as_ref()?.first));
        if let Some(at) = sheet.cells.keys().chain(notes).chain(floating).find(beyond) {
            return Err(Refusal::damaged(format!("シートにないセル {at}")));
        }
        sheet.file = book.file.clone();
    }
    book.readable = true;
    Ok(book)
}

fn fill(book: &mut Book, bytes: &[u8], limits: &Limits) -> Result<(), Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::new(ObservationKind::EmptyFile, "0バイト"));
    }
    within(limits, [(Limit::File, bytes.len() as u64)])?;
    if bytes.starts_with(OLE) {
        let container = container::Container::open(bytes)?;
        return match encryption::package_in(&container)? {
            Some(package) => of_package(book, &package, limits),
            None => xls::fill(book, &container, limits),
        };
    }
    if !bytes.starts_with(ZIP) {
        return of_text(book, bytes, limits);
    }
    of_package(book, bytes, limits)
}

fn of_package(book: &mut Book, bytes: &[u8], limits: &Limits) -> Result<(), Refusal> {
    let mut parts = part::Parts::open(bytes, limits)?;
    match parts.format()? {
        part::Format::Xlsx => xlsx::fill(book, bytes, &mut parts),
        part::Format::Xlsb => xlsb::fill(book, &mut parts),
        part::Format::Ods => ods::fill(book, &mut parts),
    }
}

/// A file that is no container: a flat Open Document, or none of ours.
fn of_text(book: &mut Book, bytes: &[u8], limits: &Limits) -> Result<(), Refusal> {
    let Some(xml) = part::Xml::of_file(bytes.to_vec(), limits) else {
        return Err(Refusal::new(ObservationKind::NotAWorkbook, kind_of_text(bytes)));
    };
    let is_document = xml.contains("<office:document");
    if is_document && xml.contains(part::SPREADSHEET) {
        within(limits, [(Limit::Unpacked, xml.len() as u64)])?;
        return ods::fill_flat(book, &xml, limits);
    }
    if is_document {
        return Err(Refusal::new(ObservationKind::NotAWorkbook, "ODF"));
    }
    if xml.contains("\"urn:schemas-microsoft-com:office:spreadsheet\"") {
        return Err(saved_otherwise("XML スプレッドシート 2003"));
    }
    match kind_of_text(xml.as_bytes()) {
        "HTML" if xml.contains("<table") || xml.contains("<TABLE") => Err(saved_otherwise("HTML")),
        kind => Err(Refusal::new(ObservationKind::NotAWorkbook, kind)),
    }
}

/// A table in a form that Excel opens and that keeps too little of the workbook.
fn saved_otherwise(form: &str) -> Refusal {
    let why = say!(
        "{form} の形式で保存されています。Excel で開き、「名前を付けて保存」で .xlsx にしてください",
        "it is saved as {form}; open it in Excel and save it as .xlsx"
    );
    Refusal { why, ..Refusal::new(ObservationKind::NotAWorkbook, form) }
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
    } else if has(b"<?xml") || lower.starts_with(b"<") {
        "XML"
    } else if !head.contains(&0) {
        "文字だけのファイル"
    } else {
        ""
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_of_a_dependency_becomes_an_observation_of_its_file_alone() {
        let nothing: &[u8] = &[];
        let outcome = contained(|| Err(Refusal::damaged(nothing[Book::default().sheets.len()])));
        assert_eq!(outcome.unwrap_err().kind, ObservationKind::Panicked);
    }
}
