//! What will be done: the folders that a command works on, found from what was typed.

use std::path::{Path, PathBuf};

use super::CannotRun;
use super::args::EditionArg;

/// The name of the settings in an edition's folder.
pub const SETTINGS: &str = "edition.toml";
/// The folder with the editions, where none is named.
const INPUTS: &str = "inputs";

/// The folders of an edition.
#[derive(Debug)]
pub struct Plan {
    /// The folder with `edition.toml`.
    pub folder: PathBuf,
    pub submissions: PathBuf,
}

impl Plan {
    /// Finds the edition: as named, else `.` where it has settings, else the newest under
    /// `inputs/` (by name, so that the result does not hang on time stamps).
    pub fn find(args: &EditionArg) -> Result<Self, CannotRun> {
        let plan = Self::of_settings(args)?;
        if !plan.submissions.is_dir() {
            return Err(CannotRun(format!(
                "提出された様式のフォルダー「{}」がありません。フォルダーを作って様式を置くか、--submissions で指定してください。",
                plan.submissions.display()
            )));
        }
        Ok(plan)
    }

    /// As [`find`](Self::find), where there need not be any submissions yet.
    pub fn of_settings(args: &EditionArg) -> Result<Self, CannotRun> {
        let folder = match &args.edition {
            Some(folder) => named(folder)?,
            None if Path::new(SETTINGS).is_file() => PathBuf::from("."),
            None => newest()?,
        };
        let submissions = match &args.submissions {
            Some(submissions) => submissions.clone(),
            None => folder.join("submissions"),
        };
        Ok(Self { folder, submissions })
    }

    /// Refuses a folder for what is made that is, or lies in, that of the submissions: the
    /// departments' own files would be replaced, or the papers read as forms.
    pub fn keeps_apart(&self, out: &Path) -> Result<(), CannotRun> {
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
        Err(CannotRun(format!(
            "「{}」は、提出された様式のフォルダーの中です。-o で別のフォルダーを指定してください。",
            out.display()
        )))
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

fn named(folder: &Path) -> Result<PathBuf, CannotRun> {
    let folder = if folder.file_name().is_some_and(|name| name == SETTINGS) {
        folder.parent().map_or_else(PathBuf::new, Path::to_path_buf)
    } else {
        folder.to_path_buf()
    };
    if folder.join(SETTINGS).is_file() {
        return Ok(folder);
    }
    Err(CannotRun(format!(
        "「{}」に設定ファイル {SETTINGS} がありません。{SETTINGS} のあるフォルダーを指定してください。",
        folder.display()
    )))
}

fn newest() -> Result<PathBuf, CannotRun> {
    let editions = std::fs::read_dir(INPUTS).into_iter().flatten().flatten();
    editions
        .map(|entry| entry.path())
        .filter(|path| path.join(SETTINGS).is_file())
        .max()
        .ok_or_else(|| {
            CannotRun(format!(
                "版が見つかりません。{SETTINGS} のあるフォルダーを指定してください。\n例: bessatsu build inputs/2025"
            ))
        })
}
