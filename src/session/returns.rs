//! Each department's file back with its findings in it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::content::Content;
use super::departments::chosen;
use super::error::{Error, made};
use super::files::{self, Links};
use super::output::{Outputs, Written};
use super::paths::Paths;
use crate::diag::{Finding, Severity};
use crate::edition::{Department, Limit};
use crate::forms::{self, Letter, OwnCorrection, Submitted};
use crate::intake::{self, Intake, Source};
use crate::model::{ObservationKind, Outcome, Receipt};
use crate::publish::artifact::{Artifact, ContentType};
use crate::report::Report;

/// What goes back to the departments.
#[derive(Debug)]
pub struct Returned {
    /// The departments that something goes back to.
    pub departments: Vec<String>,
    /// What was made before and holds no more: it is not to be sent.
    pub outdated: Vec<Outdated>,
    pub written: Vec<Written>,
}

/// A file of an earlier return that this one has not made again.
#[derive(Debug)]
pub struct Outdated {
    pub department: String,
    pub file: PathBuf,
}

/// Writes the files that go back and their covering texts into a folder, of one department or of
/// all.
pub(super) fn write(
    paths: &Paths,
    content: &Content,
    report: &Report,
    department: Option<&str>,
    out: &Path,
) -> Result<Returned, Error> {
    // What is only worth knowing does not send a form back.
    let is_told = |finding: &&Finding| finding.severity != Severity::Info;
    let findings: Vec<&Finding> = report.findings.iter().filter(is_told).collect();
    let mut outputs = Outputs::default();
    let mut returned =
        Returned { departments: Vec::new(), outdated: Vec::new(), written: Vec::new() };
    for department in chosen(&content.edition, department)? {
        let goes_back = GoesBack { paths, content, department, findings: &findings };
        let artifacts = goes_back.artifacts()?;
        let is_made = |name: &String| artifacts.iter().any(|artifact| artifact.name == *name);
        let files = goes_back.names().into_iter().filter(|name| !is_made(name));
        let files = files.map(|name| out.join(name)).filter(|file| file.is_file());
        let outdated = files.map(|file| Outdated { department: department.name.clone(), file });
        returned.outdated.extend(outdated);
        if !artifacts.is_empty() {
            returned.departments.push(department.name.clone());
            outputs.extend(artifacts);
        }
    }
    if !returned.departments.is_empty() {
        returned.written = outputs.write(out)?;
    }
    Ok(returned)
}

/// What goes back to one department.
struct GoesBack<'a> {
    paths: &'a Paths,
    content: &'a Content,
    department: &'a Department,
    findings: &'a [&'a Finding],
}

impl<'a> GoesBack<'a> {
    /// Its files; none where there is nothing to say to it.
    fn artifacts(&self) -> Result<Vec<Artifact>, Error> {
        let Self { content, department, .. } = self;
        let edition = &content.edition;
        let outcome = Outcome::of(&content.intake.receipts, &department.name);
        let receipt = self.receipts().find(|receipt| Some(receipt.outcome) == outcome);
        let mut attached = match receipt {
            Some(receipt) if outcome == Some(Outcome::Read) => self.form(receipt)?,
            _ => Vec::new(),
        };
        let file = receipt.map(|receipt| &*receipt.file);
        let person = receipt.map(|receipt| receipt.contact.name.as_str());
        let person = person.filter(|name| !name.is_empty());
        let corrections = &self.corrections();
        let about = Letter { outcome, file, person, beside: attached.len() > 1, corrections };
        let letter = forms::letter(edition, department, &about, self.findings.iter().copied());
        if letter.is_empty() {
            return Ok(Vec::new());
        }
        let letter = made(letter)?;
        let with: Vec<&Artifact> = attached.iter().collect();
        let mail = made(forms::mail(edition, department, &letter, &with))?;
        attached.extend([letter, mail]);
        Ok(attached)
    }

    /// The department's file with its findings in it, or as it came with its findings beside it.
    fn form(&self, receipt: &Receipt) -> Result<Vec<Artifact>, Error> {
        let Self { content, department, .. } = self;
        let edition = &content.edition;
        let findings = || self.findings.iter().copied();
        let path = self.paths.submissions.join(&*receipt.file);
        let bytes = files::read(&path, edition.limits.most(Limit::File), Links::Refuse)
            .map_err(|why| Error::unreadable(&path, why))?;
        let file = &*receipt.file;
        let corrections = &self.corrections();
        // Colours may bring to light what could not be seen; then the cells are left as they are.
        let mut marked = [true, false].into_iter().filter_map(|is_colored| {
            let submitted = Submitted {
                file,
                bytes: &bytes,
                round_at: &receipt.round_at,
                round: self.next_round(),
                is_colored,
                corrections,
            };
            let marked = forms::returned(edition, department, &submitted, findings())?;
            self.says_the_same(receipt, &bytes, &marked).then_some(marked)
        });
        if let Some(marked) = marked.next() {
            return Ok(vec![Artifact::new(file, ContentType::Workbook, marked)]);
        }
        let beside = forms::findings_beside(edition, department, file, findings(), corrections);
        if beside.is_empty() {
            return Ok(Vec::new());
        }
        Ok(vec![Artifact::new(file, ContentType::Workbook, bytes), made(beside)?])
    }

    /// What is corrected in its file.
    fn corrections(&self) -> Vec<OwnCorrection<'a>> {
        forms::own_corrections(&self.content.intake.annex, &self.department.name)
    }

    /// Whether nothing but 提出回 is read otherwise from a file with its findings in it: what comes
    /// back unchanged must have the same findings again.
    fn says_the_same(&self, receipt: &Receipt, own: &[u8], marked: &[u8]) -> bool {
        let Content { edition, succession, .. } = self.content;
        let before = succession.as_ref().map(|succession| &succession.annex);
        let read = |bytes: &[u8]| {
            let source = Source { name: Arc::clone(&receipt.file), bytes: Ok(bytes.to_vec()) };
            let mut intake = intake::run(edition, before, vec![source]);
            for receipt in &mut intake.receipts {
                receipt.round = None;
                let kept = receipt.observations.iter().cloned();
                receipt.observations =
                    kept.filter(|o| o.kind != ObservationKind::UnknownRound).collect();
            }
            intake
        };
        let (Intake { annex, receipts, .. }, again) = (read(own), read(marked));
        annex == again.annex && receipts == again.receipts
    }

    fn receipts(&self) -> impl Iterator<Item = &'a Receipt> {
        let name = &self.department.name;
        let receipts = self.content.intake.receipts.iter();
        receipts.filter(move |receipt| receipt.department.as_ref() == Some(name))
    }

    fn next_round(&self) -> u32 {
        next_round(&self.content.intake.receipts, self.department)
    }

    /// The names of all that may have been made for the department.
    fn names(&self) -> Vec<String> {
        let files = self.receipts().map(|receipt| receipt.file.to_string());
        forms::names_of_returns(&self.content.edition, self.department, files)
    }
}

/// The 提出回 that the next submission of a department is to have.
pub(super) fn next_round(receipts: &[Receipt], department: &Department) -> u32 {
    let own = receipts.iter().filter(|r| r.department.as_deref() == Some(&department.name));
    own.filter_map(|receipt| receipt.round).max().unwrap_or(1).saturating_add(1)
}
