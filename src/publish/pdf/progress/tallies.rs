//! How often what may be chosen of a measure was chosen: by heading and by department.

use serde::Serialize;

use super::Report;
use super::summary::{Group, departments_of};
use crate::edition::Edition;
use crate::model::{Annex, Measure, Row as _};
use crate::schema::{Column, Kind, Table};
use crate::text::key;

/// What was left blank, behind the choices.
const BLANK: &str = "記入なし";

#[derive(Debug, Serialize)]
pub struct Tally {
    label: String,
    /// The choices in their order, and last what is blank.
    grades: Vec<String>,
    total: Vec<usize>,
    headings: Vec<Group>,
    departments: Vec<Group>,
}

/// One for each printed column of choices, where anything was chosen.
pub fn of(edition: &Edition, report: Report) -> Vec<Tally> {
    let annex = report.annex;
    let keys = edition.progress.measures.iter();
    let columns = keys.filter_map(|key| annex.schema.column(Table::Measures, key));
    let chosen = columns.filter(|column| column.kind == Kind::Choice);
    chosen.filter_map(|column| tally(edition, annex, column)).collect()
}

fn tally(edition: &Edition, annex: &Annex, column: &Column) -> Option<Tally> {
    let measures: Vec<&Measure> = annex.measures.iter().filter(|m| m.is_printed()).collect();
    let counts = |measures: &[&Measure]| {
        let mut counts = vec![0; column.choices.len() + 1];
        for measure in measures {
            let text = key(&measure.text(column));
            let at = column.choices.iter().position(|choice| key(choice) == text);
            if let Some(count) = counts.get_mut(at.unwrap_or(column.choices.len())) {
                *count += 1;
            }
        }
        counts
    };
    let total = counts(&measures);
    let (_, chosen) = total.split_last()?;
    if chosen.iter().all(|count| *count == 0) {
        return None;
    }
    let group = |label: String, is_its: &dyn Fn(&Measure) -> bool| {
        let its: Vec<&Measure> = measures.iter().copied().filter(|m| is_its(m)).collect();
        (!its.is_empty()).then(|| Group { label, counts: counts(&its) })
    };
    let tops = annex.outline.iter().filter_map(|top| {
        let is_its =
            |m: &Measure| m.category.value.is_some_and(|place| place.at_level(1) == Some(top.id));
        group(top.label(), &is_its)
    });
    let headings = tops.collect();
    let names = departments_of(edition, annex);
    let of_departments = names.into_iter().filter_map(|name| {
        group(name.to_owned(), &|measure: &Measure| measure.submitted_by == name)
    });
    Some(Tally {
        label: column.short().to_owned(),
        grades: column.choices.iter().cloned().chain([BLANK.to_owned()]).collect(),
        headings,
        departments: of_departments.collect(),
        total,
    })
}
