//! Workbooks to model: read → locate → interpret → assemble.
//!
//! [`read`] turns the bytes of a file into sheets of shown text. [`locate`] finds the form's
//! tables in them by their labels, the rows of these, and what stands above them. [`interpret`]
//! makes measures and KPIs of the rows, and tells of what is marked or stands where nobody reads
//! it. [`assemble`] joins what all departments sent into one [`Annex`]: owners, ids, links, order.
//! [`consolidated`](mod@consolidated) reads our own workbook back with the same steps, and
//! [`survey`] looks through workbooks of a shape that no settings declare yet.
//!
//! Nothing here judges. What a rule may speak of is noted as [`crate::model::Observation`] in the
//! file's [`Receipt`]; a file that cannot be read leaves a receipt and the others go on.

mod assemble;
mod cache;
mod consolidated;
pub mod figure;
mod interpret;
mod locate;
mod read;
mod reorganisation;
pub mod survey;

use crate::diag::Place;
use crate::edition::{Edition, Limit, Limits, StruckText};
use crate::model::{Annex, KnownIds, ObservationKind, Observations, Outcome, Receipt};
use interpret::{Entries, FileRows, Submission, Submitter, Vocabulary};
use locate::{Heading, Located};
use rayon::prelude::*;
use read::Refusal;
use read::grid::Book;

pub use assemble::{Intake, SubmittedRow};
pub use cache::SubmissionCache;
pub use consolidated::consolidated;
pub use read::{Source, Unread, is_torn, number_format};
pub use reorganisation::reorganisation;

/// Reads the submissions of an edition.
///
/// `previous` is the annex of the edition before: a row without an id takes the id of the entry
/// of the same name and section there. The result does not depend on the order of `sources`.
pub fn run(edition: &Edition, previous: Option<&Annex>, sources: Vec<Source>) -> Intake {
    let known = KnownIds { previous, kept: &[] };
    run_with(&mut SubmissionCache::default(), edition, known, sources)
}

/// As [`run`], with the ids that the edition has given out before; what is in the cache is not read
/// again. The sources are asked for one by one, on
/// all cores.
pub fn run_with(
    cache: &mut SubmissionCache,
    edition: &Edition,
    known: KnownIds,
    sources: impl IntoParallelIterator<Item = Source>,
) -> Intake {
    let vocabulary = Vocabulary::new(edition);
    let submissions = cache.read(edition, sources, |source| submission(&vocabulary, source));
    assemble::assemble(edition, &vocabulary, known, submissions)
}

/// One file on its way from bytes to what it says.
fn submission(vocabulary: &Vocabulary, source: Source) -> Submission {
    let edition = vocabulary.edition;
    let mut book = read::read(source, &edition.limits);
    let words = &edition.schema.words;
    let sheet = |table| edition.levels.have(table).then(|| words.sheet(table));
    locate::keep_sound(&mut book, &edition.schema, sheet);
    if edition.form.struck_text == StruckText::LeaveOut {
        book.leave_out_struck();
    }
    let mut observations = std::mem::take(&mut book.observations);
    let tables = {
        let is_wanted = |table| edition.levels.have(table);
        locate::tables(&book, &edition.schema, is_wanted, &mut observations)
    };
    let received = locate::received(&book, &edition.schema, sheet, &tables, &mut observations);
    let has = |table| received.tables.iter().any(|received| received.table == table);
    locate::note_missing(&book, sheet, has, &mut observations);
    let heading = locate::heading(&tables);
    let department = if is_beside(&observations) {
        None
    } else {
        interpret::department(vocabulary, &book, &heading, &mut observations)
    };
    let name = department.and_then(|index| vocabulary.department_name(index));
    if let Some((at, refusal)) = beyond_rows(&tables, &edition.limits) {
        let mut observations = Observations::default();
        refusal.note(at, &mut observations);
        let receipt = receipt(&book, name, &heading, observations);
        let receipt = Receipt { outcome: Outcome::Unreadable, ..receipt };
        let (measures, kpis, rows) = (Vec::new(), Vec::new(), FileRows::none());
        return Submission { department, measures, kpis, receipt, rows };
    }
    let submitter = Submitter::new(name, &heading, &book);
    let Entries { measures, kpis, groups } =
        interpret::entries(vocabulary, &tables, &submitter, &mut observations);
    interpret::annotations(&tables, &mut observations);
    interpret::stray_text(&book, &edition.schema, &tables, &received.said, &mut observations);
    heading.differences(edition, &mut observations);
    interpret::other_edition(edition, &book, &mut observations);
    let receipt = receipt(&book, name, &heading, observations);
    let receipt =
        Receipt { measures: measures.len(), kpis: kpis.len(), tables: received.tables, ..receipt };
    let rows = FileRows::new(&submitter, tables, groups);
    Submission { department, measures, kpis, receipt, rows }
}

/// Whether a file only lies beside the submissions.
fn is_beside(observations: &Observations) -> bool {
    observations.iter().any(|observation| observation.kind == ObservationKind::StrayFile)
}

/// What is known of a file, with none of its entries counted yet.
fn receipt(
    book: &Book,
    department: Option<&str>,
    heading: &Heading,
    observations: Observations,
) -> Receipt {
    Receipt {
        file: book.file.clone(),
        department: department.map(str::to_owned),
        stated_department: heading.department().cloned(),
        round: heading.round,
        round_at: heading.round_at.clone(),
        contact: interpret::contact(book),
        form: book.stamp.clone(),
        outcome: match book.readable {
            true => Outcome::Read,
            false if is_beside(&observations) => Outcome::Beside,
            false => Outcome::Unreadable,
        },
        measures: 0,
        kpis: 0,
        tables: Vec::new(),
        observations,
    }
}

/// Why a form with a table of more rows than the limits allow is refused, before anything is made
/// of them.
fn beyond_rows(tables: &[Located], limits: &Limits) -> Option<(Place, Refusal)> {
    tables.iter().find_map(|located| {
        let rows = [(Limit::Rows, located.rows.len() as u64)];
        let refusal = read::within(limits, rows).err()?;
        Some((Place::sheet(&located.sheet.file, &located.sheet.name), refusal))
    })
}

#[cfg(test)]
mod tests;
