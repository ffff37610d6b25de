//! What the judgement goes by.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::Direction;
use crate::model::Id;
use crate::text::era;

/// [`Settings::unstated_year`] where nobody says: the year before.
pub const UNSTATED_YEAR: i32 = -1;

/// The choices of the judgement; [`Settings::default`] has the usual ones.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The bands, best first: bounds that fall from band to band, and a last band without one.
    pub bands: Vec<Band>,
    /// Which way is better, by KPI, where the target does not tell.
    pub directions: BTreeMap<Id, Direction>,
    /// The fiscal year of a current value that names none, counted from the edition's: −1 is the
    /// year before. For editions of which nothing else is known.
    pub unstated_year: i32,
    /// What is known of the editions, by their short names.
    pub editions: BTreeMap<String, Dates>,
}

/// What an edition's own settings say of its years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dates {
    /// The fiscal year that it was made for.
    pub year: i32,
    /// As [`Settings::unstated_year`], for this edition.
    pub unstated_year: i32,
}

/// A judgement and the pace from which it is given.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Band {
    /// `S`
    pub name: String,
    /// The least pace: 1 is on the straight line. The last band has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<f64>,
}

impl Default for Settings {
    fn default() -> Self {
        let band = |name: &str, from| Band { name: name.into(), from };
        Self {
            bands: vec![
                band("S", Some(1.2)),
                band("A", Some(1.0)),
                band("B", Some(0.6)),
                band("C", None),
            ],
            directions: BTreeMap::new(),
            unstated_year: UNSTATED_YEAR,
            editions: BTreeMap::new(),
        }
    }
}

impl Settings {
    /// The years of an edition: from its settings, else as its short name tells.
    pub fn dates(&self, edition: &str) -> Option<Dates> {
        let named = || {
            let year = era::year(edition)?;
            Some(Dates { year, unstated_year: self.unstated_year })
        };
        self.editions.get(edition).copied().or_else(named)
    }

    /// The band of a pace: the first whose bound it reaches.
    pub(super) fn band(&self, pace: f64) -> Option<&Band> {
        // A pace that is 1 in decimals may be a hair less in binary.
        self.bands.iter().find(|band| band.from.is_none_or(|from| pace >= from - 1e-9))
    }
}
