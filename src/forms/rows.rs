//! The model's measures and KPIs as rows of the form.

use super::entry::Entry;
use crate::diag::Place;
use crate::edition::fields::Field;
use crate::edition::{Department, Edition};
use crate::model::{Annex, CategoryId, Id, Kpi, Measure, Sourced, Status};

/// What the form is filled in for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To show the model as it is.
    Known,
    /// To be filled in for the next edition: everything goes on, the current values are asked
    /// for anew, what was abolished is gone.
    Next,
    /// To be mended: only the ids that the department itself gave, because the others may still
    /// be given to another entry.
    Returned,
}

/// A row of one of the tables.
#[derive(Default)]
pub(super) struct Row {
    pub cells: Vec<Cell>,
    /// The current value of the edition before.
    pub reference: Option<String>,
}

/// A filled cell, and the cell of the submission that its content came from.
pub(super) struct Cell {
    pub field: Field,
    pub entry: Entry,
    pub at: Place,
}

impl Row {
    pub fn get(&self, field: Field) -> Option<&Entry> {
        self.cells.iter().find(|c| c.field == field).map(|c| &c.entry)
    }

    fn put(&mut self, field: Field, entry: Entry, at: &Place) {
        self.cells.push(Cell { field, entry, at: at.clone() });
    }

    fn text(&mut self, field: Field, text: &Sourced<String>) {
        self.put(field, Entry::text(text.as_str()), &text.at);
    }

    fn id(&mut self, id: &Id, stated: Option<&Sourced<String>>, purpose: Purpose) {
        let shown = match purpose {
            Purpose::Returned => stated.map_or("", Sourced::as_str),
            Purpose::Known | Purpose::Next => id.as_str(),
        };
        self.put(Field::Id, Entry::text(shown), &stated.map(|s| s.at.clone()).unwrap_or_default());
    }

    fn status(&mut self, status: &Sourced<Status>, purpose: Purpose) {
        let shown = if purpose == Purpose::Next { Status::Continued } else { status.value };
        self.put(Field::Status, Entry::text(shown.label()), &status.at);
    }

    fn note(&mut self, note: Option<&Sourced<String>>, purpose: Purpose) {
        if let Some(note) = note.filter(|_| purpose != Purpose::Next) {
            self.text(Field::Note, note);
        }
    }

    fn order(&mut self, order: Option<&Sourced<f64>>) {
        if let Some(order) = order {
            self.put(Field::Order, Entry::number(order.value), &order.at);
        }
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
    own.sort_by_key(|m| position(&m.name.at));
    own.into_iter().map(|m| measure(edition, m, purpose)).collect()
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
    own.sort_by_key(|k| position(&k.name.at));
    own.into_iter().map(|k| kpi(edition, k, purpose)).collect()
}

fn is_kept(status: &Sourced<Status>, purpose: Purpose) -> bool {
    purpose != Purpose::Next || status.value != Status::Abolished
}

/// Rows that come from no form stay in the order of their ids, behind those that do.
fn position(at: &Place) -> u32 {
    at.cell.map_or(u32::MAX, |cell| cell.row)
}

fn measure(edition: &Edition, m: &Measure, purpose: Purpose) -> Row {
    let mut row = Row::default();
    row.id(&m.id, m.stated_id.as_ref(), purpose);
    row.status(&m.status, purpose);
    row.put(Field::Category, Entry::text(category(edition, &m.category)), &m.category.at);
    row.order(m.order.as_ref());
    row.text(Field::Name, &m.name);
    row.text(Field::Overview, &m.overview);
    row.text(Field::Purpose, &m.purpose);
    row.text(Field::Department, &m.department);
    row.text(Field::Section, &m.section);
    if let Some(first) = m.reposts.first() {
        let lines: Vec<String> = m.reposts.iter().map(|r| category(edition, r)).collect();
        row.put(Field::Reposts, Entry::text(lines.join("\n")), &first.at);
    }
    row.note(m.note.as_ref(), purpose);
    row
}

fn kpi(edition: &Edition, k: &Kpi, purpose: Purpose) -> Row {
    let mut row = Row::default();
    row.id(&k.id, k.stated_id.as_ref(), purpose);
    row.status(&k.status, purpose);
    row.put(Field::Category, Entry::text(category(edition, &k.category)), &k.category.at);
    row.order(k.order.as_ref());
    row.text(Field::Name, &k.name);
    if let Some(first) = k.measures.first() {
        let lines: Vec<&str> = k.measures.iter().map(|l| l.text.as_str()).collect();
        row.put(Field::Measures, Entry::text(lines.join("\n")), &first.text.at);
    }
    let current = &k.current.value.printed;
    if purpose == Purpose::Next {
        row.reference = Some(current.clone());
    } else {
        row.put(Field::Current, Entry::figure(current), &k.current.at);
    }
    row.put(Field::Target, Entry::figure(&k.target.value.printed), &k.target.at);
    row.note(k.note.as_ref(), purpose);
    row
}

/// The label of a category; what the form had where no category is known.
fn category(edition: &Edition, stated: &Sourced<Option<CategoryId>>) -> String {
    let label = stated.value.and_then(|id| {
        let is_it = |p: u32, c: u32| id == CategoryId { pillar: p, category: c };
        let (pillar, category) = edition.categories().find(|(p, c)| is_it(p.number, c.number))?;
        Some(Edition::category_label(pillar, category))
    });
    label.or_else(|| stated.raw.clone()).unwrap_or_default()
}
