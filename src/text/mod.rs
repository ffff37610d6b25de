//! Pure text rules: what is done to published text, and the keys by which names are matched.
//!
//! Published text is the department's text under few, recorded rules ([`clean()`]): each rule is a
//! module that takes a text and says whether it changed it. The rules change how a character is
//! written, never which character it is: no letter is lost, a compatibility ideograph (the 神 of
//! U+FA19) keeps its shape, ① ㎡ ㈱ stay. Compatibility folding (NFKC) is for [`key()`] alone.
//!
//! Beside them stand the services that every room shares, each of them once: the lexer of numbers
//! with their units ([`quantity`]), years of an era ([`era`]), days as letters name them
//! ([`mod@day`]), the likeness of names ([`similar`]), the escaping of characters that steer or show
//! nothing ([`escape`]), the width of texts on a terminal ([`columns`]), and the comments that ask for
//! a decision ([`confirm`]).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

mod address;
mod blank;
mod breaks;
mod clean;
pub mod columns;
mod composed;
pub mod confirm;
pub mod day;
pub mod era;
pub mod escape;
mod filler;
mod invisible;
mod kana;
mod key;
mod mark;
pub mod numeral;
pub mod prose;
pub mod quantity;
mod quotation;
pub mod similar;
mod spaces;
mod toml_text;
mod width;

pub use address::is_mail_address;
pub use blank::{is_nothing, is_word_for_nothing, says_nothing};
pub use clean::clean;
pub use filler::{blank_to_fill, circle_of_unit, filler};
pub use invisible::{is_invisible, remove as without_invisible};
pub use key::key;
pub use mark::{mark, unmarked};
pub use quotation::quotation;
pub use toml_text::toml_text;

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
