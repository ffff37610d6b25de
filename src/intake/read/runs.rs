//! Texts with several fonts, and what a font does that the text alone does not show.

use std::sync::Arc;

use super::bytes::pieces;
use super::grid::{Cell, Sheet, Struck};
use crate::diag::CellRef;

/// What a font does to its letters that their text does not show.
#[derive(Clone, Copy, Debug, Default)]
pub struct Font {
    pub struck: bool,
    /// Above the line and small, or below it.
    pub raised: bool,
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
