//! Texts that would be commands if anything took them for such: they go through every output and
//! come out as texts.

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::{Command, Stdio};

use bessatsu::intake;
use bessatsu::schema::keys;
use serde_json::Value;
use tempfile::TempDir;
use zip::ZipArchive;

use crate::support::program::{copy_of_example, example, program};
use crate::support::repacked;

const FORM: &str = "submissions/03_企画部.xlsx";
/// The name of a file that means to write over the line above it.
const STRAY: &str = "\u{1b}[1A\u{9b}2Jx\u{202e}.xlsx";
/// What marks the cell that means harm, in every output.
const MARK: &str = "魔";

/// What a cell says, and who would obey it.
const ATTACKS: [(&str, &str); 14] = [
    ("Typst code", "#panic(\"魔\")"),
    ("Typst markup", "*魔* _x_ = 見出し $ x $ `raw` <label> @ref \\ ~ // /* #set page(width: 1pt)"),
    ("Typst file", "#read(\"/etc/passwd\")魔"),
    ("HTML script", "魔<script>alert(1)</script>"),
    ("HTML attribute", "\" onmouseover=\"alert(1)\" x=\"魔"),
    ("HTML comment", "魔--><img src=x onerror=alert(1)><!--"),
    ("template", "{{ 7 * 7 }}{% for x in y %}魔"),
    ("XML", "魔]]></t></si><x>&amp;&lt;&#0;"),
    ("formula", "=1+1魔"),
    ("link as formula", "=HYPERLINK(\"http://example.com/魔\",\"x\")"),
    ("command as formula", "@SUM(1+1)*cmd|' /C calc'!A0魔"),
    ("signs", "+魔"),
    ("escape of the sheet", "魔_x001B_[31m_x0007__x000D_"),
    ("direction and control", "魔\u{202e}\u{9b}2J\u{2066}x\u{7f}"),
];

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The example with this text as the overview of a measure, and a stray file.
fn edition(attack: &str) -> TempDir {
    let folder = copy_of_example();
    let form = fs::read(folder.path().join(FORM)).expect("a form");
    let form = repacked::with_texts(&form, |text| {
        let at = text.find("<t>デジタル身分証アプリを広める上で").expect("the cell") + "<t>".len();
        let end = at + text[at..].find("</t>").expect("its end");
        text.replace_range(at..end, &escaped(attack));
    });
    fs::write(folder.path().join(FORM), form).expect("written");
    fs::write(folder.path().join("submissions").join(STRAY), "=cmd()").expect("written");
    folder
}

/// Standard output and standard error.
fn run(folder: &Path, args: &[&str]) -> (String, String) {
    let mut program = program();
    let output = program.current_dir(folder).args(args).stdin(Stdio::null()).output();
    let output = output.expect("the program runs");
    assert!(matches!(output.status.code(), Some(0 | 1)), "{args:?}: {output:?}");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (text(output.stdout), text(output.stderr))
}

fn part(book: &[u8], name: &str) -> String {
    let mut zip = ZipArchive::new(Cursor::new(book)).expect("a package");
    let mut text = String::new();
    zip.by_name(name).expect(name).read_to_string(&mut text).expect("text");
    text
}

/// The overview as the annex has it.
fn overview(what: &str, annex: &Value) -> String {
    let measures = annex["measures"].as_array().expect("measures").iter();
    let mut texts = measures.filter_map(|measure| {
        let overview = &measure["values"]["overview"];
        overview.as_str().or(overview["value"].as_str()).filter(|text| text.contains(MARK))
    });
    texts.next().unwrap_or_else(|| panic!("{what} is not in the annex")).to_owned()
}

#[test]
fn a_text_is_never_markup_nor_a_formula() {
    for (what, attack) in ATTACKS {
        let folder = edition(attack);
        let out = folder.path().join("out");
        let (_, err) = run(folder.path(), &["build", "--draft"]);
        let read = |name: &str| fs::read_to_string(out.join(name)).expect(name);
        assert!(out.join("annex.pdf").is_file(), "{what}: {err}");
        let annex: Value = serde_json::from_str(&read("annex.json")).expect("JSON");
        let text = overview(what, &annex);
        if !attack.contains("_x00") && !attack.contains('\u{9b}') {
            assert_eq!(text, attack, "{what}: as it stood in the cell");
        }
        // HTML and its script's data.
        let html = read("annex.html");
        for raw in ["<script>alert", "<img src=x", "onmouseover=\"alert", "--><img"] {
            assert!(!html.contains(raw), "{what}: {raw}");
        }
        assert!(!html.contains(&"49魔".to_string()), "{what}: the template was run");
        // The workbook: no formula but those of ours, and it reads back.
        let book = fs::read(out.join("annex.xlsx")).expect("a workbook");
        let zip = ZipArchive::new(Cursor::new(&book)).expect("a package");
        let names: Vec<String> = zip.file_names().flatten().map(|name| name.into_owned()).collect();
        for name in names.iter().filter(|name| name.starts_with("xl/worksheets/sheet")) {
            let sheet = part(&book, name);
            let formulas = sheet.split("<f>").skip(1).filter_map(|rest| rest.split("</f>").next());
            for formula in formulas {
                assert!(!formula.contains(MARK) && !formula.contains("cmd"), "{what}: {formula}");
            }
        }
        assert!(
            !names.iter().any(|name| name.contains("externalLink")),
            "{what}: a link to outside"
        );
        let (back, _) = intake::consolidated("annex.xlsx", &book);
        let back = back.expect("an annex").measures;
        assert!(
            back.iter().any(|measure| measure.value(keys::OVERVIEW).value == text),
            "{what}: {text:?}"
        );
        // CSV: what a spreadsheet program would run is guarded.
        let csv = read("measures.csv");
        let cell = csv.split("\r\n").find(|line| line.contains(MARK)).expect("its row");
        for start in ["=", "+", "@"] {
            assert!(!cell.contains(&format!(",{start}")), "{what}: {cell}");
            assert!(!cell.contains(&format!(",\"{start}")), "{what}: {cell}");
        }
    }
}

#[test]
fn a_pdf_prints_the_text_as_it_stands() {
    let folder = edition(ATTACKS[0].1);
    run(folder.path(), &["build", "--draft"]);
    let pdf = folder.path().join("out/annex.pdf");
    let Ok(output) = Command::new("pdftotext").args(["-raw"]).arg(&pdf).arg("-").output() else {
        eprintln!("SKIPPED: pdftotext (poppler) is not installed");
        return;
    };
    let text = String::from_utf8_lossy(&output.stdout).replace(['\n', ' '], "");
    assert!(text.contains("#panic(\"魔\")"), "the code is printed");
}

/// What would steer a terminal: controls but for the line feed and the tab, and turns of direction.
fn steers(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[test]
fn nothing_from_a_cell_or_a_file_name_steers_the_terminal() {
    for (what, attack) in ATTACKS
        .iter()
        .filter(|(what, _)| ["escape of the sheet", "direction and control"].contains(what))
    {
        let folder = edition(attack);
        let commands: [&[&str]; 8] = [
            &["check", "--info"],
            &["status"],
            &["build", "--draft", "--info"],
            &["build"],
            &["diff", "plain.json", "out/annex.json"],
            &["text", "out/annex.json"],
            &["returns"],
            &["diff", "--stat", "plain.json", "out/annex.json"],
        ];
        let plain = TempDir::new().expect("a folder");
        let mut program = program();
        program.args(["build", "--quiet", "-o"]).arg(plain.path()).arg(example());
        assert!(program.stdout(Stdio::null()).status().expect("the program runs").success());
        let old = plain.path().join("annex.json");
        fs::copy(old, folder.path().join("plain.json")).expect("copied");
        for args in commands {
            let (out, err) = run(folder.path(), args);
            let steering: Vec<char> = (out + &err).chars().filter(|&c| steers(c)).collect();
            assert!(steering.is_empty(), "{what}: {args:?}: {steering:?}");
        }
        // In colour there are escapes, all of them ours.
        for args in [
            &["check", "--color", "always"][..],
            &["diff", "plain.json", "out/annex.json", "--color", "always"],
        ] {
            let (out, _) = run(folder.path(), args);
            for sequence in out.split('\u{1b}').skip(1) {
                let style: String = sequence.chars().take_while(|&c| c != 'm').collect();
                let ours = ["[1", "[2", "[1;31", "[33", "[36", "[0", "[9;31", "[4;32"];
                assert!(ours.contains(&style.as_str()), "{what}: {args:?}: {style:?}");
            }
            assert!(!out.chars().any(|c| steers(c) && c != '\u{1b}'), "{what}: {args:?}");
        }
        // For programs the text is exact, and SARIF and JSON are read as what they are.
        let (json, _) = run(folder.path(), &["check", "--format", "json"]);
        let json: Value = serde_json::from_str(&json).expect("JSON");
        let files = json["findings"].as_array().expect("findings").iter();
        assert!(files.clone().any(|finding| finding["place"]["file"] == STRAY), "{json}");
        let (sarif, _) = run(folder.path(), &["check", "--format", "sarif"]);
        let sarif: Value = serde_json::from_str(&sarif).expect("SARIF");
        let text = sarif.to_string();
        assert!(!text.contains("\u{1b}") && text.contains("not-a-workbook"), "{text}");
    }
}
