//! An edition over its versions and into the next year: which papers are where, which ids stay, and
//! whose form an entry is in after a reorganisation.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::editions::files;
use crate::support::program::{copy_of_example, run};
use crate::support::repacked;

const FORM: &str = "submissions/03_企画部.xlsx";

/// The ids of the measures and KPIs of an annex, by name.
fn ids(path: &Path) -> BTreeMap<String, String> {
    let text = fs::read_to_string(path).expect("annex.json");
    let annex: Value = serde_json::from_str(&text).expect("JSON");
    let rows = ["measures", "kpis"].map(|table| annex[table].as_array().expect("rows").clone());
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    rows.iter().flatten().map(|row| (text(&row["name"]["value"]), text(&row["id"]))).collect()
}

/// The settings of an edition with one text in place of another.
fn set(folder: &Path, from: &str, to: &str) {
    let path = folder.join("edition.toml");
    let settings = fs::read_to_string(&path).expect("settings");
    assert!(settings.contains(from), "{from}");
    fs::write(path, settings.replace(from, to)).expect("written");
}

#[test]
fn official_papers_are_kept_by_their_version_and_ids_stay_in_a_revision() {
    let folder = copy_of_example();
    let here = folder.path();
    let first = run(here, &["build"]);
    assert_eq!(first.code, 0, "{}{}", first.out, first.err);
    assert!(first.out.contains("公表用") || first.err.contains("公表用"), "{}", first.err);
    let version = here.join("out/第1.0版");
    for name in [
        "公表用/annex.pdf",
        "公表用/annex.html",
        "公表用/measures.csv",
        "事務局用/annex.json",
        "事務局用/annex.xlsx",
    ] {
        assert!(version.join(name).is_file(), "{name}");
    }
    assert!(!version.join("公表用/annex.json").exists(), "it has the remarks");
    let before = ids(&here.join("out/annex.json"));
    let kept = fs::read_to_string(here.join("ids.csv")).expect("ids.csv");
    // A name may have line feeds of its own.
    assert_eq!(kept.matches("\r\n").count(), before.len() + 1);

    // A draft does not take the place of what is official.
    let draft = run(here, &["build", "--draft"]);
    assert_eq!(draft.code, 2, "{}{}", draft.out, draft.err);
    assert!(draft.err.contains("--overwrite") && draft.err.contains("第 1.0 版"), "{}", draft.err);
    assert_eq!(run(here, &["build", "--draft", "-o", "draft"]).code, 0);

    // A revision that mends one name: no id is another's.
    let form = fs::read(here.join(FORM)).expect("a form");
    let mended = repacked::with_texts(&form, |text| {
        *text = text.replace("デジタル身分証アプリ", "電子身分証アプリ");
    });
    fs::write(here.join(FORM), mended).expect("written");
    set(here, "version = \"第 1.0 版\"", "version = \"第 1.1 版\"");
    assert_eq!(run(here, &["build", "-o", "draft"]).code, 0, "official papers over a draft");
    let other = run(here, &["build", "-o", "draft", "--draft"]);
    assert_eq!(other.code, 2, "{}", other.err);
    let second = run(here, &["build"]);
    assert_eq!(second.code, 0, "{}{}", second.out, second.err);
    let after = ids(&here.join("out/annex.json"));
    let renamed = |name: &String| name.replace("デジタル身分証アプリ", "電子身分証アプリ");
    for (name, id) in &before {
        let now = after.get(name).or_else(|| after.get(&renamed(name)));
        assert_eq!(now, Some(id), "{name}");
    }
    assert_eq!(ids(&version.join("事務局用/annex.json")), before, "the first version is there");
    assert_eq!(ids(&here.join("out/第1.1版/事務局用/annex.json")), after);

    // The file of the ids is lost, or edited wrongly.
    let kept = fs::read_to_string(here.join("ids.csv")).expect("ids.csv");
    fs::remove_file(here.join("ids.csv")).expect("removed");
    let lost = run(here, &["check"]);
    assert!(lost.code == 0 && lost.out.contains("S282"), "{}", lost.out);
    assert_eq!(run(here, &["build"]).code, 0);
    assert_eq!(ids(&here.join("out/annex.json")), after);
    assert_eq!(fs::read_to_string(here.join("ids.csv")).expect("ids.csv"), kept);
    let second_line = kept.split("\r\n").nth(1).expect("a row");
    fs::write(here.join("ids.csv"), format!("{kept}{second_line}\r\n")).expect("written");
    let twice = run(here, &["check"]);
    assert!(twice.code == 1 && twice.out.contains("S281"), "{}", twice.out);
    // A row that went is told of: its entry would get another id.
    for gone in [kept.lines().nth(1), kept.lines().last()] {
        let row = format!("{}\r\n", gone.expect("a row").trim_end());
        fs::write(here.join("ids.csv"), kept.replacen(&row, "", 1)).expect("written");
        let less = run(here, &["check"]);
        assert!(less.code == 1 && less.out.contains("S110"), "{row}: {}", less.out);
        assert!(less.out.contains("1件足りない"), "{row}: {}", less.out);
    }
}

#[test]
fn no_form_is_made_while_a_department_has_no_heir_and_headings_go_by_their_titles() {
    let folder = copy_of_example();
    let here = folder.path();
    assert_eq!(run(here, &["forms", "--next", "next"]).code, 0);
    let next = here.join("next");
    assert!(
        !next.join(".bessatsu.lock").exists() && !next.join("submissions/.bessatsu.lock").exists()
    );
    set(&next, "name = \"企画部\"\n", "name = \"企画・デジタル部\"\n");
    set(&next, "department = \"企画部\"", "department = \"企画・デジタル部\"");
    set(
        &next,
        "number = 5\ntitle = \"医療・福祉の充実\"",
        "number = 6\ntitle = \"医療・福祉の充実\"",
    );
    set(&next, "number = 6\ntitle = \"安全安心の確保\"", "number = 5\ntitle = \"安全安心の確保\"");
    let forms = ["forms", "next", "-o", "forms", "--force"];
    let refused = run(here, &forms);
    assert_eq!(refused.code, 2, "{}", refused.out);
    for word in ["企画部の", "施策", "formerly = [\"企画部\"]", "name = \"企画・デジタル部\""]
    {
        assert!(refused.err.contains(word), "{word}: {}", refused.err);
    }
    assert!(!here.join("forms").exists());

    set(
        &next,
        "name = \"企画・デジタル部\"\n",
        "name = \"企画・デジタル部\"\nformerly = [\"企画部\"]\n",
    );
    let made = run(here, &forms);
    assert_eq!(made.code, 0, "{}", made.err);
    for entry in fs::read_dir(here.join("forms")).expect("forms") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "xlsx") {
            fs::copy(&path, next.join("submissions").join(path.file_name().expect("a name")))
                .expect("copied");
        }
    }
    assert!(run(here, &["build", "next", "--draft", "-o", "then"]).code < 2);
    assert_eq!(run(here, &["build", "-o", "now"]).code, 0);
    assert_eq!(ids(&here.join("now/annex.json")), ids(&here.join("then/annex.json")));
    let diff = run(here, &["diff", "now/annex.json", "then/annex.json"]);
    assert!(!diff.out.contains("医療・福祉の充実 → "), "{}", diff.out);
    let again = run(here, &["forms", "--next", "next"]);
    assert_eq!(again.code, 2, "there is an edition");
}

#[test]
fn a_revision_keeps_ids_and_papers_and_compares_itself_with_the_last_official_version() {
    let folder = copy_of_example();
    let here = folder.path();
    let none = run(here, &["build", "--against-last"]);
    assert_eq!(none.code, 2, "{}", none.err);
    assert!(none.err.contains("新旧対照表を作れません"), "{}", none.err);
    assert_eq!(run(here, &["build"]).code, 0);
    let first = here.join("out/第1.0版");
    let papers = |part: &str| files(&first.join(part));
    let kept = [papers("公表用"), papers("事務局用")];
    assert!(kept.iter().all(|papers| !papers.is_empty()));
    let all = || ids(&here.join("out/annex.json")).into_values().collect::<BTreeSet<String>>();
    let before = all();

    set(here, "version = \"第 1.0 版\"", "version = \"第 1.1 版\"");
    let name = "改めた名称のある施策";
    let correct = ["correct", "R7-012", "施策名", "--to", name, "--reason", "表記の統一"];
    let corrected = run(here, &correct);
    assert_eq!(corrected.code, 0, "{}{}", corrected.out, corrected.err);
    let revised = run(here, &["build", "--against-last"]);
    assert_eq!(revised.code, 0, "{}{}", revised.out, revised.err);
    assert_eq!(all(), before);
    assert_eq!(ids(&here.join("out/annex.json"))[name], "R7-012");
    assert!([papers("公表用"), papers("事務局用")] == kept, "no byte of the older version changes");
    let office = here.join("out/第1.1版/事務局用");
    for paper in ["comparison.pdf", "comparison.xlsx"] {
        let bytes = fs::read(here.join("out").join(paper)).expect(paper);
        assert!(bytes == fs::read(office.join(paper)).expect("the copy"), "{paper}");
        assert!(!here.join("out/第1.1版/公表用").join(paper).exists(), "{paper}");
    }
    let against = here.join("out/第1.0版/事務局用/annex.json");
    let against = against.to_str().expect("a path");
    assert_eq!(run(here, &["diff", against, ".", "-o", "diff.pdf"]).code, 1);
    let [ours, theirs] = ["out/comparison.pdf", "diff.pdf"].map(|path| fs::read(here.join(path)));
    assert!(ours.expect("a PDF") == theirs.expect("a PDF"), "it is the paper that diff makes");

    // A later build does not leave the table of another text behind.
    let text = fs::read_to_string(here.join("corrections.toml")).expect("corrections");
    fs::write(here.join("corrections.toml"), text.replace(name, "別の名称の施策"))
        .expect("written");
    let table = fs::read(here.join("out/comparison.xlsx")).expect("the table");
    assert_eq!(run(here, &["build"]).code, 0);
    assert!(fs::read(here.join("out/comparison.xlsx")).expect("the table") != table);
}
