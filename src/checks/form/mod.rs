//! Rules on the sheets, columns and cells of the form.

pub mod column_missing;
pub mod left_blank;
pub mod nothing_contradicted;
pub mod nothing_stated;
pub mod nothing_unclear;
pub mod read_as_nothing;
pub mod sheet_not_read;
pub mod struck_text;
pub mod text_outside;
pub mod unknown_column;
pub mod unknown_order;
pub mod unknown_status;
