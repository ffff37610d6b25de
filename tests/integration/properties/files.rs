//! `annex.json` and `edition.toml`, changed in any place: each is read or refused with a word
//! that shows where, and what is read is made of like any other.

use bessatsu::compare::compare;
use bessatsu::edition;
use bessatsu::forms;
use bessatsu::intake::Intake;
use bessatsu::model::Annex;
use bessatsu::publish::artifact::Rendered;
use bessatsu::publish::{data, web, workbook};
use bessatsu::report::Report;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::damage::{Damage, damages};
use crate::support::held::hold;
use crate::support::{example, pipeline};

/// A model with something in every field that a small one can have.
fn annex() -> Annex {
    let names = ["10_出納局.xlsx", "11_企業局.xlsx", "13_議会事務局.xlsx"];
    let source = |name: &str| {
        let bytes = std::fs::read(example::folder().join("submissions").join(name));
        (name.to_owned(), bytes.expect("a form"))
    };
    pipeline::read(&example::edition(), None, names.map(source)).annex
}

/// A change to the tree: at the nth value, this.
#[derive(Clone, Debug)]
enum Change {
    Put(Value),
    Drop,
    Double,
}

fn changes() -> impl Strategy<Value = Vec<(usize, Change)>> {
    let values = vec![
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1e308),
        json!(18_446_744_073_709_551_615_u64),
        json!(""),
        json!("1(1)"),
        json!("9(99)"),
        json!("R7-001"),
        json!("R7-K01"),
        json!("ＡＢＣ\u{0}\u{FFFF}\n<b>=1+1"),
        json!("あ".repeat(33_000)),
        json!([]),
        json!({}),
        json!([[]]),
    ];
    let change = prop_oneof![
        6 => prop::sample::select(values).prop_map(Change::Put),
        2 => Just(Change::Drop),
        2 => Just(Change::Double),
    ];
    prop::collection::vec((any::<usize>(), change), 1..6)
}

/// Changes the nth value of the tree, counted from the root; the count that is left otherwise.
fn change(value: &mut Value, mut at: usize, how: &Change) -> Option<usize> {
    if at == 0 {
        if let Change::Put(new) = how {
            *value = new.clone();
        }
        return None;
    }
    at -= 1;
    match value {
        Value::Array(items) => {
            for index in 0..items.len() {
                match (at, how) {
                    (0, Change::Drop) => {
                        items.remove(index);
                        return None;
                    }
                    (0, Change::Double) => {
                        items.insert(index, items[index].clone());
                        return None;
                    }
                    _ => at = change(&mut items[index], at, how)?,
                }
            }
        }
        Value::Object(fields) => {
            let names: Vec<String> = fields.keys().cloned().collect();
            for name in names {
                match (at, how) {
                    (0, Change::Drop) => {
                        fields.remove(&name);
                        return None;
                    }
                    (0, Change::Double) => {
                        let copy = fields[&name].clone();
                        fields.insert(format!("{name}2"), copy);
                        return None;
                    }
                    _ => at = change(&mut fields[&name], at, how)?,
                }
            }
        }
        _ => {}
    }
    Some(at)
}

fn size(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(fields) => fields.values().map(size).sum(),
        _ => 0,
    }
}

/// What is read reads back the same, and everything is made of it.
fn holds(text: &str, good: &Annex) -> Result<(), TestCaseError> {
    let read = match data::read(text) {
        Ok(read) => read,
        Err(why) => {
            prop_assert!(!why.say().is_empty());
            return Ok(());
        }
    };
    let back = data::read(&data::json(&read).into_text().unwrap())
        .map_err(|why| TestCaseError::fail(why.say().ja))?;
    // Of the models, one may have places without a file, which are nowhere and not written.
    prop_assert_eq!(data::json(&back).into_text().unwrap(), data::json(&read).into_text().unwrap());
    let edition = example::edition();
    let report = Report::new(&edition, Vec::new());
    prop_assert!(
        compare(&read, &read).comparison.entries.iter().all(|entry| entry.changes.is_empty())
    );
    for (old, new) in [(good, &read), (&read, good)] {
        drop(workbook::render_against(&edition, new, &report, &compare(old, new).comparison));
    }
    // As this edition's own, and as that of the edition before.
    for (annex, previous) in [(&read, None), (good, Some(&read))] {
        let intake = Intake { annex: annex.clone(), receipts: Vec::new(), rows: Vec::new() };
        pipeline::findings(&edition, previous, &intake, &|_| true);
    }
    prop_assert!(web::render(&edition, &read, None).error().is_none());
    data::datapackage::render(&read);
    for department in &edition.departments[..2] {
        drop(forms::next(&edition, department, &read));
    }
    Ok(())
}

#[test]
fn annex_json_with_other_values_is_read_or_refused() {
    let good = annex();
    let tree: Value = serde_json::from_str(&data::json(&good).into_text().unwrap()).expect("JSON");
    let count = size(&tree);
    hold(160, changes(), |changes| {
        let mut tree = tree.clone();
        for (at, how) in &changes {
            change(&mut tree, at % count, how);
        }
        holds(&tree.to_string(), &good)
    });
}

#[test]
fn annex_json_with_damaged_bytes_is_read_or_refused() {
    let good = annex();
    let text = data::json(&good).into_text().unwrap();
    hold(160, damages(), |damages| holds(&damaged(&text, &damages), &good));
}

fn damaged(text: &str, damages: &[Damage]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    damages.iter().for_each(|damage| damage.hit(&mut bytes));
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A change to the settings: at a line, or to a value of it.
#[derive(Clone, Debug)]
enum Edit {
    Drop,
    Double,
    Swap(usize),
    Value(&'static str),
}

fn edits() -> impl Strategy<Value = Vec<(usize, Edit)>> {
    let values = vec![
        "",
        "\"\"",
        "0",
        "-1",
        "1e9",
        "4294967296",
        "true",
        "[]",
        "{}",
        "[1, \"2\"]",
        "\"R7\"",
        "\"9(9)\"",
        "\"総務部\"",
        "1979-05-27",
        "nan",
        "'",
        "\"\\u0000\"",
        "\"../../../etc\"",
        "\"BIZ UDGothic\"",
        "[{ department = \"総務部\", section = \"広報課\" }]",
    ];
    let edit = prop_oneof![
        1 => Just(Edit::Drop),
        1 => Just(Edit::Double),
        1 => any::<usize>().prop_map(Edit::Swap),
        3 => prop::sample::select(values).prop_map(Edit::Value),
    ];
    prop::collection::vec((any::<usize>(), edit), 1..6)
}

fn edited(text: &str, edits: &[(usize, Edit)]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for (at, edit) in edits {
        // Comments are no settings; what follows the sign may be.
        let at = at % lines.len();
        match edit {
            Edit::Drop => drop(lines.remove(at)),
            Edit::Double => lines.insert(at, lines[at].clone()),
            Edit::Swap(other) => {
                let other = other % lines.len();
                lines.swap(at, other);
            }
            Edit::Value(new) => {
                let line = lines[at].trim_start_matches("# ").to_owned();
                if let Some((name, _)) = line.split_once('=') {
                    lines[at] = format!("{name}= {new}");
                }
            }
        }
    }
    lines.join("\n")
}

/// Whatever the settings are, their faults have a line, and forms can be written of the rest.
fn settings_hold(text: &str, good: &Annex) -> Result<(), TestCaseError> {
    let (edition, findings) = edition::parse("edition.toml", text);
    let (again, others) = edition::parse("edition.toml", text);
    prop_assert_eq!(&again, &edition);
    prop_assert_eq!(format!("{others:?}"), format!("{findings:?}"));
    let lines = text.lines().count() as u32 + 1;
    for finding in &findings {
        let line = finding.place.line;
        prop_assert!(line.is_some_and(|line| line <= lines), "{finding:?} of {lines} lines");
    }
    let Some(edition) = edition else {
        prop_assert!(!findings.is_empty());
        return Ok(());
    };
    let form = edition.departments.first().map(|d| forms::write(&edition, d, Some(good)));
    if let Some(form) = form.and_then(Rendered::into_bytes) {
        let intake = pipeline::read(&edition, Some(good), [("01.xlsx".to_owned(), form)]);
        let findings = pipeline::findings(&edition, Some(good), &intake, &|_| true);
        drop(Report::new(&edition, findings));
    }
    Ok(())
}

#[test]
fn settings_with_other_lines_and_values_are_read_or_told_of() {
    let good = annex();
    let text = std::fs::read_to_string(example::folder().join("edition.toml")).expect("settings");
    hold(96, edits(), |edits| settings_hold(&edited(&text, &edits), &good));
}

#[test]
fn settings_with_damaged_bytes_are_read_or_told_of() {
    let good = annex();
    let text = std::fs::read_to_string(example::folder().join("edition.toml")).expect("settings");
    hold(96, damages(), |damages| settings_hold(&damaged(&text, &damages), &good));
}
