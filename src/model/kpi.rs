//! A KPI (重要業績評価指標) as its department states it.

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Entry, Figure, Heading, Id, Sourced};
use crate::schema::Key;

/// One row of 様式２. Its fields beside [`Entry`]'s are those that only KPIs have; the entry's
/// are reached as if they were its own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Kpi {
    #[serde(flatten)]
    pub entry: Entry,
    /// The names of the parts with their marks; empty where the KPI has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    pub measures: Vec<Link>,
    /// 現状値, 目標値 and what other figures the columns have, by the column's key.
    #[serde(default)]
    #[schemars(with = "BTreeMap<Key, Sourced<Figure>>")]
    pub figures: IndexMap<Key, Sourced<Figure>>,
}

/// One of the ①② that a KPI consists of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Part {
    /// `①`
    pub mark: char,
    pub name: String,
}

/// A measure that a KPI names, and the measure meant, where one is found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Link {
    /// The name (or id) as the form had it, one line of the cell.
    pub text: Sourced<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Id>,
}

impl Kpi {
    /// Whether a heading that lists it lists it again: its own place is another one.
    pub fn is_repost(&self, heading: &Heading) -> bool {
        self.category.value.is_some_and(|own| own != heading.id)
    }

    /// The figure in the column of a key; a blank from nowhere where the form lacks the column.
    pub fn figure(&self, key: &str) -> &Sourced<Figure> {
        self.figures.get(key).unwrap_or(Sourced::no_figure())
    }

    /// The same, to be written.
    pub fn figure_mut(&mut self, key: &str) -> &mut Sourced<Figure> {
        self.figures.entry(key.into()).or_default()
    }
}

impl Deref for Kpi {
    type Target = Entry;

    fn deref(&self) -> &Entry {
        &self.entry
    }
}

impl DerefMut for Kpi {
    fn deref_mut(&mut self) -> &mut Entry {
        &mut self.entry
    }
}
