//! Sheets to tables: the form's tables by their labels, their rows, and what stands above them.

mod heading;
mod labels;
mod located;
mod marks;
mod nothing;
mod rows;
mod sound;
mod table;

pub use heading::{Heading, heading};
pub use labels::{HeadingLabels, Word};
pub use located::{Located, Row};
pub use marks::{is_remark, is_sample_mark};
pub use nothing::{note_missing, received};
pub use rows::{Nature, foreign_columns, is_as_good_as_blank, nature};
pub use sound::{keep_sound, refuse_unsound};
pub use table::{TALLEST, is_guide, on_sheet, tables};
