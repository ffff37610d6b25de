//! The columns of the sheets 個別施策 and KPI: those of the form under the form's labels, so that
//! the sheets read back as a form does, and what else a reviewer asks of an entry.

use std::borrow::Cow;

use super::{SOURCE, SOURCE_CELL, no_column};
use crate::diag::CellRef;
use crate::model::{Annex, Entry, Typed, number_in};
use crate::schema::form::consolidated;
use crate::schema::{Column, FigurePart, FigureRole, Paper, Role, Schema, Table, ValuePart};
use crate::text::quantity;
use crate::xlsx::{self, CellStyle, CellValue, TableColumn, WriteError};

/// How wide a column is whose width the schema does not say.
const USUAL_WIDTH: f64 = 16.0;
/// And of one that holds long texts.
const LONG_WIDTH: f64 = 44.0;

/// A column of one of the two sheets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum SheetColumn<'a> {
    /// A column of the form.
    Form(&'a Column),
    /// What was read of a figure.
    Reading(&'a Column, FigurePart),
    /// What was read of a year, a period or a date, by which the rows are sorted.
    Value(&'a Column, ValuePart),
    /// The heading of a level that the form has no column for, with its word.
    Level(usize, &'a str),
    /// What the heading is called, where several columns name it.
    Heading,
    Repost,
    Submitter,
    Changes,
    Source,
    SourceCell,
    Owners,
    MeasureIds,
}

/// A column that the formulas of the summary count in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    Department,
    Category,
    Repost,
    Submitter,
}

/// Whether the workbook is against an older annex, and so has a column of what changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparing {
    Nothing,
    OlderAnnex,
}

/// The columns of the sheet 個別施策.
pub(super) fn measures(annex: &Annex, comparing: Comparing) -> Vec<SheetColumn<'_>> {
    let (schema, levels) = (&*annex.schema, &annex.levels);
    let own = levels.columns(Table::Measures);
    let above = 1..levels.lowest(Table::Measures);
    let above = above.filter(|depth| !own.contains(depth));
    let mut columns: Vec<SheetColumn> = Vec::new();
    for column in entry_columns(schema, Table::Measures) {
        if column.role == Role::Place {
            let above = above.clone();
            columns.extend(above.map(|depth| SheetColumn::Level(depth, levels.word(depth))));
        }
        columns.push(SheetColumn::Form(column));
        columns.extend(values_beside(column));
    }
    columns.extend((own.len() > 1).then_some(SheetColumn::Heading));
    columns.push(SheetColumn::Repost);
    columns.extend(side_columns(schema, Table::Measures).map(SheetColumn::Form));
    if comparing == Comparing::OlderAnnex {
        columns.push(SheetColumn::Changes);
    }
    columns.extend([
        SheetColumn::Source,
        SheetColumn::SourceCell,
        SheetColumn::Submitter,
        SheetColumn::Owners,
    ]);
    columns
}

/// The columns of the sheet KPI.
pub(super) fn kpis(annex: &Annex, comparing: Comparing) -> Vec<SheetColumn<'_>> {
    let schema = &*annex.schema;
    let mut columns = Vec::new();
    for column in entry_columns(schema, Table::Kpis) {
        columns.push(SheetColumn::Form(column));
        if column.is_figure() {
            columns.extend(FigurePart::ALL.map(|part| SheetColumn::Reading(column, part)));
        }
        columns.extend(values_beside(column));
    }
    let has_several = annex.levels.columns(Table::Kpis).len() > 1;
    columns.extend(has_several.then_some(SheetColumn::Heading));
    columns.push(SheetColumn::Submitter);
    columns.extend(side_columns(schema, Table::Kpis).map(SheetColumn::Form));
    if comparing == Comparing::OlderAnnex {
        columns.push(SheetColumn::Changes);
    }
    columns.extend([SheetColumn::Source, SheetColumn::SourceCell, SheetColumn::MeasureIds]);
    columns
}

/// The columns for what was read of a column's values.
fn values_beside(column: &Column) -> impl Iterator<Item = SheetColumn<'_>> {
    let parts = ValuePart::beside(column.kind).filter(|_| column.role == Role::Value);
    parts.map(move |part| SheetColumn::Value(column, part))
}

/// What the entry says, in the form's order. The reposts of a measure are rows of their own.
fn entry_columns(schema: &Schema, table: Table) -> impl Iterator<Item = &Column> {
    let is_aside = move |role| match role {
        Role::Status | Role::Note => true,
        Role::Reposts => table == Table::Measures,
        _ => false,
    };
    schema.on(table, Paper::Workbook).filter(move |column| !is_aside(column.role))
}

/// What is said of the entry to the secretariat, behind what it says.
fn side_columns(schema: &Schema, table: Table) -> impl Iterator<Item = &Column> {
    let is_aside = |role| matches!(role, Role::Status | Role::Note);
    schema.on(table, Paper::Workbook).filter(move |column| is_aside(column.role))
}

impl<'a> SheetColumn<'a> {
    pub(super) fn label(self, schema: &Schema) -> Cow<'a, str> {
        Cow::Borrowed(match self {
            Self::Form(column) => &column.label,
            Self::Reading(column, part) => return Cow::Owned(column.reading_label(part)),
            Self::Value(column, part) => return Cow::Owned(column.value_label(part)),
            Self::Repost => return Cow::Owned(schema.words.reposted().to_owned()),
            Self::MeasureIds => return Cow::Owned(consolidated::measure_ids(schema)),
            Self::Level(_, word) => word,
            Self::Heading => consolidated::PLACE,
            Self::Submitter => consolidated::SUBMITTER,
            Self::Changes => consolidated::CHANGES,
            Self::Source => SOURCE,
            Self::SourceCell => SOURCE_CELL,
            Self::Owners => consolidated::OWNERS,
        })
    }

    fn is(self, counted: Counted) -> bool {
        match counted {
            Counted::Department => self.has(Role::Department),
            Counted::Category => self.has(Role::Place),
            Counted::Repost => self == Self::Repost,
            Counted::Submitter => self == Self::Submitter,
        }
    }

    fn has(self, role: Role) -> bool {
        matches!(self, Self::Form(column) if column.role == role)
    }

    /// In half-width characters, on the sheet of a table.
    fn width(self, table: Table) -> f64 {
        match self {
            Self::Form(column) => {
                let usual = if column.is_long() { LONG_WIDTH } else { USUAL_WIDTH };
                column.widths.workbook.unwrap_or(usual)
            }
            Self::Reading(_, FigurePart::Number) => 13.0,
            Self::Reading(_, FigurePart::Unit | FigurePart::FiscalYear) => 7.0,
            // A target is seldom for a day.
            Self::Reading(column, FigurePart::AsOf) => match column.role {
                Role::Figure { role: FigureRole::Target | FigureRole::Interim, .. } => 8.0,
                _ => 13.0,
            },
            Self::Value(_, ValuePart::Date) => 12.0,
            Self::Value(..) | Self::Level(..) | Self::MeasureIds => 9.0,
            Self::Heading => 24.0,
            Self::Repost => 6.0,
            Self::Changes => 12.0,
            Self::Source => 15.0,
            Self::Owners => 24.0,
            Self::SourceCell if table == Table::Kpis => 14.0,
            Self::SourceCell => 16.0,
            Self::Submitter if table == Table::Kpis => 13.0,
            Self::Submitter => 14.0,
        }
    }

    fn style(self) -> CellStyle {
        match self {
            Self::Form(column) => match column.role {
                Role::Id | Role::Order | Role::Status => CellStyle::Centre,
                Role::Place
                | Role::Above { .. }
                | Role::Name
                | Role::Department
                | Role::Section
                | Role::Reposts
                | Role::Measures
                | Role::Note
                | Role::Figure { .. } => CellStyle::Body,
                Role::Value if column.kind.is_numeric() => CellStyle::Number,
                Role::Value => CellStyle::Body,
            },
            Self::Reading(_, FigurePart::Number) => CellStyle::Number,
            Self::Reading(_, FigurePart::FiscalYear) | Self::Value(..) => CellStyle::Year,
            Self::Reading(_, FigurePart::Unit) | Self::Repost | Self::MeasureIds => {
                CellStyle::Centre
            }
            Self::Reading(_, FigurePart::AsOf)
            | Self::Level(..)
            | Self::Heading
            | Self::Submitter
            | Self::Changes
            | Self::Source
            | Self::SourceCell
            | Self::Owners => CellStyle::Body,
        }
    }
}

/// What an entry says in a column: a number where the cell shows it as it is printed, so that
/// Excel can reckon with it, else the text.
pub(super) fn value<'a>(entry: &Entry, column: &Column, text: Cow<'a, str>) -> CellValue<'a> {
    let number = number_in(column, entry);
    match number.and_then(|number| Some((number, quantity::format_of(number, &text)?))) {
        Some((number, format)) => CellValue::InFormat(number, format),
        None => text.into(),
    }
}

/// What was read of an entry's value in a column, as Excel sorts and reckons with it.
pub(super) fn value_part(entry: &Entry, column: &Column, part: ValuePart) -> CellValue<'static> {
    let year = |year: i32| CellValue::Number(year.into());
    match (part, entry.typed.get(&column.key)) {
        (ValuePart::Year, Some(Typed::Year { year: of })) => year(*of),
        (ValuePart::From, Some(Typed::Period { from: Some(of), .. }))
        | (ValuePart::To, Some(Typed::Period { to: Some(of), .. })) => year(*of),
        (ValuePart::Date, Some(Typed::Date { date })) => {
            xlsx::date(date).unwrap_or_else(|| date.clone().into())
        }
        _ => CellValue::Blank,
    }
}

/// The columns of a sheet as they are written; `labels` are theirs.
pub(super) fn written<'l>(
    columns: &[SheetColumn],
    labels: &'l [Cow<str>],
    table: Table,
) -> Vec<TableColumn<'l>> {
    let both = columns.iter().zip(labels);
    both.map(|(column, label)| TableColumn::new(label, column.width(table), column.style()))
        .collect()
}

/// The cells of a column below its header, for formulas: `'個別施策'!$C$2:$C$191`; of an empty
/// table the header, which no formula counts, because an empty cell can be counted.
///
/// # Errors
/// [`WriteError::Internal`] where the sheet has no such column.
pub(super) fn range(
    sheet: &str,
    columns: &[SheetColumn],
    counted: Counted,
    rows: usize,
) -> Result<String, WriteError> {
    // Where several columns name the heading, the one with its whole name tells it from all others.
    let whole = columns.iter().position(|column| *column == SheetColumn::Heading);
    let whole = whole.filter(|_| counted == Counted::Category);
    let at = whole.or_else(|| columns.iter().position(|column| column.is(counted)));
    range_at(sheet, at, rows)
}

/// The same of the column that is the one meant.
///
/// # Errors
/// As [`range`].
pub(super) fn range_where(
    sheet: &str,
    columns: &[SheetColumn],
    is_meant: impl Fn(&SheetColumn) -> bool,
    rows: usize,
) -> Result<String, WriteError> {
    range_at(sheet, columns.iter().position(is_meant), rows)
}

fn range_at(sheet: &str, at: Option<usize>, rows: usize) -> Result<String, WriteError> {
    let column = xlsx::column(at.ok_or_else(|| no_column(sheet))?)?;
    let letters = CellRef::column_letters(column.into());
    let first = if rows == 0 { 1 } else { 2 };
    Ok(format!("'{sheet}'!${letters}${first}:${letters}${}", rows + 1))
}
