//! The sheets for machines: one for each table of the open data, コード表 and データの説明.
//!
//! They keep to the rules for machine-readable workbooks: header in row 1, unique names, no
//! merged cells, one value a cell, numbers as numbers with their unit in a column of its own, and
//! nothing but data on the sheet. Their columns are those of the CSV files, under the Japanese
//! names.

use indexmap::IndexSet;
use rust_xlsxwriter::Worksheet;

use crate::model::Annex;
use crate::publish::tables::{self, Kind, TABLES, Table};
use crate::schema::Schema;
use crate::schema::form::consolidated;
use crate::xlsx::{self, CellStyle, CellValue, TableColumn, WriteError};

pub(super) const CODES: &str = consolidated::CODES;
pub(super) const GUIDE: &str = consolidated::DATA_GUIDE;

/// What a page holds side by side in print that is small and still to be read.
const PAGE_WIDTH: f64 = 230.0;
/// Columns are as wide as their header and short values need, but no wider.
const WIDEST: usize = 60;
/// Characters of a sheet's name.
const LONGEST_NAME: usize = 31;

const CODE_COLUMNS: &[TableColumn] = &[
    TableColumn::new(consolidated::CODE_ITEM, 22.0, CellStyle::Body),
    TableColumn::new(consolidated::CODE, 18.0, CellStyle::Body),
    TableColumn::new(consolidated::CODE_MEANING, 44.0, CellStyle::Body),
    TableColumn::new(consolidated::CODE_NOTE, 60.0, CellStyle::Body),
];

const GUIDE_COLUMNS: &[TableColumn] = &[
    TableColumn::new("シート", 24.0, CellStyle::Body),
    TableColumn::new("項目", 24.0, CellStyle::Body),
    TableColumn::new("CSVの項目名", 22.0, CellStyle::Body),
    TableColumn::new("種類", 9.0, CellStyle::Centre),
    TableColumn::new("空欄", 8.0, CellStyle::Centre),
    TableColumn::new("説明", 80.0, CellStyle::Body),
];

/// What holds for all data sheets.
const GENERAL: &[(&str, &str)] = &[
    (
        "1行目",
        "項目の名称です。2行目からがデータで、結合したセルや、見出し・合計の行はありません。",
    ),
    (
        "空欄",
        "値がないことを示します（0とは異なります）。空欄の意味は、項目ごとの説明のとおりです。",
    ),
    ("改行", "文章の中の改行は、別冊に印刷される改行です。"),
    (
        "①②…",
        "1つの{kpi}が複数の指標からなることを示す記号です。データでは、値1つごとに行を分けています。",
    ),
    ("%", "単位が%の数値は百分率です（69.0%は69）。"),
    ("西暦・和暦", "同じ年度や時点を、西暦と和暦の両方で示しています。"),
];

/// The sheet of a table: 「データ_個別施策」, cut where Excel takes no more.
pub(super) fn name(table: &Table, schema: &Schema) -> String {
    let name = format!("{}{}", consolidated::DATA, schema.fill(table.title));
    name.chars().take(LONGEST_NAME).collect()
}

/// The tables that an annex has rows of: none of measures where no heading holds measures.
pub(super) fn tables(annex: &Annex) -> impl Iterator<Item = &'static Table> {
    TABLES
        .iter()
        .copied()
        .filter(|table| table.form_tables.iter().all(|table| annex.levels.have(*table)))
}

pub(super) fn write(sheet: &mut Worksheet, table: &Table, annex: &Annex) -> Result<(), WriteError> {
    let fields = table.columns(annex);
    let rows: Vec<Vec<CellValue>> = (table.rows)(annex)
        .iter()
        .map(|row| fields.iter().map(|field| cell(field.value(row))).collect())
        .collect();
    let columns: Vec<TableColumn> = (fields.iter().enumerate())
        .map(|(at, column)| {
            let style =
                if column.kind == Kind::Number { CellStyle::Figure } else { CellStyle::Data };
            TableColumn::new(
                &column.title,
                width(&column.title, rows.iter().map(|row| row.get(at))),
                style,
            )
        })
        .collect();
    xlsx::table(sheet, &columns, &rows)?;
    // Fitted to one page, a wide table could not be read.
    let all: f64 = columns.iter().map(|column| column.width).sum();
    sheet.set_print_fit_to_pages((all / PAGE_WIDTH).ceil().max(1.0) as u16, 0);
    sheet.set_repeat_columns(0, 1)?;
    Ok(())
}

fn width<'a>(title: &str, cells: impl Iterator<Item = Option<&'a CellValue<'a>>>) -> f64 {
    let widths = cells.map(|cell| match cell {
        Some(CellValue::Text(text)) => xlsx::width(text),
        Some(CellValue::Number(number)) => number.to_string().len(),
        _ => 0,
    });
    let widest = widths.max().unwrap_or(0).min(WIDEST);
    // The filter's button takes the room of two characters, so do the cells' margins.
    (widest.max(xlsx::width(title)) + 3) as f64
}

fn cell(value: tables::Cell<'_>) -> CellValue<'_> {
    match value {
        tables::Cell::Empty => CellValue::Blank,
        tables::Cell::Text(text) => CellValue::Text(text),
        tables::Cell::Integer(number) => CellValue::Number(number as f64),
        tables::Cell::Number(number) => CellValue::Number(number),
        tables::Cell::Boolean(truth) => CellValue::Boolean(truth),
    }
}

/// The ids of the headings (with the ※ note of their KPIs) and the codes of the
/// columns.
pub(super) fn codes(sheet: &mut Worksheet, annex: &Annex) -> Result<(), WriteError> {
    let mut codes: IndexSet<[String; 4]> = IndexSet::new();
    // Level by level.
    for (depth, level) in (1..).zip(annex.levels.iter()) {
        let item = consolidated::number_code(&level.word);
        for heading in annex.headings().filter(|heading| heading.id.depth() == depth) {
            let (id, note) = (heading.id.to_string(), heading.note.clone());
            codes.insert([item.clone(), id, heading.title.clone(), note]);
        }
    }
    for column in tables(annex).flat_map(|table| table.columns(annex)) {
        for (code, meaning) in &column.codes {
            let about = column.description.to_string();
            codes.insert([
                column.title.to_string(),
                (*code).to_owned(),
                (*meaning).to_owned(),
                about,
            ]);
        }
    }
    let rows: Vec<Vec<CellValue>> =
        codes.into_iter().map(|code| code.map(CellValue::from).into()).collect();
    xlsx::table(sheet, CODE_COLUMNS, &rows)
}

/// Explains the signs, every column of the sheets, and what an empty cell means.
pub(super) fn guide(sheet: &mut Worksheet, annex: &Annex) -> Result<(), WriteError> {
    let mut rows: Vec<Vec<CellValue>> = Vec::new();
    for (name, about) in GENERAL {
        rows.push(vec![
            "共通".into(),
            (*name).into(),
            CellValue::Blank,
            CellValue::Blank,
            CellValue::Blank,
            annex.schema.fill(about).into(),
        ]);
    }
    for table in tables(annex) {
        let columns = table.columns(annex);
        let key = (columns.iter())
            .filter(|column| table.key.contains(&&*column.name))
            .map(|column| &*column.title);
        let key = key.collect::<Vec<_>>().join("、");
        let about = format!("{}。行を特定する項目：{key}", annex.schema.fill(table.description));
        rows.push(vec![
            name(table, &annex.schema).into(),
            "（シート全体）".into(),
            format!("{}.csv", table.name).into(),
            CellValue::Blank,
            CellValue::Blank,
            about.into(),
        ]);
        for column in &columns {
            rows.push(vec![
                name(table, &annex.schema).into(),
                column.title.to_string().into(),
                column.name.to_string().into(),
                kind(column.kind).into(),
                if column.required { "なし" } else { "あり" }.into(),
                column.description.to_string().into(),
            ]);
        }
    }
    xlsx::table(sheet, GUIDE_COLUMNS, &rows)
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "文字列",
        Kind::Integer => "整数",
        Kind::Number => "数値",
        Kind::Boolean => "真偽",
    }
}
