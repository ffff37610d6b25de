//! The sheet 個別施策: a row per listing, in printed order.

use std::collections::BTreeSet;

use rust_xlsxwriter::Worksheet;

use super::columns::{self, Comparing, SheetColumn};
use super::{
    Against, category_label, pillar_label, print_without_source, source_cell, stated_category,
};
use crate::model::{Annex, Id, Measure, Row as _};
use crate::schema::form::consolidated;
use crate::schema::{Role, Table, Words};
use crate::xlsx::{self, CellValue, WriteError};

/// A row: a measure where it is listed.
struct Line<'a> {
    measure: &'a Measure,
    pillar: String,
    category: String,
    /// Its place in the category; none where no category lists it.
    order: Option<usize>,
    repost: bool,
    changes: String,
}

pub(super) fn write(
    sheet: &mut Worksheet,
    annex: &Annex,
    against: Option<&Against>,
) -> Result<(), WriteError> {
    let mut lines = Vec::new();
    for pillar in &annex.pillars {
        for category in &pillar.categories {
            let listed = category.listings.iter().filter_map(|listing| {
                annex.measure(&listing.measure).map(|measure| (listing.repost, measure))
            });
            for (order, (repost, measure)) in (1usize..).zip(listed) {
                let changes = match against {
                    Some(against) => against.of_listing(&measure.id, category.id, repost),
                    None => String::new(),
                };
                lines.push(Line {
                    measure,
                    pillar: pillar_label(pillar),
                    category: category_label(category),
                    order: Some(order),
                    repost,
                    changes,
                });
            }
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
    let schema = &annex.schema;
    let columns = columns::measures(schema, comparing);
    let labels: Vec<_> = columns.iter().map(|column| column.label(schema)).collect();
    let written = columns::written(&columns, &labels, Table::Measures);
    let cells = |line| columns.iter().map(|column| cell(&schema.words, *column, line)).collect();
    let rows: Vec<Vec<CellValue>> = lines.iter().map(cells).collect();
    let marks: Vec<bool> = lines.iter().map(|line| !line.changes.is_empty()).collect();
    xlsx::table_with_marks(sheet, &written, &rows, &marks)?;
    print_without_source(sheet, &written, rows.len())
}

fn cell<'a>(words: &'a Words, column: SheetColumn<'a>, line: &'a Line) -> CellValue<'a> {
    let measure = line.measure;
    match column {
        SheetColumn::Form(column) => match column.role {
            Role::Place => line.category.as_str().into(),
            Role::Order => line.order.map_or(CellValue::Blank, CellValue::from),
            Role::Id
            | Role::Status
            | Role::Name
            | Role::Department
            | Role::Section
            | Role::Reposts
            | Role::Measures
            | Role::Note
            | Role::Figure { .. }
            | Role::Value => measure.text(column).into(),
        },
        SheetColumn::Pillar => line.pillar.as_str().into(),
        SheetColumn::Repost if line.repost => words.reposted().into(),
        SheetColumn::Changes => line.changes.as_str().into(),
        SheetColumn::Source => (*measure.name.at.file).into(),
        SheetColumn::SourceCell => source_cell(&measure.name.at).into(),
        SheetColumn::Submitter => measure.submitted_by.as_str().into(),
        SheetColumn::Owners => owners(measure).into(),
        SheetColumn::Repost | SheetColumn::Reading(..) | SheetColumn::MeasureIds => {
            CellValue::Blank
        }
    }
}

/// The measures that no category lists as its own, by id.
pub(super) fn unlisted(annex: &Annex) -> Vec<&Measure> {
    let listed: BTreeSet<&Id> = (annex.categories())
        .flat_map(|category| &category.listings)
        .filter(|listing| !listing.repost)
        .map(|listing| &listing.measure)
        .collect();
    annex.measures.iter().filter(|measure| !listed.contains(&measure.id)).collect()
}

/// The sheet of the measures that are printed nowhere, so that no entry of the model is missing.
pub(super) fn write_unlisted(sheet: &mut Worksheet, annex: &Annex) -> Result<(), WriteError> {
    let line = |measure| Line {
        measure,
        pillar: String::new(),
        category: stated_category(annex, &measure.category),
        order: None,
        repost: false,
        changes: String::new(),
    };
    let lines: Vec<Line> = unlisted(annex).into_iter().map(line).collect();
    write_lines(sheet, annex, Comparing::Nothing, &lines)
}

/// Who answers for the measure, one a line: 「警察本部／情報管理課」.
fn owners(measure: &Measure) -> String {
    let joint = consolidated::OWNER_JOINT;
    let owners = measure.owners.iter().map(|o| format!("{}{joint}{}", o.department, o.section));
    owners.collect::<Vec<_>>().join("\n")
}
