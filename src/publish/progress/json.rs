//! The progress as JSON.

use crate::progress::Progress;
use crate::publish::artifact::{ContentType, Rendered};

/// UTF-8, two spaces of indentation, a line feed at the end; the shape is [`Progress`].
pub fn render(progress: &Progress) -> Rendered {
    let text = serde_json::to_string_pretty(progress).map(|text| text + "\n");
    Rendered::text("progress.json", ContentType::Json, text)
}
