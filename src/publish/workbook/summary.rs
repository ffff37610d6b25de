//! The sheet 部局別集計: how many listings each department has in each category.
//!
//! Every number is a formula over the sheets 個別施策 and KPI, so that it follows what a reviewer
//! changes there; its result is stored with it for readers that do not calculate. Listings are
//! counted by 担当部局 as printed: a measure of two departments counts once, in a row of its own.
//! Where no form asks for 担当部局, they are counted by the department that submitted them.

use std::borrow::Cow;

use indexmap::IndexSet;
use rust_xlsxwriter::Worksheet;

use super::columns::{self, Comparing, Counted};
use crate::diag::CellRef;
use crate::edition::Edition;
use crate::model::{Annex, Heading};
use crate::schema::form::consolidated;
use crate::schema::{Paper, Role, Schema, Table};
use crate::xlsx::{self, CellStyle, CellValue, WriteError};

pub(super) const NAME: &str = consolidated::SUMMARY;

const CORNER: &str = "{measures.department}";
/// The same where listings are counted by who submitted them.
const CORNER_OF_SUBMITTERS: &str = consolidated::SUBMITTER;
const UNSTATED: &str = "（記入なし）";
const LABEL_WIDTH: f64 = 22.0;
const CATEGORY_WIDTH: f64 = 10.5;
const TOTAL_WIDTH: f64 = 11.0;
const NOTE: &str = "{measures.department}は「{measures}」の欄の記載ごとに数えています（共同で担当する{measure}は、その記載で1行になります）。";
const NOTE_OF_KPIS: &str = "{kpi}は提出部局ごとに数えています。";
const NOTE_OF_SUBMITTERS: &str = "{measure}も{kpi}も提出部局ごとに数えています。";
const NOTE_OF_MEASURES: &str = "{measure}は提出部局ごとに数えています。";

/// What a column behind the headings, and a row below the departments, counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Total {
    All,
    Reposts,
    Own,
    /// Beside the listings of measures.
    Kpis,
}

impl Total {
    fn label(self) -> &'static str {
        match self {
            Self::All => "計",
            Self::Reposts => "うち{reposted}",
            Self::Own => "{reposted}を除く",
            Self::Kpis => "{kpi}",
        }
    }
}

/// What is counted: the rows of the two sheets, the row labels and the column labels.
struct Count<'a> {
    /// What the cells below the headings count: listings of measures, or the KPIs of an edition
    /// that has them alone.
    table: Table,
    /// Department, category, repost.
    listings: Vec<(&'a str, String, bool)>,
    /// Department, category; of KPIs beside measures.
    kpis: Vec<(&'a str, String)>,
    departments: Vec<&'a str>,
    categories: Vec<String>,
    totals: Vec<Total>,
    schema: &'a Schema,
    /// What the listings are counted by.
    by: Counted,
}

impl<'a> Count<'a> {
    fn new(edition: &'a Edition, annex: &'a Annex) -> Self {
        let schema = &*annex.schema;
        let kpis =
            (annex.kpi_rows()).map(|(heading, kpi)| (kpi.submitted_by.as_str(), heading.name()));
        let categories = annex.places().map(Heading::name).collect();
        if !annex.levels.have(Table::Measures) {
            let listings: Vec<_> = kpis.map(|(of, category)| (of, category, false)).collect();
            let (table, by) = (Table::Kpis, Counted::Submitter);
            let departments = departments(edition, &listings, &[]);
            let (totals, kpis) = (vec![Total::All], Vec::new());
            return Self { table, listings, kpis, departments, categories, totals, schema, by };
        }
        let asked = schema.with_role(Table::Measures, Role::Department);
        let by = match asked.is_some_and(|column| column.is_on(Paper::Workbook)) {
            true => Counted::Department,
            false => Counted::Submitter,
        };
        let listings: Vec<_> = annex
            .listings()
            .map(|(heading, listing, measure)| {
                let department = match by {
                    Counted::Department => measure.department.as_str(),
                    _ => measure.submitted_by.as_str(),
                };
                (department, heading.name(), listing.repost)
            })
            .collect();
        let kpis: Vec<_> = kpis.collect();
        let departments = departments(edition, &listings, &kpis);
        let mut totals = vec![Total::All, Total::Reposts, Total::Own];
        totals.extend(annex.levels.have(Table::Kpis).then_some(Total::Kpis));
        let table = Table::Measures;
        Self { table, listings, kpis, departments, categories, totals, schema, by }
    }

    /// The label above the departments, and the note below the table.
    fn words(&self) -> [Cow<'static, str>; 2] {
        let has_kpis = self.totals.contains(&Total::Kpis);
        let (corner, note) = match (self.table, self.by, has_kpis) {
            (Table::Kpis, ..) => (CORNER_OF_SUBMITTERS, NOTE_OF_KPIS.to_owned()),
            (_, Counted::Department, true) => (CORNER, format!("{NOTE}{NOTE_OF_KPIS}")),
            (_, Counted::Department, false) => (CORNER, NOTE.to_owned()),
            (.., true) => (CORNER_OF_SUBMITTERS, NOTE_OF_SUBMITTERS.to_owned()),
            (.., false) => (CORNER_OF_SUBMITTERS, NOTE_OF_MEASURES.to_owned()),
        };
        [self.schema.fill(corner), self.schema.fill(&note).into_owned().into()]
    }

    /// The labels of the totals.
    fn totals(&self) -> Vec<Cow<'static, str>> {
        self.totals.iter().map(|total| self.schema.fill(total.label())).collect()
    }

    /// Listings of a department and category (`None`: of all), reposts only if asked for.
    fn listings(&self, department: Option<&str>, category: Option<&str>, reposts: bool) -> f64 {
        let counted = self.listings.iter().filter(|(d, c, repost)| {
            department.is_none_or(|department| department == *d)
                && category.is_none_or(|category| category == c)
                && (*repost || !reposts)
        });
        counted.count() as f64
    }

    fn kpis(&self, department: Option<&str>, category: Option<&str>) -> f64 {
        let counted = self.kpis.iter().filter(|(d, c)| {
            department.is_none_or(|department| department == *d)
                && category.is_none_or(|category| category == c)
        });
        counted.count() as f64
    }
}

/// The departments of the settings, and others that rows name.
fn departments<'a>(
    edition: &'a Edition,
    listings: &[(&'a str, String, bool)],
    kpis: &[(&'a str, String)],
) -> Vec<&'a str> {
    let departments: IndexSet<_> = (edition.departments.iter().map(|d| d.name.as_str()))
        .chain(listings.iter().map(|(department, ..)| *department))
        .chain(kpis.iter().map(|(department, _)| *department))
        .collect();
    departments.into_iter().collect()
}

/// The cell ranges that the formulas count in; those of what is not counted are empty.
struct Ranges {
    department: String,
    category: String,
    repost: String,
    kpi_department: String,
    kpi_category: String,
}

impl Ranges {
    fn new(annex: &Annex, count: &Count) -> Result<Self, WriteError> {
        let columns = |table| match table {
            Table::Measures => columns::measures(annex, Comparing::Nothing),
            Table::Kpis => columns::kpis(annex, Comparing::Nothing),
        };
        let range = |table, counted, rows| {
            let sheet = consolidated::table_sheet(&count.schema.words, table);
            columns::range(sheet, &columns(table), counted, rows)
        };
        let has = |total| count.totals.contains(&total);
        let of_rows = |counted| range(count.table, counted, count.listings.len());
        let of_kpis = |counted| match has(Total::Kpis) {
            true => range(Table::Kpis, counted, count.kpis.len()),
            false => Ok(String::new()),
        };
        Ok(Self {
            department: of_rows(count.by)?,
            category: of_rows(Counted::Category)?,
            repost: if has(Total::Reposts) { of_rows(Counted::Repost)? } else { String::new() },
            kpi_department: of_kpis(Counted::Submitter)?,
            kpi_category: of_kpis(Counted::Category)?,
        })
    }
}

pub(super) fn write(
    sheet: &mut Worksheet,
    edition: &Edition,
    annex: &Annex,
) -> Result<(), WriteError> {
    let count = Count::new(edition, annex);
    let ranges = Ranges::new(annex, &count)?;
    header(sheet, &count)?;
    let mut row = 0;
    for department in &count.departments {
        row += 1;
        let label = if department.is_empty() { UNSTATED } else { department };
        xlsx::write_cell(sheet, (row, 0), &label.into(), CellStyle::Label)?;
        sheet.set_row_height(row, xlsx::height([(label, LABEL_WIDTH)]))?;
        department_row(sheet, row, department, &count, &ranges)?;
    }
    total_rows(sheet, row, &count, &ranges)?;
    let note = row + xlsx::row(count.totals.len())? + 2;
    let [_, words] = count.words();
    xlsx::write_cell(sheet, (note, 0), &words.into(), CellStyle::Note)?;
    sheet.set_freeze_panes(1, 1)?;
    Ok(())
}

/// A category with its title below its number.
fn head(category: &str) -> String {
    category.replacen(' ', "\n", 1)
}

/// The category as the other sheets have it, of the head of a column.
fn category_of(column: &str) -> String {
    format!("SUBSTITUTE({column}$1,CHAR(10),\" \")")
}

fn header(sheet: &mut Worksheet, count: &Count) -> Result<(), WriteError> {
    let categories: Vec<String> = count.categories.iter().map(|label| head(label)).collect();
    let [corner, _] = count.words();
    let totals = count.totals();
    let labels = [(&*corner, LABEL_WIDTH)]
        .into_iter()
        .chain(categories.iter().map(|label| (label.as_str(), CATEGORY_WIDTH)))
        .chain(totals.iter().map(|label| (&**label, TOTAL_WIDTH)));
    for (column, (label, width)) in (0u16..).zip(labels.clone()) {
        sheet.set_column_width(column, width)?;
        xlsx::write_cell(sheet, (0, column), &label.into(), CellStyle::Header)?;
    }
    sheet.set_row_height(0, xlsx::header_height(labels))?;
    Ok(())
}

/// A department's counts, its total, its reposts, what is left without them, and its KPIs.
fn department_row(
    sheet: &mut Worksheet,
    row: u32,
    department: &str,
    count: &Count,
    ranges: &Ranges,
) -> Result<(), WriteError> {
    // "=" alone matches an empty cell, and keeps a name that begins with a sign a name.
    let criterion =
        if department.is_empty() { "\"=\"".to_string() } else { format!("\"=\"&$A{}", row + 1) };
    let Ranges { department: departments, category, repost, kpi_department, .. } = ranges;
    for (column, label) in (1u16..).zip(&count.categories) {
        let head = category_of(&letters(column));
        let formula = format!("=COUNTIFS({departments},{criterion},{category},{head})");
        let result = count.listings(Some(department), Some(label), false);
        xlsx::write_cell(
            sheet,
            (row, column),
            &CellValue::Formula { formula, result },
            CellStyle::Count,
        )?;
    }
    let first = total_column(count)?;
    let [all, reposts] = [first, first + 1].map(|column| format!("{}{}", letters(column), row + 1));
    let listed = count.listings(Some(department), None, false);
    let reposted = count.listings(Some(department), None, true);
    let repost_mark = count.schema.words.reposted();
    for (column, total) in (first..).zip(&count.totals) {
        let (formula, result) = match total {
            Total::All => (sum_of_row(row, count)?, listed),
            Total::Reposts => (
                format!("=COUNTIFS({departments},{criterion},{repost},\"{repost_mark}\")"),
                reposted,
            ),
            Total::Own => (format!("={all}-{reposts}"), listed - reposted),
            Total::Kpis => (
                format!("=COUNTIFS({kpi_department},{criterion})"),
                count.kpis(Some(department), None),
            ),
        };
        xlsx::write_cell(
            sheet,
            (row, column),
            &CellValue::Formula { formula, result },
            CellStyle::Total,
        )?;
    }
    Ok(())
}

/// The four rows below the departments: the same totals, by category.
fn total_rows(
    sheet: &mut Worksheet,
    last: u32,
    count: &Count,
    ranges: &Ranges,
) -> Result<(), WriteError> {
    let first = last + 1;
    for (row, label) in (first..).zip(&count.totals()) {
        xlsx::write_cell(sheet, (row, 0), &(&**label).into(), CellStyle::Label)?;
        sheet.set_row_height(row, xlsx::height([(&**label, LABEL_WIDTH)]))?;
    }
    for (column, label) in (1u16..).zip(&count.categories) {
        category_totals(sheet, column, label, last, count, ranges)?;
    }
    let listed = count.listings(None, None, false);
    let reposted = count.listings(None, None, true);
    let results: Vec<f64> = (count.totals.iter())
        .map(|total| match total {
            Total::All => listed,
            Total::Reposts => reposted,
            Total::Own => listed - reposted,
            Total::Kpis => count.kpis(None, None),
        })
        .collect();
    let column = total_column(count)?;
    for (row, result) in (first..).zip(results.iter().copied()) {
        let formula = sum_of_row(row, count)?;
        xlsx::write_cell(
            sheet,
            (row, column),
            &CellValue::Formula { formula, result },
            CellStyle::Total,
        )?;
    }
    for (column, result) in (column + 1..).zip(results.into_iter().skip(1)) {
        let formula = sum_of_column(column, last);
        xlsx::write_cell(
            sheet,
            (first, column),
            &CellValue::Formula { formula, result },
            CellStyle::Total,
        )?;
    }
    Ok(())
}

/// The totals of a category, below its departments.
fn category_totals(
    sheet: &mut Worksheet,
    column: u16,
    label: &str,
    last: u32,
    count: &Count,
    ranges: &Ranges,
) -> Result<(), WriteError> {
    let Ranges { category, repost, kpi_category, .. } = ranges;
    let repost_mark = count.schema.words.reposted();
    let first = last + 1;
    let letters = letters(column);
    let head = category_of(&letters);
    let listed = count.listings(None, Some(label), false);
    let reposted = count.listings(None, Some(label), true);
    for (row, total) in (first..).zip(&count.totals) {
        let (formula, result) = match total {
            Total::All => (sum_of_column(column, last), listed),
            Total::Reposts => {
                (format!("=COUNTIFS({category},{head},{repost},\"{repost_mark}\")"), reposted)
            }
            Total::Own => {
                (format!("={letters}{}-{letters}{}", first + 1, first + 2), listed - reposted)
            }
            Total::Kpis => {
                (format!("=COUNTIFS({kpi_category},{head})"), count.kpis(None, Some(label)))
            }
        };
        xlsx::write_cell(
            sheet,
            (row, column),
            &CellValue::Formula { formula, result },
            CellStyle::Total,
        )?;
    }
    Ok(())
}

/// The column of 計.
fn total_column(count: &Count) -> Result<u16, WriteError> {
    xlsx::column(count.categories.len() + 1)
}

fn sum_of_row(row: u32, count: &Count) -> Result<String, WriteError> {
    if count.categories.is_empty() {
        return Ok("=0".into());
    }
    let row = row + 1;
    Ok(format!("=SUM(B{row}:{}{row})", letters(xlsx::column(count.categories.len())?)))
}

/// The sum of the departments' rows, whose last is `last` (zero-based; 0: there is none).
fn sum_of_column(column: u16, last: u32) -> String {
    if last == 0 {
        return "=0".into();
    }
    let letters = letters(column);
    format!("=SUM({letters}2:{letters}{})", last + 1)
}

fn letters(column: u16) -> String {
    CellRef::column_letters(column.into())
}
