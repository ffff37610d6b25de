//! What a drop-down offers.

use crate::diag::CellRef;
use crate::intake::read::grid::{Book, Sheet};

/// A list that is longer is no choice of a few words.
const LONGEST: usize = 300;

/// The texts that the drop-down of a cell offers; none where it has none, or where they follow from
/// another cell.
pub fn choices(book: &Book, sheet: &Sheet, at: CellRef) -> Vec<String> {
    sheet.drop_downs.at(at).map(|source| offered(book, sheet, source)).unwrap_or_default()
}

fn offered(book: &Book, sheet: &Sheet, source: &str) -> Vec<String> {
    let source = source.trim().trim_start_matches('=');
    if let Some(texts) = source.strip_prefix('"') {
        // One text with commas, or texts of their own.
        let texts = texts.strip_suffix('"').unwrap_or(texts).replace("\";\"", ",");
        return texts
            .split(',')
            .map(str::trim)
            .filter(|t| !t.is_empty())
            .map(str::to_owned)
            .collect();
    }
    let range = book.names.get(source).map_or(source, |range| range.trim());
    cells_of(book, sheet, range).unwrap_or_default()
}

/// The texts of a range of cells: `選択肢!$A$1:$A$9`.
fn cells_of(book: &Book, sheet: &Sheet, range: &str) -> Option<Vec<String>> {
    // LibreOffice writes `[$選択肢.$A$1:.$A$9]`.
    let range = range.trim_start_matches('[').trim_end_matches(']');
    let (first, last) = range.split_once(':').unwrap_or((range, range));
    let (sheet, first) = match first.rsplit_once(['!', '.']) {
        Some((name, cell)) if !name.is_empty() => {
            let name = name.trim_start_matches('$').trim_matches('\'').replace("''", "'");
            (book.sheets.iter().find(|sheet| *sheet.name == *name)?, cell)
        }
        Some((_, cell)) => (sheet, cell),
        None => (sheet, first),
    };
    let last = last.rsplit_once(['!', '.']).map_or(last, |(_, cell)| cell);
    let (first, last) = (CellRef::parse(first)?, CellRef::parse(last)?);
    let is_in = |at: &CellRef| (first.column..=last.column).contains(&at.column);
    let rows = CellRef::new(first.row, 0)..=CellRef::new(last.row, u32::MAX);
    let texts = sheet.cells.range(rows).filter(|(at, cell)| is_in(at) && !cell.is_blank());
    let texts = texts.map(|(_, cell)| cell.text.trim().to_owned());
    Some(texts.take(LONGEST).collect())
}
