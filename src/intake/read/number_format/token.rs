//! What a format code is made of: sections between semicolons, and the tokens of a section.

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
    pub fn holds(self, value: f64) -> bool {
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
    pub fn is_negative(self) -> bool {
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

    pub fn has_text(&self) -> bool {
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
