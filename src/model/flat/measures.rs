//! A row per listing and owner.

use super::{
    CATEGORY, CATEGORY_CODE, Column, EDITION, Kind, ORDER, PILLAR, PILLAR_CODE, STATUS, Table,
    Value, choice, column,
};
use crate::model::{Annex, Measure, Owner};

pub(super) const ID: Column =
    column("施策ID", Kind::Text, "施策の番号。版が変わっても同じ施策は同じ番号", "");
const OWNER_NUMBER: &str = "担当番号";

static COLUMNS: [Column; 15] = [
    EDITION,
    ID,
    PILLAR_CODE,
    PILLAR,
    CATEGORY_CODE,
    CATEGORY,
    ORDER,
    choice("掲載区分", &["本掲", "再掲"], "その分野の施策か、ほかの分野の施策の再掲か", ""),
    column("施策名", Kind::Text, "施策の名称（「（再掲）」は付けない）", ""),
    column("概要", Kind::Text, "概要（D：デジタルで）", "様式に記入がない"),
    column("目的", Kind::Text, "目的（X：目指す姿）", "様式に記入がない"),
    column(
        OWNER_NUMBER,
        Kind::Whole,
        "担当課室の順番（1から）。共同で担当する施策は担当課室ごとに1行",
        "",
    ),
    column("担当部局", Kind::Text, "担当する部局の名称", "様式に記入がない"),
    column("担当課室", Kind::Text, "担当する課室の名称", "様式に記入がない"),
    STATUS,
];

pub(super) fn table(annex: &Annex) -> Table {
    let mut rows = Vec::new();
    for pillar in &annex.pillars {
        for category in &pillar.categories {
            let listed = category.listings.iter().filter_map(|listing| {
                annex.measure(&listing.measure).map(|measure| (listing.repost, measure))
            });
            for (order, (repost, measure)) in (1u32..).zip(listed) {
                for (number, owner) in (1u32..).zip(owners(measure)) {
                    rows.push(vec![
                        annex.front.edition.as_str().into(),
                        measure.id.as_str().into(),
                        pillar.number.into(),
                        pillar.title.as_str().into(),
                        category.id.to_string().into(),
                        category.title.as_str().into(),
                        order.into(),
                        if repost { "再掲" } else { "本掲" }.into(),
                        measure.name.as_str().into(),
                        measure.overview.as_str().into(),
                        measure.purpose.as_str().into(),
                        number.into(),
                        owner.department.into(),
                        owner.section.into(),
                        Value::from(measure.status.value.label()),
                    ]);
                }
            }
        }
    }
    Table {
        name: "measures",
        title: "施策",
        about: "個別施策の掲載と担当課室ごとに1行。再掲も1行とする。",
        columns: &COLUMNS,
        key: &["施策ID", "分野コード", OWNER_NUMBER],
        rows,
    }
}

/// Who answers for it; where no owner is known, the words of the form.
fn owners(measure: &Measure) -> Vec<Owner> {
    if measure.owners.is_empty() {
        let department = measure.department.value.clone();
        return vec![Owner { department, section: measure.section.value.clone() }];
    }
    measure.owners.clone()
}
