//! `.xlsb`: cell values by calamine's streaming reader; number formats, fonts and the rest from
//! the package's binary parts.

pub mod bin;
mod side;
mod styles;

use std::collections::BTreeMap;

use calamine::{DataRef, Reader, Xlsb, XlsbError};

use super::super::grid::{Book, Cell};
use super::package::{literal, stamp_of, stamp_of_properties};
use super::part::Parts;
use super::{Budget, Refusal, cursor, error_text, shown, xlsx};
use crate::diag::CellRef;
use crate::model::OddityKind;
use side::Package;

pub fn fill(book: &mut Book, bytes: &[u8], parts: &mut Parts) -> Result<(), Refusal> {
    if parts.names().iter().any(|name| name.ends_with("vbaProject.bin")) {
        book.note(OddityKind::HasMacros, "");
    }
    let package = Package::read(parts)?;
    for link in &package.external {
        book.note(OddityKind::ExternalLink, link);
    }
    let mut workbook: Xlsb<_> = Xlsb::new(cursor(bytes)).map_err(refusal)?;
    let names = workbook.defined_names().iter();
    let mut names: BTreeMap<String, String> =
        names.map(|(name, formula)| (name.clone(), literal(formula))).collect();
    book.stamp = stamp_of(&mut names).or(stamp_of_properties(parts)?);
    let date1904 = workbook.has_1904_epoch();
    let mut budget = Budget::new(parts.limits());
    for mut marks in package.sheets {
        let mut cells: BTreeMap<CellRef, Cell> = BTreeMap::new();
        let mut reader =
            workbook.worksheet_cells_reader(&marks.side.sheet.name).map_err(refusal)?;
        while let Some(cell) = reader.next_cell().map_err(refusal)? {
            let (row, column) = cell.get_position();
            let at = CellRef::new(row, column);
            let format = marks.formats.get(&at).copied();
            let code = package.styles.code(format);
            let Some(shown) = shown(cell.get_value(), code, date1904) else { continue };
            budget.spend(&shown)?;
            cells.insert(at, shown);
        }
        // calamine passes over errors that a formula gives.
        for (at, error) in std::mem::take(&mut marks.errors) {
            let cell = Cell { text: error_text(&error).into(), kind: super::Kind::Error };
            budget.spend(&cell)?;
            cells.insert(at, cell);
        }
        for (at, text) in std::mem::take(&mut marks.inline) {
            if let Some(shown) = shown(&DataRef::SharedString(&text), "General", date1904) {
                budget.spend(&shown)?;
                cells.insert(at, shown);
            }
        }
        let struck = marks.formats.iter().filter(|&(at, &format)| {
            cells.contains_key(at) && package.styles.is_struck(Some(format))
        });
        let struck = struck.map(|(at, _)| *at).collect();
        book.sheets.push(xlsx::sheet(marks.side, cells, struck, &mut budget)?);
    }
    Ok(())
}

fn refusal(error: XlsbError) -> Refusal {
    match error {
        XlsbError::Password => Refusal::new(OddityKind::Encrypted, ""),
        error => Refusal::damaged(error),
    }
}
