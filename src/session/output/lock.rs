//! Keeps others out of a folder while it is written to.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Seek, Write};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use crate::session::Error;

/// The file in a folder that is held while something is written there.
pub const LOCK: &str = ".bessatsu.lock";

/// A folder that this process alone writes to; others may again when it is dropped.
pub struct Lock(File);

impl Lock {
    /// Takes a folder that is there.
    ///
    /// # Errors
    /// Another process has it, or it cannot be written.
    pub fn take(folder: &Path) -> Result<Self, Error> {
        let fail = |error: io::Error| Error::unwritable(folder, error);
        let lock = open(&folder.join(LOCK)).map_err(fail)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self(lock)),
            // A file system that knows no locks is used without.
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {
                Ok(Self(lock))
            }
            Err(TryLockError::WouldBlock) => Err(Error::InUse { folder: folder.to_owned() }),
            Err(TryLockError::Error(error)) => Err(fail(error)),
        }
    }

    /// As [`Self::take`], of a folder that others may have for so long.
    ///
    /// # Errors
    /// As [`Self::take`], when that time is over.
    pub fn wait(folder: &Path, patience: Duration) -> Result<Self, Error> {
        const PAUSE: Duration = Duration::from_millis(20);
        let start = Instant::now();
        loop {
            match Self::take(folder) {
                Err(Error::InUse { .. }) if start.elapsed() < patience => thread::sleep(PAUSE),
                other => return other,
            }
        }
    }

    /// What the file that is held says, as far as that.
    pub fn read(&mut self, most: u64) -> io::Result<String> {
        let mut text = String::new();
        self.0.rewind()?;
        (&self.0).take(most).read_to_string(&mut text)?;
        Ok(text)
    }

    /// Writes a text into the file that is held, in place of what it said.
    pub fn write(&mut self, text: &str) -> io::Result<()> {
        self.0.set_len(0)?;
        self.0.rewind()?;
        self.0.write_all(text.as_bytes())
    }
}

/// Opens the lock, or makes it; where a link lies in its place, nothing is made at its other end.
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed());
    }
    options.open(path)
}
