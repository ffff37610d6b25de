//! Conditional formats of an `.xlsb` worksheet.

use super::super::bytes::{u16_at, u32_at};
use super::super::conditional::{Rule, Test, Tokens, condition, expression, test};
use super::super::grid::Region;
use super::super::package::bin::text_or_empty;
use super::regions;
use super::styles::Styles;
use crate::diag::CellRef;

/// What a rule is about, where it is no comparison: a formula, colours, bars, the first so many,
/// symbols.
const COMPARISON: u32 = 1;
const FORMULA: u32 = 2;

/// The cells of a list of rules: how many rules, whether it is for a pivot table, the cells.
pub fn cells(data: &[u8]) -> Option<Vec<Region>> {
    Some(regions(data.get(8..)?)?.0)
}

/// A rule for these cells; `None` where it cannot be read.
pub fn rule(data: &[u8], regions: &[Region], styles: &Styles) -> Option<Rule> {
    let (kind, detail) = (u32_at(data, 0)?, u32_at(data, 4)?);
    let effect = styles.effect(u32_at(data, 8)?)?;
    let (priority, operator) = (u32_at(data, 12)?.into(), u32_at(data, 16)?);
    let stops = u16_at(data, 28)? & 2 != 0;
    // The lengths of the formulas, which have theirs once more, and the text that is looked for.
    let mut rest = text_or_none(data.get(42..)?)?;
    let from = regions.first().map_or(CellRef::new(0, 0), |region| region.first);
    let mut formulas = Vec::new();
    while rest.len() >= 8 {
        let (tokens, behind) = formula(rest)?;
        formulas.push(expression(tokens, Tokens::Xlsb, from));
        rest = behind;
    }
    let (test, condition) = match kind {
        COMPARISON | FORMULA if !formulas.is_empty() => {
            (test(kind == COMPARISON, operator, &formulas), condition(&formulas))
        }
        _ => (
            Test::Unknown,
            String::from(match detail {
                7 | 27 => "重複する値",
                25 | 26 | 29 | 30 => "平均との比較",
                _ => "値の順位",
            }),
        ),
    };
    let regions = regions.to_vec();
    Some(Rule { regions, priority, test, condition, effect, stops })
}

/// What is behind a text that may be none.
pub fn text_or_none(data: &[u8]) -> Option<&[u8]> {
    text_or_empty(data).map(|(_, rest)| rest)
}

/// The tokens of a formula, and what is behind it and its arrays.
pub fn formula(data: &[u8]) -> Option<(&[u8], &[u8])> {
    let (tokens, rest) = data.get(4..)?.split_at_checked(u32_at(data, 0)? as usize)?;
    Some((tokens, rest.get(4 + u32_at(rest, 0)? as usize..)?))
}
