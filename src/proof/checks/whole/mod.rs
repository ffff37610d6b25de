//! Rules on the edition as a whole.

pub mod category_without_measures;
pub mod department_not_submitted;
pub mod direction_unused;
pub mod section_not_submitted;

use crate::model::{Outcome, Receipt};

/// The file that settings are read from, for findings that point into them.
const SETTINGS: &str = "edition.toml";

/// Whether something has come from the department, readable or not.
fn has_submitted(receipts: &[Receipt], department: &str) -> bool {
    receipts.iter().any(|r| r.department.as_deref() == Some(department))
}

/// Whether the rows of the department are in the model.
fn has_been_read(receipts: &[Receipt], department: &str) -> bool {
    receipts
        .iter()
        .any(|r| r.department.as_deref() == Some(department) && r.outcome == Outcome::Read)
}
