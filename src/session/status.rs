//! Who has submitted, who has not, how many findings each.

use super::confirm::{Confirmation, confirmation};
use super::content::Content;
use super::departments::chosen;
use super::error::{Error, made};
use super::files::{self, Links};
use super::journal::digest;
use super::paths::Paths;
use crate::diag::Severity;
use crate::edition::Limit;
use crate::journal::{Moment, Received};
use crate::model::{Answer, Outcome, Receipt};
use crate::publish::artifact::Artifact;
use crate::publish::status::{Approval, DepartmentStatus, EditionStatus, Submission};
use crate::report::Report;

/// How an edition that was checked stands, or one department of it.
///
/// # Errors
/// There is no such department, or a submission cannot be read again.
pub fn status_of(
    paths: &Paths,
    content: &Content,
    report: &Report,
    department: Option<&str>,
) -> Result<EditionStatus, Error> {
    let of = |department: &str| of_department(paths, content, report, department);
    let departments = chosen(&content.edition, department)?;
    Ok(EditionStatus {
        departments: departments.into_iter().map(|d| of(&d.name)).collect::<Result<_, _>>()?,
        has_journal: content.journal.is_some(),
        words: content.edition.schema.words.clone(),
        other_errors: count(report, "", Severity::Error),
        other_warnings: count(report, "", Severity::Warning),
    })
}

/// The departments of a status, for programs.
pub fn json_of_status(status: &EditionStatus) -> Result<Artifact, Error> {
    made(status.json())
}

fn of_department(
    paths: &Paths,
    content: &Content,
    report: &Report,
    department: &str,
) -> Result<DepartmentStatus, Error> {
    let receipts = &content.intake.receipts;
    let receipt = receipts
        .iter()
        .find(|r| r.department.as_deref() == Some(department) && r.outcome == Outcome::Read);
    let submission = match Outcome::of(receipts, department) {
        None => Submission::Missing,
        Some(Outcome::Read) => match receipt.map(Receipt::answer) {
            Some(Answer::Nothing) => Submission::Nothing,
            Some(Answer::Blank) => Submission::Blank,
            Some(Answer::Entries) | None => Submission::Read,
        },
        Some(Outcome::Unreadable | Outcome::Superseded | Outcome::Beside) => Submission::Unreadable,
    };
    let contact = receipt.map(|receipt| receipt.contact.clone()).unwrap_or_default();
    Ok(DepartmentStatus {
        department: department.to_owned(),
        submission,
        file: receipt.map(|receipt| receipt.file.to_string()),
        round: receipt.and_then(|receipt| receipt.round),
        contact: contact.name,
        extension: contact.extension,
        email: contact.email,
        measures: receipt.map_or(0, |receipt| receipt.measures),
        kpis: receipt.map_or(0, |receipt| receipt.kpis),
        errors: count(report, department, Severity::Error),
        warnings: count(report, department, Severity::Warning),
        received: receipt.map_or(Ok(String::new()), |receipt| received(paths, content, receipt))?,
        confirmation: content.journal.is_some().then(|| approval(content, department)),
    })
}

/// When a submission came in; nothing where the journal does not know it.
fn received(paths: &Paths, content: &Content, receipt: &Receipt) -> Result<String, Error> {
    let Some(journal) = &content.journal else { return Ok(String::new()) };
    let path = paths.submissions.join(&*receipt.file);
    let bytes = files::read(&path, content.edition.limits.most(Limit::File), Links::Refuse)
        .map_err(|why| Error::unreadable(&path, why))?;
    // When one came that somebody laid there, nobody knows.
    let arrival = journal.arrival(&digest(&bytes)).filter(|(_, received)| !received.found);
    Ok(arrival.map_or_else(String::new, |(at, _)| at.shown()))
}

fn approval(content: &Content, department: &str) -> Approval {
    match confirmation(content, department) {
        Confirmation::Given(at, said) => Approval::Given { at: at.shown(), by: said.by },
        Confirmation::Outdated(at, said) => Approval::Outdated { at: at.shown(), by: said.by },
        Confirmation::Missing => Approval::Missing,
    }
}

/// What came in on the day of a moment and later, the earliest first; `None` where the edition
/// keeps no journal. What lay there before it was recorded did not come in on any known day.
pub fn received_since(content: &Content, since: Moment) -> Option<Vec<(Moment, Received)>> {
    let received = content.journal.as_ref()?.received();
    let later = received.filter(|(at, received)| at.date() >= since.date() && !received.found);
    Some(later.map(|(at, received)| (*at, received.clone())).collect())
}

/// The findings of a department that nobody has accepted.
fn count(report: &Report, department: &str, severity: Severity) -> usize {
    let own = report.findings.iter().filter(|f| f.department == department);
    own.filter(|f| f.severity == severity && f.accepted.is_none()).count()
}
