//! What a submission may hold at most. A form has some hundred rows; whatever is beyond these
//! bounds is a mistake or an attack, and is refused before it is unpacked.

/// Bytes of a file as it lies on the disk.
pub const FILE_BYTES: usize = 64 << 20;
/// Bytes of all parts of a package together.
pub const UNPACKED_BYTES: u64 = 96 << 20;
/// Parts of a package.
pub const ENTRIES: usize = 4_096;
/// Cells with content in a workbook.
pub const CELLS: usize = 100_000;
/// Cells of the rectangle around the content of a sheet, where a format allows only dense
/// reading.
pub const DENSE_CELLS: u64 = 4_000_000;
/// Cells that an `.xls` sheet may declare: all that there can be.
pub const DECLARED_CELLS: u64 = 65_536 * 256;
/// Bytes of text in all cells of a workbook: one long text can be shown by many cells.
pub const TEXT_BYTES: usize = 32 << 20;
/// Characters of a cell: what Excel itself allows.
pub const CELL_CHARS: usize = 32_767;
/// Sheets of a workbook.
pub const SHEETS: usize = 256;
/// Merged regions, notes and text boxes of a sheet, each.
pub const MARKS: usize = 100_000;
/// Runs of hidden rows of a sheet.
pub const HIDDEN_RUNS: usize = 10_000;
