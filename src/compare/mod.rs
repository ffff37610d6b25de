//! What changed from one annex to another.
//!
//! [`compare`] finds the entries of the old annex in the new one (`align`), puts both in one order
//! (`outline`) and names every difference once (`entries`, `changes`). What follows from
//! another difference is none: entries that shift because one was added, reposts whose original
//! was rewritten, KPIs that name a measure that was renamed. What changed alike wherever it stood
//! is told once (`throughout`). Values are compared as published;
//! cells, raw texts and readings are not.

mod align;
mod change;
mod changes;
mod corrected;
mod entries;
mod field;
mod figures;
mod inline;
mod matched;
mod order;
mod outline;
#[cfg(test)]
mod tests;
mod throughout;
mod tokens;

use std::borrow::Cow;
use std::collections::BTreeMap;

pub use align::LIKENESS;
pub use change::{
    Aspect, Change, Comparison, Content, Count, Entry, FORMAT, Figures, Heading, HeadingName,
    Identity, Kind, Match, Subject, Version,
};
pub use field::Field;
pub use figures::NumberChange;
pub use inline::{Inline, Run};
pub use matched::{ListingKind, Matched, MatchedRow, MatchedSection};
pub use throughout::{Common, OwnerTexts};

use crate::model::Annex;
use outline::Outline;

/// Everything that changed from `old` to `new`, in the printed order of `new`.
pub fn compare<'a>(old: &'a Annex, new: &'a Annex) -> Matched<'a> {
    entries::compared(&Outline::new(old, new))
}

impl Version {
    pub fn of(annex: &Annex) -> Self {
        let front = &annex.front;
        Self {
            title: front.title.clone(),
            volume: front.volume.clone(),
            version: front.version.clone(),
            issued: front.issued.clone(),
        }
    }

    /// 「第1.0版（令和7年3月）」
    pub fn shown(&self) -> String {
        if self.issued.is_empty() {
            return self.version.clone();
        }
        format!("{}（{}）", self.version, self.issued)
    }
}

impl Comparison {
    /// What the thing is called that an entry is of: 施策, or the word of a heading's level.
    pub fn subject_label(&self, entry: &Entry) -> Cow<'_, str> {
        match (entry.subject, &entry.place) {
            (Subject::Pillar | Subject::Category, Some(place)) => {
                self.levels.word(place.depth()).into()
            }
            (subject, _) => self.schema.fill(subject.label()),
        }
    }

    /// What stands where an entry stands under no heading: 「分野なし」.
    pub fn no_place(&self) -> String {
        format!("{}なし", self.levels.all_place_words())
    }

    fn counted(entries: &[Entry]) -> Vec<Count> {
        let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
        for change in entries.iter().flat_map(|entry| &entry.changes) {
            *counts.entry(change.kind()).or_default() += 1;
        }
        counts.into_iter().map(|(kind, count)| Count { kind, count }).collect()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The number of all changes.
    pub fn total(&self) -> usize {
        self.counts.iter().map(|count| count.count).sum()
    }
}
