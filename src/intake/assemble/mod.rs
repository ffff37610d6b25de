//! Submissions to the annex: one file a department, ids, links, and the order of print.

mod corrected;
pub mod ids;
pub mod link;
mod order;
mod superseded;

use std::sync::Arc;

use crate::edition::{self, Edition};
use crate::intake::interpret::{FileRows, RowIndex, Submission, Vocabulary};
use crate::model::{
    Annex, FORMAT, Heading, HeadingId, Id, KnownIds, Kpi, Listing, Measure, Outcome, Receipt,
};
use crate::schema::Table;

/// What the submissions say, and one receipt a file in the order of the file names.
#[derive(Clone, Debug)]
pub struct Intake {
    pub annex: Annex,
    pub receipts: Vec<Receipt>,
    /// The row of every entry: those of the measures, then those of the KPIs, in the order of the
    /// departments and their forms.
    pub rows: Vec<SubmittedRow>,
}

/// The row that an entry was read from.
#[derive(Clone, Debug)]
pub struct SubmittedRow {
    pub id: Id,
    table: Table,
    file: Arc<FileRows>,
    at: RowIndex,
}

/// Joins the submissions, which come in the order of their file names.
pub fn assemble(
    edition: &Edition,
    vocabulary: &Vocabulary,
    known: KnownIds,
    mut submissions: Vec<Submission>,
) -> Intake {
    superseded::leave_out_superseded(&mut submissions);
    let receipts: Vec<Receipt> = submissions.iter().map(|s| s.receipt.clone()).collect();
    submissions.retain(|submission| submission.receipt.outcome == Outcome::Read);
    // A stable sort: files of no known department come last, by their names.
    submissions.sort_by_key(|submission| (submission.department.is_none(), submission.department));
    let (mut measures, mut kpis) = (Vec::new(), Vec::new());
    let mut rows: Vec<SubmittedRow> = Vec::new();
    for table in Table::ALL {
        for Submission { rows: file, .. } in &submissions {
            let row = |at| SubmittedRow { id: Id::default(), table, file: file.clone(), at };
            rows.extend(file.of(table).map(row));
        }
    }
    for submission in submissions {
        measures.extend(submission.measures);
        kpis.extend(submission.kpis);
    }
    let headings: Vec<HeadingId> = edition.headings().iter().map(|heading| heading.id).collect();
    number(vocabulary, known, &headings, &mut measures, &mut kpis);
    name_rows(&mut rows, &measures, &kpis);
    let names = link::Names::new(&measures, &edition.schema.words);
    kpis.iter_mut().for_each(|kpi| names.link(kpi));
    Intake { annex: finish(vocabulary, measures, kpis), receipts, rows }
}

/// Gives every row the id of its entry.
fn name_rows(rows: &mut [SubmittedRow], measures: &[Measure], kpis: &[Kpi]) {
    let ids = measures.iter().map(|measure| &measure.id);
    let ids = ids.chain(kpis.iter().map(|kpi| &kpi.id));
    rows.iter_mut().zip(ids).for_each(|(row, id)| row.id = id.clone());
}

/// The annex of entries in the order of their forms' rows, with ids and links.
fn finish(vocabulary: &Vocabulary, mut measures: Vec<Measure>, mut kpis: Vec<Kpi>) -> Annex {
    let edition = vocabulary.edition;
    let numbered = edition.headings();
    let headings = numbered.iter().map(|heading| listed(vocabulary, heading, &measures, &kpis));
    let outline = Heading::tree(headings.collect());
    measures.sort_by(|a, b| a.id.cmp(&b.id));
    kpis.sort_by(|a, b| a.id.cmp(&b.id));
    Annex {
        format: FORMAT.into(),
        schema: edition.schema.clone(),
        front: edition.front.clone(),
        levels: edition.levels.clone(),
        outline,
        measures,
        kpis,
        corrections: Vec::new(),
    }
}

/// Gives out the ids, new numbers in printing order: own listings heading by heading, then
/// what is listed nowhere.
fn number(
    vocabulary: &Vocabulary,
    known: KnownIds,
    headings: &[HeadingId],
    measures: &mut [Measure],
    kpis: &mut [Kpi],
) {
    let listings = headings.iter().flat_map(|&id| order::listings(vocabulary, measures, id));
    let own = listings.filter(|listed| !listed.repost);
    let printed: Vec<usize> = own.map(|listed| listed.index).collect();
    ids::of_measures(measures, &printed, vocabulary, known);
    let listed = headings.iter().flat_map(|&id| order::kpis(kpis, id));
    let printed: Vec<usize> = listed.map(|(index, _)| index).collect();
    ids::of_kpis(kpis, &printed, vocabulary, known);
}

/// A heading with its rows; those that stand under it come by themselves.
fn listed(
    vocabulary: &Vocabulary,
    heading: &edition::Numbered,
    measures: &[Measure],
    kpis: &[Kpi],
) -> Heading {
    let edition = vocabulary.edition;
    let listings = order::listings(vocabulary, measures, heading.id).into_iter();
    let listings = listings
        .map(|listed| Listing { measure: listed.measure.id.clone(), repost: listed.repost });
    let printed = order::kpis(kpis, heading.id).into_iter().map(|(_, kpi)| kpi);
    let printed = printed.chain(order::reposted_kpis(kpis, heading.id));
    let holds_kpis = edition.levels.hold(heading.id.depth(), Table::Kpis);
    let note = heading.heading.kpi_note.as_ref().filter(|_| holds_kpis);
    let usual = if holds_kpis { edition.kpi_note.as_str() } else { "" };
    Heading {
        id: heading.id,
        number: heading.number.clone(),
        prefix: heading.prefix.clone(),
        title: heading.heading.title.clone(),
        text: heading.heading.text.clone(),
        listings: listings.collect(),
        kpis: printed.map(|kpi| kpi.id.clone()).collect(),
        note: note.map_or(usual, String::as_str).to_owned(),
        headings: Vec::new(),
    }
}
