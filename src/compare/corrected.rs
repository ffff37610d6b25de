//! Which changes are corrections of the secretariat's.

use super::change::{Change, Entry};
use crate::model::{Correction, CorrectionKind};
use crate::schema::keys;

impl Entry {
    /// The corrections of the secretariat's that a change shows; none where it is the department's.
    pub fn corrections_of(&self, change: &Change) -> impl Iterator<Item = &Correction> {
        self.corrections.iter().filter(move |correction| shows(change, correction))
    }
}

fn shows(change: &Change, correction: &Correction) -> bool {
    let is = |key: &str| correction.column.as_ref().is_some_and(|column| **column == *key);
    match change {
        Change::Renamed { .. } => is(keys::NAME),
        Change::Owner { .. } => is(keys::DEPARTMENT) || is(keys::SECTION),
        Change::Field { field, .. } | Change::Figure { field, .. } => {
            correction.column.as_ref().is_some_and(|column| field.is(column))
        }
        Change::Current(_) => is(keys::CURRENT),
        Change::Target(_) => is(keys::TARGET),
        Change::Moved { .. } => is(keys::CATEGORY) || keys::ABOVE.into_iter().any(is),
        Change::Reordered { .. } => is(keys::ORDER),
        Change::RepostAdded { .. } | Change::RepostRemoved { .. } => is(keys::REPOSTS),
        Change::Status { .. } => is(keys::STATUS),
        Change::Removed { abolished, .. } => {
            correction.kind == CorrectionKind::LeftOut || *abolished && is(keys::STATUS)
        }
        Change::Added { .. }
        | Change::Renumbered { .. }
        | Change::Setting { .. }
        | Change::Throughout { .. } => false,
    }
}
