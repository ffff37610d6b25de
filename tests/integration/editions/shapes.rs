//! Four public documents of other shapes: the settings are in `tests/editions/shapes`, the forms
//! and what the papers have to hold are read where they are at hand.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use bessatsu::edition;
use tempfile::TempDir;

use crate::support::asked::asked;
use crate::support::editions::{copy, files};
use crate::support::program::{root, run};
use crate::support::shown::Shown;

/// The folder of a public document, where it is at hand: `BESSATSU_SHAPES` names the folder of all.
/// A test without it says so and passes.
fn shape(name: &str) -> Option<PathBuf> {
    let near = root().join("../shared/reference/shapes");
    let folder = std::env::var_os("BESSATSU_SHAPES").map_or(near, PathBuf::from).join(name);
    if folder.join("submissions").is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: no document at {} (set BESSATSU_SHAPES)", folder.display());
    None
}

/// Builds a document, and looks for every text of its forms in its papers.
fn ask(name: &str) {
    let settings = root().join("tests/editions/shapes").join(name);
    let Some(shape) = shape(name) else { return };
    let folder = TempDir::new().expect("a folder");
    copy(&settings, folder.path());
    copy(&shape.join("submissions"), &folder.path().join("submissions"));
    let build = run(folder.path(), &["build", ".", "-o", "out", "--quiet"]);
    assert_eq!(build.code, 0, "{}{}", build.out, build.err);

    let text = fs::read_to_string(settings.join("edition.toml")).expect("the settings");
    let (edition, findings) = edition::parse("edition.toml", &text);
    assert!(findings.is_empty(), "{findings:#?}");
    let submissions = files(&shape.join("submissions"));
    let asked = asked(&edition.expect("an edition"), &text, &submissions);
    let papers = Shown::all(&folder.path().join("out"));
    let missing: Vec<String> = papers.iter().flat_map(|paper| paper.missing(&asked)).collect();
    assert!(missing.is_empty(), "{} texts are missing:\n{}", missing.len(), missing.join("\n"));

    // Who has the document has its cells and numbers as somebody else read them, too.
    let checker = root().join("../shared/tools/check_shape.py");
    if !checker.is_file() {
        eprintln!("SKIPPED: no {}", checker.display());
        return;
    }
    let out = folder.path().join("out");
    let check =
        Command::new("python3").arg(checker).arg(shape.join("shape.json")).arg(out).output();
    let check = check.expect("python3 runs");
    let said = String::from_utf8_lossy(&check.stdout);
    match check.status.code() {
        Some(0) => {}
        Some(1) if said.contains("missing") => panic!("{said}"),
        _ => eprintln!("SKIPPED: {}", String::from_utf8_lossy(&check.stderr)),
    }
}

#[test]
fn iwate_has_kpis_alone_with_targets_by_year() {
    ask("iwate");
}

#[test]
fn shiga_has_four_levels_with_prose_and_targets_over_results() {
    ask("shiga");
}

#[test]
fn miyagi_has_amounts_periods_and_four_values() {
    ask("miyagi");
}

#[test]
fn tottori_has_eleven_columns_choices_and_long_lists() {
    ask("tottori");
}
