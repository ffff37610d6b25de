//! A department that has nothing for a table, or for any: its form has a box for it.

use std::fs;

use serde_json::Value;

use crate::support::editions::{Case, files, questions};
use crate::support::{office, repacked};

questions!(
    a_department_that_has_nothing_says_so_in_its_form,
    a_box_that_is_marked_above_entries_is_an_error,
);

/// The sheets of a form that may have a table.
const SHEETS: [&str; 2] = ["xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"];

/// What the sheet of a table has, and no other.
const TABLE: &str = "<dataValidations";

/// The cell of the box on each sheet of a form that has one.
fn boxes(form: &[u8]) -> Vec<String> {
    let cell = |sheet: &&str| {
        let xml = repacked::part(form, sheet);
        let xml = xml.contains(TABLE).then_some(xml)?;
        let (_, cell) = xml.split_once("<c r=\"B5\"")?;
        Some(cell.split_once("<c r=")?.0.to_owned())
    };
    SHEETS.iter().filter_map(cell).collect()
}

/// A form with its blank boxes marked as Excel would leave them.
fn marked(form: &[u8]) -> Vec<u8> {
    SHEETS.iter().fold(form.to_vec(), |form, sheet| {
        repacked::with_part(&form, sheet, |xml| {
            if !xml.contains(TABLE) {
                return;
            }
            let (before, rest) = xml.split_once("<c r=\"B5\"").expect("a box");
            let (attributes, rest) = rest.split_once('>').expect("the end of a tag");
            if let Some(style) = attributes.strip_suffix('/') {
                let text = "t=\"inlineStr\"><is><t>○</t></is></c>";
                *xml = format!("{before}<c r=\"B5\"{style} {text}{rest}");
            }
        })
    })
}

/// The form of a department that goes out next, with its name.
fn form_of(case: &Case, department: &str, folder: &str) -> (String, Vec<u8>) {
    case.done(&["forms", ".", "--department", department, "-o", folder]);
    files(&case.path().join(folder)).pop().expect("a form")
}

/// What is said of a department: how its submission stands, and the codes of its findings.
fn said_of(case: &Case, department: &str) -> (String, Vec<String>) {
    let status = case.run(&["status", ".", "--department", department, "--format", "json"]);
    let status: Value = serde_json::from_str(&status.out).expect("JSON");
    let check = case.run(&["check", ".", "--department", department, "--format", "json"]);
    let check: Value = serde_json::from_str(&check.out).expect("JSON");
    let findings = check["findings"].as_array().expect("findings");
    let codes = findings.iter().map(|finding| finding["code"].as_str().expect("a code").to_owned());
    (status[0]["submission"].as_str().expect("a status").to_owned(), codes.collect())
}

/// The first department that has sent something in, with its file.
fn first_sent(case: &Case) -> (String, String) {
    let status: Value =
        serde_json::from_str(&case.run(&["status", ".", "--format", "json"]).out).expect("JSON");
    let sent = status.as_array().expect("departments").iter().find(|d| d["file"].is_string());
    let text = |key: &str| sent.expect("a submission")[key].as_str().expect(key).to_owned();
    (text("department"), text("file"))
}

fn a_department_that_has_nothing_says_so_in_its_form(case: &Case) {
    let (department, file) = first_sent(case);
    let submissions = case.path().join("submissions");
    fs::remove_file(submissions.join(file)).expect("removed");
    let (name, blank) = form_of(case, &department, "blank");
    let tables = boxes(&blank).len();
    assert!(tables > 0 && boxes(&blank).iter().all(|cell| cell.ends_with("/>")), "{name}");
    let count = |codes: &[String], code: &str| codes.iter().filter(|c| *c == code).count();

    fs::write(submissions.join(&name), &blank).expect("written");
    let (status, codes) = said_of(case, &department);
    assert_eq!((&*status, count(&codes, "F261")), ("blank", 1), "{codes:?}");

    let marked = marked(&blank);
    let stated = |form: &str| {
        let (status, codes) = said_of(case, &department);
        let told = (count(&codes, "F260"), count(&codes, "F261"));
        assert_eq!((&*status, told), ("nothing", (tables, 0)), "{form}: {codes:?}");
    };
    fs::write(submissions.join(&name), &marked).expect("written");
    stated("xlsx");
    let (_, again) = form_of(case, &department, "again");
    let is_kept = |cell: &String| cell.contains("<v>");
    assert!(boxes(&again).iter().all(is_kept), "the next form says what was said");
    fs::remove_file(submissions.join(&name)).expect("removed");
    for format in ["ods", "xls"] {
        let Some(saved) = office::all_saved_as(&[(name.clone(), marked.clone())], format) else {
            return;
        };
        for (name, bytes) in saved {
            fs::write(submissions.join(&name), bytes).expect("written");
            stated(format);
            fs::remove_file(submissions.join(&name)).expect("removed");
        }
    }
}

fn a_box_that_is_marked_above_entries_is_an_error(case: &Case) {
    let (department, file) = first_sent(case);
    let (name, form) = form_of(case, &department, "forms");
    let submissions = case.path().join("submissions");
    fs::remove_file(submissions.join(file)).expect("removed");
    let form = marked(&form);
    fs::write(submissions.join(&name), form).expect("written");
    let (status, codes) = said_of(case, &department);
    assert_eq!(status, "read");
    assert!(codes.iter().any(|code| code == "F262"), "{codes:?}");
}
