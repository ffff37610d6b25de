//! What the judgement goes by.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::edition::{Better, Counting, Scheme};
use crate::model::Id;
use crate::text::era;

/// [`Settings::unstated_year`] where nobody says: the year before.
pub const UNSTATED_YEAR: i32 = -1;

/// The choices of the judgement; [`Settings::default`] has the usual ones.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    pub scheme: Scheme,
    /// The bands, best first: bounds that fall from band to band, and a last band without one.
    /// None: the usual ones of the scheme.
    pub bands: Vec<Band>,
    /// The fiscal year that is reported on; `None`: that of the newest values.
    pub reporting_year: Option<i32>,
    /// What the settings say of single KPIs.
    pub aims: BTreeMap<Id, Aim>,
    /// The fiscal year of a current value that names none, counted from the edition's: −1 is the
    /// year before. For editions of which nothing else is known.
    pub unstated_year: i32,
    /// What is known of the editions, by their short names.
    pub editions: BTreeMap<String, Dates>,
}

/// Which way is better for a KPI, where it is said, and what its values count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Aim {
    pub better: Option<Better>,
    pub counting: Counting,
}

/// What an edition's own settings say of its years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dates {
    /// The fiscal year that it was made for.
    pub year: i32,
    /// As [`Settings::unstated_year`], for this edition.
    pub unstated_year: i32,
}

/// A judgement and the rate from which it is given.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Band {
    /// `A`
    pub name: String,
    /// The least rate: 1 is as much as the scheme asks for. The last band has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<f64>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            scheme: Scheme::default(),
            bands: Vec::new(),
            reporting_year: None,
            aims: BTreeMap::new(),
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

    /// The bands that judgements are given by; none where nothing is judged.
    pub(super) fn judgements(&self) -> Vec<Band> {
        let usual: [(&str, Option<f64>); 4] = match self.scheme {
            Scheme::None => return Vec::new(),
            _ if !self.bands.is_empty() => return self.bands.clone(),
            Scheme::Line => [("S", Some(1.2)), ("A", Some(1.0)), ("B", Some(0.6)), ("C", None)],
            Scheme::Plan | Scheme::Way | Scheme::Ratio => {
                [("A", Some(1.0)), ("B", Some(0.8)), ("C", Some(0.6)), ("D", None)]
            }
        };
        usual.into_iter().map(|(name, from)| Band { name: name.into(), from }).collect()
    }
}
