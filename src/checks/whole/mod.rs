//! Rules on the edition as a whole.

pub mod category_without_measures;
pub mod department_not_submitted;
pub mod direction_unused;
pub mod page_break_unused;
pub mod section_not_submitted;

/// The file that settings are read from, for findings that point into them.
pub(super) const SETTINGS: &str = "edition.toml";
