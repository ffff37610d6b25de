//! The secretariat's corrections: `corrections.toml` in the edition's folder.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::PathBuf;

use super::content::{self, Content, check_with};
use super::error::{Error, ReadError};
use super::files::{self, Links};
use super::hold::Hold;
use super::paths::Paths;
use super::{Entries, Session, ids};
use crate::corrections::{self, Applicable, Judged, Subjects};
use crate::diag::{Finding, Place};
use crate::edition::{
    self, CORRECTIONS, Correction, Corrections, CorrectionsKind, Decision, Edition, Grounds,
    NewCorrection, limits,
};
use crate::intake::Intake;
use crate::model::{self, Id, KeptId, KnownIds};
use crate::publish::data;
use crate::report::Report;
use crate::text::key;

/// The bytes of the file; none where there is no file.
pub fn bytes(paths: &Paths) -> Result<Vec<u8>, Error> {
    let path = path(paths);
    match files::read(&path, limits::SETTINGS_BYTES, Links::Follow) {
        Ok(bytes) => Ok(bytes),
        Err(ReadError::Io(error)) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        Err(why) => Err(Error::unreadable(&path, why)),
    }
}

/// Where the file is, or would be.
pub fn path(paths: &Paths) -> PathBuf {
    paths.below(CORRECTIONS)
}

/// What was submitted, with the corrections.
pub struct Corrected {
    pub intake: Intake,
    pub findings: Vec<Finding>,
    /// The corrected cells, each with the line of its correction.
    pub lines: BTreeMap<Place, u32>,
    /// The ids to be kept, under the names that were submitted; nothing where nothing is
    /// corrected.
    pub ids: Option<Vec<KeptId>>,
}

/// Applies the corrections to what was submitted; `kept` are the ids that were given out before, under
/// the names of then.
pub fn apply(
    edition: &Edition,
    known: KnownIds,
    kept: &[KeptId],
    intake: Intake,
    asked: &Corrections,
) -> Corrected {
    let shown = |id: &Id, column: &str| intake.shown(id, column);
    let Judged { applicable, findings } = corrections::judge(edition, &intake.annex, asked, &shown);
    let Applicable { edits, corrections, lines } = applicable;
    if edits.is_empty() {
        return Corrected { intake, findings, lines, ids: None };
    }
    let submitted = data::ids::kept(&intake.annex, &[]);
    let before: Vec<Id> = intake.rows.iter().map(|row| row.id.clone()).collect();
    let mut intake = intake.corrected(edition, known, &edits);
    let now = intake.rows.iter().map(|row| &row.id);
    let called: BTreeMap<&Id, &Id> = before.iter().zip(now).collect();
    let with_id = |correction: model::Correction| {
        let id = called.get(&correction.id).map_or(&correction.id, |id| *id).clone();
        model::Correction { id, ..correction }
    };
    let corrections = corrections.into_iter().map(with_id).collect();
    // A form is known again by what it says itself.
    let ids = data::ids::joined(&data::ids::kept(&intake.annex, kept), &submitted);
    intake.annex.corrections = corrections;
    Corrected { intake, findings, lines, ids: Some(ids) }
}

/// What is to be corrected.
#[derive(Clone, Debug)]
pub struct CorrectRequest {
    pub id: String,
    pub change: CorrectChange,
    pub grounds: Grounds,
}

#[derive(Clone, Debug)]
pub enum CorrectChange {
    /// Another text in a column; without the old one, what stands there now.
    Text {
        column: String,
        from: Option<String>,
        to: String,
    },
    Decision {
        leave_out: bool,
        list_again: Vec<String>,
        order: Option<f64>,
    },
}

/// What came of it.
#[derive(Debug)]
pub struct CorrectResult {
    /// The file, where it was written.
    pub written: Option<PathBuf>,
    /// Why it was not written.
    pub report: Report,
    /// What is corrected now that was not before.
    pub corrections: Vec<NewOne>,
}

/// A correction, and what its entry and column are called.
#[derive(Debug)]
pub struct NewOne {
    pub name: String,
    pub column: String,
    pub correction: model::Correction,
}

/// What is withdrawn: a correction of a column, or without one all that is decided of the entry.
#[derive(Clone, Debug)]
pub struct WithdrawRequest {
    pub id: String,
    pub column: Option<String>,
}

/// What came of it.
#[derive(Debug)]
pub enum WithdrawResult {
    /// The file was written without these.
    Withdrawn { path: PathBuf, what: Vec<Withdrawn> },
    /// There is none of these; what there is of the entry.
    NotThere { others: Vec<Withdrawn> },
    /// The file cannot be read, and is as it was; the report says why.
    Unreadable { report: Report },
}

/// A correction as the file has it.
#[derive(Clone, Debug, PartialEq)]
pub enum Withdrawn {
    Text(Correction),
    Decision(Decision),
}

impl Session {
    /// Takes a correction, or what is decided of an entry, out of the edition's `corrections.toml`.
    ///
    /// # Errors
    /// The settings or the file cannot be read, or it was written to meanwhile.
    pub fn withdraw(&mut self, request: &WithdrawRequest) -> Result<WithdrawResult, Error> {
        let hold = Hold::take(&self.paths, &self.work)?;
        let there = bytes(&self.paths)?;
        let edition = content::readable_settings(&self.paths)?;
        let unreadable = |findings| {
            let report = Report::new(&edition, findings);
            Ok(WithdrawResult::Unreadable { report })
        };
        let asked = match edition::read_corrections(&there) {
            (Some(asked), _) => asked,
            (None, findings) => return unreadable(findings),
        };
        let is_of_it = |id: &str| key(id) == key(&request.id);
        let texts: Vec<(usize, &Correction)> =
            asked.texts.iter().enumerate().filter(|(_, text)| is_of_it(&text.id)).collect();
        let decisions: Vec<(usize, &Decision)> =
            asked.decisions.iter().enumerate().filter(|(_, of)| is_of_it(&of.id)).collect();
        let (kind, found): (_, Vec<(usize, Withdrawn)>) = match &request.column {
            Some(column) => {
                let meant = texts.iter().filter(|(_, text)| {
                    corrections::is_same_column(&edition.schema, &text.column, column)
                });
                let meant = meant.map(|(at, text)| (*at, Withdrawn::Text((*text).clone())));
                (CorrectionsKind::Texts, meant.collect())
            }
            None => {
                let all =
                    decisions.iter().map(|(at, of)| (*at, Withdrawn::Decision((*of).clone())));
                (CorrectionsKind::Decisions, all.collect())
            }
        };
        if found.is_empty() {
            let texts = texts.into_iter().map(|(_, text)| Withdrawn::Text(text.clone()));
            let decisions = decisions.into_iter().map(|(_, of)| Withdrawn::Decision(of.clone()));
            return Ok(WithdrawResult::NotThere { others: texts.chain(decisions).collect() });
        }
        let (which, what): (Vec<usize>, Vec<Withdrawn>) = found.into_iter().unzip();
        let text = match edition::without_corrections(&there, kind, &which) {
            Ok(text) => text,
            Err(findings) => return unreadable(findings),
        };
        let path = path(&self.paths);
        if bytes(&self.paths)? != there {
            return Err(Error::unreadable(&path, ReadError::ChangedMeanwhile));
        }
        hold.write(&path, text.as_bytes())?;
        Ok(WithdrawResult::Withdrawn { path, what })
    }

    /// Writes a correction into the edition's `corrections.toml`, if it can be applied.
    ///
    /// # Errors
    /// The settings or the file cannot be read, or it was written to meanwhile.
    pub fn correct(&mut self, request: &CorrectRequest) -> Result<CorrectResult, Error> {
        // Two people at once: the second would write over what the first has written meanwhile.
        let hold = Hold::take(&self.paths, &self.work)?;
        let there = bytes(&self.paths)?;
        let (before, _) = self.settled()?;
        let refused = |findings: Vec<Finding>| CorrectResult {
            written: None,
            report: Report::new(&before.edition, findings),
            corrections: Vec::new(),
        };
        let new = match asked(request, &before) {
            Ok(new) => new,
            Err(finding) => return Ok(refused(vec![*finding])),
        };
        let text = match edition::with_correction(&there, &new) {
            Ok(text) => text,
            Err(findings) => return Ok(refused(findings)),
        };
        let bytes_now = text.into_bytes();
        let entries = Entries::All;
        let checked = check_with(&self.paths, entries, &mut self.cache, &(), &bytes_now)?;
        let unsettled = || Error::Settings { folder: self.paths.folder.clone() };
        let after = checked.content.ok_or_else(unsettled)?;
        let (asked, _) = edition::read_corrections(&bytes_now);
        let line = asked.and_then(|asked| match new {
            NewCorrection::Text(_) => asked.texts.last().map(|text| text.line),
            NewCorrection::Decision(_) => asked.decisions.last().map(|decision| decision.line),
        });
        let is_of_it = |finding: &Finding| {
            *finding.place.file == *CORRECTIONS
                && line.is_none_or(|line| finding.place.line == Some(line))
        };
        let faults: Vec<Finding> =
            checked.report.findings.iter().filter(|f| is_of_it(f)).cloned().collect();
        if !faults.is_empty() {
            return Ok(refused(faults));
        }
        let path = path(&self.paths);
        // Nor over what somebody has written with another program.
        if bytes(&self.paths)? != there {
            return Err(Error::unreadable(&path, ReadError::ChangedMeanwhile));
        }
        let corrections = new_ones(&before, &after);
        // A correction names its entry by the id alone: from now on they stay.
        ids::write(&self.paths, Some(&hold), &before.ids_to_keep(), &before.edition.schema.words)?;
        hold.write(&path, &bytes_now)?;
        Ok(CorrectResult { written: Some(path), report: Report::default(), corrections })
    }
}

/// What is asked for as it is to be written; the entry and its column under their own names.
fn asked(request: &CorrectRequest, content: &Content) -> Result<NewCorrection, Box<Finding>> {
    let (intake, grounds) = (&content.intake, request.grounds.clone());
    let subject = Subjects::new(&intake.annex).find(&request.id)?;
    let id = subject.entry().id.to_string();
    Ok(match &request.change {
        CorrectChange::Text { column, from, to } => {
            let column = corrections::column(&intake.annex.schema, subject.table(), column)?;
            let now = || intake.shown(&subject.entry().id, &column.key).unwrap_or_default().text;
            let from = from.clone().unwrap_or_else(now);
            let (column, to) = (column.label.clone(), to.clone());
            NewCorrection::Text(Correction { id, column, from, to, grounds, line: 0 })
        }
        CorrectChange::Decision { leave_out, list_again, order } => {
            let (leave_out, list_again, order) = (*leave_out, list_again.clone(), *order);
            NewCorrection::Decision(Decision { id, leave_out, list_again, order, grounds, line: 0 })
        }
    })
}

/// What is corrected in the one and not in the other.
fn new_ones(before: &Content, after: &Content) -> Vec<NewOne> {
    let known = &before.intake.annex.corrections;
    let annex = &after.intake.annex;
    let new = annex.corrections.iter().filter(|correction| !known.contains(correction));
    new.map(|correction| NewOne {
        name: annex.name_of(&correction.id).unwrap_or_default().to_owned(),
        column: annex.label_of(correction).to_owned(),
        correction: correction.clone(),
    })
    .collect()
}
