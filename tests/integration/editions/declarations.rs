//! Every declaration that the settings know occurs in one of the editions.

use std::collections::BTreeSet;
use std::fs;

use bessatsu::edition;
use toml::{Table, Value};

use crate::support::editions::OTHERS;
use crate::support::program::root;

/// What is declared by tables: the paths of keys to tables of one kind, and whether they may stand
/// many times.
const TABLES: [(&[&[&str]], bool); 9] = [
    (&[&["words"]], false),
    (&[&["level"]], true),
    (&[&["heading"], &["heading", "heading"], &["heading", "heading", "heading"]], true),
    (&[&["measure-column"], &["kpi-column"]], true),
    // A value is a column, too: what both may say need not be said of both.
    (&[&["kpi-value"], &["measure-column"], &["kpi-column"]], true),
    (&[&["layout"]], false),
    (&[&["chapter"], &["appendix"]], true),
    (&[&["notation"]], false),
    (&[&["rules"]], false),
];

/// Keys of these tables that are no declaration of a shape: the standard edition has them.
const STANDARD: [&str; 5] =
    ["font", "repeat-header", "binding-margin", "double-sided", "strict-kinsoku"];

fn settings(name: &str) -> String {
    let path = root().join("tests/editions").join(name).join("edition.toml");
    fs::read_to_string(path).expect("the settings")
}

/// The keys that the reader knows in a table, as it lists them where it meets one that it does not.
fn known(path: &[&str], many: bool) -> BTreeSet<String> {
    const UNKNOWN: &str = "no-such-key";
    let mut text = String::new();
    for depth in 1..=path.len() {
        let name = path[..depth].join(".");
        text += &if many { format!("[[{name}]]\n") } else { format!("[{name}]\n") };
    }
    text += &format!("{UNKNOWN} = 1\n");
    let (_, findings) = edition::parse("edition.toml", &text);
    let finding = findings.iter().find(|finding| finding.found == UNKNOWN);
    let finding = finding.unwrap_or_else(|| panic!("{text}: {findings:#?}"));
    finding.expected.split('、').map(str::to_owned).collect()
}

/// The keys that occur in tables of a path.
fn occurring(table: &Table, path: &[&str], into: &mut BTreeSet<String>) {
    let Some((first, rest)) = path.split_first() else {
        into.extend(table.keys().cloned());
        return;
    };
    let tables: Vec<&Table> = match table.get(*first) {
        Some(Value::Table(table)) => vec![table],
        Some(Value::Array(tables)) => tables.iter().filter_map(Value::as_table).collect(),
        _ => Vec::new(),
    };
    tables.into_iter().for_each(|table| occurring(table, rest, into));
}

#[test]
fn every_key_occurs_in_an_edition_of_another_shape() {
    let editions: Vec<Table> =
        OTHERS.iter().map(|name| settings(name).parse().expect("TOML")).collect();
    let mut silent = Vec::new();
    for (paths, many) in TABLES {
        let mut found = BTreeSet::new();
        for path in paths {
            let before = found.len();
            editions.iter().for_each(|edition| occurring(edition, path, &mut found));
            let has_any = found.len() > before || path != &paths[0];
            assert!(has_any, "no edition has {}", path.join("."));
        }
        let (path, table) = (paths[0], paths[0].join("."));
        // Rules are named by their codes, of which there are many.
        if table == "rules" {
            continue;
        }
        let unused = known(path, many).into_iter().filter(|key| !found.contains(key));
        let unused = unused.filter(|key| !STANDARD.contains(&key.as_str()));
        silent.extend(unused.map(|key| format!("{table}: {key}")));
    }
    assert!(silent.is_empty(), "{silent:#?}");
}

#[test]
fn every_word_of_a_choice_occurs_in_an_edition_of_another_shape() {
    let all: String = OTHERS.iter().map(|name| settings(name)).collect();
    let words = |key: &str, words: &[&str]| -> Vec<String> {
        words.iter().map(|word| format!("{key} = \"{word}\"")).collect()
    };
    let lists = [
        words("kind", &["text", "choice", "number", "amount", "year", "period", "date", "list"]),
        words("role", &["base", "interim", "actual", "target"]),
        words("next-year", &["keep", "clear", "reference"]),
        words("paper", &["A3", "A4"]),
        words("orientation", &["portrait", "landscape"]),
        words("measures", &["table", "sheets"]),
    ];
    let missing: Vec<_> = lists.iter().flatten().filter(|text| !all.contains(*text)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
    for placeholder in ["{1}", "{１}", "{①}", "{Ⅰ}", "{一}", "{A}", "{ア}", "{up}"] {
        assert!(all.contains(placeholder), "{placeholder}");
    }
    for paper in ["form", "annex", "workbook", "web", "data", "diff"] {
        assert!(all.contains(&format!("\"{paper}\"")), "{paper}");
    }
}

#[test]
fn every_severity_occurs_in_an_edition_of_another_shape() {
    let all: String = OTHERS.iter().map(|name| settings(name)).collect();
    for severity in ["off", "info", "warning", "error"] {
        assert!(all.contains(&format!(" = \"{severity}\"")), "{severity}");
    }
}
