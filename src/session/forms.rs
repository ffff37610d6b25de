//! The forms to send out: with what a department has submitted, else with what it had in the
//! edition before, else blank.

use std::path::Path;

use super::Session;
use super::content::{Content, previous, sound_settings};
use super::error::{Error, made};
use super::output::{Outputs, Written};
use crate::edition::{Department, Edition};
use crate::forms;
use crate::intake::Intake;
use crate::model::{Annex, Outcome};
use crate::publish::artifact::Rendered;

/// The forms that were made.
#[derive(Debug)]
pub struct FormsMade {
    pub written: Vec<Written>,
    /// The departments whose submission cannot be read, and would have been in their form.
    pub unread: Vec<Unread>,
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
    /// Where there is a folder of submissions.
    submitted: Option<Intake>,
    previous: Option<Annex>,
}

/// Writes the forms of one department or of all into a folder.
pub(super) fn write(
    session: &mut Session,
    department: Option<&str>,
    out: &Path,
) -> Result<FormsMade, Error> {
    let known = Known::of(session)?;
    let mut outputs = Outputs::default();
    let mut unread = Vec::new();
    for department in chosen(&known.edition, department)? {
        let (form, outcome) = known.form(department);
        outputs.extend([made(form)?]);
        if outcome.is_some_and(|outcome| outcome != Outcome::Read) {
            let (department, has_previous) = (department.name.clone(), known.previous.is_some());
            unread.push(Unread { department, has_previous });
        }
    }
    Ok(FormsMade { written: outputs.write(out)?, unread })
}

impl Known {
    fn of(session: &mut Session) -> Result<Self, Error> {
        let edition = sound_settings(&session.paths)?;
        if session.paths.submissions.is_dir() {
            let (Content { edition, intake, previous, .. }, _) = session.settled()?;
            return Ok(Self { edition, submitted: Some(intake), previous });
        }
        let previous = previous(&session.paths, &edition)?;
        Ok(Self { edition, submitted: None, previous })
    }

    /// A department's form, and what came of its submission.
    fn form(&self, department: &Department) -> (Rendered, Option<Outcome>) {
        let Self { edition, submitted, previous } = self;
        let outcome = submitted.as_ref().and_then(|s| Outcome::of(&s.receipts, &department.name));
        let form = match (submitted, previous) {
            (Some(submitted), _) if outcome == Some(Outcome::Read) => {
                forms::write(edition, department, Some(&submitted.annex))
            }
            (_, Some(previous)) => forms::next(edition, department, previous),
            _ => forms::write(edition, department, None),
        };
        (form, outcome)
    }
}

fn chosen<'a>(edition: &'a Edition, named: Option<&str>) -> Result<Vec<&'a Department>, Error> {
    let Some(named) = named else { return Ok(edition.departments.iter().collect()) };
    edition.department(named).map(|department| vec![department]).ok_or_else(|| {
        let known = edition.departments.iter().map(|d| d.name.clone()).collect();
        Error::UnknownDepartment { name: named.to_owned(), known }
    })
}
