//! The forms to send out: with what a department has submitted, else with what it had in the
//! edition before, else blank.

use std::path::{Path, PathBuf};

use super::Session;
use super::content::{Content, previous, sound_settings};
use super::departments::chosen;
use super::error::{Error, made};
use super::files::{self, Links};
use super::hold::Hold;
use super::ids;
use super::output::{Outputs, Written};
use super::paths::{Paths, SETTINGS};
use super::returns::next_round;
use crate::edition::{self, Department, Edition, limits};
use crate::forms;
use crate::intake::Intake;
use crate::model::{KeptId, Outcome, Receipt};
use crate::publish::artifact::Rendered;
use crate::schema::{Table, Words};
use crate::succession::{self, Note, Succession};

/// The forms that were made.
#[derive(Debug)]
pub struct FormsMade {
    pub written: Vec<Written>,
    /// The departments whose submission cannot be read, and would have been in their form.
    pub unread: Vec<Unread>,
    /// What became of the entries of the edition before, where a form has some.
    pub notes: Vec<Note>,
    /// Forms of an earlier time that lie beside these and are no department's now.
    pub outdated: Vec<PathBuf>,
}

#[derive(Debug)]
pub struct Unread {
    pub department: String,
    /// Whether the form holds what the edition before has of the department; else it is blank.
    pub has_previous: bool,
}

/// What is known of the departments before they fill in their forms.
struct Known {
    edition: Edition,
    /// The ids that were given out, those of what is submitted among them.
    ids: Vec<KeptId>,
    /// Where there is a folder of submissions.
    submitted: Option<Intake>,
    before: Option<Succession>,
}

/// Writes the forms of one department or of all into a folder. Not while something in the settings is
/// still to be confirmed, unless it is to be so.
pub(super) fn write(
    session: &mut Session,
    department: Option<&str>,
    out: &Path,
    force: bool,
) -> Result<FormsMade, Error> {
    if !force {
        refuse_unconfirmed(&session.paths)?;
    }
    let keeps_ids = session.paths.has_own_submissions() && session.paths.submissions.is_dir();
    let hold = match keeps_ids {
        true => Hold::if_writable(&session.paths, &session.work)?,
        false => None,
    };
    let known = Known::of(session)?;
    if let Some(before) = &known.before {
        let submitted = known.submitted.as_ref().map(|intake| &intake.annex);
        let orphans = before.orphans(&known.edition, submitted);
        if !orphans.is_empty() {
            let Words { measure, kpi, .. } = known.edition.schema.words.clone();
            return Err(Error::NotSucceeded { orphans, measure, kpi });
        }
    }
    let mut outputs = Outputs::default();
    let (mut unread, mut notes) = (Vec::new(), Vec::new());
    for department in chosen(&known.edition, department)? {
        let (form, outcome) = known.form(department);
        outputs.extend([made(form)?]);
        if let Some(before) = known.before.as_ref().filter(|_| outcome != Some(Outcome::Read)) {
            notes.clone_from(&before.notes);
        }
        if outcome.is_some_and(|outcome| outcome != Outcome::Read) {
            let (department, has_previous) = (department.name.clone(), known.before.is_some());
            unread.push(Unread { department, has_previous });
        }
    }
    // The forms show the ids to the departments: from now on they stay.
    let _is_new =
        ids::write(&session.paths, hold.as_ref(), &known.ids, &known.edition.schema.words)?;
    let written = outputs.write(out)?;
    let outdated = outdated(&known.edition, out);
    Ok(FormsMade { written, unread, notes, outdated })
}

/// The files in `out` that are called as forms are, and are the form of no department: it had
/// another name or number when they were made.
fn outdated(edition: &Edition, out: &Path) -> Vec<PathBuf> {
    let known: Vec<String> = edition
        .departments
        .iter()
        .map(|department| forms::file_name(edition, department))
        .collect();
    let is_outdated = |name: &str| {
        let number = name.split_once('_').map_or("", |(number, _)| number);
        let is_number = number.len() == 2 && number.bytes().all(|digit| digit.is_ascii_digit());
        is_number && name.ends_with(".xlsx") && !known.iter().any(|form| form == name)
    };
    let entries = files::list(out).unwrap_or_else(|_| Vec::new());
    let paths = entries.iter().map(std::fs::DirEntry::path);
    paths
        .filter(|path| path.file_name().is_some_and(|n| is_outdated(&n.to_string_lossy())))
        .collect()
}

/// Refuses settings of which something is still to be confirmed: the forms would ask for last year's
/// dates, or leave out who has another name now.
fn refuse_unconfirmed(paths: &Paths) -> Result<(), Error> {
    let path = paths.below(SETTINGS);
    let bytes = files::read(&path, limits::SETTINGS_BYTES, Links::Follow)
        .map_err(|why| Error::unreadable(&path, why))?;
    // Settings that are no text are told of when they are read.
    let lines = std::str::from_utf8(&bytes).map(edition::unconfirmed).unwrap_or_default();
    if lines.is_empty() { Ok(()) } else { Err(Error::Unconfirmed { path, lines }) }
}

impl Known {
    fn of(session: &mut Session) -> Result<Self, Error> {
        let edition = sound_settings(&session.paths)?;
        if session.paths.submissions.is_dir() {
            let (content, _) = session.settled()?;
            let ids = content.ids_to_keep();
            let Content { edition, intake, succession, .. } = content;
            return Ok(Self { edition, ids, submitted: Some(intake), before: succession });
        }
        let previous = previous(&session.paths, &edition)?;
        let before = previous.map(|annex| succession::succession(&edition, &annex));
        Ok(Self { edition, ids: Vec::new(), submitted: None, before })
    }

    /// A department's form, and what came of its submission.
    fn form(&self, department: &Department) -> (Rendered, Option<Outcome>) {
        let Self { edition, submitted, before, .. } = self;
        let outcome = submitted.as_ref().and_then(|s| Outcome::of(&s.receipts, &department.name));
        let form = match (submitted, before) {
            (Some(submitted), _) if outcome == Some(Outcome::Read) => {
                let round = next_round(&submitted.receipts, department);
                let nothing = said_nothing(&submitted.receipts, department);
                let before = forms::Before { round, nothing };
                forms::write_again(edition, department, &submitted.annex, before)
            }
            (_, Some(before)) => forms::next(edition, department, &before.annex),
            _ => forms::write(edition, department, None),
        };
        (form, outcome)
    }
}

/// The tables for which a department has said that it has nothing.
fn said_nothing(receipts: &[Receipt], department: &Department) -> Vec<Table> {
    let is_own = |receipt: &&Receipt| {
        receipt.department.as_deref() == Some(&department.name) && receipt.outcome == Outcome::Read
    };
    let tables = receipts.iter().filter(is_own).flat_map(|receipt| &receipt.tables);
    tables.filter(|received| received.is_nothing()).map(|received| received.table).collect()
}
