//! The texts of a workbook as calamine reads them.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx};

/// Every sheet with the texts of its cells, row by row.
pub fn rows(bytes: &[u8]) -> BTreeMap<String, Vec<Vec<String>>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).expect("a workbook");
    let show = |(name, range): (String, Range<Data>)| {
        (name, range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect())
    };
    book.worksheets().into_iter().map(show).collect()
}

/// Every sheet with the texts of its rows, a bar between cells.
pub fn texts(bytes: &[u8]) -> BTreeMap<String, String> {
    let text = |rows: Vec<Vec<String>>| {
        rows.iter().map(|row| row.join("|")).collect::<Vec<_>>().join("\n")
    };
    rows(bytes).into_iter().map(|(name, rows)| (name, text(rows))).collect()
}
