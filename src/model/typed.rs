//! What is read of a value whose column holds more than words: a number, a year, a period, a date,
//! several items.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A value beside its text, as the kind of its column says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Typed {
    Number {
        /// In the unit: 13767 of 「13,767」 in a column of 千円.
        number: f64,
        /// The unit of the column, or that of the text where it has another.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        unit: String,
    },
    /// A fiscal year, western.
    Year { year: i32 },
    /// From one fiscal year to another; an end that is open is absent.
    Period {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<i32>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<i32>,
    },
    /// As far as it is known: `2025-01-24`, `2025-01`.
    Date { date: String },
    /// One or several, in their order.
    List { items: Vec<String> },
    /// The text says that there is none: 「－」「調査中」.
    None,
}
