//! Reads files that may be anything by the time they are opened: never waits, never takes in more
//! than it may, and tells of a file that changed under its hands.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

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
/// In the user's words: it cannot be opened, is no regular file, or was written to while it was
/// read.
pub fn read(path: &Path, most: u64, links: Links) -> Result<Vec<u8>, String> {
    let read = || {
        let file = open(path, links)?;
        let before = file.metadata()?;
        if !before.is_file() {
            return Err(ErrorKind::InvalidInput.into());
        }
        let mut bytes = Vec::new();
        (&file).take(most.saturating_add(1)).read_to_end(&mut bytes)?;
        let after = file.metadata()?;
        let is_same = before.len() == after.len()
            && before.modified().ok() == after.modified().ok()
            && bytes.len() as u64 == after.len().min(most.saturating_add(1));
        if is_same { Ok(bytes) } else { Err(ErrorKind::ResourceBusy.into()) }
    };
    read().map_err(|error| why(&error))
}

/// As [`read`], for a file that the user named and that is refused where it is too large.
pub fn named(path: &Path, most: u64) -> Result<Vec<u8>, String> {
    let bytes = read(path, most, Links::Follow)?;
    if bytes.len() as u64 > most {
        return Err(format!("大きすぎます。上限は{}MBです", most >> 20));
    }
    Ok(bytes)
}

/// What was a file when its folder was listed may be a pipe or a link by now: opening it must
/// neither wait nor follow.
fn open(path: &Path, links: Links) -> io::Result<File> {
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
        let found = std::fs::symlink_metadata(path)?;
        if !found.is_file() && !(found.is_symlink() && links == Links::Follow) {
            return Err(ErrorKind::InvalidInput.into());
        }
    }
    options.open(path)
}

/// Why a file cannot be read, in the user's words.
pub fn why(error: &io::Error) -> String {
    let words = match error.kind() {
        ErrorKind::NotFound => "見つかりません",
        ErrorKind::PermissionDenied => "読み取りの権限がないか、ほかのソフトで開いています",
        ErrorKind::InvalidInput => "通常のファイルではありません",
        ErrorKind::IsADirectory => "フォルダーです",
        ErrorKind::NotADirectory => "途中の名前がフォルダーではありません",
        ErrorKind::ResourceBusy => "読んでいる間に書き換えられました",
        ErrorKind::InvalidData => "文字コードが UTF-8 ではありません",
        _ => return error.to_string(),
    };
    words.to_owned()
}
