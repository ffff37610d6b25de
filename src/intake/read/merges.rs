//! The merged regions of a sheet, and which of them a cell lies in.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::diag::CellRef;

/// A rectangle of cells, both corners inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    pub first: CellRef,
    pub last: CellRef,
}

impl Region {
    /// One cell alone.
    pub fn cell(at: CellRef) -> Self {
        Self { first: at, last: at }
    }

    /// The same cells from the upper left corner on, whichever corners a file names.
    pub fn in_order(self) -> Self {
        let Self { first, last } = self;
        Self {
            first: CellRef::new(first.row.min(last.row), first.column.min(last.column)),
            last: CellRef::new(first.row.max(last.row), first.column.max(last.column)),
        }
    }

    /// What lies between two corners. A corner on the very border of its cell, as `reaches` says
    /// for the right and the lower edge, does not reach into it.
    pub fn anchored(first: CellRef, last: CellRef, reaches: [bool; 2]) -> Self {
        let [right, down] = reaches.map(|reaches| u32::from(!reaches));
        let last = CellRef::new(
            last.row.saturating_sub(down).max(first.row),
            last.column.saturating_sub(right).max(first.column),
        );
        Self { first, last }
    }
}

/// As a sheet writes it: `A1:B9`, or `A1` of one cell.
impl std::fmt::Display for Region {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        let Self { first, last } = self;
        if first == last { write!(f, "{first}") } else { write!(f, "{first}:{last}") }
    }
}

/// The regions in the order of the file. A damaged or a hostile file has some that overlap, or a
/// hundred thousand of them.
#[derive(Debug, Default)]
pub struct Merges {
    regions: Vec<Region>,
    index: OnceLock<Index>,
}

impl Merges {
    pub fn push(&mut self, region: Region) {
        self.regions.push(region);
        self.index = OnceLock::new();
    }

    pub fn len(&self) -> usize {
        self.regions.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Region> {
        self.regions.iter()
    }

    /// The region that a cell lies in; one of them where there are several.
    pub fn at(&self, at: CellRef) -> Option<Region> {
        let index = self.index.get_or_init(|| Index::new(&self.regions));
        index.find(at).and_then(|number| self.regions.get(number)).copied()
    }
}

impl From<Vec<Region>> for Merges {
    fn from(regions: Vec<Region>) -> Self {
        Self { regions, index: OnceLock::new() }
    }
}

/// The rows of every region as blocks of 1, 2, 4 … rows that start at a multiple of their size.
/// A row lies in one block of each size, and whatever stands in a block covers all of it, so
/// that only columns are left to be looked for there.
#[derive(Debug)]
struct Index {
    /// By the size of the blocks, as a power of two, and their number from the top.
    blocks: BTreeMap<u32, BTreeMap<u64, Vec<Covering>>>,
}

/// A region in a block.
#[derive(Debug)]
struct Covering {
    first: u32,
    /// The number and the last column of the region that reaches furthest to the right, among
    /// this one and those that begin left of it.
    furthest: (usize, u32),
}

impl Index {
    fn new(regions: &[Region]) -> Self {
        let mut blocks: BTreeMap<u32, BTreeMap<u64, Vec<Covering>>> = BTreeMap::new();
        for (number, region) in regions.iter().enumerate() {
            let (first, furthest) = (region.first.column, (number, region.last.column));
            for (size, block) in blocks_of(region.first.row, region.last.row) {
                let block = blocks.entry(size).or_default().entry(block).or_default();
                block.push(Covering { first, furthest });
            }
        }
        for block in blocks.values_mut().flat_map(|blocks| blocks.values_mut()) {
            block.sort_by_key(|covering| (covering.first, covering.furthest));
            let mut furthest = None::<(usize, u32)>;
            for covering in block {
                let before = furthest.filter(|before| before.1 >= covering.furthest.1);
                covering.furthest = before.unwrap_or(covering.furthest);
                furthest = Some(covering.furthest);
            }
        }
        Self { blocks }
    }

    fn find(&self, at: CellRef) -> Option<usize> {
        self.blocks.iter().find_map(|(size, blocks)| {
            let block = blocks.get(&(u64::from(at.row) >> size))?;
            let left = block.partition_point(|covering| covering.first <= at.column);
            let (number, last) = block.get(left.checked_sub(1)?)?.furthest;
            (last >= at.column).then_some(number)
        })
    }
}

/// The fewest blocks, by size and number, that a run of rows is made of.
fn blocks_of(first: u32, last: u32) -> Vec<(u32, u64)> {
    let (mut from, mut end) = (u64::from(first), u64::from(last) + 1);
    let mut blocks = Vec::new();
    let mut size = 0;
    while from < end {
        if from % 2 == 1 {
            blocks.push((size, from));
            from += 1;
        }
        if end % 2 == 1 {
            end -= 1;
            blocks.push((size, end));
        }
        (from, end, size) = (from / 2, end / 2, size + 1);
    }
    blocks
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn region(text: &str) -> Region {
        let (first, last) = text.split_once(':').expect("a region");
        let corner = |text| CellRef::parse(text).expect("a cell");
        Region { first: corner(first), last: corner(last) }
    }

    fn holds(region: &Region, at: CellRef) -> bool {
        (region.first.row..=region.last.row).contains(&at.row)
            && (region.first.column..=region.last.column).contains(&at.column)
    }

    #[test]
    fn a_cell_is_found_in_its_region_whatever_stands_below() {
        let merges =
            Merges::from(["A1:B9", "B20:C21", "A20:A21", "D3:D4", "A30:C30"].map(region).to_vec());
        for (cell, expected) in [
            ("A1", Some("A1:B9")),
            // Right of the first column, with another region below in that column.
            ("B9", Some("A1:B9")),
            ("B5", Some("A1:B9")),
            ("C20", Some("B20:C21")),
            ("A21", Some("A20:A21")),
            ("D4", Some("D3:D4")),
            ("C30", Some("A30:C30")),
            ("B10", None),
            ("D5", None),
            ("C3", None),
        ] {
            let at = CellRef::parse(cell).expect("a cell");
            assert_eq!(merges.at(at), expected.map(region), "{cell}");
        }
    }

    #[test]
    fn the_last_row_there_can_be_is_found() {
        let edge = CellRef::new(u32::MAX, 3);
        let all = Region { first: CellRef::new(0, 3), last: edge };
        assert_eq!(Merges::from(vec![all]).at(edge), Some(all));
    }

    fn any_region() -> impl Strategy<Value = Region> {
        (0..24u32, 0..12u32, 0..9u32, 0..5u32).prop_map(|(row, column, rows, columns)| Region {
            first: CellRef::new(row, column),
            last: CellRef::new(row + rows, column + columns),
        })
    }

    proptest! {
        #[test]
        fn a_cell_lies_in_a_region_or_in_none(regions in proptest::collection::vec(any_region(), 0..20)) {
            let mut merges = Merges::default();
            for &region in &regions {
                merges.push(region);
                merges.at(region.first);
            }
            for (row, column) in (0..34).flat_map(|row| (0..18).map(move |column| (row, column))) {
                let at = CellRef::new(row, column);
                match merges.at(at) {
                    Some(found) => prop_assert!(regions.contains(&found) && holds(&found, at)),
                    None => prop_assert!(!regions.iter().any(|region| holds(region, at))),
                }
            }
        }
    }
}
