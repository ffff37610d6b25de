//! A value together with where it was written and what was written there.

use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Figure;
use crate::diag::Place;
use crate::text::Change;

/// An author-supplied value: as published, as written, and the cell it came from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Sourced<T> {
    /// The value under the text rules: what is published.
    pub value: T,
    /// What the cell showed, where that differs from the value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw: Option<String>,
    /// The text rules that changed it, each once, in the order of the enumeration.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// The source cell.
    #[serde(default, skip_serializing_if = "Place::is_nowhere")]
    pub at: Place,
}

impl<T> Sourced<T> {
    pub fn new(value: T, at: Place) -> Self {
        Self { value, raw: None, changes: Vec::new(), at }
    }

    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Sourced<U> {
        Sourced { value: f(self.value), raw: self.raw, changes: self.changes, at: self.at }
    }
}

static BLANK: LazyLock<Sourced<String>> = LazyLock::new(Sourced::default);
static NO_FIGURE: LazyLock<Sourced<Figure>> = LazyLock::new(Sourced::default);

impl Sourced<String> {
    /// Nothing, from nowhere.
    pub fn blank() -> &'static Self {
        &BLANK
    }

    pub fn as_str(&self) -> &str {
        &self.value
    }

    /// Whether no form was asked for it: there is neither a text nor a cell that it could be in.
    pub fn is_from_nowhere(&self) -> bool {
        self == Self::blank()
    }
}

impl Sourced<Figure> {
    /// No figure, from nowhere.
    pub fn no_figure() -> &'static Self {
        &NO_FIGURE
    }
}
