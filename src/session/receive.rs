//! Forms that come in: each is known by its content, takes its place among the submissions, and
//! the one before it is kept. Every step leaves the edition whole: the earlier file is copied
//! aside before the new one takes its place, and the journal says so last. A submission that the
//! journal does not know, because somebody laid it there or the program was stopped, is added to
//! it the next time.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Session;
use super::content::{Checked, Content, Entries};
use super::error::{Error, ReadError};
use super::files::{self, Links};
use super::hold::Hold;
use super::journal::{OpenJournal, RECEIVED, digest};
use super::observer::Observer;
use super::paths::{Paths, SUBMISSIONS};
use crate::checks::{self, Context};
use crate::compare::{self, Subject};
use crate::edition::{Edition, Limit};
use crate::forms;
use crate::intake::{self, Intake, Source, SubmissionCache};
use crate::journal::{Changes, Event, Moment, Named, Received};
use crate::model::{Annex, KnownIds, Outcome, Receipt};
use crate::publish::pdf;
use crate::report::Report;
use crate::schema::Words;

/// The files that were brought.
#[derive(Debug)]
pub struct Arrivals {
    /// What the edition calls its entries.
    pub words: Words,
    pub files: Vec<Arrival>,
}

/// A file that was brought.
#[derive(Debug)]
pub struct Arrival {
    pub file: PathBuf,
    pub outcome: ArrivalOutcome,
    /// What is found in it.
    pub report: Report,
}

/// What became of it.
#[derive(Debug)]
pub enum ArrivalOutcome {
    /// It is its department's valid submission now.
    Taken(Received),
    /// A later round of the department is there already; it is kept beside.
    Older {
        received: Received,
        newer: u32,
    },
    /// A file with the same bytes is there already.
    Known {
        kept: String,
    },
    /// It is a form of another edition.
    OtherEdition {
        edition: String,
    },
    /// It is no form of a department of the edition.
    NoForm,
    Unreadable(ReadError),
}

/// Takes files, and the files in folders, into an edition.
pub(super) fn receive(
    session: &mut Session,
    named: &[PathBuf],
    at: Moment,
    observer: &dyn Observer,
) -> Result<Arrivals, Error> {
    let paths = session.paths.clone();
    fs::create_dir_all(&paths.submissions)
        .map_err(|error| Error::unwritable(&paths.submissions, error))?;
    let files = all_files(named)?;
    let hold = Hold::take(&paths, &session.work)?;
    let mut journal = OpenJournal::take(&paths, &hold)?;
    let mut content = checked(session, observer)?;
    record_found(&paths, &content.content, &mut journal, at)?;
    let mut arrivals = Vec::new();
    for file in files {
        let most = content.content.edition.limits.most(Limit::File);
        let bytes = match files::named(&file, most) {
            Ok(bytes) => bytes,
            Err(why) => {
                let (outcome, report) = (ArrivalOutcome::Unreadable(why), Report::default());
                arrivals.push(Arrival { file, outcome, report });
                continue;
            }
        };
        let arriving = Arriving::new(&paths, &hold, &content.content, &file, bytes);
        let (outcome, report) = match arriving.outcome()? {
            ArrivalOutcome::Taken(mut received) => {
                received.replaced = arriving.place(&received)?;
                let before = std::mem::replace(&mut content, checked(session, observer)?);
                if !received.replaced.is_empty() {
                    received.changes = Some(changes(
                        &before.content.intake.annex,
                        &content.content.intake.annex,
                        &received.department,
                    ));
                }
                journal.add(at, Event::Received(received.clone()))?;
                (ArrivalOutcome::Taken(received), Report::default())
            }
            ArrivalOutcome::Older { mut received, newer } => {
                let name = received.kept.rsplit_once('/').map_or(&*received.kept, |(_, name)| name);
                received.kept = arriving.keep(name, received.round, &arriving.bytes)?;
                journal.add(at, Event::Received(received.clone()))?;
                (ArrivalOutcome::Older { received, newer }, Report::default())
            }
            other => (other, arriving.report()),
        };
        arrivals.push(Arrival { file, outcome, report });
    }
    // What one department names may come with the file of another: all are in before any is told.
    for arrival in &mut arrivals {
        if let ArrivalOutcome::Taken(received) = &arrival.outcome {
            arrival.report = content.report.of(&[&received.department]);
        }
    }
    let words = content.content.edition.schema.words.clone();
    Ok(Arrivals { words, files: arrivals })
}

/// An edition whose settings can be read.
struct Read {
    content: Content,
    report: Report,
}

fn checked(session: &mut Session, observer: &dyn Observer) -> Result<Read, Error> {
    let Checked { report, content } = session.check(observer)?;
    let unsettled = || Error::Settings { folder: session.paths.folder.clone() };
    Ok(Read { content: content.ok_or_else(unsettled)?, report })
}

/// The files that are named, and those in the folders that are, in the order of their names; but for
/// those that a program lays down beside a file while it has it open.
fn all_files(named: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    let mut all = Vec::new();
    for path in named {
        if path.is_dir() {
            let entries = files::list(path).map_err(|why| Error::unreadable(path, why.into()))?;
            let visible = entries
                .iter()
                .filter(|entry| Entries::Lasting.include(&entry.file_name().to_string_lossy()));
            let below: Vec<PathBuf> = visible.map(fs::DirEntry::path).collect();
            all.extend(all_files(&below)?);
        } else {
            all.push(path.clone());
        }
    }
    Ok(all)
}

/// Adds the submissions that the journal does not know.
fn record_found(
    paths: &Paths,
    content: &Content,
    journal: &mut OpenJournal,
    at: Moment,
) -> Result<(), Error> {
    let most = content.edition.limits.most(Limit::File);
    for receipt in content.intake.receipts.iter().filter(|r| r.outcome == Outcome::Read) {
        let Some(department) = &receipt.department else { continue };
        let path = paths.submissions.join(&*receipt.file);
        let bytes =
            files::read(&path, most, Links::Refuse).map_err(|why| Error::unreadable(&path, why))?;
        let sha256 = digest(&bytes);
        if journal.journal.arrival(&sha256).is_none() {
            let kept = format!("{SUBMISSIONS}/{}", receipt.file);
            let found = Received { found: true, ..received(receipt, department, kept, sha256) };
            journal.add(at, Event::Received(found))?;
        }
    }
    Ok(())
}

/// What the journal says of a submission that counts.
fn received(receipt: &Receipt, department: &str, kept: String, sha256: String) -> Received {
    Received {
        department: department.to_owned(),
        round: receipt.round,
        file: receipt.file.to_string(),
        kept,
        sha256,
        measures: receipt.measures,
        kpis: receipt.kpis,
        counts: true,
        found: false,
        replaced: Vec::new(),
        changes: None,
    }
}

/// A file while it comes in.
struct Arriving<'a> {
    paths: &'a Paths,
    hold: &'a Hold,
    content: &'a Content,
    bytes: Vec<u8>,
    /// What is read of it alone.
    intake: Intake,
}

impl<'a> Arriving<'a> {
    fn new(
        paths: &'a Paths,
        hold: &'a Hold,
        content: &'a Content,
        file: &Path,
        bytes: Vec<u8>,
    ) -> Self {
        let Content { edition, succession, kept, .. } = content;
        let name: Arc<str> = file.file_name().unwrap_or_default().to_string_lossy().into();
        let previous = succession.as_ref().map(|succession| &succession.annex);
        let source = Source { name, bytes: Ok(bytes.clone()) };
        let known = KnownIds { previous, kept };
        let mut cache = SubmissionCache::default();
        let intake = intake::run_with(&mut cache, edition, known, vec![source]);
        Self { paths, hold, content, bytes, intake }
    }

    fn edition(&self) -> &'a Edition {
        &self.content.edition
    }

    /// What is found in it alone.
    fn report(&self) -> Report {
        let edition = self.edition();
        let before = self.content.succession.as_ref().map(|succession| &succession.annex);
        let covers = pdf::covers(edition);
        let Intake { annex, receipts, .. } = &self.intake;
        let mut findings = checks::run(&Context::new(edition, annex, receipts, before, &covers));
        // What is said of the file, and not of settings that are called as it is.
        findings.retain(|finding| {
            finding.rule.code.starts_with('F')
                && receipts.iter().any(|receipt| receipt.file == finding.place.file)
        });
        Report::new(edition, findings)
    }

    /// What is to become of it, before anything is done.
    fn outcome(&self) -> Result<ArrivalOutcome, Error> {
        let sha256 = digest(&self.bytes);
        if let Some(kept) = self.known(&sha256)? {
            return Ok(ArrivalOutcome::Known { kept });
        }
        let form = self.intake.receipts.iter().find_map(|receipt| receipt.form.as_ref());
        if let Some(form) = form.filter(|form| form.edition != self.edition().id()) {
            return Ok(ArrivalOutcome::OtherEdition { edition: form.edition.clone() });
        }
        let read = self.intake.receipts.iter().find(|receipt| receipt.outcome == Outcome::Read);
        let Some((receipt, department)) = read.and_then(|r| Some((r, r.department.as_ref()?)))
        else {
            return Ok(ArrivalOutcome::NoForm);
        };
        let kept = format!("{SUBMISSIONS}/{}", self.name(&receipt.file, department));
        let received = received(receipt, department, kept, sha256);
        let mut there = self.there(department).filter(|other| other.outcome == Outcome::Read);
        let newer =
            there.find_map(|other| other.round).filter(|newer| Some(*newer) > receipt.round);
        Ok(match newer.filter(|_| receipt.round.is_some()) {
            Some(newer) => {
                ArrivalOutcome::Older { received: Received { counts: false, ..received }, newer }
            }
            None => ArrivalOutcome::Taken(received),
        })
    }

    /// The files of a department that are there.
    fn there(&self, department: &str) -> impl Iterator<Item = &'a Receipt> {
        let receipts = self.content.intake.receipts.iter();
        receipts.filter(move |receipt| receipt.department.as_deref() == Some(department))
    }

    /// Where a file with these bytes lies in the edition already.
    fn known(&self, sha256: &str) -> Result<Option<String>, Error> {
        for folder in [SUBMISSIONS, RECEIVED] {
            for (name, bytes) in self.files_in(folder)? {
                if bytes.len() == self.bytes.len() && digest(&bytes) == sha256 {
                    return Ok(Some(format!("{folder}/{name}")));
                }
            }
        }
        Ok(None)
    }

    /// The files of a folder of the edition, but for those that are too large for forms.
    fn files_in(&self, folder: &str) -> Result<BTreeMap<String, Vec<u8>>, Error> {
        let path = self.paths.folder.join(folder);
        let most = self.edition().limits.most(Limit::File);
        let entries = files::list(&path).map_err(|why| Error::unreadable(&path, why.into()))?;
        let regular = entries.iter().filter(|entry| {
            let is_visible = Entries::All.include(&entry.file_name().to_string_lossy());
            is_visible && entry.file_type().is_ok_and(|kind| kind.is_file())
        });
        let read = regular.filter_map(|entry| {
            let bytes = files::read(&entry.path(), most, Links::Refuse).ok()?;
            Some((entry.file_name().to_string_lossy().into_owned(), bytes))
        });
        Ok(read.collect())
    }

    /// The name that it gets: as that of the form that went out, with the extension that it has.
    fn name(&self, file: &str, department: &str) -> String {
        let known = self.edition().departments.iter().find(|known| known.name == department);
        let form = known.map(|department| forms::file_name(self.edition(), department));
        // A department that was read is one of the edition's; else the file keeps its name.
        let Some(form) = form else { return file.to_owned() };
        let extension = Path::new(file).extension().map(|e| e.to_string_lossy().to_lowercase());
        match extension {
            Some(extension) => Path::new(&form).with_extension(extension).display().to_string(),
            None => form,
        }
    }

    /// Puts it in its place; says where those lie now that were there.
    fn place(&self, received: &Received) -> Result<Vec<String>, Error> {
        let submissions = &self.paths.submissions;
        let new = self.paths.folder.join(&received.kept);
        let mut replaced = Vec::new();
        let mut earlier = Vec::new();
        for receipt in self.there(&received.department).filter(|r| r.outcome != Outcome::Beside) {
            let path = submissions.join(&*receipt.file);
            let most = self.edition().limits.most(Limit::File);
            let bytes = files::read(&path, most, Links::Refuse)
                .map_err(|why| Error::unreadable(&path, why))?;
            let name = self.name(&receipt.file, &received.department);
            replaced.push(self.keep(&name, receipt.round, &bytes)?);
            earlier.push(path);
        }
        if new.exists() && !earlier.contains(&new) {
            // Something else has the name; it is not ours to replace.
            let taken = std::io::ErrorKind::AlreadyExists.into();
            return Err(Error::unwritable(&new, taken));
        }
        self.hold.write(&new, &self.bytes)?;
        for path in earlier.iter().filter(|path| **path != new) {
            fs::remove_file(path).map_err(|error| Error::unwritable(path, error))?;
        }
        Ok(replaced)
    }

    /// Lays a file into the folder of what does not count, under a name that is free; one that is
    /// there already with the same bytes is left.
    fn keep(&self, name: &str, round: Option<u32>, bytes: &[u8]) -> Result<String, Error> {
        let there = self.files_in(RECEIVED)?;
        let (stem, extension) = name
            .rsplit_once('.')
            .map_or((name, String::new()), |(stem, last)| (stem, format!(".{last}")));
        let round = round.map_or_else(String::new, |round| format!("_第{round}回"));
        let mut copies = 1..;
        loop {
            let copy = copies.next().filter(|copy| *copy > 1);
            let copy = copy.map_or_else(String::new, |copy| format!("（{copy}）"));
            let name = format!("{stem}{round}{copy}{extension}");
            match there.get(&name) {
                Some(other) if other == bytes => return Ok(format!("{RECEIVED}/{name}")),
                Some(_) => {}
                None => {
                    let path = self.paths.folder.join(RECEIVED).join(&name);
                    if !path.exists() {
                        self.hold.write(&path, bytes)?;
                        return Ok(format!("{RECEIVED}/{name}"));
                    }
                }
            }
        }
    }
}

/// What a department says otherwise than before.
fn changes(old: &Annex, new: &Annex, department: &str) -> Changes {
    let mut changes = Changes::default();
    let comparison = compare::compare(old, new).comparison;
    let own = comparison.entries.iter().filter(|entry| {
        matches!(entry.subject, Subject::Measure | Subject::Kpi)
            && entry.departments.iter().any(|own| own == department)
    });
    for entry in own {
        let identity = entry.identity();
        let named = Named { id: identity.id.0, name: identity.name };
        match (&entry.old, &entry.new) {
            (None, _) => changes.added.push(named),
            (_, None) => changes.removed.push(named),
            (Some(_), Some(_)) => changes.changed.push(named),
        }
    }
    changes
}
