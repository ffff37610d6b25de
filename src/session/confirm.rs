//! A department's part of the annex: as a paper for its approval, and its word that it is right.

use super::Session;
use super::content::Content;
use super::departments::chosen;
use super::error::{Error, made};
use super::guard::{Allowance, guarded};
use super::hold::Hold;
use super::journal::{OpenJournal, digest};
use super::observer::{Observer, Stage, stage};
use super::progress;
use crate::diag::Finding;
use crate::journal::{self, Confirmed, Event, Moment};
use crate::model::{Annex, Front, Outcome};
use crate::publish::artifact::{Artifact, Rendered};
use crate::publish::confirmation::Confirmation as Asked;
use crate::publish::workbook::confirmation as workbook;
use crate::publish::{data, pdf};
use crate::report::Report;

/// Whether a department has said that its part is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Confirmation {
    /// It has.
    Given(Moment, Confirmed),
    /// It has, of a part that was another then.
    Outdated(Moment, Confirmed),
    Missing,
}

/// The form in which a department gets its part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfirmationFormat {
    Pdf,
    Workbook,
}

/// A department's part as it will be printed, with the pages of the whole annex and what was
/// corrected: by the department's name, and as a paper.
pub(super) fn paper(
    session: &mut Session,
    department: &str,
    format: ConfirmationFormat,
    observer: &dyn Observer,
) -> Result<(String, Artifact), Error> {
    let (content, report) = session.settled()?;
    let (department, part) = part(&content, department)?;
    let allowance = Allowance::of(&content.edition, [&content.intake.annex]);
    let paper = stage(observer, Stage::Typesetting, || {
        guarded(observer, &allowance, || rendered(&content, &report, &department, &part, format))
    });
    Ok((department, made(paper)?))
}

fn rendered(
    content: &Content,
    report: &Report,
    department: &str,
    part: &Annex,
    format: ConfirmationFormat,
) -> Rendered {
    if content.edition.results.is_some() && format == ConfirmationFormat::Pdf {
        return progress::paper_of_results(content, part);
    }
    let (edition, annex) = (&content.edition, &content.intake.annex);
    let whole = pdf::Options {
        draft: Some(report.of(&[department]).blocking()),
        templates: content.templates.clone(),
        chapters: content.chapters.clone(),
        ..pdf::Options::default()
    };
    let (pages, findings) = pdf::entry_pages(edition, annex, &whole);
    let Some(pages) = pages else { return Rendered { artifacts: Vec::new(), findings } };
    let asked = Asked::new(part, department, &edition.form.contact, &pages);
    match format {
        ConfirmationFormat::Workbook => workbook::render(edition, part, &asked),
        ConfirmationFormat::Pdf => {
            let mut own = whole;
            // What the paper consists of is ours; how the part looks is the edition's.
            own.templates.retain(|(name, _)| !OF_THE_PAPER.contains(&name.as_str()));
            own.confirmation = Some(asked);
            pdf::render(edition, part, &own)
        }
    }
}

/// The templates that put cover, contents and pages together.
const OF_THE_PAPER: [&str; 2] = ["main.typ", "foot.typ"];

/// Takes down that somebody said for a department that its part is right.
pub(super) fn confirm(
    session: &mut Session,
    department: &str,
    by: &str,
    at: Moment,
) -> Result<Confirmed, Error> {
    let hold = Hold::take(&session.paths, &session.work)?;
    let (content, _) = session.settled()?;
    let (department, part) = part(&content, department)?;
    let confirmed = Confirmed { department, by: by.to_owned(), sha256: digest_of(&part) };
    let mut journal = OpenJournal::take(&session.paths, &hold)?;
    journal.add(at, Event::Confirmed(confirmed.clone()))?;
    Ok(confirmed)
}

/// What a department has said of its part as it is now.
pub fn confirmation(content: &Content, department: &str) -> Confirmation {
    let said = content.journal.as_ref().and_then(|journal| journal.confirmation(department));
    let Some((at, confirmed)) = said else { return Confirmation::Missing };
    let (at, confirmed) = (*at, confirmed.clone());
    if digest_of(&content.intake.annex.part_of(department)) == confirmed.sha256 {
        Confirmation::Given(at, confirmed)
    } else {
        Confirmation::Outdated(at, confirmed)
    }
}

/// That some departments have not confirmed their parts, where the edition keeps a journal.
pub(super) fn unconfirmed(content: &Content) -> Option<Finding> {
    content.journal.as_ref()?;
    let departments = content.edition.departments.iter().map(|department| &*department.name);
    let missing: Vec<&str> = departments
        .filter(|name| Outcome::of(&content.intake.receipts, name) == Some(Outcome::Read))
        .filter(|name| !matches!(confirmation(content, name), Confirmation::Given(..)))
        .collect();
    (!missing.is_empty()).then(|| journal::unconfirmed(&missing))
}

/// The part of a department that has submitted, with the department's name.
fn part(content: &Content, department: &str) -> Result<(String, Annex), Error> {
    let departments = chosen(&content.edition, Some(department))?;
    let name = departments.first().map_or(department, |department| &department.name);
    if Outcome::of(&content.intake.receipts, name) != Some(Outcome::Read) {
        return Err(Error::NotSubmitted { department: name.to_owned() });
    }
    Ok((name.to_owned(), content.intake.annex.part_of(name)))
}

/// Of what a part says, wherever it stands in the department's file and in whatever version.
fn digest_of(part: &Annex) -> String {
    let part = Annex { front: Front::default(), ..part.clone() };
    digest(data::lines(&part).as_bytes())
}
