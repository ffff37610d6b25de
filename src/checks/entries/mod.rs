//! Rules on measures, and on what measures and KPIs have in common.

pub mod abolition_mark_in_name;
pub mod category_unknown;
pub mod continued_without_forerunner;
pub mod department_unknown;
pub mod entry_missing;
pub mod id_given_twice;
pub mod id_of_other_department;
pub mod id_swapped;
pub mod id_unknown;
pub mod listed_twice;
pub mod measure_given_twice;
pub mod near_duplicate;
pub mod new_with_old_id;
pub mod note_asks;
pub mod order_given_twice;
pub mod placeholder_left;
pub mod repost_category_unknown;
pub mod repost_into_own_category;
pub mod repost_mark_in_name;
pub mod repost_twice;
pub mod required_field_missing;
pub mod section_unknown;
pub mod shared_name;
pub mod text_too_long;

use crate::checks::Context;
use crate::model::{Annex, Id, Measure, Sourced, Status};
use crate::schema::keys;
use crate::text;

/// The word that the annex prints after the name of a repost.
const REPOST_MARK: &str = "(再掲)";

/// What tells one measure from another: its name without （再掲）, and its section.
fn identity(measure: &Measure) -> (String, String) {
    let name = text::key(&measure.name.value);
    let name = name.strip_suffix(REPOST_MARK).unwrap_or(&name).to_owned();
    (name, text::key(&measure.section.value))
}

/// Every measure that stands for one before it in the forms, with that one: same name and
/// section, neither of them abolished.
fn twins(annex: &Annex) -> Vec<(&Measure, &Measure)> {
    let mut measures: Vec<_> = annex
        .measures
        .iter()
        .filter(|m| m.status.value != Status::Abolished && !m.name.value.is_empty())
        .map(|m| (identity(m), m))
        .collect();
    measures.sort_by(|(a, m), (b, n)| a.cmp(b).then_with(|| m.name.at.cmp(&n.name.at)));
    let mut twins = Vec::new();
    for group in measures.chunk_by(|(a, _), (b, _)| a == b) {
        if let Some(((_, first), rest)) = group.split_first() {
            twins.extend(rest.iter().map(|(_, measure)| (*measure, *first)));
        }
    }
    twins.sort_by(|(m, _), (n, _)| m.name.at.cmp(&n.name.at));
    twins
}

/// The columns whose texts differ between two rows of one measure, for the end of a message.
fn differing(a: &Measure, b: &Measure) -> Vec<&'static str> {
    let mut columns = Vec::new();
    if text::key(&a.value(keys::OVERVIEW).value) != text::key(&b.value(keys::OVERVIEW).value) {
        columns.push("概要");
    }
    if text::key(&a.value(keys::PURPOSE).value) != text::key(&b.value(keys::PURPOSE).value) {
        columns.push("目的");
    }
    columns
}

/// What stands in brackets of any kind in a key.
fn bracketed(name: &str) -> Vec<&str> {
    const OPEN: [char; 5] = ['(', '[', '【', '〔', '<'];
    const CLOSED: [char; 5] = [')', ']', '】', '〕', '>'];
    let pieces = name.split(OPEN).skip(1);
    pieces.filter_map(|piece| Some(piece.split_once(CLOSED)?.0)).collect()
}

/// A measure or a KPI, as far as the two are alike.
struct Entry<'a> {
    id: &'a Id,
    /// The id that the form has.
    stated: Option<&'a Sourced<String>>,
    status: &'a Sourced<Status>,
    name: &'a Sourced<String>,
    /// The department whose form it came in.
    department: &'a str,
    kpi: bool,
}

/// Every measure and every KPI.
fn entries(annex: &Annex) -> impl Iterator<Item = Entry<'_>> {
    let measures = annex.measures.iter().map(|m| Entry {
        id: &m.id,
        stated: m.stated_id.as_ref(),
        status: &m.status,
        name: &m.name,
        department: &m.submitted_by,
        kpi: false,
    });
    let kpis = annex.kpis.iter().map(|k| Entry {
        id: &k.id,
        stated: k.stated_id.as_ref(),
        status: &k.status,
        name: &k.name,
        department: &k.submitted_by,
        kpi: true,
    });
    measures.chain(kpis)
}

/// Whether the edition before has a KPI, or else a measure, of the id.
fn is_of_previous(context: &Context, kpi: bool, id: &str) -> bool {
    context
        .previous
        .is_some_and(|previous| entries(previous).any(|e| e.kpi == kpi && e.id.as_str() == id))
}
