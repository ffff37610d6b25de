//! An edition at work: what every front end asks for, without a command line, a terminal or a
//! connection.
//!
//! [`Session`] is one edition: it is checked, built, and its forms go out and back. What was read
//! and laid out is kept from one call to the next, so that a front end that lives on is quick; the
//! result is always that of a first call. [`Version`] is one side of a comparison or a year of the
//! progress. Nothing is printed: results, findings and an [`Error`] with its facts come back, and an
//! [`Observer`] hears of the stages meanwhile.
//!
//! What is made lies in its folder as a whole or not at all ([`output`]).

mod build;
mod chapters;
mod comparison;
mod confirm;
mod content;
mod corrections;
mod departments;
mod error;
mod example;
mod files;
mod first;
mod forms;
mod guard;
mod hold;
mod ids;
mod journal;
mod next;
mod observer;
pub mod output;
mod paths;
mod progress;
mod receive;
mod reorganise;
mod returns;
mod snapshot;
mod status;
mod version;

use std::path::{Path, PathBuf};

pub use build::{BuildRequest, BuildResult, NotWritten, Papers, forget_layouts};
pub use comparison::{Compared, ComparisonFormat, compare_versions};
pub use confirm::{Confirmation, ConfirmationFormat, confirmation};
pub use content::{Checked, Content, Entries};
pub use corrections::{
    CorrectChange, CorrectRequest, CorrectResult, NewOne, WithdrawRequest, WithdrawResult,
    Withdrawn,
};
pub use error::{Error, Input, ReadError, of_system};
pub use example::write_example;
pub use first::{FirstEdition, FirstMade, write_first};
pub use forms::{FormsMade, Unread};
pub use hold::{Holder, Work};
pub use journal::{moment_of, now};
pub use next::NextMade;
pub use observer::{Observer, Stage};
pub use output::{Stamp, Written};
pub use paths::Paths;
pub use progress::{ProgressFormat, is_judged_as_usual, progress_of};
pub use receive::{Arrival, ArrivalOutcome, Arrivals};
pub use reorganise::ReorganisationRead;
pub use returns::{Outdated, Returned};
pub use snapshot::{Change, Snapshot, SnapshotTaker};
pub use status::{json_of_status, received_since, status_of, workbook_of_status};
pub use version::Version;

pub use crate::edition::{Grounds, Unconfirmed};
pub use crate::journal::{Changes, Confirmed, Moment, Named, Received};
pub use crate::publish::artifact::{Artifact, ContentType};
pub use crate::publish::comparison::table::Layout as ComparisonLayout;
pub use crate::publish::comparison::text::Options as ComparisonTextOptions;
pub use crate::publish::pdf::{Layout, PageRanges, Picture, Standard, parse_pages};
pub use crate::publish::status::{DepartmentStatus, EditionStatus, Submission};
pub use crate::succession::{HeadingNote, Note, Orphan};

use crate::diag::{Lang, Rule};
use crate::intake::SubmissionCache;
use crate::publish::{artifact, data, internal, pdf};
use crate::report::Report;
use crate::{checks, edition, report, succession};
use build::Builder;
use hold::Hold;

/// An edition, and what of it was read and laid out so far.
pub struct Session {
    paths: Paths,
    cache: SubmissionCache,
    builder: Builder,
    work: Work,
}

impl Session {
    pub fn open(paths: Paths) -> Self {
        let (cache, builder) = (SubmissionCache::default(), Builder::default());
        Self { paths, cache, builder, work: Work::default() }
    }

    /// Says what is done, for those who want to do something else at the same time.
    pub fn doing(self, work: Work) -> Self {
        Self { work, ..self }
    }

    pub fn paths(&self) -> &Paths {
        &self.paths
    }

    /// Forgets what was read and laid out, which may be half made after a panic.
    pub fn reset(&mut self) {
        (self.cache, self.builder) = (SubmissionCache::default(), Builder::default());
    }

    /// Reads and checks everything.
    pub fn check(&mut self, observer: &dyn Observer) -> Result<Checked, Error> {
        content::check(&self.paths, Entries::All, &mut self.cache, observer)
    }

    /// Checks, and makes the papers unless something stands against it.
    pub fn build(
        &mut self,
        request: &BuildRequest,
        observer: &dyn Observer,
    ) -> Result<BuildResult, Error> {
        self.paths.has_submissions()?;
        self.paths.keeps_apart(&request.out)?;
        let claim = output::Claim::new(&request.out)?;
        let hold = match request.writes_into(&self.paths) {
            true => Hold::if_writable(&self.paths, &self.work)?,
            false => None,
        };
        let checked = content::check(&self.paths, request.entries, &mut self.cache, observer)?;
        self.builder.build(&self.paths, request, checked, (claim, hold), observer)
    }

    /// Takes forms, and the forms in folders, into the edition, at a moment.
    pub fn receive(
        &mut self,
        files: &[PathBuf],
        at: Moment,
        observer: &dyn Observer,
    ) -> Result<Arrivals, Error> {
        receive::receive(self, files, at, observer)
    }

    /// A department's part as it will be printed, for its approval: by the department's name, and
    /// as a paper that says on which pages of the annex it stands and what was corrected.
    pub fn paper_to_confirm(
        &mut self,
        department: &str,
        format: ConfirmationFormat,
        observer: &dyn Observer,
    ) -> Result<(String, Artifact), Error> {
        confirm::paper(self, department, format, observer)
    }

    /// Takes down that somebody said for a department that its part is right.
    pub fn confirm(&mut self, department: &str, by: &str, at: Moment) -> Result<Confirmed, Error> {
        confirm::confirm(self, department, by, at)
    }

    /// Writes the files that go back, with the findings of `report` in them, into `out`: of one
    /// department or of all.
    pub fn write_returns(
        &self,
        content: &Content,
        report: &Report,
        department: Option<&str>,
        out: &Path,
    ) -> Result<Returned, Error> {
        self.paths.keeps_apart(out)?;
        let hold = match content.journal {
            Some(_) => Hold::if_writable(&self.paths, &self.work)?,
            None => None,
        };
        let returned = returns::write(&self.paths, content, report, department, out)?;
        journal::returned(&self.paths, hold.as_ref(), &returned.departments)?;
        Ok(returned)
    }

    /// Writes the forms to send out, of one department or of all, into `out`. With `force` also while
    /// something in the settings is still to be confirmed.
    pub fn write_forms(
        &mut self,
        department: Option<&str>,
        out: &Path,
        force: bool,
    ) -> Result<FormsMade, Error> {
        self.paths.keeps_apart(out)?;
        forms::write(self, department, out, force)
    }

    /// Writes a reorganisation into the settings, from the table that somebody filled in.
    pub fn reorganise(&mut self, table: &Path) -> Result<ReorganisationRead, Error> {
        reorganise::reorganise(self, table)
    }

    /// Starts the edition after this one in a new folder. Its forms come when what its settings ask
    /// is decided; with `force` at once.
    pub fn write_next(&mut self, folder: &Path, force: bool) -> Result<NextMade, Error> {
        next::write(self, folder, force)
    }

    /// Starts an edition that asks for the results of this one in a new folder, and says how many
    /// forms it has to send out.
    pub fn write_results(&mut self, folder: &Path, force: bool) -> Result<NextMade, Error> {
        next::write_results(self, folder, force)
    }

    /// What was read, where the settings can be read.
    fn settled(&mut self) -> Result<(Content, Report), Error> {
        let Checked { report, content } = self.check(&())?;
        let unsettled = || Error::Settings { folder: self.paths.folder.clone() };
        Ok((content.ok_or_else(unsettled)?, report))
    }

    /// As [`Self::settled`], where the settings have no error.
    fn sound(&mut self) -> Result<(Content, Report), Error> {
        content::sound_settings(&self.paths)?;
        self.settled()
    }
}

/// The findings of a run as JSON.
///
/// # Errors
/// Where they cannot be written as JSON, which would be the program's own fault.
pub fn json_of(report: &Report, lang: Lang) -> Result<Artifact, Error> {
    let text = crate::publish::findings::json::render(report, lang);
    error::made(artifact::Rendered::text("findings.json", ContentType::Json, text))
}

/// Every rule of the program, by code.
pub fn rules() -> Vec<&'static Rule> {
    let mut rules: Vec<_> = checks::RULES
        .iter()
        .map(|check| check.rule)
        .chain(report::RULES.iter().copied())
        .chain(edition::RULES.iter().copied())
        .chain(succession::RULES.iter().copied())
        .chain(succession::REORGANISATION_RULES.iter().copied())
        .chain(crate::journal::RULES.iter().copied())
        .chain(crate::corrections::RULES.iter().copied())
        .chain(crate::progress::RULES.iter().copied())
        .chain(data::RULES.iter().copied())
        .chain(pdf::RULES.iter().copied())
        .chain(internal::RULES.iter().copied())
        .chain(artifact::RULES.iter().copied())
        .collect();
    rules.sort_by_key(|rule| rule.code);
    rules
}
