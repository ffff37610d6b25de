//! An edition in which every fault is planted at once, and what the rules say of it.
//!
//! The faults are in `tests/editions/faults/`, the findings in `expected.txt` there;
//! `BESSATSU_BLESS=1 cargo test --test integration faults` writes it anew.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use bessatsu::checks;
use bessatsu::corrections;
use bessatsu::diag::{Finding, Lang, Severity};
use bessatsu::edition::{self, Edition};
use bessatsu::intake::{self, Source};
use bessatsu::model::{Annex, Id};
use bessatsu::publish::findings::exceptions;
use bessatsu::publish::pdf;
use bessatsu::report::Report;

use crate::support::program::root;
use crate::support::{office, pipeline, planted, xlsb};

/// The rules that the edition does not break, each with the reason.
const NOT_PLANTED: &[(&str, &str)] = &[
    ("A801", "is about the journal: see receive.rs"),
    ("A802", "is of an official build with a journal: see receive.rs"),
    ("F108", "no file is known that makes the reader panic"),
    ("F220", "of a consolidated workbook that is read back, not of a submission: intake::tests"),
    ("F221", "of a consolidated workbook that is read back, not of a submission: intake::tests"),
    ("F222", "of a consolidated workbook that is read back, not of a submission: intake::tests"),
    ("F223", "of a consolidated workbook that is read back, not of a submission: intake::tests"),
    ("F246", "two readers differ on packages made for it alone: intake::tests"),
    ("S214", "a name that the annex of the edition before lacks: tests of succession"),
    ("E685", "needs the list of what is abolished in the settings: see next.rs"),
    ("S120", "a fault of the table of a reorganisation: see next.rs"),
    ("S121", "a fault of the table of a reorganisation: see next.rs"),
    ("S122", "a fault of the table of a reorganisation: see next.rs"),
    ("S123", "a fault of the table of a reorganisation: see next.rs"),
    ("S124", "a fault of the table of a reorganisation: see next.rs"),
    ("S125", "a fault of the table of a reorganisation: see next.rs"),
    ("K550", "a fault against the KPIs over the years: tests of progress"),
    ("K551", "a fault against the KPIs over the years: tests of progress"),
    ("K552", "a fault against the KPIs over the years: tests of progress"),
    ("S281", "a fault of the file of the ids: tests of publish::data"),
    ("S282", "a fault of the file of the ids: tests of the outputs"),
    ("S110", "a fault of the file of the ids: tests of publish::data"),
    ("S105", "takes thousands of letters or lines: hostile::settings_without_measure"),
    ("T901", "a fault of a template, not of a submission: tests of publish::pdf"),
    ("T902", "a fault of a template, not of a submission: tests of publish::pdf"),
    ("T903", "C302 finds the character before it is typeset: tests of publish::pdf"),
    ("T904", "a fault of the PDF exporter: tests of publish::pdf"),
    ("T905", "a fault of a template, not of a submission: tests of publish::pdf"),
    ("T906", "the templates make room for any text: tests of publish::pdf"),
    ("T907", "a fault of the program, not of a submission: tests of publish::internal"),
    ("T908", "the reader stops at what a cell holds: tests of the workbook"),
    ("T910", "a fault of a side file, not of a submission: tests of publish::pdf"),
    ("T911", "a fault of a side file, not of a submission: tests of publish::pdf"),
    ("T912", "a fault of a side file, not of a submission: tests of publish::pdf"),
    ("T913", "a fault of the file of a chapter, not of a submission: tests of publish::pdf"),
];

fn folder() -> PathBuf {
    root().join("tests/editions/faults")
}

fn text(name: &str) -> String {
    std::fs::read_to_string(folder().join(name)).expect(name)
}

/// The findings on the submissions of one text.
fn findings(edition: &Edition, previous: Option<&Annex>, name: &str) -> Vec<Finding> {
    let intake = intake::run(edition, previous, planted::sources(&text(name)));
    let findings = pipeline::findings(edition, previous, &intake, &pdf::covers(edition));
    Report::new(edition, findings).findings
}

/// The findings on corrections of the submissions.
fn corrections(edition: &Edition, previous: &Annex) -> Vec<Finding> {
    let (asked, mut findings) = edition::read_corrections(text("corrections.toml").as_bytes());
    let intake = intake::run(edition, Some(previous), planted::sources(&text("contents.txt")));
    let shown = |id: &Id, column: &str| intake.shown(id, column);
    let asked = asked.expect("TOML");
    findings.extend(corrections::judge(edition, &intake.annex, &asked, &shown).findings);
    findings
}

/// One line a finding: severity, code, places, what was found and expected, message.
fn line(finding: &Finding) -> String {
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    let mut line = format!("{severity} {} {}", finding.rule.code, finding.place);
    for more in &finding.more {
        line += &format!(" + {more}");
    }
    line += &format!(": {}", finding.message.ja);
    for (sign, text) in [("見", &finding.found), ("期", &finding.expected)] {
        if !text.is_empty() {
            line += &format!(" [{sign}: {}]", text.escape_debug());
        }
    }
    line
}

/// Every finding under the name of the text that has its fault.
fn planted_findings() -> Vec<(&'static str, Vec<Finding>)> {
    let (_, broken) = edition::parse("broken.toml", &text("broken.toml"));
    let (wrong, mut settings) = edition::parse("settings.toml", &text("settings.toml"));
    let (wrong, rules) = (wrong.expect("settings that can be read"), bessatsu::session::rules());
    settings.extend(edition::faults_of_rules("settings.toml", &wrong, &rules));
    let (_, outline) = edition::parse("outline.toml", &text("outline.toml"));
    let outline = outline.into_iter().filter(|f| f.rule.code != "S103").collect();
    let (edition, sound) = edition::parse("edition.toml", &text("edition.toml"));
    assert!(sound.is_empty(), "{sound:?}");
    let edition = edition.expect("sound settings");
    let previous = intake::run(&edition, None, planted::sources(&text("previous.txt"))).annex;
    let (years, sound) = edition::parse("years.toml", &text("years.toml"));
    assert!(sound.is_empty(), "{sound:?}");
    let years = years.expect("sound settings");
    let [settings_of, more] = ["edition.toml", "results.toml"].map(text);
    let results = format!("previous = \"previous.json\"\n{settings_of}{more}");
    let (results, sound) = edition::parse("results.toml", &results);
    assert!(sound.is_empty(), "{sound:?}");
    let results = results.expect("sound settings");
    vec![
        ("broken.toml", broken),
        ("settings.toml", settings),
        ("outline.toml", outline),
        ("files.txt", findings(&edition, None, "files.txt")),
        ("contents.txt", findings(&edition, Some(&previous), "contents.txt")),
        ("corrections.toml", corrections(&edition, &previous)),
        ("years.txt", findings(&years, None, "years.txt")),
        ("results.txt", findings(&results, Some(&previous), "results.txt")),
    ]
}

#[test]
fn every_planted_fault_is_found_and_nothing_else() {
    let mut found = String::new();
    for (name, findings) in planted_findings() {
        found += &format!("# {name}\n");
        findings.iter().for_each(|finding| found += &format!("{}\n", line(finding)));
    }
    let path = folder().join("expected.txt");
    if std::env::var_os("BESSATSU_BLESS").is_some() {
        std::fs::write(&path, &found).expect("the expected findings");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    for (found, expected) in found.lines().zip(expected.lines()) {
        assert_eq!(found, expected);
    }
    assert_eq!(found.lines().count(), expected.lines().count());
}

/// What is found otherwise where the faults are planted in another format, each with the reason: a
/// minus is before what is not found there.
type Otherwise = &'static [(&'static str, &'static str)];

/// `.xls` is written by LibreOffice.
const IN_XLS: Otherwise = &[
    ("-F212 01_総務部「様式１　個別施策」F32", WORKED_OUT),
    ("-F213 01_総務部「様式１　個別施策」F33", WORKED_OUT),
    ("-N408 01_総務部「様式１　個別施策」F35", "told of F32, which comes first"),
    ("N408 01_総務部「様式１　個別施策」F32", WORKED_OUT),
    ("-E601 02_企画部「様式１　個別施策」F44", NO_PICTURE),
    ("-F243 02_企画部「様式１　個別施策」F44", NO_PICTURE),
    ("F212 02_企画部「様式１　個別施策」F44", NO_PICTURE),
];

/// `.xlsb` is written here.
const IN_XLSB: Otherwise = &[
    ("-F213 01_総務部「様式１　個別施策」F33", ALWAYS_A_VALUE),
    ("E601 01_総務部「様式１　個別施策」F33", ALWAYS_A_VALUE),
];

/// `.ods` is written by LibreOffice.
const IN_ODS: Otherwise = &[
    ("-F212 01_総務部「様式１　個別施策」F32", WORKED_OUT),
    ("-F213 01_総務部「様式１　個別施策」F33", WORKED_OUT),
    ("-N408 01_総務部「様式１　個別施策」F35", "told of F32, which comes first"),
    ("N408 01_総務部「様式１　個別施策」F32", WORKED_OUT),
];

const WORKED_OUT: &str = "LibreOffice works a formula out anew: intake::tests";
const NO_PICTURE: &str = "the format knows no picture in a cell, and leaves its error value";
const ALWAYS_A_VALUE: &str = "a formula has a value in its record: that of none is an empty text";

/// Code, file and cell of what is found on the planted forms in a format.
fn found_in(extension: &str, sources: Vec<Source>) -> BTreeMap<String, i32> {
    let (edition, _) = edition::parse("edition.toml", &text("edition.toml"));
    let edition = edition.expect("sound settings");
    let previous = intake::run(&edition, None, planted::sources(&text("previous.txt"))).annex;
    let intake = intake::run(&edition, Some(&previous), sources);
    let findings = pipeline::findings(&edition, Some(&previous), &intake, &pdf::covers(&edition));
    let mut found = BTreeMap::new();
    for finding in Report::new(&edition, findings).findings {
        let place = finding.place.to_string().replace(&format!(".{extension}"), "");
        *found.entry(format!("{} {place}", finding.rule.code)).or_default() += 1;
    }
    found
}

#[test]
fn every_planted_fault_is_found_in_every_format_that_can_carry_it() {
    let contents = text("contents.txt");
    let books = planted::sources(&contents);
    let in_xlsx = found_in("xlsx", books.clone());
    let files: Vec<(String, Vec<u8>)> = books
        .into_iter()
        .map(|source| (source.name.to_string(), source.bytes.expect("a workbook")))
        .collect();
    let converted = |extension: &str| {
        let saved = office::all_saved_as(&files, extension)?;
        Some(saved.into_iter().map(|(name, bytes)| pipeline::source(&name, bytes)).collect())
    };
    let mut xlsb = planted::written(&contents, xlsb::workbook);
    for source in &mut xlsb {
        source.name = source.name.replace(".xlsx", ".xlsb").into();
    }
    let mut wrong = String::new();
    for (extension, sources, otherwise) in [
        ("xls", converted("xls"), IN_XLS),
        ("xlsb", Some(xlsb), IN_XLSB),
        ("ods", converted("ods"), IN_ODS),
    ] {
        let Some(sources) = sources else { continue };
        let mut difference = found_in(extension, sources);
        in_xlsx
            .iter()
            .for_each(|(line, count)| *difference.entry(line.clone()).or_default() -= count);
        let mut told: Vec<String> = Vec::new();
        for (line, count) in difference {
            let sign = if count < 0 { "-" } else { "" };
            told.extend((0..count.abs()).map(|_| format!("{sign}{line}")));
        }
        let mut expected: Vec<&str> = otherwise.iter().map(|(line, _)| *line).collect();
        expected.sort_unstable();
        told.sort_unstable();
        if told != expected {
            wrong += &format!("{extension}: {told:#?}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Whoever means a finding pastes the exception that is offered for it, with a reason.
#[test]
fn pasted_exceptions_accept_all_that_they_were_offered_for_and_nothing_else() {
    let report = |settings: &str| {
        let (edition, sound) = edition::parse("edition.toml", settings);
        assert!(sound.is_empty(), "{sound:?}");
        let edition = edition.expect("sound settings");
        let previous = intake::run(&edition, None, planted::sources(&text("previous.txt"))).annex;
        let forms = planted::sources(&text("contents.txt"));
        let intake = intake::run(&edition, Some(&previous), forms);
        let covers = pdf::covers(&edition);
        Report::new(&edition, pipeline::findings(&edition, Some(&previous), &intake, &covers))
    };
    let settings = text("edition.toml");
    let offered = |settings: &str| exceptions::render(&report(settings), true, Lang::Ja);
    let reasoned = |offered: &str| offered.replace("reason = \"\"", "reason = \"確認済み\"");
    let first = offered(&settings);
    assert!(first.matches("[[accept]]").count() > 100, "{first}");
    // What a struck row kept quiet is told once the row is meant as it is.
    let pasted = format!("{settings}\n{}", reasoned(&first));
    let second = offered(&pasted);
    assert!(second.matches("[[accept]]").count() < 10, "{second}");
    let open = report(&format!("{pasted}\n{}", reasoned(&second))).findings;
    let open = open.iter().filter(|f| f.accepted.is_none());
    // What is said of the exceptions themselves remains, and that some hold for a cell.
    let others: Vec<String> =
        open.filter(|f| !["S704", "S709"].contains(&f.rule.code)).map(line).collect();
    assert_eq!(others, [""; 0]);
    let reasonless = edition::parse("edition.toml", &format!("{settings}\n{first}")).1;
    assert!(reasonless.iter().all(|f| f.rule.code == "S209" && f.is_blocking()), "{reasonless:?}");
    assert_eq!(reasonless.len(), first.matches("[[accept]]").count());
}

#[test]
fn every_rule_but_the_named_is_broken_by_the_edition() {
    let planted = planted_findings();
    let found: BTreeSet<&str> =
        planted.iter().flat_map(|(_, findings)| findings).map(|f| f.rule.code).collect();
    let rules = bessatsu::session::rules();
    let silent: BTreeSet<&str> =
        rules.iter().map(|rule| rule.code).filter(|code| !found.contains(code)).collect();
    let named: BTreeSet<&str> = NOT_PLANTED.iter().map(|(code, _)| *code).collect();
    assert_eq!(silent, named);
}

#[test]
fn every_rule_file_tests_that_it_fires_and_that_it_stays_silent() {
    let rules = root().join("src/checks");
    let mut files = 0;
    for group in ["characters", "entries", "file", "form", "kpis", "notation", "whole"] {
        for entry in std::fs::read_dir(rules.join(group)).expect(group) {
            let path = entry.expect("a file").path();
            if path.file_stem().is_some_and(|stem| stem == "mod") {
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("a rule");
            let tests = text.split_once("#[cfg(test)]").map_or("", |(_, tests)| tests);
            assert!(tests.contains("finds("), "{} never fires in a test", path.display());
            assert!(tests.contains("silent("), "{} is never silent in a test", path.display());
            files += 1;
        }
    }
    // A rule that only judges a recorded fact is a row; `checks::facts` tests each of them.
    for table in ["cell.rs", "file.rs", "form.rs", "reading.rs", "seen.rs", "workbook.rs"] {
        let text = std::fs::read_to_string(rules.join("facts").join(table)).expect(table);
        files += text.matches("    Fact {\n").count();
    }
    assert_eq!(files, checks::RULES.len());
}
