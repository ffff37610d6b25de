//! Labels: which column a header cell means, and what a cell above a table announces.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diag::CellRef;
use crate::intake::read::grid::Sheet;
use crate::schema::form::{
    ANYTHING_LABELS, AS_OF_LABELS, DEPARTMENT_LABELS, NOTHING_LABELS, ROUND_LABELS,
};
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
pub const REACH: u32 = 6;

/// A table's labels.
pub struct Labels<'s> {
    known: Vec<Known<'s>>,
}

/// A label that means a column.
struct Known<'s> {
    key: String,
    reading: Reading,
    column: &'s Column,
    rank: Rank,
}

/// The column that a label resembles.
#[derive(Clone, Copy, Debug)]
pub struct Alike<'s> {
    pub column: &'s Column,
    /// It is the column's label with a unit, a date, a number or a remark hung on it.
    pub hung: bool,
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
        let mut labels = Self { known: Vec::new() };
        for column in schema.columns(table) {
            labels.add(column, &column.label, Rank::Own);
            column.synonyms.iter().for_each(|label| labels.add(column, label, Rank::Synonym));
        }
        // Whoever still has a form under the usual labels is understood, unless another column
        // is called so now.
        let standard = Schema::standard();
        for column in schema.columns(table) {
            let usual =
                standard.column(table, &column.key).filter(|usual| usual.role == column.role);
            for label in
                usual.into_iter().flat_map(|usual| usual.synonyms.iter().chain([&usual.label]))
            {
                if labels.exact(label).is_none() {
                    labels.add(column, label, Rank::Synonym);
                }
            }
        }
        labels
    }

    fn add(&mut self, column: &'s Column, label: &str, rank: Rank) {
        let key = key(label);
        self.known.push(Known { reading: Reading::of(&key), key, column, rank });
    }

    /// The column that a label means, told by its key.
    pub fn exact(&self, label: &str) -> Option<(&'s Column, Rank)> {
        // Nearly all cells of a form hold what is far too long for a label.
        if label.len() > LONGEST {
            return None;
        }
        let label = key(label);
        self.known.iter().find(|known| known.key == label).map(|known| (known.column, known.rank))
    }

    /// The column whose label this is, with or without something hung on it.
    pub fn told(&self, label: &str) -> Option<&'s Column> {
        if label.len() > LONGEST {
            return None;
        }
        let exact = self.exact(label).map(|(column, _)| column);
        exact.or_else(|| self.alike(label, |_| true).filter(|alike| alike.hung).map(|a| a.column))
    }

    /// The column among `free` whose label resembles this one most; `None` where none does, or
    /// two do alike. A label that names another year or number than the column's means another.
    pub fn alike(&self, label: &str, free: impl Fn(&str) -> bool) -> Option<Alike<'s>> {
        self.most_alike(label, |column, known, named| {
            free(&column.key) && (known.is_empty() || known.is_superset(named))
        })
    }

    /// The column that a label beside its own means as well: as [`Self::alike`], where it names no
    /// year and no number that the column's does not.
    pub fn again(&self, label: &str) -> Option<Alike<'s>> {
        self.most_alike(label, |_, known, named| known.is_superset(named))
    }

    fn most_alike(
        &self,
        label: &str,
        may_be: impl Fn(&Column, &BTreeSet<Number>, &BTreeSet<Number>) -> bool,
    ) -> Option<Alike<'s>> {
        let key = key(label);
        // A number before a label may count the columns, and may be a part of it.
        let readings = [Some(key.as_str()), without_count(&key)].into_iter().flatten();
        let found = readings.filter_map(|label| self.most_alike_to(&Reading::of(label), &may_be));
        let found: Vec<Alike> = found.collect();
        found.iter().find(|alike| alike.hung).or(found.first()).copied()
    }

    fn most_alike_to(
        &self,
        label: &Reading,
        may_be: impl Fn(&Column, &BTreeSet<Number>, &BTreeSet<Number>) -> bool,
    ) -> Option<Alike<'s>> {
        let mut best: Option<(f64, Alike)> = None;
        let mut tie = false;
        for known in &self.known {
            let column = known.column;
            let mut numbers = known.reading.numbers.clone();
            if let Role::Figure { year: Some(year), .. } = column.role {
                numbers.insert(Number::Year(year));
            }
            if !may_be(column, &numbers, &label.numbers) {
                continue;
            }
            let hung = known.reading.score(label);
            let score = hung.unwrap_or_else(|| similarity(&known.key, &label.text));
            let alike = Alike { column, hung: hung.is_some() };
            match best {
                Some((most, of))
                    if score < most || (score == most && of.column.key == column.key) => {}
                Some((most, _)) if score == most => tie = true,
                _ => (best, tie) = (Some((score, alike)), false),
            }
        }
        best.filter(|&(score, _)| score >= ALIKE && !tie).map(|(_, alike)| alike)
    }
}

/// Signs that stand before a label and say nothing of it.
const SIGNS: &[char] =
    &['※', '*', '★', '☆', '●', '○', '◎', '■', '□', '◆', '◇', '▼', '・', '-', '.'];

/// A key of a label without the signs around it, and with what stands in brackets before it
/// behind it: 「（必須）施策名」, 「【現状値】」.
fn turned(key: &str) -> String {
    let key = key.trim_start_matches(SIGNS).trim_end_matches([':', '.', '-', '▼', '▽', '↓', '。']);
    let pairs = [('(', ')'), ('[', ']'), ('【', '】'), ('〔', '〕'), ('<', '>'), ('「', '」')];
    let closing = |open: char| pairs.iter().find(|(first, _)| *first == open).map(|pair| pair.1);
    let mut letters = key.chars();
    let within = letters.next().and_then(closing).and_then(|close| {
        let (within, behind) = letters.as_str().split_once(close)?;
        Some(if behind.is_empty() { within.to_owned() } else { format!("{behind}({within})") })
    });
    within.unwrap_or_else(|| key.to_owned())
}

/// A key of a label without the number that it has among the columns: 「1.施策名」, 「(2)区分」.
fn without_count(key: &str) -> Option<&str> {
    let inner = key.strip_prefix('(').unwrap_or(key);
    let rest = inner.trim_start_matches(|c: char| c.is_ascii_digit());
    let count = inner.len() - rest.len();
    let rest = rest.strip_prefix([')', '.', ':', '、', '-']).unwrap_or(rest);
    (1..=2).contains(&count).then_some(rest).filter(|rest| !rest.is_empty())
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
    /// Its letters and digits alone.
    letters: String,
}

/// What stands behind a year, and says no more than that it is one.
const BEHIND_A_YEAR: [&str; 7] = ["年度末", "年度", "年末", "年", "末", "現在", "時点"];

impl Reading {
    fn of(key: &str) -> Self {
        let key = turned(key);
        let hung = key.find(['(', '※', '*', '【', '[', '〔', '<']).unwrap_or(key.len());
        let mut reading = Self {
            letters: key.chars().filter(|c| c.is_alphanumeric()).collect(),
            text: key.clone(),
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
        if label.bare.is_empty() {
            return None;
        }
        if self.bare == label.bare || known == label.bare || self.letters == label.letters {
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
    /// The box that says that there is nothing.
    Nothing,
}

/// The keys of the labels above a table.
pub struct HeadingLabels(Vec<(String, Word)>);

impl HeadingLabels {
    pub fn new() -> Self {
        let words = [
            (DEPARTMENT_LABELS, Word::Department),
            (AS_OF_LABELS, Word::AsOf),
            (ROUND_LABELS, Word::Round),
            (NOTHING_LABELS, Word::Nothing),
            (ANYTHING_LABELS, Word::Nothing),
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
    /// What a form says of a table that holds nothing is told by [`super::received`].
    pub fn announce(&self, sheet: &Sheet, at: CellRef, text: &str) -> bool {
        let text = text.trim();
        let before = text.split_once(['：', ':']).map_or(text, |(label, _)| label);
        let left = || sheet.row(at.row).take_while(|(other, _)| other.column < at.column).last();
        let is_label = |text: &str| self.word(text).is_some_and(|word| word != Word::Nothing);
        is_label(before)
            || left().is_some_and(|(label, cell)| {
                is_label(cell.text.trim()) && self.beside(sheet, label).is_some_and(|b| b.0 == at)
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

/// The places of the cells of some rows.
pub fn cells_of(rows: Range<u32>) -> Range<CellRef> {
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
            assert_eq!(labels.alike(label, |_| true).map(|a| &*a.column.key), field, "{label}");
        }
        assert!(labels.alike("施策名（必須）", |field| field != keys::NAME).is_none());
    }

    #[test]
    fn a_label_is_told_with_what_is_hung_on_it() {
        let schema = Schema::standard();
        let measures = Labels::new(&schema, Table::Measures);
        let kpis = Labels::new(&schema, Table::Kpis);
        for (labels, label, field) in [
            (&measures, "１．施策名", Some(keys::NAME)),
            (&measures, "①施策名", Some(keys::NAME)),
            (&measures, "（1）施策名", Some(keys::NAME)),
            (&measures, "※施策名", Some(keys::NAME)),
            (&measures, "施策名\n（事業名）", Some(keys::NAME)),
            (&measures, "施策名（事業名）※必須", Some(keys::NAME)),
            (&measures, "（必須）施策名", Some(keys::NAME)),
            (&measures, "【施策名】", Some(keys::NAME)),
            (&measures, "概要\nD：デジタルで", Some(keys::OVERVIEW)),
            (&measures, "担当課室：", Some(keys::SECTION)),
            (&measures, "担当課室名", None),
            (&measures, "5", None),
            (&measures, "（施策）", Some(keys::NAME)),
            (&kpis, "現状値（R6年度末）", Some(keys::CURRENT)),
            (&kpis, "現状値\n（単位：人）", Some(keys::CURRENT)),
            (&kpis, "令和6年度末現状値", Some(keys::CURRENT)),
            (&kpis, "目標値〔R9〕", Some(keys::TARGET)),
            (&kpis, "8. 目標値", Some(keys::TARGET)),
        ] {
            assert_eq!(labels.told(label).map(|column| &*column.key), field, "{label}");
        }
    }

    #[test]
    fn a_label_that_names_another_year_is_another_column() {
        let mut schema = Schema::standard();
        for (name, label) in [("t2025", "R7目標"), ("t2027", "R9目標"), ("score", "評価")] {
            std::sync::Arc::make_mut(&mut schema).kpis.push(Column::new(name, label));
        }
        let labels = Labels::new(&schema, Table::Kpis);
        let free = |label| labels.alike(label, |_| true).map(|alike| &*alike.column.key);
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
        let again = |label| labels.again(label).map(|again| &*again.column.key);
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
