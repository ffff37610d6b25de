//! Submissions to the annex: one file a department, ids, links, and the order of print.

pub mod ids;
pub mod link;
mod order;
mod superseded;

use crate::edition::Edition;
use crate::intake::interpret::{Submission, Vocabulary};
use crate::model::{
    Annex, Category, CategoryId, FORMAT, Kpi, Listing, Measure, Outcome, Pillar, Receipt,
};

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
    previous: Option<&Annex>,
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
    let categories: Vec<CategoryId> = edition
        .categories()
        .map(|(pillar, category)| CategoryId { pillar: pillar.number, category: category.number })
        .collect();
    number(edition, vocabulary, previous, &categories, &mut measures, &mut kpis);
    let names = link::Names::new(&measures);
    kpis.iter_mut().for_each(|kpi| names.link(kpi));
    let pillars = edition.pillars.iter().map(|pillar| Pillar {
        number: pillar.number,
        title: pillar.title.clone(),
        categories: pillar
            .categories
            .iter()
            .map(|category| {
                let id = CategoryId { pillar: pillar.number, category: category.number };
                let note = category.kpi_note.as_ref().unwrap_or(&edition.kpi_note);
                listed(vocabulary, id, &category.title, note, &measures, &kpis)
            })
            .collect(),
    });
    let pillars = pillars.collect();
    measures.sort_by(|a, b| a.id.cmp(&b.id));
    kpis.sort_by(|a, b| a.id.cmp(&b.id));
    let annex = Annex {
        format: FORMAT.into(),
        schema: edition.schema.clone(),
        front: edition.front.clone(),
        pillars,
        measures,
        kpis,
    };
    Intake { annex, receipts }
}

/// Gives out the ids, new numbers in printing order: own listings category by category, then
/// what is listed nowhere.
fn number(
    edition: &Edition,
    vocabulary: &Vocabulary,
    previous: Option<&Annex>,
    categories: &[CategoryId],
    measures: &mut [Measure],
    kpis: &mut [Kpi],
) {
    let listings = categories.iter().flat_map(|&id| order::listings(vocabulary, measures, id));
    let own = listings.filter(|listed| !listed.repost);
    let printed: Vec<usize> = own.map(|listed| listed.index).collect();
    ids::of_measures(measures, &printed, edition, previous);
    let listed = categories.iter().flat_map(|&id| order::kpis(kpis, id));
    let printed: Vec<usize> = listed.map(|(index, _)| index).collect();
    ids::of_kpis(kpis, &printed, edition, previous);
}

fn listed(
    vocabulary: &Vocabulary,
    id: CategoryId,
    title: &str,
    note: &str,
    measures: &[Measure],
    kpis: &[Kpi],
) -> Category {
    let listings = order::listings(vocabulary, measures, id).into_iter();
    let listings = listings
        .map(|listed| Listing { measure: listed.measure.id.clone(), repost: listed.repost });
    let printed = order::kpis(kpis, id).into_iter();
    Category {
        id,
        title: title.to_owned(),
        listings: listings.collect(),
        kpis: printed.map(|(_, kpi)| kpi.id.clone()).collect(),
        note: note.to_owned(),
    }
}
