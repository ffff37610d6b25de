//! A first edition from the forms that an office uses, through the program.

use std::fs;
use std::path::Path;

use rust_xlsxwriter::{Format, Workbook};
use tempfile::TempDir;

use crate::support::program::{example, reference, run, shapes};

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("a text")
}

/// A list of a shape of its own.
fn list(path: &Path) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("事業一覧").expect("a name");
    for (row, line) in [
        "柱|事業名|事業概要|担当部局|担当課室|R8予算額（千円）",
        "１　暮らし|相談の電子化|相談をいつでも受け付ける。|福祉部|子育て課|1200",
        "２　産業|農地の地図|農地を地図で見せる。|産業部|農政課|300",
    ]
    .into_iter()
    .enumerate()
    {
        for (column, text) in line.split('|').enumerate() {
            let at = (row as u32, column as u16);
            match text.parse::<f64>() {
                Ok(number) => _ = sheet.write(at.0, at.1, number).expect("a cell"),
                Err(_) => _ = sheet.write(at.0, at.1, text).expect("a cell"),
            }
        }
    }
    book.save(path).expect("a workbook");
}

#[test]
fn our_own_forms_give_the_standard_edition_and_its_first_annex() {
    let folder = TempDir::new().expect("a folder");
    let forms = example().join("submissions");
    let from = forms.to_str().expect("a path");
    let made = run(folder.path(), &["new", "edition", "--from", from, "--with-submissions"]);
    assert_eq!(made.code, 0, "{}", made.err);
    let edition = folder.path().join("edition");
    let settings = read(&edition.join("edition.toml"));
    for table in ["[words]", "[[level]]", "[[measure-column]]", "[[kpi-column]]", "[[kpi-value]]"] {
        assert!(!settings.contains(&format!("\n{table}")), "{table}:\n{settings}");
    }
    for name in
        fs::read_dir(&forms).expect("the forms").map(|form| form.expect("a form").file_name())
    {
        let copy = fs::read(edition.join("submissions").join(&name)).expect("the form is there");
        assert!(copy == fs::read(forms.join(&name)).expect("a form"), "{name:?}");
    }
    let checked = run(folder.path(), &["check", "edition", "--format", "json"]);
    assert_eq!(checked.code, 0, "{}", checked.out);
    assert!(checked.out.contains("S270"), "what is still to come is told: {}", checked.out);
    let built = run(folder.path(), &["build", "edition"]);
    assert_eq!(built.code, 0, "{}", built.err);
}

#[test]
fn the_forms_of_the_public_edition_give_the_standard_edition() {
    let Some(reference) = reference() else { return };
    let folder = TempDir::new().expect("a folder");
    let forms = reference.join("submissions");
    let made = run(folder.path(), &["new", "edition", "--from", forms.to_str().expect("a path")]);
    assert_eq!(made.code, 0, "{}", made.err);
    let settings = read(&folder.path().join("edition/edition.toml"));
    for table in ["[words]", "[[level]]", "[[measure-column]]", "[[kpi-column]]", "[[kpi-value]]"] {
        assert!(!settings.contains(&format!("\n{table}")), "{table}:\n{settings}");
    }
    assert_eq!(settings.matches("\n[[pillar.category]]").count(), 20);
    assert!(!folder.path().join("edition/submissions").exists(), "they were not asked for");
}

#[test]
fn nothing_is_written_over_and_nothing_by_halves() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("一覧.xlsx");
    list(&path);
    let new = |more: &[&str]| run(folder.path(), &[&["new", "edition"], more].concat());
    let edition = folder.path().join("edition");
    fs::write(folder.path().join("memo.xlsx"), "no workbook").expect("written");
    let refused = new(&["--from", "一覧.xlsx", "memo.xlsx", "--with-submissions"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("memo.xlsx") && refused.err.contains("F101"), "{}", refused.err);
    assert!(!edition.exists(), "no part of it is there");
    let refused = new(&["--from", "ない.xlsx", "--lang", "en"]);
    assert!(refused.code == 2 && refused.err.contains("not there"), "{}", refused.err);
    let refused = new(&["--with-submissions"]);
    assert!(refused.code == 2 && refused.err.contains("--from"), "{}", refused.err);

    let made = new(&["--from", "一覧.xlsx", "--with-submissions", "--lang", "en"]);
    assert_eq!(made.code, 0, "{}", made.err);
    assert!(made.err.contains("2 rows of measures"), "{}", made.err);
    let settings = read(&edition.join("edition.toml"));
    for line in [
        "label = \"R8予算額（千円）\"",
        "kind = \"amount\"",
        "year = 2026  # 要確認",
        "name = \"産業部\"",
    ] {
        assert!(settings.contains(line), "{line}:\n{settings}");
    }
    assert!(edition.join("submissions/一覧.xlsx").is_file());
    let again = new(&["--from", "一覧.xlsx"]);
    assert!(again.code == 2 && again.err.contains("edition.toml"), "{}", again.err);
    assert_eq!(read(&edition.join("edition.toml")), settings);
}

#[test]
fn a_list_with_labels_in_two_rows_is_read_by_the_settings_drawn_from_it() {
    let folder = TempDir::new().expect("a folder");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("様式２　KPI").expect("a name");
    let rows = [
        "部局名|福祉部",
        "分野|主なKPI|R7年度||R8年度||備考",
        "||目標|実績|目標|実績|",
        "1(1) 暮らし|相談の件数（件）|120|130|150||",
        "1(2) 学び|講座を受けた人の数（人）|80|70|90||",
    ];
    for (row, line) in rows.into_iter().enumerate() {
        for (column, text) in line.split('|').enumerate().filter(|(_, text)| !text.is_empty()) {
            let at = (row as u32, column as u16);
            match text.parse::<f64>() {
                Ok(number) => _ = sheet.write(at.0, at.1, number).expect("a cell"),
                Err(_) => _ = sheet.write(at.0, at.1, text).expect("a cell"),
            }
        }
    }
    let format = Format::new();
    for (text, column, last_row, last_column) in [
        ("分野", 0, 2, 0),
        ("主なKPI", 1, 2, 1),
        ("R7年度", 2, 1, 3),
        ("R8年度", 4, 1, 5),
        ("備考", 6, 2, 6),
    ] {
        sheet.merge_range(1, column, last_row, last_column, text, &format).expect("merged");
    }
    book.save(folder.path().join("01_福祉部.xlsx")).expect("a workbook");
    let from = ["new", "edition", "--from", "01_福祉部.xlsx", "--with-submissions"];
    let made = run(folder.path(), &from);
    assert_eq!(made.code, 0, "{}", made.err);
    let checked = run(folder.path(), &["check", "edition", "--info", "--format", "json"]);
    for code in ["S102", "S230", "F203", "F205", "K501"] {
        assert!(!checked.out.contains(&format!("\"{code}\"")), "{code}: {}", checked.out);
    }
    let built = run(folder.path(), &["build", "edition", "--draft"]);
    assert!(built.code < 2, "{}{}", built.out, built.err);
    let annex: serde_json::Value =
        serde_json::from_str(&read(&folder.path().join("edition/out/annex.json"))).expect("JSON");
    let text = annex.to_string();
    for number in ["120", "130", "150", "80", "70", "90"] {
        assert!(
            text.contains(&format!("{number}.0")) || text.contains(&format!(":{number}")),
            "{number}"
        );
    }
}

#[test]
fn a_workbook_without_a_list_is_told_of() {
    let folder = TempDir::new().expect("a folder");
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, "お知らせ").expect("a cell");
    book.save(folder.path().join("memo.xlsx")).expect("a workbook");
    let refused = run(folder.path(), &["new", "edition", "--from", "memo.xlsx"]);
    assert!(refused.code == 2 && refused.err.contains("memo.xlsx"), "{}", refused.err);
    assert!(refused.err.contains("見出し"), "what is expected is said: {}", refused.err);
    assert!(!folder.path().join("edition").exists());
}

#[test]
fn the_forms_of_other_documents_are_read_by_the_settings_drawn_from_them() {
    for shape in shapes().unwrap_or_default() {
        let folder = TempDir::new().expect("a folder");
        let forms = shape.with_file_name("submissions");
        let from = forms.to_str().expect("a path");
        let made = run(folder.path(), &["new", "edition", "--from", from, "--with-submissions"]);
        assert_eq!(made.code, 0, "{}", made.err);
        let checked = run(folder.path(), &["check", "edition", "--format", "json"]);
        let report: serde_json::Value = serde_json::from_str(&checked.out).expect("JSON");
        let findings = report["findings"].as_array().expect("findings");
        // A document of KPIs alone has no form of measures.
        let errors = findings.iter().filter(|f| f["severity"] == "error" && f["code"] != "F201");
        let errors: Vec<_> = errors.collect();
        assert!(errors.is_empty(), "{from}: {errors:#?}");
    }
}
