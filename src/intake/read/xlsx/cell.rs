//! A cell as a worksheet writes it, before it is shown.

use std::borrow::Cow;

use super::super::grid::Cell;
use super::super::runs::Text;
use super::second::Own;
use super::strings::{TextReader, unescaped};
use crate::diag::CellRef;

/// The cell that is being read.
#[derive(Default)]
pub struct OpenCell {
    pub at: CellRef,
    pub kind: String,
    pub style: usize,
    /// Of a cell with a formula, as far as it is written there.
    pub formula: Option<String>,
    pub value: String,
    /// The number of its rich value.
    pub rich_value: Option<String>,
    /// The text that stands in the cell itself.
    pub text: Option<TextReader>,
    /// What is wrong with its attributes.
    pub fault: Option<String>,
}

/// What a cell holds.
pub enum Content {
    /// A text that may have runs.
    Text(Text),
    Cell(Cell),
}

impl OpenCell {
    /// Whether it has no value of any kind: only its style is written.
    pub fn is_empty(&self) -> bool {
        let Self { kind, formula, value, text, fault, .. } = self;
        kind.is_empty()
            && value.trim().is_empty()
            && formula.is_none()
            && text.is_none()
            && fault.is_none()
    }

    /// The value before it is shown, where another reader can be asked for it.
    pub fn own<'c>(&'c self, content: &'c Content) -> Option<Own<'c>> {
        let value = self.value.as_str();
        Some(match (content, self.kind.as_str()) {
            (Content::Text(text), _) => Own::Text(Cow::Borrowed(&text.shown)),
            // White space around a value is not for everybody.
            _ if value.is_empty() || value.trim() != value => return None,
            (_, "str") => Own::Text(Cow::Owned(unescaped(value))),
            (_, "n" | "") => Own::Number(real(value)?),
            (_, "b") => Own::Truth(truth(value)?),
            _ => return None,
        })
    }

    /// Whether the value has nothing in it that only a strict reader puts together.
    pub fn is_plainly_written(&self, xml: &str) -> bool {
        let place = format!("r=\"{}\"", self.at);
        let begin = xml.find(&place).and_then(|begin| xml.get(begin..));
        let written = begin.and_then(|rest| rest.split_once("</c>")).map(|(written, _)| written);
        written.is_some_and(|written| self.value.trim() == self.value && !written.contains("&#"))
    }
}

/// An index is digits and nothing else.
pub fn index(value: &str) -> Option<usize> {
    value.parse().ok().filter(|_| value.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A number as XML Schema writes it, which is none of its infinities.
pub fn real(value: &str) -> Option<f64> {
    let is_number = value.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    value.parse().ok().filter(|number: &f64| is_number && number.is_finite())
}

/// A truth value as XML Schema writes it.
pub fn truth(value: &str) -> Option<bool> {
    match value.to_ascii_lowercase().as_str() {
        "1" | "true" => Some(true),
        "0" | "false" => Some(false),
        _ => None,
    }
}
