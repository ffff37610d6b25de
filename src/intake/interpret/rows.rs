//! The rows of a file as they were located, kept so that an entry can be read again with other
//! texts in its cells.

use std::collections::BTreeMap;
use std::sync::Arc;

use indexmap::IndexMap;

use super::entries::RowReader;
use super::groups::Group;
use super::submission::Submitter;
use super::vocabulary::{Patience, Vocabulary};
use crate::diag::{CellRef, Place};
use crate::intake::locate::{Located, Row, is_as_good_as_blank};
use crate::model::{Kpi, Measure, Observations, SubmittedCell};
use crate::schema::{Key, Table};

/// What the cells of a table's rows have in common.
#[derive(Clone, Debug)]
pub struct Frame {
    pub table: Table,
    file: Arc<str>,
    sheet: Arc<str>,
    /// By the key of the column, in the schema's order.
    columns: IndexMap<Key, u32>,
}

impl Frame {
    pub fn of(located: &Located) -> Self {
        let Located { table, sheet, columns, .. } = located;
        let (file, sheet) = (sheet.file.clone(), sheet.name.clone());
        Self { table: *table, file, sheet, columns: columns.clone() }
    }

    /// The place of a column of a row, whether it shows something or not.
    pub fn place(&self, row: &Row, column: &str) -> Place {
        let written = row.entries.get(column).or_else(|| row.nothing.get(column));
        let written = written.map(|(at, _)| *at);
        let column = self.columns.get(column).copied();
        match written.or(column.map(|column| CellRef::new(row.number, column))) {
            Some(at) => Place::cell(&self.file, &self.sheet, at),
            None => Place::sheet(&self.file, &self.sheet),
        }
    }
}

/// The rows of a table, and the headings between them.
#[derive(Debug)]
struct TableRows {
    frame: Frame,
    rows: Vec<Row>,
    groups: BTreeMap<u32, Group>,
}

/// The rows of a file.
#[derive(Debug)]
pub struct FileRows {
    submitter: String,
    submitter_at: Place,
    tables: Vec<TableRows>,
}

/// A row of a file, by its table and its position there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowIndex {
    table: usize,
    row: usize,
}

impl FileRows {
    /// No rows: of a file that was not read.
    pub fn none() -> Arc<Self> {
        let (submitter, submitter_at) = (String::new(), Place::default());
        Arc::new(Self { submitter, submitter_at, tables: Vec::new() })
    }

    /// The rows of a file's tables, each with the headings between them.
    pub fn new(
        submitter: &Submitter,
        tables: Vec<Located>,
        groups: Vec<BTreeMap<u32, Group>>,
    ) -> Arc<Self> {
        let both = tables.into_iter().zip(groups);
        let tables = both.map(|(located, groups)| TableRows {
            frame: Frame::of(&located),
            rows: located.rows,
            groups,
        });
        Arc::new(Self {
            submitter: submitter.name.to_owned(),
            submitter_at: submitter.at.clone(),
            tables: tables.collect(),
        })
    }

    /// The rows of all tables of a kind, in the order in which their entries are read.
    pub fn of(&self, table: Table) -> impl Iterator<Item = RowIndex> {
        let tables = self.tables.iter().enumerate().filter(move |(_, of)| of.frame.table == table);
        tables.flat_map(|(table, of)| (0..of.rows.len()).map(move |row| RowIndex { table, row }))
    }

    /// What a cell of a row shows.
    pub fn shown(&self, at: RowIndex, column: &str) -> Option<SubmittedCell> {
        let (table, row) = self.find(at)?;
        let written = row.entries.get(column).or_else(|| row.nothing.get(column));
        let text = written.map_or("", |(_, cell)| cell.text.as_str()).to_owned();
        Some(SubmittedCell { at: table.frame.place(row, column), text })
    }

    /// Whether another row has its text from a cell of this one: it is merged over both.
    pub fn is_shared(&self, at: RowIndex, column: &str) -> bool {
        let Some((table, row)) = self.find(at) else { return false };
        let Some((cell, _)) = row.entries.get(column) else { return false };
        let same = |row: &&Row| row.entries.get(column).is_some_and(|(other, _)| other == cell);
        table.rows.iter().filter(same).count() > 1
    }

    /// A measure with other texts in its cells.
    pub fn measure(
        &self,
        vocabulary: &Vocabulary,
        at: RowIndex,
        texts: &BTreeMap<Key, String>,
        observations: &mut Observations,
    ) -> Option<Measure> {
        self.read(vocabulary, at, texts, observations, |reader, submitter| {
            reader.measure(submitter)
        })
    }

    /// A KPI with other texts in its cells.
    pub fn kpi(
        &self,
        vocabulary: &Vocabulary,
        at: RowIndex,
        texts: &BTreeMap<Key, String>,
        observations: &mut Observations,
    ) -> Option<Kpi> {
        self.read(vocabulary, at, texts, observations, |reader, submitter| reader.kpi(submitter))
    }

    fn read<T>(
        &self,
        vocabulary: &Vocabulary,
        at: RowIndex,
        texts: &BTreeMap<Key, String>,
        observations: &mut Observations,
        read: impl Fn(&mut RowReader, &Submitter) -> T,
    ) -> Option<T> {
        let (TableRows { frame, groups, .. }, row) = self.find(at)?;
        let group = groups.range(..row.number).next_back().map(|(_, group)| group);
        let submitter = Submitter { name: &self.submitter, at: self.submitter_at.clone() };
        let schema = &vocabulary.edition.schema;
        let is_blank = |(key, text): (&Key, &String)| {
            let column = schema.column(frame.table, key);
            column.is_some_and(|column| is_as_good_as_blank(column, text))
        };
        let texts = texts.iter().map(|(key, text)| {
            let text = if is_blank((key, text)) { String::new() } else { text.clone() };
            (key.clone(), text)
        });
        let texts: &BTreeMap<Key, String> = &texts.collect();
        let patience = &Patience::default();
        let mut reader = RowReader { vocabulary, patience, frame, row, group, texts, observations };
        Some(read(&mut reader, &submitter))
    }

    fn find(&self, at: RowIndex) -> Option<(&TableRows, &Row)> {
        let table = self.tables.get(at.table)?;
        Some((table, table.rows.get(at.row)?))
    }
}
