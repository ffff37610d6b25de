//! The folders of an edition, found from what was named.

use std::path::{Path, PathBuf};

use super::Error;

/// The name of the settings in an edition's folder.
pub const SETTINGS: &str = "edition.toml";
/// The folder of the submissions in an edition's folder, where no other is named.
pub const SUBMISSIONS: &str = "submissions";
/// The folder of the papers in an edition's folder, where no other is named.
const OUT: &str = "out";
/// The folder of the forms to send out in an edition's folder, where no other is named.
pub(super) const FORMS: &str = "forms";
/// The folder of what goes back to the departments, where no other is named.
const RETURNS: &str = "returns";
/// The folder with the editions, where none is named.
const INPUTS: &str = "inputs";

/// The folders of an edition.
#[derive(Clone, Debug)]
pub struct Paths {
    /// The folder with `edition.toml`.
    pub folder: PathBuf,
    pub submissions: PathBuf,
}

impl Paths {
    /// Finds the edition: as named, else `.` where it has settings, else the newest under
    /// `inputs/` (by name, so that the result does not hang on time stamps). The submissions are
    /// where they are named, else in the edition's folder.
    pub fn find(edition: Option<&Path>, submissions: Option<&Path>) -> Result<Self, Error> {
        let folder = match edition {
            Some(folder) => named(folder)?,
            None if Path::new(SETTINGS).is_file() => PathBuf::from("."),
            None => newest()?,
        };
        let submissions = submissions.map_or_else(|| folder.join(SUBMISSIONS), Path::to_path_buf);
        Ok(Self { folder, submissions })
    }

    /// The folder of the papers, where no other is named: the edition's own.
    pub fn own_out(&self) -> PathBuf {
        self.below(OUT)
    }

    /// The folder of the forms to send out, where no other is named: the edition's own.
    pub fn own_forms(&self) -> PathBuf {
        self.below(FORMS)
    }

    /// The folder of what goes back, where no other is named: the edition's own.
    pub fn own_returns(&self) -> PathBuf {
        self.below(RETURNS)
    }

    /// Whether the submissions are the edition's own, and not those of another folder.
    pub fn has_own_submissions(&self) -> bool {
        self.submissions == self.folder.join(SUBMISSIONS)
    }

    /// A file or folder of the edition, without `./` where the edition is here.
    pub(super) fn below(&self, name: &str) -> PathBuf {
        if self.folder == Path::new(".") { name.into() } else { self.folder.join(name) }
    }

    /// Refuses an edition without a folder of submissions: nothing can be read of it.
    pub fn has_submissions(&self) -> Result<(), Error> {
        if self.submissions.is_dir() {
            return Ok(());
        }
        Err(Error::NoSubmissions { folder: self.submissions.clone() })
    }

    /// Refuses a folder for what is made that is, or lies in, that of the submissions: the
    /// departments' own files would be replaced, or the papers read as forms.
    pub fn keeps_apart(&self, out: &Path) -> Result<(), Error> {
        let real = |path: &Path| {
            let path = std::path::absolute(path).ok()?;
            path.ancestors().find_map(|above| above.canonicalize().ok())
        };
        let is_within = |place: PathBuf| {
            place.ancestors().any(|above| is_same_folder(above, &self.submissions))
        };
        if !real(out).is_some_and(is_within) {
            return Ok(());
        }
        Err(Error::WithinSubmissions { out: out.to_owned() })
    }
}

/// Whether two paths lead to one folder. Nothing above the second is looked at.
#[cfg(unix)]
fn is_same_folder(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |path: &Path| path.metadata().ok().map(|found| (found.dev(), found.ino()));
    identity(one).is_some_and(|one| identity(other) == Some(one))
}

#[cfg(not(unix))]
fn is_same_folder(one: &Path, other: &Path) -> bool {
    one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other))
}

fn named(folder: &Path) -> Result<PathBuf, Error> {
    let folder = if folder.file_name().is_some_and(|name| name == SETTINGS) {
        folder.parent().map_or_else(PathBuf::new, Path::to_path_buf)
    } else {
        folder.to_path_buf()
    };
    if folder.join(SETTINGS).is_file() {
        return Ok(folder);
    }
    Err(Error::NoSettings { folder })
}

fn newest() -> Result<PathBuf, Error> {
    let editions = std::fs::read_dir(INPUTS).into_iter().flatten().flatten();
    editions
        .map(|entry| entry.path())
        .filter(|path| path.join(SETTINGS).is_file())
        .max()
        .ok_or_else(|| Error::NoEdition { near: near() })
}

/// The folders here that are editions, by name: one of them may be meant.
fn near() -> Vec<PathBuf> {
    let here = std::fs::read_dir(".").into_iter().flatten().flatten();
    let folders = here.map(|entry| PathBuf::from(entry.file_name()));
    let mut near: Vec<PathBuf> = folders.filter(|f| f.join(SETTINGS).is_file()).collect();
    near.sort();
    near
}
