//! The entry that a correction names, and its column.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::rules::{UNKNOWN_COLUMN, UNKNOWN_ENTRY};
use crate::diag::Finding;
use crate::model::{Annex, Entry, Kpi, Measure};
use crate::schema::{Column, Schema, Table};
use crate::text::key;
use crate::text::similar::nearest;

/// An entry that is corrected.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    Measure(&'a Measure),
    Kpi(&'a Kpi),
}

impl<'a> Subject<'a> {
    pub fn entry(&self) -> &'a Entry {
        match self {
            Self::Measure(measure) => &measure.entry,
            Self::Kpi(kpi) => &kpi.entry,
        }
    }

    pub fn table(&self) -> Table {
        match self {
            Self::Measure(_) => Table::Measures,
            Self::Kpi(_) => Table::Kpis,
        }
    }

    /// What is printed of it in a column.
    pub fn printed(&self, annex: &'a Annex, column: &Column) -> Cow<'a, str> {
        match self {
            Self::Measure(measure) => annex.printed_text(*measure, column),
            Self::Kpi(kpi) => annex.printed_text(*kpi, column),
        }
    }
}

/// The entries of an annex by their ids, in any width.
pub struct Subjects<'a> {
    annex: &'a Annex,
    by_id: BTreeMap<String, Subject<'a>>,
}

impl<'a> Subjects<'a> {
    pub fn new(annex: &'a Annex) -> Self {
        let all = annex.measures.iter().map(Subject::Measure);
        let all = all.chain(annex.kpis.iter().map(Subject::Kpi));
        let by_id = all.map(|subject| (key(subject.entry().id.as_str()), subject)).collect();
        Self { annex, by_id }
    }

    /// The entry of an id.
    ///
    /// # Errors
    /// No entry has it; the finding has no place yet.
    pub fn find(&self, id: &str) -> Result<Subject<'a>, Box<Finding>> {
        self.by_id.get(&key(id)).copied().ok_or_else(|| {
            let message = say!(
                "ID「{id}」の行が提出された様式にない",
                "no submitted entry has the id “{id}”"
            );
            let ids = self.annex.measures.iter().map(|measure| measure.id.as_str());
            let ids = ids.chain(self.annex.kpis.iter().map(|kpi| kpi.id.as_str()));
            let all: Vec<&str> = ids.collect();
            let same = all.iter().copied().find(|other| without_zeros(other) == without_zeros(id));
            let near = same.or_else(|| nearest(id, all)).unwrap_or_default();
            Box::new(UNKNOWN_ENTRY.finding(message).found(id).expected(near))
        })
    }
}

/// An id whose number is written without its zeros in front: R7-12, R7-K3.
fn without_zeros(id: &str) -> String {
    let id = key(id);
    let digits = id.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (before, number) = id.split_at(digits);
    format!("{before}{}", number.trim_start_matches('0'))
}

/// Whether two words are the same column of some table, or the same word.
pub fn is_same_column(schema: &Schema, one: &str, other: &str) -> bool {
    let column_of = |table: Table, called: &str| column(schema, table, called).ok();
    key(one) == key(other)
        || Table::ALL.into_iter().any(|table| {
            let (one, other) = (column_of(table, one), column_of(table, other));
            one.zip(other).is_some_and(|(one, other)| one.key == other.key)
        })
}

/// The column of a table by its label, its short label, its key or another label of it.
///
/// # Errors
/// The table has no such column; the finding has no place yet.
pub fn column<'a>(
    schema: &'a Schema,
    table: Table,
    called: &str,
) -> Result<&'a Column, Box<Finding>> {
    let wanted = key(called);
    let columns = || schema.columns(table).iter();
    let by = |is_meant: &dyn Fn(&Column) -> bool| columns().find(|column| is_meant(column));
    by(&|column| key(&column.label) == wanted)
        .or_else(|| by(&|column| key(column.short()) == wanted))
        .or_else(|| by(&|column| key(&column.key) == wanted))
        .or_else(|| by(&|column| column.synonyms.iter().any(|label| key(label) == wanted)))
        .ok_or_else(|| {
            let sheet = schema.words.sheet(table);
            let message = say!(
                "「{sheet}」に「{called}」という欄はない",
                "“{sheet}” has no column “{called}”"
            );
            let all: Vec<&str> = columns().map(Column::short).collect();
            let names = columns().flat_map(|column| [&*column.label, column.short(), &*column.key]);
            let near = nearest(called, names).unwrap_or_default();
            let (ja, en) = (all.join("、"), all.join(", "));
            let finding = UNKNOWN_COLUMN.finding(message).found(called).expected(near);
            Box::new(finding.help(say!(
                "column を次のどれかに書き直してください：{ja}。",
                "write one of these: {en}"
            )))
        })
}
