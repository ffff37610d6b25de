//! Sheets to tables: the form's tables by their labels, their rows, and what stands above them.

mod heading;
mod labels;
mod rows;
mod table;

pub use heading::{Heading, heading};
pub use labels::HeadingLabels;
pub use rows::{Nature, Row, nature, unknown_columns};
pub use table::{Located, TALLEST, is_guide, on_sheet, tables};
