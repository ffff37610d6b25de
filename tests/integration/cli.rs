//! The program as a clerk runs it: commands, exit status, what is written and what is left alone.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::program::{copy_of_example, example, reference, root, run, run_with};

const PAPERS: [&str; 10] = [
    "annex.pdf",
    "annex.xlsx",
    "annex.json",
    "annex.html",
    "datapackage.json",
    "measures.csv",
    "listings.csv",
    "measure-owners.csv",
    "kpis.csv",
    "kpi-measures.csv",
];

fn papers(folder: &Path) -> Vec<Vec<u8>> {
    PAPERS.iter().map(|name| fs::read(folder.join(name)).expect(name)).collect()
}

#[test]
fn the_example_builds_clean_and_the_same_everywhere() {
    let (first, second) = (TempDir::new().expect("a folder"), copy_of_example());
    let out = first.path().join("out");
    let one = run(root(), &["build", "inputs/2025", "-o", &out.display().to_string()]);
    assert_eq!(one.code, 0, "{}{}", one.out, one.err);
    let elsewhere = [("TZ", "Asia/Tokyo"), ("LC_ALL", "ja_JP.UTF-8"), ("RAYON_NUM_THREADS", "1")];
    let two = run_with(second.path(), &["build"], &elsewhere);
    assert_eq!(two.code, 0, "{}{}", two.out, two.err);
    assert!(papers(&out) == papers(&second.path().join("out")), "the papers differ");
    let written: Vec<_> =
        fs::read_dir(&out).expect("out").map(|e| e.expect("entry").file_name()).collect();
    assert!(
        written
            .iter()
            .all(|name| name == ".bessatsu.lock" || !name.to_string_lossy().starts_with('.')),
        "no half-written file is left: {written:?}"
    );
}

#[test]
fn the_example_has_no_finding_above_info() {
    let check = run(root(), &["check", "inputs/2025", "--format", "json"]);
    assert_eq!(check.code, 0, "{}", check.out);
    let json: Value = serde_json::from_str(&check.out).expect("JSON");
    assert_eq!(json["counts"]["error"], 0, "{}", check.out);
    assert_eq!(json["counts"]["warning"], 0, "{}", check.out);
}

#[test]
fn one_bad_file_is_named_and_leaves_the_last_good_papers() {
    let kinds: [(&str, &[u8]); 4] = [
        ("空のファイル", b""),
        ("途中で切れたファイル", b"PK\x03\x04\x14\x00\x06\x00"),
        ("ブックでないファイル", b"not a workbook at all"),
        ("CSV", "施策名,概要\n".as_bytes()),
    ];
    let folder = copy_of_example();
    assert_eq!(run(folder.path(), &["build"]).code, 0);
    let good = papers(&folder.path().join("out"));
    for (what, bytes) in kinds {
        let bad = folder.path().join("submissions/07_農政部.xlsx");
        fs::write(&bad, bytes).expect("written");
        let build = run(folder.path(), &["build"]);
        assert_eq!(build.code, 1, "{what}: {}{}", build.out, build.err);
        assert!(build.out.contains("07_農政部.xlsx"), "{what}: {}", build.out);
        assert!(papers(&folder.path().join("out")) == good, "{what}: the papers changed");
        let check = run(folder.path(), &["check", "--format", "json"]);
        let json: Value = serde_json::from_str(&check.out).expect("JSON");
        let findings = json["findings"].as_array().expect("findings");
        let errors: Vec<_> = findings.iter().filter(|f| f["severity"] == "error").collect();
        assert!(!errors.is_empty(), "{what}");
        let draft = run(folder.path(), &["build", "--draft", "-o", "draft"]);
        assert_eq!(draft.code, 1, "{what}");
        let annex = fs::read_to_string(folder.path().join("draft/annex.json")).expect("a draft");
        let annex: Value = serde_json::from_str(&annex).expect("JSON");
        let read: std::collections::BTreeSet<_> = annex["measures"]
            .as_array()
            .expect("measures")
            .iter()
            .map(|measure| measure["submitted_by"].as_str().expect("a department").to_owned())
            .collect();
        assert_eq!(read.len(), 13, "{what}: the other thirteen are read");
    }
}

#[test]
fn the_reference_edition_is_read_whole_and_its_problems_are_named_by_cell() {
    let Some(reference) = reference() else { return };
    let folder = TempDir::new().expect("a folder");
    let out = folder.path().join("out").display().to_string();
    let submissions = reference.join("submissions").display().to_string();
    let args = ["build", "inputs/2025", "--submissions", &submissions, "--draft", "-o", &out];
    let build = run(root(), &args);
    assert_eq!(build.code, 1, "{}{}", build.out, build.err);
    let annex = fs::read_to_string(folder.path().join("out/annex.json")).expect("annex.json");
    let annex: Value = serde_json::from_str(&annex).expect("JSON");
    let categories = annex["pillars"]
        .as_array()
        .expect("pillars")
        .iter()
        .flat_map(|p| p["categories"].as_array().expect("categories"));
    let (mut listings, mut kpis) = (0, 0);
    for category in categories {
        listings += category["listings"].as_array().map_or(0, Vec::len);
        kpis += category["kpis"].as_array().map_or(0, Vec::len);
    }
    assert_eq!((listings, kpis), (190, 54));
    let check =
        run(root(), &["check", "inputs/2025", "--submissions", &submissions, "--format", "json"]);
    let json: Value = serde_json::from_str(&check.out).expect("JSON");
    let findings = json["findings"].as_array().expect("findings");
    let errors: Vec<(&str, &str)> = findings
        .iter()
        .filter(|finding| finding["severity"] == "error")
        .map(|f| {
            (
                f["name"].as_str().unwrap_or_default(),
                f["place"]["cell"].as_str().unwrap_or_default(),
            )
        })
        .collect();
    let count = |name: &str| errors.iter().filter(|(n, _)| *n == name).count();
    assert_eq!(count("kpi-measure-unknown"), 3, "{errors:?}");
    assert!(
        errors.iter().all(|(_, cell)| !cell.is_empty()),
        "every error names its cell: {errors:?}"
    );
}

#[test]
fn wrong_command_lines_are_refused_in_japanese() {
    let empty = TempDir::new().expect("a folder");
    let cases: [(&[&str], &str); 7] = [
        (&["buidl"], "というコマンドはありません"),
        (&["build", "--drafft"], "というオプションはありません"),
        (&["build", "nowhere"], "edition.toml"),
        (&["build"], "版が見つかりません"),
        (&["explain", "X000"], "コードはありません"),
        (&["check", "--format", "yaml"], "使えません"),
        (&[], "コマンドを指定"),
    ];
    for (args, says) in cases {
        let run = run(empty.path(), args);
        assert_eq!(run.code, 2, "{args:?}: {}", run.err);
        assert!(run.err.contains(says), "{args:?}: {}", run.err);
    }
    // A file without tags must not take the place of the annex.
    let example = example();
    let excerpt = run(empty.path(), &["build", &example.to_string_lossy(), "--pages", "5"]);
    assert_eq!(excerpt.code, 2, "{}", excerpt.err);
    assert!(excerpt.err.contains("--format png"), "{}", excerpt.err);
    assert!(!empty.path().join("out").exists());
}

#[test]
fn the_commands_stand_in_the_order_in_which_a_year_needs_them() {
    let order = ["new", "forms", "receive", "status", "check", "returns", "build", "diff"];
    for lang in ["ja", "en"] {
        let help = run(root(), &["--help", "--lang", lang]).out;
        let at = order.map(|command| help.find(&format!("\n  {command} ")).expect(command));
        assert!(at.is_sorted(), "{help}");
        assert!(!help.contains("inputs/2025"), "a clerk has no such folder: {help}");
    }
    let alone = run(root(), &[]);
    for command in ["bessatsu new", "bessatsu forms", "bessatsu check", "bessatsu build"] {
        assert!(alone.err.contains(command), "{command}: {}", alone.err);
    }
}

#[test]
fn whoever_names_no_edition_is_told_of_those_that_are_here() {
    let folder = TempDir::new().expect("a folder");
    let nothing = run(folder.path(), &["check"]);
    assert!(nothing.code == 2 && nothing.err.contains("bessatsu new"), "{}", nothing.err);
    for name in ["令和8年度版", "令和7年度版"] {
        let made = run(folder.path(), &["new", name, "--blank"]);
        assert_eq!(made.code, 0, "{}", made.err);
    }
    let here = run(folder.path(), &["check"]);
    assert_eq!(here.code, 2);
    assert!(here.err.contains("ここにある版: 令和7年度版、令和8年度版"), "{}", here.err);
    assert!(here.err.contains("bessatsu check 令和7年度版"), "{}", here.err);
}

#[test]
fn a_blank_edition_has_settings_and_no_form_of_anybody() {
    let folder = TempDir::new().expect("a folder");
    let made = run(folder.path(), &["new", "edition", "--blank"]);
    assert_eq!(made.code, 0, "{}", made.err);
    let submissions = folder.path().join("edition/submissions");
    assert_eq!(fs::read_dir(&submissions).expect("a folder").count(), 0);
    let status = run(folder.path(), &["status", "edition", "--format", "json"]);
    let rows: Value = serde_json::from_str(&status.out).expect("JSON");
    for row in rows.as_array().expect("departments") {
        assert_eq!(row["submission"], "missing", "{row}");
        assert_eq!(row["errors"], 0, "what has not come is no error: {row}");
    }
    let check = run(folder.path(), &["check", "edition"]);
    assert!(!check.out.contains("S705"), "what is still to come is not missed: {}", check.out);
    let both = run(folder.path(), &["new", "other", "--blank", "--from", "edition"]);
    assert_eq!(both.code, 2, "{}", both.err);
}

#[test]
fn a_build_counts_its_findings_once() {
    let folder = copy_of_example();
    let build = run(folder.path(), &["build", "--draft"]);
    let said = build.out + &build.err;
    assert_eq!(said.matches("エラー 0件").count(), 1, "{said}");
    let quiet = run(folder.path(), &["build", "--draft", "--quiet"]);
    assert!(quiet.out.contains("エラー 0件") && quiet.err.is_empty(), "{}", quiet.err);
}

#[test]
fn what_is_made_of_an_edition_goes_into_its_own_folder() {
    let folder = TempDir::new().expect("a folder");
    for edition in ["令和7年度版", "令和8年度版"] {
        assert_eq!(run(folder.path(), &["new", edition, "--blank"]).code, 0);
        assert_eq!(run(folder.path(), &["forms", edition]).code, 0);
        assert_eq!(run(folder.path(), &["returns", edition]).code, 1);
        let here = folder.path().join(edition);
        assert!(here.join("forms/01_総務部.xlsx").is_file(), "{edition}");
        assert!(here.join("returns/01_総務部.txt").is_file(), "{edition}");
    }
    assert!(!folder.path().join("forms").exists() && !folder.path().join("returns").exists());
}

/// `BESSATSU_BLESS=1` makes them anew.
#[test]
fn the_pictures_of_the_readme_show_the_example_as_it_is_typeset() {
    let out = TempDir::new().expect("a folder");
    let (example, folder) = (example(), out.path().to_string_lossy().into_owned());
    let pages = ["build", &example.to_string_lossy(), "--format", "png", "--pages", "1,3,5"];
    let made = run(root(), &[&pages[..], &["-o", &folder]].concat());
    assert_eq!(made.code, 0, "{}", made.err);
    for (page, name) in [("01", "cover"), ("03", "page-2"), ("05", "page-4")] {
        let fresh = std::fs::read(out.path().join(format!("annex-{page}.png"))).expect("a picture");
        let kept = example.join(format!("preview/{name}.png"));
        if std::env::var_os("BESSATSU_BLESS").is_some() {
            std::fs::write(&kept, &fresh).expect("the picture is written");
        }
        assert!(std::fs::read(&kept).ok() == Some(fresh), "{} is stale", kept.display());
    }
}

#[test]
fn help_is_in_japanese_for_every_command() {
    let commands = [
        "new", "forms", "receive", "status", "check", "returns", "correct", "confirm", "build",
        "diff", "progress", "watch", "explain", "text", "licenses",
    ];
    let english =
        ["Usage", "Options:", "Commands:", "Arguments:", "[default", "[possible", "Print"];
    for command in std::iter::once(None).chain(commands.map(Some)) {
        let help = run(root(), &[command.unwrap_or("--help"), "--help"]);
        assert_eq!(help.code, 0, "{command:?}");
        assert!(help.out.contains("使い方"), "{command:?}: {}", help.out);
        for word in english {
            assert!(!help.out.contains(word), "{command:?} says {word}: {}", help.out);
        }
    }
}

#[test]
fn a_department_without_a_form_is_seen_and_the_others_get_theirs_back() {
    let folder = copy_of_example();
    let missing = folder.path().join("submissions/13_議会事務局.xlsx");
    fs::remove_file(missing).expect("removed");
    let status = run(folder.path(), &["status"]);
    assert_eq!(status.code, 1, "{}{}", status.out, status.err);
    let row = status.out.lines().find(|line| line.starts_with("議会事務局")).expect("its row");
    assert!(row.contains("未提出"), "{row}");
    assert!(status.out.contains("13/14"), "{}", status.out);
    let json = run(folder.path(), &["status", "--format", "json"]);
    let rows: Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(rows.as_array().map(Vec::len), Some(14));
    let forms = run(folder.path(), &["forms", "--department", "議会事務局"]);
    assert_eq!(forms.code, 0, "{}", forms.err);
    assert!(folder.path().join("forms/13_議会事務局.xlsx").is_file());
    let unknown = run(folder.path(), &["forms", "--department", "財政部"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("企画部"), "the known ones are named: {}", unknown.err);
}

#[test]
fn only_departments_with_findings_get_their_form_back_and_it_can_be_read_again() {
    let Some(reference) = reference() else { return };
    let folder = TempDir::new().expect("a folder");
    let out = folder.path().join("returns");
    let submissions = reference.join("submissions").display().to_string();
    let shown = out.display().to_string();
    let args = ["returns", "inputs/2025", "--submissions", &submissions, "-o", &shown];
    let returns = run(root(), &args);
    assert_eq!(returns.code, 1, "{}", returns.err);
    assert!(out.join("14_警察本部.xlsx").is_file(), "{}", returns.err);
    assert!(out.join("14_警察本部.txt").is_file(), "the covering text is there");
    assert!(!out.join("13_議会事務局.xlsx").exists(), "nothing is wrong with it");
    for entry in fs::read_dir(&out).expect("returns") {
        let path = entry.expect("entry").path();
        if path.extension().is_some_and(|extension| extension != "xlsx") {
            fs::remove_file(path).expect("removed");
        }
    }
    let again = run(root(), &["check", "inputs/2025", "--submissions", &shown, "--format", "json"]);
    let json: Value = serde_json::from_str(&again.out).expect("JSON");
    let names: Vec<&str> = json["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter(|f| f["severity"] == "error" && f["department"] == "警察本部")
        .filter_map(|f| f["name"].as_str())
        .collect();
    assert_eq!(names, ["required-field-missing"], "as it was sent back, so it is read");
}

#[test]
fn a_version_is_compared_from_its_folder_its_data_and_its_workbook() {
    let folder = copy_of_example();
    assert_eq!(run(folder.path(), &["build"]).code, 0);
    for old in [".", "out/annex.json", "out/annex.xlsx"] {
        let same = run(folder.path(), &["diff", old, "."]);
        assert_eq!(same.code, 0, "{old}: {}{}", same.out, same.err);
    }
    let settings = folder.path().join("edition.toml");
    let text = fs::read_to_string(&settings).expect("settings");
    fs::write(&settings, text.replace("第 1.0 版", "第 1.1 版")).expect("written");
    for old in ["out/annex.json", "out/annex.xlsx"] {
        let changed = run(folder.path(), &["diff", old, ".", "--format", "json"]);
        assert_eq!(changed.code, 1, "{old}: {}", changed.err);
        assert!(changed.out.contains("第 1.1 版"), "{old}: {}", changed.out);
    }
    for format in ["html", "xlsx", "pdf"] {
        let file = format!("changes.{format}");
        let args = ["diff", "out/annex.json", ".", "--format", format, "-o", &file];
        assert_eq!(run(folder.path(), &args).code, 1, "{format}");
        assert!(folder.path().join(&file).is_file(), "{format}");
    }
    let nowhere = run(folder.path(), &["diff", "nowhere.json", "."]);
    assert_eq!(nowhere.code, 2);
}

#[test]
fn a_new_edition_builds_from_the_binary_alone() {
    let folder = TempDir::new().expect("a folder");
    let new = run(folder.path(), &["new", "edition", "--with-templates"]);
    assert_eq!(new.code, 0, "{}", new.err);
    let build = run(folder.path(), &["build", "edition"]);
    assert_eq!(build.code, 0, "{}{}", build.out, build.err);
    assert_eq!(run(folder.path(), &["new", "edition"]).code, 2, "nothing is written over");
    assert_eq!(run(folder.path(), &["forms", "edition", "--next", "next"]).code, 0);
    let check = run(folder.path(), &["check", "next", "--format", "json"]);
    let json: Value = serde_json::from_str(&check.out).expect("JSON");
    let names: std::collections::BTreeSet<&str> = json["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter(|finding| finding["severity"] == "error")
        .filter_map(|finding| finding["name"].as_str())
        .collect();
    assert_eq!(names.into_iter().collect::<Vec<_>>(), ["department-not-submitted"]);
    assert!(folder.path().join("next/templates/main.typ").is_file(), "they go with the edition");
}

#[test]
fn the_annex_is_shown_as_lines_and_its_kpis_over_the_years() {
    let text = run(root(), &["text", "inputs/2025"]);
    assert_eq!(text.code, 0, "{}", text.err);
    assert!(text.out.contains("R7-001 施策名: "), "{}", text.out);
    let progress = run(root(), &["progress", "inputs/2025", "--format", "json"]);
    assert_eq!(progress.code, 0, "{}", progress.err);
    let json: Value = serde_json::from_str(&progress.out).expect("JSON");
    assert!(json["tracks"].as_array().is_some_and(|tracks| tracks.len() >= 54));
}

#[test]
fn every_rule_can_be_looked_up_by_code_and_by_name() {
    for word in ["K502", "k502", "kpi-measure-unknown", "Ｋ５０２"] {
        let explain = run(root(), &["explain", word]);
        assert_eq!(explain.code, 0, "{word}");
        assert!(explain.out.contains("K502"), "{word}: {}", explain.out);
    }
}

#[test]
fn an_output_folder_that_cannot_be_written_is_said_so() {
    let folder = copy_of_example();
    fs::write(folder.path().join("out"), "a file in the way").expect("written");
    let build = run(folder.path(), &["build"]);
    assert_eq!(build.code, 2, "{}", build.err);
    assert!(build.err.contains("書けません"), "{}", build.err);
}
