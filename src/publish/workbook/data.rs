//! The sheets for machines: データ_施策, データ_KPI, データ_KPI対象施策, コード表, データの説明.
//!
//! They keep to the rules for machine-readable workbooks: header in row 1, unique names, no
//! merged cells, one value a cell, numbers as numbers with their unit in a column of its own, and
//! nothing but data on the sheet.

use rust_xlsxwriter::Worksheet;

use crate::model::flat::{Kind, Table, Value};
use crate::xlsx::{self, Cell, Column, Look, WriteError};

pub(super) const MEASURES: &str = "データ_施策";
pub(super) const KPIS: &str = "データ_KPI";
pub(super) const LINKS: &str = "データ_KPI対象施策";
pub(super) const CODES: &str = "コード表";
pub(super) const GUIDE: &str = "データの説明";

/// Columns are as wide as their header and short values need, but no wider.
const WIDEST: usize = 40;

const GUIDE_COLUMNS: &[Column] = &[
    Column::new("シート", 22.0, Look::Body),
    Column::new("項目", 18.0, Look::Body),
    Column::new("種類", 9.0, Look::Centre),
    Column::new("説明", 70.0, Look::Body),
    Column::new("空欄の意味", 44.0, Look::Body),
];

/// What holds for all data sheets.
const GENERAL: &[(&str, &str)] = &[
    ("1行目", "項目の名称。2行目からがデータで、結合したセル、見出しや合計の行はありません。"),
    (
        "空欄",
        "値がないことを示します。意味は項目ごとの「空欄の意味」のとおりです。0は値として0です。",
    ),
    ("改行", "文章の中の改行は、別冊に印刷される改行です。"),
    (
        "①②…",
        "1つのKPIが複数の指標からなることを示す記号です。データでは「枝番」の列に分けています。",
    ),
    ("%", "「単位」が%の数値は百分率です（69.0%は69）。"),
    ("（西暦）（和暦）", "同じ年度または時点を、西暦と和暦で示しています。"),
];

pub(super) fn write(sheet: &mut Worksheet, table: &Table) -> Result<(), WriteError> {
    let columns: Vec<Column> = (table.columns.iter().enumerate())
        .map(|(at, column)| {
            let look = if column.kind == Kind::Number { Look::Figure } else { Look::Data };
            Column::new(column.name, width(table, at, column.name), look)
        })
        .collect();
    let rows: Vec<Vec<Cell>> =
        table.rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    xlsx::table(sheet, &columns, &rows)
}

fn width(table: &Table, at: usize, name: &str) -> f64 {
    let texts = table.rows.iter().filter_map(|row| match row.get(at) {
        Some(Value::Text(text)) => Some(text.as_str()),
        _ => None,
    });
    let widest = texts.map(xlsx::width).max().unwrap_or(0).min(WIDEST);
    // The filter's button takes the room of two characters.
    (widest.max(xlsx::width(name) + 2) + 1) as f64
}

fn cell(value: &Value) -> Cell<'_> {
    match value {
        Value::Empty => Cell::Blank,
        Value::Text(text) => text.as_str().into(),
        Value::Whole(number) => Cell::Number(*number as f64),
        Value::Number(number) => Cell::Number(*number),
    }
}

/// Explains every column of the sheets, what an empty cell means, and the signs.
pub(super) fn guide(
    sheet: &mut Worksheet,
    tables: &[(&'static str, &Table)],
) -> Result<(), WriteError> {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for (name, about) in GENERAL {
        rows.push(vec!["共通".into(), (*name).into(), "".into(), (*about).into(), "".into()]);
    }
    for (name, table) in tables {
        let about = format!("{}1行を決める項目：{}", table.about, table.key.join("、"));
        rows.push(vec![(*name).into(), "（シート）".into(), "".into(), about.into(), "".into()]);
        for column in table.columns {
            let choices = match column.choices {
                [] => String::new(),
                choices => format!("（{}のいずれか）", choices.join("・")),
            };
            rows.push(vec![
                (*name).into(),
                column.name.into(),
                kind(column.kind).into(),
                format!("{}{choices}", column.about).into(),
                if column.blank.is_empty() { "空欄にならない" } else { column.blank }.into(),
            ]);
        }
    }
    xlsx::table(sheet, GUIDE_COLUMNS, &rows)
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "文字列",
        Kind::Whole => "整数",
        Kind::Number => "数値",
    }
}
