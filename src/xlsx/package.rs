//! What is changed in the package that rust_xlsxwriter made.

use std::io::{Cursor, Read, Write};

use rust_xlsxwriter::Workbook;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::WriteError;

/// The bytes of a workbook whose rows fit themselves to their text when somebody edits it.
///
/// rust_xlsxwriter marks every height as set by hand, which keeps a spreadsheet from fitting the
/// row ever again; here the marks are taken out of the package, and the heights stay.
///
/// # Errors
/// As `Workbook::save_to_buffer`.
pub fn save_with_fitting_rows(workbook: &mut Workbook) -> Result<Vec<u8>, WriteError> {
    let mut from = ZipArchive::new(Cursor::new(workbook.save_to_buffer()?)).map_err(io)?;
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    for index in 0..from.len() {
        let mut part = from.by_index(index).map_err(io)?;
        let name = part.name().map_err(io)?.into_owned();
        if !name.starts_with("xl/worksheets/sheet") {
            to.raw_copy_file(part).map_err(io)?;
            continue;
        }
        let mut text = String::new();
        part.read_to_string(&mut text)?;
        // The quotes of texts are escaped, so this can only be an attribute.
        to.start_file(name, options).map_err(io)?;
        to.write_all(text.replace(" customHeight=\"1\"", "").as_bytes())?;
    }
    Ok(to.finish().map_err(io)?.into_inner())
}

fn io(error: zip::result::ZipError) -> std::io::Error {
    error.into()
}
