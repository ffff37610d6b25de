//! Submissions to the annex: one file a department, ids, links, and the order of print.

pub mod ids;
pub mod link;
mod order;
mod superseded;

use crate::edition::{self, Edition};
use crate::intake::interpret::{Submission, Vocabulary};
use crate::model::{
    Annex, FORMAT, Heading, HeadingId, KnownIds, Kpi, Listing, Measure, Outcome, Receipt,
};
use crate::schema::Table;

/// What the submissions say, and one receipt a file in the order of the file names.
#[derive(Clone, Debug)]
pub struct Intake {
    pub annex: Annex,
    pub receipts: Vec<Receipt>,
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
    for submission in submissions {
        measures.extend(submission.measures);
        kpis.extend(submission.kpis);
    }
    let numbered = edition.headings();
    let ids: Vec<HeadingId> = numbered.iter().map(|heading| heading.id).collect();
    number(vocabulary, known, &ids, &mut measures, &mut kpis);
    let names = link::Names::new(&measures, &edition.schema.words);
    kpis.iter_mut().for_each(|kpi| names.link(kpi));
    let headings = numbered.iter().map(|heading| listed(vocabulary, heading, &measures, &kpis));
    let outline = Heading::tree(headings.collect());
    measures.sort_by(|a, b| a.id.cmp(&b.id));
    kpis.sort_by(|a, b| a.id.cmp(&b.id));
    let annex = Annex {
        format: FORMAT.into(),
        schema: edition.schema.clone(),
        front: edition.front.clone(),
        levels: edition.levels.clone(),
        outline,
        measures,
        kpis,
    };
    Intake { annex, receipts }
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
