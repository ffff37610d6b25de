//! Labels: which column a header cell means, and what a cell above a table announces.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diag::CellRef;
use crate::intake::read::grid::Sheet;
use crate::schema::form::{AS_OF_LABELS, DEPARTMENT_LABELS, ROUND_LABELS};
use crate::schema::{Column, Role, Schema, Table};
use crate::text::similar::similarity;
use crate::text::{era, key};

/// From this similarity on, a label is taken for the one it resembles.
const ALIKE: f64 = 0.75;
/// How much a label is like one that it has a date beside: less than one with the same date.
const DATED: f64 = 0.99;
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
        // Whoever still has a form under the usual labels is understood, unless another column
        // is called so now.
        let standard = Schema::standard();
        for column in schema.columns(table) {
            let usual =
                standard.column(table, &column.key).filter(|usual| usual.role == column.role);
            let labels =
                usual.into_iter().flat_map(|usual| usual.synonyms.iter().chain([&usual.label]));
            for label in labels.map(|label| key(label)) {
                if !keys.iter().any(|(known, ..)| *known == label) {
                    keys.push((label, column, Rank::Synonym));
                }
            }
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
    /// two do alike. A label that names another year or number than the column's means another.
    pub fn alike(&self, label: &str, free: impl Fn(&str) -> bool) -> Option<&'s Column> {
        self.most_alike(label, |column, known, named| {
            free(&column.key) && (known.is_empty() || known.is_superset(named))
        })
    }

    /// The column that a label beside its own means as well: as [`Self::alike`], where it names no
    /// year and no number that the column's does not.
    pub fn again(&self, label: &str) -> Option<&'s Column> {
        self.most_alike(label, |_, known, named| known.is_superset(named))
    }

    fn most_alike(
        &self,
        label: &str,
        may_be: impl Fn(&Column, &BTreeSet<Number>, &BTreeSet<Number>) -> bool,
    ) -> Option<&'s Column> {
        let label = Reading::of(&key(label));
        let mut best: Option<(f64, &'s Column)> = None;
        let mut tie = false;
        for &(ref known, column, _) in &self.keys {
            let own = Reading::of(known);
            let mut numbers = own.numbers.clone();
            if let Role::Figure { year: Some(year), .. } = column.role {
                numbers.insert(Number::Year(year));
            }
            if !may_be(column, &numbers, &label.numbers) {
                continue;
            }
            let score = own.score(&label).unwrap_or_else(|| similarity(known, &label.text));
            match best {
                Some((most, of)) if score < most || (score == most && of.key == column.key) => {}
                Some((most, _)) if score == most => tie = true,
                _ => (best, tie) = (Some((score, column)), false),
            }
        }
        best.filter(|&(score, _)| score >= ALIKE && !tie).map(|(_, column)| column)
    }
}

/// A year or another number in a label.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Number {
    Year(i32),
    Other(String),
}

/// A label, its years told from the rest.
struct Reading {
    /// Its key.
    text: String,
    /// What is left without what is often hung on a label, with its years in one form.
    bare: String,
    /// As `bare`, without the years.
    undated: String,
    numbers: BTreeSet<Number>,
}

/// What stands behind a year, and says no more than that it is one.
const BEHIND_A_YEAR: [&str; 7] = ["年度末", "年度", "年末", "年", "末", "現在", "時点"];

impl Reading {
    fn of(key: &str) -> Self {
        let hung = key.find(['(', '※', '*', '【', '[', '〔', '<']).unwrap_or(key.len());
        let mut reading = Self {
            text: key.to_owned(),
            bare: String::new(),
            undated: String::new(),
            numbers: BTreeSet::new(),
        };
        // Keys are in small letters, and those of the eras are capitals.
        let upper = key.to_ascii_uppercase();
        let mut rest = upper.as_str();
        let mut before = None;
        while let Some(c) = rest.chars().next() {
            let is_bare = upper.len() - rest.len() < hung;
            let in_word = before.is_some_and(|b: char| b.is_ascii_alphanumeric());
            let (taken, number) = match era::prefix(rest).filter(|_| !in_word) {
                Some((year, behind)) => {
                    let behind = BEHIND_A_YEAR
                        .iter()
                        .fold(behind, |behind, word| behind.strip_prefix(word).unwrap_or(behind));
                    (rest.len() - behind.len(), Some(Number::Year(year)))
                }
                None if c.is_ascii_digit() => {
                    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
                    let digits = rest.get(..digits).unwrap_or(rest);
                    (digits.len(), Some(Number::Other(digits.to_owned())))
                }
                None => (c.len_utf8(), None),
            };
            let (piece, after) = rest.split_at(taken);
            if is_bare {
                match &number {
                    Some(Number::Year(year)) => reading.bare.push_str(&year.to_string()),
                    _ => {
                        reading.bare.push_str(piece);
                        reading.undated.push_str(piece);
                    }
                }
            }
            reading.numbers.extend(number);
            before = piece.chars().next_back();
            rest = after;
        }
        reading
    }

    /// How well a label says this one with a unit, a date or a remark hung on it; `None` where it
    /// does not.
    fn score(&self, label: &Self) -> Option<f64> {
        let known = self.text.to_ascii_uppercase();
        if self.bare == label.bare || known == label.bare {
            Some(1.0)
        } else {
            (self.numbers.is_empty() && known == label.undated).then_some(DATED)
        }
    }
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

    #[test]
    fn a_label_that_names_another_year_is_another_column() {
        let mut schema = Schema::standard();
        for (name, label) in [("t2025", "R7目標"), ("t2027", "R9目標"), ("score", "評価")] {
            std::sync::Arc::make_mut(&mut schema).kpis.push(Column::new(name, label));
        }
        let labels = Labels::new(&schema, Table::Kpis);
        let free = |label| labels.alike(label, |_| true).map(|column| &*column.key);
        for (label, expected) in [
            ("令和7年度目標", Some("t2025")),
            ("2027年度目標（%）", Some("t2027")),
            ("R12目標", Some(keys::TARGET)),
            ("評価（R7）", Some("score")),
            ("R7評価", Some("score")),
            ("現状値（人）", Some(keys::CURRENT)),
            ("現状値[R7.1現在]", Some(keys::CURRENT)),
            ("R6年度末現状値", Some(keys::CURRENT)),
            ("目標値（R9）", Some(keys::TARGET)),
        ] {
            assert_eq!(free(label), expected, "{label}");
        }
        let other = labels.alike("R12目標", |key| key != keys::TARGET);
        assert!(other.is_none(), "{other:?}");
        // Where the column itself is there, only what says the same is there twice.
        let again = |label| labels.again(label).map(|column| &*column.key);
        for (label, expected) in [
            ("目標値（必須）", Some(keys::TARGET)),
            ("目標値（R12）", None),
            ("目標（R12）", None),
            ("R10目標値", None),
            ("R9年度目標", Some("t2027")),
        ] {
            assert_eq!(again(label), expected, "{label}");
        }
    }
}
