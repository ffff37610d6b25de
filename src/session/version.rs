//! One version of an annex: an edition's folder, an `annex.json`, a consolidated workbook, or what
//! one department submitted.

use std::path::{Path, PathBuf};

use super::content::{Entries, check, previous, settings};
use super::error::{Error, ReadError};
use super::output::archive;
use super::paths::Paths;
use super::{files, ids};
use crate::checks::{self, Context};
use crate::edition::{Edition, Limit, Limits};
use crate::intake::{self, Intake, Source, SubmissionCache};
use crate::model::{Annex, Front, KnownIds, ObservationKind, Outcome};
use crate::publish::{data, pdf};
use crate::report::Report;
use crate::succession;

#[derive(Debug)]
pub struct Version {
    pub path: PathBuf,
    pub annex: Annex,
    /// The settings, where an edition's folder was named.
    pub edition: Option<Edition>,
    /// The annex of the edition before, where the settings of a folder name it.
    pub previous: Option<Annex>,
    /// Those before that one, which its settings name for the progress, oldest first.
    pub history: Vec<Annex>,
    /// What was found while it was read: all findings of an edition, or what of a workbook could
    /// not be read.
    pub report: Report,
}

/// How many folders above a form its edition is looked for: `edition/submissions/form.xlsx`.
const ABOVE_A_FORM: usize = 3;

/// Excel knows no earlier year.
const UNDATED: i32 = 1900;

impl Version {
    /// Reads what `path` names, by what it is and not by what it is called. What of a workbook
    /// cannot be read is in the report; the rest goes on.
    ///
    /// # Errors
    /// It cannot be read at all, or a whole sheet or column of a workbook is missing: what it held
    /// would be told as removed.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let (version, missing) = Self::read_with_gaps(path)?;
        if missing.is_empty() {
            return Ok(version);
        }
        let (path, report) = (path.to_owned(), Box::new(version.report));
        Err(Error::Incomplete { path, missing, report })
    }

    /// As [`Self::read`], with whatever is there.
    pub fn read_what_is_there(path: &Path) -> Result<Self, Error> {
        Self::read_with_gaps(path).map(|(version, _)| version)
    }

    /// The version, and the sheets and columns that a workbook lacks.
    fn read_with_gaps(path: &Path) -> Result<(Self, Vec<String>), Error> {
        if path.is_dir() {
            return Ok((Self::of_folder(path)?, Vec::new()));
        }
        let cannot = |why| Error::unreadable(path, why);
        let most = Limits::default().most(Limit::File);
        let bytes = files::named(path, most).map_err(cannot)?;
        if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
            return Err(cannot(ReadError::NotUtf8));
        }
        let Ok(text) = std::str::from_utf8(&bytes) else {
            return Self::of_workbook(path, &bytes);
        };
        let annex = data::read(text).map_err(|why| cannot(ReadError::NoAnnex(why.into())))?;
        let report = Report::default();
        Ok((
            Self {
                path: path.to_owned(),
                annex,
                edition: None,
                previous: None,
                history: Vec::new(),
                report,
            },
            Vec::new(),
        ))
    }

    fn of_folder(path: &Path) -> Result<Self, Error> {
        let paths = Paths::find(Some(path), None)?;
        let checked = check(&paths, Entries::All, &mut SubmissionCache::default(), &())?;
        let Some(content) = checked.content else {
            return Err(Error::Settings { folder: paths.folder });
        };
        Ok(Self {
            path: path.to_owned(),
            annex: content.intake.annex,
            edition: Some(content.edition),
            previous: content.previous,
            history: content.history,
            report: checked.report,
        })
    }

    fn of_workbook(path: &Path, bytes: &[u8]) -> Result<(Self, Vec<String>), Error> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let (annex, receipt) = intake::consolidated(&name, bytes);
        let report = Report::new(&Edition::default(), checks::of_consolidated(&receipt));
        let gone = [ObservationKind::SheetMissing, ObservationKind::ColumnMissing];
        let missing =
            receipt.observations.iter().filter(|observation| gone.contains(&observation.kind));
        let missing: Vec<String> =
            missing.map(|observation| observation.expected.clone()).collect();
        let path = path.to_owned();
        // A form has sheets and columns of the consolidated workbook, but never all.
        if (annex.is_none() || !missing.is_empty())
            && let Some(version) = Self::of_form(&path, bytes)?
        {
            return Ok((version, Vec::new()));
        }
        if let Some(fault) = annex.as_ref().and_then(Annex::broken_reference) {
            return Err(Error::unreadable(&path, ReadError::Broken(fault.into())));
        }
        match annex {
            Some(annex) => Ok((
                Self { path, annex, edition: None, previous: None, history: Vec::new(), report },
                missing,
            )),
            None => Err(Error::NotAVersion { path, report: Box::new(report) }),
        }
    }

    /// One submission of a department, read as the edition that it lies in, or that is here, reads
    /// it; nothing where there is no edition or the file is no form of it.
    fn of_form(path: &Path, bytes: &[u8]) -> Result<Option<Self>, Error> {
        let absolute = std::path::absolute(path).map_err(|e| Error::unreadable(path, e.into()))?;
        let around = absolute.ancestors().skip(1).take(ABOVE_A_FORM);
        let around = around.map(|folder| Paths::find(Some(folder), None)).find_map(Result::ok);
        let Some(paths) = around.or_else(|| Paths::find(None, None).ok()) else { return Ok(None) };
        let (Some(edition), _) = settings(&paths)? else { return Ok(None) };
        let before = previous(&paths, &edition)?;
        let before = before.map(|annex| succession::succession(&edition, &annex).annex);
        let (kept, _) = ids::read(&paths, &edition)?;
        let known = KnownIds { previous: before.as_ref(), kept: &kept };
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let source = Source { name: name.as_ref().into(), bytes: Ok(bytes.to_vec()) };
        let mut cache = SubmissionCache::default();
        let Intake { annex, receipts, .. } =
            intake::run_with(&mut cache, &edition, known, vec![source]);
        if !receipts.iter().any(|r| r.outcome == Outcome::Read && r.department.is_some()) {
            return Ok(None);
        }
        let covers = pdf::covers(&edition);
        let mut findings =
            checks::run(&Context::new(&edition, &annex, &receipts, before.as_ref(), &covers));
        // What a submission says may be wrong; what of it could not be read matters here.
        findings
            .retain(|f| f.is_blocking() && f.rule.code.starts_with('F') && *f.place.file == *name);
        let report = Report::new(&edition, findings);
        drop(covers);
        Ok(Some(Self {
            path: path.to_owned(),
            annex,
            edition: None,
            previous: None,
            history: Vec::new(),
            report,
        }))
    }

    /// The annex as lines of text.
    pub fn lines(&self) -> String {
        data::lines(&self.annex)
    }

    /// The settings; what the papers ask of them where there is only an annex.
    pub fn settings(&self) -> Edition {
        let front = &self.annex.front;
        self.edition.clone().unwrap_or_else(|| Edition {
            front: Front {
                edition: front.edition.clone(),
                title: front.title.clone(),
                issuer: front.issuer.clone(),
                ..Front::default()
            },
            // The date of a workbook; a cover that was edited by hand may say none.
            year: if front.first_year > 0 { front.first_year } else { UNDATED },
            schema: self.annex.schema.clone(),
            ..Edition::default()
        })
    }
}

/// The last official version of an edition that is kept below its papers, but for the version that
/// the edition has now.
pub(super) fn last(out: &Path, edition: &Edition) -> Result<Option<Version>, Error> {
    let own = &edition.front.version;
    let mut versions = Vec::new();
    for path in archive::annexes(out) {
        let version = Version::read(&path)?;
        let front = &version.annex.front;
        let is_other = archive::folder_of(&front.version) != archive::folder_of(own);
        if front.edition == edition.id() && is_other {
            versions.push((numbers(&front.version), version));
        }
    }
    // What was made later by its number is no version before this one.
    let own = numbers(own);
    if versions.iter().any(|(number, _)| *number < own) {
        versions.retain(|(number, _)| *number < own);
    }
    let last = versions.into_iter().max_by(|(one, _), (other, _)| one.cmp(other));
    Ok(last.map(|(_, version)| version))
}

/// The numbers in the name of a version, by which 「第 1.10 版」 comes after 「第 1.9 版」.
fn numbers(version: &str) -> Vec<u64> {
    let parts = version.split(|c: char| !c.is_ascii_digit());
    parts.filter_map(|part| part.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_in_the_order_of_their_numbers() {
        let mut versions = ["第 2.0 版", "第 1.10 版", "第 1.9 版", "第 1 版"];
        versions.sort_by_key(|version| numbers(version));
        assert_eq!(versions, ["第 1 版", "第 1.9 版", "第 1.10 版", "第 2.0 版"]);
    }
}
