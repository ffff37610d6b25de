//! What the program refuses to do, and what it does not write over.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::pdf;
use crate::support::program::{copy_of_example, program, root, run};

const FORM: &str = "submissions/03_企画部.xlsx";

#[test]
fn the_submissions_are_no_place_for_what_is_made() {
    let folder = copy_of_example();
    let form = fs::read(folder.path().join(FORM)).expect("the form");
    for args in [
        &["build", "-o", "submissions"][..],
        &["build", "-o", "submissions/new/out"],
        &["forms", "-o", "submissions"],
        &["returns", "-o", "./submissions"],
        &["watch", "-o", "submissions"],
    ] {
        let refused = run(folder.path(), args);
        assert_eq!(refused.code, 2, "{args:?}: {}", refused.err);
        assert!(
            refused.err.contains("提出された様式のフォルダーの中"),
            "{args:?}: {}",
            refused.err
        );
    }
    let inside = run(&folder.path().join("submissions"), &["build", "..", "-o", "out"]);
    assert_eq!(inside.code, 2, "{}", inside.err);
    assert_eq!(fs::read(folder.path().join(FORM)).expect("the form"), form);
    assert_eq!(fs::read_dir(folder.path().join("submissions")).expect("forms").count(), 14);
}

#[test]
fn a_new_edition_is_not_laid_over_forms_that_are_there() {
    let folder = TempDir::new().expect("a folder");
    let form = folder.path().join("edition/submissions/01_総務部.xlsx");
    fs::create_dir_all(form.parent().expect("a folder")).expect("a folder");
    fs::write(&form, "theirs").expect("written");
    let new = run(folder.path(), &["new", "edition"]);
    assert_eq!(new.code, 2, "{}", new.err);
    assert!(new.err.contains("もうファイルがあります"), "{}", new.err);
    assert_eq!(fs::read_to_string(form).expect("the form"), "theirs");
    assert!(!folder.path().join("edition/edition.toml").exists());
}

#[test]
fn what_is_missing_from_the_annex_is_not_carried_into_the_next_edition() {
    let folder = copy_of_example();
    let form = fs::read(folder.path().join(FORM)).expect("the form");
    fs::write(folder.path().join(FORM), &form[..form.len() / 2]).expect("cut off");
    let next = run(folder.path(), &["forms", "--next", "next"]);
    assert_eq!(next.code, 2, "{}", next.err);
    assert!(next.err.contains("エラーの指摘が"), "{}", next.err);
    assert!(!folder.path().join("next").exists());
    let forms = run(folder.path(), &["forms"]);
    assert_eq!(forms.code, 0, "{}", forms.err);
    assert!(forms.err.contains("企画部の提出は読み取れない"), "{}", forms.err);
}

#[test]
fn forms_with_blank_dates_are_not_sent_out() {
    let folder = copy_of_example();
    let settings = folder.path().join("edition.toml");
    let text = fs::read_to_string(&settings).expect("settings");
    fs::write(&settings, text.replace("[form]", "[forme]")).expect("written");
    let forms = run(folder.path(), &["forms"]);
    assert_eq!(forms.code, 2, "{}", forms.err);
    assert!(forms.err.contains("edition.toml に誤りがあります"), "{}", forms.err);
    assert!(!folder.path().join("forms").exists());
}

#[test]
fn what_the_edition_takes_as_it_is_stands_in_nobodys_way() {
    for more in [
        "[[accept]]\ncode = \"S203\"\nreason = \"課室を置かない部局がある\"\n",
        "[rules]\nS203 = \"info\"\n",
    ] {
        let folder = copy_of_example();
        let settings = folder.path().join("edition.toml");
        let text = fs::read_to_string(&settings).expect("settings");
        let bare = "[[department]]\nname = \"課室を置かない局\"\nsections = []\n";
        fs::write(&settings, format!("{}\n{bare}", text.replacen("[rules]\n", "", 1)))
            .expect("written");
        for command in ["forms", "check", "build", "returns"] {
            let refused = run(folder.path(), &[command]);
            assert_ne!(refused.code, 0, "{command}: {}{}", refused.out, refused.err);
        }
        // The new department has sent nothing, which is beside the point.
        let silent = if more.starts_with("[rules]") {
            "S701 = \"info\"\n"
        } else {
            "\n[rules]\nS701 = \"info\"\n"
        };
        let text = format!("{}\n{bare}\n{more}{silent}", text.replacen("[rules]\n", "", 1));
        fs::write(&settings, text).expect("written");
        for command in ["forms", "check", "build", "returns"] {
            let taken = run(folder.path(), &[command]);
            assert_eq!(taken.code, 0, "{command}: {}{}", taken.out, taken.err);
        }
    }
}

#[test]
fn a_severity_that_would_make_wrong_papers_is_refused() {
    let folder = copy_of_example();
    let settings = folder.path().join("edition.toml");
    let text = fs::read_to_string(&settings).expect("settings");
    let rules = "[rules]\nF103 = \"off\"\nN480 = \"off\"\n";
    fs::write(&settings, text.replacen("[rules]\n", rules, 1)).expect("written");
    let check = run(folder.path(), &["check"]);
    assert_eq!(check.code, 1, "{}", check.out);
    assert!(check.out.contains("F103 = \"error\""), "{}", check.out);
    assert!(check.out.contains("N408"), "{}", check.out);
}

#[test]
fn a_format_that_was_not_asked_for_is_not_guessed() {
    let folder = copy_of_example();
    for (args, said) in [
        (&["diff", ".", ".", "-o", "a.docx"][..], "拡張子「.docx」"),
        (&["diff", ".", ".", "--redline"], "--redline"),
        (&["diff", ".", ".", "--stat", "-o", "a.pdf"], "--stat"),
        (&["progress", ".", "-o", "a.csv"], "拡張子「.csv」"),
        (&["build", "--format", "png", "--pages", "999"], "当たるページがありません"),
        (&["build", "--pdf-standard", "a-9z"], "a-9z"),
        (&["check", ".", "."], "余分"),
        (&["diff", "."], "「新」を指定"),
    ] {
        let refused = run(folder.path(), args);
        assert_eq!(refused.code, 2, "{args:?}: {}{}", refused.out, refused.err);
        assert!(refused.err.contains(said), "{args:?}: {}", refused.err);
    }
    let written = ["a.docx", "a.pdf", "out"].map(|name| folder.path().join(name).exists());
    assert_eq!(written, [false; 3]);
}

#[test]
fn a_file_gets_no_colours() {
    let folder = copy_of_example();
    assert_eq!(run(folder.path(), &["build"]).code, 0);
    fs::remove_file(folder.path().join(FORM)).expect("removed");
    let args = ["diff", "out/annex.json", ".", "--color", "always", "-o", "changes.txt"];
    assert_eq!(run(folder.path(), &args).code, 1);
    let text = fs::read_to_string(folder.path().join("changes.txt")).expect("a text");
    assert!(text.contains("削除") && !text.contains('\u{1b}'), "{text}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_cannot_be_written_is_no_success() {
    let folder = copy_of_example();
    for args in [&["check", "--format", "json"][..], &["status"], &["explain"]] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("/dev/full");
        let output = program()
            .args(args)
            .current_dir(folder.path())
            .stdout(full)
            .output()
            .expect("the program runs");
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {err}");
        assert!(err.contains("ディスクの空き容量"), "{args:?}: {err}");
    }
}

#[test]
fn papers_without_a_title_a_version_or_an_issuer_are_not_made() {
    for key in ["title", "version", "issuer"] {
        let folder = copy_of_example();
        let path = folder.path().join("edition.toml");
        let text = fs::read_to_string(&path).expect("settings");
        let is_it = |line: &&str| line.starts_with(&format!("{key} = "));
        let line = text.lines().find(is_it).expect(key);
        fs::write(&path, text.replacen(line, &format!("{key} = \"\""), 1)).expect("written");
        let build = run(folder.path(), &["build"]);
        assert_eq!(build.code, 1, "{key}: {}{}", build.out, build.err);
        assert!(build.err.contains(key) || build.out.contains(key), "{key}: {}", build.out);
        assert!(!folder.path().join("out/annex.pdf").exists(), "{key}");
    }
}

#[test]
fn a_draft_is_made_whatever_characters_stand_in_it() {
    let folder = copy_of_example();
    let path = folder.path().join("edition.toml");
    let text = fs::read_to_string(&path).expect("settings");
    let slogan = text.lines().find(|line| line.starts_with("slogan = ")).expect("a slogan");
    fs::write(&path, text.replacen(slogan, "slogan = \"😀な県\\u0007\"", 1)).expect("written");
    let official = run(folder.path(), &["build"]);
    assert_eq!(official.code, 1, "{}{}", official.out, official.err);
    let draft = run(folder.path(), &["build", "--draft"]);
    assert!(folder.path().join("out/annex.pdf").is_file(), "{}{}", draft.out, draft.err);
    assert!(draft.out.contains("「😀」（U+1F600）"), "{}{}", draft.out, draft.err);
}

/// What no font has may come from a template or a chapter of the edition as well.
#[test]
fn a_draft_marks_what_templates_and_chapters_say_in_no_font() {
    let folder = copy_of_example();
    let path = folder.path().join("edition.toml");
    let text = fs::read_to_string(&path).expect("settings");
    let chapter = "\n[[chapter]]\ntitle = \"趣旨\"\nfile = \"own/chapter.typ\"\n";
    fs::write(&path, format!("templates = \"own\"\n{text}{chapter}")).expect("written");
    let own = folder.path().join("own");
    fs::create_dir(&own).expect("a folder");
    fs::write(own.join("chapter.typ"), "章の終わり🚀。").expect("written");
    let pages = root().join("templates/annex/main.typ");
    let pages = fs::read_to_string(&pages).expect("the template of the pages");
    fs::write(own.join("main.typ"), format!("{pages}\n版の終わり😀。\n")).expect("written");
    let official = run(folder.path(), &["build"]);
    assert_eq!(official.code, 1, "{}{}", official.out, official.err);
    assert!(!folder.path().join("out/annex.pdf").exists());
    let draft = run(folder.path(), &["build", "--draft"]);
    let paper = fs::read(folder.path().join("out/annex.pdf"));
    let paper = paper.unwrap_or_else(|_| panic!("{}{}", draft.out, draft.err));
    for code in ["U+1F600", "U+1F680"] {
        assert!(draft.out.contains(code), "{code}: {}", draft.out);
    }
    let Some(text) = pdf::read(&paper, "pdftotext", &["@", "-"]) else { return };
    let text = pdf::dense(&text);
    assert!(text.contains("章の終わり〓。") && text.contains("版の終わり〓。"), "{text}");
}

/// A mistake in the settings stands before all that it makes of the forms.
#[test]
fn what_is_wrong_with_the_settings_is_told_before_what_follows_from_it() {
    let folder = copy_of_example();
    let path = folder.path().join("edition.toml");
    let text = fs::read_to_string(&path).expect("settings");
    let first = "[[pillar.category]]\nnumber = 1\n";
    assert!(text.contains(first));
    fs::write(&path, text.replacen(first, "[[pillar.category]]\nnunber = 1\n", 1))
        .expect("written");
    let json = run(folder.path(), &["check", "--format", "json"]).out;
    let json: Value = serde_json::from_str(&json).expect("JSON");
    let findings = json["findings"].as_array().expect("findings");
    let codes: Vec<&str> = findings.iter().filter_map(|finding| finding["code"].as_str()).collect();
    assert_eq!(codes[..2], ["S103", "S102"], "{codes:?}");
    assert!(codes.contains(&"E602"), "{codes:?}");
    let shown = run(folder.path(), &["check"]).out;
    let errors = shown.lines().filter(|line| line.contains("エラー"));
    assert!(errors.take(2).any(|line| line.contains("nunber")), "{shown}");
}
