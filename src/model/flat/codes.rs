//! The codes that the tables use, and their meanings.

use super::{Column, Kind, Table, Value, column};
use crate::model::{AbsenceKind, Annex, Comparison, Status};

static COLUMNS: [Column; 4] = [
    column("コード種別", Kind::Text, "どの列の値か", ""),
    column("コード", Kind::Text, "列に入る値", ""),
    column("名称", Kind::Text, "コードの名称", ""),
    column("説明", Kind::Text, "コードの意味", "説明を要しない"),
];

/// Pillars, categories (with the ※ note under their KPIs) and the words of the closed columns.
pub fn codes(annex: &Annex) -> Table {
    let mut rows = Vec::new();
    let mut add = |kind: &str, code: String, name: &str, about: &str| {
        rows.push(vec![kind.into(), code.into(), name.into(), Value::from(about)]);
    };
    for pillar in &annex.pillars {
        add("柱コード", pillar.number.to_string(), &pillar.title, "");
    }
    for category in annex.categories() {
        add("分野コード", category.id.to_string(), &category.title, &category.note);
    }
    for (status, about) in Status::ALL.into_iter().zip([
        "前の版から続く",
        "この版で加わった",
        "前の版から内容を変えた",
        "この版でやめた（掲載しない）",
    ]) {
        add("区分", status.label().into(), status.label(), about);
    }
    for (code, about) in
        [("本掲", "その分野に属する施策"), ("再掲", "ほかの分野に属する施策を、もう一度載せたもの")]
    {
        add("掲載区分", code.into(), code, about);
    }
    for (code, about) in super::kpis::SIDES
        .into_iter()
        .zip(["現状の値。特に記載がないものは分野の注記による", "目標の値"])
    {
        add("値の種類", code.into(), code, about);
    }
    for (comparison, about) in [
        (Comparison::AtLeast, "数値と同じか、それより大きい"),
        (Comparison::AtMost, "数値と同じか、それより小さい"),
        (Comparison::Above, "数値より大きい"),
        (Comparison::Below, "数値より小さい"),
    ] {
        let code = super::kpis::comparison(comparison);
        add("比較", code.into(), code, about);
    }
    for (kind, about) in [
        (AbsenceKind::NotMeasured, "まだ測っていない（未測定、未計測、未推計）"),
        (AbsenceKind::NotStarted, "始まっていない（R7から実施など）"),
        (AbsenceKind::BeingSurveyed, "調査中、集計中"),
        (AbsenceKind::InWords, "目標や現状を文言で定めている（全国平均など）"),
        (AbsenceKind::NotStated, "値を示していない（－など）"),
    ] {
        let code = super::kpis::absence(kind);
        add("数値がない理由", code.into(), code, about);
    }
    Table {
        name: "codes",
        title: "コード表",
        about: "データの列に入るコードごとに1行。",
        columns: &COLUMNS,
        key: &["コード種別", "コード"],
        rows,
    }
}
