//! Identifiers: categories by number, measures and KPIs by edition of first appearance.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A category by the number of its pillar and its own: `1(1)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema)]
#[schemars(with = "String")]
pub struct CategoryId {
    pub pillar: u32,
    pub category: u32,
}

impl fmt::Display for CategoryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({})", self.pillar, self.category)
    }
}

impl FromStr for CategoryId {
    type Err = ();

    /// Reads `1(1)`; the letters must be folded to half width before.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (pillar, rest) = text.split_once('(').ok_or(())?;
        let category = rest.strip_suffix(')').ok_or(())?;
        Ok(Self {
            pillar: pillar.parse().map_err(|_| ())?,
            category: category.parse().map_err(|_| ())?,
        })
    }
}

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

impl Serialize for CategoryId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CategoryId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse()
            .map_err(|()| serde::de::Error::custom(format!("not a category number: {text}")))
    }
}
