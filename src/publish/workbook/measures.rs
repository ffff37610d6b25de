//! The sheet 個別施策: a row per listing, in printed order.

use std::collections::BTreeSet;

use rust_xlsxwriter::Worksheet;

use super::{
    Against, category_label, columns, pillar_label, print_without_source, source_cell,
    stated_category,
};
use crate::model::{Annex, Id, Measure};
use crate::schema::form::consolidated;
use crate::schema::keys;
use crate::xlsx::{self, CellStyle, CellValue, TableColumn, WriteError};

pub(super) const NAME: &str = consolidated::MEASURES;
pub(super) const CATEGORY: &str = "分野";
pub(super) const REPOST: &str = "再掲";
pub(super) const DEPARTMENT: &str = "担当部局";

/// The labels are those of the form, so that the sheet reads back as a form does.
pub(super) const COLUMNS: &[TableColumn] = &[
    TableColumn::new("施策ID", 9.0, CellStyle::Centre),
    TableColumn::new(consolidated::PILLAR, 9.0, CellStyle::Body),
    TableColumn::new(CATEGORY, 14.0, CellStyle::Body),
    TableColumn::new("掲載順", 7.0, CellStyle::Centre),
    TableColumn::new("施策名", 24.0, CellStyle::Body),
    TableColumn::new("概要（D：デジタルで）", 48.0, CellStyle::Body),
    TableColumn::new("目的（X：目指す姿）", 40.0, CellStyle::Body),
    TableColumn::new(DEPARTMENT, 14.0, CellStyle::Body),
    TableColumn::new("担当課室", 16.0, CellStyle::Body),
    TableColumn::new(REPOST, 6.0, CellStyle::Centre),
    TableColumn::new("区分", 6.0, CellStyle::Centre),
    TableColumn::new("備考", 12.0, CellStyle::Body),
    TableColumn::new(super::SOURCE, 15.0, CellStyle::Body),
    TableColumn::new("出典セル", 16.0, CellStyle::Body),
    TableColumn::new(consolidated::SUBMITTER, 14.0, CellStyle::Body),
    TableColumn::new(consolidated::OWNERS, 24.0, CellStyle::Body),
];

pub(super) fn write(
    sheet: &mut Worksheet,
    annex: &Annex,
    against: Option<&Against>,
) -> Result<(), WriteError> {
    let (columns, source) = columns(COLUMNS, against);
    let mut rows = Vec::new();
    let mut marks = Vec::new();
    for pillar in &annex.pillars {
        let pillar_label = pillar_label(pillar);
        for category in &pillar.categories {
            let listed = category.listings.iter().filter_map(|listing| {
                annex.measure(&listing.measure).map(|measure| (listing.repost, measure))
            });
            for (order, (repost, measure)) in (1usize..).zip(listed) {
                let place = [
                    measure.id.as_str().into(),
                    pillar_label.clone().into(),
                    category_label(category).into(),
                    order.into(),
                ];
                let mut row: Vec<CellValue> =
                    place.into_iter().chain(cells(measure, repost)).collect();
                if let Some(against) = against {
                    let said = against.of_listing(&measure.id, category.id, repost);
                    marks.push(!said.is_empty());
                    row.insert(source, said.into());
                }
                rows.push(row);
            }
        }
    }
    xlsx::table_with_marks(sheet, &columns, &rows, &marks)?;
    print_without_source(sheet, &columns, rows.len())
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
    let mut rows: Vec<Vec<CellValue>> = Vec::new();
    for measure in unlisted(annex) {
        let category = stated_category(annex, &measure.category).into();
        let place = [measure.id.as_str().into(), CellValue::Blank, category, CellValue::Blank];
        rows.push(place.into_iter().chain(cells(measure, false)).collect());
    }
    xlsx::table(sheet, COLUMNS, &rows)?;
    print_without_source(sheet, COLUMNS, rows.len())
}

/// Who answers for the measure, one a line: 「警察本部／情報管理課」.
fn owners(measure: &Measure) -> String {
    let joint = consolidated::OWNER_JOINT;
    let owners = measure.owners.iter().map(|o| format!("{}{joint}{}", o.department, o.section));
    owners.collect::<Vec<_>>().join("\n")
}

fn cells(measure: &Measure, repost: bool) -> [CellValue<'_>; 12] {
    [
        measure.name.as_str().into(),
        measure.value(keys::OVERVIEW).as_str().into(),
        measure.value(keys::PURPOSE).as_str().into(),
        measure.department.as_str().into(),
        measure.section.as_str().into(),
        if repost { REPOST.into() } else { CellValue::Blank },
        measure.status.value.label().into(),
        measure.note.as_ref().map_or(CellValue::Blank, |note| note.as_str().into()),
        (*measure.name.at.file).into(),
        source_cell(&measure.name.at).into(),
        measure.submitted_by.as_str().into(),
        owners(measure).into(),
    ]
}
