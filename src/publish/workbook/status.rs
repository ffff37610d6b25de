//! 提出状況 as a workbook of one sheet, which prints on one page: for the head of a section.

use rust_xlsxwriter::Worksheet;

use super::{document, sheet};
use crate::diag::Lang;
use crate::edition::Edition;
use crate::publish::artifact::Rendered;
use crate::publish::status::{Approval, DepartmentStatus, EditionStatus, Submission};
use crate::xlsx::{self, CellStyle, CellValue, Properties, TableColumn, WriteError};

pub(super) const NAME: &str = "提出状況";
const FILE: &str = "status.xlsx";

/// How an edition stands, as the bytes of an `.xlsx` file.
pub fn render(edition: &Edition, status: &EditionStatus) -> Rendered {
    Rendered::workbook(FILE, write(edition, status))
}

fn write(edition: &Edition, status: &EditionStatus) -> Result<Vec<u8>, WriteError> {
    let document = document(&edition.front);
    let mut book = xlsx::workbook(&Properties {
        title: &format!("{document} {NAME}"),
        subject: NAME,
        author: &edition.front.issuer,
        year: edition.year,
    })?;
    let sheet = sheet(&mut book, &document, NAME)?;
    // Whoever asks how it stands gets one page.
    sheet.set_print_fit_to_pages(1, 1);
    let columns = columns(status);
    for (at, column) in (0u16..).zip(&columns) {
        sheet.set_column_width(at, column.width)?;
    }
    let row = head(sheet, &document, status)?;
    let row = counts(sheet, row, status)?;
    table(sheet, row + 1, &columns, status)?;
    Ok(book.save_to_buffer()?)
}

/// What the page is, of which day, and until when forms are to come; the next free row.
fn head(sheet: &mut Worksheet, document: &str, status: &EditionStatus) -> Result<u32, WriteError> {
    let title = format!("{document}　{NAME}（{}現在）", status.day);
    xlsx::write_cell(sheet, (0, 0), &title.into(), CellStyle::Heading)?;
    let mut row = 1;
    for deadline in &status.deadlines {
        xlsx::write_cell(sheet, (row, 0), &deadline.say().ja.into(), CellStyle::Subtitle)?;
        row += 1;
    }
    Ok(row + 1)
}

/// How many departments there are of each kind; the next free row.
fn counts(sheet: &mut Worksheet, row: u32, status: &EditionStatus) -> Result<u32, WriteError> {
    let mut counts: Vec<(String, usize)> = Submission::ALL
        .into_iter()
        .map(|submission| (submission.say().ja, status.count(submission)))
        .collect();
    counts.push(("部局の計".to_owned(), status.departments.len()));
    counts.push(("エラーのある部局".to_owned(), status.count_of(|row| row.errors > 0)));
    if status.has_journal {
        counts.push(("期限後の受付".to_owned(), status.count_of(|row| row.late)));
        let confirmed = status.count_of(DepartmentStatus::is_confirmed);
        counts.push(("内容の確認済み".to_owned(), confirmed));
    }
    for (at, (label, count)) in (1u16..).zip(counts) {
        xlsx::write_cell(sheet, (row, at), &label.into(), CellStyle::Header)?;
        xlsx::write_cell(sheet, (row + 1, at), &count.into(), CellStyle::Total)?;
    }
    sheet.set_row_height(row, 2.0 * xlsx::DEFAULT_HEIGHT)?;
    Ok(row + 2)
}

fn columns(status: &EditionStatus) -> Vec<TableColumn<'_>> {
    use CellStyle::{Body, Centre, Number};
    let words = &status.words;
    let mut columns = vec![
        TableColumn::new("部局", 22.0, Body),
        TableColumn::new("提出", 11.0, Centre),
        TableColumn::new("提出回", 11.0, Centre),
        TableColumn::new("期限まで", 11.0, Centre),
        TableColumn::new(&words.measure, 11.0, Number),
        TableColumn::new(&words.kpi, 11.0, Number),
        TableColumn::new("エラー", 11.0, Number),
        TableColumn::new("警告", 11.0, Number),
    ];
    if status.has_journal {
        columns.push(TableColumn::new("受付日時", 18.0, Body));
        columns.push(TableColumn::new("内容の確認", 24.0, Body));
    }
    columns.push(TableColumn::new("記入者", 28.0, Body));
    columns
}

/// A row for each department, and their sums.
fn table(
    sheet: &mut Worksheet,
    from: u32,
    columns: &[TableColumn],
    status: &EditionStatus,
) -> Result<(), WriteError> {
    for (at, column) in (0u16..).zip(columns) {
        xlsx::write_cell(sheet, (from, at), &column.label.into(), CellStyle::Header)?;
    }
    let mut row = from;
    for department in &status.departments {
        row += 1;
        let cells = cells(department, status.has_journal);
        let mut sizes: Vec<(&str, f64)> = Vec::new();
        for ((at, column), cell) in (0u16..).zip(columns).zip(&cells) {
            xlsx::write_cell(sheet, (row, at), cell, column.style)?;
            if let CellValue::Text(text) = cell {
                sizes.push((text, column.width));
            }
        }
        sheet.set_row_height(row, xlsx::height(sizes))?;
    }
    row += 1;
    xlsx::write_cell(sheet, (row, 0), &"計".into(), CellStyle::Label)?;
    let sums: [fn(&DepartmentStatus) -> usize; 4] =
        [|row| row.measures, |row| row.kpis, |row| row.errors, |row| row.warnings];
    for at in 1..xlsx::column(columns.len())? {
        xlsx::write_cell(sheet, (row, at), &CellValue::Blank, CellStyle::Label)?;
    }
    for (at, of) in (FIRST_NUMBER..).zip(sums) {
        let sum: usize = status.departments.iter().map(of).sum();
        xlsx::write_cell(sheet, (row, at), &sum.into(), CellStyle::Total)?;
    }
    sheet.set_freeze_panes(from + 1, 1)?;
    Ok(())
}

/// The first of the columns with numbers, which are added up.
const FIRST_NUMBER: u16 = 4;

fn cells(row: &DepartmentStatus, has_journal: bool) -> Vec<CellValue<'_>> {
    let due = row.due.as_ref().map(|due| due.say().ja).unwrap_or_default();
    let mut cells: Vec<CellValue> = vec![
        row.department.as_str().into(),
        row.submission.say().ja.into(),
        row.round.map(|round| format!("第{round}回")).unwrap_or_default().into(),
        due.into(),
        row.measures.into(),
        row.kpis.into(),
        row.errors.into(),
        row.warnings.into(),
    ];
    if has_journal {
        cells.push(row.received().ja.into());
        let said = row.confirmation.as_ref().map(Approval::say).unwrap_or_default();
        cells.push(said.get(Lang::Ja).to_owned().into());
    }
    cells.push(row.filled_in_by().into());
    cells
}
