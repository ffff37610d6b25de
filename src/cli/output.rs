//! Writes the papers whole or not at all: each beside its place, then all renamed.

use std::io::Write;
use std::path::Path;

use tempfile::NamedTempFile;

use super::CannotRun;

/// The papers of one build, by file name.
#[derive(Default)]
pub struct Outputs {
    files: Vec<(String, Vec<u8>)>,
}

impl Outputs {
    pub fn add(&mut self, name: impl Into<String>, bytes: Vec<u8>) {
        self.files.push((name.into(), bytes));
    }

    /// Writes every file beside its place and flushes it to disk before the first is renamed, so
    /// that a full disk or a stopped program leaves the last good papers alone. Gives the paths.
    pub fn write(self, folder: &Path) -> Result<Vec<String>, CannotRun> {
        let cannot = |error: std::io::Error| {
            CannotRun(format!("「{}」に書けません（{error}）。", folder.display()))
        };
        std::fs::create_dir_all(folder).map_err(cannot)?;
        let mut staged = Vec::new();
        for (name, bytes) in &self.files {
            let mut file = NamedTempFile::new_in(folder).map_err(cannot)?;
            file.write_all(bytes).map_err(cannot)?;
            file.as_file().sync_all().map_err(cannot)?;
            staged.push((file, folder.join(name)));
        }
        let mut written = Vec::new();
        for (file, path) in staged {
            readable(file.as_file()).map_err(cannot)?;
            file.persist(&path).map_err(|error| {
                CannotRun(format!(
                    "「{}」に書けません（{}）。ほかのソフトで開いていれば閉じてください。",
                    path.display(),
                    error.error
                ))
            })?;
            written.push(path.display().to_string());
        }
        Ok(written)
    }
}

/// Writes one file whole or not at all.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), CannotRun> {
    let Some(name) = path.file_name() else {
        return Err(CannotRun(format!("「{}」には書けません。", path.display())));
    };
    let mut outputs = Outputs::default();
    outputs.add(name.to_string_lossy(), bytes.to_vec());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    outputs.write(folder.unwrap_or(Path::new("."))).map(drop)
}

/// A temporary file is private to its owner; a paper is for everyone.
#[cfg(unix)]
fn readable(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}
