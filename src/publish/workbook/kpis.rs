//! The sheet KPI: a row per KPI, in printed order.
//!
//! A KPI with parts (①②) keeps one row, as in the printed table, so that a reviewer compares one
//! row with one row and a filter never shows half of a KPI. Its numbers then stand on lines of
//! their own, each behind its mark; where there is one value, it is a number that Excel can
//! reckon with. What all parts share (often the unit and the year) is written once.

use std::collections::BTreeSet;

use rust_xlsxwriter::Worksheet;

use super::{Against, category_label, columns, print_without_source, source_cell, stated_category};
use crate::model::{Annex, Figure, Id, Kpi, Reading};
use crate::schema::form::consolidated;
use crate::schema::keys;
use crate::text::quantity;
use crate::xlsx::{self, CellStyle, CellValue, TableColumn, WriteError};

pub(super) const NAME: &str = consolidated::KPIS;
pub(super) const CATEGORY: &str = "分野";
pub(super) const DEPARTMENT: &str = consolidated::SUBMITTER;
/// For a part that has no such value.
const NONE: &str = consolidated::NO_MEASURE;

pub(super) const COLUMNS: &[TableColumn] = &[
    TableColumn::new("KPI ID", 9.0, CellStyle::Centre),
    TableColumn::new(CATEGORY, 13.0, CellStyle::Body),
    TableColumn::new("掲載順", 7.0, CellStyle::Centre),
    TableColumn::new("主なKPI", 34.0, CellStyle::Body),
    TableColumn::new("対象施策", 24.0, CellStyle::Body),
    TableColumn::new("現状値", 17.0, CellStyle::Body),
    TableColumn::new("現状値の数値", 13.0, CellStyle::Number),
    TableColumn::new("現状値の単位", 7.0, CellStyle::Centre),
    TableColumn::new("現状値の年度", 7.0, CellStyle::Year),
    TableColumn::new("現状値の時点", 13.0, CellStyle::Body),
    TableColumn::new("目標値", 17.0, CellStyle::Body),
    TableColumn::new("目標値の数値", 13.0, CellStyle::Number),
    TableColumn::new("目標値の単位", 7.0, CellStyle::Centre),
    TableColumn::new("目標値の年度", 7.0, CellStyle::Year),
    TableColumn::new("目標値の時点", 8.0, CellStyle::Body),
    TableColumn::new(DEPARTMENT, 13.0, CellStyle::Body),
    TableColumn::new("区分", 6.0, CellStyle::Centre),
    TableColumn::new("備考", 12.0, CellStyle::Body),
    TableColumn::new(super::SOURCE, 15.0, CellStyle::Body),
    TableColumn::new("出典セル", 14.0, CellStyle::Body),
    TableColumn::new(consolidated::MEASURE_IDS, 9.0, CellStyle::Centre),
];

pub(super) fn write(
    sheet: &mut Worksheet,
    annex: &Annex,
    against: Option<&Against>,
) -> Result<(), WriteError> {
    let (columns, source) = columns(COLUMNS, against);
    let mut rows: Vec<Vec<CellValue>> = Vec::new();
    let mut marks = Vec::new();
    for category in annex.categories() {
        let listed = category.kpis.iter().filter_map(|id| annex.kpi(id));
        for (order, kpi) in (1usize..).zip(listed) {
            let mut row = cells(annex, kpi, category_label(category), order.into());
            if let Some(against) = against {
                let said = against.of_kpi(&kpi.id);
                marks.push(!said.is_empty());
                row.insert(source, said.into());
            }
            rows.push(row);
        }
    }
    xlsx::table_with_marks(sheet, &columns, &rows, &marks)?;
    print_without_source(sheet, &columns, rows.len())
}

/// The KPIs that no category lists, by id.
pub(super) fn unlisted(annex: &Annex) -> Vec<&Kpi> {
    let listed: BTreeSet<&Id> = annex.categories().flat_map(|category| &category.kpis).collect();
    annex.kpis.iter().filter(|kpi| !listed.contains(&kpi.id)).collect()
}

/// The sheet of the KPIs that are printed nowhere, so that no entry of the model is missing.
pub(super) fn write_unlisted(sheet: &mut Worksheet, annex: &Annex) -> Result<(), WriteError> {
    let rows: Vec<Vec<CellValue>> = (unlisted(annex).into_iter())
        .map(|kpi| cells(annex, kpi, stated_category(annex, &kpi.category), CellValue::Blank))
        .collect();
    xlsx::table(sheet, COLUMNS, &rows)?;
    print_without_source(sheet, COLUMNS, rows.len())
}

fn cells<'a>(
    annex: &'a Annex,
    kpi: &'a Kpi,
    category: String,
    order: CellValue<'a>,
) -> Vec<CellValue<'a>> {
    let mut row = vec![
        kpi.id.as_str().into(),
        category.into(),
        order,
        kpi.name.as_str().into(),
        measure_names(annex, kpi).into(),
    ];
    row.extend(figure(&kpi.figure(keys::CURRENT).value));
    row.extend(figure(&kpi.figure(keys::TARGET).value));
    row.push(kpi.submitted_by.as_str().into());
    row.push(kpi.status.value.label().into());
    row.push(kpi.note.as_ref().map_or(CellValue::Blank, |note| note.as_str().into()));
    row.push((*kpi.name.at.file).into());
    row.push(source_cell(&kpi.name.at).into());
    row.push(measure_ids(kpi).into());
    row
}

/// The ids of its measures in the order of the names, one a line.
fn measure_ids(kpi: &Kpi) -> String {
    let ids = kpi.measures.iter().map(|link| link.measure.as_ref().map_or(NONE, Id::as_str));
    ids.collect::<Vec<_>>().join("\n")
}

/// The names of its measures as published, one a line; the form's words where none is found.
fn measure_names(annex: &Annex, kpi: &Kpi) -> String {
    let names = kpi.measures.iter().map(|link| annex.printed_name(link));
    names.collect::<Vec<_>>().join("\n")
}

/// As printed, number, unit, fiscal year, as-of.
fn figure(figure: &Figure) -> [CellValue<'_>; 5] {
    let readings = &figure.readings;
    let numbers = match readings.as_slice() {
        [reading] => reading.number.map_or(CellValue::Blank, CellValue::Number),
        _ => each(readings, |reading| {
            let label = if reading.mark.is_some() { "" } else { reading.label.as_str() };
            reading.number.map(|number| {
                format!("{label} {}", quantity::grouped(&number.to_string())).trim().to_string()
            })
        })
        .into(),
    };
    let years = shared(readings, |reading| reading.fiscal_year.map(|year| year.to_string()));
    [
        figure.printed.as_str().into(),
        numbers,
        shared(readings, |reading| Some(reading.unit.clone()).filter(|u| !u.is_empty())).into(),
        years.parse().map_or_else(|_| years.into(), CellValue::Number),
        shared(readings, |reading| reading.as_of.as_ref().map(|at| at.printed.clone())).into(),
    ]
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

    fn reading(mark: char, number: Option<f64>, unit: &str, year: i32) -> Reading {
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
        let readings =
            vec![reading('①', Some(7_223_580.0), "回", 2027), reading('②', None, "%", 2027)];
        let cells = figure(&Figure { printed: "…".into(), readings }).map(|cell| match cell {
            CellValue::Text(text) => text.into_owned(),
            CellValue::Number(number) => format!("number {number}"),
            other => format!("{other:?}"),
        });
        assert_eq!(
            cells,
            ["…", "①7,223,580\n②－", "①回\n②%", "number 2027", "Blank"].map(Into::into)
                as [String; 5]
        );
    }
}
