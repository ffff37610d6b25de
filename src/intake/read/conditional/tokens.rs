//! The formulas of conditions as the binary formats have them: tokens, the operands before what is
//! done with them.

use super::super::bytes::{f64_at, u16_at, u32_at};
use super::{Comparison, Expression, Test, Value};
use crate::diag::CellRef;

/// How a binary format writes its tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tokens {
    /// `.xls`, since Excel 97.
    Xls,
    /// `.xlsb`.
    Xlsb,
}

/// A condition by its kind, `is_comparison` or a formula, its operator and its formulas.
pub fn test(is_comparison: bool, operator: u32, formulas: &[Expression]) -> Test {
    let formula = |index: usize| formulas.get(index).cloned().unwrap_or(Expression::Unknown);
    if !is_comparison {
        return Test::Formula(formula(0));
    }
    let comparison = match operator {
        1 | 2 => {
            return Test::Between { inside: operator == 1, low: formula(0), high: formula(1) };
        }
        3 => Comparison::Equal,
        4 => Comparison::NotEqual,
        5 => Comparison::Greater,
        6 => Comparison::Less,
        7 => Comparison::GreaterOrEqual,
        8 => Comparison::LessOrEqual,
        _ => return Test::Unknown,
    };
    Test::Compare(comparison, formula(0))
}

/// What a condition is called that stands in these formulas: by the functions in them, which say more
/// of it than that it is one. Their text is not in the file.
pub fn condition(formulas: &[Expression]) -> String {
    let mut names = Vec::new();
    formulas.iter().for_each(|formula| formula.functions(&mut names));
    match names.is_empty() {
        true => "計算式".to_owned(),
        false => format!("{} を使う計算式", names.join("・")),
    }
}

/// The formula of a condition that is written as for the cell `from`.
pub fn expression(tokens: &[u8], kind: Tokens, from: CellRef) -> Expression {
    let reader = Reader { rest: tokens, kind, from, stack: Vec::new() };
    reader.read().unwrap_or(Expression::Unknown)
}

struct Reader<'t> {
    rest: &'t [u8],
    kind: Tokens,
    from: CellRef,
    /// What is waiting for its operator, each with how deep it is.
    stack: Vec<(Expression, usize)>,
}

/// A condition that is deeper is none that a person wrote.
const DEEPEST: usize = 16;

impl Reader<'_> {
    fn read(mut self) -> Option<Expression> {
        while !self.rest.is_empty() {
            self.token()?;
        }
        let (whole, _) = self.stack.pop()?;
        self.stack.is_empty().then_some(whole)
    }

    fn token(&mut self) -> Option<()> {
        let token = *self.take(1)?.first()?;
        // Operands come in three classes, which say nothing of their value.
        let base = if token < 0x20 { token } else { 0x20 | token & 0x1F };
        match base {
            0x09..=0x0E => self.compare(base)?,
            // Arithmetic, and what is done with ranges.
            0x03..=0x08 | 0x0F..=0x11 => self.operator("", 2)?,
            0x13 | 0x14 => self.operator("", 1)?,
            // A plus sign before a number, and brackets.
            0x12 | 0x15 => {}
            0x16 => self.push(Expression::Value(Value::Blank)),
            0x17 => {
                let text = self.text()?;
                self.push(Expression::Value(Value::Text(text)));
            }
            0x19 => self.attribute()?,
            0x1C => {
                self.take(1)?;
                self.push(Expression::Value(Value::Error));
            }
            0x1D => {
                let truth = *self.take(1)?.first()? != 0;
                self.push(Expression::Value(Value::Truth(truth)));
            }
            0x1E => {
                let number = u16_at(self.take(2)?, 0)?;
                self.push(Expression::Value(Value::Number(number.into())));
            }
            0x1F => {
                let number = f64_at(self.take(8)?, 0)?;
                self.push(Expression::Value(Value::Number(number)));
            }
            0x21 => {
                let (name, count) = function(u16_at(self.take(2)?, 0)?)?;
                self.operator(name, count?)?;
            }
            0x22 => {
                let head = self.take(3)?;
                let count = usize::from(*head.first()? & 0x7F);
                let name = function(u16_at(head, 1)? & 0x7FFF).map_or("", |(name, _)| name);
                self.operator(name, count)?;
            }
            0x24 | 0x2C => {
                let cell = self.cell(base == 0x2C)?;
                self.push(cell);
            }
            _ => self.other(base)?,
        }
        Some(())
    }

    fn take(&mut self, count: usize) -> Option<&[u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    fn push(&mut self, operand: Expression) {
        self.stack.push((operand, 1));
    }

    /// What waits before an operator of so many operands, and how deep it is with them.
    fn operands(&mut self, count: usize) -> Option<(Vec<Expression>, usize)> {
        let operands = self.stack.split_off(self.stack.len().checked_sub(count)?);
        let depth = 1 + operands.iter().map(|(_, depth)| *depth).max().unwrap_or(0);
        let operands = operands.into_iter().map(|(operand, _)| operand).collect();
        (depth <= DEEPEST).then_some((operands, depth))
    }

    fn compare(&mut self, token: u8) -> Option<()> {
        let comparison = match token {
            0x09 => Comparison::Less,
            0x0A => Comparison::LessOrEqual,
            0x0B => Comparison::Equal,
            0x0C => Comparison::GreaterOrEqual,
            0x0D => Comparison::Greater,
            _ => Comparison::NotEqual,
        };
        let (operands, depth) = self.operands(2)?;
        let [one, other] = <[Expression; 2]>::try_from(operands).ok()?;
        let compare = Expression::Compare(Box::new(one), comparison, Box::new(other));
        self.stack.push((compare, depth));
        Some(())
    }

    /// A function, or something else of so many operands, which has no name and is not worked out.
    fn operator(&mut self, name: &str, count: usize) -> Option<()> {
        let (operands, depth) = self.operands(count)?;
        self.stack.push((Expression::Call(name.to_owned(), operands), depth));
        Some(())
    }

    fn text(&mut self) -> Option<String> {
        let (count, is_wide) = match self.kind {
            Tokens::Xls => {
                let head = self.take(2)?;
                (usize::from(*head.first()?), *head.get(1)? & 1 != 0)
            }
            Tokens::Xlsb => (usize::from(u16_at(self.take(2)?, 0)?), true),
        };
        let letters = self.take(count * if is_wide { 2 } else { 1 })?;
        let units: Vec<u16> = match is_wide {
            true => letters.as_chunks::<2>().0.iter().map(|&c| u16::from_le_bytes(c)).collect(),
            false => letters.iter().map(|&byte| byte.into()).collect(),
        };
        Some(String::from_utf16_lossy(&units))
    }

    /// What helps a program to work a formula out, which is passed over, and a sum.
    fn attribute(&mut self) -> Option<()> {
        let head = self.take(3)?;
        let (kind, number) = (*head.first()?, usize::from(u16_at(head, 1)?));
        if kind & 0x04 != 0 {
            self.take((number + 1) * 2)?;
        }
        if kind & 0x10 != 0 {
            self.operator("", 1)?;
        }
        Some(())
    }

    /// A cell, by its place or by how far it is from the cell that the formula is written for.
    fn cell(&mut self, is_far: bool) -> Option<Expression> {
        let (row, column, rows, columns) = match self.kind {
            Tokens::Xls => {
                let place = self.take(4)?;
                (u32::from(u16_at(place, 0)?), u16_at(place, 2)?, 1 << 16, 1 << 8)
            }
            Tokens::Xlsb => {
                let place = self.take(6)?;
                (u32_at(place, 0)?, u16_at(place, 4)?, 1 << 20, 1 << 14)
            }
        };
        let (row_moves, column_moves) = (column & 0x8000 != 0, column & 0x4000 != 0);
        let column = u32::from(column & 0x3FFF);
        // A step back is one forth around the edge of the sheet.
        let from = |index: u32, moves: bool, by: u32, all: u32| {
            if is_far && moves { (index % all + by % all) % all } else { by % all }
        };
        let at = CellRef::new(
            from(self.from.row, row_moves, row, rows),
            from(self.from.column, column_moves, column, columns),
        );
        Some(Expression::Cell { at, row_moves, column_moves })
    }

    /// An operand of a known size that is not followed.
    fn other(&mut self, base: u8) -> Option<()> {
        let size = match (base, self.kind) {
            // An array.
            (0x20, Tokens::Xls) => 7,
            (0x20, Tokens::Xlsb) => 14,
            // A name.
            (0x23, _) => 4,
            (0x39, _) => 6,
            // Cells that are gone, and cells of other sheets.
            (0x2A, Tokens::Xls) => 4,
            (0x2A, Tokens::Xlsb) | (0x3A | 0x3C, Tokens::Xls) => 6,
            (0x3A | 0x3C, Tokens::Xlsb) => 8,
            // The same of rectangles of cells, and those of this sheet.
            (0x25 | 0x2B | 0x2D, Tokens::Xls) => 8,
            (0x25 | 0x2B | 0x2D, Tokens::Xlsb) => 12,
            (0x3B | 0x3D, Tokens::Xls) => 10,
            (0x3B | 0x3D, Tokens::Xlsb) => 14,
            _ => return None,
        };
        self.take(size)?;
        self.push(Expression::Unknown);
        Some(())
    }
}

/// A function that conditions are made of, by its number, and how many operands it has where that is
/// not said with it.
fn function(number: u16) -> Option<(&'static str, Option<usize>)> {
    let known = FUNCTIONS.iter().find(|(own, ..)| *own == number);
    known.map(|(_, name, operands)| (*name, *operands))
}

/// Those that are not worked out are named to whoever reads of the condition.
const FUNCTIONS: [(u16, &str, Option<usize>); 64] = [
    (0, "COUNT", None),
    (1, "IF", None),
    (2, "ISNA", Some(1)),
    (3, "ISERROR", Some(1)),
    (4, "SUM", None),
    (5, "AVERAGE", None),
    (6, "MIN", None),
    (7, "MAX", None),
    (8, "ROW", None),
    (9, "COLUMN", None),
    (24, "ABS", Some(1)),
    (25, "INT", Some(1)),
    (27, "ROUND", Some(2)),
    (28, "LOOKUP", None),
    (29, "INDEX", None),
    (31, "MID", Some(3)),
    (32, "LEN", Some(1)),
    (33, "VALUE", Some(1)),
    (34, "TRUE", Some(0)),
    (35, "FALSE", Some(0)),
    (36, "AND", None),
    (37, "OR", None),
    (38, "NOT", Some(1)),
    (39, "MOD", Some(2)),
    (48, "TEXT", Some(2)),
    (64, "MATCH", None),
    (65, "DATE", Some(3)),
    (67, "DAY", Some(1)),
    (68, "MONTH", Some(1)),
    (69, "YEAR", Some(1)),
    (70, "WEEKDAY", None),
    (74, "NOW", Some(0)),
    (78, "OFFSET", None),
    (82, "SEARCH", None),
    (100, "CHOOSE", None),
    (101, "HLOOKUP", None),
    (102, "VLOOKUP", None),
    (112, "LOWER", Some(1)),
    (113, "UPPER", Some(1)),
    (115, "LEFT", None),
    (116, "RIGHT", None),
    (117, "EXACT", Some(2)),
    (118, "TRIM", Some(1)),
    (119, "REPLACE", Some(4)),
    (120, "SUBSTITUTE", None),
    (124, "FIND", None),
    (125, "CELL", None),
    (126, "ISERR", Some(1)),
    (127, "ISTEXT", Some(1)),
    (128, "ISNUMBER", Some(1)),
    (129, "ISBLANK", Some(1)),
    (131, "N", Some(1)),
    (148, "INDIRECT", None),
    (169, "COUNTA", None),
    (190, "ISNONTEXT", Some(1)),
    (216, "RANK", None),
    (221, "TODAY", Some(0)),
    (228, "SUMPRODUCT", None),
    (325, "LARGE", Some(2)),
    (326, "SMALL", Some(2)),
    (344, "SUBTOTAL", None),
    (345, "SUMIF", None),
    (346, "COUNTIF", Some(2)),
    (347, "COUNTBLANK", Some(1)),
];
