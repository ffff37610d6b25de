//! The ids that an edition has given out: `ids.csv` in its folder.
//!
//! They count for the edition's own submissions alone: what is tried with the forms of another
//! folder neither takes nor gives an id.

use std::path::PathBuf;

use super::error::{Error, ReadError};
use super::files::{self, Links};
use super::hold::{Hold, unheld};
use super::output::archive;
use super::paths::Paths;
use crate::diag::Finding;
use crate::edition::{Edition, Limit};
use crate::model::KeptId;
use crate::publish::data::{self, ids};
use crate::schema::Words;

/// The file; none where that of another edition's folder would be meant.
pub fn path(paths: &Paths) -> Option<PathBuf> {
    paths.has_own_submissions().then(|| paths.folder.join(ids::FILE))
}

/// What was kept, and what is wrong with it.
pub fn read(paths: &Paths, edition: &Edition) -> Result<(Vec<KeptId>, Vec<Finding>), Error> {
    let Some(path) = path(paths) else { return Ok(Default::default()) };
    let most = edition.limits.most(Limit::File);
    match files::read(&path, most, Links::Follow) {
        Ok(bytes) => Ok(ids::read(&bytes)),
        Err(ReadError::Io(error)) if error.kind() == std::io::ErrorKind::NotFound => {
            Ok(of_versions(paths, edition, most))
        }
        Err(why) => Err(Error::unreadable(&path, why)),
    }
}

/// The ids in the annexes of the versions that are kept, where the file is not there.
fn of_versions(paths: &Paths, edition: &Edition, most: u64) -> (Vec<KeptId>, Vec<Finding>) {
    let (mut kept, mut from) = (Vec::new(), Vec::new());
    for path in archive::annexes(&paths.own_out()) {
        let Ok(bytes) = files::read(&path, most, Links::Refuse) else { continue };
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let Ok(annex) = data::read(&text) else { continue };
        if annex.front.edition == edition.id() {
            kept = ids::kept(&annex, &kept);
            from.push(path.display().to_string());
        }
    }
    let findings = (!kept.is_empty()).then(|| ids::lost(&from.join("、")));
    (kept, findings.into_iter().collect())
}

/// Keeps ids; whether the file is another now.
pub fn write(
    paths: &Paths,
    hold: Option<&Hold>,
    kept: &[KeptId],
    words: &Words,
) -> Result<bool, Error> {
    let Some(path) = path(paths).filter(|_| !kept.is_empty()) else { return Ok(false) };
    let file = ids::render(kept, words);
    if std::fs::read(&path).is_ok_and(|there| there == *file.bytes) {
        return Ok(false);
    }
    let hold = hold.ok_or_else(|| unheld(&path))?;
    hold.write(&path, &file.bytes).map(|()| true)
}
