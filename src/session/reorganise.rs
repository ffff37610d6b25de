//! A reorganisation, from the table that somebody filled in (再編表) into the settings.

use std::path::{Path, PathBuf};

use super::Session;
use super::content::{previous, sound_settings};
use super::error::{Error, ReadError};
use super::files::{self, Links};
use super::output::{Lock, write_file};
use super::paths::SETTINGS;
use crate::edition::{self, Limit, Reorganised, limits};
use crate::model::Outcome;
use crate::publish::internal::internal_error;
use crate::report::Report;
use crate::{checks, intake, succession};

/// What came of a table.
#[derive(Debug)]
pub struct ReorganisationRead {
    /// What is wrong with it; where that is an error, nothing was written.
    pub report: Report,
    /// The settings, and whether they are others now.
    pub settings: PathBuf,
    pub is_new: bool,
}

/// Reads the table and writes what it says into the settings, whose comments and order stay.
pub(super) fn reorganise(session: &Session, table: &Path) -> Result<ReorganisationRead, Error> {
    let paths = &session.paths;
    let _lock = Lock::take(&paths.folder)?;
    let edition = sound_settings(paths)?;
    let settings = paths.below(SETTINGS);
    let bytes = files::read(&settings, limits::SETTINGS_BYTES, Links::Follow)
        .map_err(|why| Error::unreadable(&settings, why))?;
    let not_text = |_| Error::unreadable(&settings, ReadError::NotUtf8);
    let text = std::str::from_utf8(&bytes).map_err(not_text)?;
    let before = previous(paths, &edition)?;
    let before = before.ok_or_else(|| Error::NoPrevious { folder: paths.folder.clone() })?;
    let filled = files::named(table, edition.limits.most(Limit::File))
        .map_err(|why| Error::unreadable(table, why))?;
    let name = table.file_name().unwrap_or_default().to_string_lossy();
    let (filled, receipt) = intake::reorganisation(&name, &filled);
    let mut findings = checks::of_unknown(&receipt);
    let mut plan = Reorganised::default();
    if receipt.outcome == Outcome::Read {
        let more;
        (plan, more) = succession::reorganise(&edition, &before, &filled);
        findings.extend(more);
    }
    let mut read =
        ReorganisationRead { report: Report::new(&edition, findings), settings, is_new: false };
    if read.report.is_blocked() {
        return Ok(read);
    }
    let internal = |why: &str| Error::NotMade(Box::new(internal_error(SETTINGS, why)));
    let new = edition::reorganised(text, &plan).ok_or_else(|| internal("it is no TOML"))?;
    // Names that cannot stand beside each other are told of as those of any settings.
    let (now, findings) = edition::parse(SETTINGS, &new);
    let now = now.ok_or_else(|| internal("what was written is no TOML"))?;
    let findings = findings.into_iter().filter(crate::diag::Finding::is_blocking).collect();
    read.report.add(&now, findings);
    if !read.report.is_blocked() && new != text {
        write_file(&read.settings, new.as_bytes())?;
        read.is_new = true;
    }
    Ok(read)
}
