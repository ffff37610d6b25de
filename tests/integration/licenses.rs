//! What becomes part of the program may become part of it, and its notices go with it.
//!
//! `deny.toml` says what is allowed; `src/cli/third-party.txt` holds the notices that
//! `bessatsu licenses` prints. `BESSATSU_BLESS=1 cargo test --test integration licenses` writes it
//! anew after a change of the dependencies.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;
use spdx::{Expression, ParseMode};

use crate::support::program::{program, root};

/// Where the program is built for. Other systems would link other crates.
const TARGETS: [&str; 2] = ["x86_64-unknown-linux-gnu", "x86_64-pc-windows-gnu"];
/// Licences that ask for no more than their own text once, or for nothing at all. Where a crate
/// offers one of them, it is taken under that.
const SIMPLE: [&str; 5] =
    ["Apache-2.0", "Apache-2.0 WITH LLVM-exception", "0BSD", "CC0-1.0", "Unlicense"];

/// A crate that is linked into the program.
#[derive(Debug)]
struct Crate {
    name: String,
    version: String,
    license: String,
    folder: PathBuf,
}

impl Crate {
    fn offers(&self, licenses: &[impl AsRef<str>]) -> bool {
        let expression = Expression::parse_mode(&self.license, ParseMode::LAX);
        let expression = expression.unwrap_or_else(|error| panic!("{self:?}: {error}"));
        expression.evaluate(|wanted| {
            let wanted = wanted.to_string();
            licenses.iter().any(|license| license.as_ref() == wanted)
        })
    }

    /// The files of licences and notices that come with it, by name.
    fn papers(&self) -> BTreeMap<String, String> {
        let mut papers = BTreeMap::new();
        for entry in std::fs::read_dir(&self.folder).expect("the sources of a crate") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            let kinds = ["license", "licence", "copying", "copyright", "notice"];
            if path.is_file() && kinds.iter().any(|kind| name.to_lowercase().starts_with(kind)) {
                let bytes = std::fs::read(&path).expect("a paper");
                let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
                papers.insert(name, text.trim_matches(['\n', '\u{feff}']).to_owned());
            }
        }
        papers
    }
}

/// All crates that are linked into the program, by name and version: neither what only builds or
/// tests it, nor macros, which run in the compiler.
fn crates() -> Vec<Crate> {
    let mut command = Command::new(env!("CARGO"));
    command.args(["metadata", "--format-version", "1", "--locked"]).current_dir(root());
    for target in TARGETS {
        command.args(["--filter-platform", target]);
    }
    let output = command.output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let by_id = |items: &Value| -> BTreeMap<String, Value> {
        list(items).into_iter().map(|item| (text(&item["id"]), item)).collect()
    };
    let (packages, nodes) = (by_id(&metadata["packages"]), by_id(&metadata["resolve"]["nodes"]));
    let is_macro = |id: &str| {
        list(&packages[id]["targets"])
            .iter()
            .any(|t| list(&t["kind"]).contains(&"proc-macro".into()))
    };
    let ours = text(&metadata["resolve"]["root"]);
    let (mut linked, mut waiting) = (BTreeSet::new(), vec![ours.clone()]);
    while let Some(id) = waiting.pop() {
        if is_macro(&id) || !linked.insert(id.clone()) {
            continue;
        }
        let needed = list(&nodes[&id]["deps"]).into_iter().filter(|dependency| {
            list(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"].is_null())
        });
        waiting.extend(needed.map(|dependency| text(&dependency["pkg"])));
    }
    linked.remove(&ours);
    let linked = linked.iter().map(|id| &packages[id]).map(|package| Crate {
        name: text(&package["name"]),
        version: text(&package["version"]),
        license: text(&package["license"]),
        folder: PathBuf::from(text(&package["manifest_path"])).parent().expect("above").into(),
    });
    let mut linked: Vec<Crate> = linked.collect();
    linked.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    linked
}

fn deny() -> toml::Table {
    let text = std::fs::read_to_string(root().join("deny.toml")).expect("deny.toml");
    text.parse().expect("TOML")
}

#[test]
fn every_linked_crate_is_under_a_licence_that_is_allowed() {
    let deny = deny();
    let allowed = deny["licenses"]["allow"].as_array().expect("a list");
    let allowed: Vec<&str> = allowed.iter().filter_map(toml::Value::as_str).collect();
    let crates = crates();
    assert!(crates.len() > 200, "the crates are found at all: {}", crates.len());
    let refused: Vec<&Crate> = crates.iter().filter(|c| !c.offers(&allowed)).collect();
    assert!(refused.is_empty(), "{refused:#?}");
    let idle =
        allowed.iter().filter(|license| !crates.iter().any(|c| c.license.contains(**license)));
    assert_eq!(idle.collect::<Vec<_>>(), [&""; 0], "allowed, and nothing is under it");
}

#[test]
fn nothing_that_could_open_a_connection_is_linked() {
    let deny = deny();
    let banned = deny["bans"]["deny"].as_array().expect("a list");
    let banned: Vec<&str> = banned.iter().filter_map(|entry| entry["crate"].as_str()).collect();
    assert!(banned.len() > 5, "{banned:?}");
    let linked =
        crates().into_iter().map(|c| c.name).filter(|name| banned.contains(&name.as_str()));
    assert_eq!(linked.collect::<Vec<_>>(), [""; 0]);
}

/// Texts that differ in white space alone are one.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The notices: which crates, and the texts that their licences ask for.
fn notices() -> String {
    let crates = crates();
    let mut notices = String::from("Crates that are part of this program, and their licences\n\n");
    for Crate { name, version, license, .. } in &crates {
        writeln!(notices, "{name} {version}    {license}").expect("a text");
    }
    let is_apache = |text: &str| folded(text).starts_with("Apache License Version 2.0");
    let mut apache: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let mut texts: BTreeMap<String, (Vec<String>, String)> = BTreeMap::new();
    for linked in &crates {
        let simple = linked.offers(&SIMPLE);
        let papers = linked.papers();
        assert!(simple || !papers.is_empty(), "{linked:?} has no text of its licence");
        for (name, text) in papers {
            let key = folded(&text);
            if is_apache(&text) {
                apache.entry(key).or_insert((0, text)).0 += 1;
            } else if !simple || name.to_lowercase().starts_with("notice") {
                let who = format!("{} {}", linked.name, linked.version);
                texts.entry(key).or_insert((Vec::new(), text)).0.push(who);
            }
        }
    }
    let (_, apache) = apache.into_values().max().expect("the text of the Apache License");
    let mut add = |title: &str, text: &str| {
        write!(notices, "\n\n==== {title}\n\n{text}\n").expect("a text");
    };
    add("Apache License 2.0, for every crate that offers it", &apache);
    let mut texts: Vec<(Vec<String>, String)> = texts.into_values().collect();
    texts.sort();
    for (mut crates, text) in texts {
        crates.dedup();
        add(&crates.join(", "), &text);
    }
    notices
}

#[test]
fn the_notices_are_those_of_the_linked_crates() {
    let path = root().join("src/cli/third-party.txt");
    let fresh = notices();
    if std::env::var_os("BESSATSU_BLESS").is_some() {
        std::fs::write(&path, &fresh).expect("written");
    }
    let held = std::fs::read_to_string(&path).unwrap_or_default();
    let same = held.lines().zip(fresh.lines()).position(|(held, fresh)| held != fresh);
    assert!(held == fresh, "line {same:?}: run the test once with BESSATSU_BLESS=1");
}

#[test]
fn every_font_has_its_licence_beside_it_and_the_program_prints_them_all() {
    let output = program().arg("licenses").output();
    let output = output.expect("the program runs");
    assert!(output.status.success());
    let printed = String::from_utf8(output.stdout).expect("text");
    let table = std::fs::read_to_string(root().join("fonts/README.md")).expect("the table");
    let mut licences = BTreeSet::new();
    for entry in std::fs::read_dir(root().join("fonts")).expect("the fonts") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        if name.ends_with(".ttf") {
            let row = table.lines().find(|row| row.contains(&format!("`{name}`")));
            let licence = row.and_then(|row| row.rsplit('`').nth(1)).map(str::to_owned);
            licences.insert(licence.unwrap_or_else(|| panic!("{name} is not in the table")));
        }
    }
    for licence in licences {
        let text = std::fs::read_to_string(root().join("fonts").join(&licence)).expect("a licence");
        assert!(printed.contains(text.trim()), "{licence} is not printed");
    }
    let own = std::fs::read_to_string(root().join("LICENSE")).expect("the licence");
    assert!(printed.contains(own.trim()), "our own licence is not printed");
    for crate_name in ["typst ", "quick-xml ", "rust_xlsxwriter "] {
        assert!(printed.lines().any(|line| line.starts_with(crate_name)), "{crate_name}");
    }
}
