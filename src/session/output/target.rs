//! The folder that gets a set of papers.
//!
//! The new set is first written in full into a folder of its own (the *stage*) and flushed to
//! disk. Then, where the system can swap two folders in one step (Linux):
//!
//! 1. the stage lies beside OUT and takes its place, so that OUT shows the new set at once;
//! 2. the papers are linked into the folder that was OUT, which nobody sees at that time;
//! 3. the two are swapped back: OUT is the folder that it was, with the new set in it and with
//!    whatever else lay there. Programs that have the folder open notice nothing.
//!
//! Elsewhere, or where OUT is a mount point or holds folders of somebody else's, the stage lies
//! inside OUT and its files are renamed one after another. A stage that is complete names its
//! papers in a list. A later build that finds such a stage finishes the work before it does
//! anything else; a stage without the list was never seen by anybody and is removed. A lock keeps
//! other builds out all the while.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Component, Path, PathBuf};

use rayon::prelude::*;

use super::Paper;
use super::lock::{LOCK, Lock};
use crate::session::Error;

/// The list of a complete stage: the names of its papers, one a line.
const LIST: &str = ".bessatsu.list";
/// The stage, where it lies inside OUT.
const INSIDE: &str = ".bessatsu.new";
/// A paper on its way into its place.
pub const ARRIVING: &str = ".bessatsu.arriving";

/// OUT, held by this process alone and free of what an earlier build left unfinished.
pub struct Target {
    pub folder: PathBuf,
    /// The folders that were made for it, the innermost first.
    made: Vec<PathBuf>,
    /// Whether it has papers of this process.
    pub is_used: bool,
    /// The stage beside OUT, once there is one.
    staged: Option<io::Result<PathBuf>>,
    lock: Lock,
}

impl Target {
    /// Takes the folder, which is made where there is none.
    ///
    /// # Errors
    /// Another build has it, or it cannot be written.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let fail = |error: io::Error| Error::unwritable(folder, error);
        let is_missing = |above: &&Path| !above.as_os_str().is_empty() && !above.exists();
        let made = folder.ancestors().take_while(is_missing).map(Path::to_owned).collect();
        fs::create_dir_all(folder).map_err(fail)?;
        let path = folder.canonicalize().map_err(fail)?;
        let lock = Lock::take(folder)?;
        let target = Self { folder: path, made, is_used: false, staged: None, lock };
        target.recover().map_err(fail)?;
        Ok(target)
    }

    /// The stage beside OUT; OUT itself may be the root of a file system.
    pub fn beside(&self) -> Option<PathBuf> {
        let mut name = OsString::from(".");
        name.push(self.folder.file_name()?);
        name.push(INSIDE);
        Some(self.folder.with_file_name(name))
    }

    pub fn inside(&self) -> PathBuf {
        self.folder.join(INSIDE)
    }

    fn recover(&self) -> io::Result<()> {
        if let Some(beside) = self.beside() {
            if let Some(names) = list(&self.folder)? {
                self.swap_back(&beside, &names)?;
            }
            remove(&beside)?;
        }
        let inside = self.inside();
        if let Some(names) = list(&inside)? {
            self.settle(&names)?;
        }
        remove(&inside)
    }

    /// Whether a paper can take its place, so that nothing fails half-way.
    pub fn accepts(&self, name: &str) -> io::Result<()> {
        let path = self.folder.join(name);
        if !is_below(name) {
            return Err(ErrorKind::InvalidFilename.into());
        }
        let mut above = path.ancestors().skip(1).take_while(|above| *above != self.folder);
        let leads_on = |above: &Path| match fs::symlink_metadata(above) {
            Ok(found) => found.is_dir(),
            Err(error) => error.kind() == ErrorKind::NotFound,
        };
        if above.any(|above| !leads_on(above)) {
            return Err(ErrorKind::NotADirectory.into());
        }
        if path.is_dir() {
            return Err(ErrorKind::IsADirectory.into());
        }
        // Windows does not replace a file that another program holds open.
        if cfg!(windows) && path.exists() {
            OpenOptions::new().append(true).open(path)?;
        }
        Ok(())
    }

    /// Whether a paper lies there already as it is to be.
    pub fn holds(&self, (name, bytes): &Paper) -> bool {
        let path = self.folder.join(name);
        let alike = |found: fs::Metadata| found.is_file() && found.len() == bytes.len() as u64;
        fs::symlink_metadata(&path).is_ok_and(alike) && fs::read(&path).is_ok_and(|b| b == **bytes)
    }

    /// Puts papers on the disk where nobody sees them, before the set is complete. Where that
    /// cannot be done, [`Self::replace`] finds another way, or says why not.
    pub fn prepare(&mut self, papers: &[&Paper]) {
        let stage = match self.staged.take() {
            Some(stage) => stage,
            None => self.beside().map_or(Err(ErrorKind::Unsupported.into()), |beside| {
                self.make_stage(&beside).map(|()| beside)
            }),
        };
        self.staged = Some(stage.and_then(|stage| put_all(&stage, papers).map(|()| stage)));
    }

    /// Puts a set of papers, all of which were prepared, into their places.
    pub fn replace(&mut self, papers: &[&Paper]) -> io::Result<()> {
        let names: Vec<&str> = papers.iter().map(|(name, _)| name.as_str()).collect();
        if let Some(Ok(beside)) = &self.staged {
            let beside = beside.clone();
            let swapped = self
                .link_others(&beside, &names)
                .and_then(|()| seal(&beside, &names))
                .and_then(|()| swap(&self.folder, &beside));
            if swapped.is_ok() {
                // From here on it is no stage any more, but what was OUT.
                self.staged = None;
                self.swap_back(&beside, &names)?;
                return remove(&beside);
            }
        }
        // Whatever the reason, OUT is untouched, and the other way may still be open.
        let inside = self.inside();
        let staged = self
            .move_inside(&inside)
            .or_else(|_| self.make_stage(&inside).and_then(|()| put_all(&inside, papers)))
            .and_then(|()| seal(&inside, &names));
        if let Err(error) = staged {
            remove(&inside)?;
            return Err(error);
        }
        self.settle(&names)?;
        remove(&inside)
    }

    /// What stands in the lock file of which build the papers are. It is read through the lock:
    /// on Windows nobody else may read it while it is held.
    pub fn signature(&mut self, most: u64) -> io::Result<String> {
        self.lock.read(most)
    }

    /// Writes into the lock file of which build the papers are.
    pub fn sign(&mut self, stamp: &str) -> io::Result<()> {
        let most = stamp.len() as u64 + 1;
        if self.signature(most).is_ok_and(|there| there == stamp) {
            return Ok(());
        }
        self.lock.write(stamp)
    }

    /// Makes of the stage beside OUT the one inside, so that nothing is written twice; fails
    /// where there is none, or where OUT is a file system of its own.
    fn move_inside(&mut self, inside: &Path) -> io::Result<()> {
        let Some(Ok(beside)) = &self.staged else {
            self.clear()?;
            return Err(ErrorKind::NotFound.into());
        };
        let moved = fs::rename(beside, inside);
        self.clear()?;
        moved
    }

    fn make_stage(&self, stage: &Path) -> io::Result<()> {
        fs::create_dir(stage)?;
        fs::set_permissions(stage, fs::metadata(&self.folder)?.permissions())
    }

    /// Removes a stage that was not used.
    fn clear(&mut self) -> io::Result<()> {
        match self.staged.take() {
            None => Ok(()),
            Some(_) => self.beside().map_or(Ok(()), |beside| remove(&beside)),
        }
    }

    /// Links what OUT holds besides the papers, the lock among it, into the stage that will take
    /// its place. A folder of somebody else's cannot be linked, and is not to vanish for a moment.
    fn link_others(&self, stage: &Path, names: &[&str]) -> io::Result<()> {
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let (name, place) = (entry.file_name(), stage.join(entry.file_name()));
            if entry.file_type()?.is_file() {
                if !names.iter().any(|paper| **paper == *name) {
                    fs::hard_link(entry.path(), place)?;
                }
            } else if !names.iter().any(|paper| Path::new(paper).starts_with(&name)) {
                return Err(ErrorKind::Unsupported.into());
            }
        }
        Ok(())
    }

    /// Steps 2 and 3 of the swap. Each may have been done in part already.
    fn swap_back(&self, beside: &Path, names: &[impl AsRef<str>]) -> io::Result<()> {
        if beside.is_dir() {
            for name in names {
                let name = name.as_ref();
                let place = beside.join(name);
                let arriving = beside.join(ARRIVING);
                remove(&arriving)?;
                make_parent(&place)?;
                fs::hard_link(self.folder.join(name), &arriving)?;
                fs::rename(&arriving, &place)?;
            }
            // A rename onto another link of the same file leaves both.
            remove(&beside.join(ARRIVING))?;
            flush(beside);
            return swap(&self.folder, beside);
        }
        // Somebody took the folder away that was OUT: the stage is all there is.
        fs::remove_file(self.folder.join(LIST))
    }

    /// Renames the papers of the stage inside OUT into their places.
    fn settle(&self, names: &[impl AsRef<str>]) -> io::Result<()> {
        for name in names {
            let name = name.as_ref();
            let staged = self.inside().join(name);
            if staged.exists() {
                let place = self.folder.join(name);
                make_parent(&place)?;
                fs::rename(staged, place)?;
            }
        }
        flush(&self.folder);
        Ok(())
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        // What cannot be removed now, the next build removes.
        let _ = self.clear();
        // A folder that was made for papers that never came goes as it came.
        if !self.is_used && !self.made.is_empty() && fs::remove_file(self.folder.join(LOCK)).is_ok()
        {
            let _ = self.made.iter().try_for_each(fs::remove_dir);
        }
    }
}

/// The names of a complete stage; `None` where there is none. A link to a folder elsewhere is none
/// of ours.
fn list(stage: &Path) -> io::Result<Option<Vec<String>>> {
    if !fs::symlink_metadata(stage).is_ok_and(|found| found.is_dir()) {
        return Ok(None);
    }
    match fs::read_to_string(stage.join(LIST)) {
        Ok(text) => Ok(Some(text.lines().filter(|n| is_below(n)).map(str::to_owned).collect())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether a name stays below the folder that it is joined to.
fn is_below(name: &str) -> bool {
    let mut parts = Path::new(name).components().peekable();
    !name.contains('\n')
        && parts.peek().is_some()
        && parts.all(|part| matches!(part, Component::Normal(_)))
}

/// Writes papers into a stage.
pub fn put_all(stage: &Path, papers: &[&Paper]) -> io::Result<()> {
    // The disk takes most of the time, and does many at once in that of a few.
    papers.par_iter().try_for_each(|(name, bytes)| put(&stage.join(name), bytes))
}

/// Writes the list of a stage that is complete.
pub fn seal(stage: &Path, names: &[&str]) -> io::Result<()> {
    let names: String = names.iter().flat_map(|name| [name, "\n"]).collect();
    flush(stage);
    // The list appears whole: a torn one would name a part of the set.
    put(&stage.join(ARRIVING), names.as_bytes())?;
    fs::rename(stage.join(ARRIVING), stage.join(LIST))?;
    flush(stage);
    Ok(())
}

fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    make_parent(path)?;
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn make_parent(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)
}

/// Removes a file or a folder, if it is there.
fn remove(path: &Path) -> io::Result<()> {
    let removed = match fs::symlink_metadata(path) {
        Ok(found) if found.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// Makes the names in a folder durable, where the system knows how to.
fn flush(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

/// Two folders change places in one step.
#[cfg(target_os = "linux")]
fn swap(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?;
    if let Some(parent) = one.parent() {
        flush(parent);
    }
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn swap(_: &Path, _: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}
