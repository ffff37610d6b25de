//! What the program says with `--lang en`: English throughout, but for what is quoted.

use std::fs;

use crate::support::program::{copy_of_example, run};

/// Kana and han: what is said is in English, what is quoted is not looked at.
fn japanese(text: &str) -> Option<&str> {
    let is_japanese = |c: char| matches!(c, '\u{3001}'..='\u{9fff}' | '\u{ff01}'..='\u{ff9f}');
    text.lines().find(|line| line.contains(is_japanese))
}

#[test]
fn what_is_said_of_a_command_is_in_english_where_that_is_asked_for() {
    let folder = copy_of_example();
    assert_eq!(run(folder.path(), &["build", "--quiet"]).code, 0);
    fs::create_dir(folder.path().join("empty")).expect("a folder");
    fs::write(folder.path().join("bad.json"), "{").expect("written");
    fs::write(folder.path().join("bad.xlsx"), [0, 159, 146, 150]).expect("written");
    for (args, code) in [
        (&["build", "--timings"][..], 0),
        (&["build", "nowhere"], 2),
        (&["build", "-o", "submissions"], 2),
        (&["build", "--pages", "3"], 2),
        (&["build", "--format", "png", "--pages", "x"], 2),
        (&["build", "--format", "png", "--pages", "999"], 2),
        (&["build", "--submissions", "nowhere"], 2),
        (&["build", "-o", "bad.json"], 2),
        (&["check", ".", "."], 2),
        (&["check", "--format", "y"], 2),
        (&["buidl"], 2),
        (&["returns"], 0),
        (&["new", "."], 2),
        (&["new", "fresh"], 0),
        (&["diff", "bad.xlsx", "."], 2),
        (&["diff", "nowhere.json", "."], 2),
        (&["diff", "bad.json", "."], 2),
        (&["diff", ".", ".", "-o", "x.docx"], 2),
        (&["diff", ".", ".", "--format", "pdf"], 2),
        (&["diff", ".", ".", "--redline"], 2),
        (&["progress", ".", "-o", "p.xlsx"], 0),
        (&["explain", "X999"], 2),
    ] {
        let run = run(folder.path(), &[&["--lang", "en"], args].concat());
        assert_eq!(run.code, code, "{args:?}: {}{}", run.out, run.err);
        assert_eq!(japanese(&run.err), None, "{args:?}: {}", run.err);
    }
    for args in [&["--help"][..], &["diff", ".", "."], &["diff", "--stat", ".", "."]] {
        let run = run(folder.path(), &[&["--lang", "en"], args].concat());
        assert_eq!(run.code, 0, "{args:?}: {}", run.err);
        assert!(run.out.lines().skip(1).all(|line| japanese(line).is_none()), "{}", run.out);
    }
    let explained = run(folder.path(), &["--lang", "en", "explain", "K502"]);
    assert!(explained.out.contains("Why"), "{}", explained.out);
    // Departments and files are quoted in their own words.
    let status = run(folder.path(), &["--lang", "en", "status"]);
    let heads = status.out.lines().next().expect("a table");
    assert_eq!(japanese(heads), None, "{heads}");
    assert!(status.out.contains("total"), "{}", status.out);
}
