//! Tables to rows: which rows of a table are data, and what each field of them shows.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::located::{Located, Row};
use crate::diag::CellRef;
use crate::intake::read::grid::Kind;
use crate::model::{ForeignColumn, ObservationKind, Observations};
use crate::schema::form::{NOTE_MARKS, SAMPLE_MARKS};
use crate::schema::{Column, Role, keys};
use crate::text::{filler, key, quantity};

/// What a row of a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    Sample,
    /// A foot note, or a row of totals.
    Note,
    Data,
}

/// The rows of data of a table; those with data but no name are left out and told of, and so is
/// what was written over the sample.
pub fn rows(located: &Located, observations: &mut Observations) -> Vec<Row> {
    let sheet = located.sheet;
    let mut numbers: Vec<u32> = sheet
        .cells
        .range(CellRef::new(located.header + 1, 0)..CellRef::new(located.end, 0))
        .map(|(at, _)| at.row)
        .collect();
    numbers.dedup();
    let mut rows = Vec::new();
    for number in numbers {
        let row = row(located, number);
        match nature(located, number) {
            Nature::Data => {}
            Nature::Note => continue,
            Nature::Sample => {
                if let Some((at, name)) = written_over(located, &row) {
                    let at = sheet.place(at);
                    observations.note(ObservationKind::SampleOverwritten, at).found(name);
                }
                continue;
            }
        }
        if row.entries.contains_key(keys::NAME) {
            if is_begun(&row) {
                rows.push(row);
            }
        } else if let Some((at, found)) = orphan(located, &row) {
            let label = located.schema.label(located.table, keys::NAME);
            let noted = observations.note(ObservationKind::RowWithoutName, sheet.place(at));
            noted.found(found).expected(label);
        }
    }
    rows
}

fn row(located: &Located, number: u32) -> Row {
    let mut entries = IndexMap::new();
    for (key, &column) in &located.columns {
        let found = located.sheet.effective(CellRef::new(number, column));
        // What is merged with the header or with the column to the left is not this field's.
        let found = found.filter(|(at, _)| at.row > located.header && at.column == column);
        if let Some((at, cell)) = found {
            entries.insert(key.clone(), (at, cell.clone()));
        }
    }
    Row { number, entries }
}

/// A row whose every field is merged with the row above says nothing of its own: it is the same
/// entry over two rows.
fn is_begun(row: &Row) -> bool {
    row.entries.values().any(|(at, _)| at.row == row.number)
}

/// What the row of a number is.
pub fn nature(located: &Located, number: u32) -> Nature {
    if mark(located, number).is_some() || is_forgotten_sample(located, number) {
        Nature::Sample
    } else if is_note(located, number) || is_total(located, number) {
        Nature::Note
    } else {
        Nature::Data
    }
}

/// The cell that marks a sample row: the row's first, or that of its id.
fn mark(located: &Located, row: u32) -> Option<CellRef> {
    let id = located.columns.get(keys::ID).map(|&column| CellRef::new(row, column));
    let first = located.sheet.row(row).next().map(|(at, _)| at);
    first.into_iter().chain(id).find(|&at| {
        let text = located.sheet.shown(at).map(|cell| key(&cell.text));
        text.is_some_and(|mark| SAMPLE_MARKS.iter().any(|known| key(known) == mark))
    })
}

/// The sample that lost its mark; one that got an id is meant to be read.
fn is_forgotten_sample(located: &Located, number: u32) -> bool {
    let text = |column: &str| {
        let at = CellRef::new(number, *located.columns.get(column)?);
        Some(key(&located.sheet.shown(at)?.text))
    };
    text(keys::ID).is_none()
        && text(keys::NAME) == Some(key(located.schema.sample_name(located.table)))
}

/// The mark and the name of a row that is marked as a sample and holds another name than a
/// sample has: the forms of other years have other samples, but all of them have 「○○」.
fn written_over<'r>(located: &Located, row: &'r Row) -> Option<(CellRef, &'r str)> {
    let at = mark(located, row.number)?;
    let (_, name) = row.entries.get(keys::NAME)?;
    let name = name.text.trim();
    let is_sample =
        filler(name).is_some() || key(name) == key(located.schema.sample_name(located.table));
    (!is_sample).then_some((at, name))
}

/// A foot note: its mark, and hardly anything beside it. Beside a name nothing is a note.
fn is_note(located: &Located, row: u32) -> bool {
    let mut cells = located.sheet.row(row);
    let Some((at, first)) = cells.next() else { return false };
    let mut letters = first.text.trim_start().chars();
    let Some(mark) = letters.next().filter(|letter| NOTE_MARKS.contains(letter)) else {
        return false;
    };
    // 「注文の電子化」 is no note, 「注１　…」 and 「注）…」 are.
    let is_word = mark == '注' && letters.next().is_some_and(char::is_alphabetic);
    let name = located.columns.get(keys::NAME).copied();
    let is_alone = match (cells.next(), cells.next()) {
        (None, _) => true,
        (Some((other, _)), None) => ![at.column, other.column].map(Some).contains(&name),
        _ => false,
    };
    !is_word && is_alone
}

/// The row of the totals that a table object adds below its last. Where it has a name of its own,
/// somebody wrote an entry into it.
fn is_total(located: &Located, row: u32) -> bool {
    let Some(labels) = located.sheet.totals.get(&row) else { return false };
    let name = located.columns.get(keys::NAME).map(|&column| CellRef::new(row, column));
    let name = name.and_then(|at| located.sheet.shown(at));
    name.is_none_or(|name| {
        name.kind == Kind::Number || labels.iter().any(|label| key(label) == key(&name.text))
    })
}

/// What a row without a name has to say, if anything: the first cell that is written in this
/// row and not filled in by the form.
fn orphan(located: &Located, row: &Row) -> Option<(CellRef, String)> {
    let (_, (at, cell)) = row.entries.iter().find(|(key, (at, cell))| {
        let column = located.schema.column(located.table, key);
        at.row == row.number && !column.is_some_and(|column| is_prefilled(column, &cell.text))
    })?;
    Some((*at, cell.text.trim().to_owned()))
}

/// Whether the form itself may have filled in the text.
fn is_prefilled(column: &Column, text: &str) -> bool {
    match column.role {
        Role::Id => is_number(text),
        Role::Status | Role::Department => true,
        _ => false,
    }
}

/// An id, or a running number.
fn is_number(text: &str) -> bool {
    key(text).chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// A column that the edition does not have or does not use, with content in the rows of a table.
pub struct Foreign {
    /// Its label, or its first cell where it has none.
    pub at: CellRef,
    /// The text there.
    pub text: String,
    pub column: ForeignColumn,
}

/// The columns of a table that mean nothing here but hold data in its rows.
pub fn foreign_columns(located: &Located) -> Vec<Foreign> {
    let Located { schema, table, .. } = *located;
    let known = |number: u32| located.columns.iter().find(|(_, column)| **column == number);
    let mut found: BTreeMap<u32, Foreign> = BTreeMap::new();
    for row in &located.rows {
        for (at, cell) in located.sheet.row(row.number) {
            let known = known(at.column).and_then(|(key, _)| schema.column(table, key));
            let label = located.unknown.get(&at.column);
            let is_used = known.is_some_and(|column| !column.papers.is_empty());
            if is_used || label.is_some_and(|label| located.is_reference(label)) {
                continue;
            }
            let is_numeric = begins_with_number(&cell.text);
            let header = CellRef::new(located.header, at.column);
            let label = label.or(known.map(|column| &column.label)).map(|label| label.trim());
            let foreign = found.entry(at.column).or_insert_with(|| Foreign {
                at: if label.is_some() { header } else { at },
                text: label.unwrap_or(cell.text.trim()).to_owned(),
                column: ForeignColumn {
                    table,
                    label: label.unwrap_or_default().to_owned(),
                    cells: 0,
                    is_numeric: true,
                    unused: known.map(|column| column.key.clone()),
                },
            });
            foreign.column.cells += 1;
            foreign.column.is_numeric &= is_numeric;
        }
    }
    found.into_values().collect()
}

fn begins_with_number(text: &str) -> bool {
    let first = quantity::tokens(text.trim()).next();
    first.is_some_and(|token| token.kind == quantity::Kind::Number)
}
