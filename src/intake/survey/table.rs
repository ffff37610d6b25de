//! The rows of a table and what each of its columns shows.

use std::ops::Range;

use super::header::{Header, headers};
use super::{Cell, Column, Kind, Table, beside, department, drop_down, is_aside};
use crate::diag::CellRef;
use crate::intake::locate::{Word, is_remark, is_sample_mark};
use crate::intake::read::grid::{self, Book, Sheet};
use crate::text::{clean, key};

/// What the headings between the rows of a table are called.
const BETWEEN: &str = "見出し";
/// First cells of a row that adds the others up.
const TOTALS: [&str; 5] = ["計", "合計", "小計", "総計", "総合計"];

pub fn tables(book: &Book, sheet: &Sheet) -> Vec<Table> {
    let headers = headers(sheet);
    let ends = headers.iter().skip(1).map(|next| above(sheet, next.first));
    let ends: Vec<u32> = ends.chain(sheet.last_row().map(|last| last.saturating_add(1))).collect();
    // What stands between two tables is the lower one's.
    let begins = std::iter::once(0).chain(ends.iter().copied());
    let found = headers.iter().zip(begins).zip(&ends);
    let found = found.map(|((header, begin), &end)| table(book, sheet, header, begin..end));
    found.filter(|table| !table.columns.is_empty()).collect()
}

/// The first of the lines of one text alone just above a row.
fn above(sheet: &Sheet, row: u32) -> u32 {
    let lines = (0..row).rev().take_while(|&line| sheet.row(line).count() <= 1);
    lines.last().unwrap_or(row)
}

fn table(book: &Book, sheet: &Sheet, header: &Header, rows: Range<u32>) -> Table {
    let Range { start: begin, end } = rows;
    let mut rows: Vec<u32> = sheet
        .cells
        .range(CellRef::new(header.last + 1, 0)..CellRef::new(end.max(header.last + 1), 0))
        .map(|(at, _)| at.row)
        .collect();
    rows.dedup();
    let (samples, rows): (Vec<u32>, Vec<u32>) =
        rows.into_iter().partition(|&row| is_sample(sheet, row));
    let (lines, rows): (Vec<u32>, Vec<u32>) =
        rows.into_iter().partition(|&row| is_line_between(sheet, row, header));
    let rows: Vec<u32> = rows.into_iter().filter(|&row| is_data(sheet, row, header)).collect();
    let between = line_column(sheet, &lines, &rows);
    let columns = header.labels.iter().map(|(column, head, label)| {
        let show = |&row: &u32| shown(sheet, CellRef::new(row, *column), header.last);
        let first = CellRef::new(header.last + 1, *column);
        let choices =
            rows.first().map(|&row| CellRef::new(row, *column)).into_iter().chain([first]);
        let mut choices = choices.map(|at| drop_down::choices(book, sheet, at));
        let sample = samples.iter().find_map(show).map(|cell| cell.text);
        Column {
            at: *column,
            head: head.clone(),
            label: label.clone(),
            hidden: sheet.hidden_columns.contains(*column),
            choices: choices.find(|choices| !choices.is_empty()).unwrap_or_default(),
            sample: sample.unwrap_or_default(),
            cells: rows.iter().map(show).collect(),
            is_between: false,
        }
    });
    Table {
        sheet: sheet.name.clone(),
        header: header.last,
        title: title(sheet, begin..header.first).unwrap_or_default(),
        department: department(sheet, header.first),
        as_of: beside(sheet, Word::AsOf, header.first),
        columns: between.into_iter().chain(columns).collect(),
        rows: rows.len(),
    }
}

/// The line above a table: the first row of one text alone.
fn title(sheet: &Sheet, mut rows: Range<u32>) -> Option<String> {
    rows.find_map(|row| {
        let mut cells = sheet.row(row);
        let (_, cell) = cells.next()?;
        let title = cell.text.trim();
        (cells.next().is_none() && !is_aside(title)).then(|| title.to_owned())
    })
}

fn shown(sheet: &Sheet, at: CellRef, header: u32) -> Option<Cell> {
    let (from, cell) = sheet.effective(at)?;
    // What is merged with the header or with the column to the left is not this column's.
    if from.row <= header || from.column != at.column {
        return None;
    }
    let kind = match cell.kind {
        grid::Kind::Number => Kind::Number,
        grid::Kind::Date => Kind::Date,
        _ => Kind::Text,
    };
    let text = clean(&cell.text).text;
    // The words stay as they are written; the lines and spaces are put in order.
    let lines: Vec<&str> =
        cell.text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    (!text.is_empty()).then(|| Cell { text: lines.join("\n"), kind })
}

/// Whether the first cell of a row says one of these words.
fn is_sample(sheet: &Sheet, row: u32) -> bool {
    sheet.row(row).next().is_some_and(|(_, cell)| is_sample_mark(&cell.text))
}

fn is_marked(sheet: &Sheet, row: u32, marks: &[&str]) -> bool {
    let first = sheet.row(row).next().map(|(_, cell)| key(&cell.text));
    first.is_some_and(|first| marks.iter().any(|mark| key(mark) == first))
}

/// Whether a row is one text over the columns of the table: a heading between its rows.
fn is_line_between(sheet: &Sheet, row: u32, header: &Header) -> bool {
    let mut cells = sheet.row(row);
    let (Some((at, cell)), None) = (cells.next(), cells.next()) else { return false };
    let is_note = is_remark(&cell.text);
    let width = sheet.merges.at(at).map_or(0, |merge| merge.last.column - merge.first.column + 1);
    !is_note && width >= 2 && width as usize * 2 >= header.labels.len()
}

/// The headings between the rows as a column of their own: for each row, the last one above it.
fn line_column(sheet: &Sheet, lines: &[u32], rows: &[u32]) -> Option<Column> {
    let above = |row: &u32| {
        let line = lines.iter().rev().find(|line| *line < row)?;
        let (_, cell) = sheet.row(*line).next()?;
        Some(Cell { text: cell.text.trim().to_owned(), kind: Kind::Text })
    };
    let cells: Vec<Option<Cell>> = rows.iter().map(above).collect();
    let label = BETWEEN.to_owned();
    let column = Column { label, cells, is_between: true, ..Column::default() };
    (!lines.is_empty()).then_some(column)
}

/// Whether a row is of data: no header that comes again, no sum, no foot note.
fn is_data(sheet: &Sheet, row: u32, header: &Header) -> bool {
    let cells: Vec<_> = sheet.row(row).collect();
    let is_header = cells.len() > 1
        && cells.iter().all(|(at, cell)| {
            let label = header.labels.iter().find(|(column, ..)| *column == at.column);
            label.is_some_and(|(.., label)| key(label) == key(&cell.text))
        });
    let first = cells.first().map(|(_, cell)| cell.text.trim());
    let is_note = first.is_some_and(is_remark) && cells.len() == 1;
    !cells.is_empty() && !is_header && !is_note && !is_marked(sheet, row, &TOTALS)
}
