//! Labels: which column a header cell means.

use crate::schema::{Column, Schema, Table};
use crate::text::key;
use crate::text::similar::similarity;

/// From this similarity on, a label is taken for the one it resembles.
const ALIKE: f64 = 0.75;
/// Bytes of the longest text that may be a label, with whatever spaces and line breaks in it.
pub const LONGEST: usize = 200;

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
