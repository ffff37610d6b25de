//! The year after the annex: an edition that asks the departments for its results, the forms that come
//! back, and the papers that are made of them.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::program::{Run, copy_of_example, run};
use crate::support::{pdf, results};

/// A copy of the example, and an edition that asks for its results.
struct Office {
    annex: TempDir,
    post: TempDir,
}

impl Office {
    fn new() -> Self {
        let office = Self { annex: copy_of_example(), post: TempDir::new().expect("a folder") };
        let made = run(office.annex.path(), &["forms", ".", "--progress", &office.folder_name()]);
        assert_eq!(made.code, 0, "{}", made.err);
        assert!(!office.folder().join("forms").exists(), "the deadline is to be decided first");
        let settings = office.folder().join("edition.toml");
        let text = fs::read_to_string(&settings).expect("settings");
        let decided = text.lines().map(|line| line.split("  # 要確認").next().unwrap_or(line));
        let decided: Vec<&str> = decided.collect();
        fs::write(&settings, decided.join("\n") + "\n").expect("written");
        let made = office.run(&["forms", "."]);
        assert_eq!(made.code, 0, "{}", made.err);
        office
    }

    fn folder(&self) -> PathBuf {
        self.post.path().join("実績")
    }

    fn folder_name(&self) -> String {
        self.folder().display().to_string()
    }

    fn run(&self, args: &[&str]) -> Run {
        run(&self.folder(), args)
    }

    /// What is found, as `CODE FILE CELL`.
    fn findings(&self) -> Vec<String> {
        let run = self.run(&["check", ".", "--format", "json"]);
        let found: Value = serde_json::from_str(&run.out).expect("JSON");
        let findings = found["findings"].as_array().expect("a list").iter();
        let told = |finding: &Value| {
            let of = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let place = &finding["place"];
            format!("{} {} {}", of(&finding["code"]), of(&place["file"]), of(&place["cell"]))
        };
        findings.map(told).collect()
    }

    /// Sends in the forms of all departments, filled in.
    fn submit(&self) {
        let (edition, annex) = results::filled(&self.folder());
        results::write(&edition, &annex, &self.post.path().join("届いた"));
        let received = self.run(&["receive", "../届いた", "--at", "2026-06-01T10:30:00+09:00"]);
        let taken = received.out.matches("（第1回）として受け付けました").count();
        assert_eq!(taken, 14, "{}{}", received.out, received.err);
    }
}

#[test]
fn a_form_that_comes_back_as_it_went_lacks_the_results_and_nothing_else() {
    let office = Office::new();
    let copied = fs::read_dir(office.folder().join("forms")).expect("forms");
    for form in copied.map(|entry| entry.expect("an entry").path()) {
        let name = form.file_name().expect("a name");
        fs::copy(&form, office.folder().join("submissions").join(name)).expect("copied");
    }
    let found = office.findings();
    let codes = |code: &str| found.iter().filter(|f| f.starts_with(code)).count();
    assert_eq!(codes("K504"), 54, "the value of each KPI is asked for: {found:#?}");
    assert!(codes("E601") > 0, "what was done is asked for");
    let others: Vec<_> = found
        .iter()
        .filter(|f| !["K504", "E601", "F260"].iter().any(|c| f.starts_with(c)))
        .collect();
    assert!(others.is_empty(), "{others:#?}");
}

#[test]
fn results_that_came_in_are_judged_and_printed_in_place_of_the_annex() {
    let office = Office::new();
    office.submit();
    let errors = office.run(&["check", "."]);
    assert_eq!(errors.code, 0, "{}", errors.out);
    let status = office.run(&["status", "."]);
    assert_eq!(status.out.matches("14/14").count(), 2, "read and received: {}", status.out);
    let built = office.run(&["build", "."]);
    assert_eq!(built.code, 0, "{}{}", built.out, built.err);
    let out = office.folder().join("out");
    assert!(out.join("progress.pdf").is_file() && !out.join("annex.pdf").exists());
    let progress = fs::read_to_string(out.join("progress.json")).expect("the data");
    let progress: Value = serde_json::from_str(&progress).expect("JSON");
    assert_eq!(progress["reporting_year"], 2025);
    let tracks = progress["tracks"].as_array().expect("a list");
    let judged = tracks.iter().filter(|track| track["course"]["band"].is_string()).count();
    assert!(judged > 30, "{judged}");
    let annex = fs::read_to_string(out.join("annex.json")).expect("the data");
    assert!(annex.contains(results::STATES[0][0]));
    let paper = fs::read(out.join("progress.pdf")).expect("the paper");
    let Some(text) = pdf::read(&paper, "pdftotext", &["-layout", "@", "-"]) else { return };
    let squeezed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    for told in ["評価は、順調が87件", "次年度の方向は、拡充が44件", "決算額：13,767千円"]
    {
        assert!(squeezed.contains(told), "{told} is not printed");
    }
    assert!(!squeezed.contains("新規・変更・廃止"), "there is no edition before the first");
}

#[test]
fn the_annex_before_is_seen_too_and_what_changed_since_is_listed() {
    let annex = copy_of_example();
    let built = run(annex.path(), &["build", "."]);
    assert_eq!(built.code, 0, "{}", built.err);
    fs::copy(annex.path().join("out/annex.json"), annex.path().join("old.json")).expect("copied");
    let settings = annex.path().join("edition.toml");
    let text = fs::read_to_string(&settings).expect("settings");
    fs::write(&settings, format!("previous = \"old.json\"\n{text}")).expect("written");
    let post = TempDir::new().expect("a folder");
    let folder = post.path().join("実績");
    let made = run(annex.path(), &["forms", ".", "--progress", &folder.display().to_string()]);
    assert_eq!(made.code, 0, "{}", made.err);
    assert!(folder.join("before-1.json").is_file());
    let (edition, filled) = results::filled(&folder);
    results::write(&edition, &filled, &folder.join("submissions"));
    let built = run(&folder, &["build", "."]);
    assert_eq!(built.code, 0, "{}{}", built.out, built.err);
    let progress = fs::read_to_string(folder.join("out/progress.json")).expect("the data");
    let progress: Value = serde_json::from_str(&progress).expect("JSON");
    assert_eq!(progress["editions"], serde_json::json!(["R7", "R7", "R7P"]));
    let paper = fs::read(folder.join("out/progress.pdf")).expect("the paper");
    let Some(text) = pdf::read(&paper, "pdftotext", &["-layout", "@", "-"]) else { return };
    let squeezed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    assert!(squeezed.contains("新規が0件、変更が0件、廃止が0件"), "{text}");
}

#[test]
fn a_text_that_was_changed_is_told_and_stops_the_papers() {
    let office = Office::new();
    let (edition, mut annex) = results::filled(&office.folder());
    let measure = annex.measures.first_mut().expect("a measure");
    let file = measure.submitted_by.clone();
    measure.entry.name.value.push('改');
    results::write(&edition, &annex, &office.folder().join("submissions"));
    let changed = office.findings().into_iter().filter(|found| found.starts_with("E680"));
    let changed: Vec<String> = changed.collect();
    assert!(changed.first().is_some_and(|found| found.contains(&file)), "{changed:?}");
    assert_eq!(office.run(&["build", "."]).code, 1);
}

#[test]
fn what_comes_next_is_made_of_the_annex() {
    let office = Office::new();
    for option in ["--next", "--progress"] {
        let refused = office.run(&["forms", ".", option, "../次"]);
        assert_eq!(refused.code, 2, "{}", refused.out);
        assert!(refused.err.contains("元の別冊の版"), "{}", refused.err);
    }
    let again = run(office.annex.path(), &["forms", ".", "--progress", &office.folder_name()]);
    assert_eq!(again.code, 2, "what is there is not written over");
}
