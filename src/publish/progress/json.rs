//! The progress as JSON.

use crate::progress::Progress;

/// UTF-8, two spaces of indentation, a line feed at the end; the shape is [`Progress`].
///
/// # Errors
/// Only by a fault of the program: plain data with string keys always serialises.
pub fn render(progress: &Progress) -> serde_json::Result<String> {
    let mut text = serde_json::to_string_pretty(progress)?;
    text.push('\n');
    Ok(text)
}
