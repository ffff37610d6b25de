//! A row per value of a KPI: current or target, each part apart.

use super::{
    CATEGORY, CATEGORY_CODE, Column, EDITION, Kind, ORDER, PILLAR, PILLAR_CODE, STATUS, Table,
    Value, choice, column,
};
use crate::model::{AbsenceKind, Annex, AsOf, Category, Comparison, Kpi, Pillar, Reading};
use crate::text::era::{self, Era};

pub(super) const ID: Column =
    column("KPI ID", Kind::Text, "KPIの番号。版が変わっても同じKPIは同じ番号", "");
pub(super) const SIDES: [&str; 2] = ["現状値", "目標値"];
const SIDE: &str = "値の種類";
const NUMBER: &str = "値の番号";

static COLUMNS: [Column; 26] = [
    EDITION,
    ID,
    PILLAR_CODE,
    PILLAR,
    CATEGORY_CODE,
    CATEGORY,
    ORDER,
    column("指標名", Kind::Text, "指標の名称（①②がある場合は全体）", ""),
    choice(SIDE, &SIDES, "現状の値か、目標の値か", ""),
    column(NUMBER, Kind::Whole, "1つの欄の中での値の順番（1から）", ""),
    column("枝番", Kind::Text, "指標が複数からなる場合の①②などの記号", "指標が1つ、または全体の値"),
    column("枝番の指標名", Kind::Text, "①②などの記号が付いた指標の名称", "枝番がない"),
    column("値の見出し", Kind::Text, "数値の前に書かれた語（例：解析件数）", "語がない"),
    column(
        "数値",
        Kind::Number,
        "値。単位は「単位」の列（80万人は800000、69.0%は69）",
        "数値がない。理由は「数値がない理由」の列",
    ),
    column("単位", Kind::Text, "数値の単位（万・億などの位は数値に含める）", "単位の記載がない"),
    choice("比較", &COMPARISONS, "数値との大小", "数値そのもの"),
    column("年度（西暦）", Kind::Whole, "値の年度。4月から翌年3月まで", "年度の記載がない"),
    column("年度（和暦）", Kind::Text, "値の年度の和暦", "年度の記載がない"),
    column(
        "時点（西暦）",
        Kind::Text,
        "値を取った日、月または期間（ISO 8601。期間は「/」で区切る）",
        "時点の記載がない",
    ),
    column("時点（和暦）", Kind::Text, "値を取った日、月または期間の和暦", "時点の記載がない"),
    choice("数値がない理由", &ABSENCES, "数値がない場合の理由", "数値がある"),
    column("理由の表記", Kind::Text, "理由として書かれた語（例：R7から実施）", "数値がある"),
    column("注記", Kind::Text, "括弧書きの注記。2つ以上は「；」で区切る", "注記がない"),
    column("表記", Kind::Text, "別冊に印刷される欄全体の表記", "様式に記入がない"),
    column("提出部局", Kind::Text, "様式を提出した部局", ""),
    STATUS,
];

const COMPARISONS: [&str; 4] = ["以上", "以下", "超", "未満"];
const ABSENCES: [&str; 5] = ["未測定", "未開始", "調査中", "文言", "記載なし"];

pub(super) fn comparison(comparison: Comparison) -> &'static str {
    let [at_least, at_most, above, below] = COMPARISONS;
    match comparison {
        Comparison::AtLeast => at_least,
        Comparison::AtMost => at_most,
        Comparison::Above => above,
        Comparison::Below => below,
    }
}

pub(super) fn absence(kind: AbsenceKind) -> &'static str {
    let [not_measured, not_started, surveyed, words, not_stated] = ABSENCES;
    match kind {
        AbsenceKind::NotMeasured => not_measured,
        AbsenceKind::NotStarted => not_started,
        AbsenceKind::BeingSurveyed => surveyed,
        AbsenceKind::InWords => words,
        AbsenceKind::NotStated => not_stated,
    }
}

pub(super) fn table(annex: &Annex) -> Table {
    let mut rows = Vec::new();
    for pillar in &annex.pillars {
        for category in &pillar.categories {
            let listed = category.kpis.iter().filter_map(|id| annex.kpi(id));
            for (order, kpi) in (1u32..).zip(listed) {
                rows.extend(kpi_rows(annex, (pillar, category, order), kpi));
            }
        }
    }
    Table {
        name: "kpis",
        title: "KPIの値",
        about: "KPIの現状値と目標値の、値1つごとに1行。",
        columns: &COLUMNS,
        key: &["KPI ID", SIDE, NUMBER],
        rows,
    }
}

fn kpi_rows(annex: &Annex, place: (&Pillar, &Category, u32), kpi: &Kpi) -> Vec<Vec<Value>> {
    let (pillar, category, order) = place;
    let mut rows = Vec::new();
    for (side, figure) in SIDES.into_iter().zip([&kpi.current.value, &kpi.target.value]) {
        let nothing = [Reading::default()];
        let readings = if figure.readings.is_empty() { &nothing[..] } else { &figure.readings };
        for (number, reading) in (1u32..).zip(readings) {
            let mut row: Vec<Value> = vec![
                annex.front.edition.as_str().into(),
                kpi.id.as_str().into(),
                pillar.number.into(),
                pillar.title.as_str().into(),
                category.id.to_string().into(),
                category.title.as_str().into(),
                order.into(),
                kpi.name.as_str().into(),
                side.into(),
                number.into(),
            ];
            row.extend(value(kpi, reading));
            row.push(figure.printed.as_str().into());
            row.push(kpi.submitted_by.as_str().into());
            row.push(kpi.status.value.label().into());
            rows.push(row);
        }
    }
    rows
}

/// The columns from 枝番 to 注記.
fn value(kpi: &Kpi, reading: &Reading) -> [Value; 13] {
    let part = kpi.parts.iter().find(|part| Some(part.mark) == reading.mark);
    let as_of = reading.as_of.as_ref();
    let absence_kind = reading.absence.as_ref().map(|it| absence(it.kind));
    [
        reading.mark.map(String::from).into(),
        part.map(|part| part.name.as_str()).into(),
        reading.label.as_str().into(),
        reading.number.into(),
        reading.unit.as_str().into(),
        reading.comparison.map(comparison).into(),
        reading.fiscal_year.into(),
        reading.fiscal_year.map(era::long).into(),
        as_of.map(western).into(),
        as_of.map(japanese).into(),
        absence_kind.into(),
        reading.absence.as_ref().map(|it| it.printed.as_str()).into(),
        reading.remarks.join("；").into(),
    ]
}

/// ISO 8601, as exact as the text: `2024`, `2024-12`, `2024-12-31`, `2024-04/2024-09`.
fn western(at: &AsOf) -> String {
    let Some(month) = at.month else { return format!("{:04}", at.year) };
    let start = format!("{:04}-{month:02}", at.year);
    if let Some(until) = at.until_month {
        return format!("{start}/{:04}-{until:02}", year_of(at, month, until));
    }
    let day = at.day.or_else(|| at.end_of_month.then(|| last_day(at.year, month)));
    day.map_or(start.clone(), |day| format!("{start}-{day:02}"))
}

/// 「令和6年」「令和6年12月末」「令和7年1月20日」「令和6年4月～9月」
fn japanese(at: &AsOf) -> String {
    let year = |year, month| match Era::of_day(year, month, last_day(year, month)) {
        Some((era, 1)) => format!("{}元年", era.name()),
        Some((era, number)) => format!("{}{number}年", era.name()),
        None => format!("{year}年"),
    };
    let Some(month) = at.month else { return year(at.year, 12) };
    let start = format!("{}{month}月", year(at.year, month));
    if let Some(until) = at.until_month {
        let last = year_of(at, month, until);
        let again = if last == at.year { String::new() } else { year(last, until) };
        return format!("{start}～{again}{until}月");
    }
    match at.day {
        Some(day) => format!("{start}{day}日"),
        None if at.end_of_month => format!("{start}末"),
        None => start,
    }
}

/// The year of the last month of a period: one that ends before it begins runs into the next.
fn year_of(at: &AsOf, month: u32, until: u32) -> i32 {
    if until < month { at.year.saturating_add(1) } else { at.year }
}

fn last_day(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_as_exact_as_the_text() {
        let at = |year, month, day, until_month, end_of_month| AsOf {
            printed: String::new(),
            year,
            month,
            day,
            until_month,
            end_of_month,
        };
        for (at, iso, words) in [
            (at(2024, None, None, None, false), "2024", "令和6年"),
            (at(2024, Some(11), None, None, false), "2024-11", "令和6年11月"),
            (at(2024, Some(2), None, None, true), "2024-02-29", "令和6年2月末"),
            (at(2025, Some(1), Some(20), None, false), "2025-01-20", "令和7年1月20日"),
            (at(2024, Some(4), None, Some(9), false), "2024-04/2024-09", "令和6年4月～9月"),
            (
                at(2024, Some(10), None, Some(3), false),
                "2024-10/2025-03",
                "令和6年10月～令和7年3月",
            ),
            (at(2019, Some(5), None, None, true), "2019-05-31", "令和元年5月末"),
        ] {
            assert_eq!((western(&at).as_str(), japanese(&at).as_str()), (iso, words));
        }
    }
}
