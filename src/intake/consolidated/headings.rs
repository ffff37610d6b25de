//! What the workbook says beside its entries: the words of the edition, and the outline.

use super::{names, sheet};
use crate::diag::{CellRef, Place};
use crate::intake::read::grid::{Book, Sheet};
use crate::model::{Front, Heading, HeadingId, ObservationKind, Observations};
use crate::schema::Levels;
use crate::schema::front::{SETTINGS, SettingKind};
use crate::text::key;

/// The annex without its entries.
#[derive(Debug, Default)]
pub struct Headings {
    pub front: Front,
    pub levels: Levels,
    pub outline: Vec<Heading>,
}

/// `levels` and `defined` are what the workbook defines, if it does; コード表 then has the last word
/// on the titles and notes.
pub fn headings(
    book: &Book,
    levels: Levels,
    defined: Vec<Heading>,
    observations: &mut Observations,
) -> Headings {
    let outline = Heading::tree(defined);
    let mut headings = Headings { front: Front::default(), levels, outline };
    let found = [names::COVER, names::CODES].map(|name| sheet(book, name));
    for (name, _) in [names::COVER, names::CODES].iter().zip(found).filter(|(_, s)| s.is_none()) {
        if book.readable {
            let at = Place::file(&book.file);
            observations.note(ObservationKind::SheetMissing, at).expected(*name);
        }
    }
    let [cover, codes] = found;
    if let Some(cover) = cover {
        headings.front = front(cover, observations);
    }
    if let Some(codes) = codes {
        let Headings { levels, outline, .. } = &mut headings;
        complete(outline, codes, levels);
    }
    headings
}

/// The pairs of label and text below 版の情報.
fn front(cover: &Sheet, observations: &mut Observations) -> Front {
    let mut front = Front::default();
    let is_heading = |text: &str| key(text) == key(names::WORDS);
    let heading = cover.cells.iter().find(|(_, cell)| is_heading(&cell.text));
    let first = heading.map_or(0, |(at, _)| at.row + 1);
    for row in first..=cover.last_row().unwrap_or(0) {
        let mut cells = cover.row(row);
        let (Some((_, label)), Some((at, text))) = (cells.next(), cells.next()) else { continue };
        if !set(&mut front, &label.text, &text.text) {
            let noted = observations.note(ObservationKind::UnknownColumn, cover.place(at));
            noted.found(label.text.trim());
        }
    }
    front
}

/// Gives the word of a label its text; false where the label means none, or the text no year.
fn set(front: &mut Front, label: &str, text: &str) -> bool {
    let meant = SETTINGS.iter().find(|setting| key(setting.label) == key(label));
    let Some(setting) = meant else { return false };
    match setting.kind() {
        SettingKind::Text => front.set_word(setting, text),
        SettingKind::Year => front.set_word(setting, &key(text)),
    }
}

/// The columns of コード表.
struct Codes {
    header: u32,
    item: u32,
    code: u32,
    meaning: u32,
    note: Option<u32>,
}

fn columns(codes: &Sheet) -> Option<Codes> {
    let labelled = |row: u32, label: &str| {
        let mut cells = codes.row(row);
        cells.find(|(_, cell)| key(&cell.text) == key(label)).map(|(at, _)| at.column)
    };
    let rows = codes.cells.keys().map(|at| at.row);
    rows.into_iter().find_map(|header| {
        Some(Codes {
            header,
            item: labelled(header, names::CODE_ITEM)?,
            code: labelled(header, names::CODE)?,
            meaning: labelled(header, names::CODE_MEANING)?,
            note: labelled(header, names::CODE_NOTE),
        })
    })
}

/// The titles and notes of the headings, and the headings that are not yet there.
fn complete(outline: &mut Vec<Heading>, codes: &Sheet, levels: &Levels) {
    let Some(columns) = columns(codes) else { return };
    let shown = |row, column| {
        let cell = codes.shown(CellRef::new(row, column));
        cell.map_or("", |cell| cell.text.as_str())
    };
    for row in columns.header + 1..=codes.last_row().unwrap_or(0) {
        let (item, code) = (key(shown(row, columns.item)), key(shown(row, columns.code)));
        let title = shown(row, columns.meaning).to_owned();
        let Ok(id) = code.parse::<HeadingId>() else { continue };
        if item == key(&names::number_code(levels.word(id.depth()))) {
            let note = columns.note.map_or("", |column| shown(row, column)).to_owned();
            add(outline, levels, Heading { note, ..Heading::numbered(levels, id, title) });
        }
    }
}

/// Puts a heading behind the others under the one above, which is made where there is none; one
/// that is there already gets its title and note.
pub fn add(outline: &mut Vec<Heading>, levels: &Levels, heading: Heading) {
    if let Some(known) = Heading::find_mut(outline, heading.id) {
        (known.title, known.note) = (heading.title, heading.note);
        return;
    }
    let above = heading.id.depth().checked_sub(1).and_then(|depth| heading.id.at_level(depth));
    let Some(above) = above else { return outline.push(heading) };
    if Heading::find_mut(outline, above).is_none() {
        add(outline, levels, Heading::numbered(levels, above, ""));
    }
    if let Some(above) = Heading::find_mut(outline, above) {
        above.headings.push(heading);
    }
}
