//! Reads an edition's files from disk: settings, submissions, the edition before.

use std::fs::{self, DirEntry, FileType};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::CannotRun;
use super::files::{self, Links};
use super::plan::{Plan, SETTINGS};
use super::timings::Timings;
use crate::checks::{self, Context};
use crate::diag::Finding;
use crate::edition::{self, Edition, Limit};
use crate::intake::{Intake, Shelf, Source};
use crate::model::Annex;
use crate::publish::{data, pdf};
use crate::report::Report;

/// An edition as read and checked.
pub struct Loaded {
    pub edition: Edition,
    pub intake: Intake,
    /// The edition before, where the settings name it.
    pub previous: Option<Annex>,
    /// As the stages found them; [`Report`] arranges them.
    pub findings: Vec<Finding>,
    pub report: Report,
}

/// Reads the settings; what is wrong with them comes as findings, and none of them may be an
/// error for the rest to go on.
pub fn settings(plan: &Plan) -> Result<(Option<Edition>, Vec<Finding>), CannotRun> {
    let path = plan.folder.join(SETTINGS);
    let bytes = files::read(&path, edition::limits::SETTINGS_BYTES, Links::Follow)
        .map_err(|why| CannotRun(format!("「{}」を読めません（{why}）。", path.display())))?;
    Ok(edition::read(SETTINGS, &bytes))
}

/// That nothing can be done with these settings.
pub fn unsettled(plan: &Plan) -> CannotRun {
    CannotRun(format!(
        "{SETTINGS} に誤りがあります。bessatsu check {} で誤りの場所を確かめてください。",
        plan.folder.display()
    ))
}

/// Reads and checks everything of an edition, once.
///
/// # Errors
/// The findings on the settings, where there is no edition to go on with.
pub fn load(plan: &Plan, timings: &mut Timings) -> Result<Result<Loaded, Report>, CannotRun> {
    again(plan, Entries::All, &mut Shelf::default(), timings)
}

/// As [`load`], where what lies on the shelf need not be read again.
pub fn again(
    plan: &Plan,
    which: Entries,
    shelf: &mut Shelf,
    timings: &mut Timings,
) -> Result<Result<Loaded, Report>, CannotRun> {
    let (edition, mut findings) = timings.stage("設定", || settings(plan))?;
    let Some(edition) = edition else {
        return Ok(Err(Report::unsettled(findings)));
    };
    let previous = previous(plan, &edition)?;
    let most = edition.limits.most(Limit::File);
    let entries = submissions(&plan.submissions, which)?;
    // A file is read where it is taken apart, so that no more of them lie in memory than are at
    // work.
    let sources = entries.into_par_iter().map(|entry| entry.read(most));
    let intake = timings.stage("読込", || shelf.run(&edition, previous.as_ref(), sources));
    let covers = pdf::covers(&edition);
    let context = Context {
        edition: &edition,
        annex: &intake.annex,
        receipts: &intake.receipts,
        previous: previous.as_ref(),
        covers: &covers,
    };
    findings.extend(timings.stage("点検", || checks::run(&context)));
    let report = Report::new(&edition, findings.clone());
    drop(covers);
    Ok(Ok(Loaded { edition, intake, previous, findings, report }))
}

/// The edition's own templates, by name, where its settings name a folder of them.
pub fn templates(plan: &Plan, edition: &Edition) -> Result<Vec<(String, Vec<u8>)>, CannotRun> {
    let Some(named) = &edition.templates else { return Ok(Vec::new()) };
    let folder = plan.folder.join(named);
    let cannot = |path: &Path, why: String| {
        CannotRun(format!("ひな形「{}」を読めません（{why}）。", path.display()))
    };
    let mut templates = Vec::new();
    for entry in list(&folder).map_err(|error| cannot(&folder, files::why(&error)))? {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        if name.starts_with('.') {
            continue;
        }
        let kind = entry.file_type().map_err(|error| cannot(&path, files::why(&error)))?;
        // A link may lead out of the edition; passed over, the built-in template would be printed.
        if kind.is_symlink() {
            return Err(cannot(
                &path,
                "リンクではなく、ファイルそのものを置いてください".to_owned(),
            ));
        }
        if kind.is_file() {
            let bytes = files::named(&path, edition.limits.most(Limit::File));
            templates.push((name, bytes.map_err(|why| cannot(&path, why))?));
        }
    }
    Ok(templates)
}

/// The entries of a folder in the order of their names.
pub fn list(folder: &Path) -> io::Result<Vec<DirEntry>> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<DirEntry>>>()?;
    entries.sort_by_key(DirEntry::file_name);
    Ok(entries)
}

/// Which entries of the submissions folder are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entries {
    /// All but the hidden ones: a stray file is worth telling of.
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
            Err(error) => Err(files::why(&error)),
            Ok(kind) if kind.is_file() => files::read(&self.path, most, Links::Refuse),
            Ok(kind) if kind.is_dir() => Err("フォルダーです".to_owned()),
            Ok(_) => Err("通常のファイルではありません".to_owned()),
        };
        Source { name: self.name, bytes }
    }
}

/// The entries of the submissions folder that are looked at.
fn submissions(folder: &Path, which: Entries) -> Result<Vec<Entry>, CannotRun> {
    let entries = list(folder).map_err(|error| {
        CannotRun(format!("「{}」を読めません（{}）。", folder.display(), files::why(&error)))
    })?;
    let entry = |entry: DirEntry| {
        let name: Arc<str> = entry.file_name().to_string_lossy().into();
        which.include(&name).then(|| Entry { path: entry.path(), name, kind: entry.file_type() })
    };
    Ok(entries.into_iter().filter_map(entry).collect())
}

/// The annex of the edition before: its `annex.json`, named in the settings.
pub fn previous(plan: &Plan, edition: &Edition) -> Result<Option<Annex>, CannotRun> {
    let Some(named) = &edition.previous else { return Ok(None) };
    let path = plan.folder.join(named);
    let cannot =
        |why: String| CannotRun(format!("前の版「{}」を読めません（{why}）。", path.display()));
    let bytes = files::named(&path, edition.limits.most(Limit::File)).map_err(cannot)?;
    let text = std::str::from_utf8(&bytes)
        .map_err(|_| cannot(files::why(&io::ErrorKind::InvalidData.into())))?;
    data::read(text).map(Some).map_err(cannot)
}
