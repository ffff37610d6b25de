//! What may happen to an edition.

use serde::{Deserialize, Serialize};

use super::Moment;

/// One line of a journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub at: Moment,
    #[serde(flatten)]
    pub event: Event,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    Received(Received),
    Built(Built),
    Returned(Returned),
    Confirmed(Confirmed),
}

/// A submission came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Received {
    pub department: String,
    /// 提出回, where the form has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round: Option<u32>,
    /// The name under which it came.
    pub file: String,
    /// Where it was put, below the edition's folder, with `/`.
    pub kept: String,
    /// Of its bytes, in hexadecimal digits.
    pub sha256: String,
    pub measures: usize,
    pub kpis: usize,
    /// Whether it was the department's valid submission from then on.
    pub counts: bool,
    /// It lay among the submissions already when it was recorded.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub found: bool,
    /// Where those lie now that were there before it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaced: Vec<String>,
    /// What it says otherwise than the one before it, where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changes: Option<Changes>,
}

/// What a submission says otherwise than the one before it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub added: Vec<Named>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<Named>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<Named>,
}

impl Changes {
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

/// A measure or KPI, by its id and by what it is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    pub id: String,
    pub name: String,
}

/// The papers were made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Built {
    pub version: String,
    pub draft: bool,
    /// Of `annex.json`, in hexadecimal digits.
    pub sha256: String,
}

/// Forms went back to departments with their findings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    pub departments: Vec<String>,
}

/// A department said that its part is right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Confirmed {
    pub department: String,
    /// Who said so.
    pub by: String,
    /// Of the part that was confirmed, in hexadecimal digits: where the part is another by now,
    /// nobody has confirmed it.
    pub sha256: String,
}
