//! What the judgement goes by.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::Direction;
use crate::model::Id;

/// The choices of the judgement; [`Settings::default`] has the usual ones.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The bands, best first: bounds that fall from band to band, and a last band without one.
    pub bands: Vec<Band>,
    /// Which way is better, by KPI, where the target does not tell.
    pub directions: BTreeMap<Id, Direction>,
    /// The fiscal year of a current value that names none, counted from the edition's: −1 is the
    /// year before.
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
            unstated_year: -1,
        }
    }
}

impl Settings {
    /// The band of a pace: the first whose bound it reaches.
    pub(super) fn band(&self, pace: f64) -> Option<&Band> {
        // A pace that is 1 in decimals may be a hair less in binary.
        self.bands.iter().find(|band| band.from.is_none_or(|from| pace >= from - 1e-9))
    }
}
