//! All changes as JSON.

use crate::compare::Comparison;
use crate::publish::artifact::{ContentType, Rendered};

/// The comparison as indented JSON with a line feed at its end.
pub fn render(comparison: &Comparison) -> Rendered {
    let text = serde_json::to_string_pretty(comparison).map(|text| text + "\n");
    Rendered::text("comparison.json", ContentType::Json, text)
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
