//! Who has submitted, who has not, how many findings each.

use jiff::civil::Date;

use super::confirm::{Confirmation, confirmation};
use super::content::Content;
use super::departments::chosen;
use super::error::{Error, made};
use super::files::{self, Links};
use super::journal::digest;
use super::paths::Paths;
use crate::diag::{Say, Severity};
use crate::edition::{Edition, Form, Limit};
use crate::journal::{Moment, Received};
use crate::model::{Answer, Outcome, Receipt};
use crate::publish::artifact::Artifact;
use crate::publish::status::{
    Approval, Deadline, DepartmentStatus, Due, EditionStatus, Submission,
};
use crate::publish::workbook::status as workbook;
use crate::report::Report;
use crate::text::day::Day;

/// How an edition that was checked stands at a moment, or one department of it.
///
/// # Errors
/// There is no such department, or a submission cannot be read again.
pub fn status_of(
    paths: &Paths,
    content: &Content,
    report: &Report,
    department: Option<&str>,
    at: Moment,
) -> Result<EditionStatus, Error> {
    let reader = Reader { paths, content, report, day: at.date() };
    let departments = chosen(&content.edition, department)?;
    Ok(EditionStatus {
        day: at.date().to_string(),
        departments: departments
            .into_iter()
            .map(|department| reader.department(&department.name))
            .collect::<Result<_, _>>()?,
        deadlines: reader.deadlines(),
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

/// A status as a workbook of one page.
pub fn workbook_of_status(edition: &Edition, status: &EditionStatus) -> Result<Artifact, Error> {
    made(workbook::render(edition, status))
}

/// What a status is read from.
struct Reader<'a> {
    paths: &'a Paths,
    content: &'a Content,
    report: &'a Report,
    /// The day on which it is asked for.
    day: Date,
}

impl Reader<'_> {
    fn form(&self) -> &Form {
        &self.content.edition.form
    }

    fn department(&self, department: &str) -> Result<DepartmentStatus, Error> {
        let Self { paths, content, report, .. } = *self;
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
            Some(Outcome::Unreadable | Outcome::Superseded | Outcome::Beside) => {
                Submission::Unreadable
            }
        };
        let contact = receipt.map(|receipt| receipt.contact.clone()).unwrap_or_default();
        // That nothing came is told beside the name; it is no error in a form.
        let errors = match submission {
            Submission::Missing => 0,
            _ => count(report, department, Severity::Error),
        };
        let received = receipt.map_or(Ok(None), |receipt| received(paths, content, receipt))?;
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
            errors,
            warnings: count(report, department, Severity::Warning),
            due: self.due(submission, errors),
            received: received.map_or_else(String::new, |at| at.shown()),
            late: received.is_some_and(|at| self.is_late(receipt, at)),
            confirmation: content.journal.is_some().then(|| approval(content, department)),
        })
    }

    /// The deadlines of the settings.
    fn deadlines(&self) -> Vec<Deadline> {
        let form = self.form();
        let all = [
            (Say::new("提出期限", "deadline"), &form.deadline, form.deadline_day()),
            (
                Say::new("再提出の期限", "deadline for what went back"),
                &form.return_deadline,
                form.return_deadline_day(),
            ),
        ];
        let given = all.into_iter().filter(|(_, text, _)| !text.is_empty());
        let deadline = |(label, text, day): (Say, &String, Day)| {
            let due = day.date().map(|date| self.until(date));
            Deadline { label, text: text.clone(), due }
        };
        given.map(deadline).collect()
    }

    /// Until when something is awaited of a department: its form, or one without errors.
    fn due(&self, submission: Submission, errors: usize) -> Option<Due> {
        let form = self.form();
        let (first, again) = (form.deadline_day().date(), form.return_deadline_day().date());
        let date = match submission {
            Submission::Missing => first,
            Submission::Unreadable | Submission::Blank => again.or(first),
            Submission::Read | Submission::Nothing if errors > 0 => again.or(first),
            Submission::Read | Submission::Nothing => None,
        };
        date.map(|date| self.until(date))
    }

    fn until(&self, date: Date) -> Due {
        Due { date: date.to_string(), days_left: (date - self.day).get_days() }
    }

    /// Whether a form came after its day; a later round has that of those which went back.
    fn is_late(&self, receipt: Option<&Receipt>, at: Moment) -> bool {
        let is_again = receipt.and_then(|receipt| receipt.round).is_some_and(|round| round > 1);
        let form = self.form();
        let day = if is_again { form.return_deadline_day() } else { form.deadline_day() };
        day.date().is_some_and(|day| at.date() > day)
    }
}

/// When a submission came in; nothing where the journal does not know it.
fn received(paths: &Paths, content: &Content, receipt: &Receipt) -> Result<Option<Moment>, Error> {
    let Some(journal) = &content.journal else { return Ok(None) };
    let path = paths.submissions.join(&*receipt.file);
    let bytes = files::read(&path, content.edition.limits.most(Limit::File), Links::Refuse)
        .map_err(|why| Error::unreadable(&path, why))?;
    // When one came that somebody laid there, nobody knows.
    let arrival = journal.arrival(&digest(&bytes)).filter(|(_, received)| !received.found);
    Ok(arrival.map(|(at, _)| *at))
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
