//! Tables to rows: which rows of a table are data, and what each field of them shows.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::located::{Aside, Located, Row};
use super::marks::{behind_sample_mark, is_end, is_remark, is_sample_mark};
use crate::diag::CellRef;
use crate::intake::read::grid::{Cell, Kind as CellKind};
use crate::model::{ForeignColumn, ObservationKind, Observations};
use crate::schema::form::SAMPLE_MARK;
use crate::schema::{Column, Kind, Role, keys};
use crate::text::{filler, is_nothing, is_word_for_nothing, key, quantity};

/// What a row of a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    Sample,
    /// A foot note, the end of the table, or a row of totals.
    Note,
    /// It says that there is nothing.
    Nothing,
    /// One text over the columns of the table, or in none of them.
    Aside,
    Data,
}

/// The rows of data of a table, and the texts that stand alone between them. Rows with data but no
/// name are left out and told of, and so is what was written over the sample.
pub fn rows(located: &Located, observations: &mut Observations) -> (Vec<Row>, Vec<Aside>) {
    let sheet = located.sheet;
    let mut numbers: Vec<u32> = sheet
        .cells
        .range(CellRef::new(located.header + 1, 0)..CellRef::new(located.end, 0))
        .map(|(at, _)| at.row)
        .collect();
    numbers.dedup();
    let (mut rows, mut asides) = (Vec::new(), Vec::new());
    for number in numbers {
        let mut row = row(located, number);
        match nature(located, number) {
            Nature::Data => {}
            Nature::Note => continue,
            Nature::Sample => {
                sample(located, &row, observations);
                continue;
            }
            Nature::Nothing => {
                nothing(located, number, observations);
                continue;
            }
            Nature::Aside => {
                asides.extend(aside(located, number));
                continue;
            }
        }
        let name = row.entries.get(keys::NAME);
        if name.is_some_and(|(_, cell)| !is_nothing(&cell.text)) {
            if is_begun(&row) {
                leave_out_nothing(located, &mut row, observations);
                rows.push(row);
            }
        } else if let Some((at, found)) = orphan(located, &row) {
            let label = located.schema.name_label(located.table);
            let noted = observations.note(ObservationKind::RowWithoutName, sheet.place(at));
            noted.found(found).expected(label);
        }
    }
    (rows, asides)
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
    Row { number, entries, nothing: IndexMap::new() }
}

/// A row whose every field is merged with the row above says nothing of its own: it is the same
/// entry over two rows.
fn is_begun(row: &Row) -> bool {
    row.entries.values().any(|(at, _)| at.row == row.number)
}

/// Takes out what says that there is nothing, where a column may be empty, and tells of it.
fn leave_out_nothing(located: &Located, row: &mut Row, observations: &mut Observations) {
    let Located { schema, table, sheet, .. } = *located;
    let nothing = &mut row.nothing;
    row.entries.retain(|key, (at, cell)| {
        let column = schema.column(table, key);
        let Some(column) = column.filter(|column| is_as_good_as_blank(column, &cell.text)) else {
            return true;
        };
        let noted = observations.note(ObservationKind::NothingSaid, sheet.place(*at));
        noted.found(cell.text.trim()).expected(&column.label);
        nothing.insert(key.clone(), (*at, cell.clone()));
        false
    });
}

/// Whether a text says that there is nothing, in a column that may be empty.
pub fn is_as_good_as_blank(column: &Column, text: &str) -> bool {
    may_say_nothing(column) && is_nothing(text)
}

/// Whether a word for nothing in a column is as good as a blank. What is printed as it is written
/// stays as it is written.
fn may_say_nothing(column: &Column) -> bool {
    match column.role {
        Role::Id | Role::Order | Role::Reposts | Role::Note | Role::Department => true,
        Role::Place | Role::Above { .. } | Role::Section | Role::Measures => !column.filled,
        Role::Status | Role::Name | Role::Figure { .. } | Role::Value => false,
    }
}

/// What the row of a number is.
pub fn nature(located: &Located, number: u32) -> Nature {
    if mark(located, number).is_some() || is_forgotten_sample(located, number) {
        Nature::Sample
    } else if is_nothing_row(located, number) {
        Nature::Nothing
    } else if is_note(located, number) || is_total(located, number) {
        Nature::Note
    } else if aside(located, number).is_some() {
        Nature::Aside
    } else {
        Nature::Data
    }
}

/// The column of the form that a cell is in.
fn column_at<'s>(located: &Located<'s>, at: CellRef) -> Option<&'s Column> {
    let (key, _) = located.columns.iter().find(|(_, column)| **column == at.column)?;
    located.schema.column(located.table, key)
}

/// The cell that marks a sample row: any that holds a mark and nothing else, in a column of few
/// words, or the name with a mark before it.
fn mark(located: &Located, row: u32) -> Option<CellRef> {
    let id = located.columns.get(keys::ID).map(|&column| CellRef::new(row, column));
    let id =
        id.and_then(|at| located.sheet.effective(at)).filter(|(at, _)| at.row > located.header);
    let cells = located.sheet.row(row).map(|(at, cell)| (at, &cell.text));
    let mut cells = cells.chain(id.map(|(at, cell)| (at, &cell.text)));
    let marked = cells.find(|(at, text)| match column_at(located, *at).map(|column| column.role) {
        Some(Role::Name) => is_sample_mark(text) || behind_sample_mark(text).is_some(),
        Some(Role::Value | Role::Figure { .. } | Role::Measures) => false,
        _ => is_sample_mark(text),
    });
    marked.map(|(at, _)| at)
}

/// The sample without a mark: its own name, and nothing beside it that the sample does not have.
fn is_forgotten_sample(located: &Located, number: u32) -> bool {
    let Located { schema, table, sheet, .. } = *located;
    let shown = |column: &Column| {
        let at = CellRef::new(number, *located.columns.get(&column.key)?);
        sheet.shown(at).map(|cell| key(&cell.text))
    };
    let is_of_sample = |column: &Column, text: &str| match column.role {
        Role::Name => text == key(&column.sample),
        Role::Figure { .. } => text.starts_with(&key(&column.sample)) || is_nothing(text),
        Role::Value if matches!(column.kind, Kind::Text | Kind::List) => {
            text == key(&column.sample) || filler(text).is_some() || is_nothing(text)
        }
        _ => true,
    };
    let columns = || schema.columns(table).iter();
    let name = columns().find(|column| column.role == Role::Name);
    name.and_then(shown) == Some(key(schema.sample_name(table)))
        && columns().all(|column| shown(column).is_none_or(|text| is_of_sample(column, &text)))
}

/// Tells of a sample that is none, or that is marked as the form does not mark it.
fn sample(located: &Located, row: &Row, observations: &mut Observations) {
    let Located { sheet, .. } = *located;
    let name = row.entries.get(keys::NAME);
    let marked = mark(located, row.number);
    if let Some(mark) = marked
        && let Some(name) = written_over(located, row)
    {
        let noted = observations.note(ObservationKind::SampleOverwritten, sheet.place(mark));
        noted.found(name);
        return;
    }
    let at = marked.or(name.map(|(at, _)| *at));
    let found = at.and_then(|at| Some((at, sheet.shown(at)?.text.trim())));
    let Some((at, found)) = found.filter(|(_, found)| key(found) != key(SAMPLE_MARK)) else {
        return;
    };
    observations.note(ObservationKind::SampleSkipped, sheet.place(at)).found(found);
}

/// The name of a row that is marked as a sample and holds another name than a sample has: the
/// forms of other years have other samples, but all of them have 「○○」.
fn written_over<'r>(located: &Located, row: &'r Row) -> Option<&'r str> {
    let (_, name) = row.entries.get(keys::NAME)?;
    let name = name.text.trim();
    let bare = behind_sample_mark(name).unwrap_or(name);
    let is_sample = filler(bare).is_some()
        || is_sample_mark(bare)
        || is_nothing(bare)
        || key(bare) == key(located.schema.sample_name(located.table));
    (!is_sample).then_some(name)
}

/// Whether a row says no more than that there is nothing: a word for that, a dash, and beside it
/// only what the form itself may have filled in.
fn is_nothing_row(located: &Located, number: u32) -> bool {
    let mut says_so = false;
    let is_empty = located.sheet.row(number).all(|(at, cell)| {
        let is_nothing = is_nothing(&cell.text);
        says_so |= is_nothing;
        is_nothing || column_at(located, at).is_some_and(|column| stands_by(column, &cell.text))
    });
    says_so && is_empty
}

/// Whether a text is of no weight in a row without an entry: whose it is, and where it would stand.
fn stands_by(column: &Column, text: &str) -> bool {
    is_prefilled(column, text)
        || matches!(column.role, Role::Section | Role::Place | Role::Above { .. })
}

/// Tells of a row that says in words that there is nothing.
fn nothing(located: &Located, number: u32, observations: &mut Observations) {
    let Located { schema, table, sheet, .. } = *located;
    let said = sheet.row(number).find(|(_, cell)| is_word_for_nothing(&cell.text));
    if let Some((at, cell)) = said {
        let noted = observations.note(ObservationKind::NothingRow, sheet.place(at));
        noted.found(cell.text.trim()).expected(schema.words.sheet(table));
    }
}

/// A foot note or the end of the table: its mark, and hardly anything beside it. Beside a name
/// nothing is a note.
fn is_note(located: &Located, row: u32) -> bool {
    let mut cells = located.sheet.row(row);
    let Some((at, first)) = cells.next() else { return false };
    let rest: Vec<(CellRef, &Cell)> = cells.collect();
    let name = located.columns.get(keys::NAME).copied();
    let is_alone = match rest.as_slice() {
        [] => true,
        [(other, _)] => ![at.column, other.column].map(Some).contains(&name),
        _ => false,
    };
    is_remark(&first.text) && is_alone || is_last(located, row)
}

/// Whether a row says that the table ends, and nothing of its own beside that.
fn is_last(located: &Located, row: u32) -> bool {
    let mut ends = false;
    let is_empty = located.sheet.row(row).all(|(at, cell)| {
        let is_end = is_end(&cell.text);
        ends |= is_end;
        is_end
            || is_nothing(&cell.text)
            || column_at(located, at).is_some_and(|column| is_prefilled(column, &cell.text))
    });
    ends && is_empty
}

/// The text that is alone in a row, over several columns of the table or in the first of them or
/// before that.
fn aside(located: &Located, row: u32) -> Option<Aside> {
    let Located { sheet, .. } = *located;
    let mut cells = sheet.row(row);
    let (at, cell) = cells.next()?;
    if cells.next().is_some() {
        return None;
    }
    let merged = sheet.merges.at(at).is_some_and(|merge| {
        let over = merge.first.column..=merge.last.column;
        located.columns.values().filter(|column| over.contains(column)).count() > 1
    });
    let first = located.columns.values().min().copied();
    let is_before = match column_at(located, at) {
        Some(column) => column.role == Role::Id && !is_number(&cell.text),
        None => first.is_some_and(|first| at.column < first),
    };
    (merged || is_before).then(|| Aside { at, text: cell.text.trim().to_owned(), merged })
}

/// The row of the totals that a table object adds below its last. Where it has a name of its own,
/// somebody wrote an entry into it.
fn is_total(located: &Located, row: u32) -> bool {
    let Some(labels) = located.sheet.totals.get(&row) else { return false };
    let name = located.columns.get(keys::NAME).map(|&column| CellRef::new(row, column));
    let name = name.and_then(|at| located.sheet.shown(at));
    name.is_none_or(|name| {
        name.kind == CellKind::Number || labels.iter().any(|label| key(label) == key(&name.text))
    })
}

/// What a row without a name has to say, if anything: the first cell that is written in this
/// row and not filled in by the form.
fn orphan(located: &Located, row: &Row) -> Option<(CellRef, String)> {
    let (_, (at, cell)) = row.entries.iter().find(|(key, (at, cell))| {
        let column = located.schema.column(located.table, key);
        at.row == row.number
            && !is_nothing(&cell.text)
            && !column.is_some_and(|column| is_prefilled(column, &cell.text))
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
