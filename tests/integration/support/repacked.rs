//! A form with the texts of its cells edited where they lie in the package, everything else as it
//! was: what Excel leaves of a form in which somebody typed.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The package with its shared strings, which are XML, as `edit` leaves them.
pub fn with_texts(bytes: &[u8], edit: impl FnMut(&mut String)) -> Vec<u8> {
    with_part(bytes, "xl/sharedStrings.xml", edit)
}

/// The package with one of its parts as `edit` leaves it.
pub fn with_part(bytes: &[u8], edited: &str, mut edit: impl FnMut(&mut String)) -> Vec<u8> {
    let mut package = ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..package.len() {
        let mut part = package.by_index(index).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).expect("text");
        if name == edited {
            edit(&mut text);
        }
        zip.start_file(&name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("a part");
    }
    zip.finish().expect("a package").into_inner()
}

/// The parts of a package as text, by their names.
pub fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut package = ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let count = package.len();
    let read = |index| {
        let mut part = package.by_index(index).expect("a part");
        let mut text = String::new();
        part.read_to_string(&mut text).expect("text");
        (part.name().expect("a name").into_owned(), text)
    };
    (0..count).map(read).collect()
}

/// A part of a package as text; empty where the package has no such part.
pub fn part(bytes: &[u8], name: &str) -> String {
    let mut package = ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut text = String::new();
    if let Ok(mut part) = package.by_name(name) {
        part.read_to_string(&mut text).expect("text");
    }
    text
}
