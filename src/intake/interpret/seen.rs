//! What the screen shows otherwise than the print will: texts that nobody sees, texts below a
//! merged cell, pictures in the place of a text, and texts that a program cut off.

use std::collections::BTreeSet;

use crate::diag::{CellRef, Say};
use crate::intake::locate::Located;
use crate::intake::read::grid::{Kind, Sheet, Unseen};
use crate::model::{ObservationKind, Observations};

/// The lengths at which programs cut a text: what one cell may hold, and what the older ways to
/// hand a text over could carry.
const CUTS: [usize; 2] = [32_767, 255];

/// Tells of the rows of a table.
pub fn seen(located: &Located, observations: &mut Observations) {
    let sheet = located.sheet;
    let mut told = BTreeSet::new();
    let entries = located.rows.iter().flat_map(|row| row.entries.values());
    for (at, cell) in entries.filter(|(at, _)| told.insert(*at)) {
        if let Some(unseen) = sheet.unseen.get(at) {
            let noted = observations.note(ObservationKind::UnseenText, sheet.place(*at));
            let part = sheet.unseen_parts.get(at).map_or(cell.text.as_str(), String::as_str);
            noted.found(part.trim()).why(why(*unseen));
        }
        if let Some(condition) = sheet.doubtful.get(at) {
            let noted = observations.note(ObservationKind::ConditionalFormat, sheet.place(*at));
            noted.found(condition);
        }
        let full = sheet.full.contains(at).then(|| cell.text.chars().count());
        if let Some(length) = cut(&cell.text).or(full.filter(|_| !is_whole(&cell.text))) {
            let noted = observations.note(ObservationKind::CutText, sheet.place(*at));
            noted.found(end(&cell.text)).expected(length.to_string());
        }
    }
    objects(located, observations);
    covered(located, observations);
}

fn why(unseen: Unseen) -> Say {
    match unseen {
        Unseen::Zero => {
            say!("シートの設定で、ゼロの値が表示されない", "the sheet is set not to show zeros")
        }
        Unseen::Format => say!(
            "セルの表示形式が、何も表示しないものである",
            "the number format of the cell shows nothing"
        ),
        Unseen::Colour => say!(
            "文字の色が背景の色と同じである",
            "the letters have the colour of their background"
        ),
        Unseen::Size => say!("文字の大きさが3ポイント未満である", "the letters are below 3 points"),
        Unseen::Condition => {
            say!("条件付き書式で隠れている", "a conditional format hides it")
        }
    }
}

/// The length at which a text seems to have been cut.
fn cut(text: &str) -> Option<usize> {
    let length = text.encode_utf16().count();
    CUTS.into_iter().find(|&cut| length == cut && !(is_whole(text) && cut < 1_000))
}

/// Whether a text ends as a sentence does, so that it was not cut there.
fn is_whole(text: &str) -> bool {
    text.trim_end().ends_with(['。', '．', '.', '」', '）', ')'])
}

/// The end of a long text.
fn end(text: &str) -> String {
    let letters: Vec<char> = text.trim_end().chars().collect();
    let from = letters.len().saturating_sub(20);
    format!("…{}", letters.iter().skip(from).collect::<String>())
}

/// Tells of pictures in the place of a text, in the columns and rows of the table.
fn objects(located: &Located, observations: &mut Observations) {
    for (at, what) in in_table(located).filter_map(|at| Some((at, object(located.sheet, at)?))) {
        let noted = observations.note(ObservationKind::ObjectInCell, located.sheet.place(at));
        noted.found(what);
    }
}

fn object(sheet: &Sheet, at: CellRef) -> Option<&'static str> {
    match sheet.cells.get(&at)?.kind {
        Kind::Object(what) => Some(what),
        _ => None,
    }
}

/// Tells of texts that a merged cell covers and that are not what it shows.
fn covered(located: &Located, observations: &mut Observations) {
    let sheet = located.sheet;
    for at in in_table(located) {
        let Some(cell) = sheet.shown(at) else { continue };
        let Some(merge) = sheet.merges.at(at).filter(|merge| merge.first != at) else { continue };
        let top = sheet.shown(merge.first).map_or("", |cell| cell.text.trim());
        if cell.text.trim() != top {
            let noted = observations.note(ObservationKind::CoveredText, sheet.place(at));
            noted.found(cell.text.trim()).expected(top);
        }
    }
}

/// The cells with something in them that lie in the rows and columns of a table.
fn in_table<'t>(located: &'t Located) -> impl Iterator<Item = CellRef> + 't {
    let rows = CellRef::new(located.header + 1, 0)..CellRef::new(located.end, 0);
    let cells = located.sheet.cells.range(rows).map(|(&at, _)| at);
    cells.filter(|at| located.columns.values().any(|&column| column == at.column))
}
