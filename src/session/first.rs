//! The first edition of an office that has forms or lists already: settings drawn from these, and the
//! files themselves as the first submissions.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::error::{Error, ReadError};
use super::example::{EXAMPLE, refuse_taken, write};
use super::files;
use super::paths::{SETTINGS, SUBMISSIONS};
use crate::checks;
use crate::draft;
use crate::edition::{self, Edition, Limit, Limits};
use crate::intake::Source;
use crate::intake::survey::{Survey, survey};
use crate::model::Outcome;
use crate::publish::internal::internal_error;
use crate::report::Report;
use crate::schema::Table;

/// What the names of workbooks end with.
const WORKBOOKS: [&str; 6] = ["xlsx", "xlsm", "xls", "xlsb", "ods", "fods"];

/// What a first edition is made of.
#[derive(Clone, Debug)]
pub struct FirstEdition<'a> {
    pub folder: &'a Path,
    /// Workbooks, or folders of them.
    pub from: &'a [PathBuf],
    /// The files are the first submissions.
    pub with_submissions: bool,
    pub with_templates: bool,
}

/// What was made of which tables.
#[derive(Debug)]
pub struct FirstMade {
    /// The rows of measures and of KPIs that were read.
    pub measures: usize,
    pub kpis: usize,
    /// File and sheet of each table of which nothing is taken over.
    pub unknown: Vec<(String, String)>,
    /// How many lines of the settings are marked as to be looked at.
    pub guesses: usize,
    /// How many files are submissions now.
    pub submissions: usize,
    /// What lay in a folder and is no workbook.
    pub passed_over: Vec<PathBuf>,
}

/// Draws the settings of an edition from forms or lists, and writes them into a folder that has no
/// edition yet.
///
/// # Errors
/// A file cannot be read, none has a table of measures or KPIs, or the folder has an edition or
/// submissions already. Nothing is written then.
pub fn write_first(wanted: &FirstEdition) -> Result<FirstMade, Error> {
    let submissions = wanted.with_submissions.then_some(SUBMISSIONS);
    refuse_taken(wanted.folder, submissions, wanted.with_templates)?;
    let (paths, passed_over) = workbooks(wanted.from)?;
    let files = read(&paths)?;
    let surveys: Vec<Survey> = files
        .par_iter()
        .map(|(name, bytes)| {
            survey(Source { name: name.as_str().into(), bytes: Ok(bytes.clone()) })
        })
        .collect();
    let report = || {
        let findings = surveys.iter().flat_map(|survey| checks::of_unknown(&survey.receipt));
        Box::new(Report::new(&Edition::default(), findings.collect()))
    };
    let unreadable = surveys.iter().zip(&paths);
    let unreadable = unreadable.filter(|(survey, _)| survey.receipt.outcome == Outcome::Unreadable);
    if let Some((_, path)) = unreadable.into_iter().next() {
        return Err(Error::NoForm { path: path.clone(), report: report() });
    }
    let Some(draft) = draft::draft(&surveys) else {
        let path = wanted.from.first().cloned().unwrap_or_default();
        return Err(Error::NoForm { path, report: report() });
    };
    let settings = draft::settings(&draft, EXAMPLE);
    // What we write ourselves must read back; what it lacks is told by the check.
    if edition::parse(SETTINGS, &settings).0.is_none() {
        return Err(Error::NotMade(Box::new(internal_error(SETTINGS, "the draft is no TOML"))));
    }
    let guesses = edition::unconfirmed(&settings).len();
    let submitted = if wanted.with_submissions { files } else { Vec::new() };
    let count = submitted.len();
    write(wanted.folder, settings, submitted, wanted.with_templates)?;
    let rows = |wanted: Table| {
        let tables = draft.sources().iter().filter(|source| source.table == Some(wanted));
        tables.map(|source| source.rows).sum()
    };
    let unknown = draft.sources().iter().filter(|source| source.table.is_none());
    Ok(FirstMade {
        measures: rows(Table::Measures),
        kpis: rows(Table::Kpis),
        unknown: unknown.map(|source| (source.file.clone(), source.sheet.clone())).collect(),
        guesses,
        submissions: count,
        passed_over,
    })
}

/// The workbooks that were named or lie in the folders that were, and what else lies there.
fn workbooks(named: &[PathBuf]) -> Result<(Vec<PathBuf>, Vec<PathBuf>), Error> {
    let (mut workbooks, mut others) = (Vec::new(), Vec::new());
    for path in named {
        if !path.is_dir() {
            workbooks.push(path.clone());
            continue;
        }
        let entries =
            files::list(path).map_err(|why| Error::unreadable(path, ReadError::Io(why)))?;
        for entry in entries.iter().map(std::fs::DirEntry::path).filter(|path| !path.is_dir()) {
            let extension = entry.extension().map(|end| end.to_string_lossy().to_lowercase());
            let name = entry.file_name().map(|name| name.to_string_lossy().into_owned());
            // A file that Excel has open has another beside it.
            let is_lock = name.is_some_and(|name| name.starts_with("~$") || name.starts_with('.'));
            let is_workbook = extension.is_some_and(|end| WORKBOOKS.contains(&end.as_str()));
            if is_workbook && !is_lock { &mut workbooks } else { &mut others }.push(entry);
        }
        if workbooks.is_empty() {
            return Err(Error::NoWorkbooks { folder: path.clone() });
        }
    }
    Ok((workbooks, others))
}

/// The files with their names; no two may have the same.
fn read(paths: &[PathBuf]) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let most = Limits::default().most(Limit::File);
    let mut read: Vec<(String, Vec<u8>)> = Vec::new();
    for path in paths {
        let bytes = files::named(path, most).map_err(|why| Error::unreadable(path, why))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if read.iter().any(|(known, _)| *known == name) {
            return Err(Error::SameName { name });
        }
        read.push((name, bytes));
    }
    Ok(read)
}
