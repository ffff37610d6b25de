//! Each department's form back with its findings in it.

use std::path::{Path, PathBuf};

use super::content::Content;
use super::error::{Error, made};
use super::output::{Outputs, Written};
use crate::diag::{Finding, Severity};
use crate::edition::Department;
use crate::forms;
use crate::model::Outcome;
use crate::report::Report;

/// What goes back to the departments.
#[derive(Debug)]
pub struct Returned {
    /// The departments that something goes back to.
    pub departments: Vec<String>,
    /// What was sent back before and is right now: it is not to be sent again.
    pub outdated: Vec<Outdated>,
    pub written: Vec<Written>,
}

/// A form of an earlier return, of a department to which nothing goes back now.
#[derive(Debug)]
pub struct Outdated {
    pub department: String,
    pub form: PathBuf,
}

/// Writes the forms and their covering texts into a folder.
pub(super) fn write(content: &Content, report: &Report, out: &Path) -> Result<Returned, Error> {
    // What is only worth knowing does not send a form back.
    let is_told = |finding: &&Finding| finding.severity != Severity::Info;
    let findings: Vec<&Finding> = report.findings.iter().filter(is_told).collect();
    let mut outputs = Outputs::default();
    let mut returned =
        Returned { departments: Vec::new(), outdated: Vec::new(), written: Vec::new() };
    for department in &content.edition.departments {
        if add(content, department, &findings, &mut outputs)? {
            returned.departments.push(department.name.clone());
            continue;
        }
        let form = out.join(forms::file_name(&content.edition, department));
        if form.is_file() {
            returned.outdated.push(Outdated { department: department.name.clone(), form });
        }
    }
    if !returned.departments.is_empty() {
        returned.written = outputs.write(out)?;
    }
    Ok(returned)
}

/// The covering text for a department and its form; `false` where there is nothing to say to it.
fn add(
    content: &Content,
    department: &Department,
    findings: &[&Finding],
    outputs: &mut Outputs,
) -> Result<bool, Error> {
    let Content { edition, intake, .. } = content;
    let outcome = Outcome::of(&intake.receipts, &department.name);
    let letter = forms::letter(edition, department, outcome, findings.iter().copied());
    if letter.is_empty() {
        return Ok(false);
    }
    outputs.extend([made(letter)?]);
    // Where nothing was read, the form would come without the department's entries, and take the
    // place of the one that it has.
    if outcome == Some(Outcome::Read) {
        let rounds = intake
            .receipts
            .iter()
            .filter(|receipt| receipt.department.as_deref() == Some(&department.name))
            .filter_map(|receipt| receipt.round);
        let next = rounds.max().unwrap_or(1).saturating_add(1);
        let findings = findings.iter().copied();
        let form = forms::returned(edition, department, &intake.annex, findings, next);
        if !form.is_empty() {
            outputs.extend([made(form)?]);
        }
    }
    Ok(true)
}
