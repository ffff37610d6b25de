//! What the workbook says beside its entries: the words of the edition, pillars, categories.

use super::{names, sheet};
use crate::diag::{CellRef, Place};
use crate::intake::read::grid::{Book, Sheet};
use crate::model::{Category, CategoryId, Front, ObservationKind, Observations, Pillar};
use crate::schema::front::{SETTINGS, SettingKind};
use crate::text::key;

/// The annex without its entries.
#[derive(Debug, Default)]
pub struct Headings {
    pub front: Front,
    pub pillars: Vec<Pillar>,
}

pub fn headings(book: &Book, observations: &mut Observations) -> Headings {
    let mut headings = Headings::default();
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
        headings.pillars = pillars(codes);
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

/// The pillars and categories in their order, without entries.
fn pillars(codes: &Sheet) -> Vec<Pillar> {
    let mut pillars: Vec<Pillar> = Vec::new();
    let Some(columns) = columns(codes) else { return pillars };
    let shown = |row, column| {
        let cell = codes.shown(CellRef::new(row, column));
        cell.map_or("", |cell| cell.text.as_str())
    };
    for row in columns.header + 1..=codes.last_row().unwrap_or(0) {
        let (item, code) = (key(shown(row, columns.item)), key(shown(row, columns.code)));
        let title = shown(row, columns.meaning).to_owned();
        if item == key(names::PILLAR_CODE)
            && let Ok(number) = code.parse()
        {
            pillars.push(Pillar { number, title, categories: Vec::new() });
        } else if item == key(names::CATEGORY_CODE)
            && let Ok(id) = code.parse::<CategoryId>()
        {
            let note = columns.note.map_or("", |column| shown(row, column)).to_owned();
            add(&mut pillars, Category { note, ..bare(id, title) });
        }
    }
    pillars
}

pub fn bare(id: CategoryId, title: String) -> Category {
    Category { id, title, listings: Vec::new(), kpis: Vec::new(), note: String::new() }
}

/// Puts a category behind the others of its pillar, which is made where there is none.
pub fn add(pillars: &mut Vec<Pillar>, category: Category) {
    let number = category.id.pillar;
    let known = pillars.iter().position(|pillar| pillar.number == number);
    let at = known.unwrap_or_else(|| {
        pillars.push(Pillar { number, ..Pillar::default() });
        pillars.len() - 1
    });
    if let Some(pillar) = pillars.get_mut(at) {
        pillar.categories.push(category);
    }
}
