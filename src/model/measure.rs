//! A measure (施策) as its department states it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CategoryId, Id, Sourced};

/// One row of 様式１.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Measure {
    pub id: Id,
    /// The id as the form had it, with its cell; empty where the form had none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated_id: Option<Sourced<String>>,
    pub status: Sourced<Status>,
    /// The category it belongs to; `None` where the form names no known one.
    pub category: Sourced<Option<CategoryId>>,
    /// 掲載順, where the form gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Sourced<f64>>,
    pub name: Sourced<String>,
    pub overview: Sourced<String>,
    pub purpose: Sourced<String>,
    /// 担当部局 and 担当課室 as printed.
    pub department: Sourced<String>,
    pub section: Sourced<String>,
    /// Who answers for it, under the names of the settings; empty where none is known.
    pub owners: Vec<Owner>,
    /// The categories it is listed in again; a value of `None` is a category not known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reposts: Vec<Sourced<Option<CategoryId>>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Sourced<String>>,
    /// The department whose form it came in.
    pub submitted_by: String,
}

/// A department and one of its sections.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Owner {
    pub department: String,
    pub section: String,
}

/// 区分: what becomes of an entry in this edition.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// 継続
    #[default]
    Continued,
    /// 新規
    New,
    /// 変更
    Changed,
    /// 廃止: kept in the model, printed nowhere.
    Abolished,
}

impl Status {
    pub const ALL: [Status; 4] = [Self::Continued, Self::New, Self::Changed, Self::Abolished];

    /// The word of the form.
    pub fn label(self) -> &'static str {
        match self {
            Self::Continued => "継続",
            Self::New => "新規",
            Self::Changed => "変更",
            Self::Abolished => "廃止",
        }
    }
}
