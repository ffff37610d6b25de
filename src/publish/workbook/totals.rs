//! The sheet 数値の集計: what the columns with a total add up to, by department and heading.
//!
//! As in the summary, every number is a formula over the sheets of the entries, with its result. A
//! cell that holds more than a number in its column's unit is a text there and adds nothing; a rule
//! tells of it. Numbers of several units, in a column that has none of its own, are not added. What
//! is listed again counts where it is listed first.

use indexmap::IndexSet;
use rust_xlsxwriter::Worksheet;

use super::columns::{self, Comparing, Counted, SheetColumn};
use crate::diag::CellRef;
use crate::model::{Annex, Entry, Heading, Total, number_in};
use crate::schema::form::consolidated;
use crate::schema::{Column, Paper, Role, Table};
use crate::xlsx::{self, CellStyle, CellValue, WriteError};

pub(super) const NAME: &str = consolidated::TOTALS;

const HEADS: [&str; 2] = ["欄", consolidated::SUBMITTER];
const ALL: &str = "計";
const UNSTATED: &str = "（記入なし）";
/// In place of the sums of a column that has no unit, and whose numbers have several.
const MIXED: &str = "単位が一つでないため合計していません。";
const WIDTHS: [f64; 2] = [22.0, 22.0];
const HEADING_WIDTH: f64 = 13.0;

/// The columns with a total that the workbook has.
fn totalled(annex: &Annex) -> impl Iterator<Item = (Table, &Column)> {
    Table::ALL.into_iter().flat_map(|table| {
        let columns = annex.schema.on(table, Paper::Workbook);
        let columns = columns.filter(|column| column.total && column.role == Role::Value);
        columns.map(move |column| (table, column))
    })
}

/// Whether anything is to be added up.
pub(super) fn is_asked(annex: &Annex) -> bool {
    totalled(annex).next().is_some()
}

/// The numbers of a column: department, heading, number.
struct Numbers<'a> {
    label: String,
    rows: Vec<(&'a str, String, f64)>,
    /// The cells of the numbers, and the criteria's; that of the reposts with its mark.
    cells: String,
    departments: String,
    headings: String,
    own: String,
    /// The column has no unit of its own, and its numbers have several.
    is_mixed: bool,
}

impl<'a> Numbers<'a> {
    fn new(annex: &'a Annex, table: Table, column: &'a Column) -> Result<Self, WriteError> {
        let mut rows = Vec::new();
        let mut entries = Vec::new();
        let mut add = |heading: &Heading, entry: &'a Entry| {
            entries.push(entry);
            if let Some(number) = number_in(column, entry) {
                rows.push((entry.submitted_by.as_str(), heading.name(), number));
            }
        };
        let (sheet_columns, count) = match table {
            Table::Measures => {
                let own = annex.listings().filter(|(_, listing, _)| !listing.repost);
                own.for_each(|(heading, _, measure)| add(heading, &measure.entry));
                (columns::measures(annex, Comparing::Nothing), annex.listings().count())
            }
            Table::Kpis => {
                annex.kpi_rows().for_each(|(heading, kpi)| add(heading, &kpi.entry));
                (columns::kpis(annex, Comparing::Nothing), annex.kpi_rows().count())
            }
        };
        let words = &annex.schema.words;
        let sheet = consolidated::table_sheet(words, table);
        let range = |counted| columns::range(sheet, &sheet_columns, counted, count);
        let is_it =
            |one: &SheetColumn| matches!(one, SheetColumn::Form(of) if of.key == column.key);
        let own = match sheet_columns.contains(&SheetColumn::Repost) {
            true => format!(",{},\"<>{}\"", range(Counted::Repost)?, words.reposted()),
            false => String::new(),
        };
        Ok(Self {
            label: format!("{}　{}", words.entry(table), column.label),
            rows,
            cells: columns::range_where(sheet, &sheet_columns, is_it, count)?,
            departments: range(Counted::Submitter)?,
            headings: range(Counted::Category)?,
            own,
            is_mixed: Total::of(column, entries).is_mixed,
        })
    }

    fn sum(&self, department: Option<&str>, heading: Option<&str>) -> f64 {
        let rows = self.rows.iter().filter(|(of, under, _)| {
            department.is_none_or(|department| department == *of)
                && heading.is_none_or(|heading| heading == under)
        });
        rows.map(|(_, _, number)| number).sum()
    }

    /// The formula of a sum; nothing is asked of the department in a row of totals.
    fn formula(&self, row: u32, heading: Option<u16>, of_department: bool) -> String {
        let Self { cells, departments, headings, own, .. } = self;
        let mut formula = format!("=SUMIFS({cells}");
        if of_department {
            formula += &format!(",{departments},\"=\"&$B{row}");
        }
        if let Some(column) = heading {
            formula += &format!(",{headings},{}$1", CellRef::column_letters(column.into()));
        }
        if !of_department && heading.is_none() {
            // SUMIFS asks for one criterion at least.
            formula += &format!(",{headings},\"<>\"");
        }
        formula + own + ")"
    }
}

pub(super) fn write(sheet: &mut Worksheet, annex: &Annex) -> Result<(), WriteError> {
    let headings: Vec<String> = annex.places().map(Heading::name).collect();
    let heads = HEADS.into_iter().zip(WIDTHS);
    let heads = heads.chain(headings.iter().map(|heading| (heading.as_str(), HEADING_WIDTH)));
    let heads: Vec<(&str, f64)> = heads.chain([(ALL, HEADING_WIDTH)]).collect();
    for (at, (label, width)) in (0u16..).zip(&heads) {
        sheet.set_column_width(at, *width)?;
        xlsx::write_cell(sheet, (0, at), &(*label).into(), CellStyle::Header)?;
    }
    sheet.set_row_height(0, xlsx::header_height(heads))?;
    let mut row = 0;
    for (table, column) in totalled(annex) {
        let numbers = Numbers::new(annex, table, column)?;
        if numbers.is_mixed {
            row += 1;
            refused(sheet, row, &numbers.label)?;
            continue;
        }
        let departments: IndexSet<&str> = numbers.rows.iter().map(|(of, ..)| *of).collect();
        let departments = departments.into_iter().map(Some).chain([None]);
        for department in departments {
            row += 1;
            line(sheet, row, &numbers, department, &headings)?;
        }
    }
    sheet.set_freeze_panes(1, 2)?;
    Ok(())
}

/// Says that a column does not add up.
fn refused(sheet: &mut Worksheet, row: u32, label: &str) -> Result<(), WriteError> {
    let [width, _] = WIDTHS;
    let said = [(label, CellStyle::Label), (ALL, CellStyle::Label), (MIXED, CellStyle::Note)];
    for (at, (text, style)) in (0u16..).zip(said) {
        xlsx::write_cell(sheet, (row, at), &text.into(), style)?;
    }
    sheet.set_row_height(row, xlsx::height([(label, width)]))?;
    Ok(())
}

/// The sums of a department, or of all.
fn line(
    sheet: &mut Worksheet,
    row: u32,
    numbers: &Numbers,
    department: Option<&str>,
    headings: &[String],
) -> Result<(), WriteError> {
    let name = match department {
        None => ALL,
        Some("") => UNSTATED,
        Some(name) => name,
    };
    let labels = [numbers.label.as_str(), name];
    for (at, label) in (0u16..).zip(labels) {
        xlsx::write_cell(sheet, (row, at), &label.into(), CellStyle::Label)?;
    }
    sheet.set_row_height(row, xlsx::height(labels.into_iter().zip(WIDTHS)))?;
    let columns = headings.iter().map(|heading| Some(heading.as_str())).chain([None]);
    for (at, heading) in (2u16..).zip(columns) {
        let is_total = department.is_none() || heading.is_none();
        let formula = numbers.formula(row + 1, heading.map(|_| at), department.is_some());
        let result = rounded(numbers.sum(department, heading));
        let cell = CellValue::Formula { formula, result };
        let style = if is_total { CellStyle::Total } else { CellStyle::Count };
        xlsx::write_cell(sheet, (row, at), &cell, style)?;
    }
    Ok(())
}

/// Without the noise of binary fractions.
fn rounded(sum: f64) -> f64 {
    (sum * 1e6).round() / 1e6
}
