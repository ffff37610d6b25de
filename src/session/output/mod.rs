//! Writes the papers whole or not at all, as a set: killed at any moment, the folder holds the
//! papers of one build. [`target`] says how.

pub mod archive;
mod lock;
mod stamp;
mod target;
#[cfg(test)]
mod tests;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Error;
use crate::publish::artifact::Artifact;
pub use lock::Lock;
pub use stamp::Stamp;
use target::Target;

/// A paper: its name, and its bytes.
type Paper = (String, Arc<Vec<u8>>);

/// The papers of one build, by file name.
#[derive(Default)]
pub struct Outputs {
    papers: Vec<Paper>,
    /// Those that are under way already.
    begun: Option<Begun>,
    /// Of which build they are.
    stamp: Option<Stamp>,
}

impl Outputs {
    /// For a folder that is held already.
    pub fn claimed(claim: Claim) -> Self {
        Self { begun: Some(Begun::of(claim.0)), ..Self::default() }
    }

    /// Adds a paper. The name may go into a folder below OUT (`web/index.html`).
    pub fn add(&mut self, name: impl Into<String>, bytes: impl Into<Arc<Vec<u8>>>) {
        self.papers.push((name.into(), bytes.into()));
    }

    /// Adds papers under their names.
    pub fn extend(&mut self, artifacts: impl IntoIterator<Item = Artifact>) {
        artifacts.into_iter().for_each(|artifact| self.add(artifact.name, artifact.bytes));
    }

    /// Says of which build the papers are.
    pub fn stamp(&mut self, stamp: Stamp) {
        self.stamp = Some(stamp);
    }

    /// Puts what there is of the set on the disk, so that less is left to do when the last paper
    /// comes. Nobody sees it before [`Self::write`], and without that it is taken away again.
    ///
    /// # Errors
    /// As of [`Self::write`].
    pub fn begin(&mut self, folder: &Path) -> Result<(), Error> {
        // A folder that is not there yet is not made for papers that may never come.
        if folder.is_dir() {
            let papers = std::mem::take(&mut self.papers);
            let begun = self.begun.take().map_or_else(|| Begun::open(folder), Ok)?;
            self.begun.insert(begun).add(folder, papers)?;
        }
        Ok(())
    }

    /// Puts the set into `folder`, which is made where there is none. A paper that lies there
    /// already with the same bytes is left as it is.
    ///
    /// # Errors
    /// The folder holds the earlier set as it was: it is in use by another build, cannot be
    /// written, or the disk is full.
    pub fn write(self, folder: &Path) -> Result<Vec<Written>, Error> {
        let mut begun = self.begun.map_or_else(|| Begun::open(folder), Ok)?;
        begun.add(folder, self.papers)?;
        begun.finish(folder, self.stamp.as_ref())
    }

    /// As [`Self::write`], into a folder of an edition that is new: nothing is left there that
    /// keeps other builds out.
    ///
    /// # Errors
    /// As of [`Self::write`].
    pub fn write_new(self, folder: &Path) -> Result<Vec<Written>, Error> {
        let written = self.write(folder)?;
        match fs::remove_file(folder.join(lock::LOCK)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(Error::unwritable(folder, error))
            }
            _ => Ok(written),
        }
    }
}

/// A set on its way into its folder.
struct Begun {
    target: Target,
    papers: Vec<Paper>,
    /// Which of them differ from what lies in the folder.
    is_new: Vec<bool>,
}

impl Begun {
    fn open(folder: &Path) -> Result<Self, Error> {
        Target::open(folder).map(Self::of)
    }

    fn of(target: Target) -> Self {
        Self { target, papers: Vec::new(), is_new: Vec::new() }
    }

    fn add(&mut self, folder: &Path, papers: Vec<Paper>) -> Result<(), Error> {
        for (name, _) in &papers {
            self.target
                .accepts(name)
                .map_err(|error| Error::unwritable(&folder.join(name), error))?;
        }
        let is_new: Vec<bool> = papers.iter().map(|paper| !self.target.holds(paper)).collect();
        let new: Vec<&Paper> =
            papers.iter().zip(&is_new).filter(|(_, new)| **new).map(|f| f.0).collect();
        if !new.is_empty() {
            self.target.prepare(&new);
        }
        self.papers.extend(papers);
        self.is_new.extend(is_new);
        Ok(())
    }

    fn finish(self, folder: &Path, stamp: Option<&Stamp>) -> Result<Vec<Written>, Error> {
        let Self { mut target, papers, is_new } = self;
        target.is_used = true;
        let all = || papers.iter().zip(&is_new);
        let new: Vec<&Paper> = all().filter(|(_, new)| **new).map(|(paper, _)| paper).collect();
        let path = |name: &str| folder.join(name);
        let written =
            all().map(|((name, _), &is_new)| Written { path: path(name), is_new }).collect();
        let fail = |error| Error::unwritable(folder, error);
        if !new.is_empty() {
            target.replace(&new).map_err(fail)?;
        }
        stamp.map_or(Ok(()), |stamp| target.sign(&stamp.line())).map_err(fail)?;
        Ok(written)
    }
}

/// A paper that is in its place.
#[derive(Debug)]
pub struct Written {
    pub path: PathBuf,
    /// Whether it differs from what was there before.
    pub is_new: bool,
}

/// Writes one file whole or not at all, and leaves nothing else in its folder.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    write_through(path, (".tmp", ""), bytes)
}

/// As [`write_file`]; while it is on its way, its name begins and ends with these.
pub fn write_through(path: &Path, (begin, end): (&str, &str), bytes: &[u8]) -> Result<(), Error> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let write = || {
        let mut named = tempfile::Builder::new();
        let mut file =
            named.prefix(begin).suffix(end).tempfile_in(folder.unwrap_or(Path::new(".")))?;
        file.write_all(bytes)?;
        readable(file.as_file())?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok(())
    };
    write().map_err(|error: io::Error| Error::unwritable(path, error))
}

/// A temporary file is private to its owner; a paper is for everyone.
#[cfg(unix)]
fn readable(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &fs::File) -> io::Result<()> {
    Ok(())
}

/// A folder that a build has for itself from its beginning to its end, so that of two builds at
/// once one is refused before it makes anything.
pub struct Claim(Target);

impl Claim {
    /// Takes a folder, which is made where there is none, and finishes what a build that was killed
    /// had begun there. A folder that was made goes again where it gets no papers.
    ///
    /// # Errors
    /// Another build has it at this moment, or it cannot be written.
    pub fn new(folder: &Path) -> Result<Self, Error> {
        Target::open(folder).map(Self)
    }

    /// Of which build the papers are that lie there; `None` where there are none.
    pub fn stamp(&mut self) -> Option<Stamp> {
        let line = self.0.signature(stamp::LONGEST).ok();
        Stamp::of(&self.0.folder, line.as_deref())
    }
}
