//! A format code: which of its sections a number takes.

use super::token::{Condition, Operator, Section};
use super::{Unshown, lex};

/// A whole format code.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Code {
    /// The sections for numbers, one to three.
    numbers: Vec<Section>,
    text: Option<Section>,
}

impl Code {
    pub fn parse(format: &str) -> Result<Self, Unshown> {
        let format = if format.is_empty() { "General" } else { format };
        let mut numbers = lex::sections(format)?;
        // The fourth section is for text, and so is any last one with `@`.
        let is_text = numbers.len() == 4 || numbers.last().is_some_and(Section::has_text);
        let text = if is_text { numbers.pop() } else { None };
        match (numbers.len(), &text) {
            // `@` alone: numbers are shown as in General.
            (0, Some(section)) => numbers.push(section.clone()),
            (1..=3, _) => {}
            _ => return Err(Unshown::Code),
        }
        Ok(Self { numbers, text })
    }

    pub fn is_single(&self) -> bool {
        self.numbers.len() == 1 && self.text.as_ref().is_none_or(|t| self.numbers.contains(t))
    }

    pub fn text_section(&self) -> Option<&Section> {
        self.text.as_ref()
    }

    /// The section for a number, and whether a minus sign goes before it: the section for
    /// negative numbers has its own way of saying so.
    pub fn choose(&self, value: f64) -> Option<(&Section, bool)> {
        let conditions = self.conditions();
        let holds = |c: &Option<Condition>| c.is_none_or(|c| c.holds(value));
        let index = conditions.iter().position(holds)?;
        let negative = conditions.get(index)?.is_some_and(Condition::is_negative)
            // 「0;▲0」: what is left for the second section is below zero.
            || index == 1 && matches!(conditions.first(), Some(Some(c)) if c.bound == 0.0
                && (c.operator == Operator::GreaterOrEqual
                    || c.operator == Operator::Greater && conditions.len() == 2));
        Some((self.numbers.get(index)?, !negative))
    }

    /// The conditions of the sections, those that go without saying included.
    fn conditions(&self) -> Vec<Option<Condition>> {
        let stated: Vec<_> = self.numbers.iter().map(|s| s.condition).collect();
        let zero = |operator| Some(Condition { operator, bound: 0.0 });
        match *stated.as_slice() {
            [None, None] => vec![zero(Operator::GreaterOrEqual), None],
            [None, None, None] => vec![zero(Operator::Greater), zero(Operator::Less), None],
            [Some(first), None, third] => vec![Some(first), zero(Operator::Less), third],
            [None, second @ Some(_)] => vec![zero(Operator::Greater), second],
            [None, second @ Some(_), third] => vec![zero(Operator::Greater), second, third],
            _ => stated,
        }
    }
}
