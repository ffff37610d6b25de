//! Rows to measures and KPIs: published text, known words, values read.
//!
//! What a cell says and the settings do not know stays in the value's `raw`; a rule tells of it.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::groups::{Group, groups};
use super::rows::Frame;
use super::stated_id::stated_id;
use super::submission::Submitter;
use super::vocabulary::{Patience, Vocabulary};
use crate::diag::Place;
use crate::edition::JOINT;
use crate::intake::figure::{self, Slot};
use crate::intake::locate::{Located, Row, foreign_columns};
use crate::intake::read::grid::Kind;
use crate::model::{
    Entry, Figure, HeadingId, Id, Kpi, Link, Measure, ObservationKind, Observations, Part, Sourced,
    Status,
};
use crate::schema::{Column, Key, Role, Schema, Table, keys};
use crate::text::{Change, clean};

/// What the rows of a file's tables say.
#[derive(Debug, Default)]
pub struct Entries {
    /// In the order of the form's rows, without ids and links.
    pub measures: Vec<Measure>,
    pub kpis: Vec<Kpi>,
    /// The headings between the rows, table by table.
    pub groups: Vec<BTreeMap<u32, Group>>,
}

/// The measures and KPIs of the tables, in the order of the form's rows, without ids and links.
pub fn entries(
    vocabulary: &Vocabulary,
    tables: &[Located],
    submitter: &Submitter,
    observations: &mut Observations,
) -> Entries {
    let mut entries = Entries::default();
    let (texts, patience) = (BTreeMap::new(), Patience::default());
    for located in tables {
        let groups = groups(vocabulary, located, observations);
        let frame = Frame::of(located);
        for row in &located.rows {
            let group = groups.range(..row.number).next_back().map(|(_, group)| group);
            let mut reader = RowReader {
                vocabulary,
                patience: &patience,
                frame: &frame,
                row,
                group,
                texts: &texts,
                observations,
            };
            match located.table {
                Table::Measures => entries.measures.push(reader.measure(submitter)),
                Table::Kpis => entries.kpis.push(reader.kpi(submitter)),
            }
        }
        for foreign in foreign_columns(located) {
            let at = located.sheet.place(foreign.at);
            let noted = observations.note(ObservationKind::UnknownColumn, at);
            noted.found(foreign.text).foreign(foreign.column);
        }
        entries.groups.push(groups);
    }
    entries
}

/// Reads one row of a table.
pub struct RowReader<'a> {
    pub vocabulary: &'a Vocabulary<'a>,
    /// With what the lists of a file name and nobody knows.
    pub patience: &'a Patience,
    pub frame: &'a Frame,
    pub row: &'a Row,
    /// What heads the rows that it is one of.
    pub group: Option<&'a Group>,
    /// Texts that are read in the place of what the cells of their columns show.
    pub texts: &'a BTreeMap<Key, String>,
    pub observations: &'a mut Observations,
}

impl<'a> RowReader<'a> {
    pub fn measure(&mut self, submitter: &Submitter) -> Measure {
        self.look_over();
        Measure { entry: self.common(submitter) }
    }

    pub fn kpi(&mut self, submitter: &Submitter) -> Kpi {
        self.look_over();
        let mut entry = self.common(submitter);
        let (printed, parts) = figure::parts(&entry.name.value);
        entry.name.value = printed;
        let figures = self.figures(&entry.name.value, &parts);
        Kpi { entry, parts, measures: self.links(), figures }
    }

    /// The values of a KPI, which are read together.
    fn figures(&self, name: &str, parts: &[Part]) -> IndexMap<Key, Sourced<Figure>> {
        let schema = self.schema();
        let columns = || schema.figures();
        let texts: Vec<Sourced<String>> = columns().map(|column| self.text(&column.key)).collect();
        let values = columns().zip(&texts).map(|(column, text)| {
            let year = match column.role {
                Role::Figure { year, .. } => year,
                _ => None,
            };
            let (unit, unit_from_name) = (column.unit.as_deref(), column.unit_from_name);
            (Slot { year, unit, unit_from_name }, text.as_str())
        });
        let figures = figure::read_row(name, parts, &values.collect::<Vec<_>>());
        let figures = figures.into_iter().zip(texts).map(|(figure, text)| text.map(|_| figure));
        columns().map(|column| column.key.clone()).zip(figures).collect()
    }

    /// What both tables have.
    fn common(&mut self, submitter: &Submitter) -> Entry {
        let (mut values, mut typed) = (IndexMap::new(), IndexMap::new());
        for column in self.schema().values(self.frame.table) {
            let text = self.text(&column.key);
            if let Some(value) = figure::typed(column, text.as_str()) {
                typed.insert(column.key.clone(), value);
            }
            values.insert(column.key.clone(), text);
        }
        let mut entry = Entry {
            id: Id::default(),
            stated_id: self.stated_id(),
            status: self.status(),
            category: self.category(),
            order: self.order(),
            name: self.text(keys::NAME),
            values,
            typed,
            note: self.given(keys::NOTE),
            submitted_by: submitter.name.to_owned(),
            reposts: self.reposts(),
            ..Entry::default()
        };
        self.answer_for(&mut entry, submitter);
        entry
    }

    /// Who answers for the entry, as far as the table asks for that. Where it names no department,
    /// it is the one whose form it is.
    fn answer_for(&self, entry: &mut Entry, submitter: &Submitter) {
        let is_used = |column: &Column| !column.papers.is_empty();
        let asks = |role| self.schema().with_role(self.frame.table, role).is_some_and(is_used);
        if asks(Role::Section) {
            entry.section = self.text(keys::SECTION);
        }
        let mut department = self.text(keys::DEPARTMENT);
        if department.value.is_empty() {
            department = Sourced::new(submitter.name.to_owned(), submitter.at.clone());
        }
        if asks(Role::Department) || asks(Role::Section) {
            entry.owners = self.vocabulary.owners(&department.value, &entry.section.value);
        }
        if asks(Role::Department) {
            entry.department = department;
        }
        if entry.owners.len() == 1 {
            on_one_line(&mut entry.department);
            on_one_line(&mut entry.section);
        }
    }

    fn schema(&self) -> &'a Schema {
        &self.vocabulary.edition.schema
    }

    /// The place of a column, whether it shows something or not.
    fn place(&self, column: &str) -> Place {
        self.frame.place(self.row, column)
    }

    fn raw(&self, column: &str) -> &str {
        let shown = || self.row.entries.get(column).map(|(_, cell)| cell.text.as_str());
        self.texts.get(column).map(String::as_str).or_else(shown).unwrap_or_default()
    }

    fn note(&mut self, kind: ObservationKind, column: &str, found: &str, expected: &str) {
        let at = self.place(column);
        self.observations.note(kind, at).found(found.trim()).expected(expected);
    }

    fn text(&self, column: &str) -> Sourced<String> {
        published(self.raw(column), self.place(column))
    }

    /// A column that most rows leave empty.
    fn given(&self, column: &str) -> Option<Sourced<String>> {
        Some(self.text(column)).filter(|text| !text.value.is_empty())
    }

    fn stated_id(&self) -> Option<Sourced<String>> {
        let text = self.given(keys::ID)?;
        match stated_id(&text.value, self.frame.table) {
            Some(id) if id.0 != text.value => {
                let raw = text.raw.clone().or(Some(text.value.clone()));
                Some(Sourced { value: id.0, raw, ..text })
            }
            _ => Some(text),
        }
    }

    fn status(&mut self) -> Sourced<Status> {
        let raw = self.raw(keys::STATUS).to_owned();
        let status = Vocabulary::status(&raw);
        if status.is_none() && !raw.is_empty() {
            let known = Status::ALL.map(Status::label).join("・");
            self.note(ObservationKind::UnknownStatus, keys::STATUS, &raw, &known);
        }
        let status = status.unwrap_or_default();
        let raw = Some(raw).filter(|raw| raw != status.label() && !raw.is_empty());
        Sourced { raw, ..Sourced::new(status, self.place(keys::STATUS)) }
    }

    /// The heading that the columns of its place name together, in the cell of the lowest that
    /// says something.
    fn category(&self) -> Sourced<Option<HeadingId>> {
        let table = self.frame.table;
        let columns = self.schema().columns(table).iter();
        let columns = columns.filter(|c| matches!(c.role, Role::Place | Role::Above { .. }));
        let (mut at, mut said) = (keys::CATEGORY, Vec::new());
        let lowest = self.vocabulary.edition.levels.lowest(table);
        for column in columns {
            let text = self.raw(&column.key);
            if !text.trim().is_empty() {
                at = &column.key;
                let depth = match column.role {
                    Role::Above { level } => usize::from(level),
                    _ => lowest,
                };
                said.push((depth, text));
            }
        }
        let places = &self.vocabulary.places;
        let several = said.len() > 1;
        let by_column = || several.then(|| places.place_in_columns(table, &said))?;
        let texts: Vec<&str> = said.iter().map(|(_, text)| *text).collect();
        let said = texts.join(JOINT);
        if let Some(group) = self.group.filter(|group| said.is_empty() && group.id.is_some()) {
            let raw = Some(group.text.clone());
            return Sourced { raw, ..Sourced::new(group.id, group.at.clone()) };
        }
        let below = || {
            let group = self.group.filter(|_| !said.is_empty())?;
            places.place(table, &format!("{}{JOINT}{said}", group.text))
        };
        let id = by_column().or_else(|| places.place(table, &said)).or_else(below);
        let known = id.map(|id| places.written_as_path(table, id));
        self.stated(&said, id, known, at)
    }

    fn reposts(&self) -> Vec<Sourced<Option<HeadingId>>> {
        let (table, text) = (self.frame.table, self.raw(keys::REPOSTS));
        let mut found = self.vocabulary.headings(table, text, self.patience);
        // That one is named again is told of; how often it is says nothing more.
        let mut named: BTreeMap<_, usize> = BTreeMap::new();
        found.retain(|(text, id)| {
            let times = named.entry((id.is_none().then_some(*text), *id)).or_default();
            *times += 1;
            *times <= 2
        });
        let stated = |(text, id): (&str, Option<HeadingId>)| {
            let known = id.and_then(|id| self.vocabulary.places.label(id)).map(str::to_owned);
            self.stated(text, id, known, keys::REPOSTS)
        };
        found.into_iter().map(stated).collect()
    }

    /// A heading with what the form says, where that is not what it is called.
    fn stated(
        &self,
        raw: &str,
        id: Option<HeadingId>,
        known: Option<String>,
        column: &str,
    ) -> Sourced<Option<HeadingId>> {
        let raw = Some(raw.to_owned()).filter(|raw| !raw.is_empty() && known.as_ref() != Some(raw));
        Sourced { raw, ..Sourced::new(id, self.place(column)) }
    }

    fn order(&mut self) -> Option<Sourced<f64>> {
        let kind = match self.texts.get(keys::ORDER) {
            Some(_) => Kind::Number,
            None => self.row.entries.get(keys::ORDER)?.1.kind.clone(),
        };
        let text = self.raw(keys::ORDER).to_owned();
        if text.trim().is_empty() {
            return None;
        }
        let number = clean(&text).text.trim().parse::<f64>().ok();
        let number = number.filter(|&number| number.is_finite() && number > 0.0);
        if number.is_none() {
            self.note(ObservationKind::UnknownOrder, keys::ORDER, &text, "");
        } else if kind == Kind::Text {
            self.note(ObservationKind::NumberAsText, keys::ORDER, &text, "");
        }
        Some(Sourced::new(number?, self.place(keys::ORDER)))
    }

    /// One link a line, not yet tied to a measure.
    fn links(&self) -> Vec<Link> {
        let raw = self.raw(keys::MEASURES);
        let lines = raw.split(['\n', '\r']).filter(|line| !line.trim().is_empty());
        lines
            .map(|line| Link { text: published(line, self.place(keys::MEASURES)), measure: None })
            .collect()
    }

    /// What the kinds of the cells say: errors, numbers where words belong.
    fn look_over(&mut self) {
        let (row, texts) = (self.row, self.texts);
        let written = row.entries.iter().filter(|(key, _)| !texts.contains_key(*key));
        for (key, (_, cell)) in written {
            let Some(column) = self.schema().column(self.frame.table, key) else { continue };
            let value = column.kind.is_numeric();
            let wordy = column.is_wordy();
            match &cell.kind {
                Kind::Error => self.note(ObservationKind::ErrorValue, key, &cell.text, ""),
                Kind::Number if wordy => {
                    self.note(ObservationKind::TextAsNumber, key, &cell.text, "")
                }
                Kind::Date if value => {
                    self.note(ObservationKind::DateAsValue, key, &cell.text, "");
                }
                Kind::Date if wordy => {
                    self.note(ObservationKind::DateAsText, key, &cell.text, "");
                }
                Kind::Unshown(format) => {
                    self.note(ObservationKind::UnshownFormat, key, &cell.text, format);
                }
                _ => {}
            }
        }
    }
}

/// A name of the settings: a line break in it was made to fit the cell.
fn on_one_line(name: &mut Sourced<String>) {
    if name.value.contains('\n') {
        name.raw.get_or_insert_with(|| name.value.clone());
        name.value.retain(|c| c != '\n');
        name.changes.push(Change::LineBreaks);
        name.changes.sort_unstable();
        name.changes.dedup();
    }
}

/// A text as it is published, beside what the cell shows where that differs.
fn published(raw: &str, at: Place) -> Sourced<String> {
    let cleaned = clean(raw);
    let raw = (cleaned.text != raw).then(|| raw.to_owned());
    Sourced { value: cleaned.text, raw, changes: cleaned.changes, at }
}
