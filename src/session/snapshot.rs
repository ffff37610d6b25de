//! What the papers are made of, as it lies on the disk at a moment.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::chapters;
use super::content::{self, Entries};
use super::files::{self, Links};
use super::ids;
use super::paths::{Paths, SETTINGS};
use crate::edition::CORRECTIONS;
use crate::intake;

/// Takes snapshots of an edition's files.
pub struct SnapshotTaker<'a> {
    paths: &'a Paths,
    /// The version to compare with, where it is a file.
    against: Option<&'a Path>,
    settings: Option<Stamp>,
    /// What the settings name, as long as they can be read.
    previous: Option<PathBuf>,
    templates: Option<PathBuf>,
    chapters: Vec<PathBuf>,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    Added,
    Changed,
    Removed,
}

/// The files at a moment, with what tells their content from that of another moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot(BTreeMap<PathBuf, Stamp>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    is_file: bool,
    length: u64,
    modified: Option<SystemTime>,
    /// Tells a file from another that was put in its place, where the system counts them.
    number: u64,
}

impl Stamp {
    fn of(path: &Path) -> Option<Self> {
        let found = fs::metadata(path).or_else(|_| fs::symlink_metadata(path)).ok()?;
        Some(Self {
            is_file: found.is_file(),
            length: found.len(),
            modified: found.modified().ok(),
            number: number(&found),
        })
    }
}

#[cfg(unix)]
fn number(found: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(found)
}

#[cfg(not(unix))]
fn number(_: &fs::Metadata) -> u64 {
    0
}

impl<'a> SnapshotTaker<'a> {
    pub fn new(paths: &'a Paths, against: Option<&'a Path>) -> Self {
        let against = against.filter(|path| path.is_file());
        Self {
            paths,
            against,
            settings: None,
            previous: None,
            templates: None,
            chapters: Vec::new(),
        }
    }

    pub fn take(&mut self) -> Snapshot {
        let settings = self.paths.folder.join(SETTINGS);
        let stamp = Stamp::of(&settings);
        if stamp != self.settings {
            self.settings = stamp;
            if let Ok((Some(edition), _)) = content::settings(self.paths) {
                let below = |named: &String| self.paths.folder.join(named);
                self.previous = edition.previous.as_ref().map(below);
                self.templates = edition.templates.as_ref().map(below);
                self.chapters = chapters::paths(self.paths, &edition);
            }
        }
        let mut snapshot = Snapshot::default();
        snapshot.add(settings);
        snapshot.add(self.paths.folder.join(CORRECTIONS));
        ids::path(self.paths).into_iter().for_each(|path| snapshot.add(path));
        snapshot.add_folder(&self.paths.submissions, |name| Entries::Lasting.include(name));
        if let Some(folder) = &self.templates {
            snapshot.add_folder(folder, |name| Entries::Lasting.include(name));
        }
        let named = self.previous.as_deref().into_iter().chain(self.against);
        named.for_each(|path| snapshot.add(path.to_path_buf()));
        self.chapters.iter().for_each(|path| snapshot.add(path.clone()));
        snapshot
    }

    /// Takes note that the file of the ids is another now by our own doing.
    pub fn renew_ids(&self, snapshot: &mut Snapshot) {
        ids::path(self.paths).into_iter().for_each(|path| snapshot.add(path));
    }

    /// The folders in which something may change.
    pub fn folders(&self) -> BTreeSet<PathBuf> {
        let of_file = |path: &Path| match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
            _ => PathBuf::from("."),
        };
        let folders =
            [Some(&self.paths.folder), Some(&self.paths.submissions), self.templates.as_ref()];
        let files = self.previous.as_deref().into_iter().chain(self.against);
        let files = files.chain(self.chapters.iter().map(PathBuf::as_path));
        folders.into_iter().flatten().cloned().chain(files.map(of_file)).collect()
    }
}

impl Snapshot {
    fn add(&mut self, path: PathBuf) {
        if let Some(stamp) = Stamp::of(&path) {
            self.0.insert(path, stamp);
        }
    }

    fn add_folder(&mut self, folder: &Path, is_wanted: impl Fn(&str) -> bool) {
        for entry in files::list(folder).unwrap_or_default() {
            if is_wanted(&entry.file_name().to_string_lossy()) {
                self.add(entry.path());
            }
        }
    }

    /// The files that changed up to a later moment, by name.
    pub fn changes(&self, later: &Snapshot) -> Vec<(Change, String)> {
        let paths: BTreeSet<&PathBuf> = self.0.keys().chain(later.0.keys()).collect();
        let change = |path: &PathBuf| {
            let change = match (self.0.get(path), later.0.get(path)) {
                (before, after) if before == after => return None,
                (None, _) => Change::Added,
                (_, None) => Change::Removed,
                _ => Change::Changed,
            };
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
            Some((change, name.into_owned()))
        };
        paths.into_iter().filter_map(change).collect()
    }

    /// Whether a file that changed since looks as if its saving were not over.
    pub fn is_torn_in(&self, later: &Snapshot) -> bool {
        let changed = later.0.iter().filter(|(path, stamp)| self.0.get(*path) != Some(stamp));
        changed.filter(|(path, stamp)| stamp.is_file && !path.is_symlink()).any(|(path, stamp)| {
            let bytes = files::read(path, stamp.length, Links::Refuse);
            bytes.map_or(true, |bytes| intake::is_torn(&bytes))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Change::{Added, Changed, Removed};
    use super::*;

    #[test]
    fn a_change_of_any_kind_is_seen_and_passing_files_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let submissions = folder.path().join("submissions");
        fs::create_dir_all(folder.path().join("own")).unwrap();
        fs::create_dir(&submissions).unwrap();
        let settings = include_str!("../../inputs/2025/edition.toml");
        let settings = format!("previous = \"old.json\"\ntemplates = \"own\"\n{settings}");
        fs::write(folder.path().join(SETTINGS), &settings).unwrap();
        let paths = Paths { folder: folder.path().into(), submissions: submissions.clone() };
        let mut taker = SnapshotTaker::new(&paths, None);
        let mut seen = taker.take();
        let mut step = |what: &dyn Fn(), expected: &[(Change, &str)]| {
            what();
            let snapshot = taker.take();
            let changes = seen.changes(&snapshot);
            let changes: Vec<_> = changes.iter().map(|(c, name)| (*c, name.as_str())).collect();
            assert_eq!(changes, expected);
            seen = snapshot;
        };
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        step(&|| write("submissions/a.xlsx", "1"), &[(Added, "a.xlsx")]);
        step(&|| write("submissions/a.xlsx", "12"), &[(Changed, "a.xlsx")]);
        for passing in ["~$a.xlsx", "~WRL0001.tmp", "7F3A1B20", ".a.xlsx.swp", "b.xlsx.part"] {
            step(&|| write(&format!("submissions/{passing}"), "1"), &[]);
        }
        step(&|| write(CORRECTIONS, ""), &[(Added, "corrections.toml")]);
        step(&|| write("old.json", "{}"), &[(Added, "old.json")]);
        step(&|| write("own/cover.typ", "x"), &[(Added, "cover.typ")]);
        step(&|| write("memo.txt", "not of the edition"), &[]);
        step(&|| write("submissions/\u{1b}[2J.xlsx", "x"), &[(Added, "\u{1b}[2J.xlsx")]);
        step(&|| fs::remove_file(submissions.join("a.xlsx")).unwrap(), &[(Removed, "a.xlsx")]);
        // Settings that cannot be read for a while still name what they named.
        step(&|| write(SETTINGS, "["), &[(Changed, "edition.toml")]);
        step(&|| write("own/cover.typ", "xy"), &[(Changed, "cover.typ")]);
        step(
            &|| write(SETTINGS, &settings.replace("\"own\"", "\"\"")),
            &[(Changed, "edition.toml"), (Removed, "cover.typ")],
        );
    }
}
