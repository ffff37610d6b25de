//! What is new, changed and abolished since the edition before, with the reasons.

use std::collections::BTreeSet;

use serde::Serialize;

use super::hinted;
use crate::compare::{Comparison, Entry, Kind, Subject};
use crate::edition::Edition;
use crate::model::{Annex, Id};

#[derive(Debug, Serialize)]
pub struct Changes {
    /// The version that it is compared with.
    before: String,
    /// The label of the column with the reasons, where the settings name one.
    reason: Option<String>,
    new: Vec<Row>,
    changed: Vec<Row>,
    abolished: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    id: String,
    subject: String,
    name: String,
    owner: String,
    place: String,
    /// What kinds of changes there are; nothing where that goes without saying.
    what: String,
    reason: String,
}

pub fn of(edition: &Edition, annex: &Annex, comparison: &Comparison) -> Changes {
    let column = edition
        .progress
        .reason
        .as_deref()
        .and_then(|key| annex.schema.column(crate::schema::Table::Measures, key));
    let reason = |id: &Id| {
        let measure = column.and_then(|column| Some((column, annex.measure(id)?)));
        measure.map(|(column, measure)| measure.value(&column.key).value.clone())
    };
    let mut changes = Changes {
        before: comparison.old.shown(),
        reason: column.map(|column| column.label.clone()),
        new: Vec::new(),
        changed: Vec::new(),
        abolished: Vec::new(),
    };
    let is_entry = |entry: &&Entry| matches!(entry.subject, Subject::Measure | Subject::Kpi);
    for entry in comparison.entries.iter().filter(is_entry) {
        let row = row(comparison, entry, reason);
        match (&entry.old, &entry.new) {
            (None, Some(_)) => changes.new.push(row),
            (_, None) => changes.abolished.push(row),
            (Some(_), Some(_)) if !row.what.is_empty() => changes.changed.push(row),
            (Some(_), Some(_)) => {}
        }
    }
    changes
}

fn row(comparison: &Comparison, entry: &Entry, reason: impl Fn(&Id) -> Option<String>) -> Row {
    let identity = entry.identity();
    let is_both = entry.old.is_some() && entry.new.is_some();
    // That it stands at another place of a list, and what this year's values are, is no change of
    // what is to be done.
    let is_of_interest = |kind: &Kind| {
        !matches!(kind, Kind::Reordered | Kind::Renumbered | Kind::Current | Kind::Status)
    };
    let kinds: BTreeSet<Kind> = entry.changes.iter().map(|change| change.kind()).collect();
    let kinds = kinds.into_iter().filter(is_of_interest);
    let labels = kinds.map(|kind| comparison.schema.fill(kind.label()).into_owned());
    let what = if is_both { labels.collect::<Vec<_>>().join("、") } else { String::new() };
    let owner = [identity.department.as_str(), identity.section.as_str()];
    let owner: Vec<&str> = owner.into_iter().filter(|part| !part.is_empty()).collect();
    Row {
        id: identity.id.to_string(),
        subject: comparison.subject_label(entry).into_owned(),
        name: hinted(&identity.name),
        owner: owner.join("　"),
        place: entry.place.as_ref().map(crate::compare::Heading::shown).unwrap_or_default(),
        what,
        reason: hinted(&reason(&identity.id).unwrap_or_default()),
    }
}
