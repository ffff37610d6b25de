//! The consolidated workbook (別冊の取りまとめ), one file per sheet.
//!
//! Reviewers compare these workbooks from version to version: the order is the printed order,
//! every row has its id, and nothing in it depends on when or where it was made.

mod changes;
mod columns;
pub mod comparison;
mod cover;
mod data;
mod definitions;
mod findings;
mod kpis;
mod measures;
pub mod progress;
mod reposts;
mod summary;

use std::borrow::Cow;

use rust_xlsxwriter::{Workbook, Worksheet};

use crate::compare::Comparison;
use crate::edition::Edition;
use crate::model::{Annex, Category, CategoryId, Front, Pillar, Sourced};
use crate::publish::artifact::Rendered;
use crate::publish::tables::TABLES;
use crate::report::Report;
use crate::schema::form::consolidated;
use crate::schema::{Schema, Table};
use crate::xlsx::{self, Properties, TableColumn, WriteError};

use changes::Against;

const ANNEX: &str = "annex.xlsx";

/// The workbook as the bytes of an `.xlsx` file; the same input gives the same bytes.
///
/// It cannot be made of a text too long for a cell, or a model too large for a sheet.
pub fn render(edition: &Edition, annex: &Annex, report: &Report) -> Rendered {
    Rendered::workbook(ANNEX, write(edition, annex, report, None))
}

/// The workbook with the sheet 変更点, and what changed since an older annex marked in its rows.
/// `comparison` must be one of that annex with this one.
pub fn render_against(
    edition: &Edition,
    annex: &Annex,
    report: &Report,
    comparison: &Comparison,
) -> Rendered {
    Rendered::workbook(ANNEX, write(edition, annex, report, Some(&Against::new(annex, comparison))))
}

fn write(
    edition: &Edition,
    annex: &Annex,
    report: &Report,
    against: Option<&Against>,
) -> Result<Vec<u8>, WriteError> {
    let document = document(&annex.front);
    let mut workbook = xlsx::workbook(&Properties {
        title: &document,
        subject: &annex.front.chapter,
        author: &annex.front.issuer,
        year: edition.year,
    })?;
    let (book, title) = (&mut workbook, document.as_str());
    cover::write(sheet(book, title, cover::NAME)?, annex, report, against)?;
    if let Some(against) = against {
        changes::write(sheet(book, title, changes::NAME)?, against)?;
    }
    let words = &annex.schema.words;
    let name = |table| consolidated::table_sheet(words, table);
    measures::write(sheet(book, title, name(Table::Measures))?, annex, against)?;
    kpis::write(sheet(book, title, name(Table::Kpis))?, annex, against)?;
    summary::write(sheet(book, title, summary::NAME)?, edition, annex)?;
    reposts::write(sheet(book, title, &consolidated::reposts(words))?, annex)?;
    if !measures::unlisted(annex).is_empty() {
        let name = consolidated::unlisted(words, Table::Measures);
        measures::write_unlisted(sheet(book, title, &name)?, annex)?;
    }
    if !kpis::unlisted(annex).is_empty() {
        let name = consolidated::unlisted(words, Table::Kpis);
        kpis::write_unlisted(sheet(book, title, &name)?, annex)?;
    }
    findings::write(sheet(book, title, findings::NAME)?, report)?;
    for table in TABLES {
        data::write(sheet(book, title, &data::name(table, &annex.schema))?, table, annex)?;
    }
    data::codes(sheet(book, title, data::CODES)?, annex)?;
    data::guide(sheet(book, title, data::GUIDE)?, annex)?;
    if !annex.schema.is_standard() {
        definitions::write(sheet(book, title, definitions::NAME)?, &annex.schema)?;
    }
    Ok(workbook.save_to_buffer()?)
}

/// The labels of columns that are fixed in the program, in the words of an edition.
fn labels(columns: &[TableColumn<'static>], schema: &Schema) -> Vec<Cow<'static, str>> {
    columns.iter().map(|column| schema.fill(column.label)).collect()
}

/// The columns under their `labels`.
fn labelled<'l>(columns: &[TableColumn], labels: &'l [Cow<str>]) -> Vec<TableColumn<'l>> {
    let both = columns.iter().zip(labels);
    both.map(|(column, label)| TableColumn::new(label, column.width, column.style)).collect()
}

/// A new sheet, set up for print.
fn sheet<'a>(
    book: &'a mut Workbook,
    title: &str,
    name: &str,
) -> Result<&'a mut Worksheet, WriteError> {
    let sheet = book.add_worksheet().set_name(name)?;
    xlsx::page(sheet, title, ![cover::NAME, progress::CHARTS].contains(&name))?;
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

/// The category that a form gives an entry, as [`category_label`]; the form's words where it is
/// not known.
fn stated_category(annex: &Annex, category: &Sourced<Option<CategoryId>>) -> String {
    let known = annex.categories().find(|known| Some(known.id) == category.value);
    known.map_or_else(|| category.raw.clone().unwrap_or_default(), category_label)
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
const SOURCE_CELL: &str = "出典セル";

/// Leaves the source columns out of the print: on paper the texts need the width, and who looks
/// up a source cell sits at the screen.
fn print_without_source(
    sheet: &mut Worksheet,
    columns: &[xlsx::TableColumn],
    rows: usize,
) -> Result<(), WriteError> {
    let source = columns.iter().position(|column| column.label == SOURCE);
    let Some(source) = source else { return Err(no_column(SOURCE)) };
    sheet.set_print_area(0, 0, xlsx::row(rows)?, xlsx::column(source.saturating_sub(1))?)?;
    Ok(())
}

/// A column that the program counts on is not among those of its own sheet.
fn no_column(label: &str) -> WriteError {
    WriteError::Internal(format!("no column {label}"))
}
