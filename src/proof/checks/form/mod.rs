//! Rules on the sheets, columns and cells of the form.

pub mod category_not_in_codes;
pub mod cell_note;
pub mod column_missing;
pub mod column_twice;
pub mod error_value;
pub mod filtered_rows;
pub mod floating_text;
pub mod formula_without_value;
pub mod hidden_data;
pub mod id_unusable;
pub mod label_alike;
pub mod merged_cells;
pub mod number_as_text;
pub mod raised_text;
pub mod repost_differs;
pub mod repost_without_original;
pub mod row_without_name;
pub mod sheet_missing;
pub mod struck_text;
pub mod text_as_number;
pub mod unknown_column;
pub mod unknown_order;
pub mod unknown_status;
pub mod unshown_format;
