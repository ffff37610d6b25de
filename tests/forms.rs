//! The forms as a department gets them: read back by programs that no one here wrote.

#[path = "support/example.rs"]
mod example;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::Command;

use bessatsu::edition::fields::{self, Table};
use bessatsu::forms;
use bessatsu::model::Annex;
use calamine::{Data, Reader, Sheets, Xlsx};

/// A sheet's cells as text, row by row; numbers as they are stored.
type Grid = Vec<Vec<String>>;

fn grid<RS: std::io::Read + std::io::Seek>(book: &mut Sheets<RS>, sheet: &str) -> Grid {
    let range = book.worksheet_range(sheet).unwrap();
    let (rows, columns) = range.end().map_or((0, 0), |(r, c)| (r + 1, c + 1));
    let text = |data: &Data| match data {
        Data::Float(number) => format!("{number:.6}"),
        Data::Int(number) => format!("{:.6}", *number as f64),
        other => other.to_string(),
    };
    let mut grid: Grid = (0..rows)
        .map(|r| (0..columns).map(|c| range.get_value((r, c)).map(text).unwrap_or_default()))
        .map(Iterator::collect)
        .collect();
    for row in &mut grid {
        while row.last().is_some_and(String::is_empty) {
            row.pop();
        }
    }
    while grid.last().is_some_and(Vec::is_empty) {
        grid.pop();
    }
    grid
}

fn open(bytes: &[u8]) -> Sheets<Cursor<Vec<u8>>> {
    calamine::open_workbook_auto_from_rs(Cursor::new(bytes.to_vec())).unwrap()
}

/// A part of the package, as text.
fn part(bytes: &[u8], name: &str) -> String {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    package.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The values of an attribute in every element of a name.
fn attributes(xml: &str, element: &str, attribute: &str) -> Vec<String> {
    let mut values = Vec::new();
    let mut reader = quick_xml::Reader::from_str(xml);
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Eof => return values,
            quick_xml::events::Event::Start(e) | quick_xml::events::Event::Empty(e) => {
                if e.name().as_ref() == element.as_bytes() {
                    let found = e.try_get_attribute(attribute).unwrap();
                    values.push(found.map_or(String::new(), |a| {
                        String::from_utf8(a.value.into_owned()).unwrap()
                    }));
                }
            }
            _ => {}
        }
    }
}
