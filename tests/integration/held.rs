//! Two people at one edition: one waits for the other, nothing mixes, and who is refused knows why.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};

use tempfile::TempDir;

use crate::support::program::{copy_of_example, program, run};

const LOCK: &str = ".bessatsu.lock";
const HOLDER: &str = ".bessatsu.holder";

/// The commands that write into an edition, with what they are called.
fn writers(post: &Path) -> BTreeMap<&'static str, Vec<String>> {
    let form = post.join("01_総務部.xlsx").display().to_string();
    let forms = post.join("again").display().to_string();
    let texts = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    BTreeMap::from([
        ("receive", texts(&["receive", &form])),
        ("correct", texts(&["correct", "R7-020", "備考", "--to", "写し", "--reason", "試し"])),
        ("build", texts(&["build", "."])),
        ("confirm", texts(&["confirm", "--department", "02", "--by", "宮城花子"])),
        ("forms", texts(&["forms", ".", "-o", &forms])),
    ])
}

/// The example, and a folder with the forms of the next round.
fn office() -> (TempDir, TempDir) {
    let (edition, post) = (copy_of_example(), TempDir::new().expect("a folder"));
    let forms = run(edition.path(), &["forms", ".", "-o", &post.path().display().to_string()]);
    assert_eq!(forms.code, 0, "{}", forms.err);
    (edition, post)
}

#[test]
fn whoever_finds_an_edition_held_is_told_by_whom_and_changes_nothing() {
    let (edition, post) = office();
    let lock = fs::File::create(edition.path().join(LOCK)).expect("the lock");
    lock.lock().expect("locked");
    fs::write(edition.path().join(HOLDER), "receive\t田中@PC1\t2026-05-01 10:30").expect("a note");
    let read = |name: &str| fs::read(edition.path().join(name)).ok();
    let all = || ["submissions/01_総務部.xlsx", "corrections.toml", "ids.csv"].map(read);
    let before = all();
    let mut children: Vec<(&str, Child)> = Vec::new();
    for (name, args) in writers(post.path()) {
        let mut command = program();
        command.current_dir(edition.path()).args(args).stdin(Stdio::null());
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        children.push((name, child.expect("the program runs")));
    }
    for (name, child) in children {
        let said = child.wait_with_output().expect("ended");
        assert_eq!(said.status.code(), Some(2), "{name}");
        let said = String::from_utf8(said.stderr).expect("UTF-8");
        assert!(said.contains("bessatsu receive（田中@PC1、2026-05-01 10:30 から）"), "{said}");
        assert!(said.contains("もう一度実行してください"), "{name}: {said}");
    }
    assert!(all() == before && !edition.path().join("received").join("journal.jsonl").exists());
    // What only reads is not kept waiting.
    assert_eq!(run(edition.path(), &["check", "."]).code, 0);
    drop(lock);
    let free =
        run(edition.path(), &["correct", "R7-020", "備考", "--to", "写し", "--reason", "試し"]);
    assert_eq!(free.code, 0, "{}{}", free.out, free.err);
    assert!(!edition.path().join(HOLDER).exists(), "who was done is no holder");
}

#[test]
fn two_commands_at_once_both_do_their_work() {
    for (one, other) in
        [("receive", "correct"), ("receive", "build"), ("correct", "build"), ("confirm", "receive")]
    {
        let (edition, post) = office();
        let writers = writers(post.path());
        let start = |name: &str| {
            let mut command = program();
            command.current_dir(edition.path()).args(&writers[name]).stdin(Stdio::null());
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs")
        };
        let children = [(one, start(one)), (other, start(other))];
        for (name, child) in children {
            let said = child.wait_with_output().expect("ended");
            let err = String::from_utf8_lossy(&said.stderr).into_owned();
            // On a machine that is busy enough one is told to wait; then it does so.
            if said.status.code() == Some(2) {
                assert!(err.contains("もう一度実行してください"), "{one} and {other}: {err}");
                let args: Vec<&str> = writers[name].iter().map(String::as_str).collect();
                assert_eq!(run(edition.path(), &args).code, 0, "{one} and {other}");
            } else {
                assert_eq!(said.status.code(), Some(0), "{name} beside: {err}");
            }
        }
        let journal = fs::read_to_string(edition.path().join("received/journal.jsonl"));
        let journal = journal.unwrap_or_default();
        let has = |event: &str| journal.contains(&format!("\"event\":\"{event}\""));
        assert!(
            journal.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok())
        );
        for name in [one, other] {
            match name {
                "receive" => {
                    assert!(has("received") && journal.contains("\"round\":2"), "{journal}")
                }
                "confirm" => assert!(has("confirmed"), "{journal}"),
                "correct" => {
                    let text = fs::read_to_string(edition.path().join("corrections.toml"));
                    assert!(text.expect("the corrections").contains("写し"));
                }
                _ => assert!(edition.path().join("out/annex.pdf").is_file()),
            }
        }
        let check = run(edition.path(), &["check", "."]);
        assert_eq!(check.code, 0, "{one} and {other}: {}", check.out);
    }
}

#[test]
fn what_a_process_that_was_stopped_left_is_taken_away_by_the_next_one() {
    let (edition, _post) = office();
    fs::create_dir(edition.path().join("received")).expect("a folder");
    for folder in ["", "submissions", "received"] {
        let left = edition.path().join(folder).join(".bessatsu-AbC123.tmp");
        fs::write(left, "half of a form").expect("written");
    }
    fs::write(edition.path().join(HOLDER), "receive\t田中\t2026-05-01 10:30").expect("a note");
    fs::write(edition.path().join(".bessatsu-memo"), "mine").expect("written");
    let done =
        run(edition.path(), &["correct", "R7-020", "備考", "--to", "写し", "--reason", "試し"]);
    assert_eq!(done.code, 0, "{}{}", done.out, done.err);
    for folder in ["", "submissions", "received"] {
        assert!(!edition.path().join(folder).join(".bessatsu-AbC123.tmp").exists(), "{folder}");
    }
    assert!(!edition.path().join(HOLDER).exists());
    assert!(edition.path().join(".bessatsu-memo").exists(), "what is somebody's stays");
}
