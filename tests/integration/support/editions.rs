//! The editions that every question is asked of: the standard one and those of other shapes in
//! `tests/editions`, with invented content. An edition's folder has `edition.toml`, what the
//! settings name (chapters, templates), `contents.txt` with its submissions as text, and
//! `headings.txt` with its headings as they are printed.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::planted;
use super::program::{Run, copy_of_example, root, run};

/// An edition in a folder of its own, which goes with it.
pub struct Case {
    pub name: &'static str,
    folder: TempDir,
    /// The headings as they are printed, number and title; none where nobody wrote them down.
    pub headings: Vec<String>,
}

impl Case {
    /// The standard edition has no folder in `tests/editions`: it is the example.
    pub fn open(name: &'static str) -> Self {
        if name == STANDARD {
            return Self { name, folder: copy_of_example(), headings: Vec::new() };
        }
        let from = root().join("tests/editions").join(name);
        let folder = TempDir::new().expect("a folder");
        copy(&from, folder.path());
        let text = fs::read_to_string(from.join("contents.txt")).expect("the submissions as text");
        let submissions = folder.path().join("submissions");
        fs::create_dir(&submissions).expect("a folder");
        for source in planted::sources(&text) {
            let bytes = source.bytes.expect("a workbook");
            fs::write(submissions.join(&*source.name), bytes).expect("written");
        }
        let headings = fs::read_to_string(from.join("headings.txt")).expect("the headings");
        let headings = headings.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        Self { name, folder, headings: headings.map(str::to_owned).collect() }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Runs the program in the edition's folder; what was printed is in the message of a failure.
    pub fn run(&self, args: &[&str]) -> Run {
        run(self.path(), args)
    }

    /// As [`Self::run`], for what has to end well.
    pub fn done(&self, args: &[&str]) -> Run {
        let run = self.run(args);
        assert_eq!(
            run.code,
            0,
            "{}: bessatsu {}\n{}{}",
            self.name,
            args.join(" "),
            run.out,
            run.err
        );
        run
    }

    /// Makes every paper; the folder that has them.
    pub fn build(&self) -> PathBuf {
        self.done(&["build", ".", "-o", "out", "--quiet"]);
        self.path().join("out")
    }

    /// The submissions are those of another folder from now on.
    pub fn submit(&self, folder: &Path) {
        let submissions = self.path().join("submissions");
        fs::remove_dir_all(&submissions).expect("removed");
        copy(folder, &submissions);
    }
}

pub const STANDARD: &str = "standard";

/// The editions of other shapes.
pub const OTHERS: [&str; 4] = ["levels", "indicators", "four-levels", "sheets"];

/// Asks every question of every edition, each in a test of its own: `questions!(name, name, …)` for
/// functions that take a [`Case`].
macro_rules! questions {
    ($($question:ident),+ $(,)?) => {
        $crate::support::editions::questions!(standard => "standard": $($question),+);
        $crate::support::editions::questions!(levels => "levels": $($question),+);
        $crate::support::editions::questions!(indicators => "indicators": $($question),+);
        $crate::support::editions::questions!(four_levels => "four-levels": $($question),+);
        $crate::support::editions::questions!(sheets => "sheets": $($question),+);
    };
    ($module:ident => $name:literal: $($question:ident),+) => {
        mod $module {
            $(
                #[test]
                fn $question() {
                    super::$question(&$crate::support::editions::Case::open($name));
                }
            )+
        }
    };
}
pub(crate) use questions;

/// Copies what is in a folder, and below it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("copied");
        }
    }
}

/// The files of a folder with their bytes, by name.
pub fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    let mut files: Vec<_> = entries
        .filter(|entry| entry.path().is_file())
        .map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            (name, fs::read(entry.path()).expect("a file"))
        })
        .collect();
    files.sort();
    files
}
