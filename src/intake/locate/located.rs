//! A table on a sheet, and its rows.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::diag::CellRef;
use crate::intake::read::grid::{Cell, Sheet};
use crate::schema::form::consolidated;
use crate::schema::{Key, NextYear, Schema, Table};
use crate::text::key;

/// A table on a sheet.
#[derive(Debug)]
pub struct Located<'b> {
    pub schema: &'b Schema,
    pub table: Table,
    pub sheet: &'b Sheet,
    /// The row of its labels.
    pub header: u32,
    /// The first of the rows of labels that it is one of.
    pub first: u32,
    /// The row after its last.
    pub end: u32,
    /// By the key of the column, in the schema's order.
    pub columns: IndexMap<Key, u32>,
    /// Columns with a label that means nothing here.
    pub unknown: BTreeMap<u32, String>,
    /// Its rows of data.
    pub rows: Vec<Row>,
    /// What stands alone in a row between them.
    pub asides: Vec<Aside>,
}

/// A text that is alone in a row of a table: what heads the rows below it, or a remark.
#[derive(Debug)]
pub struct Aside {
    pub at: CellRef,
    pub text: String,
    /// It stands over several columns, so that it is of none of them.
    pub merged: bool,
}

/// A row of data.
#[derive(Debug)]
pub struct Row {
    pub number: u32,
    /// The columns that show something, with the cell it is written in.
    /// By the key of the column, in the schema's order.
    pub entries: IndexMap<Key, (CellRef, Cell)>,
    /// The columns that say that there is nothing.
    pub nothing: IndexMap<Key, (CellRef, Cell)>,
}

impl Located<'_> {
    /// Whether a label is that of what the form shows of the edition before, for reference.
    pub fn is_reference(&self, label: &str) -> bool {
        let mut columns = self.schema.columns(self.table).iter();
        columns.any(|column| {
            column.next_year == NextYear::Reference && key(label) == key(&column.reference_label())
        })
    }

    /// Whether a label is that of a column that our own papers have beside the form's: it is not
    /// the form's own, however much it resembles that.
    pub fn is_beside(&self, label: &str) -> bool {
        let label = key(label);
        let mut beside =
            self.schema.columns(self.table).iter().flat_map(|column| column.labels_beside());
        self.is_reference(&label)
            || label == key(&consolidated::measure_ids(self.schema))
            || beside.any(|of| key(&of) == label)
    }
}
