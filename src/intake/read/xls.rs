//! `.xls`, and the other files in an OLE container: encrypted workbooks.
//!
//! calamine gives the values, in dense ranges; the records are gone through before, so that no
//! range is laid out that is too large, and for the formats and marks that it passes over.

use std::collections::BTreeMap;
use std::io::Read;

use calamine::{Data, DataRef, Reader, Xls, XlsError};

use super::biff::Biff;
use super::cursor;
use super::grid::{Book, Region, Sheet, Struck};
use super::package::stamp_of;
use super::refusal::{Budget, Refusal, within};
use super::value::shown;
use crate::diag::CellRef;
use crate::edition::Limits;
use crate::model::ObservationKind;

pub fn fill(book: &mut Book, bytes: &[u8], limits: &Limits) -> Result<(), Refusal> {
    let mut container = cfb::CompoundFile::open(cursor(bytes)).map_err(Refusal::damaged)?;
    if container.is_stream("/EncryptedPackage") {
        return Err(Refusal::new(ObservationKind::Encrypted, ""));
    }
    if container.is_storage("/_VBA_PROJECT_CUR") {
        book.note(ObservationKind::HasMacros, "");
    }
    let name = ["/Workbook", "/Book"].into_iter().find(|name| container.is_stream(name));
    let name = name.ok_or_else(|| Refusal::new(ObservationKind::NotAWorkbook, "OLE"))?;
    let mut stream = Vec::new();
    let mut workbook = container.open_stream(name).map_err(Refusal::damaged)?;
    workbook.read_to_end(&mut stream).map_err(Refusal::damaged)?;
    let mut biff = Biff::read(&stream, limits)?;
    for link in &biff.external {
        book.note(ObservationKind::ExternalLink, link);
    }
    let mut workbook: Xls<_> = Xls::new(cursor(bytes)).map_err(refusal)?;
    book.stamp = biff.stamp.take().or_else(|| {
        let properties = workbook.workbook_properties().ok()?.custom_properties;
        stamp_of(&mut properties.into_iter().collect::<BTreeMap<_, _>>())
    });
    let date1904 = workbook.has_1904_epoch();
    let mut budget = Budget::new(limits);
    for (index, meta) in workbook.sheets_metadata().to_vec().into_iter().enumerate() {
        if meta.typ != calamine::SheetType::WorkSheet {
            continue;
        }
        let marks = biff.take_marks(index);
        let mut marks = marks.ok_or_else(|| Refusal::damaged(format!("「{}」", meta.name)))?;
        let mut sheet = Sheet {
            name: meta.name.as_str().into(),
            hidden: meta.visible != calamine::SheetVisible::Visible,
            ..std::mem::take(&mut marks.sheet)
        };
        let range = workbook.worksheet_range(&meta.name).map_err(refusal)?;
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let at = CellRef::new(top + row as u32, left + column as u32);
            let code = biff.format_code(marks.formats.get(&at).copied());
            let Some(cell) = shown(&borrowed(value), code, date1904) else { continue };
            budget.spend(&cell)?;
            sheet.cells.insert(at, cell);
        }
        for merge in workbook.merge_cells_by_sheet_name(&meta.name).map_err(refusal)? {
            sheet.merges.push(Region {
                first: CellRef::new(merge.start.0, merge.start.1),
                last: CellRef::new(merge.end.0, merge.end.1),
            });
        }
        within(limits, sheet.marks())?;
        for at in marks.struck {
            let text = sheet.shown(at).map(|cell| cell.text.clone());
            sheet.struck.extend(text.map(|text| (at, Struck { text, kept: String::new() })));
        }
        sheet.struck.extend(marks.struck_parts);
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
        XlsError::Password => Refusal::new(ObservationKind::Encrypted, ""),
        error => Refusal::damaged(error),
    }
}
