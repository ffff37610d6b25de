//! Whose form it is, and what one file holds.

use std::sync::Arc;

use super::rows::FileRows;
use super::vocabulary::Vocabulary;
use crate::diag::{CellRef, Place};
use crate::edition::Edition;
use crate::intake::locate::{Heading, is_guide};
use crate::intake::read::grid::Book;
use crate::model::{Contact, FormStamp, Kpi, Measure, ObservationKind, Observations, Receipt};
use crate::schema::form::CONTACT_LABELS;
use crate::text::key;

/// What one file holds.
#[derive(Clone, Debug)]
pub struct Submission {
    /// The department's position in the settings.
    pub department: Option<usize>,
    /// In the order of the form's rows, without ids and links.
    pub measures: Vec<Measure>,
    pub kpis: Vec<Kpi>,
    pub receipt: Receipt,
    /// The rows that these were read from.
    pub rows: Arc<FileRows>,
}

/// Who sends the form in, and where it says so.
pub struct Submitter<'a> {
    /// The name in the settings, else as the form has it; empty where nothing tells.
    pub name: &'a str,
    pub at: Place,
}

impl<'a> Submitter<'a> {
    /// The submitter of a form: the department of the settings, else what the form says.
    pub fn new(department: Option<&'a str>, heading: &'a Heading, book: &Book) -> Self {
        match heading.department() {
            Some((stated, at)) => Self { name: department.unwrap_or(stated), at: at.clone() },
            None => Self { name: department.unwrap_or(""), at: Place::file(&book.file) },
        }
    }
}

/// The department whose form it is, by its position in the settings: by 部局名, else by the file's
/// name.
pub fn department(
    vocabulary: &Vocabulary,
    book: &Book,
    heading: &Heading,
    observations: &mut Observations,
) -> Option<usize> {
    let by_file = vocabulary.department_of_file(&book.file);
    let (found, at) = match heading.department() {
        Some((text, at)) => match vocabulary.submitter(text) {
            Some(index) => return Some(index),
            None => (text.as_str(), at.clone()),
        },
        None => match &heading.blank_department {
            Some(blank) => ("", blank.clone()),
            None if by_file.is_some() || !book.readable => return by_file,
            None => ("", Place::file(&book.file)),
        },
    };
    let noted = observations.note(ObservationKind::UnknownDepartment, at).found(found);
    if let Some(name) = by_file.and_then(|index| vocabulary.department_name(index)) {
        noted.expected(name);
    }
    by_file
}

/// Who filled in a form, as the sheet of instructions says.
pub fn contact(book: &Book) -> Contact {
    let mut contact = Contact::default();
    for sheet in book.sheets.iter().filter(|sheet| is_guide(sheet)) {
        let fields = [&mut contact.name, &mut contact.extension, &mut contact.email];
        for (label, field) in CONTACT_LABELS.into_iter().zip(fields) {
            let found = sheet.cells.iter().find(|(_, cell)| key(&cell.text) == key(label));
            let beside = found.map(|(at, _)| CellRef::new(at.row, at.column + 1));
            if let Some(cell) = beside.and_then(|at| sheet.shown(at)) {
                cell.text.trim().clone_into(field);
            }
        }
    }
    contact
}

/// Tells of a form that was made for another edition.
pub fn other_edition(edition: &Edition, book: &Book, observations: &mut Observations) {
    let ours =
        FormStamp { edition: edition.id().to_owned(), version: edition.form.version.clone() };
    // An id in full width is a fault of the settings, and not of every form.
    let is_same = |stamp: &FormStamp| {
        key(&stamp.edition) == key(&ours.edition) && stamp.version == ours.version
    };
    if let Some(stamp) = book.stamp.as_ref().filter(|stamp| !is_same(stamp)) {
        let shown = |stamp: &FormStamp| format!("{} 様式の版 {}", stamp.edition, stamp.version);
        let noted = observations.note(ObservationKind::OtherEdition, Place::file(&book.file));
        noted.found(shown(stamp)).expected(shown(&ours));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::read::grid::{Cell, Sheet};
    use crate::schema::form::GUIDE_SHEET;

    #[test]
    fn who_filled_in_the_form_is_read_from_the_instructions() {
        let mut sheet = Sheet { name: GUIDE_SHEET.into(), ..Sheet::default() };
        for (row, texts) in [["記入者", "宮城 花子"], ["内 線", "2345"], ["提出期限", "1月"]]
            .into_iter()
            .enumerate()
        {
            for (column, text) in (0..).zip(texts) {
                sheet.cells.insert(CellRef::new(row as u32, column), Cell::text(text));
            }
        }
        let book = Book { sheets: vec![sheet], ..Book::default() };
        let Contact { name, extension, email } = contact(&book);
        assert_eq!((&*name, &*extension, &*email), ("宮城 花子", "2345", ""));
    }
}
