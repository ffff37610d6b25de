//! The sheet 表紙: the words of the edition, what the workbook holds, and links to its sheets.

use std::collections::BTreeSet;

use rust_xlsxwriter::Worksheet;

use super::{Against, changes, data, findings, kpis, measures, reposts, summary};
use crate::model::Annex;
use crate::publish::tables::TABLES;
use crate::report::Report;
use crate::schema::form::consolidated;
use crate::schema::front::SETTINGS;
use crate::xlsx::{self, CellStyle, CellValue, WriteError};

pub(super) const NAME: &str = consolidated::COVER;

const LABEL_WIDTH: f64 = 24.0;
const TEXT_WIDTH: f64 = 96.0;

pub(super) fn write(
    sheet: &mut Worksheet,
    annex: &Annex,
    report: &Report,
    against: Option<&Against>,
) -> Result<(), WriteError> {
    for (column, width) in (0u16..).zip([2.0, LABEL_WIDTH, TEXT_WIDTH]) {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_screen_gridlines(false);
    sheet.set_portrait().set_print_fit_to_pages(1, 1);
    let mut row = title(sheet, annex)?;
    row = contents(sheet, row + 1, annex, against)?;
    row = block(sheet, row + 1, "件数", &counts(annex, report))?;
    block(sheet, row + 1, consolidated::WORDS, &words(annex))?;
    Ok(())
}

/// The title lines; returns the row below them.
fn title(sheet: &mut Worksheet, annex: &Annex) -> Result<u32, WriteError> {
    let front = &annex.front;
    let volume = [&front.volume, &front.chapter, &front.version].map(String::as_str).join("　");
    let lines: [(&str, CellStyle, f64); 3] = [
        (&front.title, CellStyle::Title, 32.0),
        (&front.title_en, CellStyle::Note, 16.0),
        (volume.trim(), CellStyle::Subtitle, 22.0),
    ];
    let mut row = 1;
    for (text, style, height) in lines {
        xlsx::write_cell(sheet, (row, 1), &text.into(), style)?;
        sheet.set_row_height(row, height)?;
        row += 1;
    }
    Ok(row)
}

/// A heading and pairs of label and text; returns the row below them.
fn block(
    sheet: &mut Worksheet,
    mut row: u32,
    heading: &str,
    pairs: &[(&str, String)],
) -> Result<u32, WriteError> {
    xlsx::write_cell(sheet, (row, 1), &heading.into(), CellStyle::Heading)?;
    for (label, text) in pairs.iter().filter(|(_, text)| !text.is_empty()) {
        row += 1;
        xlsx::write_cell(sheet, (row, 1), &(*label).into(), CellStyle::Label)?;
        xlsx::write_cell(sheet, (row, 2), &text.as_str().into(), CellStyle::Value)?;
        sheet.set_row_height(row, xlsx::height([(text.as_str(), TEXT_WIDTH)]))?;
    }
    Ok(row + 1)
}

fn words(annex: &Annex) -> Vec<(&'static str, String)> {
    SETTINGS.iter().map(|setting| (setting.label, annex.front.word(setting))).collect()
}

fn counts(annex: &Annex, report: &Report) -> Vec<(&'static str, String)> {
    let listings = annex.listings().count();
    let reposts = annex.listings().filter(|(_, listing, _)| listing.repost).count();
    let measures: BTreeSet<_> = annex.listings().map(|(_, _, measure)| &measure.id).collect();
    let departments: BTreeSet<_> = (annex.listings())
        .map(|(_, _, measure)| measure.submitted_by.as_str())
        .chain(annex.kpi_rows().map(|(_, kpi)| kpi.submitted_by.as_str()))
        .filter(|name| !name.is_empty())
        .collect();
    let counts = report.counts();
    let found = format!(
        "エラー {}件、警告 {}件、情報 {}件、例外 {}件",
        counts.error, counts.warning, counts.info, counts.accepted
    );
    vec![
        ("分野", format!("{}の柱、{}の分野", annex.pillars.len(), annex.categories().count())),
        ("施策", format!("{}件", measures.len())),
        ("掲載", format!("{listings}件（うち再掲 {reposts}件）")),
        ("KPI", format!("{}件", annex.kpi_rows().count())),
        ("提出部局", format!("{}部局", departments.len())),
        ("指摘", found),
    ]
}

/// The sheets for people, and what is in them.
const SHEETS: [(&str, &str); 5] = [
    (
        measures::NAME,
        "分野ごとに掲載順で並べた個別施策。再掲も1行として載せています。出典の列は印刷範囲に含めていません。",
    ),
    (
        kpis::NAME,
        "分野ごとに掲載順で並べた主な重要業績評価指標（KPI）。値は掲載どおりの表記と、読み取った数値・単位・年度・時点を並べています。出典の列は印刷範囲に含めていません。",
    ),
    (
        summary::NAME,
        "担当部局と分野ごとの掲載数。シート「個別施策」と「KPI」から数式で数えています。",
    ),
    (reposts::NAME, "再掲している施策と、元の分野・再掲している分野。"),
    (findings::NAME, "提出された様式の点検で見つかった指摘。"),
];

/// The sheets that are there when they are needed, and what is in them.
fn occasional(annex: &Annex, against: Option<&Against>) -> Vec<(String, String)> {
    let mut sheets = Vec::new();
    if let Some(against) = against {
        sheets.push((changes::NAME.to_string(), changes::description(against)));
    }
    if !measures::unlisted(annex).is_empty() {
        let what = "廃止などにより、どの分野にも掲載していない施策。";
        sheets.push((consolidated::UNLISTED_MEASURES.to_string(), what.to_string()));
    }
    if !kpis::unlisted(annex).is_empty() {
        let what = "廃止などにより、どの分野にも掲載していないKPI。";
        sheets.push((consolidated::UNLISTED_KPIS.to_string(), what.to_string()));
    }
    sheets
}

/// The links to the other sheets; returns the row below them.
fn contents(
    sheet: &mut Worksheet,
    mut row: u32,
    annex: &Annex,
    against: Option<&Against>,
) -> Result<u32, WriteError> {
    xlsx::write_cell(sheet, (row, 1), &"目次".into(), CellStyle::Heading)?;
    let people = SHEETS.map(|(name, what)| (name.to_string(), what.to_string()));
    let machines = TABLES.iter().map(|table| {
        (data::name(table), format!("機械で読み取るためのデータ。{}。", table.description))
    });
    let keys = [
        (data::CODES.to_string(), "データの列に入るコードとその意味。".to_string()),
        (data::GUIDE.to_string(), "データの列、記号、空欄の説明。".to_string()),
    ];
    let occasional = occasional(annex, against);
    for (name, what) in people.into_iter().chain(occasional).chain(machines).chain(keys) {
        row += 1;
        xlsx::write_cell(sheet, (row, 1), &CellValue::Link { sheet: &name }, CellStyle::Link)?;
        xlsx::write_cell(sheet, (row, 2), &what.as_str().into(), CellStyle::Body)?;
        let height = xlsx::height([(name.as_str(), LABEL_WIDTH), (what.as_str(), TEXT_WIDTH)]);
        sheet.set_row_height(row, height)?;
    }
    Ok(row + 1)
}
