//! What an edition's folder holds: settings, templates, submissions, the annex of the edition
//! before.

use std::fs::{DirEntry, FileType};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;

use super::chapters;
use super::corrections::{self, Corrected};
use super::departments::chosen;
use super::error::{Error, Input, ReadError};
use super::files::{self, Links, list};
use super::ids;
use super::journal;
use super::observer::{Observer, Stage, stage};
use super::paths::{Paths, SETTINGS};
use super::progress;
use crate::checks::{self, Context};
use crate::corrections::{also_known, mark};
use crate::diag::Finding;
use crate::edition::{self, Edition, Limit};
use crate::intake::{self, Intake, Source, SubmissionCache, Unread};
use crate::journal::Journal;
use crate::model::{Annex, KeptId, KnownIds};
use crate::publish::internal::internal_error;
use crate::publish::{data, pdf};
use crate::report::Report;
use crate::succession::{self, Succession};

/// An edition as it was read.
#[derive(Debug)]
pub struct Content {
    pub edition: Edition,
    pub intake: Intake,
    /// The annex of the edition before, where the settings name it, and the same in the words of
    /// this edition.
    pub previous: Option<Annex>,
    pub succession: Option<Succession>,
    /// The annexes before that one, which the settings name for the progress, oldest first.
    pub history: Vec<Annex>,
    /// The ids that the edition has given out before.
    pub kept: Vec<KeptId>,
    /// What happened to the edition so far, where it is kept.
    pub journal: Option<Journal>,
    /// The same with those of now, under the names that were submitted; nothing where nothing is
    /// corrected, so that these are the names of the annex.
    pub submitted_ids: Option<Vec<KeptId>>,
    /// The edition's own templates and their side files, by name.
    pub templates: Vec<(String, Vec<u8>)>,
    /// The files of its chapters, by the names in its settings, and what stands beside them.
    pub chapters: Vec<(String, Vec<u8>)>,
}

impl Content {
    /// The annexes before this one that are known, oldest first.
    pub fn earlier(&self) -> Vec<&Annex> {
        in_order(&self.history, &self.previous)
    }

    /// The ids that the edition has given out, those of now among them.
    pub fn ids_to_keep(&self) -> Vec<KeptId> {
        let of_annex = || data::ids::kept(&self.intake.annex, &self.kept);
        self.submitted_ids.clone().unwrap_or_else(of_annex)
    }
}

/// What was found in an edition.
#[derive(Debug)]
pub struct Checked {
    pub report: Report,
    /// Nothing, where the settings cannot be read; the report says why.
    pub content: Option<Content>,
}

impl Checked {
    /// What was found of one department alone; of all where none is named, or the settings cannot
    /// be read.
    pub fn of_department(&self, named: Option<&str>) -> Result<Report, Error> {
        let (Some(named), Some(content)) = (named, &self.content) else {
            return Ok(self.report.clone());
        };
        let names = chosen(&content.edition, Some(named))?;
        let names: Vec<&str> = names.iter().map(|department| department.name.as_str()).collect();
        Ok(self.report.of(&names))
    }
}

/// Reads the settings; what is wrong with them comes as findings.
pub fn settings(paths: &Paths) -> Result<(Option<Edition>, Vec<Finding>), Error> {
    let path = paths.folder.join(SETTINGS);
    let bytes = files::read(&path, edition::limits::SETTINGS_BYTES, Links::Follow)
        .map_err(|why| Error::unreadable(&path, why))?;
    let (edition, mut findings) = edition::read(SETTINGS, &bytes);
    if let Some(edition) = &edition {
        findings.extend(edition::faults_of_rules(SETTINGS, edition, &super::rules()));
    }
    Ok((edition, findings))
}

/// The settings where nothing that a build would stop for is wrong with them: forms with blank
/// dates or a department too few are not to be sent out.
pub fn sound_settings(paths: &Paths) -> Result<Edition, Error> {
    let (edition, findings) = settings(paths)?;
    let edition = edition.filter(|edition| !Report::new(edition, findings).is_blocked());
    edition.ok_or_else(|| Error::Settings { folder: paths.folder.clone() })
}

/// The settings where they can be read at all.
pub fn readable_settings(paths: &Paths) -> Result<Edition, Error> {
    let (edition, _) = settings(paths)?;
    edition.ok_or_else(|| Error::Settings { folder: paths.folder.clone() })
}

/// Reads and checks everything of an edition; what is in the cache is not read again.
pub fn check(
    paths: &Paths,
    which: Entries,
    cache: &mut SubmissionCache,
    observer: &dyn Observer,
) -> Result<Checked, Error> {
    paths.has_submissions()?;
    let corrections = corrections::bytes(paths)?;
    check_with(paths, which, cache, observer, &corrections)
}

/// As [`check`], with the bytes of a `corrections.toml` that may not be written yet.
pub fn check_with(
    paths: &Paths,
    which: Entries,
    cache: &mut SubmissionCache,
    observer: &dyn Observer,
    corrections: &[u8],
) -> Result<Checked, Error> {
    let (edition, mut findings) = stage(observer, Stage::Settings, || settings(paths))?;
    let Some(edition) = edition else {
        return Ok(Checked { report: Report::unsettled(findings), content: None });
    };
    let (previous, history) = (previous(paths, &edition)?, history(paths, &edition)?);
    let succession = previous.as_ref().map(|annex| succession::succession(&edition, annex));
    let before = succession.as_ref().map(|succession| &succession.annex);
    let former = previous.as_ref().map(|annex| succession::check(SETTINGS, &edition, annex));
    findings.extend(former.into_iter().flatten());
    let (kept, faults) = ids::read(paths, &edition)?;
    findings.extend(faults);
    let (journal, faults) = journal::read(paths)?.unzip();
    findings.extend(faults.into_iter().flatten());
    let templates = templates(paths, &edition)?;
    let chapters = chapters::read(paths, &edition);
    findings.extend(chapters::check(paths, &edition, &chapters));
    let most = edition.limits.most(Limit::File);
    let (asked, faults) = edition::read_corrections(corrections);
    findings.extend(faults);
    // Of a file that cannot be read nothing is applied; the findings stop an official build.
    let asked = asked.unwrap_or_default();
    let known_ids = also_known(&asked, &kept, &edition.schema);
    let known = KnownIds { previous: before, kept: &known_ids };
    // Files are read lazily by the parallel iterator, so that few lie in memory at a time.
    let sources = submissions(paths, which)?.into_par_iter().map(|entry| entry.read(most));
    let intake =
        stage(observer, Stage::Reading, || intake::run_with(cache, &edition, known, sources));
    let Corrected { intake, findings: faults, lines, ids: submitted_ids } =
        corrections::apply(&edition, known, &kept, intake, &asked);
    findings.extend(faults);
    let covers = pdf::covers(&edition);
    let mut found = stage(observer, Stage::Checking, || {
        let (annex, receipts) = (&intake.annex, &intake.receipts);
        checks::run(&Context::new(&edition, annex, receipts, before, &covers))
    });
    found.extend(progress::check(&edition, &intake.annex, &in_order(&history, &previous)));
    mark(&mut found, &lines);
    findings.extend(found);
    findings.extend(pdf::check_side_files(&intake.annex, &templates));
    let broken = intake.annex.broken_reference();
    findings.extend(broken.map(|fault| internal_error("annex.json", fault.say().en)));
    let report = Report::new(&edition, findings);
    drop(covers);
    Ok(Checked {
        report,
        content: Some(Content {
            edition,
            intake,
            previous,
            succession,
            history,
            kept,
            journal,
            submitted_ids,
            templates,
            chapters,
        }),
    })
}

/// The edition's own templates and their side files, by name, where its settings name a folder of them.
fn templates(paths: &Paths, edition: &Edition) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let Some(named) = &edition.templates else { return Ok(Vec::new()) };
    let folder = paths.folder.join(named);
    let cannot = |path: &PathBuf, why: ReadError| Error::Unreadable {
        what: Input::Template,
        path: path.clone(),
        why,
    };
    let mut templates = Vec::new();
    for entry in list(&folder).map_err(|error| cannot(&folder, error.into()))? {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        if name.starts_with('.') {
            continue;
        }
        let kind = entry.file_type().map_err(|error| cannot(&path, error.into()))?;
        // A link may lead out of the edition; passed over, the built-in template would be printed.
        if kind.is_symlink() {
            return Err(cannot(&path, ReadError::Link));
        }
        if kind.is_file() {
            let bytes = files::named(&path, edition.limits.most(Limit::File));
            templates.push((name, bytes.map_err(|why| cannot(&path, why))?));
        }
    }
    Ok(templates)
}

/// Which entries of the submissions folder are looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Entries {
    /// All but the hidden ones: a stray file is worth telling of.
    #[default]
    All,
    /// Not those either that a program lays down while it works, and takes away again.
    Lasting,
}

impl Entries {
    pub fn include(self, name: &str) -> bool {
        !name.starts_with('.') && (self == Self::All || !is_passing(name))
    }
}

/// Excel's lock files, the files it saves into before it renames them (`~WRL0001.tmp`,
/// `7F3A1B20`), and those of a copy that is under way.
fn is_passing(name: &str) -> bool {
    let lower = name.to_lowercase();
    let ends = [".tmp", ".part", ".partial", ".crdownload", "~"];
    name.starts_with('~')
        || ends.iter().any(|end| lower.ends_with(end))
        || (name.len() == 8 && name.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// A file of the submissions folder that is not read yet.
struct Entry {
    path: PathBuf,
    name: Arc<str>,
    kind: io::Result<FileType>,
}

impl Entry {
    /// What is not a regular file is never opened.
    fn read(self, most: u64) -> Source {
        let bytes = match self.kind {
            Ok(kind) if kind.is_dir() => {
                return Source { name: self.name, bytes: Err(Unread::Folder) };
            }
            Ok(kind) if kind.is_file() => files::read(&self.path, most, Links::Refuse),
            Err(error) => Err(error.into()),
            Ok(_) => Err(ReadError::NotAFile),
        };
        Source { name: self.name, bytes: bytes.map_err(|why| why.say().into()) }
    }
}

/// The entries of the submissions folder that are looked at.
fn submissions(paths: &Paths, which: Entries) -> Result<Vec<Entry>, Error> {
    let folder = &paths.submissions;
    let entries = list(folder).map_err(|error| Error::unreadable(folder, error.into()))?;
    let entry = |entry: DirEntry| {
        let name: Arc<str> = entry.file_name().to_string_lossy().into();
        which.include(&name).then(|| Entry { path: entry.path(), name, kind: entry.file_type() })
    };
    Ok(entries.into_iter().filter_map(entry).collect())
}

/// The annex of the edition before: its `annex.json`, named in the settings.
pub fn previous(paths: &Paths, edition: &Edition) -> Result<Option<Annex>, Error> {
    edition.previous.as_ref().map(|named| earlier(paths, edition, named)).transpose()
}

/// The annexes before an edition, oldest first.
fn in_order<'a>(history: &'a [Annex], previous: &'a Option<Annex>) -> Vec<&'a Annex> {
    history.iter().chain(previous).collect()
}

/// The annexes before that one, which the settings name for the progress.
fn history(paths: &Paths, edition: &Edition) -> Result<Vec<Annex>, Error> {
    edition.progress.history.iter().map(|named| earlier(paths, edition, named)).collect()
}

/// An annex that the settings name.
fn earlier(paths: &Paths, edition: &Edition, named: &str) -> Result<Annex, Error> {
    let path = paths.folder.join(named);
    let cannot = |why| Error::Unreadable { what: Input::Previous, path: path.clone(), why };
    let bytes = files::named(&path, edition.limits.most(Limit::File)).map_err(cannot)?;
    let text = std::str::from_utf8(&bytes).map_err(|_| cannot(ReadError::NotUtf8))?;
    data::read(text).map_err(|why| cannot(ReadError::NoAnnex(why.into())))
}
