//! The typed differences of two entries that are the same, and of the headings.

use super::change::{Change, Content, Field, Identity};
use super::figures::figures;
use super::inline::{inline, lines, owners};
use super::outline::{Outline, Row, Section};
use crate::model::{Annex, Front, Id, Kpi, Measure, Sourced};
use crate::schema::front::SETTINGS;
use crate::schema::keys;
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

fn note(note: Option<&Sourced<String>>) -> &str {
    note.map_or("", |note| note.value.as_str())
}

fn field(field: Field, old: &str, new: &str) -> Option<Change> {
    (old != new).then(|| Change::Field { field, text: inline(old, new) })
}

fn contents(fields: &[(Field, &str)]) -> Vec<Content> {
    let filled = fields.iter().filter(|(_, text)| !text.is_empty());
    filled.map(|&(field, text)| Content { field, text: text.to_owned() }).collect()
}

pub fn contents_of_measure(measure: &Measure) -> Vec<Content> {
    contents(&[
        (Field::Overview, &measure.value(keys::OVERVIEW).value),
        (Field::Purpose, &measure.value(keys::PURPOSE).value),
        (Field::Note, note(measure.note.as_ref())),
    ])
}

pub fn contents_of_kpi(annex: &Annex, kpi: &Kpi) -> Vec<Content> {
    contents(&[
        (Field::Measures, &annex.measure_names(kpi)),
        (Field::Current, &kpi.figure(keys::CURRENT).value.printed),
        (Field::Target, &kpi.figure(keys::TARGET).value.printed),
        (Field::Note, note(kpi.note.as_ref())),
    ])
}

fn renamed(old: &str, new: &str) -> Option<Change> {
    (old != new).then(|| Change::Renamed { text: inline(old, new) })
}

/// What the measure itself says, apart from where it stands.
pub fn of_measure(old: &Measure, new: &Measure) -> Vec<Change> {
    let mut changes = Vec::new();
    changes.extend(renamed(&old.name.value, &new.name.value));
    let department = owners(&old.department.value, &new.department.value);
    let section = owners(&old.section.value, &new.section.value);
    if department.is_changed() || section.is_changed() {
        changes.push(Change::Owner { department, section });
    }
    changes.extend(field(
        Field::Overview,
        &old.value(keys::OVERVIEW).value,
        &new.value(keys::OVERVIEW).value,
    ));
    changes.extend(field(
        Field::Purpose,
        &old.value(keys::PURPOSE).value,
        &new.value(keys::PURPOSE).value,
    ));
    changes.extend(field(Field::Note, note(old.note.as_ref()), note(new.note.as_ref())));
    if old.status.value != new.status.value {
        changes.push(Change::Status { old: old.status.value, new: new.status.value });
    }
    changes
}

/// What the KPI itself says, apart from where it stands.
pub fn of_kpi(outline: &Outline, old: &Kpi, new: &Kpi) -> Vec<Change> {
    let mut changes = Vec::new();
    changes.extend(renamed(&old.name.value, &new.name.value));
    if !same_measures(outline, old, new) {
        let before = outline.old.annex.measure_names(old);
        let after = outline.new.annex.measure_names(new);
        changes.push(Change::Field { field: Field::Measures, text: lines(&before, &after) });
    }
    changes.extend(
        figures(&old.figure(keys::CURRENT).value, &new.figure(keys::CURRENT).value)
            .map(Change::Current),
    );
    changes.extend(
        figures(&old.figure(keys::TARGET).value, &new.figure(keys::TARGET).value)
            .map(Change::Target),
    );
    changes.extend(field(Field::Note, note(old.note.as_ref()), note(new.note.as_ref())));
    if old.status.value != new.status.value {
        changes.push(Change::Status { old: old.status.value, new: new.status.value });
    }
    changes
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
    row: &Row,
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

/// A heading by its number and title, and for a category the note under its KPI table.
pub struct Titled<'a> {
    pub number: String,
    pub title: &'a str,
    pub note: &'a str,
}

/// The changes of a pillar or category itself.
pub fn of_heading(old: Option<Titled>, new: Option<Titled>) -> Vec<Change> {
    let contents = |titled: &Titled| contents(&[(Field::KpiNote, titled.note)]);
    match (old, new) {
        (Some(old), Some(new)) => {
            let mut changes = Vec::new();
            if old.number != new.number {
                changes.push(Change::Renumbered { old: old.number, new: new.number });
            }
            changes.extend(renamed(old.title, new.title));
            changes.extend(field(Field::KpiNote, old.note, new.note));
            changes
        }
        (Some(old), None) => vec![Change::Removed { abolished: false, contents: contents(&old) }],
        (None, Some(new)) => vec![Change::Added { abolished: false, contents: contents(&new) }],
        (None, None) => Vec::new(),
    }
}
