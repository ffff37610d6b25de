//! The model as flat tables for machines: one fact a row, one value a cell.
//!
//! The data sheets of the workbook and the CSV files are both written from these tables, so that
//! a column has one name, one meaning and one description. They hold what is published: neither
//! 備考 nor the source cells.

mod codes;
mod kpis;
mod links;
mod measures;

use super::Annex;

pub use codes::codes;

/// A table with its rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Name for files: `measures`.
    pub name: &'static str,
    /// Name for people: 「施策」.
    pub title: &'static str,
    /// What a row is.
    pub about: &'static str,
    pub columns: &'static [Column],
    /// The columns whose values together are in no two rows.
    pub key: &'static [&'static str],
    /// A value for every column.
    pub rows: Vec<Vec<Value>>,
}

/// A column and what its values mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    pub name: &'static str,
    pub kind: Kind,
    /// The values that it can have, where they are few.
    pub choices: &'static [&'static str],
    pub about: &'static str,
    /// What an empty cell means; an empty text where no cell is empty.
    pub blank: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Whole,
    Number,
}

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Empty,
    Text(String),
    Whole(i64),
    Number(f64),
}

/// The tables of the annex: measures, KPIs, and the measures of each KPI.
pub fn tables(annex: &Annex) -> [Table; 3] {
    [measures::table(annex), kpis::table(annex), links::table(annex)]
}

const fn column(
    name: &'static str,
    kind: Kind,
    about: &'static str,
    blank: &'static str,
) -> Column {
    Column { name, kind, choices: &[], about, blank }
}

const fn choice(
    name: &'static str,
    choices: &'static [&'static str],
    about: &'static str,
    blank: &'static str,
) -> Column {
    Column { name, kind: Kind::Text, choices, about, blank }
}

/// The columns by which the tables are joined.
const EDITION: Column = column("版", Kind::Text, "どの年度の別冊か（例：R7）", "");
const PILLAR_CODE: Column = column("柱コード", Kind::Whole, "柱の番号", "");
const PILLAR: Column = column("柱", Kind::Text, "柱の名称", "");
const CATEGORY_CODE: Column =
    column("分野コード", Kind::Text, "柱の番号と分野の番号（例：1(1)）", "");
const CATEGORY: Column = column("分野", Kind::Text, "分野の名称", "");
const ORDER: Column = column("掲載順", Kind::Whole, "分野の中で掲載される順番（1から）", "");
const STATUS: Column =
    choice("区分", &["継続", "新規", "変更", "廃止"], "前の版と比べてどうなったか", "");

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.into()) }
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Whole(number.into())
    }
}

impl From<i32> for Value {
    fn from(number: i32) -> Self {
        Self::Whole(number.into())
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        if number.is_finite() { Self::Number(number) } else { Self::Empty }
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}
