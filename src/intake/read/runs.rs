//! Texts with several fonts, and what a font does that the text alone does not show.

use std::sync::Arc;

use super::bytes::pieces;
use super::grid::{Cell, Sheet, Struck};
use super::look::{Colour, Look, Unseen};
use crate::diag::CellRef;

/// What a font does to its letters that their text does not show.
#[derive(Clone, Copy, Debug, Default)]
pub struct Font {
    pub struck: bool,
    /// Above the line and small, or below it.
    pub raised: bool,
    /// The colour and the size of its letters, where it says them.
    pub letters: Option<Colour>,
    pub points: Option<f64>,
}

impl Font {
    /// How its letters look in a cell that looks so.
    fn look(&self, cell: Look) -> Look {
        let letters = self.letters.unwrap_or(cell.letters);
        Look { letters, points: self.points.unwrap_or(cell.points), ..cell }
    }
}

/// The runs of a rich text, each with its own font; `None` is the cell's.
#[derive(Debug, Default)]
pub struct Runs(Vec<(String, Option<Font>)>);

/// A text, and its runs where it has several fonts.
#[derive(Clone, Debug, Default)]
pub struct Text {
    pub shown: Arc<str>,
    pub runs: Option<Arc<Runs>>,
}

impl Text {
    pub fn plain(shown: &str) -> Self {
        Self { shown: shown.into(), runs: None }
    }

    /// A text whose font changes at these places, which count UTF-16 units.
    pub fn new(shown: &str, changes: &[(usize, u16)], font: impl Fn(u16) -> Font) -> Self {
        if changes.is_empty() {
            return Self::plain(shown);
        }
        let (before, pieces) = pieces(shown, changes);
        let mut runs = Runs::default();
        runs.push(before, None);
        for (number, piece) in pieces {
            runs.push(piece, Some(font(number)));
        }
        Self { shown: shown.into(), runs: Some(Arc::new(runs)) }
    }
}

impl Runs {
    pub fn push(&mut self, text: String, own: Option<Font>) {
        self.0.push((text, own));
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The superscripts and subscripts.
    fn raised(&self) -> String {
        let raised = self.0.iter().filter(|(_, own)| own.is_some_and(|own| own.raised));
        raised.map(|(text, _)| text.as_str()).collect()
    }

    /// What is not to be seen in a cell that looks so, and why.
    pub fn unseen(&self, cell: Look) -> Option<(Unseen, String)> {
        let look = |own: &Option<Font>| own.map_or(cell, |own| own.look(cell));
        let hidden = self.0.iter().filter_map(|(text, own)| Some((look(own).unseen()?, text)));
        let hidden: Vec<(Unseen, &String)> =
            hidden.filter(|(_, text)| !text.trim().is_empty()).collect();
        let (why, _) = *hidden.first()?;
        Some((why, hidden.into_iter().map(|(_, text)| text.as_str()).collect()))
    }

    /// What is struck, given whether the cell's own font is.
    fn struck(&self, cell: bool) -> Struck {
        let mut struck = Struck::default();
        for (text, own) in &self.0 {
            struck.push(text, own.map_or(cell, |own| own.struck));
        }
        struck
    }
}

/// Puts a cell on its sheet, with what its font (`struck`) or the fonts of its runs do to the
/// text. A cell that is given twice counts as it is given last.
pub fn place(sheet: &mut Sheet, at: CellRef, cell: Cell, runs: Option<&Runs>, struck: bool) {
    let (struck, raised) = match runs {
        Some(runs) => (runs.struck(struck), runs.raised()),
        None if struck => (Struck { text: cell.text.clone(), ..Struck::default() }, String::new()),
        None => (Struck::default(), String::new()),
    };
    sheet.cells.insert(at, cell);
    sheet.struck.remove(&at);
    sheet.raised.remove(&at);
    if !struck.is_blank() {
        sheet.struck.insert(at, struck);
    }
    if !raised.trim().is_empty() {
        sheet.raised.insert(at, raised);
    }
}
