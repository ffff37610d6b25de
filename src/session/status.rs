//! Who has submitted, who has not, how many findings each.

use serde::Serialize;

use super::content::Content;
use super::error::{Error, made};
use crate::diag::Severity;
use crate::model::Outcome;
use crate::publish::artifact::{Artifact, ContentType, Rendered};
use crate::report::Report;

/// What came from a department.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Submission {
    Read,
    Unreadable,
    Missing,
}

/// How a department stands.
#[derive(Debug, Serialize)]
pub struct DepartmentStatus {
    pub department: String,
    pub submission: Submission,
    /// The file that counts; absent where none was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// 提出回
    #[serde(skip_serializing_if = "Option::is_none")]
    pub round: Option<u32>,
    pub measures: usize,
    pub kpis: usize,
    pub errors: usize,
    pub warnings: usize,
}

/// How the edition stands.
#[derive(Debug)]
pub struct EditionStatus {
    pub departments: Vec<DepartmentStatus>,
    /// Findings that are no department's.
    pub other_errors: usize,
    pub other_warnings: usize,
}

impl EditionStatus {
    pub fn new(content: &Content, report: &Report) -> Self {
        let of = |department: &str| DepartmentStatus::new(content, report, department);
        Self {
            departments: content.edition.departments.iter().map(|d| of(&d.name)).collect(),
            other_errors: count(report, "", Severity::Error),
            other_warnings: count(report, "", Severity::Warning),
        }
    }

    /// The departments, for programs.
    pub fn json(&self) -> Result<Artifact, Error> {
        let text = serde_json::to_string_pretty(&self.departments).map(|text| text + "\n");
        made(Rendered::text("status.json", ContentType::Json, text))
    }
}

impl DepartmentStatus {
    fn new(content: &Content, report: &Report, department: &str) -> Self {
        let receipts = &content.intake.receipts;
        let receipt = receipts
            .iter()
            .find(|r| r.department.as_deref() == Some(department) && r.outcome == Outcome::Read);
        let submission = match Outcome::of(receipts, department) {
            None => Submission::Missing,
            Some(Outcome::Read) => Submission::Read,
            Some(Outcome::Unreadable | Outcome::Superseded) => Submission::Unreadable,
        };
        Self {
            department: department.to_owned(),
            submission,
            file: receipt.map(|receipt| receipt.file.to_string()),
            round: receipt.and_then(|receipt| receipt.round),
            measures: receipt.map_or(0, |receipt| receipt.measures),
            kpis: receipt.map_or(0, |receipt| receipt.kpis),
            errors: count(report, department, Severity::Error),
            warnings: count(report, department, Severity::Warning),
        }
    }
}

/// The findings of a department that nobody has accepted.
fn count(report: &Report, department: &str, severity: Severity) -> usize {
    let own = report.findings.iter().filter(|f| f.department == department);
    own.filter(|f| f.severity == severity && f.accepted.is_none()).count()
}
