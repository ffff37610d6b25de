//! The conditions of formats: comparisons with a value, words in a text, and small formulas.
//!
//! `None` is what cannot be worked out. Texts are compared as spreadsheets do, without regard to
//! the case of their letters.

use std::cmp::Ordering;

use super::Value;
use crate::diag::CellRef;

/// A condition.
#[derive(Clone, Debug)]
pub enum Test {
    /// The cell's value against one or two others.
    Compare(Comparison, Expression),
    Between {
        inside: bool,
        low: Expression,
        high: Expression,
    },
    /// A text in the cell's text.
    Words {
        place: Words,
        words: String,
        present: bool,
    },
    Blank(bool),
    Error(bool),
    Formula(Expression),
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    Anywhere,
    AtBegin,
    AtEnd,
}

/// A formula.
#[derive(Clone, Debug)]
pub enum Expression {
    Value(Value),
    /// A cell, and whether its row and its column move with the cell of the condition.
    Cell {
        at: CellRef,
        row_moves: bool,
        column_moves: bool,
    },
    Compare(Box<Expression>, Comparison, Box<Expression>),
    /// A function by its name; without one something else of so many operands, whose value is not known.
    Call(String, Vec<Expression>),
    Unknown,
}

/// Where a formula is worked out: how far from where it is written, and what the cells hold.
struct Scope<'a> {
    rows: i64,
    columns: i64,
    value: &'a dyn Fn(CellRef) -> Value,
}

impl Test {
    /// A condition of an Open Document: `cell-content()="a"`, `="a"`, `formula-is($B9="a")`.
    pub fn of_open_document(condition: &str) -> Self {
        let condition = condition.trim().trim_start_matches("of:");
        let (name, rest) = match condition.find('(') {
            Some(end) => condition.split_at(end),
            None => ("", condition),
        };
        let inner = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or("");
        let two = || {
            let (low, high) = inner.split_once([',', ';'])?;
            Some((Expression::parse(low), Expression::parse(high)))
        };
        let words = |place, present| match Expression::parse(inner) {
            Expression::Value(Value::Text(words)) => Self::Words { place, words, present },
            _ => Self::Unknown,
        };
        let between = |inside| match two() {
            Some((low, high)) => Self::Between { inside, low, high },
            None => Self::Unknown,
        };
        match name.trim() {
            "formula-is" | "is-true-formula" => Self::Formula(Expression::parse(inner)),
            "between" | "cell-content-is-between" => between(true),
            "not-between" | "cell-content-is-not-between" => between(false),
            "contains-text" => words(Words::Anywhere, true),
            "not-contains-text" => words(Words::Anywhere, false),
            "begins-with" => words(Words::AtBegin, true),
            "ends-with" => words(Words::AtEnd, true),
            "is-error" => Self::Error(true),
            "is-no-error" => Self::Error(false),
            _ => {
                let rest = condition.strip_prefix("cell-content()").unwrap_or(condition).trim();
                match comparison(rest) {
                    Some((comparison, rest)) => Self::Compare(comparison, Expression::parse(rest)),
                    None => Self::Unknown,
                }
            }
        }
    }

    /// Whether it holds for the cell at `at`, which has `own`; it is written as for `from`.
    pub fn holds(
        &self,
        own: &Value,
        from: CellRef,
        at: CellRef,
        value: &dyn Fn(CellRef) -> Value,
    ) -> Option<bool> {
        let scope = Scope {
            rows: i64::from(at.row) - i64::from(from.row),
            columns: i64::from(at.column) - i64::from(from.column),
            value,
        };
        match self {
            Self::Compare(comparison, other) => comparison.holds(own, &other.value(&scope)?),
            Self::Between { inside, low, high } => {
                let low = Comparison::GreaterOrEqual.holds(own, &low.value(&scope)?)?;
                let high = Comparison::LessOrEqual.holds(own, &high.value(&scope)?)?;
                Some((low && high) == *inside)
            }
            Self::Words { place, words, present } => {
                let text = text(own)?.to_lowercase();
                let words = words.to_lowercase();
                // Their signs for any letter are not followed here.
                if words.contains(['*', '?', '~']) {
                    return None;
                }
                let found = match place {
                    Words::Anywhere => text.contains(&words),
                    Words::AtBegin => text.starts_with(&words),
                    Words::AtEnd => text.ends_with(&words),
                };
                Some(found == *present)
            }
            Self::Blank(blank) => Some(is_blank(own) == *blank),
            Self::Error(error) => Some((*own == Value::Error) == *error),
            Self::Formula(formula) => truth(&formula.value(&scope)?),
            Self::Unknown => None,
        }
    }
}

impl Comparison {
    fn holds(self, one: &Value, other: &Value) -> Option<bool> {
        let order = order(one, other)?;
        Some(match self {
            Self::Equal => order == Ordering::Equal,
            Self::NotEqual => order != Ordering::Equal,
            Self::Less => order == Ordering::Less,
            Self::LessOrEqual => order != Ordering::Greater,
            Self::Greater => order == Ordering::Greater,
            Self::GreaterOrEqual => order != Ordering::Less,
        })
    }
}

/// Numbers come before texts, texts before truth values; nothing is 0 and the empty text.
fn order(one: &Value, other: &Value) -> Option<Ordering> {
    let rank = |value: &Value| match value {
        Value::Number(_) => Some(0),
        Value::Text(_) => Some(1),
        Value::Truth(_) => Some(2),
        Value::Blank | Value::Error => None,
    };
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.partial_cmp(other),
        (Value::Text(one), Value::Text(other)) => {
            Some(one.to_lowercase().cmp(&other.to_lowercase()))
        }
        (Value::Truth(one), Value::Truth(other)) => Some(one.cmp(other)),
        (Value::Blank, Value::Blank) => Some(Ordering::Equal),
        (Value::Blank, Value::Number(_)) => order(&Value::Number(0.0), other),
        (Value::Blank, Value::Text(_)) => order(&Value::Text(String::new()), other),
        (Value::Blank, Value::Truth(_)) => order(&Value::Truth(false), other),
        (_, Value::Blank) => Some(order(other, one)?.reverse()),
        _ => Some(rank(one)?.cmp(&rank(other)?)),
    }
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Blank => true,
        Value::Text(text) => text.trim().is_empty(),
        _ => false,
    }
}

/// The text of a value, where it is the same in every format.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::Blank => Some(String::new()),
        Value::Text(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Truth(truth) => Some(if *truth { "TRUE" } else { "FALSE" }.to_owned()),
        Value::Error => None,
    }
}

fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Truth(truth) => Some(*truth),
        Value::Number(number) => Some(*number != 0.0),
        Value::Blank => Some(false),
        // A formula that gives an error formats nothing.
        Value::Error => Some(false),
        Value::Text(_) => None,
    }
}

impl Expression {
    /// Reads a formula; what it does not know becomes [`Expression::Unknown`].
    pub fn parse(formula: &str) -> Self {
        let mut parser = Parser { rest: formula.trim().trim_start_matches('='), depth: 0 };
        let expression = parser.expression();
        match expression {
            Some(expression) if parser.rest.trim().is_empty() => expression,
            _ => Self::Unknown,
        }
    }

    /// The names of the functions in it, each once, from without.
    pub fn functions<'e>(&'e self, names: &mut Vec<&'e str>) {
        match self {
            Self::Call(name, arguments) => {
                if !name.is_empty() && !names.contains(&name.as_str()) {
                    names.push(name);
                }
                arguments.iter().for_each(|argument| argument.functions(names));
            }
            Self::Compare(one, _, other) => {
                one.functions(names);
                other.functions(names);
            }
            Self::Value(_) | Self::Cell { .. } | Self::Unknown => {}
        }
    }

    fn value(&self, scope: &Scope) -> Option<Value> {
        match self {
            Self::Value(value) => Some(value.clone()),
            Self::Cell { at, row_moves, column_moves } => {
                let moved = |index: u32, moves: bool, by: i64| {
                    let by = if moves { by } else { 0 };
                    u32::try_from(i64::from(index) + by).ok()
                };
                let row = moved(at.row, *row_moves, scope.rows)?;
                let column = moved(at.column, *column_moves, scope.columns)?;
                Some((scope.value)(CellRef::new(row, column)))
            }
            Self::Compare(one, comparison, other) => {
                let (one, other) = (one.value(scope)?, other.value(scope)?);
                if one == Value::Error || other == Value::Error {
                    return Some(Value::Error);
                }
                Some(Value::Truth(comparison.holds(&one, &other)?))
            }
            Self::Call(name, arguments) => call(name, arguments, scope),
            Self::Unknown => None,
        }
    }
}

/// The functions that conditions are usually made of.
fn call(name: &str, arguments: &[Expression], scope: &Scope) -> Option<Value> {
    let truths = || arguments.iter().map(|argument| truth(&argument.value(scope)?));
    let value = |index: usize| arguments.get(index)?.value(scope);
    Some(match name {
        "TRUE" => Value::Truth(true),
        "FALSE" => Value::Truth(false),
        "AND" if truths().any(|truth| truth == Some(false)) => Value::Truth(false),
        "AND" => Value::Truth(truths().collect::<Option<Vec<_>>>()?.into_iter().all(|t| t)),
        "OR" if truths().any(|truth| truth == Some(true)) => Value::Truth(true),
        "OR" => Value::Truth(truths().collect::<Option<Vec<_>>>()?.into_iter().any(|t| t)),
        "NOT" => Value::Truth(!truth(&value(0)?)?),
        "ISBLANK" => Value::Truth(value(0)? == Value::Blank),
        "ISERROR" | "ISERR" => Value::Truth(value(0)? == Value::Error),
        "ISNUMBER" => Value::Truth(matches!(value(0)?, Value::Number(_))),
        "ISTEXT" => Value::Truth(matches!(value(0)?, Value::Text(_))),
        "LEN" => Value::Number(text(&value(0)?)?.encode_utf16().count() as f64),
        "TRIM" => Value::Text(text(&value(0)?)?.trim().to_owned()),
        "LEFT" | "RIGHT" => {
            let letters: Vec<char> = text(&value(0)?)?.chars().collect();
            let count = match value(1) {
                Some(Value::Number(count)) if count >= 0.0 => count as usize,
                None if arguments.len() == 1 => 1,
                _ => return None,
            };
            let count = count.min(letters.len());
            let piece = match name {
                "LEFT" => letters.get(..count),
                _ => letters.get(letters.len() - count..),
            };
            Value::Text(piece?.iter().collect())
        }
        "SEARCH" | "FIND" if arguments.len() == 2 => {
            let (words, text) = (text(&value(0)?)?, text(&value(1)?)?);
            if words.contains(['*', '?', '~']) {
                return None;
            }
            let (words, text) = match name {
                "SEARCH" => (words.to_lowercase(), text.to_lowercase()),
                _ => (words, text),
            };
            match text.find(&words) {
                Some(at) => Value::Number(text.get(..at)?.chars().count() as f64 + 1.0),
                None => Value::Error,
            }
        }
        _ => return None,
    })
}

/// The comparison that a text begins with, and what follows it.
fn comparison(text: &str) -> Option<(Comparison, &str)> {
    let signs = [
        ("<>", Comparison::NotEqual),
        ("!=", Comparison::NotEqual),
        ("<=", Comparison::LessOrEqual),
        (">=", Comparison::GreaterOrEqual),
        ("<", Comparison::Less),
        (">", Comparison::Greater),
        ("=", Comparison::Equal),
    ];
    signs.iter().find_map(|(sign, comparison)| Some((*comparison, text.strip_prefix(sign)?)))
}

struct Parser<'t> {
    rest: &'t str,
    depth: usize,
}

impl Parser<'_> {
    /// Two operands and a comparison, or one operand.
    fn expression(&mut self) -> Option<Expression> {
        /// A condition that is deeper is none that a person wrote.
        const DEEPEST: usize = 16;
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let one = self.operand()?;
        self.rest = self.rest.trim_start();
        let expression = match comparison(self.rest) {
            Some((comparison, rest)) => {
                self.rest = rest;
                let other = self.operand()?;
                Expression::Compare(Box::new(one), comparison, Box::new(other))
            }
            None => one,
        };
        self.depth -= 1;
        Some(expression)
    }

    fn operand(&mut self) -> Option<Expression> {
        self.rest = self.rest.trim_start();
        if let Some(rest) = self.rest.strip_prefix('(') {
            self.rest = rest;
            let expression = self.expression()?;
            self.rest = self.rest.trim_start().strip_prefix(')')?;
            return Some(expression);
        }
        if self.rest.starts_with('"') {
            return self.text();
        }
        // `[.$B9]` is a cell in an Open Document.
        if let Some(rest) = self.rest.strip_prefix("[.") {
            let (cell, rest) = rest.split_once(']')?;
            self.rest = rest;
            return reference(cell);
        }
        let end = self.rest.find(|c: char| !(c.is_alphanumeric() || "$._-+".contains(c)));
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        if let Some(rest) = rest.strip_prefix('(') {
            self.rest = rest;
            let arguments = self.arguments()?;
            return Some(Expression::Call(word.to_ascii_uppercase(), arguments));
        }
        if let Ok(number) = word.parse::<f64>() {
            return number.is_finite().then_some(Expression::Value(Value::Number(number)));
        }
        match word.to_ascii_uppercase().as_str() {
            "TRUE" => Some(Expression::Value(Value::Truth(true))),
            "FALSE" => Some(Expression::Value(Value::Truth(false))),
            _ => reference(word),
        }
    }

    fn arguments(&mut self) -> Option<Vec<Expression>> {
        let mut arguments = Vec::new();
        loop {
            self.rest = self.rest.trim_start();
            if let Some(rest) = self.rest.strip_prefix(')') {
                self.rest = rest;
                return Some(arguments);
            }
            arguments.push(self.expression()?);
            self.rest = self.rest.trim_start();
            if let Some(rest) = self.rest.strip_prefix([',', ';']) {
                self.rest = rest;
            } else if !self.rest.starts_with(')') {
                return None;
            }
        }
    }

    /// A text between quotes; two quotes in it are one.
    fn text(&mut self) -> Option<Expression> {
        let mut text = String::new();
        let mut rest = self.rest.strip_prefix('"')?;
        loop {
            let (piece, after) = rest.split_once('"')?;
            text.push_str(piece);
            match after.strip_prefix('"') {
                Some(after) => {
                    text.push('"');
                    rest = after;
                }
                None => {
                    self.rest = after;
                    return Some(Expression::Value(Value::Text(text)));
                }
            }
        }
    }
}

/// A cell of the same sheet: `$B9`.
fn reference(word: &str) -> Option<Expression> {
    let at = CellRef::parse(word)?;
    let column_moves = !word.starts_with('$');
    let row_moves = !word.get(1..)?.contains('$');
    Some(Expression::Cell { at, row_moves, column_moves })
}
