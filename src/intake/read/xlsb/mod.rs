//! `.xlsb`: cell values by calamine's streaming reader; number formats, fonts and the rest from
//! the package's binary parts.

mod styles;
mod workbook;

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsb, XlsbError};

use super::cursor;
use super::grid::{Book, Cell, Kind, Sheet};
use super::package::{Relations, literal, stamp_of, stamp_of_properties};
use super::part::Parts;
use super::refusal::{Budget, Refusal};
use super::runs::place;
use super::value::{error_text, shown};
use crate::diag::CellRef;
use crate::model::ObservationKind;
use styles::Styles;
use workbook::{SheetPart, Workbook};

type Values<'a> = Xlsb<Cursor<&'a [u8]>>;

pub fn fill(book: &mut Book, bytes: &[u8], parts: &mut Parts) -> Result<(), Refusal> {
    parts.measure()?;
    if parts.names().iter().any(|name| name.ends_with("vbaProject.bin")) {
        book.note(ObservationKind::HasMacros, "");
    }
    let root = Relations::read(parts, "")?;
    let workbook = Workbook::read(parts, &root)?;
    for link in &workbook.external {
        book.note(ObservationKind::ExternalLink, link);
    }
    let mut values: Values = Xlsb::new(cursor(bytes)).map_err(refusal)?;
    let names = values.defined_names().iter();
    let mut names: BTreeMap<String, String> =
        names.map(|(name, formula)| (name.clone(), literal(formula))).collect();
    book.stamp = stamp_of(&mut names).or(stamp_of_properties(parts, &root)?);
    let mut budget = Budget::new(parts.limits());
    for sheet in workbook.sheets {
        book.sheets.push(with_values(sheet, &mut values, &workbook.styles, &mut budget)?);
    }
    Ok(())
}

/// The sheet with the cells that calamine gives, and those that it passes over.
fn with_values(
    part: SheetPart,
    values: &mut Values,
    styles: &Styles,
    budget: &mut Budget,
) -> Result<Sheet, Refusal> {
    let SheetPart { mut sheet, rich, formats, errors, inline } = part;
    let date1904 = values.has_1904_epoch();
    let name = sheet.name.clone();
    let mut put = |at: CellRef, cell: Cell| {
        budget.spend(&cell)?;
        let struck = styles.is_struck(formats.get(&at).copied());
        place(&mut sheet, at, cell, rich.get(&at).map(|runs| &**runs), struck);
        Ok(())
    };
    let mut reader = values.worksheet_cells_reader(&name).map_err(refusal)?;
    while let Some(cell) = reader.next_cell().map_err(refusal)? {
        let (row, column) = cell.get_position();
        let at = CellRef::new(row, column);
        let code = styles.code(formats.get(&at).copied());
        if let Some(shown) = shown(cell.get_value(), code, date1904) {
            put(at, shown)?;
        }
    }
    for (at, error) in errors {
        put(at, Cell { text: error_text(&error).into(), kind: Kind::Error })?;
    }
    for (at, text) in inline {
        if let Some(shown) = shown(&DataRef::SharedString(&text), "General", date1904) {
            put(at, shown)?;
        }
    }
    Ok(sheet)
}

fn refusal(error: XlsbError) -> Refusal {
    match error {
        XlsbError::Password => Refusal::new(ObservationKind::Encrypted, ""),
        error => Refusal::damaged(error),
    }
}
