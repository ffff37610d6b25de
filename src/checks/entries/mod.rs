//! Rules on measures, and on what measures and KPIs have in common.

pub mod abolished_but_written;
pub mod abolished_without_reason;
pub mod abolition_mark_in_name;
pub mod category_unknown;
pub mod continued_without_forerunner;
pub mod department_left_blank;
pub mod department_unknown;
pub mod entry_missing;
pub mod id_given_twice;
pub mod id_of_other_department;
pub mod id_swapped;
pub mod id_unknown;
pub mod line_break_in_name;
pub mod listed_twice;
pub mod locked_text_changed;
pub mod mark_beside_name;
pub mod measure_given_twice;
pub mod near_duplicate;
pub mod new_with_old_id;
pub mod not_in_annex;
pub mod note_asks;
pub mod order_given_twice;
pub mod place_read_as;
pub mod placeholder_left;
pub mod repost_category_unknown;
pub mod repost_into_own_category;
pub mod repost_mark_in_name;
pub mod repost_twice;
pub mod required_field_missing;
pub mod section_unknown;
pub mod shared_name;
pub mod status_contradicts_changes;
pub mod text_too_long;
pub mod transferred;
pub mod value_not_among_choices;
pub mod value_not_of_kind;

use std::collections::BTreeMap;

use crate::checks::prelude::*;
use crate::model::{Annex, Entry, Measure, Row};
use crate::schema::{Column, Table};
use crate::text;

/// What tells one measure from another: its name without （再掲）, and its section.
fn identity(words: &Words, measure: &Measure) -> (String, String) {
    let name = text::key(&measure.name.value);
    let marks = ["（再掲）", &words.repost].map(text::key);
    let bare = marks.iter().find_map(|mark| name.strip_suffix(mark.as_str()));
    let name = bare.unwrap_or(&name).to_owned();
    (name, text::key(&measure.section.value))
}

/// Every measure that stands for one before it in the forms, with that one: same name and
/// section, neither of them abolished.
fn twins(annex: &Annex) -> Vec<(&Measure, &Measure)> {
    let mut measures: Vec<_> = annex
        .measures
        .iter()
        .filter(|m| m.is_printed() && !m.name.value.is_empty())
        .map(|m| (identity(&annex.schema.words, m), m))
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

/// The columns of text that differ between two rows of one measure, for a message.
fn differing<'a>(context: &Context<'a>, a: &Measure, b: &Measure) -> Vec<&'a str> {
    let columns = context.edition.schema.values(Table::Measures);
    let columns = columns.filter(|column| column.is_wordy());
    let differ = columns.filter(|c| text::key(&a.text(c)) != text::key(&b.text(c)));
    differ.map(|column| column.short()).collect()
}

/// The columns of those asked for that say something else than the same row did before, for a
/// message. A column that the edition before did not have says nothing new.
fn differing_from<'a, R: Row>(
    context: &Context<'a>,
    table: Table,
    now: &R,
    then: &R,
    is_asked: impl Fn(&Column) -> bool,
) -> Vec<&'a str> {
    let columns = context.edition.schema.columns(table).iter();
    let differ = columns.filter(|column| is_asked(column)).filter(|column| {
        let (new, old) = (now.text(column), then.text(column));
        !then.places(column).iter().all(|place| place.is_nowhere())
            && text::key(&new) != text::key(&old)
    });
    differ.map(|column| column.short()).collect()
}

/// What stands in brackets of any kind in a key.
fn bracketed(name: &str) -> Vec<&str> {
    const OPEN: [char; 5] = ['(', '[', '【', '〔', '<'];
    const CLOSED: [char; 5] = [')', ']', '】', '〕', '>'];
    let pieces = name.split(OPEN).skip(1);
    pieces.filter_map(|piece| Some(piece.split_once(CLOSED)?.0)).collect()
}

/// Every measure and every KPI, with the table that it is of.
fn entries(annex: &Annex) -> impl Iterator<Item = (Table, &Entry)> {
    let measures = annex.measures.iter().map(|measure| (Table::Measures, &measure.entry));
    measures.chain(annex.kpis.iter().map(|kpi| (Table::Kpis, &kpi.entry)))
}

/// Every measure and every KPI that is printed.
fn printed(annex: &Annex) -> impl Iterator<Item = (Table, &Entry)> {
    entries(annex).filter(|(_, entry)| entry.is_printed())
}

/// An entry that one department gives up and another takes over: the row that is abolished, and
/// the one of another form that has its id and goes on.
struct Transfer<'a> {
    given: &'a Entry,
    taken: &'a Entry,
}

/// Every entry that goes on in another form than the one where its row is abolished.
fn transfers<'a>(context: &Context<'a>) -> Vec<Transfer<'a>> {
    let mut rows: BTreeMap<(Table, &str), Vec<&Entry>> = BTreeMap::new();
    for (table, entry) in entries(context.annex) {
        if let Some(stated) = entry.stated_id.as_ref().filter(|id| !id.value.is_empty()) {
            rows.entry((table, stated.value.as_str())).or_default().push(entry);
        }
    }
    let mut transfers = Vec::new();
    for rows in rows.into_values() {
        let (going_on, given): (Vec<&Entry>, Vec<&Entry>) =
            rows.into_iter().partition(|entry| entry.is_printed());
        if let (&[taken], &[given]) = (going_on.as_slice(), given.as_slice())
            && taken.submitted_by != given.submitted_by
        {
            transfers.push(Transfer { given, taken });
        }
    }
    transfers
}

/// The entry of an id in the edition before.
fn former<'a>(context: &Context<'a>, table: Table, id: &str) -> Option<&'a Entry> {
    let mut all = entries(context.previous?);
    Some(all.find(|(other, entry)| *other == table && entry.id.as_str() == id)?.1)
}
