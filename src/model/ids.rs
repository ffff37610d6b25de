//! Identifiers of measures and KPIs, by edition of first appearance.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Annex;
use crate::schema::Table;

/// The identifier of a measure (`R7-001`) or of a KPI (`R7-K01`).
///
/// It never changes and is never used again.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct Id(pub String);

impl Id {
    pub fn measure(edition: &str, number: u32) -> Self {
        Self(format!("{edition}-{number:03}"))
    }

    pub fn kpi(edition: &str, number: u32) -> Self {
        Self(format!("{edition}-K{number:02}"))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number of an id of the given edition; `None` for another edition's or kind's.
    pub fn number(&self, edition: &str, kpi: bool) -> Option<u32> {
        let rest = self.0.strip_prefix(edition)?.strip_prefix('-')?;
        let digits = if kpi { rest.strip_prefix('K')? } else { rest };
        digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())?
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An id that an edition has given out, and what the entry was known by then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptId {
    pub id: Id,
    pub table: Table,
    /// Whose form had it.
    pub department: String,
    pub section: String,
    /// The heading as the forms call it.
    pub heading: String,
    pub name: String,
}

/// Where an entry may have its id from, but for its own row.
#[derive(Clone, Copy, Debug, Default)]
pub struct KnownIds<'a> {
    /// The annex of the edition before.
    pub previous: Option<&'a Annex>,
    /// What this edition has given out already.
    pub kept: &'a [KeptId],
}
