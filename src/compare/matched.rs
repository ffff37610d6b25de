//! Two annexes matched and compared: what changed, and everything that is printed, changed or
//! not, in the printed order of the new annex.

use super::change::{Comparison, Entry, Match};
use super::throughout::{OwnerTexts, Throughout};
use crate::model::{self, Annex, Heading, HeadingId, Kpi, Measure};
use crate::schema::Column;

/// What [`super::compare`] found. Every form of a comparison is made of it: text, JSON and pages
/// of its `comparison`, the tables of its sections and rows.
#[derive(Debug)]
pub struct Matched<'a> {
    pub old: &'a Annex,
    pub new: &'a Annex,
    pub comparison: Comparison,
    /// The headings at the top.
    pub sections: Vec<MatchedSection<'a>>,
    /// The entries of no heading.
    pub unplaced: MatchedSection<'a>,
    /// The columns that the changes of an entry are told by: those of the new annex, then those
    /// that only the old one has.
    pub measure_columns: Vec<&'a Column>,
    pub kpi_columns: Vec<&'a Column>,
    /// What is told once.
    pub(super) throughout: Throughout,
}

/// A heading as both annexes have it (neither: the entries of no heading), with its rows and the
/// headings under it.
#[derive(Debug)]
pub struct MatchedSection<'a> {
    pub old: Option<&'a Heading>,
    pub new: Option<&'a Heading>,
    pub measures: Vec<MatchedRow<'a, Measure>>,
    pub kpis: Vec<MatchedRow<'a, Kpi>>,
    pub sections: Vec<MatchedSection<'a>>,
}

/// A printed row as both annexes have it; `None` where one prints it not.
#[derive(Debug)]
pub struct MatchedRow<'a, T> {
    pub old: Option<&'a T>,
    pub new: Option<&'a T>,
    pub listing: ListingKind,
    /// Position before and after, from 1, where it was moved under its heading.
    pub reordered: Option<(usize, usize)>,
    /// How the old entry was found.
    pub how: Option<Match>,
    /// The other headings under which both annexes list the measure.
    pub reposted_in: Vec<HeadingId>,
    /// The index of its changes among the entries of the comparison, if it has any. Those of a
    /// repost are those of the measure.
    pub(super) entry: Option<usize>,
}

/// Whether an entry stands at its own place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListingKind {
    Own,
    /// 再掲
    Repost,
}

impl Matched<'_> {
    /// The changes of a row's entry; `None` where it has none.
    pub fn entry<T>(&self, row: &MatchedRow<T>) -> Option<&Entry> {
        self.comparison.entries.get(row.entry?)
    }

    /// The owners of an entry before, in the names that are told once to be others now.
    pub fn owners_before(&self, old: &model::Entry, new: &model::Entry) -> OwnerTexts {
        self.throughout.owners_before(&OwnerTexts::of(old), &OwnerTexts::of(new))
    }

    /// A note under a table before, unless it is told once that it is another now.
    pub fn note_before<'t>(&self, old: &'t str, new: &'t str) -> &'t str {
        self.throughout.note_before(old, new)
    }
}

impl<T> MatchedRow<'_, T> {
    /// A text of the entry as both annexes have it.
    pub fn texts(&self, of: impl Fn(&T) -> String) -> (Option<String>, Option<String>) {
        (self.old.map(&of), self.new.map(&of))
    }
}
