//! The progress as JSON.

use crate::progress::Progress;

/// UTF-8, two spaces of indentation, a line feed at the end; the shape is [`Progress`].
pub fn render(progress: &Progress) -> String {
    // Plain data with string keys always serialises.
    let mut text = serde_json::to_string_pretty(progress).unwrap_or_default();
    text.push('\n');
    text
}
