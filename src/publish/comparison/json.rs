//! All changes as JSON.

use crate::compare::Comparison;

/// The comparison as indented JSON with a line feed at its end.
pub fn render(comparison: &Comparison) -> String {
    let mut text = serde_json::to_string_pretty(comparison).unwrap_or_default();
    text.push('\n');
    text
}

/// The JSON Schema of what [`render`] writes.
pub fn schema() -> String {
    let mut text =
        serde_json::to_string_pretty(&schemars::schema_for!(Comparison)).unwrap_or_default();
    text.push('\n');
    text
}
