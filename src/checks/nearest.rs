//! What is said of the known name that an unknown one most likely means.

use crate::diag::Finding;

pub use crate::text::similar::{likeness, nearest};

impl Finding {
    /// Says that the nearest of the known names may be meant, where there is one.
    pub fn suggest(self, nearest: Option<&str>) -> Self {
        // What is written just so is right as far as this goes.
        let Some(name) = nearest.filter(|name| *name != self.found) else { return self };
        self.expected(name).help(say!(
            "「{name}」のことであれば、そのとおりに書き直してください。",
            "Perhaps “{name}” is meant"
        ))
    }
}
