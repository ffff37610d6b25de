//! From one edition to the next, as a clerk goes: the settings first, their questions answered, then
//! the forms.

use std::fs;
use std::path::Path;

use crate::support::program::{copy_of_example, run};

fn settings(folder: &Path) -> String {
    fs::read_to_string(folder.join("edition.toml")).expect("settings")
}

/// Takes the marks away, as somebody does who finds every line right.
fn answer(folder: &Path) {
    let text = settings(folder);
    let lines = text.lines().filter(|line| !line.starts_with("# 要確認"));
    let answered: String = lines
        .map(|line| format!("{}\n", line.split("  # 要確認").next().unwrap_or_default()))
        .collect();
    fs::write(folder.join("edition.toml"), answered).expect("written");
}

/// How many forms lie in a folder.
fn forms(folder: &Path) -> usize {
    fs::read_dir(folder).map_or(0, |entries| {
        let names = entries.map(|entry| entry.expect("an entry").file_name());
        names.filter(|name| name.to_string_lossy().ends_with(".xlsx")).count()
    })
}

#[test]
fn the_forms_wait_for_what_is_to_be_decided() {
    let folder = copy_of_example();
    let here = folder.path();
    let begun = run(here, &["forms", "--next", "next"]);
    assert_eq!(begun.code, 0, "{}", begun.err);
    let next = here.join("next");
    assert_eq!(forms(&next.join("forms")), 0, "nothing is sent out before");
    for asked in [
        "行目　year = 2026　…　版の年度",
        "deadline = \"令和8年1月24日\"",
        "version = \"第 1.0 版\"",
        "部局、課室、見出しの再編",
        "bessatsu forms next\n",
    ] {
        assert!(begun.err.contains(asked), "{asked}: {}", begun.err);
    }
    let text = settings(&next);
    let line = text.lines().position(|line| line.starts_with("deadline = ")).expect("a line") + 1;
    assert!(begun.err.contains(&format!("  {line}行目　deadline")), "{}", begun.err);

    let again = run(here, &["forms", "--next", "next"]);
    assert_eq!(again.code, 2);
    assert!(
        again.err.contains("もう用意してあり") && again.err.contains("要確認が"),
        "{}",
        again.err
    );
    let refused = run(here, &["forms", "next"]);
    assert_eq!(refused.code, 2, "{}", refused.err);
    assert!(refused.err.contains(&format!("  {line}行目　deadline")), "{}", refused.err);
    assert!(!next.join("forms").exists());
    assert_eq!(settings(&next), text, "nothing of it is touched");
    let check = run(here, &["check", "next"]);
    assert!(check.out.contains("S119"), "{}", check.out);

    answer(&next);
    let made = run(here, &["forms", "next"]);
    assert_eq!(made.code, 0, "{}", made.err);
    assert_eq!(forms(&next.join("forms")), 14);
    let again = run(here, &["forms", "--next", "next"]);
    assert!(again.code == 2 && again.err.contains("もう用意してあります"), "{}", again.err);
}

#[test]
fn whoever_insists_gets_the_forms_at_once_and_another_edition_is_left_alone() {
    let folder = copy_of_example();
    let here = folder.path();
    let begun = run(here, &["forms", "--next", "next", "--force"]);
    assert_eq!(begun.code, 0, "{}", begun.err);
    assert_eq!(forms(&here.join("next/forms")), 14);
    assert!(begun.err.contains("作り直してください"), "{}", begun.err);
    let made = run(here, &["forms", "next", "-o", "forms", "--force"]);
    assert_eq!(made.code, 0, "{}", made.err);
    assert_eq!(forms(&here.join("forms")), 14);

    assert_eq!(run(here, &["new", "other"]).code, 0);
    let text = settings(&here.join("other"));
    let refused = run(here, &["forms", "--next", "other"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("もう edition.toml があります"), "{}", refused.err);
    assert_eq!(settings(&here.join("other")), text);
}

#[test]
fn the_forms_of_a_first_edition_wait_for_its_guesses_too() {
    let folder = copy_of_example();
    let here = folder.path();
    let first = run(here, &["new", "first", "--from", "submissions"]);
    assert_eq!(first.code, 0, "{}", first.err);
    let refused = run(here, &["forms", "first", "-o", "forms"]);
    assert_eq!(refused.code, 2, "{}", refused.err);
    assert!(
        refused.err.contains("様式に計画期間がない") || refused.err.contains("年度から"),
        "{}",
        refused.err
    );
    let counted = settings(&here.join("first")).matches("# 要確認").count();
    assert!(refused.err.contains(&format!("要確認）が{counted}か所")), "{}", refused.err);
    assert!(first.err.contains(&format!("「要確認」{counted}か所")), "{}", first.err);
    let forced = run(here, &["forms", "first", "-o", "forms", "--force"]);
    assert_eq!(forced.code, 0, "{}", forced.err);
}
