//! What the secretariat changed in what departments submitted.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Id;
use crate::diag::Place;
use crate::schema::Key;

/// A change of the secretariat's to a submitted value, as it stands in the annex.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Correction {
    /// The entry that it is of.
    pub id: Id,
    #[serde(default, skip_serializing_if = "CorrectionKind::is_text")]
    pub kind: CorrectionKind,
    /// The key of its column; none where the entry as a whole is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<Key>,
    /// What was submitted, as it would be published.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub from: String,
    /// What stands there instead.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub to: String,
    pub reason: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub date: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// The submitted cell.
    #[serde(default, skip_serializing_if = "Place::is_nowhere")]
    pub at: Place,
}

/// What is changed.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum CorrectionKind {
    /// The text of a cell.
    #[default]
    Text,
    /// The entry is printed nowhere in this annex.
    LeftOut,
    /// The entry is listed under further headings.
    ListedAgain,
    /// The entry stands elsewhere among the others of its heading.
    Order,
}

impl CorrectionKind {
    pub const ALL: [Self; 4] = [Self::Text, Self::LeftOut, Self::ListedAgain, Self::Order];

    /// The word on papers.
    pub fn label(self) -> &'static str {
        match self {
            Self::Text => "記載の修正",
            Self::LeftOut => "掲載しない",
            Self::ListedAgain => "再掲の追加",
            Self::Order => "掲載順の変更",
        }
    }

    fn is_text(&self) -> bool {
        *self == Self::Text
    }
}

/// What is to be read of an entry otherwise than its form says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edit {
    /// The texts of its cells, by column.
    pub texts: BTreeMap<Key, String>,
    pub left_out: bool,
}

/// A cell of an entry as its form shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubmittedCell {
    pub at: Place,
    pub text: String,
}
