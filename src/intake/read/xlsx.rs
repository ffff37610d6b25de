//! `.xlsx` and `.xlsm`: cell values by calamine's streaming reader, the rest by the side reader
//! of the package.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use calamine::{Reader, Style, Xlsx, XlsxError};

use super::super::grid::{Book, Cell, Kind, Sheet, Struck};
use super::package::{Package, Side};
use super::part::Parts;
use super::{Budget, Refusal, builtin, cursor, mend, shown};
use crate::diag::CellRef;
use crate::model::OddityKind;

pub fn fill(book: &mut Book, bytes: &[u8], parts: &mut Parts) -> Result<(), Refusal> {
    let package = Package::read(parts)?;
    if package.macros {
        book.note(OddityKind::HasMacros, "");
    }
    for link in &package.external {
        book.note(OddityKind::ExternalLink, link);
    }
    book.stamp = package.stamp.clone();
    let mended = mend::without_foreign_errors(bytes, &package)?;
    let bytes = mended.as_deref().unwrap_or(bytes);
    let mut workbook: Xlsx<_> = Xlsx::new(cursor(bytes)).map_err(refusal)?;
    let date1904 = workbook.has_1904_epoch();
    let mut budget = Budget::new(parts.limits());
    for side in package.sheets {
        let name = side.sheet.name.clone();
        let read = cells(&mut workbook, &name, date1904, &mut budget);
        let (cells, struck) = match read {
            Ok(read) => read,
            Err(Stop::NoSheet) => continue,
            Err(Stop::Refusal(refusal)) => {
                let found = format!("「{name}」: {}", refusal.found);
                return Err(Refusal { found, ..refusal });
            }
        };
        book.sheets.push(sheet(side, cells, struck, &mut budget)?);
    }
    Ok(())
}

enum Stop {
    /// A chart or macro sheet.
    NoSheet,
    Refusal(Refusal),
}

type Cells = BTreeMap<CellRef, Cell>;

/// The cells that show something, and those whose whole font is struck through.
fn cells(
    workbook: &mut Xlsx<std::io::Cursor<&[u8]>>,
    name: &str,
    date1904: bool,
    budget: &mut Budget,
) -> Result<(Cells, BTreeSet<CellRef>), Stop> {
    let fail = |error| match error {
        XlsxError::NotAWorksheet(_) | XlsxError::WorksheetNotFound(_) => Stop::NoSheet,
        error => Stop::Refusal(refusal(error)),
    };
    let mut reader = workbook.worksheet_cells_reader(name).map_err(fail)?;
    let mut cells = BTreeMap::new();
    let mut struck = BTreeSet::new();
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(fail)? {
        let style = reader.styles().get(style);
        let format = style.map_or("General", format_code);
        let Some(shown) = shown(cell.get_value(), format, date1904) else {
            continue;
        };
        budget.spend(&shown).map_err(Stop::Refusal)?;
        let (row, column) = cell.get_position();
        let at = CellRef::new(row, column);
        if style.and_then(|s| s.font.as_ref()).is_some_and(|font| font.has_strikethrough()) {
            struck.insert(at);
        }
        cells.insert(at, shown);
    }
    Ok((cells, struck))
}

/// The code of a cell's number format, as Japanese Excel has the built-in ones.
fn format_code(style: &Style) -> &str {
    let Some(format) = &style.number_format else { return "General" };
    let code = format.format_code.as_str();
    let id = format.format_id.and_then(|id| u16::try_from(id).ok()).unwrap_or(0);
    match id {
        14 | 22 | 27..=40 | 50..=58 => builtin(id).unwrap_or(code),
        1..=163 if code == "General" => builtin(id).unwrap_or(code),
        _ => code,
    }
}

/// Puts values and marks together.
pub fn sheet(
    side: Side,
    mut cells: Cells,
    struck: BTreeSet<CellRef>,
    budget: &mut Budget,
) -> Result<Sheet, Refusal> {
    for at in side.unvalued {
        if let Entry::Vacant(place) = cells.entry(at) {
            let cell = place.insert(Cell { text: String::new(), kind: Kind::Unvalued });
            budget.spend(cell)?;
        }
    }
    for (at, literal) in side.foreign_errors {
        let cell = Cell { text: literal, kind: Kind::Error };
        // Once counted as what calamine was given in its place.
        budget.cells = budget.cells.saturating_sub(1);
        budget.spend(&cell)?;
        cells.insert(at, cell);
    }
    let whole = struck.iter().filter(|at| !side.rich.contains_key(at)).filter_map(|at| {
        let text = cells.get(at)?.text.clone();
        Some((*at, Struck { text, kept: String::new() }))
    });
    let parts = side.rich.iter().map(|(at, runs)| (*at, runs.struck(struck.contains(at))));
    let marks = whole.chain(parts).filter(|(_, struck)| !struck.is_blank()).collect();
    let raised = side.rich.iter().map(|(at, runs)| (*at, runs.raised()));
    let raised = raised.filter(|(_, raised)| !raised.trim().is_empty()).collect();
    Ok(Sheet { cells, struck: marks, raised, ..side.sheet })
}

fn refusal(error: XlsxError) -> Refusal {
    match error {
        XlsxError::Password => Refusal::new(OddityKind::Encrypted, ""),
        error => Refusal::damaged(error),
    }
}
