//! Conditional formats: whether one strikes a text through or hides it.
//!
//! What a condition says is worked out where that is sure. Where it is not, and the format would
//! strike or hide, the cell is told with the condition: nobody is to find out by the print.

mod expression;
mod tokens;

use std::collections::BTreeMap;

use super::grid::{Cell, Kind, Region, Sheet, Struck};
use super::look::{Colour, Look, Unseen};
use super::number_format;
use crate::diag::CellRef;
pub use expression::{Comparison, Expression, Test, Words};
pub use tokens::{Tokens, condition, expression, test};

/// What a cell holds, for a condition.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Blank,
    Number(f64),
    Text(String),
    Truth(bool),
    Error,
}

/// What a format changes; nothing where it says nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effect {
    pub struck: Option<bool>,
    pub letters: Option<Colour>,
    pub fill: Option<Colour>,
    /// The code of its number format.
    pub format: Option<String>,
}

/// A format that cells have under a condition.
#[derive(Clone, Debug)]
pub struct Rule {
    pub regions: Vec<Region>,
    /// The lower counts first.
    pub priority: i64,
    pub test: Test,
    /// The condition as the file has it, for the finding.
    pub condition: String,
    pub effect: Effect,
    /// No rule after it counts where it holds.
    pub stops: bool,
}

/// What the conditions look at.
#[derive(Debug, Default)]
pub struct Values {
    pub numbers: BTreeMap<CellRef, f64>,
    /// Of the cells that do not look as usual.
    pub looks: BTreeMap<CellRef, Look>,
}

impl Rule {
    /// A rule that could not be read: it may strike what it is about.
    pub fn unread(regions: Vec<Region>) -> Self {
        Self {
            regions,
            priority: 0,
            test: Test::Unknown,
            condition: "読み取れない条件".to_owned(),
            effect: Effect { struck: Some(true), ..Effect::default() },
            stops: false,
        }
    }
}

/// How many cells all conditions of a sheet together may be about.
const MOST: usize = 2_000_000;

impl Values {
    fn of(&self, sheet: &Sheet, at: CellRef) -> Value {
        let number = self.numbers.get(&at).map(|&number| Value::Number(number));
        number.unwrap_or_else(|| match sheet.cells.get(&at) {
            None => Value::Blank,
            Some(Cell { kind: Kind::Error, .. }) => Value::Error,
            Some(Cell { kind: Kind::Truth, text }) => Value::Truth(text == "TRUE"),
            Some(Cell { text, .. }) => Value::Text(text.clone()),
        })
    }
}

/// Puts on the sheet what its conditional formats strike or hide.
pub fn apply(sheet: &mut Sheet, mut rules: Vec<Rule>, values: &Values) {
    rules.retain(|rule| rule.stops || rule.effect.matters());
    if !rules.iter().any(|rule| rule.effect.matters()) {
        return;
    }
    rules.sort_by_key(|rule| rule.priority);
    let mut cells: BTreeMap<CellRef, Vec<usize>> = BTreeMap::new();
    let mut work = 0;
    for (index, rule) in rules.iter().enumerate() {
        for region in &rule.regions {
            let rows = CellRef::new(region.first.row, 0)..=CellRef::new(region.last.row, u32::MAX);
            for (&at, cell) in sheet.cells.range(rows) {
                work += 1;
                let is_in = (region.first.column..=region.last.column).contains(&at.column);
                if is_in && !cell.is_blank() {
                    cells.entry(at).or_default().push(index);
                }
            }
            if work > MOST {
                sheet.doubtful.insert(region.first, "多すぎる条件付き書式".to_owned());
                return;
            }
        }
    }
    for (at, indices) in cells {
        let rules = indices.iter().filter_map(|&index| rules.get(index));
        let outcome = outcome(sheet, at, rules, values);
        outcome.put(sheet, at);
    }
}

/// What becomes of a cell.
#[derive(Default)]
struct Outcome {
    effect: Effect,
    hidden: bool,
    doubtful: Option<String>,
}

fn outcome<'r>(
    sheet: &Sheet,
    at: CellRef,
    rules: impl Iterator<Item = &'r Rule>,
    values: &Values,
) -> Outcome {
    let mut outcome = Outcome::default();
    let look = values.looks.get(&at).copied().unwrap_or_default();
    let value = values.of(sheet, at);
    for rule in rules {
        // References in a condition are as from the first cell of its first region.
        let from = rule.regions.first().map_or(at, |region| region.first);
        let holds = rule.test.holds(&value, from, at, &|at| values.of(sheet, at));
        let with = outcome.effect.or(&rule.effect);
        match holds {
            Some(true) => {
                outcome.effect = with;
                if rule.stops {
                    break;
                }
            }
            Some(false) => {}
            None if with.struck == Some(true) || with.hides(look, &value) => {
                outcome.doubtful.get_or_insert_with(|| rule.condition.clone());
            }
            None => {}
        }
    }
    outcome.hidden = outcome.effect.hides(look, &value);
    outcome
}

impl Outcome {
    fn put(self, sheet: &mut Sheet, at: CellRef) {
        let Some(cell) = sheet.cells.get(&at) else { return };
        let is_coloured = self.effect.letters.is_some() || self.effect.fill.is_some();
        if is_coloured && !self.hidden && sheet.unseen.get(&at) == Some(&Unseen::Colour) {
            // White letters for the ground that the condition gives them.
            sheet.unseen.remove(&at);
        }
        if self.effect.struck == Some(true) {
            let struck = Struck { text: cell.text.clone(), ..Struck::default() };
            sheet.struck.insert(at, struck);
        } else if self.hidden {
            sheet.unseen.entry(at).or_insert(Unseen::Condition);
        } else if let Some(condition) = self.doubtful {
            sheet.doubtful.insert(at, condition);
        }
    }
}

impl Effect {
    /// Whether it can strike or hide anything.
    pub fn matters(&self) -> bool {
        self.struck == Some(true)
            || self.letters.is_some()
            || self.fill.is_some()
            || self.format.is_some()
    }

    /// With what another says of which this says nothing.
    fn or(&self, other: &Self) -> Self {
        Self {
            struck: self.struck.or(other.struck),
            letters: self.letters.or(other.letters),
            fill: self.fill.or(other.fill),
            format: self.format.clone().or_else(|| other.format.clone()),
        }
    }

    /// Whether a value that looks otherwise as usual is not seen under it.
    fn hides(&self, look: Look, value: &Value) -> bool {
        let shown = self.format.as_deref().map(|format| match value {
            Value::Number(number) => number_format::show(*number, format, false),
            Value::Text(text) => number_format::show_text(text, format),
            _ => Ok("?".to_owned()),
        });
        if shown.is_some_and(|shown| shown.is_ok_and(|shown| shown.trim().is_empty())) {
            return true;
        }
        let letters = self.letters.unwrap_or(look.letters);
        let fill = self.fill.unwrap_or(look.fill);
        let changes = self.letters.is_some() || self.fill.is_some();
        changes && Look { letters, fill, ..look }.unseen().is_some()
    }
}
