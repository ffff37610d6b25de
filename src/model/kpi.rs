//! A KPI (重要業績評価指標) as its department states it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CategoryId, Figure, Id, Sourced, Status};

/// One row of 様式２.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Kpi {
    pub id: Id,
    /// The id as the form had it, with its cell; empty where the form had none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated_id: Option<Sourced<String>>,
    pub status: Sourced<Status>,
    /// `None` where the form names no known category.
    pub category: Sourced<Option<CategoryId>>,
    /// 掲載順, where the form gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Sourced<f64>>,
    /// The whole name; the parts ①② on lines of their own.
    pub name: Sourced<String>,
    /// The names of the parts with their marks; empty where the KPI has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    pub measures: Vec<Link>,
    pub current: Sourced<Figure>,
    pub target: Sourced<Figure>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Sourced<String>>,
    /// The department whose form it came in.
    pub submitted_by: String,
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
