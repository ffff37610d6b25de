//! Reads files that may be anything by the time they are opened: never waits, never takes in more
//! than it may, and tells of a file that changed under its hands.

use std::fs::{self, DirEntry, File};
use std::io::{self, Read};
use std::path::Path;

use super::error::ReadError;

/// What becomes of a symbolic link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Links {
    /// It is followed: the user named it.
    Follow,
    /// It is no file: somebody else may have laid it.
    Refuse,
}

/// The content of a regular file; of one that is larger than `most`, as much as shows that it is.
///
/// # Errors
/// It cannot be opened, is no regular file, or was written to while it was read.
pub fn read(path: &Path, most: u64, links: Links) -> Result<Vec<u8>, ReadError> {
    let file = open(path, links)?;
    let before = file.metadata()?;
    if !before.is_file() {
        return Err(ReadError::NotAFile);
    }
    let mut bytes = Vec::new();
    (&file).take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    let after = file.metadata()?;
    let is_same = before.len() == after.len()
        && before.modified().ok() == after.modified().ok()
        && bytes.len() as u64 == after.len().min(most.saturating_add(1));
    if is_same { Ok(bytes) } else { Err(ReadError::ChangedMeanwhile) }
}

/// As [`read`], for a file that the user named and that is refused where it is too large.
pub fn named(path: &Path, most: u64) -> Result<Vec<u8>, ReadError> {
    let bytes = read(path, most, Links::Follow)?;
    if bytes.len() as u64 > most {
        return Err(ReadError::TooLarge { most });
    }
    Ok(bytes)
}

/// The entries of a folder in the order of their names.
pub fn list(folder: &Path) -> io::Result<Vec<DirEntry>> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<DirEntry>>>()?;
    entries.sort_by_key(DirEntry::file_name);
    Ok(entries)
}

/// What was a file when its folder was listed may be a pipe or a link by now: opening it must
/// neither wait nor follow.
fn open(path: &Path, links: Links) -> Result<File, ReadError> {
    let mut options = File::options();
    options.read(true);
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        let mut flags = OFlags::NONBLOCK;
        flags.set(OFlags::NOFOLLOW, links == Links::Refuse);
        options.custom_flags(flags.bits().cast_signed());
    }
    #[cfg(not(target_os = "linux"))]
    {
        let found = fs::symlink_metadata(path)?;
        if !found.is_file() && !(found.is_symlink() && links == Links::Follow) {
            return Err(ReadError::NotAFile);
        }
    }
    Ok(options.open(path)?)
}
