//! What measures and KPIs have in common.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{HeadingId, Id, Sourced, Typed};
use crate::schema::Key;
use crate::text::key;

/// What a row of either table says of its entry.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Entry {
    pub id: Id,
    /// The id as the form had it, with its cell; empty where the form had none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated_id: Option<Sourced<String>>,
    pub status: Sourced<Status>,
    /// The heading it stands under; `None` where the form names no known one.
    pub category: Sourced<Option<HeadingId>>,
    /// 掲載順, where the form gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Sourced<f64>>,
    /// The whole name; the parts ①② of a KPI on lines of their own.
    pub name: Sourced<String>,
    /// What stands in the columns that are no typed field, by the column's key. A column that
    /// the form lacks has no value.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    #[schemars(with = "BTreeMap<Key, Sourced<String>>")]
    pub values: IndexMap<Key, Sourced<String>>,
    /// What was read of those whose column holds more than words.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    #[schemars(with = "BTreeMap<Key, Typed>")]
    pub typed: IndexMap<Key, Typed>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Sourced<String>>,
    /// The department whose form it came in.
    pub submitted_by: String,
    /// 担当部局 and 担当課室 as printed; blanks from nowhere where the table does not ask for them.
    #[serde(default, skip_serializing_if = "Sourced::is_from_nowhere")]
    pub department: Sourced<String>,
    #[serde(default, skip_serializing_if = "Sourced::is_from_nowhere")]
    pub section: Sourced<String>,
    /// Who answers for it, under the names of the settings; empty where none is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub owners: Vec<Owner>,
    /// The categories it is listed in again; a value of `None` is a category not known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reposts: Vec<Sourced<Option<HeadingId>>>,
    /// The secretariat does not print it in this annex: a correction says why.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub left_out: bool,
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

impl Entry {
    /// What was abolished, or is left out, stays in the model, but is printed nowhere.
    pub fn is_printed(&self) -> bool {
        !self.is_abolished() && !self.left_out
    }

    pub fn is_abolished(&self) -> bool {
        self.status.value == Status::Abolished
    }

    /// Whether it came from a department; with a section, whether that section of it answers for it.
    pub fn is_of(&self, department: &str, section: Option<&str>) -> bool {
        let Some(section) = section else {
            return key(&self.submitted_by) == key(department);
        };
        let is_it = |owner: &Owner| {
            key(&owner.department) == key(department) && key(&owner.section) == key(section)
        };
        self.owners.iter().any(is_it)
    }

    /// What stands in the column of a key that is no typed field; a blank from nowhere where the
    /// form lacks the column.
    pub fn value(&self, key: &str) -> &Sourced<String> {
        self.values.get(key).unwrap_or(Sourced::blank())
    }

    /// The same, to be written.
    pub fn value_mut(&mut self, key: &str) -> &mut Sourced<String> {
        self.values.entry(key.into()).or_default()
    }

    /// The number that was read of the value in a column, with its unit.
    pub fn number(&self, key: &str) -> Option<(f64, &str)> {
        match self.typed.get(key)? {
            Typed::Number { number, unit } => Some((*number, unit)),
            _ => None,
        }
    }
}
