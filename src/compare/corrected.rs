//! Which changes are corrections of the secretariat's.

use super::change::{Change, Entry};
use crate::schema::keys;

impl Entry {
    /// Whether a change is a correction of the secretariat's.
    pub fn is_corrected(&self, change: &Change) -> bool {
        let is = |key: &str| self.corrected.iter().any(|corrected| *corrected == *key);
        match change {
            Change::Renamed { .. } => is(keys::NAME),
            Change::Owner { .. } => is(keys::DEPARTMENT) || is(keys::SECTION),
            Change::Field { field, .. } | Change::Figure { field, .. } => {
                self.corrected.iter().any(|corrected| field.is(corrected))
            }
            Change::Current(_) => is(keys::CURRENT),
            Change::Target(_) => is(keys::TARGET),
            Change::Moved { .. } => is(keys::CATEGORY) || keys::ABOVE.into_iter().any(is),
            Change::Reordered { .. } => is(keys::ORDER),
            Change::RepostAdded { .. } | Change::RepostRemoved { .. } => is(keys::REPOSTS),
            Change::Status { .. } => is(keys::STATUS),
            Change::Removed { abolished, .. } => self.left_out || *abolished && is(keys::STATUS),
            Change::Added { .. }
            | Change::Renumbered { .. }
            | Change::Setting { .. }
            | Change::Throughout { .. } => false,
        }
    }
}
