//! The sheet 再掲一覧: every repost with its own place and the place it is listed again in.

use std::collections::BTreeMap;

use rust_xlsxwriter::Worksheet;

use super::{labelled, labels};
use crate::model::{Annex, Entry, Id};
use crate::schema::form::consolidated;
use crate::schema::{Role, Table};
use crate::xlsx::{self, CellStyle, CellValue, TableColumn, WriteError};

/// Where measures alone are listed again.
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

/// Where KPIs may be, too.
const COLUMNS_OF_BOTH: &[TableColumn] = &[
    TableColumn::new("種類", 12.0, CellStyle::Centre),
    TableColumn::new("ID", 9.0, CellStyle::Centre),
    TableColumn::new("名称", 44.0, CellStyle::Body),
    TableColumn::new(consolidated::SUBMITTER, 18.0, CellStyle::Body),
    TableColumn::new("元の掲載場所", 38.0, CellStyle::Body),
    TableColumn::new("元の順番", 13.0, CellStyle::Centre),
    TableColumn::new("{reposted}の掲載場所", 38.0, CellStyle::Body),
    TableColumn::new("{reposted}の順番", 14.0, CellStyle::Centre),
];

/// The name of a heading, and the position under it.
type Place = (String, usize);

/// An entry that is listed again.
struct Repost<'a> {
    table: Table,
    entry: &'a Entry,
    /// Its own place; none where it is listed in others alone.
    home: Option<Place>,
    again: Place,
}

/// Whether KPIs may be listed again.
fn has_kpis(annex: &Annex) -> bool {
    let column = annex.schema.with_role(Table::Kpis, Role::Reposts);
    annex.levels.have(Table::Kpis) && column.is_some()
}

/// Whether anything may be listed again, so that there is the sheet.
pub(super) fn are_asked(annex: &Annex) -> bool {
    annex.levels.have(Table::Measures) || has_kpis(annex)
}

/// What the sheet holds, with placeholders.
pub(super) fn description(annex: &Annex) -> &'static str {
    match (annex.levels.have(Table::Measures), has_kpis(annex)) {
        (_, false) => "{reposted}している{measure}と、元の{place}・{reposted}している{place}。",
        (true, true) => {
            "{reposted}している{measure}・{kpi}と、元の掲載場所・{reposted}の掲載場所。"
        }
        (false, true) => "{reposted}している{kpi}と、元の掲載場所・{reposted}の掲載場所。",
    }
}

pub(super) fn write(sheet: &mut Worksheet, annex: &Annex) -> Result<(), WriteError> {
    let with_kpis = has_kpis(annex);
    let mut reposts = measures(annex);
    if with_kpis {
        reposts.extend(kpis(annex));
    }
    let columns = if with_kpis { COLUMNS_OF_BOTH } else { COLUMNS };
    let rows: Vec<Vec<CellValue>> =
        reposts.into_iter().map(|repost| row(annex, repost, with_kpis)).collect();
    let labels = labels(columns, &annex.schema);
    xlsx::table(sheet, &labelled(columns, &labels), &rows)
}

fn row<'a>(annex: &'a Annex, repost: Repost<'a>, with_kpis: bool) -> Vec<CellValue<'a>> {
    let Repost { table, entry, home, again } = repost;
    let (id, name) = (CellValue::from(entry.id.as_str()), CellValue::from(entry.name.as_str()));
    let mut row = match with_kpis {
        true => {
            let kind = annex.schema.words.entry(table);
            vec![kind.into(), id, name, entry.submitted_by.as_str().into()]
        }
        false => vec![id, name, entry.department.as_str().into(), entry.section.as_str().into()],
    };
    let (home, order) = match home {
        Some((label, order)) => (label.into(), order.into()),
        None => (CellValue::Blank, CellValue::Blank),
    };
    row.extend([home, order, again.0.into(), again.1.into()]);
    row
}

/// The measures that are listed again, in printed order.
fn measures(annex: &Annex) -> Vec<Repost<'_>> {
    let mut homes: BTreeMap<&Id, Place> = BTreeMap::new();
    let mut reposts = Vec::new();
    for heading in annex.headings() {
        let listed = heading.listings.iter().filter_map(|listing| {
            annex.measure(&listing.measure).map(|measure| (listing.repost, measure))
        });
        for (order, (repost, measure)) in (1usize..).zip(listed) {
            let place = (heading.name(), order);
            if repost {
                reposts.push((&measure.entry, place));
            } else {
                homes.entry(&measure.id).or_insert(place);
            }
        }
    }
    with_homes(Table::Measures, reposts, &homes)
}

/// The same of KPIs. Their own places are counted as on the sheet of the KPIs, which has no
/// reposts; the others as they are printed.
fn kpis(annex: &Annex) -> Vec<Repost<'_>> {
    let mut homes: BTreeMap<&Id, Place> = BTreeMap::new();
    let mut reposts = Vec::new();
    for heading in annex.headings() {
        let mut own = 0usize;
        let listed = heading.kpis.iter().filter_map(|id| annex.kpi(id));
        for (order, kpi) in (1usize..).zip(listed) {
            if kpi.is_repost(heading) {
                reposts.push((&kpi.entry, (heading.name(), order)));
            } else {
                own += 1;
                homes.entry(&kpi.id).or_insert((heading.name(), own));
            }
        }
    }
    with_homes(Table::Kpis, reposts, &homes)
}

fn with_homes<'a>(
    table: Table,
    reposts: Vec<(&'a Entry, Place)>,
    homes: &BTreeMap<&Id, Place>,
) -> Vec<Repost<'a>> {
    let of = |(entry, again): (&'a Entry, Place)| Repost {
        table,
        entry,
        home: homes.get(&entry.id).cloned(),
        again,
    };
    reposts.into_iter().map(of).collect()
}
