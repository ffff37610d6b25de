//! Table objects: where their totals are, and the parts that their styles strike through. Every
//! format that has such tables names the same parts.

use std::collections::BTreeMap;

use super::grid::{Region, Sheet, Struck};
use crate::diag::CellRef;

/// A part of a table object that a style can show in a way of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Whole,
    Header,
    Totals,
    FirstColumn,
    LastColumn,
    FirstRowStripe,
    SecondRowStripe,
    FirstColumnStripe,
    SecondColumnStripe,
}
use Part::*;

/// The parts in the order of their numbers in the binary formats, with their names in `.xlsx`. Those
/// of pivot tables, which have further ones, hold no entries.
const PARTS: [(Part, &str); 9] = [
    (Whole, "wholeTable"),
    (Header, "headerRow"),
    (Totals, "totalRow"),
    (FirstColumn, "firstColumn"),
    (LastColumn, "lastColumn"),
    (FirstRowStripe, "firstRowStripe"),
    (SecondRowStripe, "secondRowStripe"),
    (FirstColumnStripe, "firstColumnStripe"),
    (SecondColumnStripe, "secondColumnStripe"),
];

impl Part {
    pub fn named(name: &str) -> Option<Self> {
        PARTS.iter().find(|(_, own)| *own == name).map(|(part, _)| *part)
    }

    pub fn numbered(number: u32) -> Option<Self> {
        PARTS.get(usize::try_from(number).ok()?).map(|(part, _)| *part)
    }
}

/// The styles of table objects that a workbook has of its own, by their names.
#[derive(Debug, Default)]
pub struct TableStyles {
    styles: BTreeMap<String, Vec<Element>>,
    /// The style whose elements are being read.
    open: String,
}

/// How a style shows a part of a table.
#[derive(Clone, Copy, Debug)]
struct Element {
    part: Part,
    /// Rows or columns of a stripe.
    size: u32,
    /// The number of its differential format.
    format: u32,
}

impl TableStyles {
    /// Goes on to the style of this name.
    pub fn open(&mut self, name: String) {
        self.open = name;
    }

    /// Adds a part to the style that is open.
    pub fn add(&mut self, part: Part, size: u32, format: u32) {
        let element = Element { part, size: size.max(1), format };
        self.styles.entry(self.open.clone()).or_default().push(element);
    }
}

/// A table object as its part or its records have it.
#[derive(Debug, Default)]
pub struct Table {
    pub region: Option<Region>,
    /// Rows of its header and of its totals.
    pub header: u32,
    pub totals: u32,
    /// The words that stand before its totals.
    pub labels: Vec<String>,
    pub style: String,
    /// Whether the style shows its first column, its last one, its stripes of rows and of columns.
    pub shows: [bool; 4],
}

impl Table {
    /// Takes what a binary format says of the style: a bit for each part that it may show.
    pub fn styled(&mut self, name: String, flags: u16) {
        self.style = name;
        self.shows = [0, 1, 2, 3].map(|bit| flags & 1 << bit != 0);
    }

    /// Puts on the sheet what the table says of it. `is_struck` says whether a differential format
    /// strikes through; `None` where that cannot be read.
    pub fn put(
        self,
        styles: &TableStyles,
        is_struck: impl Fn(u32) -> Option<bool>,
        sheet: &mut Sheet,
    ) {
        let Some(region) = self.region else { return };
        for element in styles.styles.get(&self.style).into_iter().flatten() {
            match is_struck(element.format) {
                Some(false) => {}
                is_struck => self.strike(region, element, is_struck.is_some(), sheet),
            }
        }
        if self.totals > 0 {
            sheet.totals.insert(region.last.row, self.labels);
        }
    }

    /// Strikes the texts of a part of the table through, or says that they may be.
    fn strike(&self, region: Region, element: &Element, is_sure: bool, sheet: &mut Sheet) {
        let rows = CellRef::new(region.first.row, 0)..=CellRef::new(region.last.row, u32::MAX);
        let columns = region.first.column..=region.last.column;
        let cells = sheet.cells.range(rows).filter(|(at, cell)| {
            columns.contains(&at.column) && !cell.is_blank() && self.is_in(region, element, **at)
        });
        for (at, cell) in cells {
            if is_sure {
                let struck = Struck { text: cell.text.clone(), ..Struck::default() };
                sheet.struck.entry(*at).or_insert(struck);
            } else {
                sheet.doubtful.entry(*at).or_insert_with(|| "テーブルのスタイル".to_owned());
            }
        }
    }

    /// Whether a cell of the table is in a part of it.
    fn is_in(&self, Region { first, last }: Region, element: &Element, at: CellRef) -> bool {
        let (row, column) = (at.row - first.row, at.column - first.column);
        let from_below = last.row - at.row;
        let is_data = row >= self.header && from_below >= self.totals;
        let is_even = |number: u32| (number / element.size).is_multiple_of(2);
        let [shows_first, shows_last, shows_rows, shows_columns] = self.shows;
        match element.part {
            Whole => true,
            Header => row < self.header,
            Totals => from_below < self.totals,
            FirstColumn => shows_first && column == 0,
            LastColumn => shows_last && at.column == last.column,
            FirstRowStripe => shows_rows && is_data && is_even(row - self.header),
            SecondRowStripe => shows_rows && is_data && !is_even(row - self.header),
            FirstColumnStripe => shows_columns && is_data && is_even(column),
            SecondColumnStripe => shows_columns && is_data && !is_even(column),
        }
    }
}
