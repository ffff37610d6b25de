//! The sheet KPI: a row per KPI, in printed order.
//!
//! A KPI with parts (①②) keeps one row, as in the printed table, so that a reviewer compares one
//! row with one row and a filter never shows half of a KPI. Its numbers then stand on lines of
//! their own, each behind its mark; where there is one value, it is a number that Excel can
//! reckon with. What all parts share (often the unit and the year) is written once.

use std::collections::BTreeSet;

use rust_xlsxwriter::Worksheet;

use super::columns::{self, Comparing, SheetColumn};
use super::{Against, Place, print_without_source, source_cell};
use crate::model::{Annex, Figure, Heading, Id, Kpi, Reading};
use crate::schema::form::consolidated;
use crate::schema::{FigurePart, Role, Table};
use crate::text::quantity;
use crate::xlsx::{self, CellValue, WriteError};

/// For a part that has no such value.
const NONE: &str = consolidated::NO_MEASURE;

/// A row: a KPI where it is listed.
struct Line<'a> {
    kpi: &'a Kpi,
    place: Place,
    /// Its position under the heading; none where no heading lists it.
    order: Option<usize>,
    changes: String,
}

pub(super) fn write(
    sheet: &mut Worksheet,
    annex: &Annex,
    against: Option<&Against>,
) -> Result<(), WriteError> {
    let mut lines = Vec::new();
    for heading in annex.headings() {
        // Where it is listed again stands in a column of its own.
        let listed = heading.kpis.iter().filter_map(|id| annex.kpi(id));
        let listed = listed.filter(|kpi| !kpi.is_repost(heading));
        for (order, kpi) in (1usize..).zip(listed) {
            let changes = against.map_or_else(String::new, |against| against.of_kpi(&kpi.id));
            let place = Place::of(annex, heading);
            lines.push(Line { kpi, place, order: Some(order), changes });
        }
    }
    let comparing = if against.is_some() { Comparing::OlderAnnex } else { Comparing::Nothing };
    write_lines(sheet, annex, comparing, &lines)
}

fn write_lines(
    sheet: &mut Worksheet,
    annex: &Annex,
    comparing: Comparing,
    lines: &[Line],
) -> Result<(), WriteError> {
    let columns = columns::kpis(annex, comparing);
    let labels: Vec<_> = columns.iter().map(|column| column.label(&annex.schema)).collect();
    let written = columns::written(&columns, &labels, Table::Kpis);
    let depths = annex.levels.columns(Table::Kpis);
    let cells = |line| columns.iter().map(|column| cell(annex, *column, line, &depths)).collect();
    let rows: Vec<Vec<CellValue>> = lines.iter().map(cells).collect();
    let marks: Vec<bool> = lines.iter().map(|line| !line.changes.is_empty()).collect();
    xlsx::table_with_marks(sheet, &written, &rows, &marks)?;
    print_without_source(sheet, &written, rows.len())
}

fn cell<'a>(
    annex: &'a Annex,
    column: SheetColumn<'a>,
    line: &'a Line,
    depths: &[usize],
) -> CellValue<'a> {
    let kpi = line.kpi;
    match column {
        SheetColumn::Form(column) => match column.role {
            Role::Place => line.place.own(depths).into(),
            Role::Above { level } => line.place.at(usize::from(level)).into(),
            Role::Order => line.order.map_or(CellValue::Blank, CellValue::from),
            Role::Reposts => reposts(annex, kpi).into(),
            Role::Id
            | Role::Status
            | Role::Name
            | Role::Department
            | Role::Section
            | Role::Measures
            | Role::Note
            | Role::Figure { .. }
            | Role::Value => columns::value(kpi, column, annex.printed_text(kpi, column)),
        },
        SheetColumn::Reading(column, part) => reading(&kpi.figure(&column.key).value, part),
        SheetColumn::Value(column, part) => columns::value_part(kpi, column, part),
        SheetColumn::Changes => line.changes.as_str().into(),
        SheetColumn::Source => (*kpi.name.at.file).into(),
        SheetColumn::SourceCell => source_cell(&kpi.name.at).into(),
        SheetColumn::Submitter => kpi.submitted_by.as_str().into(),
        SheetColumn::MeasureIds => measure_ids(kpi).into(),
        SheetColumn::Level(depth, _) => line.place.at(depth).into(),
        SheetColumn::Heading => line.place.name.as_str().into(),
        SheetColumn::Repost | SheetColumn::Owners => CellValue::Blank,
    }
}

/// The KPIs that no heading lists, by id.
pub(super) fn unlisted(annex: &Annex) -> Vec<&Kpi> {
    let listed: BTreeSet<&Id> = annex.headings().flat_map(|heading| &heading.kpis).collect();
    annex.kpis.iter().filter(|kpi| !listed.contains(&kpi.id)).collect()
}

/// The sheet of the KPIs that are printed nowhere, so that no entry of the model is missing.
pub(super) fn write_unlisted(sheet: &mut Worksheet, annex: &Annex) -> Result<(), WriteError> {
    let mut lines = Vec::new();
    for kpi in unlisted(annex) {
        let place = Place::stated(annex, &kpi.category);
        lines.push(Line { kpi, place, order: None, changes: String::new() });
    }
    write_lines(sheet, annex, Comparing::Nothing, &lines)
}

/// The headings that it is listed under again, one a line.
fn reposts(annex: &Annex, kpi: &Kpi) -> String {
    let reposts = kpi.reposts.iter().map(|repost| match repost.value {
        Some(id) => annex.heading(id).map_or_else(|| id.to_string(), Heading::name),
        None => repost.raw.clone().unwrap_or_default(),
    });
    reposts.collect::<Vec<_>>().join("\n")
}

/// The ids of its measures in the order of the names, one a line.
fn measure_ids(kpi: &Kpi) -> String {
    let ids = kpi.measures.iter().map(|link| link.measure.as_ref().map_or(NONE, Id::as_str));
    ids.collect::<Vec<_>>().join("\n")
}

/// A part of what was read of a figure.
fn reading(figure: &Figure, part: FigurePart) -> CellValue<'_> {
    let readings = &figure.readings;
    match part {
        FigurePart::Number => match readings.as_slice() {
            [reading] => reading.number.map_or(CellValue::Blank, CellValue::Number),
            _ => each(readings, |reading| {
                let label = if reading.mark.is_some() { "" } else { reading.label.as_str() };
                reading.number.map(|number| {
                    format!("{label} {}", quantity::grouped(&number.to_string())).trim().to_string()
                })
            })
            .into(),
        },
        FigurePart::Unit => {
            shared(readings, |reading| Some(reading.unit.clone()).filter(|u| !u.is_empty())).into()
        }
        FigurePart::FiscalYear => {
            let years = shared(readings, |reading| reading.fiscal_year.map(|y| y.to_string()));
            years.parse().map_or_else(|_| years.into(), CellValue::Number)
        }
        FigurePart::AsOf => {
            shared(readings, |reading| reading.as_of.as_ref().map(|at| at.printed.clone())).into()
        }
    }
}

/// The value that all readings share, or a line for each.
fn shared(readings: &[Reading], value: impl Fn(&Reading) -> Option<String>) -> String {
    let distinct: BTreeSet<_> = readings.iter().map(&value).collect();
    match distinct.into_iter().next() {
        Some(Some(one)) if readings.iter().all(|r| value(r).as_ref() == Some(&one)) => one,
        _ => each(readings, value),
    }
}

/// A line for each reading, behind its mark; nothing where no reading has a value.
fn each(readings: &[Reading], value: impl Fn(&Reading) -> Option<String>) -> String {
    if readings.iter().all(|reading| value(reading).is_none()) {
        return String::new();
    }
    let lines = readings.iter().map(|reading| {
        let mark = reading.mark.map(String::from).unwrap_or_default();
        mark + value(reading).as_deref().unwrap_or(NONE)
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(mark: char, number: Option<f64>, unit: &str, year: i32) -> Reading {
        Reading {
            mark: Some(mark),
            number,
            unit: unit.into(),
            fiscal_year: Some(year),
            ..Reading::default()
        }
    }

    #[test]
    fn parts_stand_on_lines_and_what_they_share_is_written_once() {
        let readings = vec![read('①', Some(7_223_580.0), "回", 2027), read('②', None, "%", 2027)];
        let figure = Figure { printed: "…".into(), readings };
        let cells = FigurePart::ALL.map(|part| match reading(&figure, part) {
            CellValue::Text(text) => text.into_owned(),
            CellValue::Number(number) => format!("number {number}"),
            other => format!("{other:?}"),
        });
        assert_eq!(
            cells,
            ["①7,223,580\n②－", "①回\n②%", "number 2027", "Blank"].map(Into::into) as [String; 4]
        );
    }
}
