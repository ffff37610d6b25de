//! Newer error values (`#SPILL!`) that calamine does not know and that would cost the whole
//! sheet: the copy of the package that it reads gets `#N/A` in their place.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::Refusal;
use super::package::Package;

/// The package without the error values that calamine does not know; `None` where it has none.
pub fn without_foreign_errors(bytes: &[u8], package: &Package) -> Result<Option<Vec<u8>>, Refusal> {
    let mut literals: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (_, side) in &package.sheets {
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
        for literal in literals {
            text = text.replace(&format!(">{literal}</"), ">#N/A</");
        }
        mended.start_file(name, SimpleFileOptions::default()).map_err(Refusal::damaged)?;
        mended.write_all(text.as_bytes()).map_err(Refusal::damaged)?;
    }
    let mended = mended.finish().map_err(Refusal::damaged)?;
    Ok(Some(mended.into_inner()))
}
