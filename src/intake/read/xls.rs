//! `.xls`, and the other files in an OLE container: encrypted workbooks.

use calamine::{Data, DataRef, Reader, Xls, XlsError, Xlsx, XlsxError};

use super::super::grid::{Book, Region, Sheet};
use super::{Refusal, cursor, shown};
use crate::diag::CellRef;
use crate::model::OddityKind;

pub fn fill(book: &mut Book, bytes: &[u8]) -> Result<(), Refusal> {
    if let Err(XlsxError::Password) = Xlsx::new(cursor(bytes)) {
        return Err(Refusal::new(OddityKind::Encrypted, ""));
    }
    let mut workbook: Xls<_> = Xls::new(cursor(bytes)).map_err(refusal)?;
    let date1904 = workbook.has_1904_epoch();
    for meta in workbook.sheets_metadata().to_vec() {
        if meta.typ != calamine::SheetType::WorkSheet {
            continue;
        }
        let mut sheet = Sheet {
            name: meta.name.as_str().into(),
            hidden: meta.visible != calamine::SheetVisible::Visible,
            ..Sheet::default()
        };
        let range = workbook.worksheet_range(&meta.name).map_err(refusal)?;
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            if let Some(cell) = shown(&borrowed(value), "General", date1904)? {
                sheet.cells.insert(CellRef::new(top + row as u32, left + column as u32), cell);
            }
        }
        for merge in workbook.merge_cells_by_sheet_name(&meta.name).unwrap_or_default() {
            sheet.merges.push(Region {
                first: CellRef::new(merge.start.0, merge.start.1),
                last: CellRef::new(merge.end.0, merge.end.1),
            });
        }
        book.sheets.push(sheet);
    }
    Ok(())
}

fn borrowed(value: &Data) -> DataRef<'_> {
    match value {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(truth) => DataRef::Bool(*truth),
        Data::DateTime(date) => DataRef::DateTime(*date),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}

fn refusal(error: XlsError) -> Refusal {
    match error {
        XlsError::Password => Refusal::new(OddityKind::Encrypted, ""),
        error => Refusal::damaged(error),
    }
}
