//! What is seen of the cells of a sheet: gathered cell by cell, and told once all of the sheet is
//! known, for what it says of zeros and its conditional formats may stand behind the cells.

use super::conditional::{self, Rule, Values};
use super::grid::{Cell, Sheet, Unseen};
use super::look::Look;
use super::runs::Runs;
use super::shape::DIAGONAL;
use crate::diag::CellRef;

#[derive(Debug, Default)]
pub struct Appearance {
    values: Values,
    pub rules: Vec<Rule>,
    /// Zeros are not shown.
    pub no_zeros: bool,
}

impl Appearance {
    /// Takes a cell with the number that is behind its text, and with its pieces.
    pub fn see(
        &mut self,
        sheet: &mut Sheet,
        at: CellRef,
        shown: &Cell,
        number: Option<f64>,
        look: Look,
        runs: Option<&Runs>,
    ) {
        self.values.numbers.extend(number.map(|number| (at, number)));
        if look != Look::default() {
            self.values.looks.insert(at, look);
        }
        if shown.is_blank() {
            return;
        }
        // Of a text with several fonts, those of its pieces count.
        if let Some(runs) = runs {
            if let Some((why, hidden)) = runs.unseen(look) {
                sheet.unseen.insert(at, why);
                sheet.unseen_parts.insert(at, hidden);
            }
        } else if let Some(why) = look.unseen() {
            sheet.unseen.insert(at, why);
        }
        if look.diagonal {
            sheet.float_over(at, DIAGONAL);
        }
    }

    /// Tells what the sheet as a whole hides or strikes.
    pub fn finish(self, sheet: &mut Sheet) {
        let zeros =
            self.values.numbers.iter().filter(|(_, number)| self.no_zeros && **number == 0.0);
        for (&at, _) in zeros {
            if sheet.shown(at).is_some() {
                sheet.unseen.insert(at, Unseen::Zero);
                sheet.unseen_parts.remove(&at);
            }
        }
        conditional::apply(sheet, self.rules, &self.values);
    }
}
