//! `.xlsb`: cell values by calamine's streaming reader.

use calamine::{Reader, Xlsb, XlsbError};

use super::super::grid::{Book, Sheet};
use super::part::Parts;
use super::{Refusal, cursor, limits, shown};
use crate::diag::CellRef;
use crate::model::OddityKind;

pub fn fill(book: &mut Book, bytes: &[u8], parts: &mut Parts) -> Result<(), Refusal> {
    if parts.names().iter().any(|name| name.ends_with("vbaProject.bin")) {
        book.note(OddityKind::HasMacros, "");
    }
    let mut workbook: Xlsb<_> = Xlsb::new(cursor(bytes)).map_err(refusal)?;
    let date1904 = workbook.has_1904_epoch();
    let mut budget = limits::CELLS;
    for meta in workbook.sheets_metadata().to_vec() {
        if meta.typ != calamine::SheetType::WorkSheet {
            continue;
        }
        let mut sheet = Sheet {
            name: meta.name.as_str().into(),
            hidden: meta.visible != calamine::SheetVisible::Visible,
            ..Sheet::default()
        };
        let mut reader = workbook.worksheet_cells_reader(&meta.name).map_err(refusal)?;
        while let Some(cell) = reader.next_cell().map_err(refusal)? {
            let Some(shown) = shown(cell.get_value(), "General", date1904)? else { continue };
            budget = budget
                .checked_sub(1)
                .ok_or_else(|| Refusal::too_large("セルの数", "上限超過", limits::CELLS))?;
            let (row, column) = cell.get_position();
            sheet.cells.insert(CellRef::new(row, column), shown);
        }
        book.sheets.push(sheet);
    }
    Ok(())
}

fn refusal(error: XlsbError) -> Refusal {
    match error {
        XlsbError::Password => Refusal::new(OddityKind::Encrypted, ""),
        error => Refusal::damaged(error),
    }
}
