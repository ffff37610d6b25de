//! Newer error values (`#SPILL!`) that calamine does not know and that would cost the whole
//! sheet: the copy of the package that it reads gets `#N/A` in their place.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::Refusal;
use super::package::Package;
use super::part::attribute;

/// The package without the error values that calamine does not know; `None` where it has none.
pub fn without_foreign_errors(bytes: &[u8], package: &Package) -> Result<Option<Vec<u8>>, Refusal> {
    let mut literals: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for side in &package.sheets {
        for literal in side.foreign_errors.values() {
            literals.entry(&side.part).or_default().insert(literal);
        }
    }
    if literals.is_empty() {
        return Ok(None);
    }
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(Refusal::damaged)?;
    let mut mended = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..zip.len() {
        let name = match zip.name_for_index(index) {
            Some(Ok(name)) => name.into_owned(),
            _ => continue,
        };
        let part = zip.by_index(index).map_err(Refusal::damaged)?;
        let Some(literals) = literals.get(name.as_str()) else {
            mended.raw_copy_file(part).map_err(Refusal::damaged)?;
            continue;
        };
        let mut text = String::new();
        let mut part = part;
        part.read_to_string(&mut text).map_err(Refusal::damaged)?;
        let text = mended_sheet(text.trim_start_matches('\u{FEFF}'), literals)?;
        mended.start_file(name, SimpleFileOptions::default()).map_err(Refusal::damaged)?;
        mended.write_all(text.as_bytes()).map_err(Refusal::damaged)?;
    }
    let mended = mended.finish().map_err(Refusal::damaged)?;
    Ok(Some(mended.into_inner()))
}

/// A sheet with `#N/A` as the value of the error cells that have one of the literals; a text that
/// reads the same stays.
fn mended_sheet(text: &str, literals: &BTreeSet<&str>) -> Result<String, Refusal> {
    let mut mended = String::new();
    let mut from = 0;
    for value in error_values(text)? {
        let written = text.get(value.clone()).unwrap_or_default();
        if unescape(written).is_ok_and(|value| literals.contains(value.as_ref())) {
            mended.push_str(text.get(from..value.start).unwrap_or_default());
            mended.push_str("#N/A");
            from = value.end;
        }
    }
    mended.push_str(text.get(from..).unwrap_or_default());
    Ok(mended)
}

/// Where the values of the error cells stand in a sheet.
fn error_values(text: &str) -> Result<Vec<Range<usize>>, Refusal> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut values = Vec::new();
    let mut is_error = false;
    let mut value = None;
    loop {
        let before = reader.buffer_position() as usize;
        match reader.read_event().map_err(Refusal::damaged)? {
            Event::Start(start) => match start.local_name().as_ref() {
                "c" => is_error = attribute(&start, "t").is_some_and(|kind| kind == "e"),
                "v" if is_error => value = Some(reader.buffer_position() as usize),
                _ => {}
            },
            Event::End(end) if end.local_name().as_ref() == "v" => {
                values.extend(value.take().map(|begin| begin..before));
            }
            Event::Eof => return Ok(values),
            _ => {}
        }
    }
}
