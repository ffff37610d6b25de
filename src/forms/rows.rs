//! The model's measures and KPIs as rows of the form.

use super::entry::Entry;
use super::sheet;
use crate::diag::Place;
use crate::edition::{Department, Edition, Places};
use crate::model::{self, Annex, Content, HeadingId, Kpi, Measure, Sourced, Status};
use crate::schema::{Column, Key, Kind, NextYear, Table};

/// What the form is filled in for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To show the model as it is.
    Known,
    /// To be filled in for the next edition: everything goes on, the current values are asked
    /// for anew, what was abolished is gone.
    Next,
}

/// A row of one of the tables.
#[derive(Default)]
pub(super) struct Row {
    /// In the order of the columns; a blank cell may be missing.
    pub cells: Vec<Cell>,
    /// What stood in the edition before, of the columns that show it beside the table.
    references: Vec<(Key, String)>,
}

/// A filled cell.
pub(super) struct Cell {
    key: Key,
    entry: Entry,
}

impl Row {
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.cells.iter().find(|cell| cell.key == *key).map(|cell| &cell.entry)
    }

    pub fn reference(&self, key: &str) -> Option<&str> {
        self.references.iter().find(|(of, _)| *of == *key).map(|(_, text)| text.as_str())
    }
}

/// The measures of a department's form in the order of its own rows.
pub(super) fn measures(
    edition: &Edition,
    department: &Department,
    annex: &Annex,
    purpose: Purpose,
) -> Vec<Row> {
    let stays = |m: &&Measure| is_kept(&m.status, purpose) && m.submitted_by == department.name;
    let mut own: Vec<&Measure> = annex.measures.iter().filter(stays).collect();
    own.sort_by(|a, b| position(&a.name.at).cmp(&position(&b.name.at)));
    let places = Places::new(edition);
    own.into_iter().map(|m| row(edition, &places, Table::Measures, m, purpose)).collect()
}

/// The KPIs of a department's form in the order of its own rows.
pub(super) fn kpis(
    edition: &Edition,
    department: &Department,
    annex: &Annex,
    purpose: Purpose,
) -> Vec<Row> {
    let stays = |k: &&Kpi| is_kept(&k.status, purpose) && k.submitted_by == department.name;
    let mut own: Vec<&Kpi> = annex.kpis.iter().filter(stays).collect();
    own.sort_by(|a, b| position(&a.name.at).cmp(&position(&b.name.at)));
    let places = Places::new(edition);
    own.into_iter().map(|k| row(edition, &places, Table::Kpis, k, purpose)).collect()
}

fn is_kept(status: &Sourced<Status>, purpose: Purpose) -> bool {
    purpose != Purpose::Next || status.value != Status::Abolished
}

/// The rows of one form after those of another, where a department has those of two; rows that
/// come from no form stay in the order of their ids, behind those that do.
fn position(at: &Place) -> (bool, &str, u32) {
    match at.cell {
        Some(cell) => (false, &at.file, cell.row),
        None => (true, "", 0),
    }
}

/// What the form shows of an entry, column by column.
fn row(
    edition: &Edition,
    places: &Places,
    table: Table,
    of: &impl model::Row,
    purpose: Purpose,
) -> Row {
    let mut row = Row::default();
    for (_, column) in sheet::columns(&edition.schema, table) {
        let content = of.content(column);
        let next_year = if purpose == Purpose::Next { column.next_year } else { NextYear::Keep };
        match next_year {
            NextYear::Keep => {
                if let Some(entry) = entry(&(places, table), column, content, purpose) {
                    row.cells.push(Cell { key: column.key.clone(), entry });
                }
            }
            NextYear::Clear => {}
            NextYear::Reference => {
                row.references.push((column.key.clone(), content.text().into_owned()));
            }
        }
    }
    row
}

/// What is entered in a cell; `None` where the entry has nothing to say there.
fn entry(
    named: &(&Places, Table),
    column: &Column,
    content: Content,
    purpose: Purpose,
) -> Option<Entry> {
    Some(match content {
        Content::Absent => return None,
        Content::Id(id, _) => Entry::text(id.as_str()),
        Content::Status(_) if purpose == Purpose::Next => Entry::text(Status::Continued.label()),
        Content::Status(status) => Entry::text(status.value.label()),
        Content::Place(place) => Entry::text(place_of(named, place)),
        Content::Above(place, level) => Entry::text(above(named, place, level)),
        Content::Places([]) | Content::Links([]) => return None,
        Content::Places(places) => {
            let lines: Vec<String> = places.iter().map(|r| label(named, r)).collect();
            Entry::text(lines.join("\n"))
        }
        Content::Order(order) => Entry::number(order?.value),
        Content::Note(note) => Entry::text(note?.as_str()),
        Content::Text(text) => match column.kind {
            Kind::Number | Kind::Amount => Entry::figure(text.as_str()),
            Kind::Text | Kind::Choice | Kind::Year | Kind::Period | Kind::Date | Kind::List => {
                Entry::text(text.as_str())
            }
        },
        Content::Links(_) => Entry::text(content.text()),
        Content::Figure(figure) => Entry::figure(&figure.value.printed),
    })
}

/// The label of a heading; what the form had where no heading is known.
fn label((places, _): &(&Places, Table), stated: &Sourced<Option<HeadingId>>) -> String {
    let label = stated.value.and_then(|id| places.label(id)).map(str::to_owned);
    label.or_else(|| stated.raw.clone()).unwrap_or_default()
}

/// What the column of the place says: blank where the entry stands above its level. What the form
/// had stands there, whichever column it came from, where no heading is known.
fn place_of(named: &(&Places, Table), stated: &Sourced<Option<HeadingId>>) -> String {
    let (places, table) = named;
    let written = stated.value.filter(|id| places.label(*id).is_some());
    match written {
        Some(id) => places.written(*table, id).pop().unwrap_or_default(),
        None => label(named, stated),
    }
}

/// What the column of a level above says.
fn above(
    (places, table): &(&Places, Table),
    stated: &Sourced<Option<HeadingId>>,
    level: usize,
) -> String {
    let Some(id) = stated.value else { return String::new() };
    let written = places.columns(*table).into_iter().zip(places.written(*table, id));
    written.filter(|(depth, _)| *depth == level).map(|(_, text)| text).collect()
}
