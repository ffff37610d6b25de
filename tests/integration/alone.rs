//! The program alone: with no environment, no fonts, no network and no other file, it makes an
//! edition and builds it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::support::program::{PROGRAM, example, program};

/// The papers of a folder by name.
fn papers(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).expect("the papers").map(|entry| entry.expect("an entry"));
    // The folders are of versions that are kept.
    let files = entries.filter(|entry| entry.path().is_file());
    let visible = files.filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'));
    visible
        .map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            (name, fs::read(entry.path()).expect("a paper"))
        })
        .collect()
}

fn succeeds(what: &str, output: &Output) {
    let (out, err) = (&output.stdout, &output.stderr);
    let said = [out, err].map(|bytes| String::from_utf8_lossy(bytes).into_owned()).concat();
    assert!(output.status.success(), "{what}: {said}");
}

/// The shared libraries that the program is linked to, as the loader finds them; none where it
/// is linked statically.
fn libraries() -> Vec<PathBuf> {
    let output = Command::new("ldd").arg(PROGRAM).output().expect("ldd runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let paths = text.split_whitespace().filter(|word| word.starts_with('/'));
    paths.map(PathBuf::from).filter(|path| path.is_file()).collect()
}

#[test]
fn without_an_environment_an_edition_is_made_and_built() {
    let folder = TempDir::new().expect("a folder");
    let run = |args: &[&str]| {
        let mut command = program();
        command.args(args).env_clear().current_dir(folder.path());
        succeeds(args[0], &command.output().expect("the program runs"));
    };
    run(&["new", "edition"]);
    run(&["build", "edition"]);
    let papers = papers(&folder.path().join("edition/out"));
    for name in ["annex.pdf", "annex.xlsx", "annex.json", "annex.html"] {
        assert!(papers.contains_key(name), "{name} of {:?}", papers.keys());
    }
}

#[test]
fn without_any_other_file_and_without_a_network_the_papers_are_the_same() {
    let root = TempDir::new().expect("a folder");
    fs::copy(PROGRAM, root.path().join("bessatsu")).expect("copied");
    for library in libraries() {
        let inside = root.path().join(library.strip_prefix("/").expect("a full path"));
        fs::create_dir_all(inside.parent().expect("a folder")).expect("made");
        fs::copy(&library, inside).expect("copied");
    }
    // A new network has no way out, and a new root nothing but what was copied.
    let alone = |args: &[&str]| {
        let mut command = Command::new("unshare");
        command.args(["--map-root-user", "--net", "--wd=/"]);
        command.arg(format!("--root={}", root.path().display()));
        command.arg("/bessatsu").args(args).env_clear().output()
    };
    let allowed = Command::new("unshare").args(["--map-root-user", "--net", "true"]).status();
    if !allowed.is_ok_and(|status| status.success()) {
        eprintln!("SKIPPED: unshare is not at hand, or not allowed here");
        return;
    }
    for args in [&["new", "edition"][..], &["build", "edition"]] {
        succeeds(args[0], &alone(args).expect("unshare runs"));
    }
    let here = TempDir::new().expect("a folder");
    let build = program().args(["build", "-o"]).arg(here.path()).arg(example()).output();
    succeeds("build", &build.expect("the program runs"));
    let (alone, here) = (papers(&root.path().join("edition/out")), papers(here.path()));
    assert!(alone.keys().eq(here.keys()), "{:?} {:?}", alone.keys(), here.keys());
    let other = alone.iter().filter(|(name, bytes)| here[*name] != **bytes);
    assert_eq!(other.map(|(name, _)| name).collect::<Vec<_>>(), [""; 0]);
}
