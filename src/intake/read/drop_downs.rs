//! The drop-downs of a sheet: which cells have one, and what it offers.

use indexmap::IndexMap;

use super::merges::Region;
use crate::diag::CellRef;

/// How far back a region is looked for that goes on in the next row: a row has no more drop-downs
/// of one source.
const REACH: usize = 256;

/// The cells of every drop-down by its source, as the file says it: texts, a range of cells, or a
/// name.
#[derive(Debug, Default)]
pub struct DropDowns {
    by_source: IndexMap<String, Vec<Region>>,
    regions: usize,
}

impl DropDowns {
    /// Adds cells; those of the next row join the ones above them.
    pub fn push(&mut self, source: &str, region: Region) {
        let regions = self.by_source.entry(source.to_owned()).or_default();
        let is_above = |above: &&mut Region| {
            (above.first.column, above.last.column) == (region.first.column, region.last.column)
                && above.last.row.checked_add(1) == Some(region.first.row)
        };
        match regions.iter_mut().rev().take(REACH).find(is_above) {
            Some(above) => above.last.row = region.last.row,
            None => {
                regions.push(region);
                self.regions += 1;
            }
        }
    }

    /// How many regions there are.
    pub fn len(&self) -> usize {
        self.regions
    }

    /// The source of the drop-down that a cell has.
    pub fn at(&self, at: CellRef) -> Option<&str> {
        let is_in = |region: &Region| {
            (region.first.row..=region.last.row).contains(&at.row)
                && (region.first.column..=region.last.column).contains(&at.column)
        };
        let mut sources = self.by_source.iter();
        sources.find(|(_, regions)| regions.iter().any(is_in)).map(|(source, _)| source.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cells_of_a_column_are_one_region() {
        let mut drop_downs = DropDowns::default();
        for row in 4..9 {
            for (column, source) in [(1, "\"あ,い\""), (3, "選択肢!$A$1:$A$9"), (5, "\"あ,い\"")]
            {
                let at = CellRef::new(row, column);
                drop_downs.push(source, Region { first: at, last: at });
            }
        }
        assert_eq!(drop_downs.len(), 3);
        assert_eq!(drop_downs.at(CellRef::new(8, 5)), Some("\"あ,い\""));
        assert_eq!(drop_downs.at(CellRef::new(4, 3)), Some("選択肢!$A$1:$A$9"));
        assert_eq!(drop_downs.at(CellRef::new(9, 3)), None);
    }
}
