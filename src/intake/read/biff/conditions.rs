//! Conditional formats: the records of a list of cells, of the rules for them, and of what Excel
//! 2007 and later adds to these.

use super::super::bytes::{u16_at, u32_at};
use super::super::conditional::{Effect, Rule, Test, Tokens, condition, expression, test};
use super::super::grid::Region;
use super::super::look::Look;
use super::super::number_format::builtin;
use super::fonts::{AUTOMATIC, Palette};
use super::letters::Letters;
use crate::diag::CellRef;

/// The rules of a sheet while they are read.
#[derive(Default)]
pub struct Conditions {
    rules: Vec<Known>,
    /// The list of cells that is open: its number, the cells, and how many rules it has so far.
    number: u16,
    regions: Vec<Region>,
    count: u16,
}

/// A rule, with the number of its list and its own in that.
struct Known {
    list: u16,
    place: u16,
    rule: Rule,
}

/// A list of cells, a rule for them, and both since Excel 2007, with what that adds to a rule.
const CELLS: u16 = 0x01B0;
const RULE: u16 = 0x01B1;
const NEW_CELLS: u16 = 0x0879;
const NEW_RULE: u16 = 0x087A;
const ADDED: u16 = 0x087B;
/// The head of a record of Excel 2007.
const HEAD: usize = 12;

impl Conditions {
    /// Takes a record. One that is cut off says nothing of how a text is printed, and is told as a
    /// rule of which nothing is known.
    pub fn see(&mut self, kind: u16, data: &[u8], palette: &Palette) {
        let new = data.get(HEAD..).unwrap_or_default();
        match kind {
            CELLS => self.cells(data),
            NEW_CELLS => self.cells(new),
            RULE => self.rule(old_rule(data, self.from(), palette)),
            NEW_RULE => self.rule(new_rule(new, self.from(), palette)),
            // Nothing is added where a rule of the new kind follows.
            ADDED if u32_at(new, 0) == Some(0) => _ = self.add(new, palette),
            _ => {}
        }
    }

    fn cells(&mut self, data: &[u8]) {
        self.number = u16_at(data, 2).unwrap_or_default() >> 1;
        self.count = 0;
        let count = usize::from(u16_at(data, 12).unwrap_or_default());
        let regions = data.get(14..).unwrap_or_default().as_chunks::<8>().0.iter().take(count);
        self.regions = regions.map(region).collect();
    }

    /// The cell that the formulas are written for.
    fn from(&self) -> CellRef {
        self.regions.first().map_or(CellRef::new(0, 0), |region| region.first)
    }

    fn rule(&mut self, read: Option<Rule>) {
        let regions = self.regions.clone();
        let mut rule = match read {
            Some(rule) => Rule { regions, ..rule },
            None => Rule::unread(regions),
        };
        // Without a word of their order, rules count in that of the file.
        if rule.priority == 0 {
            rule.priority = self.rules.len() as i64;
        }
        self.rules.push(Known { list: self.number, place: self.count, rule });
        self.count += 1;
    }

    /// What is added to an earlier rule.
    fn add(&mut self, data: &[u8], palette: &Palette) -> Option<()> {
        let (list, place) = (u16_at(data, 4)?, u16_at(data, 6)?);
        let known = self.rules.iter_mut().find(|k| (k.list, k.place) == (list, place))?;
        known.rule.priority = u16_at(data, 10)?.into();
        known.rule.stops = *data.get(12)? & 2 != 0;
        if *data.get(13)? != 0 {
            let (effect, _) = new_effect(data.get(14..)?, palette)?;
            known.rule.effect = effect;
        }
        Some(())
    }

    pub fn finish(self) -> impl Iterator<Item = Rule> {
        self.rules.into_iter().map(|known| known.rule)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.rules.len()
    }
}

/// A rule of before Excel 2007, of which the first that holds is the only one that counts.
fn old_rule(data: &[u8], from: CellRef, palette: &Palette) -> Option<Rule> {
    let (effect, rest) = effect(data.get(6..)?, palette)?;
    rule(data, rest, from, effect).map(|(rule, _)| rule)
}

fn new_rule(data: &[u8], from: CellRef, palette: &Palette) -> Option<Rule> {
    let (effect, rest) = new_effect(data.get(6..)?, palette)?;
    let (rule, rest) = rule(data, rest, from, effect)?;
    // The formula that says whether the rule is on.
    let rest = rest.get(2 + usize::from(u16_at(rest, 0)?)..)?;
    let (stops, priority) = (*rest.first()? & 2 != 0, u16_at(rest, 1)?.into());
    Some(Rule { stops, priority, ..rule })
}

/// A rule from its head and its formulas, and what is behind these.
fn rule<'d>(
    head: &[u8],
    formulas: &'d [u8],
    from: CellRef,
    effect: Effect,
) -> Option<(Rule, &'d [u8])> {
    let (kind, operator) = (*head.first()?, u32::from(*head.get(1)?));
    let mut rest = formulas;
    let mut formula = |length: u16| {
        let (tokens, behind) = rest.split_at_checked(length.into())?;
        rest = behind;
        Some(expression(tokens, Tokens::Xls, from))
    };
    let formulas = [formula(u16_at(head, 2)?)?, formula(u16_at(head, 4)?)?];
    let (test, condition) = match kind {
        1 | 2 => (test(kind == 1, operator, &formulas), condition(&formulas)),
        _ => (Test::Unknown, "値の大小や順位".to_owned()),
    };
    let regions = Vec::new();
    Some((Rule { regions, priority: 0, test, condition, effect, stops: true }, rest))
}

/// A format with its length before it; without one there is nothing but a reserved number.
fn new_effect<'d>(data: &'d [u8], palette: &Palette) -> Option<(Effect, &'d [u8])> {
    let length = u32_at(data, 0)? as usize;
    let data = data.get(4..)?;
    if length == 0 {
        return Some((Effect::default(), data.get(2..)?));
    }
    let (format, rest) = data.split_at_checked(length)?;
    Some((effect(format, palette)?.0, rest))
}

/// What a differential format changes, and what is behind it: flags say which blocks it has, and
/// which of their values count.
fn effect<'d>(data: &'d [u8], palette: &Palette) -> Option<(Effect, &'d [u8])> {
    let (flags, more) = (u32_at(data, 0)?, u16_at(data, 4)?);
    let has = |bit: u32| flags & 1 << bit != 0;
    let mut rest = data.get(6..)?;
    let mut block = |bit: u32, length: usize| {
        let (block, behind) = rest.split_at_checked(if has(bit) { length } else { 0 })?;
        rest = behind;
        Some(block)
    };
    let mut effect = Effect::default();
    // A number format of its own has its length before it.
    let own = has(25) && more & 1 != 0;
    let length = if own { usize::from(u16_at(data, 6)?) } else { 2 };
    let format = block(25, length)?;
    if has(25) && !has(19) {
        effect.format = match own {
            true => format.get(4..).and_then(|text| {
                Some(Letters::Unicode.counted(text, u16_at(format, 2)?.into())?.0)
            }),
            false => builtin(u16::from(*format.get(1)?)).map(str::to_owned),
        };
    }
    let font = block(26, 118)?;
    if has(26) {
        // A line through the letters counts unless it is said not to.
        let is_struck = u32_at(font, 68)? & 0x80 != 0;
        effect.struck = (u32_at(font, 88)? & 0x80 == 0).then_some(is_struck);
        let colour = u32_at(font, 80)?;
        effect.letters = u16::try_from(colour).ok().map(|number| match number {
            AUTOMATIC => Look::default().letters,
            number => palette.colour(number),
        });
    }
    block(27, 8)?;
    block(28, 8)?;
    let fill = block(29, 4)?;
    if has(29) {
        let fill = u32_at(fill, 0)?;
        let (pattern, fore, back) = (fill >> 10 & 0x3F, fill >> 16 & 0x7F, fill >> 23 & 0x7F);
        let (is_pattern, is_back) = (!has(16), !has(18));
        // A solid fill has its colour in the background, contrary to that of a cell.
        effect.fill = if is_back && (!is_pattern || pattern == 1) {
            Some(palette.colour(back as u16))
        } else if is_pattern && pattern == 1 && !has(17) {
            Some(palette.colour(fore as u16))
        } else if is_pattern && pattern > 0 {
            Some(None)
        } else {
            None
        };
    }
    block(30, 2)?;
    Some((effect, rest))
}

/// First and last row, first and last column.
fn region(&[a, b, c, d, e, f, g, h]: &[u8; 8]) -> Region {
    let number = |low, high| u32::from(u16::from_le_bytes([low, high]));
    let first = CellRef::new(number(a, b), number(e, f));
    Region { first, last: CellRef::new(number(c, d), number(g, h)) }.in_order()
}
