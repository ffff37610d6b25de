//! A measure (施策) as its department states it.

use std::ops::{Deref, DerefMut};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Entry;

/// One row of 様式１. It has what every entry has, which is reached as if it were its own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Measure {
    #[serde(flatten)]
    pub entry: Entry,
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
