//! Writes the papers whole or not at all, as a set: killed at any moment, the folder holds the
//! papers of one build.
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
//! inside OUT and its files are renamed one after another. A stage that is complete names its papers in a list. A later build that
//! finds such a stage finishes the work before it does anything else; a stage without the list
//! was never seen by anybody and is removed. A lock keeps other builds out all the while.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::{Component, Path, PathBuf};

use rayon::prelude::*;
use tempfile::NamedTempFile;

use super::CannotRun;

/// The file in OUT that a build holds while it writes.
const LOCK: &str = ".bessatsu.lock";
/// The list of a complete stage: the names of its papers, one a line.
const LIST: &str = ".bessatsu.list";
/// The stage, where it lies inside OUT.
const INSIDE: &str = ".bessatsu.new";
/// A paper on its way into its place.
const ARRIVING: &str = ".bessatsu.arriving";

/// The papers of one build, by file name.
#[derive(Default)]
pub struct Outputs {
    files: Vec<(String, Vec<u8>)>,
}

impl Outputs {
    /// Adds a paper. The name may go into a folder below OUT (`web/index.html`).
    pub fn add(&mut self, name: impl Into<String>, bytes: Vec<u8>) {
        self.files.push((name.into(), bytes));
    }

    /// Puts the set into `folder`, which is made where there is none. A paper that lies there
    /// already with the same bytes is left as it is.
    ///
    /// # Errors
    /// The folder holds the earlier set as it was: it is in use by another build, cannot be
    /// written, or the disk is full.
    pub fn write(self, folder: &Path) -> Result<Vec<Written>, CannotRun> {
        let target = Target::open(folder)?;
        for (name, _) in &self.files {
            target.accepts(name).map_err(|error| cannot(&folder.join(name), &error))?;
        }
        let is_new: Vec<bool> = self.files.iter().map(|file| !target.holds(file)).collect();
        let paths = self.files.iter().map(|(name, _)| folder.join(name).display().to_string());
        let written = paths.zip(&is_new).map(|(path, &is_new)| Written { path, is_new }).collect();
        let files: Vec<_> =
            self.files.into_iter().zip(is_new).filter(|(_, new)| *new).map(|(f, _)| f).collect();
        if !files.is_empty() {
            target.replace(&files).map_err(|error| cannot(folder, &error))?;
        }
        Ok(written)
    }
}

/// A paper that is in its place.
#[derive(Debug)]
pub struct Written {
    pub path: String,
    /// Whether it differs from what was there before.
    pub is_new: bool,
}

impl Written {
    /// A line for the user.
    pub fn line(&self) -> String {
        let what = if self.is_new { "書出し　" } else { "変更なし" };
        format!("  {what} {}\n", self.path)
    }
}

/// Writes one file whole or not at all, and leaves nothing else in its folder.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), CannotRun> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let write = || {
        let mut file = NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
        file.write_all(bytes)?;
        readable(file.as_file())?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok(())
    };
    write().map_err(|error: io::Error| cannot(path, &error))
}

/// A temporary file is private to its owner; a paper is for everyone.
#[cfg(unix)]
fn readable(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &File) -> io::Result<()> {
    Ok(())
}

/// Finishes what a build that was killed had begun in `folder`, so that it holds one set.
///
/// # Errors
/// Another build writes there at this moment, or the folder cannot be written.
pub fn recover(folder: &Path) -> Result<(), CannotRun> {
    if folder.is_dir() { Target::open(folder).map(drop) } else { Ok(()) }
}

fn cannot(path: &Path, error: &io::Error) -> CannotRun {
    let why = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "ディスクの空き容量が足りません",
        ErrorKind::ReadOnlyFilesystem => "読取り専用の場所です",
        ErrorKind::PermissionDenied => {
            "書込みの権限がないか、ほかのソフトで開いています。開いていれば閉じてください"
        }
        ErrorKind::IsADirectory => "同じ名前のフォルダーがあります",
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => "同じ名前のファイルがあります",
        _ => return CannotRun(format!("「{}」に書けません（{error}）。", path.display())),
    };
    CannotRun(format!("「{}」に書けません。{why}（{error}）。", path.display()))
}

/// OUT, held by this process alone and free of what an earlier build left unfinished.
struct Target {
    folder: PathBuf,
    /// Released when it is closed.
    _lock: File,
}

impl Target {
    fn open(folder: &Path) -> Result<Self, CannotRun> {
        let fail = |error: io::Error| cannot(folder, &error);
        fs::create_dir_all(folder).map_err(fail)?;
        let path = folder.canonicalize().map_err(fail)?;
        let lock = lock_file(&path.join(LOCK)).map_err(fail)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(CannotRun(format!(
                    "「{}」には、いま別の bessatsu が書き込んでいます。終わってからもう一度実行してください。",
                    folder.display()
                )));
            }
            // A file system that knows no locks is used without.
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(fail(error)),
        }
        let target = Self { folder: path, _lock: lock };
        target.recover().map_err(fail)?;
        Ok(target)
    }

    /// The stage beside OUT; OUT itself may be the root of a file system.
    fn beside(&self) -> Option<PathBuf> {
        let mut name = OsString::from(".");
        name.push(self.folder.file_name()?);
        name.push(INSIDE);
        Some(self.folder.with_file_name(name))
    }

    fn inside(&self) -> PathBuf {
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
    fn accepts(&self, name: &str) -> io::Result<()> {
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
    fn holds(&self, (name, bytes): &(String, Vec<u8>)) -> bool {
        let path = self.folder.join(name);
        let alike = |found: fs::Metadata| found.is_file() && found.len() == bytes.len() as u64;
        fs::symlink_metadata(&path).is_ok_and(alike) && fs::read(&path).is_ok_and(|b| b == *bytes)
    }

    fn replace(&self, files: &[(String, Vec<u8>)]) -> io::Result<()> {
        let names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
        if let Some(beside) = self.beside() {
            let swapped = fs::create_dir(&beside)
                .and_then(|()| self.link_others(&beside, &names))
                .and_then(|()| self.stage(&beside, files))
                .and_then(|()| swap(&self.folder, &beside));
            if swapped.is_ok() {
                self.swap_back(&beside, &names)?;
                return remove(&beside);
            }
            // Whatever the reason, OUT is untouched, and the other way may still be open.
            remove(&beside)?;
        }
        let inside = self.inside();
        if let Err(error) = fs::create_dir(&inside).and_then(|()| self.stage(&inside, files)) {
            remove(&inside)?;
            return Err(error);
        }
        self.settle(&names)?;
        remove(&inside)
    }

    /// Links what OUT holds besides the papers, the lock among it, into the stage that will take
    /// its place. A folder of somebody else's cannot be linked, and is not to vanish for a moment.
    fn link_others(&self, stage: &Path, names: &[String]) -> io::Result<()> {
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let (name, place) = (entry.file_name(), stage.join(entry.file_name()));
            if entry.file_type()?.is_file() {
                if !names.iter().any(|paper| *paper.as_str() == *name) {
                    fs::hard_link(entry.path(), place)?;
                }
            } else if !names.iter().any(|paper| Path::new(paper).starts_with(&name)) {
                return Err(ErrorKind::Unsupported.into());
            }
        }
        Ok(())
    }

    /// Writes a set into a folder, and its list when all of it is on the disk.
    fn stage(&self, stage: &Path, files: &[(String, Vec<u8>)]) -> io::Result<()> {
        fs::set_permissions(stage, fs::metadata(&self.folder)?.permissions())?;
        // The disk takes most of the time, and does many at once in that of a few.
        files.par_iter().try_for_each(|(name, bytes)| put(&stage.join(name), bytes))?;
        let names: String = files.iter().map(|(name, _)| format!("{name}\n")).collect();
        flush(stage);
        // The list appears whole: a torn one would name a part of the set.
        put(&stage.join(ARRIVING), names.as_bytes())?;
        fs::rename(stage.join(ARRIVING), stage.join(LIST))?;
        flush(stage);
        Ok(())
    }

    /// Steps 2 and 3 of the swap. Each may have been done in part already.
    fn swap_back(&self, beside: &Path, names: &[String]) -> io::Result<()> {
        if beside.is_dir() {
            for name in names {
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
    fn settle(&self, names: &[String]) -> io::Result<()> {
        for name in names {
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

/// Opens the lock, or makes it; where a link lies in its place, nothing is made at its other end.
fn lock_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed());
    }
    options.open(path)
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

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 3] = ["annex.pdf", "annex.xlsx", "web/index.html"];

    fn set(build: &str) -> Vec<(String, Vec<u8>)> {
        NAMES.iter().map(|name| ((*name).to_owned(), format!("{build} {name}").into())).collect()
    }

    fn write(folder: &Path, build: &str) -> Result<Vec<Written>, CannotRun> {
        Outputs { files: set(build) }.write(folder)
    }

    /// The build that every paper in the folder is of.
    fn build_in(folder: &Path) -> String {
        let read = |name: &&str| fs::read_to_string(folder.join(name)).unwrap();
        let builds: Vec<String> =
            NAMES.iter().map(|n| read(n).split(' ').next().unwrap().to_owned()).collect();
        assert!(builds.iter().all(|build| *build == builds[0]), "a mixture: {builds:?}");
        builds[0].clone()
    }

    /// OUT with the set of an old build, and a file of the user's.
    fn out() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().canonicalize().unwrap().join("out");
        write(&out, "old").unwrap();
        fs::write(out.join("memo.txt"), "mine").unwrap();
        (folder, out)
    }

    fn clean(out: &Path) {
        let names = |folder: &Path| -> Vec<String> {
            let entries = fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name());
            entries.map(|name| name.into_string().unwrap()).collect()
        };
        assert_eq!(names(out.parent().unwrap()), ["out"]);
        let mut inside = names(out);
        inside.sort();
        assert_eq!(inside, [".bessatsu.lock", "annex.pdf", "annex.xlsx", "memo.txt", "web"]);
    }

    #[test]
    fn a_new_set_takes_the_place_of_the_old_one_and_leaves_other_files_alone() {
        let (_folder, out) = out();
        let written = write(&out, "new").unwrap();
        assert_eq!(written.len(), NAMES.len());
        assert_eq!(build_in(&out), "new");
        clean(&out);
        // With a folder of somebody else's, the papers are renamed one by one.
        fs::create_dir(out.join("mine")).unwrap();
        write(&out, "newer").unwrap();
        assert_eq!(build_in(&out), "newer");
        fs::remove_dir(out.join("mine")).unwrap();
        clean(&out);
    }

    /// A build stopped after so many papers had their place, in the state that `state` makes.
    type State = fn(&Target, &Path, usize);

    const STATES: [(&str, State, &str); 4] = [
        ("staged beside in part", |t, _, done| staged(t, &t.beside().unwrap(), Some(done)), "old"),
        ("staged inside in part", |t, _, done| staged(t, &t.inside(), Some(done)), "old"),
        ("swapped", swapped, "new"),
        (
            "settling",
            |t, _, done| {
                staged(t, &t.inside(), None);
                for name in &NAMES[..done] {
                    fs::rename(t.inside().join(name), t.folder.join(name)).unwrap();
                }
            },
            "new",
        ),
    ];

    /// A stage, complete with its list or with its first papers alone.
    fn staged(target: &Target, stage: &Path, part: Option<usize>) {
        fs::create_dir(stage).unwrap();
        fs::hard_link(target.folder.join(LOCK), stage.join(LOCK)).unwrap();
        target.stage(stage, &set("new")[..part.unwrap_or(NAMES.len())]).unwrap();
        if part.is_some() {
            fs::remove_file(stage.join(LIST)).unwrap();
        }
    }

    fn swapped(target: &Target, out: &Path, done: usize) {
        let beside = target.beside().unwrap();
        staged(target, &beside, None);
        let other = out.with_file_name("other");
        fs::rename(out, &other).unwrap();
        fs::rename(&beside, out).unwrap();
        fs::rename(&other, &beside).unwrap();
        for name in &NAMES[..done] {
            fs::remove_file(beside.join(name)).unwrap();
            fs::hard_link(out.join(name), beside.join(name)).unwrap();
        }
        if let Some(name) = NAMES.get(done) {
            fs::hard_link(out.join(name), beside.join(ARRIVING)).unwrap();
        }
        assert_eq!(build_in(out), "new");
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn what_a_killed_build_left_is_finished_or_removed() {
        for (what, state, expected) in STATES {
            for done in 0..=NAMES.len() {
                for next in [None, Some("next")] {
                    let (_folder, out) = out();
                    state(&Target::open(&out).unwrap(), &out, done);
                    match next {
                        None => recover(&out).unwrap(),
                        Some(build) => drop(write(&out, build).unwrap()),
                    }
                    assert_eq!(build_in(&out), next.unwrap_or(expected), "{what}, {done} papers");
                    clean(&out);
                }
            }
        }
    }

    #[test]
    fn two_builds_do_not_write_at_one_time() {
        let (_folder, out) = out();
        let held = Target::open(&out).unwrap();
        let CannotRun(why) = write(&out, "new").unwrap_err();
        assert!(why.contains("別の bessatsu"), "{why}");
        drop(held);
        assert_eq!(build_in(&out), "old");
        write(&out, "new").unwrap();
    }

    #[test]
    fn nothing_is_touched_where_one_paper_has_no_place() {
        let (_folder, out) = out();
        fs::remove_file(out.join("annex.xlsx")).unwrap();
        fs::create_dir(out.join("annex.xlsx")).unwrap();
        let CannotRun(why) = write(&out, "new").unwrap_err();
        assert!(why.contains("annex.xlsx") && why.contains("フォルダー"), "{why}");
        assert_eq!(fs::read_to_string(out.join("annex.pdf")).unwrap(), "old annex.pdf");
        for name in ["../x", "/x", "a/../../x", "", "a\nb"] {
            let outputs = Outputs { files: vec![(name.to_owned(), Vec::new())] };
            assert!(outputs.write(&out).is_err(), "{name:?}");
        }
    }
}
