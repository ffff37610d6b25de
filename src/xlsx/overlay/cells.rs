//! The cells of a sheet that are marked, or given a number.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rust_xlsxwriter::utility;

use super::markup::{Edits, Kind, Tag, is_usual, scan};
use super::styles::Styles;

/// What becomes of a cell.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// The colour behind it.
    pub color: Option<&'static str>,
    pub number: Option<u32>,
}

/// Cells by row and column.
pub type Cells = BTreeMap<u32, BTreeMap<u16, Wanted>>;

/// A sheet with its marks, and not the one that is shown first. `faded` are the formats of cells
/// that had a mark before, which goes where there is none now.
///
/// Nothing where a cell or a row does not say where it is.
pub fn marked(
    xml: &str,
    cells: &Cells,
    styles: &mut Styles,
    faded: &BTreeSet<usize>,
) -> Option<String> {
    if !is_usual(xml, "worksheet") {
        return None;
    }
    let mut marker = Marker {
        styles,
        faded,
        wanted: cells.clone(),
        edits: Edits::default(),
        columns: Vec::new(),
        row: None,
        number: None,
    };
    scan(xml, |tag| marker.see(tag))?;
    let Marker { edits, .. } = marker;
    edits.apply(xml)
}

struct Marker<'a> {
    styles: &'a mut Styles,
    faded: &'a BTreeSet<usize>,
    wanted: Cells,
    edits: Edits,
    /// The formats of columns.
    columns: Vec<(Range<u32>, usize)>,
    /// The row that is open, and the format of its empty cells.
    row: Option<(u32, Option<usize>)>,
    /// The beginning of a cell that gets a number, and what it becomes.
    number: Option<(usize, String)>,
}

impl Marker<'_> {
    fn see(&mut self, tag: &Tag) -> Option<()> {
        match (tag.name(), tag.kind) {
            ("sheetView", Kind::Open | Kind::Empty) if tag.attribute("tabSelected").is_some() => {
                self.edits.replace(tag.at.clone(), tag.without("tabSelected"));
            }
            ("col", Kind::Open | Kind::Empty) => {
                let (first, last) = (tag.number("min")?, tag.number("max")?);
                let format = tag.number("style").and_then(|style| usize::try_from(style).ok());
                self.columns.extend(format.map(|format| (first..last + 1, format)));
            }
            ("sheetData", Kind::Empty) => {
                let rows = self.rows_before(u32::MAX)?;
                self.edits.replace(tag.at.clone(), format!("{}{rows}</sheetData>", tag.opened()));
            }
            ("sheetData", Kind::Close) => {
                let rows = self.rows_before(u32::MAX)?;
                self.edits.insert(tag.at.start, rows);
            }
            ("row", Kind::Open | Kind::Empty) => self.open_row(tag)?,
            ("row", Kind::Close) => {
                let cells = self.cells_before(u16::MAX)?;
                self.edits.insert(tag.at.start, cells);
                self.row = None;
            }
            ("c", Kind::Open | Kind::Empty) if self.row.is_some() => self.open_cell(tag)?,
            ("c", Kind::Close) => {
                if let Some((from, cell)) = self.number.take() {
                    self.edits.replace(from..tag.at.end, cell);
                }
            }
            // A formula goes into a list of its own, which nobody looks after here.
            ("f", _) if self.number.is_some() => return None,
            _ => {}
        }
        Some(())
    }

    fn open_row(&mut self, tag: &Tag) -> Option<()> {
        let row = tag.number("r")?.checked_sub(1)?;
        let before = self.rows_before(row)?;
        self.edits.insert(tag.at.start, before);
        let format = tag.number("s").and_then(|format| usize::try_from(format).ok());
        self.row = Some((row, format));
        if tag.kind == Kind::Empty {
            let cells = self.cells_before(u16::MAX)?;
            if !cells.is_empty() {
                self.edits.replace(tag.at.clone(), format!("{}{cells}</row>", tag.opened()));
            }
            self.row = None;
        }
        Some(())
    }

    fn open_cell(&mut self, tag: &Tag) -> Option<()> {
        let (row, _) = self.row?;
        let (stated, column) = address(&tag.attribute("r")?)?;
        if stated != row {
            return None;
        }
        let before = self.cells_before(column)?;
        self.edits.insert(tag.at.start, before);
        let format = usize::try_from(tag.number("s").unwrap_or(0)).ok()?;
        let wanted = self.wanted.get_mut(&row).and_then(|cells| cells.remove(&column));
        let Some(wanted) = wanted else {
            if self.faded.contains(&format) {
                let plain = self.styles.coloured(format, None)?;
                self.edits.replace(tag.at.clone(), tag.with("s", &plain.to_string()));
            }
            return Some(());
        };
        let cell = self.cell(row, column, format, wanted)?;
        match (wanted.number, tag.kind) {
            (Some(_), Kind::Empty) => self.edits.replace(tag.at.clone(), cell),
            (Some(_), _) => self.number = Some((tag.at.start, cell)),
            (None, _) => {
                let format = self.format(format, wanted)?;
                self.edits.replace(tag.at.clone(), tag.with("s", &format.to_string()));
            }
        }
        Some(())
    }

    fn format(&mut self, format: usize, wanted: Wanted) -> Option<usize> {
        match wanted.color {
            Some(color) => self.styles.coloured(format, Some(color)),
            None => Some(format),
        }
    }

    /// A cell that is written anew.
    fn cell(&mut self, row: u32, column: u16, format: usize, wanted: Wanted) -> Option<String> {
        let (at, format) = (utility::row_col_to_cell(row, column), self.format(format, wanted)?);
        Some(match wanted.number {
            Some(number) => format!("<c r=\"{at}\" s=\"{format}\"><v>{number}</v></c>"),
            None => format!("<c r=\"{at}\" s=\"{format}\"/>"),
        })
    }

    /// The cells that are wanted in the open row left of a column and are not there.
    fn cells_before(&mut self, column: u16) -> Option<String> {
        let Some((row, format)) = self.row else { return Some(String::new()) };
        let Some(cells) = self.wanted.get_mut(&row) else { return Some(String::new()) };
        let rest = cells.split_off(&column);
        let before = std::mem::replace(cells, rest);
        self.new_cells(row, format, before)
    }

    /// The rows that are wanted above a row and are not there.
    fn rows_before(&mut self, row: u32) -> Option<String> {
        let rest = self.wanted.split_off(&row);
        let before = std::mem::replace(&mut self.wanted, rest);
        let mut rows = String::new();
        for (row, cells) in before.into_iter().filter(|(_, cells)| !cells.is_empty()) {
            let cells = self.new_cells(row, None, cells)?;
            rows += &format!("<row r=\"{}\">{cells}</row>", row + 1);
        }
        Some(rows)
    }

    fn new_cells(
        &mut self,
        row: u32,
        format: Option<usize>,
        cells: BTreeMap<u16, Wanted>,
    ) -> Option<String> {
        let mut new = String::new();
        for (column, wanted) in cells {
            let number = u32::from(column) + 1;
            let of_column = || {
                let mut columns = self.columns.iter();
                columns.find(|(columns, _)| columns.contains(&number)).map(|(_, format)| *format)
            };
            let format = format.or_else(of_column).unwrap_or(0);
            new += &self.cell(row, column, format, wanted)?;
        }
        Some(new)
    }
}

/// Row and column of `F9`.
fn address(text: &str) -> Option<(u32, u16)> {
    let split = text.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = text.split_at(split);
    let is_column =
        (1..=3).contains(&letters.len()) && letters.bytes().all(|b| b.is_ascii_uppercase());
    let column = is_column.then(|| utility::column_name_to_number(letters))?;
    Some((row.parse::<u32>().ok()?.checked_sub(1)?, column))
}
