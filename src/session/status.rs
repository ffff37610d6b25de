//! Who has submitted, who has not, how many findings each.

use super::content::Content;
use super::departments::chosen;
use super::error::{Error, made};
use crate::diag::Severity;
use crate::model::{Answer, Outcome, Receipt};
use crate::publish::artifact::Artifact;
use crate::publish::status::{DepartmentStatus, EditionStatus, Submission};
use crate::report::Report;

/// How an edition that was checked stands, or one department of it.
pub fn status_of(
    content: &Content,
    report: &Report,
    department: Option<&str>,
) -> Result<EditionStatus, Error> {
    let of = |department: &str| of_department(content, report, department);
    let departments = chosen(&content.edition, department)?;
    Ok(EditionStatus {
        departments: departments.into_iter().map(|d| of(&d.name)).collect(),
        words: content.edition.schema.words.clone(),
        other_errors: count(report, "", Severity::Error),
        other_warnings: count(report, "", Severity::Warning),
    })
}

/// The departments of a status, for programs.
pub fn json_of_status(status: &EditionStatus) -> Result<Artifact, Error> {
    made(status.json())
}

fn of_department(content: &Content, report: &Report, department: &str) -> DepartmentStatus {
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
    DepartmentStatus {
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
    }
}

/// The findings of a department that nobody has accepted.
fn count(report: &Report, department: &str, severity: Severity) -> usize {
    let own = report.findings.iter().filter(|f| f.department == department);
    own.filter(|f| f.severity == severity && f.accepted.is_none()).count()
}
