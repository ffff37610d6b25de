//! Submissions to the annex: one file a department, ids, links, and the order of print.

use super::normalize::Submission;
use super::words::Words;
use super::{Intake, ids, link, order};
use crate::diag::Place;
use crate::edition::Edition;
use crate::model::{
    Annex, Category, CategoryId, FORMAT, Kpi, Listing, Measure, Observation, ObservationKind,
    Outcome, Pillar, Receipt,
};

/// Joins the submissions, which come in the order of their file names.
pub fn assemble(
    edition: &Edition,
    words: &Words,
    previous: Option<&Annex>,
    mut submissions: Vec<Submission>,
) -> Intake {
    leave_out_superseded(&mut submissions);
    let receipts: Vec<Receipt> = submissions.iter().map(|s| s.receipt.clone()).collect();
    submissions.retain(|submission| submission.receipt.outcome == Outcome::Read);
    // A stable sort: files of no known department come last, by their names.
    submissions.sort_by_key(|submission| submission.department.unwrap_or(usize::MAX));
    let (mut measures, mut kpis) = (Vec::new(), Vec::new());
    for submission in submissions {
        measures.extend(submission.measures);
        kpis.extend(submission.kpis);
    }
    let categories: Vec<CategoryId> = edition
        .categories()
        .map(|(pillar, category)| CategoryId { pillar: pillar.number, category: category.number })
        .collect();
    number(edition, words, previous, &categories, &mut measures, &mut kpis);
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
                listed(words, id, &category.title, note, &measures, &kpis)
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

/// Of several files of a department, the highest 提出回 counts; of equal ones, the first by name.
/// They are equal too where one of them has a 提出回 that cannot be read. The files left out are
/// told of; so is the one that counts where another claims the same.
fn leave_out_superseded(submissions: &mut [Submission]) {
    let has_unknown = |submission: &Submission| {
        let observations = &submission.receipt.observations;
        observations.iter().any(|observation| observation.kind == ObservationKind::UnknownRound)
    };
    let undecided: Vec<Option<usize>> =
        submissions.iter().filter(|s| has_unknown(s)).map(|s| s.department).collect();
    for index in 0..submissions.len() {
        let mut rivals = submissions.iter().enumerate().filter(|(_, other)| {
            other.receipt.outcome != Outcome::Unreadable
                && other.department.is_some()
                && submissions.get(index).is_some_and(|this| this.department == other.department)
        });
        if submissions.get(index).is_none_or(|s| s.receipt.outcome == Outcome::Unreadable) {
            continue;
        }
        let round = |submission: &Submission| match submission.receipt.round {
            _ if undecided.contains(&submission.department) => 0,
            round => round.unwrap_or(1),
        };
        let Some(own) = submissions.get(index).map(round) else { continue };
        let better = rivals
            .clone()
            .filter(|&(other, s)| round(s) > own || (round(s) == own && other < index))
            .max_by_key(|&(other, s)| (round(s), std::cmp::Reverse(other)));
        let rival = better.or_else(|| rivals.find(|&(other, s)| other != index && round(s) == own));
        let Some((_, rival)) = rival else { continue };
        let expected = rival.receipt.file.to_string();
        let superseded = better.is_some();
        if let Some(this) = submissions.get_mut(index) {
            this.receipt.observations.push(Observation {
                kind: ObservationKind::SecondFile,
                at: Place::file(&this.receipt.file),
                found: if own == 0 {
                    "提出回 不明".into()
                } else {
                    format!("提出回 {own}")
                },
                expected,
            });
            if superseded {
                this.receipt.outcome = Outcome::Superseded;
            }
        }
    }
}

/// Gives out the ids, new numbers in printing order: own listings category by category, then
/// what is listed nowhere.
fn number(
    edition: &Edition,
    words: &Words,
    previous: Option<&Annex>,
    categories: &[CategoryId],
    measures: &mut [Measure],
    kpis: &mut [Kpi],
) {
    let own = categories.iter().flat_map(|&category| {
        order::listings(words, measures, category).into_iter().filter(|&(_, repost)| !repost)
    });
    let printed: Vec<usize> = own.map(|(index, _)| index).chain(0..measures.len()).collect();
    ids::of_measures(measures, &printed, edition, previous);
    let printed: Vec<usize> = categories
        .iter()
        .flat_map(|&category| order::kpis(kpis, category))
        .chain(0..kpis.len())
        .collect();
    ids::of_kpis(kpis, &printed, edition, previous);
}

fn listed(
    words: &Words,
    id: CategoryId,
    title: &str,
    note: &str,
    measures: &[Measure],
    kpis: &[Kpi],
) -> Category {
    let listings =
        order::listings(words, measures, id).into_iter().filter_map(|(index, repost)| {
            Some(Listing { measure: measures.get(index)?.id.clone(), repost })
        });
    let printed = order::kpis(kpis, id).into_iter();
    Category {
        id,
        title: title.to_owned(),
        listings: listings.collect(),
        kpis: printed.filter_map(|index| Some(kpis.get(index)?.id.clone())).collect(),
        note: note.to_owned(),
    }
}
