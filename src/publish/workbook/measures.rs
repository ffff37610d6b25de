//! The sheet 個別施策: a row per listing, in printed order.

use rust_xlsxwriter::Worksheet;

use super::{category_label, pillar_label, print_without_source, source_cell};
use crate::model::{Annex, Measure};
use crate::xlsx::{self, Cell, Column, Look, WriteError};

pub(super) const NAME: &str = "個別施策";
pub(super) const CATEGORY: &str = "分野";
pub(super) const REPOST: &str = "再掲";
pub(super) const DEPARTMENT: &str = "担当部局";

/// The labels are those of the form, so that the sheet reads back as a form does.
pub(super) const COLUMNS: &[Column] = &[
    Column::new("施策ID", 9.0, Look::Centre),
    Column::new("柱", 9.0, Look::Body),
    Column::new(CATEGORY, 14.0, Look::Body),
    Column::new("掲載順", 7.0, Look::Centre),
    Column::new("施策名", 24.0, Look::Body),
    Column::new("概要（D：デジタルで）", 48.0, Look::Body),
    Column::new("目的（X：目指す姿）", 40.0, Look::Body),
    Column::new(DEPARTMENT, 14.0, Look::Body),
    Column::new("担当課室", 16.0, Look::Body),
    Column::new(REPOST, 6.0, Look::Centre),
    Column::new("区分", 6.0, Look::Centre),
    Column::new("備考", 12.0, Look::Body),
    Column::new(super::SOURCE, 15.0, Look::Body),
    Column::new("出典セル", 16.0, Look::Body),
];

pub(super) fn write(sheet: &mut Worksheet, annex: &Annex) -> Result<(), WriteError> {
    let mut rows = Vec::new();
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
                rows.push(place.into_iter().chain(cells(measure, repost)).collect());
            }
        }
    }
    xlsx::table(sheet, COLUMNS, &rows)?;
    print_without_source(sheet, COLUMNS, rows.len())
}

fn cells(measure: &Measure, repost: bool) -> [Cell<'_>; 10] {
    [
        measure.name.as_str().into(),
        measure.overview.as_str().into(),
        measure.purpose.as_str().into(),
        measure.department.as_str().into(),
        measure.section.as_str().into(),
        if repost { REPOST.into() } else { Cell::Blank },
        measure.status.value.label().into(),
        measure.note.as_ref().map_or(Cell::Blank, |note| note.as_str().into()),
        (*measure.name.at.file).into(),
        source_cell(&measure.name.at).into(),
    ]
}
