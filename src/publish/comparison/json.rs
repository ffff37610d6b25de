//! All changes as JSON.

use crate::compare::Comparison;

/// The comparison as indented JSON with a line feed at its end.
///
/// # Errors
/// Only by a fault of the program: plain data with string keys always serialises.
pub fn render(comparison: &Comparison) -> serde_json::Result<String> {
    let mut text = serde_json::to_string_pretty(comparison)?;
    text.push('\n');
    Ok(text)
}

/// The JSON Schema of what [`render`] writes.
///
/// # Errors
/// As [`render`].
pub fn schema() -> serde_json::Result<String> {
    let mut text = serde_json::to_string_pretty(&schemars::schema_for!(Comparison))?;
    text.push('\n');
    Ok(text)
}
