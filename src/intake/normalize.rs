//! Rows to measures and KPIs: published text, known words, values read.
//!
//! What a cell says and the settings do not know stays in the value's `raw`; a rule tells of it.

use super::grid::{Book, Cell, Kind, Sheet};
use super::heading::{Heading, heading};
use super::locate::{Located, locate};
use super::rows::{Row, rows, unknown_columns};
use super::words::Words;
use super::{ids, marks, outside};
use crate::diag::{CellRef, Place};
use crate::edition::{Edition, StruckText};
use crate::intake::figure;
use crate::model::{
    CategoryId, Entry, FormStamp, Id, Kpi, Link, Measure, Observation, ObservationKind, Outcome,
    Receipt, Sourced, Status,
};
use crate::schema::{Kind as ColumnKind, Table, keys};
use crate::text::{Change, clean};

/// What one file holds.
#[derive(Clone, Debug)]
pub struct Submission {
    /// The department's position in the settings.
    pub department: Option<usize>,
    /// In the order of the form's rows, without ids and links.
    pub measures: Vec<Measure>,
    pub kpis: Vec<Kpi>,
    pub receipt: Receipt,
}

/// Makes a submission of a file that was read.
pub fn submission(words: &Words, mut book: Book) -> Submission {
    if words.edition.form.struck_text == StruckText::LeaveOut {
        book.sheets.iter_mut().for_each(Sheet::leave_out_struck);
    }
    let mut observations = book.observations.clone();
    let schema = &words.edition.schema;
    let tables = locate(&book, schema, &mut observations);
    let heading = heading(&book, &tables);
    let department = department(words, &book, &heading, &mut observations);
    let name = department.and_then(|index| words.department_name(index));
    let stated = heading.department().map(|(text, _)| text.as_str());
    let submitter = Submitter {
        name: name.or(stated).unwrap_or_default(),
        at: heading.department().map_or(Place::file(&book.file), |(_, at)| at.clone()),
    };
    let (mut measures, mut kpis) = (Vec::new(), Vec::new());
    let mut all_rows = Vec::new();
    for located in &tables {
        let rows = rows(&book, located, &mut observations);
        for row in &rows {
            let mut reader =
                RowReader { words, book: &book, located, row, observations: &mut observations };
            match located.table {
                Table::Measures => measures.push(reader.measure(&submitter)),
                Table::Kpis => kpis.push(reader.kpi(&submitter)),
            }
        }
        for (at, found) in unknown_columns(located, &rows) {
            observations.push(Observation {
                kind: ObservationKind::UnknownColumn,
                at: Place::cell(&book.file, &located.sheet.name, at),
                found,
                expected: String::new(),
            });
        }
        all_rows.push(rows);
    }
    marks::marks(&book, &tables, &all_rows, &mut observations);
    outside::outside(&book, schema, &tables, &all_rows, &mut observations);
    heading.differences(words.edition, &mut observations);
    other_edition(words.edition, &book, &mut observations);
    let receipt = Receipt {
        file: book.file.clone(),
        department: name.map(str::to_owned),
        stated_department: heading.department().cloned(),
        round: heading.round,
        form: book.stamp.clone(),
        outcome: if book.readable { Outcome::Read } else { Outcome::Unreadable },
        measures: measures.len(),
        kpis: kpis.len(),
        observations,
    };
    Submission { department, measures, kpis, receipt }
}

/// The department whose form it is: by 部局名, else by the file's name.
fn department(
    words: &Words,
    book: &Book,
    heading: &Heading,
    observations: &mut Vec<Observation>,
) -> Option<usize> {
    let by_file = words.department_of_file(&book.file);
    let (found, at) = match heading.department() {
        Some((text, at)) => match words.department(text) {
            Some(index) => return Some(index),
            None => (text.clone(), at.clone()),
        },
        None => match &heading.blank_department {
            Some(blank) => (String::new(), blank.clone()),
            None if by_file.is_some() || !book.readable => return by_file,
            None => (String::new(), Place::file(&book.file)),
        },
    };
    let expected = by_file.and_then(|index| words.department_name(index)).unwrap_or_default();
    observations.push(Observation {
        kind: ObservationKind::UnknownDepartment,
        at,
        found,
        expected: expected.to_owned(),
    });
    by_file
}

fn other_edition(edition: &Edition, book: &Book, observations: &mut Vec<Observation>) {
    let ours =
        FormStamp { edition: edition.id().to_owned(), version: edition.form.version.clone() };
    if let Some(stamp) = book.stamp.as_ref().filter(|stamp| **stamp != ours) {
        let words = |stamp: &FormStamp| format!("{} 様式の版 {}", stamp.edition, stamp.version);
        observations.push(Observation {
            kind: ObservationKind::OtherEdition,
            at: Place::file(&book.file),
            found: words(stamp),
            expected: words(&ours),
        });
    }
}

/// Who sends the form in, and where it says so.
pub struct Submitter<'a> {
    pub name: &'a str,
    pub at: Place,
}

/// Reads one row of a table.
pub struct RowReader<'a> {
    pub words: &'a Words<'a>,
    pub book: &'a Book,
    pub located: &'a Located<'a>,
    pub row: &'a Row,
    pub observations: &'a mut Vec<Observation>,
}

impl RowReader<'_> {
    pub fn measure(&mut self, submitter: &Submitter) -> Measure {
        self.look_over();
        let mut department = self.text(keys::DEPARTMENT);
        if department.value.is_empty() {
            department = Sourced::new(submitter.name.to_owned(), submitter.at.clone());
        }
        let mut section = self.text(keys::SECTION);
        let owners = self.words.owners(&department.value, &section.value);
        if owners.len() == 1 {
            on_one_line(&mut department);
            on_one_line(&mut section);
        }
        let entry = self.common(submitter, false);
        Measure { entry, department, section, owners, reposts: self.reposts() }
    }

    pub fn kpi(&mut self, submitter: &Submitter) -> Kpi {
        self.look_over();
        let mut entry = self.common(submitter, true);
        let (printed, parts) = figure::parts(&entry.name.value);
        entry.name.value = printed;
        let figures = self.located.schema.figures().map(|column| {
            let figure = self.text(&column.key).map(|text| figure::read(&text));
            (column.key.clone(), figure)
        });
        let figures = figures.collect();
        Kpi { entry, parts, measures: self.links(), figures }
    }

    /// What both tables have.
    fn common(&mut self, submitter: &Submitter, kpi: bool) -> Entry {
        let values = self.located.schema.values(self.located.table);
        let values = values.map(|column| (column.key.clone(), self.text(&column.key))).collect();
        Entry {
            id: Id::default(),
            stated_id: self.stated_id(kpi),
            status: self.status(),
            category: self.category(),
            order: self.order(),
            name: self.text(keys::NAME),
            values,
            note: self.given(keys::NOTE),
            submitted_by: submitter.name.to_owned(),
        }
    }

    fn entry(&self, column: &str) -> Option<&(CellRef, Cell)> {
        self.row.entries.get(column)
    }

    /// The place of a column, whether it shows something or not.
    fn place(&self, column: &str) -> Place {
        let sheet = &self.located.sheet.name;
        let written = self.entry(column).map(|(at, _)| *at);
        let column = self.located.columns.get(column).copied();
        match written.or(column.map(|column| CellRef::new(self.row.number, column))) {
            Some(at) => Place::cell(&self.book.file, sheet, at),
            None => Place::sheet(&self.book.file, sheet),
        }
    }

    fn raw(&self, column: &str) -> &str {
        self.entry(column).map_or("", |(_, cell)| cell.text.as_str())
    }

    fn say(&mut self, kind: ObservationKind, column: &str, found: &str, expected: &str) {
        let at = self.place(column);
        let (found, expected) = (found.trim().to_owned(), expected.to_owned());
        self.observations.push(Observation { kind, at, found, expected });
    }

    fn text(&self, column: &str) -> Sourced<String> {
        published(self.raw(column), self.place(column))
    }

    /// A column that most rows leave empty.
    fn given(&self, column: &str) -> Option<Sourced<String>> {
        Some(self.text(column)).filter(|text| !text.value.is_empty())
    }

    fn stated_id(&self, kpi: bool) -> Option<Sourced<String>> {
        let text = self.given(keys::ID)?;
        match ids::stated(&text.value, kpi) {
            Some(id) if id.0 != text.value => {
                let raw = text.raw.clone().or(Some(text.value.clone()));
                Some(Sourced { value: id.0, raw, ..text })
            }
            _ => Some(text),
        }
    }

    fn status(&mut self) -> Sourced<Status> {
        let raw = self.raw(keys::STATUS).to_owned();
        let status = Words::status(&raw);
        if status.is_none() && !raw.is_empty() {
            let known = Status::ALL.map(Status::label).join("・");
            self.say(ObservationKind::UnknownStatus, keys::STATUS, &raw, &known);
        }
        let status = status.unwrap_or_default();
        let raw = Some(raw).filter(|raw| raw != status.label() && !raw.is_empty());
        Sourced { raw, ..Sourced::new(status, self.place(keys::STATUS)) }
    }

    fn category(&self) -> Sourced<Option<CategoryId>> {
        let raw = self.raw(keys::CATEGORY);
        self.known_category(raw, self.words.category(raw), keys::CATEGORY)
    }

    fn reposts(&self) -> Vec<Sourced<Option<CategoryId>>> {
        let found = self.words.categories(self.raw(keys::REPOSTS));
        found.into_iter().map(|(text, id)| self.known_category(text, id, keys::REPOSTS)).collect()
    }

    fn known_category(
        &self,
        raw: &str,
        id: Option<CategoryId>,
        column: &str,
    ) -> Sourced<Option<CategoryId>> {
        let mut categories = self.words.edition.categories();
        let known = categories
            .find(|(p, c)| Some(CategoryId { pillar: p.number, category: c.number }) == id)
            .map(|(pillar, category)| Edition::category_label(pillar, category));
        let raw = Some(raw.to_owned()).filter(|raw| !raw.is_empty() && known.as_ref() != Some(raw));
        Sourced { raw, ..Sourced::new(id, self.place(column)) }
    }

    fn order(&mut self) -> Option<Sourced<f64>> {
        let (_, cell) = self.entry(keys::ORDER)?;
        let (text, kind) = (cell.text.clone(), cell.kind.clone());
        let number = clean(&text).text.trim().parse::<f64>().ok();
        let number = number.filter(|&number| number.is_finite() && number > 0.0);
        if number.is_none() {
            self.say(ObservationKind::UnknownOrder, keys::ORDER, &text, "");
        } else if kind == Kind::Text {
            self.say(ObservationKind::NumberAsText, keys::ORDER, &text, "");
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
        let Located { schema, table, .. } = self.located;
        for (key, (_, cell)) in &self.row.entries {
            let Some(column) = schema.column(*table, key) else { continue };
            let value = matches!(column.kind, ColumnKind::Amount);
            let wordy = column.is_wordy();
            match &cell.kind {
                Kind::Error => self.say(ObservationKind::ErrorValue, key, &cell.text, ""),
                Kind::Number if wordy => {
                    self.say(ObservationKind::TextAsNumber, key, &cell.text, "")
                }
                Kind::Date if wordy || value => {
                    self.say(ObservationKind::TextAsNumber, key, &cell.text, "");
                }
                Kind::Unshown(format) => {
                    self.say(ObservationKind::UnshownFormat, key, &cell.text, format);
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
