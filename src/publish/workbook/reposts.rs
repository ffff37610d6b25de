//! The sheet 再掲一覧: every repost with its own place and the place it is listed again in.

use std::collections::BTreeMap;

use rust_xlsxwriter::Worksheet;

use super::{labelled, labels};
use crate::model::{Annex, Id};
use crate::xlsx::{self, CellStyle, CellValue, TableColumn, WriteError};

const COLUMNS: &[TableColumn] = &[
    TableColumn::new("{measures.id}", 9.0, CellStyle::Centre),
    TableColumn::new("{measures.name}", 44.0, CellStyle::Body),
    TableColumn::new("{measures.department}", 18.0, CellStyle::Body),
    TableColumn::new("{measures.section}", 24.0, CellStyle::Body),
    TableColumn::new("元の{place}", 38.0, CellStyle::Body),
    TableColumn::new("元の{measures.order}", 13.0, CellStyle::Centre),
    TableColumn::new("{measures.reposts}", 38.0, CellStyle::Body),
    TableColumn::new("{reposted}の{measures.order}", 14.0, CellStyle::Centre),
];

pub(super) fn write(sheet: &mut Worksheet, annex: &Annex) -> Result<(), WriteError> {
    let mut homes: BTreeMap<&Id, (String, usize)> = BTreeMap::new();
    let mut reposts = Vec::new();
    for heading in annex.headings() {
        let listed = heading.listings.iter().filter_map(|listing| {
            annex.measure(&listing.measure).map(|measure| (listing.repost, measure))
        });
        for (order, (repost, measure)) in (1usize..).zip(listed) {
            let place = (heading.name(), order);
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
    let labels = labels(COLUMNS, &annex.schema);
    xlsx::table(sheet, &labelled(COLUMNS, &labels), &rows)
}
