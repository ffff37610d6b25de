//! An edition that one command writes to at a time.
//!
//! Who writes into an edition's folder (submissions, corrections, ids, journal) holds it: the others
//! wait a little and are then told who does. The lock ends with the process, however that ends; what
//! it was writing at that moment lies beside under a name of its own, and the next one that holds the
//! edition takes it away.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::error::Error;
use super::files;
use super::journal::{RECEIVED, now};
use super::output::{Lock, write_through};
use super::paths::{Paths, SUBMISSIONS};

/// How long one waits for another: most commands take less.
const PATIENCE: Duration = Duration::from_secs(5);
/// Who holds the edition: beside the lock, which others cannot read on every system.
const HOLDER: &str = ".bessatsu.holder";
/// A file on its way into its place.
const PASSING: (&str, &str) = (".bessatsu-", ".tmp");
/// The longest note of who holds an edition.
const LONGEST: u64 = 1 << 10;

/// What is done to an edition, and by whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// The command: `receive`.
    pub command: String,
    /// The person and the computer, as far as they are known.
    pub by: String,
}

/// Who holds an edition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holder {
    pub work: Work,
    /// Since when: 「2026-05-01 10:30」.
    pub since: String,
}

impl Holder {
    /// One line, the parts of which nothing can divide.
    fn line(&self) -> String {
        let Self { work: Work { command, by }, since } = self;
        let plain = |text: &str| text.replace(char::is_control, " ");
        [command, by, since].map(|part| plain(part)).join("\t")
    }

    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.lines().next()?.split('\t').map(str::to_owned);
        let (command, by, since) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Self { work: Work { command, by }, since })
    }
}

/// An edition's folder, held by this process alone.
pub struct Hold {
    folder: PathBuf,
    _lock: Lock,
}

impl Hold {
    /// Takes an edition, and removes what a process that was stopped left unfinished there.
    ///
    /// # Errors
    /// Another has it for longer than one waits, or nothing can be written there.
    pub fn take(paths: &Paths, work: &Work) -> Result<Self, Error> {
        let folder = &paths.folder;
        let lock = Lock::wait(folder, PATIENCE).map_err(|error| match error {
            Error::InUse { folder } => {
                let holder = holder(&folder).map(Box::new);
                Error::Held { folder, holder }
            }
            other => other,
        })?;
        let hold = Self { folder: folder.clone(), _lock: lock };
        for below in [folder.clone(), folder.join(SUBMISSIONS), folder.join(RECEIVED)] {
            sweep(&below);
        }
        let holder = Holder { work: work.clone(), since: now().shown() };
        // Without the note the others are told less.
        let _ = fs::write(folder.join(HOLDER), holder.line());
        Ok(hold)
    }

    /// As [`Self::take`], for what can also be done where nothing can be written into the edition.
    ///
    /// # Errors
    /// Another has it for longer than one waits.
    pub fn if_writable(paths: &Paths, work: &Work) -> Result<Option<Self>, Error> {
        match Self::take(paths, work) {
            Ok(hold) => Ok(Some(hold)),
            Err(Error::Unwritable { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Writes a file of the edition whole or not at all.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), Error> {
        write_through(path, PASSING, bytes)
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        let _ = fs::remove_file(self.folder.join(HOLDER));
    }
}

/// Why a file of an edition is not written that could not be held.
pub fn unheld(path: &Path) -> Error {
    Error::unwritable(path, ErrorKind::PermissionDenied.into())
}

/// Who holds an edition, where that is noted.
fn holder(folder: &Path) -> Option<Holder> {
    let bytes = files::read(&folder.join(HOLDER), LONGEST, files::Links::Refuse).ok()?;
    Holder::parse(&String::from_utf8(bytes).ok()?)
}

/// Removes what was on its way into its place. What cannot be removed does no harm there.
fn sweep(folder: &Path) {
    let (begin, end) = PASSING;
    for entry in files::list(folder).into_iter().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(begin) && name.ends_with(end) {
            let _ = fs::remove_file(entry.path());
        }
    }
}
