//! The sheet 再掲一覧: every repost with its own place and the place it is listed again in.

use std::collections::BTreeMap;

use rust_xlsxwriter::Worksheet;

use super::category_label;
use crate::model::{Annex, Id};
use crate::xlsx::{self, CellStyle, CellValue, TableColumn, WriteError};

pub(super) const NAME: &str = "再掲一覧";

const COLUMNS: &[TableColumn] = &[
    TableColumn::new("施策ID", 9.0, CellStyle::Centre),
    TableColumn::new("施策名", 44.0, CellStyle::Body),
    TableColumn::new("担当部局", 18.0, CellStyle::Body),
    TableColumn::new("担当課室", 24.0, CellStyle::Body),
    TableColumn::new("元の分野", 38.0, CellStyle::Body),
    TableColumn::new("元の掲載順", 13.0, CellStyle::Centre),
    TableColumn::new("再掲分野", 38.0, CellStyle::Body),
    TableColumn::new("再掲の掲載順", 14.0, CellStyle::Centre),
];

pub(super) fn write(sheet: &mut Worksheet, annex: &Annex) -> Result<(), WriteError> {
    let mut homes: BTreeMap<&Id, (String, usize)> = BTreeMap::new();
    let mut reposts = Vec::new();
    for category in annex.categories() {
        let listed = category.listings.iter().filter_map(|listing| {
            annex.measure(&listing.measure).map(|measure| (listing.repost, measure))
        });
        for (order, (repost, measure)) in (1usize..).zip(listed) {
            let place = (category_label(category), order);
            if repost {
                reposts.push((measure, place));
            } else {
                homes.entry(&measure.id).or_insert(place);
            }
        }
    }
    let mut rows: Vec<Vec<CellValue>> = Vec::new();
    for (measure, (category, order)) in reposts {
        let (home, home_order) = match homes.get(&measure.id) {
            Some((label, order)) => (label.clone().into(), (*order).into()),
            None => (CellValue::Blank, CellValue::Blank),
        };
        rows.push(vec![
            measure.id.as_str().into(),
            measure.name.as_str().into(),
            measure.department.as_str().into(),
            measure.section.as_str().into(),
            home,
            home_order,
            category.into(),
            order.into(),
        ]);
    }
    xlsx::table(sheet, COLUMNS, &rows)
}
