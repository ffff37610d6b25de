//! Headings that stand between the rows of a table, over those that they are the place of.

use std::collections::BTreeMap;

use super::vocabulary::Vocabulary;
use crate::diag::Place;
use crate::edition::{Found, JOINT};
use crate::intake::locate::Located;
use crate::model::{HeadingId, ObservationKind, Observations};

/// A heading of the outline over a group of rows.
#[derive(Clone, Debug)]
pub struct Group {
    pub at: Place,
    /// What stands there, behind what stands there of the headings above it.
    pub text: String,
    /// The place of the rows below that say none; none where it is of a level that holds no such
    /// rows.
    pub id: Option<HeadingId>,
}

/// The headings between the rows of a table, by their rows. What stands between them and is none is
/// told of.
pub fn groups(
    vocabulary: &Vocabulary,
    located: &Located,
    observations: &mut Observations,
) -> BTreeMap<u32, Group> {
    let (places, table) = (&vocabulary.places, located.table);
    let mut groups: BTreeMap<u32, Group> = BTreeMap::new();
    let mut above: Option<String> = None;
    for aside in &located.asides {
        let at = located.sheet.place(aside.at);
        let mut text = aside.text.clone();
        let mut found = places.find(table, &text);
        if let (Found::Several(_), Some(above)) = (&found, &above) {
            text = format!("{above}{JOINT}{text}");
            found = places.find(table, &text);
        }
        let id = match found {
            Found::One(id) => Some(id),
            Found::NotHere(_) => None,
            Found::Several(_) | Found::Contradicting(_) | Found::Nothing => {
                let noted = if aside.merged {
                    observations.note(ObservationKind::TextOutside, at)
                } else {
                    let label = located.schema.name_label(table);
                    observations.note(ObservationKind::RowWithoutName, at).expected(label)
                };
                noted.found(&aside.text);
                continue;
            }
        };
        if id.is_none() {
            above = Some(text.clone());
        }
        let label = id.and_then(|id| places.label(id)).unwrap_or_default();
        let noted = observations.note(ObservationKind::GroupHeading, at.clone());
        noted.found(&aside.text).expected(label);
        groups.insert(aside.at.row, Group { at, text, id });
    }
    groups
}
