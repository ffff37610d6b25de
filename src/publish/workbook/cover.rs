//! The sheet 表紙: the words of the edition, what the workbook holds, and links to its sheets.

use std::collections::BTreeSet;

use rust_xlsxwriter::Worksheet;

use super::{
    Shown, changes, corrections, data, findings, kpis, measures, progress, reposts, totals,
};
use crate::model::Annex;
use crate::report::Report;
use crate::schema::form::consolidated;
use crate::schema::front::SETTINGS;
use crate::schema::{Table, Words};
use crate::xlsx::{self, CellStyle, CellValue, WriteError};

pub(super) const NAME: &str = consolidated::COVER;

const LABEL_WIDTH: f64 = 24.0;
const TEXT_WIDTH: f64 = 96.0;

pub(super) fn write(
    sheet: &mut Worksheet,
    annex: &Annex,
    report: &Report,
    shown: Shown,
) -> Result<(), WriteError> {
    for (column, width) in (0u16..).zip([2.0, LABEL_WIDTH, TEXT_WIDTH]) {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_screen_gridlines(false);
    sheet.set_portrait().set_print_fit_to_pages(1, 1);
    let mut row = title(sheet, annex)?;
    row = contents(sheet, row + 1, annex, shown)?;
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
    pairs: &[(impl AsRef<str>, String)],
) -> Result<u32, WriteError> {
    xlsx::write_cell(sheet, (row, 1), &heading.into(), CellStyle::Heading)?;
    for (label, text) in pairs.iter().filter(|(_, text)| !text.is_empty()) {
        row += 1;
        xlsx::write_cell(sheet, (row, 1), &label.as_ref().into(), CellStyle::Label)?;
        xlsx::write_cell(sheet, (row, 2), &text.as_str().into(), CellStyle::Value)?;
        sheet.set_row_height(row, xlsx::height([(text.as_str(), TEXT_WIDTH)]))?;
    }
    Ok(row + 1)
}

fn words(annex: &Annex) -> Vec<(&'static str, String)> {
    SETTINGS.iter().map(|setting| (setting.label, annex.front.word(setting))).collect()
}

fn counts(annex: &Annex, report: &Report) -> Vec<(String, String)> {
    let Words { measure, kpi, place, .. } = &annex.schema.words;
    let reposted = annex.schema.words.reposted();
    let listings = annex.listings().count();
    let reposts = annex.listings().filter(|(_, listing, _)| listing.repost).count();
    let measures: BTreeSet<_> = annex.listings().map(|(_, _, measure)| &measure.id).collect();
    let departments: BTreeSet<_> = (annex.listings())
        .map(|(_, _, measure)| measure.submitted_by.as_str())
        .chain(annex.kpi_rows().map(|(_, kpi)| kpi.submitted_by.as_str()))
        .filter(|name| !name.is_empty())
        .collect();
    let words = annex.levels.iter().enumerate().map(|(at, level)| {
        let count = annex.headings().filter(|heading| heading.id.depth() == at + 1).count();
        format!("{count}の{}", level.word)
    });
    let headings = words.collect::<Vec<_>>().join("、");
    let counts = report.counts();
    let found = format!(
        "エラー {}件、警告 {}件、情報 {}件、例外 {}件",
        counts.error, counts.warning, counts.info, counts.accepted
    );
    let [has_measures, has_kpis] = Table::ALL.map(|table| annex.levels.have(table));
    let mut counts = vec![(place.clone(), headings)];
    if has_measures {
        counts.push((measure.clone(), format!("{}件", measures.len())));
        counts.push(("掲載".into(), format!("{listings}件（うち{reposted} {reposts}件）")));
    }
    if has_kpis {
        counts.push((kpi.clone(), format!("{}件", annex.kpi_rows().count())));
    }
    counts.push(("提出部局".into(), format!("{}部局", departments.len())));
    counts.push(("指摘".into(), found));
    counts
}

/// The sheets for people, and what is in them.
fn for_people(annex: &Annex) -> Vec<(String, String)> {
    let schema = &annex.schema;
    let words = &schema.words;
    let of_table = |table| consolidated::table_sheet(words, table).to_owned();
    let [has_measures, has_kpis] = Table::ALL.map(|table| annex.levels.have(table));
    let summary = match (has_measures, has_kpis) {
        (true, true) => {
            "{measures.department}と{place}ごとの掲載数。シート「{measures}」と「{kpi}」から数式で数えています。"
        }
        (true, false) => {
            "{measures.department}と{place}ごとの掲載数。シート「{measures}」から数式で数えています。"
        }
        (false, _) => "提出部局と{place}ごとの掲載数。シート「{kpi}」から数式で数えています。",
    };
    let sheets = [
        (
            has_measures,
            of_table(Table::Measures),
            "{place}ごとに{measures.order}で並べた{measures}。{reposted}も1行として載せています。出典の列は印刷範囲に含めていません。",
        ),
        (
            has_kpis,
            of_table(Table::Kpis),
            "{place}ごとに{kpis.order}で並べた{kpis-in-full}。値は掲載どおりの表記と、読み取った数値・単位・年度・時点を並べています。出典の列は印刷範囲に含めていません。",
        ),
        (true, consolidated::SUMMARY.to_owned(), summary),
        (reposts::are_asked(annex), consolidated::reposts(words), reposts::description(annex)),
        (true, findings::NAME.to_owned(), "提出された様式の点検で見つかった指摘。"),
    ];
    let sheets = sheets.into_iter().filter(|(is_there, ..)| *is_there);
    sheets.map(|(_, name, what)| (name, schema.fill(what).into_owned())).collect()
}

/// The sheets that are there when they are needed, and what is in them.
fn occasional(annex: &Annex, shown: Shown) -> Vec<(String, String)> {
    let Words { measure, kpi, place, .. } = &annex.schema.words;
    let unlisted = |table| consolidated::unlisted(&annex.schema.words, table);
    let mut sheets = Vec::new();
    if let Some(against) = shown.against {
        let what = changes::description(&annex.schema.words, against);
        sheets.push((changes::NAME.to_string(), what));
    }
    if totals::is_asked(annex) {
        let what = format!(
            "合計する欄の、提出部局と{place}ごとの合計。{}は数えていません。数式で計算しています。",
            annex.schema.words.reposted()
        );
        sheets.push((totals::NAME.to_string(), what));
    }
    if !measures::unlisted(annex).is_empty() {
        let what = format!("廃止などにより、どの{place}にも掲載していない{measure}。");
        sheets.push((unlisted(Table::Measures), what));
    }
    if !kpis::unlisted(annex).is_empty() {
        let what = format!("廃止などにより、どの{place}にも掲載していない{kpi}。");
        sheets.push((unlisted(Table::Kpis), what));
    }
    if let Some(progress) = shown.progress {
        let what = progress::description(&annex.schema, progress);
        sheets.push((consolidated::PROGRESS.to_owned(), what));
    }
    if !annex.corrections.is_empty() {
        let what = "提出された様式の記載を、事務局で修正した箇所と理由。".to_owned();
        sheets.push((corrections::NAME.to_owned(), what));
    }
    sheets
}

/// The links to the other sheets; returns the row below them.
fn contents(
    sheet: &mut Worksheet,
    mut row: u32,
    annex: &Annex,
    shown: Shown,
) -> Result<u32, WriteError> {
    xlsx::write_cell(sheet, (row, 1), &"目次".into(), CellStyle::Heading)?;
    let schema = &annex.schema;
    let machines = data::tables(annex).map(|table| {
        let about = schema.fill(table.description);
        (data::name(table, schema), format!("機械で読み取るためのデータ。{about}。"))
    });
    let keys = [
        (data::CODES.to_string(), "データの列に入るコードとその意味。".to_string()),
        (data::GUIDE.to_string(), "データの列、記号、空欄の説明。".to_string()),
    ];
    let occasional = occasional(annex, shown);
    for (name, what) in for_people(annex).into_iter().chain(occasional).chain(machines).chain(keys)
    {
        row += 1;
        xlsx::write_cell(sheet, (row, 1), &CellValue::Link { sheet: &name }, CellStyle::Link)?;
        xlsx::write_cell(sheet, (row, 2), &what.as_str().into(), CellStyle::Body)?;
        let height = xlsx::height([(name.as_str(), LABEL_WIDTH), (what.as_str(), TEXT_WIDTH)]);
        sheet.set_row_height(row, height)?;
    }
    Ok(row + 1)
}
