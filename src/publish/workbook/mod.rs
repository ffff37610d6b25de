//! The consolidated workbook (別冊の取りまとめ), one file per sheet.
//!
//! Reviewers compare these workbooks from version to version: the order is the printed order,
//! every row has its id, and nothing in it depends on when or where it was made.

pub mod comparison;
mod cover;
mod data;
mod findings;
mod kpis;
mod measures;
mod reposts;
mod summary;

use rust_xlsxwriter::{Workbook, Worksheet};

use crate::edition::Edition;
use crate::model::tables::TABLES;
use crate::model::{Annex, Category, Front, Pillar};
use crate::proof::report::Report;
use crate::xlsx::{self, Properties};

pub use crate::xlsx::WriteError;

/// The workbook as the bytes of an `.xlsx` file; the same input gives the same bytes.
///
/// # Errors
/// A text too long for a cell, or a model too large for a sheet.
pub fn render(edition: &Edition, annex: &Annex, report: &Report) -> Result<Vec<u8>, WriteError> {
    let document = document(&annex.front);
    let mut workbook = xlsx::workbook(&Properties {
        title: &document,
        subject: &annex.front.chapter,
        author: &annex.front.issuer,
        year: edition.year,
    })?;
    let (book, title) = (&mut workbook, document.as_str());
    cover::write(sheet(book, title, cover::NAME)?, annex, report)?;
    measures::write(sheet(book, title, measures::NAME)?, annex)?;
    kpis::write(sheet(book, title, kpis::NAME)?, annex)?;
    summary::write(sheet(book, title, summary::NAME)?, edition, annex)?;
    reposts::write(sheet(book, title, reposts::NAME)?, annex)?;
    findings::write(sheet(book, title, findings::NAME)?, report)?;
    for table in TABLES {
        data::write(sheet(book, title, &data::name(table))?, table, annex)?;
    }
    data::codes(sheet(book, title, data::CODES)?, annex)?;
    data::guide(sheet(book, title, data::GUIDE)?)?;
    Ok(workbook.save_to_buffer()?)
}

/// A new sheet, set up for print.
fn sheet<'a>(
    book: &'a mut Workbook,
    title: &str,
    name: &str,
) -> Result<&'a mut Worksheet, WriteError> {
    let sheet = book.add_worksheet().set_name(name)?;
    xlsx::page(sheet, title, name != cover::NAME)?;
    Ok(sheet)
}

/// 「みやぎDX推進ポリシー 別冊 第1.0版」
fn document(front: &Front) -> String {
    [&front.title, &front.volume, &front.version]
        .into_iter()
        .filter(|part| !part.is_empty())
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(" ")
}

/// 「1 暮らしのDX」
fn pillar_label(pillar: &Pillar) -> String {
    format!("{} {}", pillar.number, pillar.title)
}

/// 「1(1) 子育て支援」, as the forms call it.
fn category_label(category: &Category) -> String {
    format!("{} {}", category.id, category.title)
}

/// The cell of a field without its file: 「様式１　個別施策!F9」.
fn source_cell(at: &crate::diag::Place) -> String {
    match (&at.sheet, at.cell) {
        (Some(sheet), Some(cell)) => format!("{sheet}!{cell}"),
        (Some(sheet), None) => sheet.to_string(),
        (None, Some(cell)) => cell.to_string(),
        (None, None) => String::new(),
    }
}

/// The first of the columns that say which cell a row comes from; nothing is right of them.
const SOURCE: &str = "出典ファイル";

/// Leaves the source columns out of the print: on paper the texts need the width, and who looks
/// up a source cell sits at the screen.
fn print_without_source(
    sheet: &mut Worksheet,
    columns: &[xlsx::Column],
    rows: usize,
) -> Result<(), WriteError> {
    let source = columns.iter().position(|column| column.label == SOURCE);
    let last = source.unwrap_or(columns.len()).saturating_sub(1);
    let [last_row, last_column] = [rows, last].map(|n| u32::try_from(n).unwrap_or(u32::MAX));
    sheet.set_print_area(0, 0, last_row, u16::try_from(last_column).unwrap_or(u16::MAX))?;
    Ok(())
}

/// The cells of a column below its header, for formulas: `'個別施策'!$C$2:$C$191`; of an empty
/// table the header, which no formula counts, because an empty cell can be counted.
fn column_range(sheet: &str, columns: &[xlsx::Column], label: &str, rows: usize) -> String {
    let column = columns.iter().position(|c| c.label == label).unwrap_or(0);
    let letters = crate::diag::CellRef::column_letters(u32::try_from(column).unwrap_or(0));
    format!("'{sheet}'!${letters}${}:${letters}${}", if rows == 0 { 1 } else { 2 }, rows + 1)
}
