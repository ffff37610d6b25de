//! Labels: which column a header cell means, and what a cell above a table announces.

use std::ops::Range;

use crate::diag::CellRef;
use crate::intake::read::grid::Sheet;
use crate::schema::form::{AS_OF_LABELS, DEPARTMENT_LABELS, ROUND_LABELS};
use crate::schema::{Column, Schema, Table};
use crate::text::key;
use crate::text::similar::similarity;

/// From this similarity on, a label is taken for the one it resembles.
const ALIKE: f64 = 0.75;
/// Bytes of the longest text that may be a label, with whatever spaces and line breaks in it.
const LONGEST: usize = 200;
/// How far right of its label a value may stand.
const REACH: u32 = 6;

/// A table's labels by their keys.
pub struct Labels<'s> {
    keys: Vec<(String, &'s Column, Rank)>,
}

/// How a label is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// It is the form's own.
    Own,
    Synonym,
}

impl<'s> Labels<'s> {
    pub fn new(schema: &'s Schema, table: Table) -> Self {
        let mut keys = Vec::new();
        for column in schema.columns(table) {
            keys.push((key(&column.label), column, Rank::Own));
            keys.extend(column.synonyms.iter().map(|s| (key(s), column, Rank::Synonym)));
        }
        Self { keys }
    }

    /// The column that a label means, told by its key.
    pub fn exact(&self, label: &str) -> Option<(&'s Column, Rank)> {
        // Nearly all cells of a form hold what is far too long for a label.
        if label.len() > LONGEST {
            return None;
        }
        let label = key(label);
        self.keys.iter().find(|(k, ..)| *k == label).map(|&(_, column, rank)| (column, rank))
    }

    /// The column among `free` whose label resembles this one most; `None` where none does, or
    /// two do alike.
    pub fn alike(&self, label: &str, free: impl Fn(&str) -> bool) -> Option<&'s Column> {
        let label = key(label);
        let mut best: Option<(f64, &'s Column)> = None;
        let mut tie = false;
        for &(ref known, column, _) in self.keys.iter().filter(|(_, column, _)| free(&column.key)) {
            let score = if *known == bare(&label) { 1.0 } else { similarity(known, &label) };
            match best {
                Some((most, of)) if score < most || (score == most && of.key == column.key) => {}
                Some((most, _)) if score == most => tie = true,
                _ => (best, tie) = (Some((score, column)), false),
            }
        }
        best.filter(|&(score, _)| score >= ALIKE && !tie).map(|(_, column)| column)
    }
}

/// A label without what is often hung on it: a remark in brackets, a mark of reference.
fn bare(label: &str) -> &str {
    let end = label.find(['(', '※', '*', '【']).unwrap_or(label.len());
    label.get(..end).unwrap_or(label)
}

/// What a form says of itself above a table.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Word {
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

    /// Whether a cell above a table is one of the labels, or holds what such a label announces.
    pub fn announce(&self, sheet: &Sheet, at: CellRef, text: &str) -> bool {
        let text = text.trim();
        let before = text.split_once(['：', ':']).map_or(text, |(label, _)| label);
        let left = || sheet.row(at.row).take_while(|(other, _)| other.column < at.column).last();
        self.has(before)
            || left().is_some_and(|(label, cell)| {
                self.has(cell.text.trim()) && self.beside(sheet, label).is_some_and(|b| b.0 == at)
            })
    }

    /// The value beside a label of the word, in some rows.
    pub fn value_of(
        &self,
        word: Word,
        sheet: &Sheet,
        rows: Range<u32>,
    ) -> Option<(CellRef, String)> {
        for (&at, cell) in sheet.cells.range(cells_of(rows)).filter(|(_, cell)| !cell.is_blank()) {
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

    /// The first label of the word, in some rows.
    pub fn label_of(&self, word: Word, sheet: &Sheet, rows: Range<u32>) -> Option<CellRef> {
        let mut cells = sheet.cells.range(cells_of(rows));
        cells.find(|(_, cell)| self.word(cell.text.trim()) == Some(word)).map(|(&at, _)| at)
    }

    /// The next value right of a label, unless that is a label too, or says how to fill the cell
    /// in.
    fn beside(&self, sheet: &Sheet, label: CellRef) -> Option<(CellRef, String)> {
        let (at, cell) = sheet
            .row(label.row)
            .find(|(at, _)| at.column > label.column && at.column <= label.column + REACH)?;
        let text = cell.text.trim();
        (!self.has(text) && !text.contains('。')).then(|| (at, text.to_owned()))
    }
}

fn cells_of(rows: Range<u32>) -> Range<CellRef> {
    CellRef::new(rows.start, 0)..CellRef::new(rows.end.max(rows.start), 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::keys;

    #[test]
    fn labels_are_known_whatever_their_width_and_breaks() {
        let schema = Schema::standard();
        let labels = Labels::new(&schema, Table::Measures);
        for (label, field) in [
            ("施策名", keys::NAME),
            ("施 策\n名", keys::NAME),
            ("施策ＩＤ", keys::ID),
            ("概要（Ｄ：\nデジタルで）", keys::OVERVIEW),
            ("目的(X:目指す姿)", keys::PURPOSE),
            ("担当課(室)", keys::SECTION),
        ] {
            assert_eq!(labels.exact(label).map(|(c, _)| &*c.key), Some(field), "{label}");
        }
        assert!(labels.exact("所属").is_none());
    }

    #[test]
    fn a_label_that_resembles_one_is_taken_for_it() {
        let schema = Schema::standard();
        let labels = Labels::new(&schema, Table::Measures);
        for (label, field) in [
            ("施策名（必須）", Some(keys::NAME)),
            ("概要（D:デジタルによる）", Some(keys::OVERVIEW)),
            ("担当課室名", Some(keys::SECTION)),
            ("予算額", None),
            ("連絡先", None),
        ] {
            assert_eq!(labels.alike(label, |_| true).map(|c| &*c.key), field, "{label}");
        }
        assert!(labels.alike("施策名（必須）", |field| field != keys::NAME).is_none());
    }
}
