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
use crate::edition::fields::{Field, Table};
use crate::edition::{Edition, StruckText};
use crate::intake::figure;
use crate::model::{
    CategoryId, FormStamp, Kpi, Link, Measure, Oddity, OddityKind, Outcome, Receipt, Sourced,
    Status,
};
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
    let mut oddities = book.oddities.clone();
    let tables = locate(&book, &mut oddities);
    let heading = heading(&book, &tables);
    let department = department(words, &book, &heading, &mut oddities);
    let name = department.and_then(|index| words.department_name(index));
    let stated = heading.department().map(|(text, _)| text.as_str());
    let submitter = Submitter {
        name: name.or(stated).unwrap_or_default(),
        at: heading.department().map_or(Place::file(&book.file), |(_, at)| at.clone()),
    };
    let (mut measures, mut kpis) = (Vec::new(), Vec::new());
    let mut all_rows = Vec::new();
    for located in &tables {
        let rows = rows(&book, located, &mut oddities);
        for row in &rows {
            let mut reader =
                RowReader { words, book: &book, located, row, oddities: &mut oddities };
            match located.table {
                Table::Measures => measures.push(reader.measure(&submitter)),
                Table::Kpis => kpis.push(reader.kpi(&submitter)),
            }
        }
        for (at, found) in unknown_columns(located, &rows) {
            oddities.push(Oddity {
                kind: OddityKind::UnknownColumn,
                at: Place::cell(&book.file, &located.sheet.name, at),
                found,
                expected: String::new(),
            });
        }
        all_rows.push(rows);
    }
    marks::marks(&book, &tables, &all_rows, &mut oddities);
    outside::outside(&book, &tables, &all_rows, &mut oddities);
    heading.differences(words.edition, &mut oddities);
    other_edition(words.edition, &book, &mut oddities);
    let receipt = Receipt {
        file: book.file.clone(),
        department: name.map(str::to_owned),
        stated_department: heading.department().cloned(),
        round: heading.round,
        form: book.stamp.clone(),
        outcome: if book.readable { Outcome::Read } else { Outcome::Unreadable },
        measures: measures.len(),
        kpis: kpis.len(),
        oddities,
    };
    Submission { department, measures, kpis, receipt }
}

/// The department whose form it is: by 部局名, else by the file's name.
fn department(
    words: &Words,
    book: &Book,
    heading: &Heading,
    oddities: &mut Vec<Oddity>,
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
    oddities.push(Oddity {
        kind: OddityKind::UnknownDepartment,
        at,
        found,
        expected: expected.to_owned(),
    });
    by_file
}

fn other_edition(edition: &Edition, book: &Book, oddities: &mut Vec<Oddity>) {
    let ours = FormStamp { edition: edition.id.clone(), version: edition.form.version.clone() };
    if let Some(stamp) = book.stamp.as_ref().filter(|stamp| **stamp != ours) {
        let words = |stamp: &FormStamp| format!("{} 様式の版 {}", stamp.edition, stamp.version);
        oddities.push(Oddity {
            kind: OddityKind::OtherEdition,
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
    pub oddities: &'a mut Vec<Oddity>,
}

impl RowReader<'_> {
    pub fn measure(&mut self, submitter: &Submitter) -> Measure {
        self.look_over();
        let mut department = self.text(Field::Department);
        if department.value.is_empty() {
            department = Sourced::new(submitter.name.to_owned(), submitter.at.clone());
        }
        let mut section = self.text(Field::Section);
        let owners = self.words.owners(&department.value, &section.value);
        if owners.len() == 1 {
            on_one_line(&mut department);
            on_one_line(&mut section);
        }
        Measure {
            stated_id: self.stated_id(false),
            status: self.status(),
            category: self.category(),
            order: self.order(),
            name: self.text(Field::Name),
            overview: self.text(Field::Overview),
            purpose: self.text(Field::Purpose),
            department,
            section,
            owners,
            reposts: self.reposts(),
            note: self.given(Field::Note),
            submitted_by: submitter.name.to_owned(),
            ..Measure::default()
        }
    }

    pub fn kpi(&mut self, submitter: &Submitter) -> Kpi {
        self.look_over();
        let name = self.text(Field::Name);
        let (printed, parts) = figure::parts(&name.value);
        let figure = |text: Sourced<String>| text.map(|text| figure::read(&text));
        Kpi {
            stated_id: self.stated_id(true),
            status: self.status(),
            category: self.category(),
            order: self.order(),
            name: name.map(|_| printed),
            parts,
            measures: self.links(),
            current: figure(self.text(Field::Current)),
            target: figure(self.text(Field::Target)),
            note: self.given(Field::Note),
            submitted_by: submitter.name.to_owned(),
            ..Kpi::default()
        }
    }

    fn entry(&self, field: Field) -> Option<&(CellRef, Cell)> {
        self.row.entries.get(&field)
    }

    /// The place of a field, whether it shows something or not.
    fn place(&self, field: Field) -> Place {
        let sheet = &self.located.sheet.name;
        let written = self.entry(field).map(|(at, _)| *at);
        let column = self.located.columns.get(&field).copied();
        match written.or(column.map(|column| CellRef::new(self.row.number, column))) {
            Some(at) => Place::cell(&self.book.file, sheet, at),
            None => Place::sheet(&self.book.file, sheet),
        }
    }

    fn raw(&self, field: Field) -> &str {
        self.entry(field).map_or("", |(_, cell)| cell.text.as_str())
    }

    fn say(&mut self, kind: OddityKind, field: Field, found: &str, expected: &str) {
        let at = self.place(field);
        let (found, expected) = (found.trim().to_owned(), expected.to_owned());
        self.oddities.push(Oddity { kind, at, found, expected });
    }

    fn text(&self, field: Field) -> Sourced<String> {
        published(self.raw(field), self.place(field))
    }

    /// A field that most rows leave empty.
    fn given(&self, field: Field) -> Option<Sourced<String>> {
        Some(self.text(field)).filter(|text| !text.value.is_empty())
    }

    fn stated_id(&self, kpi: bool) -> Option<Sourced<String>> {
        let text = self.given(Field::Id)?;
        match ids::stated(&text.value, kpi) {
            Some(id) if id.0 != text.value => {
                let raw = text.raw.clone().or(Some(text.value.clone()));
                Some(Sourced { value: id.0, raw, ..text })
            }
            _ => Some(text),
        }
    }

    fn status(&mut self) -> Sourced<Status> {
        let raw = self.raw(Field::Status).to_owned();
        let status = Words::status(&raw);
        if status.is_none() && !raw.is_empty() {
            let known = Status::ALL.map(Status::label).join("・");
            self.say(OddityKind::UnknownStatus, Field::Status, &raw, &known);
        }
        let status = status.unwrap_or_default();
        let raw = Some(raw).filter(|raw| raw != status.label() && !raw.is_empty());
        Sourced { raw, ..Sourced::new(status, self.place(Field::Status)) }
    }

    fn category(&self) -> Sourced<Option<CategoryId>> {
        let raw = self.raw(Field::Category);
        self.known_category(raw, self.words.category(raw), Field::Category)
    }

    fn reposts(&self) -> Vec<Sourced<Option<CategoryId>>> {
        let found = self.words.categories(self.raw(Field::Reposts));
        found.into_iter().map(|(text, id)| self.known_category(text, id, Field::Reposts)).collect()
    }

    fn known_category(
        &self,
        raw: &str,
        id: Option<CategoryId>,
        field: Field,
    ) -> Sourced<Option<CategoryId>> {
        let mut categories = self.words.edition.categories();
        let known = categories
            .find(|(p, c)| Some(CategoryId { pillar: p.number, category: c.number }) == id)
            .map(|(pillar, category)| Edition::category_label(pillar, category));
        let raw = Some(raw.to_owned()).filter(|raw| !raw.is_empty() && known.as_ref() != Some(raw));
        Sourced { raw, ..Sourced::new(id, self.place(field)) }
    }

    fn order(&mut self) -> Option<Sourced<f64>> {
        let (_, cell) = self.entry(Field::Order)?;
        let (text, kind) = (cell.text.clone(), cell.kind.clone());
        let number = clean(&text).text.trim().parse::<f64>().ok();
        let number = number.filter(|&number| number.is_finite() && number > 0.0);
        if number.is_none() {
            self.say(OddityKind::UnknownOrder, Field::Order, &text, "");
        } else if kind == Kind::Text {
            self.say(OddityKind::NumberAsText, Field::Order, &text, "");
        }
        Some(Sourced::new(number?, self.place(Field::Order)))
    }

    /// One link a line, not yet tied to a measure.
    fn links(&self) -> Vec<Link> {
        let raw = self.raw(Field::Measures);
        let lines = raw.split(['\n', '\r']).filter(|line| !line.trim().is_empty());
        lines
            .map(|line| Link { text: published(line, self.place(Field::Measures)), measure: None })
            .collect()
    }

    /// What the kinds of the cells say: errors, numbers where words belong.
    fn look_over(&mut self) {
        for (&field, (_, cell)) in &self.row.entries {
            let wordy = matches!(
                field,
                Field::Name | Field::Overview | Field::Purpose | Field::Section | Field::Measures
            );
            let value = matches!(field, Field::Current | Field::Target);
            match &cell.kind {
                Kind::Error => self.say(OddityKind::ErrorValue, field, &cell.text, ""),
                Kind::Number if wordy => self.say(OddityKind::TextAsNumber, field, &cell.text, ""),
                Kind::Date if wordy || value => {
                    self.say(OddityKind::TextAsNumber, field, &cell.text, "");
                }
                Kind::Unshown(format) => {
                    self.say(OddityKind::UnshownFormat, field, &cell.text, format);
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
