//! What is said of the known name that an unknown one most likely means.

use crate::diag::Say;

pub use crate::text::similar::{likeness, nearest};

/// That the nearest name may be meant, or nothing to say.
pub fn perhaps(nearest: Option<&str>) -> Say {
    match nearest {
        Some(name) => say!(
            "「{name}」のことであれば、そのとおりに書き直してください。",
            "Perhaps “{name}” is meant"
        ),
        None => Say::default(),
    }
}
