//! What stands above the tables: 部局名, 基準日, 提出回.

use std::ops::Range;

use super::grid::{Book, Sheet};
use super::labels::LONGEST;
use super::locate::Located;
use crate::diag::{CellRef, Place};
use crate::edition::fields::{AS_OF_LABELS, DEPARTMENT_LABELS, ROUND_LABELS};
use crate::text::key;

/// How far right of its label a value may stand.
const REACH: u32 = 6;

/// What the form says of itself.
#[derive(Debug, Default)]
pub struct Heading {
    /// 部局名 with its cell.
    pub department: Option<(String, Place)>,
    pub as_of: Option<String>,
    pub round: Option<u32>,
}

/// Reads what stands above the tables; the first that says something counts.
pub fn heading(book: &Book, tables: &[Located]) -> Heading {
    let labels = HeadingLabels::new();
    let mut heading = Heading::default();
    let mut before: Option<&Located> = None;
    for located in tables {
        let sheet = located.sheet;
        let same_sheet = before.filter(|before| std::ptr::eq(before.sheet, sheet));
        let above = same_sheet.map_or(0, |before| before.end)..located.header;
        let find = |word| labels.value_of(word, sheet, above.clone());
        heading.department = heading.department.or_else(|| {
            let (at, value) = find(Word::Department)?;
            Some((value, Place::cell(&book.file, &sheet.name, at)))
        });
        heading.as_of = heading.as_of.or_else(|| Some(find(Word::AsOf)?.1));
        heading.round = heading.round.or_else(|| round(&find(Word::Round)?.1));
        before = Some(located);
    }
    heading
}

/// What a form says of itself above a table.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    Department,
    AsOf,
    Round,
}

/// The keys of the labels above a table.
pub struct HeadingLabels(Vec<(String, Word)>);

impl HeadingLabels {
    pub fn new() -> Self {
        let words = [
            (DEPARTMENT_LABELS, Word::Department),
            (AS_OF_LABELS, Word::AsOf),
            (ROUND_LABELS, Word::Round),
        ];
        let keys = |(labels, word): (&[&str], Word)| {
            labels.iter().map(|label| (key(label), word)).collect::<Vec<_>>()
        };
        Self(words.into_iter().flat_map(keys).collect())
    }

    fn word(&self, text: &str) -> Option<Word> {
        // What is beside a label, or in a table, may be long.
        if text.len() > LONGEST {
            return None;
        }
        let text = key(text);
        let text = text.trim_end_matches(':');
        self.0.iter().find(|(label, _)| label == text).map(|&(_, word)| word)
    }

    /// Whether a cell says what stands beside it.
    pub fn has(&self, text: &str) -> bool {
        self.word(text).is_some()
    }

    /// The value beside a label of the word, in some rows.
    fn value_of(&self, word: Word, sheet: &Sheet, rows: Range<u32>) -> Option<(CellRef, String)> {
        let cells = CellRef::new(rows.start, 0)..CellRef::new(rows.end.max(rows.start), 0);
        for (&at, cell) in sheet.cells.range(cells).filter(|(_, cell)| !cell.is_blank()) {
            let text = cell.text.trim();
            if self.word(text) == Some(word) {
                if let Some(found) = self.beside(sheet, at) {
                    return Some(found);
                }
            } else if let Some((label, value)) = text.split_once(['：', ':'])
                && self.word(label) == Some(word)
                && !value.trim().is_empty()
            {
                return Some((at, value.trim().to_owned()));
            }
        }
        None
    }

    /// The next value right of a label, unless that is a label too.
    fn beside(&self, sheet: &Sheet, label: CellRef) -> Option<(CellRef, String)> {
        let (at, cell) = sheet
            .row(label.row)
            .find(|(at, _)| at.column > label.column && at.column <= label.column + REACH)?;
        let text = cell.text.trim();
        (!self.has(text)).then(|| (at, text.to_owned()))
    }
}

/// The number in 「2」, 「第２回」, 「2版」.
fn round(text: &str) -> Option<u32> {
    let text = key(text);
    let digits: String = text
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(|c| c.is_ascii_digit())
        .collect();
    digits.parse().ok()
}
