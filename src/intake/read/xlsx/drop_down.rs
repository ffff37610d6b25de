//! Drop-downs: the data validations of a sheet that offer a list.

use quick_xml::events::BytesStart;

use super::super::grid::Sheet;
use super::super::part::attribute;
use super::sheet::region;

/// A drop-down that is being read.
#[derive(Default)]
pub struct OpenDropDown {
    cells: String,
    source: String,
}

impl OpenDropDown {
    /// Begins at the element of a data validation; `None` where that offers no list.
    pub fn open(start: &BytesStart) -> Option<Self> {
        let is_list = attribute(start, "type").is_some_and(|kind| kind == "list");
        let cells = attribute(start, "sqref").unwrap_or_default();
        is_list.then(|| Self { cells, ..Self::default() })
    }

    /// What an element inside it says. The older form has the source in `formula1`; where it is on
    /// another sheet, Excel may write an extension, which has source and cells in elements of their
    /// own.
    pub fn see(&mut self, element: &str, text: String) {
        match element {
            "formula1" | "f" if self.source.is_empty() => self.source = text,
            "sqref" => self.cells = text,
            _ => {}
        }
    }

    /// Gives it to the cells. Whoever reads a form does not depend on its drop-downs, so what is
    /// no range here is passed over.
    pub fn close(self, sheet: &mut Sheet) {
        let source = self.source.trim();
        for cells in self.cells.split_ascii_whitespace().filter_map(region) {
            sheet.drop_downs.push(source, cells);
        }
    }
}
