//! A row per KPI and measure that it is for.

use super::{Column, EDITION, Kind, Table, column, kpis, measures};
use crate::model::Annex;

const NUMBER: &str = "対象施策番号";

static COLUMNS: [Column; 5] = [
    EDITION,
    kpis::ID,
    column(NUMBER, Kind::Whole, "KPIの中での対象施策の順番（1から）", ""),
    Column { blank: "名称に合う施策が見つからない", ..measures::ID },
    column("対象施策名", Kind::Text, "施策の名称", ""),
];

pub(super) fn table(annex: &Annex) -> Table {
    let mut rows = Vec::new();
    for (_, kpi) in annex.kpi_rows() {
        for (number, link) in (1u32..).zip(&kpi.measures) {
            let measure = link.measure.as_ref().and_then(|id| annex.measure(id));
            let name = measure.map_or(link.text.as_str(), |measure| measure.name.as_str());
            rows.push(vec![
                annex.front.edition.as_str().into(),
                kpi.id.as_str().into(),
                number.into(),
                measure.map(|measure| measure.id.as_str()).into(),
                name.into(),
            ]);
        }
    }
    Table {
        name: "kpi-measures",
        title: "KPIの対象施策",
        about: "KPIとその対象施策の組ごとに1行。",
        columns: &COLUMNS,
        key: &["KPI ID", NUMBER],
        rows,
    }
}
