//! `diff` and `text` as a reviewer runs them, and `git diff` over them.

use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::process::{Command, Output};

use bessatsu::model::Annex;
use bessatsu::publish::{data, workbook};
use bessatsu::report::Report;

use crate::support::program::{PROGRAM, program};
use crate::support::{example, revision};

fn book(annex: &Annex) -> Vec<u8> {
    let report = Report { edition: "R7".into(), findings: Vec::new(), ..Report::default() };
    workbook::render(&example::edition(), annex, &report).into_bytes().unwrap()
}

/// A workbook in which a part of its package has other words.
fn patched(book: &[u8], part: &str, from: &str, to: &str) -> Vec<u8> {
    let mut package = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..package.len() {
        let mut file = package.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        if name == part {
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.contains(from), "{from}");
            bytes = text.replacen(from, to, 1).into_bytes();
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(&bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// A folder with both versions in every form that `diff` reads, and some that it does not.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    let (_, old, new) = revision::versions();
    write("old.json", data::json(&old).into_text().unwrap().as_bytes());
    write("new.json", data::json(&new).into_text().unwrap().as_bytes());
    let (before, after) = (book(&old), book(&new));
    write("old.xlsx", &before);
    write("new.xlsx", &after);
    write("sheet.xlsx", &patched(&after, "xl/workbook.xml", "\"表紙\"", "\"メモ\""));
    let label = "<t>施策名</t>";
    write("column.xlsx", &patched(&after, "xl/sharedStrings.xml", label, "<t>なまえ</t>"));
    write("words.txt", "ことば".as_bytes());
    folder
}

fn run(folder: &Path, args: &[&str]) -> Output {
    program().current_dir(folder).args(args).output().unwrap()
}

#[test]
fn the_exit_status_says_whether_there_are_changes_and_whether_they_could_be_told() {
    let folder = folder();
    for (args, status, said) in [
        (&["old.json", "old.xlsx"][..], 0, ""),
        (&["old.json", "new.xlsx"], 1, ""),
        (&["old.xlsx", "new.json", "--stat"], 1, ""),
        (&["old.xlsx", "nowhere.xlsx"], 2, "nowhere.xlsx"),
        (&["old.xlsx", "words.txt"], 2, "words.txt"),
        (&["old.xlsx", "."], 2, "edition.toml"),
        // What a missing sheet or column held would be told as removed.
        (&["old.xlsx", "sheet.xlsx"], 2, "「表紙」がないため、比べられません"),
        (&["column.xlsx", "new.xlsx"], 2, "「施策名」がないため、比べられません"),
        (&["old.xlsx", "new.xlsx", "--format", "pdf"], 2, "-o"),
        (&["old.xlsx"], 2, "「新」を指定"),
    ] {
        let output = run(folder.path(), &[&["diff"], args].concat());
        let words = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(status), "{args:?}: {words}");
        assert!(words.contains(said), "{args:?}: {words}");
        assert_eq!(output.stdout.is_empty(), status == 2, "{args:?}");
    }
}

#[test]
fn the_file_that_is_written_has_the_format_of_its_extension() {
    let folder = folder();
    for (name, start) in [
        ("a.pdf", &b"%PDF"[..]),
        ("a.xlsx", b"PK"),
        ("a.html", b"<!DOCTYPE html>"),
        ("a.json", b"{"),
        ("a.txt", "第 1.0 版".as_bytes()),
    ] {
        // Neither comes with settings: the papers are made all the same.
        let output = run(folder.path(), &["diff", "old.xlsx", "new.json", "-o", name]);
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{name}: {words}");
        let bytes = std::fs::read(folder.path().join(name)).unwrap();
        assert!(bytes.starts_with(start), "{name}");
    }
    let output =
        run(folder.path(), &["diff", "old.json", "new.json", "-o", "a.pdf", "--format", "text"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(std::fs::read(folder.path().join("a.pdf")).unwrap().starts_with("第".as_bytes()));
    let output = run(folder.path(), &["progress", "old.json", "new.json", "-o", "p.html"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(std::fs::read(folder.path().join("p.html")).unwrap().starts_with(b"<!DOCTYPE"));
}

/// The lines that README gives for a repository, run as they stand there.
#[test]
fn git_shows_the_changes_of_a_workbook_line_by_line() {
    let folder = tempfile::tempdir().unwrap();
    let git = |args: &[&str]| -> Option<Output> {
        let path = std::env::var("PATH").unwrap_or_default();
        let program = Path::new(PROGRAM).parent().unwrap().display().to_string();
        Command::new("git")
            .current_dir(folder.path())
            .env("PATH", format!("{program}:{path}"))
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("HOME", folder.path())
            .args(["-c", "user.name=t", "-c", "user.email=t@example.com"])
            .args(args)
            .output()
            .ok()
    };
    let Some(_) = git(&["init", "-q"]) else {
        eprintln!("SKIPPED: git is not installed");
        return;
    };
    let readme = include_str!("../../README.md");
    let (_, block) = readme.split_once("For `git diff` on consolidated workbooks").unwrap();
    let block = block.split("```").nth(1).unwrap().trim_start_matches("sh\n");
    let set_up = Command::new("sh").current_dir(folder.path()).args(["-c", block]).status();
    assert!(set_up.unwrap().success(), "{block}");
    let (_, old, new) = revision::versions();
    let file = folder.path().join("annex.xlsx");
    std::fs::write(&file, book(&old)).unwrap();
    git(&["add", "-A"]).unwrap();
    assert!(git(&["commit", "-qm", "1"]).unwrap().status.success());
    std::fs::write(&file, book(&new)).unwrap();
    let output = git(&["diff", "--no-color"]).unwrap();
    let shown = String::from_utf8(output.stdout).unwrap();
    let has = |sign: char, words: &str| {
        shown.lines().any(|line| line.starts_with(sign) && line.contains(words))
    };
    assert!(!shown.contains("Binary files"), "{shown}");
    assert!(has('-', "1,551人") && has('+', "1,802人"), "{shown}");
    assert!(has('-', "R7-027") && has('+', "R7-175"), "{shown}");
    assert!(has('-', "第 1.0 版") && has('+', "第 1.1 版"), "{shown}");
    // What did not change is no change: a few lines for some thirty edits.
    let changed = shown.lines().filter(|l| l.starts_with(['+', '-'])).count();
    assert!(changed < 150, "{changed} lines");
}
