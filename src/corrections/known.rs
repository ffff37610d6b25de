//! The names by which entries are known whose names are corrected.

use super::subject::column;
use crate::edition::Corrections;
use crate::model::KeptId;
use crate::schema::{Role, Schema};
use crate::text::{clean, key};

/// The ids that the edition has given out, under the corrected names and sections besides: a
/// department that takes a correction over keeps its id.
pub fn also_known(asked: &Corrections, kept: &[KeptId], schema: &Schema) -> Vec<KeptId> {
    let mut known = kept.to_vec();
    for correction in &asked.texts {
        let Some(row) = kept.iter().find(|row| key(row.id.as_str()) == key(&correction.id)) else {
            continue;
        };
        let Ok(column) = column(schema, row.table, &correction.column) else { continue };
        let (to, row) = (clean(&correction.to).text, row.clone());
        match column.role {
            Role::Name => known.push(KeptId { name: to, ..row }),
            Role::Section => known.push(KeptId { section: to, ..row }),
            _ => {}
        }
    }
    known
}
