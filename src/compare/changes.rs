//! The typed differences of two entries that are the same, and of the headings.

use super::change::{Change, Content, Identity};
use super::field::Field;
use super::figures::figures;
use super::inline::{inline, lines, owners};
use super::outline::{self, Outline, Section};
use super::throughout::{OwnerTexts, Throughout};
use crate::model::{Annex, Entry, Front, Id, Kpi, Measure, Row};
use crate::schema::front::SETTINGS;
use crate::schema::{Column, Kind, Paper, Role, Schema, Table, keys};
use crate::text;

pub fn identity_of_measure(measure: &Measure) -> Identity {
    Identity {
        id: measure.id.clone(),
        name: measure.name.value.clone(),
        department: measure.department.value.clone(),
        section: measure.section.value.clone(),
    }
}

pub fn identity_of_kpi(kpi: &Kpi) -> Identity {
    Identity {
        id: kpi.id.clone(),
        name: kpi.name.value.clone(),
        department: kpi.submitted_by.clone(),
        section: String::new(),
    }
}

/// The names by which a measure's departments are filtered: those of the settings, else the
/// printed one.
pub fn departments_of_measure(measure: &Measure) -> Vec<String> {
    if measure.owners.is_empty() {
        return vec![measure.department.value.clone()];
    }
    measure.owners.iter().map(|owner| owner.department.clone()).collect()
}

/// The columns that an entry's own changes are told of by, in order: those of the new annex, then
/// those that only the old one has.
pub fn columns<'a>(old: &'a Schema, new: &'a Schema, table: Table) -> Vec<&'a Column> {
    let mut columns: Vec<&Column> =
        new.on(table, Paper::Diff).filter(|column| is_content(column, table)).collect();
    for column in old.on(table, Paper::Diff).filter(|column| is_content(column, table)) {
        if new.column(table, &column.key).is_none() {
            columns.push(column);
        }
    }
    columns
}

/// Whether a column is what an entry says; the others say what it is called, where it stands and
/// who answers for it, and each has a kind of change of its own. Who answers for a KPI, and where
/// it is listed again, is told as it is written.
fn is_content(column: &Column, table: Table) -> bool {
    match column.role {
        Role::Measures | Role::Note | Role::Figure { .. } | Role::Value => true,
        Role::Id | Role::Status | Role::Place | Role::Above { .. } | Role::Order | Role::Name => {
            false
        }
        Role::Department | Role::Section | Role::Reposts => table == Table::Kpis,
    }
}

fn field(field: Field, old: &str, new: &str) -> Option<Change> {
    (old != new).then(|| Change::Field { field, text: inline(old, new) })
}

/// What an entry that was added or removed says.
pub fn contents<R: Row>(annex: &Annex, columns: &[&Column], row: &R) -> Vec<Content> {
    let mut contents = Vec::new();
    for column in columns {
        let text = annex.printed_text(row, column);
        if !text.is_empty() {
            contents.push(Content { field: Field::of(column), text: text.into_owned() });
        }
    }
    contents
}

/// The change of a text in a column.
fn text_change<R: Row>(column: &Column, old: &R, new: &R) -> Option<Change> {
    let (before, after) = (old.text(column), new.text(column));
    if before == after {
        return None;
    }
    let text = match column.kind {
        Kind::List => lines(&before, &after),
        _ => inline(&before, &after),
    };
    Some(Change::Field { field: Field::of(column), text })
}

/// The change of a value of a KPI.
fn figure_change(column: &Column, old: &Kpi, new: &Kpi) -> Option<Change> {
    let change = figures(&old.figure(&column.key).value, &new.figure(&column.key).value)?;
    Some(match &*column.key {
        keys::CURRENT => Change::Current(change),
        keys::TARGET => Change::Target(change),
        _ => Change::Figure { field: Field::of(column), figures: change },
    })
}

fn renamed(old: &str, new: &str) -> Option<Change> {
    (old != new).then(|| Change::Renamed { text: inline(old, new) })
}

/// What the measure itself says, apart from where it stands.
pub fn of_measure(
    throughout: &Throughout,
    columns: &[&Column],
    old: &Measure,
    new: &Measure,
) -> Vec<Change> {
    let mut changes = Vec::new();
    changes.extend(renamed(&old.name.value, &new.name.value));
    let before = throughout.owners_before(&OwnerTexts::of(old), &OwnerTexts::of(new));
    let department = owners(&before.department, &new.department.value);
    let section = owners(&before.section, &new.section.value);
    if department.is_changed() || section.is_changed() {
        changes.push(Change::Owner { department, section });
    }
    changes.extend(columns.iter().filter_map(|column| text_change(column, old, new)));
    changes.extend(status_change(old, new));
    changes
}

/// What the KPI itself says, apart from where it stands.
pub fn of_kpi(outline: &Outline, throughout: &Throughout, old: &Kpi, new: &Kpi) -> Vec<Change> {
    let mut changes = Vec::new();
    changes.extend(renamed(&old.name.value, &new.name.value));
    let owners = throughout.owners_before(&OwnerTexts::of(old), &OwnerTexts::of(new));
    for column in &outline.kpi_columns {
        match column.role {
            Role::Measures if same_measures(outline, old, new) => {}
            Role::Measures => {
                let before = outline.old.annex.measure_names(old);
                let after = outline.new.annex.measure_names(new);
                let text = lines(&before, &after);
                changes.push(Change::Field { field: Field::of(column), text });
            }
            Role::Figure { .. } => changes.extend(figure_change(column, old, new)),
            Role::Department if owners.department == new.department.value => {}
            Role::Section if owners.section == new.section.value => {}
            Role::Id
            | Role::Status
            | Role::Place
            | Role::Above { .. }
            | Role::Order
            | Role::Name
            | Role::Department
            | Role::Section
            | Role::Reposts
            | Role::Note
            | Role::Value => changes.extend(text_change(column, old, new)),
        }
    }
    changes.extend(status_change(old, new));
    changes
}

fn status_change(old: &Entry, new: &Entry) -> Option<Change> {
    let (old, new) = (old.status.value, new.status.value);
    (old != new).then_some(Change::Status { old, new })
}

/// Whether both name the same measures in the same order. That a measure has another name or id
/// now, or is gone, is a change of the measure, not of every KPI that names it.
fn same_measures(outline: &Outline, old: &Kpi, new: &Kpi) -> bool {
    let index = |id: &Option<Id>, all: &[Measure]| {
        id.as_ref().and_then(|id| all.iter().position(|m| m.id == *id))
    };
    old.measures.len() == new.measures.len()
        && old.measures.iter().zip(&new.measures).all(|(a, b)| {
            let before = index(&a.measure, &outline.old.annex.measures);
            let after = index(&b.measure, &outline.new.annex.measures);
            let linked = before.is_some_and(|at| outline.measures.new_index(at) == after);
            linked && after.is_some() || text::key(&a.text.value) == text::key(&b.text.value)
        })
}

/// Where the entry of a row stands, compared with before.
pub fn of_place(
    outline: &Outline,
    section: &Section,
    row: &outline::Row,
    from: Option<usize>,
) -> Vec<Change> {
    let mut changes = Vec::new();
    let category = outline.new.name(section.new);
    if row.moved {
        changes.push(Change::Moved { old: outline.old.name(from), new: category.clone() });
    }
    if let Some((old, new)) = row.reordered {
        changes.push(Change::Reordered { category, repost: row.repost, old, new });
    }
    changes
}

/// The words of the settings that differ.
pub fn of_front(old: &Front, new: &Front) -> Vec<Change> {
    let mut changes = Vec::new();
    for setting in SETTINGS {
        let (before, after) = (old.word(&setting), new.word(&setting));
        if before != after {
            changes.push(Change::Setting { setting, text: inline(&before, &after) });
        }
    }
    changes
}

/// A heading by its number and title, with what is said below it and under its KPI table.
pub struct Titled<'a> {
    pub number: &'a str,
    pub title: &'a str,
    pub text: &'a str,
    pub note: &'a str,
}

/// The changes of a heading itself.
pub fn of_heading(
    schema: &Schema,
    throughout: &Throughout,
    old: Option<Titled>,
    new: Option<Titled>,
) -> Vec<Change> {
    let contents = |titled: &Titled| {
        let fields = [(Field::heading_text(), titled.text), (Field::kpi_note(schema), titled.note)];
        let said = fields.into_iter().filter(|(_, text)| !text.is_empty());
        said.map(|(field, text)| Content { field, text: text.to_owned() }).collect()
    };
    match (old, new) {
        (Some(old), Some(new)) => {
            let mut changes = Vec::new();
            if old.number != new.number {
                let (old, new) = (old.number.to_owned(), new.number.to_owned());
                changes.push(Change::Renumbered { old, new });
            }
            changes.extend(renamed(old.title, new.title));
            changes.extend(field(Field::heading_text(), old.text, new.text));
            let note = throughout.note_before(old.note, new.note);
            changes.extend(field(Field::kpi_note(schema), note, new.note));
            changes
        }
        (Some(old), None) => vec![Change::Removed { abolished: false, contents: contents(&old) }],
        (None, Some(new)) => vec![Change::Added { abolished: false, contents: contents(&new) }],
        (None, None) => Vec::new(),
    }
}
