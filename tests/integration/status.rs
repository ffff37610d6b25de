//! How an edition stands: who has submitted, until when the others are awaited, on screen, for
//! programs and as a page for the head of a section.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::office;
use crate::support::pdf;
use crate::support::program::{Run, copy_of_example, run};

const DEADLINE: &str = "deadline = \"令和7年1月24日（金）\"\n";

/// The example without the submission of one department, and with other deadlines.
fn edition(deadlines: &str) -> TempDir {
    let folder = copy_of_example();
    fs::remove_file(folder.path().join("submissions/03_企画部.xlsx")).expect("removed");
    let settings = folder.path().join("edition.toml");
    let text = fs::read_to_string(&settings).expect("settings");
    assert!(text.contains(DEADLINE), "the example has another deadline");
    fs::write(&settings, text.replace(DEADLINE, deadlines)).expect("written");
    folder
}

fn status(folder: &Path, at: &str, more: &[&str]) -> Run {
    let mut args = vec!["status", ".", "--at", at];
    args.extend(more);
    run(folder, &args)
}

fn line<'a>(run: &'a Run, department: &str) -> &'a str {
    run.out.lines().find(|line| line.starts_with(department)).expect("a line")
}

#[test]
fn the_days_that_are_left_are_counted_from_the_day_that_is_asked_for() {
    let folder = edition(DEADLINE);
    for (at, said, left) in [
        ("2025-01-20", "あと4日", 4),
        ("2025-01-24T17:30", "今日まで", 0),
        ("2025-02-01", "8日超過", -8),
        ("2024-12-31", "あと24日", 24),
    ] {
        let text = status(folder.path(), at, &[]);
        let head = format!("提出期限：令和7年1月24日（金）（{said}）");
        assert_eq!(text.out.lines().next(), Some(head.as_str()), "{}", text.out);
        assert!(line(&text, "企画部").contains(said), "{}", text.out);
        assert!(!line(&text, "総務部").contains(said), "nothing is awaited: {}", text.out);
        let json = status(folder.path(), at, &["--format", "json"]);
        let json: Value = serde_json::from_str(&json.out).expect("JSON");
        let due = |at: usize| json[at]["due"].clone();
        assert_eq!(due(2)["days_left"], left, "{json}");
        assert_eq!(due(2)["date"], "2025-01-24");
        assert!(due(0).is_null(), "{json}");
    }
    let wrong = status(folder.path(), "あした", &[]);
    assert_eq!(wrong.code, 2, "{}", wrong.out);
    let english = status(folder.path(), "2025-01-20", &["--lang", "en"]);
    assert!(english.out.starts_with("deadline: 2025-01-24 (4 days left)\n"), "{}", english.out);
}

#[test]
fn a_deadline_that_is_no_day_is_told_and_never_guessed() {
    let folder = edition("deadline = \"1月末\"\nreturn-deadline = \"R7.2.7\"\n");
    let text = status(folder.path(), "2025-01-20", &[]);
    assert!(text.out.contains("提出期限：1月末（日付として読めないので"), "{}", text.out);
    assert!(text.out.contains("再提出の期限：R7.2.7（あと18日）"), "{}", text.out);
    assert!(!line(&text, "企画部").contains('日'), "{}", text.out);
    let check = run(folder.path(), &["check", ".", "--info"]);
    assert!(check.out.contains("A803") && check.out.contains("1月末"), "{}", check.out);
    // Without any there is nothing to say, nor a column for it.
    let folder = edition("deadline = \"\"\n");
    let text = status(folder.path(), "2025-01-20", &[]);
    assert!(!text.out.contains("期限"), "{}", text.out);
}

/// What is awaited of a form that cannot be read is another, until the day for those that go back.
#[test]
fn what_has_to_come_again_has_its_own_day() {
    let folder = edition("deadline = \"R7.1.24\"\nreturn-deadline = \"R7.2.7\"\n");
    fs::write(folder.path().join("submissions/03_企画部.xlsx"), "broken").expect("written");
    let text = status(folder.path(), "2025-01-31", &[]);
    assert!(line(&text, "企画部").contains("あと7日"), "{}", text.out);
}

#[test]
fn a_form_that_came_too_late_is_marked() {
    let folder = edition(DEADLINE);
    let taken = folder.path().join("届いたもの.xlsx");
    fs::rename(folder.path().join("submissions/01_総務部.xlsx"), &taken).expect("moved");
    for (at, is_late) in [("2025-01-24T23:59:59+09:00", false), ("2025-01-25T00:00:00+09:00", true)]
    {
        let received = run(folder.path(), &["receive", "届いたもの.xlsx", "--at", at]);
        assert!(received.out.contains("受け付けました"), "{}{}", received.out, received.err);
        let text = status(folder.path(), "2025-02-01", &[]);
        assert_eq!(line(&text, "総務部").contains("（期限後）"), is_late, "{}", text.out);
        fs::remove_file(folder.path().join("submissions/01_総務部.xlsx")).expect("removed");
        fs::remove_dir_all(folder.path().join("received")).expect("removed");
    }
}

#[test]
fn the_workbook_is_one_page_with_the_counts_above() {
    let folder = edition(DEADLINE);
    let made = status(folder.path(), "2025-01-20", &["-o", "状況.xlsx"]);
    // That a department has not submitted is an error.
    assert_eq!(made.code, 1, "{}{}", made.out, made.err);
    let again = status(folder.path(), "2025-01-20", &["--format", "xlsx", "-o", "again"]);
    assert_eq!(again.code, 1, "{}{}", again.out, again.err);
    let bytes = fs::read(folder.path().join("状況.xlsx")).expect("a workbook");
    assert!(bytes == fs::read(folder.path().join("again")).expect("a workbook"));
    if let Some(sheets) = office::sheets(&bytes) {
        let sheet = &sheets["提出状況"];
        let has = |words: &[&str]| {
            sheet.iter().any(|row| words.iter().all(|word| row.iter().any(|cell| cell == word)))
        };
        assert!(sheet[0][0].ends_with("提出状況（2025-01-20現在）"), "{sheet:?}");
        assert_eq!(sheet[1][0], "提出期限：令和7年1月24日（金）（あと4日）");
        assert!(has(&["済", "未提出", "部局の計"]) && has(&["13", "1", "14"]), "{sheet:?}");
        assert!(has(&["企画部", "未提出", "あと4日"]), "{sheet:?}");
    }
    if let Some(paper) = office::saved_as(&bytes, "pdf")
        && let Some(said) = pdf::read(&paper, "pdfinfo", &["@"])
    {
        assert!(said.contains("Pages:           1\n"), "{said}");
        assert!(said.contains("841.89 x 595") && said.contains("(A4)"), "{said}");
    }
    let wrong = status(folder.path(), "2025-01-20", &["-o", "状況.doc"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("「.doc」"), "{}", wrong.err);
    let nowhere = status(folder.path(), "2025-01-20", &["--format", "xlsx"]);
    assert!(nowhere.code == 2 && nowhere.err.contains("-o"), "{}", nowhere.err);
}
