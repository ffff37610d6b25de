//! Pure text rules: what is done to published text, and the keys by which names are matched.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A text rule that changed a value.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// Letters, digits (and the signs that go with them) to half width.
    HalfWidth,
    /// Half-width kana to full width.
    FullWidthKana,
    /// CR, CRLF, `_x000D_` to a line feed.
    LineBreaks,
    /// Runs of spaces, spaces at line ends, blank lines at the ends removed.
    Spaces,
    /// Decomposed characters composed (NFC).
    Composed,
    /// Characters that show nothing (zero-width, control) removed.
    Invisible,
}

/// A text under the rules, and the rules that changed it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cleaned {
    pub text: String,
    /// Each once, in the order of the enumeration.
    pub changes: Vec<Change>,
}
