//! A measure (施策) as its department states it.

use std::ops::{Deref, DerefMut};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Entry, HeadingId, Sourced};

/// One row of 様式１. Its fields beside [`Entry`]'s are those that only measures have; the
/// entry's are reached as if they were its own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Measure {
    #[serde(flatten)]
    pub entry: Entry,
    /// 担当部局 and 担当課室 as printed.
    pub department: Sourced<String>,
    pub section: Sourced<String>,
    /// Who answers for it, under the names of the settings; empty where none is known.
    pub owners: Vec<Owner>,
    /// The categories it is listed in again; a value of `None` is a category not known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reposts: Vec<Sourced<Option<HeadingId>>>,
}

/// A department and one of its sections.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Owner {
    pub department: String,
    pub section: String,
}

impl Deref for Measure {
    type Target = Entry;

    fn deref(&self) -> &Entry {
        &self.entry
    }
}

impl DerefMut for Measure {
    fn deref_mut(&mut self) -> &mut Entry {
        &mut self.entry
    }
}
