//! A format code: its sections, their tokens, and which section a number takes.

use super::{Unshown, lex};

/// A digit placeholder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// `0`: a digit in any case.
    Zero,
    /// `#`: a digit where there is one.
    Hash,
    /// `?`: a digit or a space.
    Question,
}

/// One element of a section. Counts are the number of repeated letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Literal(char),
    Digit(Slot),
    Point,
    Comma,
    Percent,
    Slash,
    /// `E+` (a plus sign is shown) or `E-`.
    Exponent {
        plus: bool,
    },
    General,
    /// `@`
    Text,
    Year(usize),
    /// `m`: a month, until its neighbours make it a minute.
    Month(usize),
    Day(usize),
    /// `aaa`, `aaaa`
    Weekday(usize),
    EraName(usize),
    EraYear(usize),
    Hour(usize),
    Minute(usize),
    Second(usize),
    /// The digits behind the point of the seconds.
    Subsecond(usize),
    /// `[h]`, `[m]`, `[s]`: all hours, minutes or seconds since 0.
    Elapsed(char, usize),
    HalfDay(HalfDay),
}

/// How the halves of the day are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HalfDay {
    /// `AM/PM`
    Latin,
    /// `A/P`
    Letter,
    /// `午前/午後`
    Japanese,
}

/// The language a section asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Language {
    /// None: that of a Japanese Excel.
    #[default]
    Unstated,
    Japanese,
    English,
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Operator {
    Less,
    LessOrEqual,
    Equal,
    Unequal,
    GreaterOrEqual,
    Greater,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Condition {
    pub operator: Operator,
    pub bound: f64,
}

impl Condition {
    fn holds(self, value: f64) -> bool {
        match self.operator {
            Operator::Less => value < self.bound,
            Operator::LessOrEqual => value <= self.bound,
            Operator::Equal => value == self.bound,
            Operator::Unequal => value != self.bound,
            Operator::GreaterOrEqual => value >= self.bound,
            Operator::Greater => value > self.bound,
        }
    }

    /// Whether only numbers below zero meet it.
    fn is_negative(self) -> bool {
        match self.operator {
            Operator::Less => self.bound <= 0.0,
            Operator::LessOrEqual | Operator::Equal => self.bound < 0.0,
            _ => false,
        }
    }
}

/// One of the sections between the semicolons.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Section {
    pub tokens: Vec<Token>,
    pub condition: Option<Condition>,
    /// The number of `[DBNum1]`, or 0.
    pub numerals: u8,
    pub language: Language,
    /// The format of the system that it asks for, whatever else it says.
    pub system: Option<&'static str>,
    /// The first year of an era is written 元.
    pub first_year_in_words: bool,
}

impl Section {
    /// Whether it shows a number as a date or time.
    pub fn is_date(&self) -> bool {
        self.tokens.iter().any(|t| t.is_date())
    }

    fn has_text(&self) -> bool {
        self.tokens.contains(&Token::Text)
    }
}

impl Token {
    /// Whether it shows the time of day.
    pub fn is_clock(&self) -> bool {
        matches!(
            self,
            Token::Hour(_)
                | Token::Minute(_)
                | Token::Second(_)
                | Token::Subsecond(_)
                | Token::Elapsed(..)
                | Token::HalfDay(_)
        )
    }

    /// Whether it shows a part of a date or time.
    pub fn is_date(&self) -> bool {
        let is_day = matches!(
            self,
            Token::Year(_)
                | Token::Month(_)
                | Token::Day(_)
                | Token::Weekday(_)
                | Token::EraName(_)
                | Token::EraYear(_)
        );
        is_day || self.is_clock()
    }
}

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
