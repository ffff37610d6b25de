//! The name of a column in data, and those of the standard edition.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The key of a column: `overview`. It is what a column is called in `annex.json`, in the data
/// package and in templates, whatever its label says.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct Key(Arc<str>);

impl From<&str> for Key {
    fn from(key: &str) -> Self {
        Self(key.into())
    }
}

impl Deref for Key {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Key {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for Key {
    fn eq(&self, other: &str) -> bool {
        *self.0 == *other
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What templates call something else of a row, so that no column may have it for a key.
pub const TAKEN: &[&str] = &["break_before", "repost", "group_title"];

/// A word as the key of a new column: with the first number from 2 that makes it free, where it is
/// taken.
pub fn unused_key(word: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let (mut key, mut number) = (word.to_owned(), 1_u32);
    while is_taken(&key) {
        number += 1;
        key = format!("{word}-{number}");
    }
    key
}

/// The keys of the standard edition's columns. A column that is a typed field of the model has
/// its key here in every edition: see [`Role::key`](super::Role::key).
pub mod keys {
    pub const ID: &str = "id";
    pub const STATUS: &str = "status";
    pub const CATEGORY: &str = "category";
    /// The headings above, where the form has a column for each: those of the first level, of the
    /// second, of the third.
    pub const ABOVE: [&str; 3] = ["level-1", "level-2", "level-3"];
    pub const ORDER: &str = "order";
    pub const NAME: &str = "name";
    pub const OVERVIEW: &str = "overview";
    pub const PURPOSE: &str = "purpose";
    pub const DEPARTMENT: &str = "department";
    pub const SECTION: &str = "section";
    pub const REPOSTS: &str = "reposts";
    pub const MEASURES: &str = "measures";
    pub const CURRENT: &str = "current";
    pub const TARGET: &str = "target";
    pub const NOTE: &str = "note";
}
