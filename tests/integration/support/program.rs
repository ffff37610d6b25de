//! The program as a process, and the editions that it works on.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_bessatsu");

/// The folder of the project.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of the example edition.
pub fn example() -> PathBuf {
    root().join("inputs/2025")
}

/// The folder of the public edition, where it is at hand: `BESSATSU_REFERENCE` names it. A test
/// without it says so and passes.
pub fn reference() -> Option<PathBuf> {
    let near = root().join("../shared/reference/2025");
    let folder = std::env::var_os("BESSATSU_REFERENCE").map_or(near, PathBuf::from);
    if folder.join("annex.json").is_file() && folder.join("submissions").is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: no reference data at {} (set BESSATSU_REFERENCE)", folder.display());
    None
}

pub fn program() -> Command {
    Command::new(PROGRAM)
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
    let mut command = program();
    command.current_dir(folder).args(args).stdin(std::process::Stdio::null());
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

/// The documents of other shapes as data, if they are at hand.
pub fn shapes() -> Option<Vec<PathBuf>> {
    let near = root().join("../shared/reference/shapes");
    let folder = std::env::var_os("BESSATSU_SHAPES").map_or(near, PathBuf::from);
    let entries = std::fs::read_dir(&folder).into_iter().flatten().flatten();
    let mut shapes: Vec<PathBuf> = entries.map(|entry| entry.path().join("shape.json")).collect();
    shapes.retain(|shape| shape.is_file());
    shapes.sort();
    if shapes.is_empty() {
        eprintln!("SKIPPED: no documents at {} (set BESSATSU_SHAPES)", folder.display());
        return None;
    }
    Some(shapes)
}
