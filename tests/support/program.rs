//! The program as a process, and an edition for it to work on.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

pub fn example() -> PathBuf {
    root().join("inputs/2025")
}

/// What a run printed and how it ended.
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

pub fn run(folder: &Path, args: &[&str]) -> Run {
    run_with(folder, args, &[])
}

pub fn run_with(folder: &Path, args: &[&str], environment: &[(&str, &str)]) -> Run {
    let mut command = Command::cargo_bin("bessatsu").expect("the program is built");
    command.current_dir(folder).args(args);
    for (name, value) in environment {
        command.env(name, value);
    }
    let output = command.output().expect("the program runs");
    Run {
        code: output.status.code().expect("it ends by itself"),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// A copy of the example edition in a folder of its own.
pub fn copy_of_example() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let submissions = folder.path().join("submissions");
    fs::create_dir(&submissions).expect("a folder");
    fs::copy(example().join("edition.toml"), folder.path().join("edition.toml")).expect("copied");
    for entry in fs::read_dir(example().join("submissions")).expect("submissions") {
        let entry = entry.expect("entry");
        fs::copy(entry.path(), submissions.join(entry.file_name())).expect("copied");
    }
    folder
}
