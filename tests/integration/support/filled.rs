//! A form in which a department types: the cell is found by the words of its row and by its label,
//! as a person finds it, and everything else stays as it was.

use std::io::Cursor;

use calamine::{Data, DataType, Reader, Xlsx};

use super::repacked;

/// What stands for a line feed where one line is one text.
const LINE_FEED: &str = "⏎";

/// Which row is typed in.
#[derive(Clone, Copy, Debug)]
pub enum Row<'a> {
    /// The row in which some cell says this.
    Named(&'a str),
    /// The first row without a name of the sheet whose name begins with this.
    Blank(&'a str),
}

/// The form with `text` in the column with this label; an empty text empties the cell. `⏎` stands
/// for a line feed.
pub fn filled(form: &[u8], row: Row, label: &str, text: &str) -> Vec<u8> {
    let found = cell(form, row, label);
    let (part, cell) = found.unwrap_or_else(|| panic!("no cell 「{label}」 of {row:?}"));
    repacked::with_part(form, &part, |xml| *xml = with_cell(xml, &cell, text))
}

/// The form with the texts, in turn, in the column with this label, in every row that has an id on
/// the sheet whose name begins so.
pub fn filled_all(form: &[u8], sheet: &str, label: &str, texts: &[&str]) -> Vec<u8> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(form)).expect("a form");
    let found = (1..).zip(book.worksheets()).find(|(_, (name, _))| name.starts_with(sheet));
    let (number, (_, cells)) = found.unwrap_or_else(|| panic!("no sheet 「{sheet}」"));
    let first = cells.start().expect("a header");
    let rows: Vec<&[Data]> = cells.rows().collect();
    let (header, column) = header(&rows, label).unwrap_or_else(|| panic!("no column 「{label}」"));
    let has_id = |row: &[Data]| {
        let id = row.first().and_then(DataType::as_string).unwrap_or_default();
        id.contains('-')
    };
    let lines = (header + 1..rows.len()).filter(|line| has_id(rows[*line]));
    let lines: Vec<usize> = lines.collect();
    repacked::with_part(form, &format!("xl/worksheets/sheet{number}.xml"), |xml| {
        for (line, text) in lines.iter().zip(texts.iter().cycle()) {
            let cell = reference(line + first.0 as usize, column + first.1 as usize);
            *xml = with_cell(xml, &cell, text);
        }
    })
}

/// The part of the package and the cell where the row meets the column.
pub fn cell(form: &[u8], row: Row, label: &str) -> Option<(String, String)> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(form)).expect("a form");
    (1..).zip(book.worksheets()).find_map(|(number, (name, cells))| {
        let is_meant = match row {
            Row::Named(_) => true,
            Row::Blank(sheet) => name.starts_with(sheet),
        };
        let first = cells.start()?;
        let rows: Vec<&[Data]> = cells.rows().collect();
        let (line, column) = is_meant.then(|| cell_of(&rows, row, label)).flatten()?;
        let cell = reference(line + first.0 as usize, column + first.1 as usize);
        Some((format!("xl/worksheets/sheet{number}.xml"), cell))
    })
}

/// Where the row meets the column, counted from the first cell of the sheet.
fn cell_of(rows: &[&[Data]], row: Row, label: &str) -> Option<(usize, usize)> {
    let (header, column) = header(rows, label)?;
    let line = match row {
        Row::Named(name) => {
            let mut below = rows.iter().skip(header + 1);
            below.position(|cells| cells.iter().any(|cell| says(cell, name)))? + header + 1
        }
        // The sample stands below the header; behind the last row with words all are blank.
        Row::Blank(_) => {
            let is_blank = |line: &usize| rows.get(*line).is_none_or(|row| row[column].is_empty());
            (header + 2..).find(is_blank)?
        }
    };
    Some((line, column))
}

/// The row that has this label, and the label's place in it.
fn header(rows: &[&[Data]], label: &str) -> Option<(usize, usize)> {
    rows.iter().enumerate().find_map(|(number, cells)| {
        Some((number, cells.iter().position(|cell| says(cell, label))?))
    })
}

fn says(cell: &Data, text: &str) -> bool {
    cell.as_string().is_some_and(|said| said.trim().replace('\n', LINE_FEED) == text)
}

/// 「B12」, of places counted from 0.
fn reference(row: usize, column: usize) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        letters.insert(0, char::from(b'A' + ((left - 1) % 26) as u8));
        left = (left - 1) / 26;
    }
    letters.into_iter().collect::<String>() + &(row + 1).to_string()
}

/// The sheet with another text in a cell that it has, in the style that the cell has.
fn with_cell(xml: &str, cell: &str, text: &str) -> String {
    let opening = format!("<c r=\"{cell}\"");
    let start = xml.find(&opening).unwrap_or_else(|| panic!("no cell {cell}"));
    let tag = &xml[start..];
    let tag = &tag[..=tag.find('>').expect("the end of the tag")];
    let end = if tag.ends_with("/>") {
        start + tag.len()
    } else {
        start + xml[start..].find("</c>").expect("the end of the cell") + "</c>".len()
    };
    let style = tag.split(" s=\"").nth(1).and_then(|rest| rest.split('"').next());
    let style = style.map_or_else(String::new, |style| format!(" s=\"{style}\""));
    let written = if text.is_empty() {
        format!("<c r=\"{cell}\"{style}/>")
    } else {
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace(LINE_FEED, "&#10;");
        format!("<c r=\"{cell}\"{style} t=\"inlineStr\"><is><t>{text}</t></is></c>")
    };
    format!("{}{written}{}", &xml[..start], &xml[end..])
}
