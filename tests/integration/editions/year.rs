//! What a year brings: a second version and its comparison, forms that go back, the next edition,
//! the progress of the KPIs.

use std::fs;
use std::path::Path;

use bessatsu::schema::form;
use serde_json::Value;

use super::{annex, names};
use crate::support::editions::{Case, files, questions};
use crate::support::repacked;

questions!(
    a_second_version_is_compared_in_every_form,
    what_is_missing_goes_back_with_its_finding,
    the_next_edition_begins_with_what_this_one_has,
    nothing_of_the_next_edition_speaks_of_the_old_year_unasked,
    progress_knows_every_kpi,
    the_status_counts_what_every_department_sent,
);

/// The texts of an entry that a department wrote, but for its name: key and text.
fn texts(annex: &Value) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for table in ["measures", "kpis"] {
        for entry in annex[table].as_array().expect("a table") {
            for (key, value) in entry["values"].as_object().into_iter().flatten() {
                let text = value["value"].as_str().unwrap_or_default();
                let is_plain = text.chars().count() > 3 && !text.contains(['&', '<', '"', '\n']);
                if is_plain && !text.starts_with(|c: char| c.is_ascii_digit()) {
                    texts.push((format!("{table} {key}"), text.to_owned()));
                }
            }
        }
    }
    texts
}

/// The workbooks of a folder, by name.
fn books(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut books = files(folder);
    books.retain(|(name, _)| name.ends_with(".xlsx"));
    books
}

/// The forms of an edition with a text in one cell changed, in a folder.
fn changed(case: &Case, from: &str, to: &str) {
    case.done(&["forms", ".", "-o", "forms"]);
    let folder = case.path().join("changed");
    fs::create_dir_all(&folder).expect("a folder");
    let mut count = 0;
    for (name, bytes) in books(&case.path().join("forms")) {
        let bytes = repacked::with_texts(&bytes, |strings| {
            count += strings.matches(&format!(">{from}<")).count();
            *strings = strings.replace(&format!(">{from}<"), &format!(">{to}<"));
        });
        fs::write(folder.join(name), bytes).expect("written");
    }
    assert!(count > 0, "{from} is in no form");
    case.submit(&folder);
}

fn a_second_version_is_compared_in_every_form(case: &Case) {
    let first = annex(case);
    fs::rename(case.path().join("out"), case.path().join("first")).expect("moved");
    let texts = texts(&first);
    let count = |text: &str| texts.iter().filter(|(_, other)| other == text).count();
    let (_, text) = texts.iter().find(|(_, text)| count(text) == 1).expect("a text of its own");
    changed(case, text, &format!("{text}（改めた）"));
    let text = case.run(&["diff", "first/annex.json", "."]);
    assert_eq!(text.code, 1, "{}{}", text.out, text.err);
    assert!(text.out.contains("［＋（改めた）＋］"), "{}", text.out);
    let stat = case.run(&["diff", "first/annex.xlsx", ".", "--stat"]);
    assert!(stat.out.contains("変更 1件"), "{}", stat.out);
    for name in ["diff.json", "diff.html", "diff.xlsx", "diff.pdf"] {
        for extra in [&[][..], &["--redline"]] {
            if !extra.is_empty() && !name.ends_with(".xlsx") && !name.ends_with(".pdf") {
                continue;
            }
            let args = [&["diff", "first/annex.json", ".", "-o", name], extra].concat();
            let run = case.run(&args);
            assert_eq!(run.code, 1, "{name}: {}{}", run.out, run.err);
            assert!(case.path().join(name).is_file(), "{name}");
        }
    }
    let json = fs::read_to_string(case.path().join("diff.json")).expect("diff.json");
    assert!(json.contains("（改めた）"));
    let page = fs::read_to_string(case.path().join("diff.html")).expect("diff.html");
    assert!(page.contains("<ins>（改めた）</ins>"));
}

fn what_is_missing_goes_back_with_its_finding(case: &Case) {
    let first = annex(case);
    let name = ["measures", "kpis"].into_iter().find_map(|table| names(&first, table).pop_first());
    let name = name.expect("an entry");
    changed(case, &name, &format!("{name}（要確認）\u{E000}"));
    let check = case.run(&["check", "."]);
    assert_eq!(check.code, 1, "{}", check.out);
    let returns = case.run(&["returns", ".", "-o", "returns"]);
    assert!(returns.code < 2, "{}{}", returns.out, returns.err);
    let forms = books(&case.path().join("returns"));
    assert!(!forms.is_empty(), "{}", returns.out);
    for (name, bytes) in &forms {
        let book = repacked::part(bytes, "xl/workbook.xml");
        assert!(book.contains(form::FINDINGS_SHEET), "{name} does not say what is wrong");
    }
    // Sent in again as it came back, it has the same fault and no other.
    for (name, bytes) in forms {
        fs::write(case.path().join("submissions").join(name), bytes).expect("written");
    }
    let again = case.run(&["check", "."]);
    let count = |out: &str| out.lines().find(|l| l.contains("エラー")).map(str::to_owned);
    assert_eq!((again.code, count(&again.out)), (1, count(&check.out)), "{}", again.out);
}

fn the_next_edition_begins_with_what_this_one_has(case: &Case) {
    let this = annex(case);
    case.done(&["forms", ".", "--next", "next", "--force"]);
    let next = case.path().join("next");
    let settings =
        |folder: &Path| fs::read_to_string(folder.join("edition.toml")).expect("settings");
    let (old, new) = (settings(case.path()), settings(&next));
    for word in ["title = ", "label = ", "word = ", "key = "] {
        assert_eq!(old.matches(word).count(), new.matches(word).count(), "{word}");
    }
    let files = old.lines().filter_map(|line| line.strip_prefix("file = \"")?.strip_suffix('"'));
    for name in files {
        let [this, that] = [case.path(), &next].map(|folder| fs::read(folder.join(name)).ok());
        assert!(this.is_some() && this == that, "{name} is not in the next edition");
    }
    fs::remove_dir_all(next.join("submissions")).expect("removed");
    fs::rename(next.join("forms"), next.join("submissions")).expect("moved");
    let draft = case.run(&["build", "next", "--draft", "-o", "next/out"]);
    // What is asked for anew is missing as yet.
    assert!(draft.code < 2, "{}{}", draft.out, draft.err);
    let text = fs::read_to_string(next.join("out/annex.json")).expect("annex.json");
    let that: Value = serde_json::from_str(&text).expect("JSON");
    for table in ["measures", "kpis"] {
        assert_eq!(names(&that, table), names(&this, table));
    }
    let compared = case.run(&["diff", "out/annex.json", "next/out/annex.json", "--stat"]);
    assert!(!compared.out.contains("追加") && !compared.out.contains("削除"), "{}", compared.out);
}

/// Settings that speak of the plan, or of entries that keep their ids.
const LASTING: [&str; 7] =
    ["period", "first-year", "last-year", "kpi", "previous", "synonyms", "year"];

fn nothing_of_the_next_edition_speaks_of_the_old_year_unasked(case: &Case) {
    let settings =
        |folder: &Path| fs::read_to_string(folder.join("edition.toml")).expect("settings");
    let old = settings(case.path());
    let (edition, _) = bessatsu::edition::parse("edition.toml", &old);
    let edition = edition.expect("settings");
    case.done(&["forms", ".", "--next", "next"]);
    let next = case.path().join("next");
    let text = settings(&next);
    // The old year as the settings write it.
    let year = edition.year;
    let words = [format!("R{}", year - 2018), format!("令和{}年", year - 2018), year.to_string()];
    let mut above = "";
    let mut table = "";
    for line in text.lines() {
        table = if line.starts_with('[') { line } else { table };
        let is_asked = line.contains("# 要確認") || above.starts_with("# 要確認");
        let body = line.split("  # 要確認").next().unwrap_or_default();
        let key = body.split(" = ").next().unwrap_or_default();
        // What was planned for a year is so for all years.
        let is_lasting = LASTING.contains(&key) || table == "[[kpi-value]]";
        let names = words.iter().find(|word| body.contains(word.as_str()));
        if !line.starts_with('#') && !is_asked && !is_lasting {
            assert!(names.is_none(), "{}: {line}", case.name);
        }
        above = line;
    }
    let form = &edition.form;
    let dates = [&form.as_of, &form.deadline, &form.return_deadline, &edition.front.issued];
    let dates: Vec<&String> = dates.into_iter().filter(|date| !date.is_empty()).collect();
    for key in ["as-of", "deadline", "issued", "version"] {
        // The version of the edition stands before that of the form, which goes on.
        let line = text.lines().find(|line| line.starts_with(&format!("{key} = \"")));
        let is_open = |line: &str| line.contains("# 要確認");
        let is_dated = |line: &str| line.contains(|c: char| c.is_ascii_digit());
        let is_asked = line.is_none_or(|line| is_open(line) || !is_dated(line));
        assert!(is_asked, "{}: {line:?}", case.name);
    }
    // Neither what is sent out nor what is said to who sends nothing.
    case.done(&["forms", "next", "-o", "sent", "--force"]);
    case.run(&["returns", "next", "-o", "said"]);
    let mut sent: Vec<(String, String)> = Vec::new();
    for (name, bytes) in books(&case.path().join("sent")) {
        sent.push((name, repacked::part(&bytes, "xl/sharedStrings.xml")));
    }
    for (name, bytes) in files(&case.path().join("said")) {
        if name.ends_with(".txt") {
            sent.push((name, String::from_utf8(bytes).expect("UTF-8")));
        }
    }
    assert!(sent.len() > edition.departments.len(), "forms and letters");
    for (name, text) in sent {
        for date in &dates {
            assert!(!text.contains(date.as_str()), "{} {name}: {date}", case.name);
        }
        let stamp = format!("{}年度版", words[1].trim_end_matches('年'));
        assert!(!text.contains(&stamp), "{} {name}: {stamp}", case.name);
    }
}

fn progress_knows_every_kpi(case: &Case) {
    let this = annex(case);
    for name in ["progress.json", "progress.html", "progress.xlsx"] {
        case.done(&["progress", "out/annex.json", "-o", name]);
    }
    let text = fs::read_to_string(case.path().join("progress.json")).expect("progress.json");
    let progress: Value = serde_json::from_str(&text).expect("JSON");
    let page = fs::read_to_string(case.path().join("progress.html")).expect("progress.html");
    let tracks = progress["tracks"].as_array().expect("tracks");
    for kpi in this["kpis"].as_array().expect("KPIs") {
        let of = |track: &&Value| track["kpi"] == kpi["id"];
        let mine: Vec<&Value> = tracks.iter().filter(of).collect();
        assert!(!mine.is_empty(), "{}", kpi["name"]);
        assert!(page.contains(kpi["id"].as_str().expect("an id")), "{}", kpi["name"]);
        // Every value of the KPI is a point of its course or a milestone.
        let course = mine.iter().map(|track| track.to_string()).collect::<String>();
        for (key, figure) in kpi["figures"].as_object().expect("figures") {
            let printed = figure["value"]["printed"].to_string();
            for reading in figure["value"]["readings"].as_array().into_iter().flatten() {
                let number = &reading["number"];
                let is_told = course.contains(&number.to_string()) || course.contains(&printed);
                assert!(number.is_null() || is_told, "{} {key}: {number} in {course}", kpi["name"]);
            }
        }
    }
}

fn the_status_counts_what_every_department_sent(case: &Case) {
    let this = annex(case);
    let status: Value =
        serde_json::from_str(&case.done(&["status", ".", "--format", "json"]).out).expect("JSON");
    let departments = status.as_array().expect("departments");
    for table in ["measures", "kpis"] {
        let sent: u64 = departments.iter().filter_map(|d| d[table].as_u64()).sum();
        assert_eq!(sent as usize, this[table].as_array().expect("a table").len(), "{table}");
    }
    assert!(departments.iter().all(|d| d["submission"] == "read"), "{status}");
}
