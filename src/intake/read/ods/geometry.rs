//! Which cells lie under the things that are drawn on a sheet, by the heights of its rows and the
//! widths of its columns.

use quick_xml::events::BytesStart;

use super::super::grid::Region;
use super::super::part::attribute;
use crate::diag::CellRef;

/// The rows and the columns of a sheet.
#[derive(Debug, Default)]
pub struct Geometry {
    pub rows: Sizes,
    pub columns: Sizes,
}

/// Rows or columns from the first on, as far as the document has them.
#[derive(Debug, Default)]
pub struct Sizes(Vec<Run>);

/// Rows or columns of one size.
#[derive(Debug)]
struct Run {
    first: u32,
    /// Where the first of them begins, in points.
    begin: f64,
    size: f64,
}

/// Where something is drawn from the corner of the cell that it belongs to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    /// Left, upper, right and lower edge in points.
    edges: [f64; 4],
    /// It is told by its ends, which may be far from its cell.
    is_line: bool,
}

/// What an edge may be off.
const SLACK: f64 = 0.5;

impl Geometry {
    /// The cells under something that belongs to a cell, or to the sheet as a whole. The cell
    /// itself is meant, too, whatever the heights of the rows are on another machine.
    pub fn under(&self, cell: Option<CellRef>, extent: Extent) -> Region {
        let from = cell.unwrap_or(CellRef::new(0, 0));
        let (x, y) = (self.columns.begin(from.column), self.rows.begin(from.row));
        let [left, top, right, bottom] = extent.edges;
        let first = CellRef::new(self.rows.at(y + top + SLACK), self.columns.at(x + left + SLACK));
        let last =
            CellRef::new(self.rows.at(y + bottom - SLACK), self.columns.at(x + right - SLACK));
        let own = cell.filter(|_| !extent.is_line).unwrap_or(first);
        let first = CellRef::new(first.row.min(own.row), first.column.min(own.column));
        let last = CellRef::new(last.row.max(first.row), last.column.max(first.column));
        Region { first, last }
    }
}

impl Sizes {
    /// Adds rows or columns behind the last ones, from a number on.
    pub fn push(&mut self, first: u32, size: f64) {
        let begin = self.begin(first);
        if self.0.last().is_none_or(|last| last.size != size) {
            self.0.push(Run { first, begin, size });
        }
    }

    /// Where a row or a column begins.
    fn begin(&self, number: u32) -> f64 {
        let before = self.0.partition_point(|run| run.first <= number);
        let run = before.checked_sub(1).and_then(|last| self.0.get(last));
        run.map_or(0.0, |run| run.begin + f64::from(number - run.first) * run.size)
    }

    /// The row or column at a place.
    fn at(&self, place: f64) -> u32 {
        let before = self.0.partition_point(|run| run.begin <= place);
        let run = before.checked_sub(1).and_then(|last| self.0.get(last));
        let Some(run) = run.filter(|run| run.size > 0.0) else {
            return run.map_or(0, |run| run.first);
        };
        // More rows than a sheet can have are cut to that by the conversion.
        run.first.saturating_add(((place - run.begin) / run.size) as u32)
    }
}

impl Extent {
    /// Where an element says that it is; `None` where it does not.
    pub fn read(start: &BytesStart) -> Option<Self> {
        let length = |name| points(&attribute(start, name)?);
        if let (Some(x1), Some(y1), Some(x2), Some(y2)) =
            (length("x1"), length("y1"), length("x2"), length("y2"))
        {
            let edges = [x1.min(x2), y1.min(y2), x1.max(x2), y1.max(y2)];
            return Some(Self { edges, is_line: true });
        }
        let (x, y) = (length("x")?, length("y")?);
        let edges = [x, y, x + length("width")?, y + length("height")?];
        Some(Self { edges, is_line: false })
    }
}

/// A length in points: `0mm`, `0.02in`.
pub fn points(length: &str) -> Option<f64> {
    let digits = length.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let points = match length.get(digits.len()..)? {
        "pt" => 1.0,
        "mm" => 72.0 / 25.4,
        "cm" => 72.0 / 2.54,
        "in" => 72.0,
        _ => return None,
    };
    Some(digits.trim().parse::<f64>().ok()? * points).filter(|length| length.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cells_under_something_are_those_that_it_reaches_into() {
        let mut geometry = Geometry::default();
        // Rows of 20, 20, 50 and then 10 points, columns of 100.
        for (first, size) in [(0, 20.0), (1, 20.0), (2, 50.0), (3, 10.0)] {
            geometry.rows.push(first, size);
        }
        geometry.columns.push(0, 100.0);
        let cell = |text| CellRef::parse(text).expect("a cell");
        for (anchor, edges, expected) in [
            ("A1", [0.0, 0.0, 100.0, 20.0], "A1"),
            ("A1", [0.0, 0.0, 101.0, 21.0], "A1:B2"),
            ("B2", [0.0, 0.0, 100.0, 70.0], "B2:B3"),
            ("B2", [10.0, 25.0, 90.0, 60.0], "B2:B3"),
            // A line between two ends.
            ("A1 -", [0.0, 40.2, 250.0, 40.2], "A3:C3"),
            ("A1 -", [0.0, 95.0, 10.0, 118.0], "A4:A6"),
        ] {
            let (anchor, is_line) =
                anchor.split_once(' ').map_or((anchor, false), |(a, _)| (a, true));
            let under = geometry.under(Some(cell(anchor)), Extent { edges, is_line });
            assert_eq!(under.to_string(), expected, "{anchor} {edges:?}");
        }
        let on_sheet = Extent { edges: [0.0, 95.0, 10.0, 118.0], is_line: false };
        assert_eq!(geometry.under(None, on_sheet).to_string(), "A4:A6");
        // Hidden rows have no height.
        let mut rows = Sizes::default();
        for (first, size) in [(0, 20.0), (1, 0.0), (3, 20.0)] {
            rows.push(first, size);
        }
        assert_eq!([0.0, 19.0, 20.0, 39.0].map(|place| rows.at(place)), [0, 0, 3, 3]);
    }

    #[test]
    fn lengths_are_read_in_their_units() {
        for (length, expected) in [
            ("1in", Some(72.0)),
            ("2.54cm", Some(72.0)),
            ("25.4mm", Some(72.0)),
            ("9pt", Some(9.0)),
        ] {
            assert_eq!(points(length), expected, "{length}");
        }
        assert_eq!(points("9px"), None);
        assert_eq!(points("広い"), None);
    }
}
