//! The consolidated workbook (別冊の取りまとめ), one file per sheet.
//!
//! Reviewers compare these workbooks from version to version: the order is the printed order,
//! every row has its id, and nothing in it depends on when or where it was made.

mod changes;
mod columns;
pub mod comparison;
pub mod confirmation;
pub mod corrections;
mod cover;
mod data;
mod definitions;
mod findings;
mod kpis;
mod measures;
pub mod progress;
mod reposts;
pub mod status;
mod summary;
mod totals;

use std::borrow::Cow;

use rust_xlsxwriter::{Workbook, Worksheet};

use crate::compare::Comparison;
use crate::edition::Edition;
use crate::model::{Annex, Front, Heading, HeadingId, Sourced};
use crate::progress::Progress;
use crate::publish::artifact::Rendered;
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
    render_beside(edition, annex, report, Beside::default())
}

/// The workbook with the sheet 変更点, and what changed since an older annex marked in its rows.
/// `comparison` must be one of that annex with this one.
pub fn render_against(
    edition: &Edition,
    annex: &Annex,
    report: &Report,
    comparison: &Comparison,
) -> Rendered {
    let beside = Beside { changes: Some(comparison), ..Beside::default() };
    render_beside(edition, annex, report, beside)
}

/// What the workbook shows beside the annex.
#[derive(Clone, Copy, Default)]
pub struct Beside<'a> {
    /// As in [`render_against`].
    pub changes: Option<&'a Comparison>,
    /// The sheet 進捗状況.
    pub progress: Option<&'a Progress>,
}

/// The workbook with what else is asked for.
pub fn render_beside(
    edition: &Edition,
    annex: &Annex,
    report: &Report,
    beside: Beside,
) -> Rendered {
    let against = beside.changes.map(|comparison| Against::new(annex, comparison));
    let shown = Shown { against: against.as_ref(), progress: beside.progress };
    Rendered::workbook(ANNEX, write(edition, annex, report, shown))
}

/// What the sheets show beside the annex.
#[derive(Clone, Copy)]
struct Shown<'a> {
    against: Option<&'a Against<'a>>,
    progress: Option<&'a Progress>,
}

fn write(
    edition: &Edition,
    annex: &Annex,
    report: &Report,
    shown: Shown,
) -> Result<Vec<u8>, WriteError> {
    let against = shown.against;
    let document = document(&annex.front);
    let mut workbook = xlsx::workbook(&Properties {
        title: &document,
        subject: &annex.front.chapter,
        author: &annex.front.issuer,
        year: edition.year,
    })?;
    let (book, title) = (&mut workbook, document.as_str());
    cover::write(sheet(book, title, cover::NAME)?, annex, report, shown)?;
    if let Some(against) = against {
        changes::write(sheet(book, title, changes::NAME)?, against)?;
    }
    let words = &annex.schema.words;
    let name = |table| consolidated::table_sheet(words, table);
    let [has_measures, has_kpis] = Table::ALL.map(|table| annex.levels.have(table));
    if has_measures {
        measures::write(sheet(book, title, name(Table::Measures))?, annex, against)?;
    }
    if has_kpis {
        kpis::write(sheet(book, title, name(Table::Kpis))?, annex, against)?;
    }
    summary::write(sheet(book, title, summary::NAME)?, edition, annex)?;
    if totals::is_asked(annex) {
        totals::write(sheet(book, title, totals::NAME)?, annex)?;
    }
    if reposts::are_asked(annex) {
        reposts::write(sheet(book, title, &consolidated::reposts(words))?, annex)?;
    }
    if !measures::unlisted(annex).is_empty() {
        let name = consolidated::unlisted(words, Table::Measures);
        measures::write_unlisted(sheet(book, title, &name)?, annex)?;
    }
    if !kpis::unlisted(annex).is_empty() {
        let name = consolidated::unlisted(words, Table::Kpis);
        kpis::write_unlisted(sheet(book, title, &name)?, annex)?;
    }
    if let Some(progress) = shown.progress {
        let sheet = sheet(book, title, consolidated::PROGRESS)?;
        progress::write_table(sheet, &annex.schema, progress)?;
    }
    if !annex.corrections.is_empty() {
        corrections::write(sheet(book, title, corrections::NAME)?, annex)?;
    }
    findings::write(sheet(book, title, findings::NAME)?, report)?;
    for table in data::tables(annex) {
        data::write(sheet(book, title, &data::name(table, &annex.schema))?, table, annex)?;
    }
    data::codes(sheet(book, title, data::CODES)?, annex)?;
    data::guide(sheet(book, title, data::GUIDE)?, annex)?;
    if definitions::are_needed(annex) {
        definitions::write(sheet(book, title, definitions::NAME)?, annex)?;
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
    let has_header =
        ![cover::NAME, progress::CHARTS, status::NAME, confirmation::NAME].contains(&name);
    xlsx::page(sheet, title, has_header)?;
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

/// Where a row stands, as its sheet says it.
#[derive(Clone, Debug, Default)]
struct Place {
    /// The heading of each level, the topmost first, as it is printed there.
    levels: Vec<String>,
    /// What the heading is called: 「1(1) 子育て支援」.
    name: String,
}

impl Place {
    fn of(annex: &Annex, heading: &Heading) -> Self {
        let levels = annex.path(heading.id).into_iter().map(Heading::label).collect();
        Self { levels, name: heading.name() }
    }

    /// What the form says of an entry that stands nowhere, if its heading is not known.
    fn stated(annex: &Annex, stated: &Sourced<Option<HeadingId>>) -> Self {
        match stated.value.and_then(|id| annex.heading(id)) {
            Some(heading) => Self::of(annex, heading),
            None => {
                let words = stated.raw.clone().unwrap_or_default();
                Self { levels: Vec::new(), name: words }
            }
        }
    }

    /// The heading of a level; empty where the row stands above it.
    fn at(&self, depth: usize) -> &str {
        let at = depth.checked_sub(1).and_then(|at| self.levels.get(at));
        at.map_or("", String::as_str)
    }

    /// What the column of the place says: where other columns say what is above, the heading of its
    /// level alone; or else what it is called, and what the form says of one that is not known.
    fn own(&self, depths: &[usize]) -> &str {
        match depths {
            [.., lowest] if depths.len() > 1 && !self.levels.is_empty() => self.at(*lowest),
            _ => &self.name,
        }
    }
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
