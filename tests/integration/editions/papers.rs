//! Every text that departments and settings give is in every paper that has to have it.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use bessatsu::edition;
use bessatsu::publish::data;
use bessatsu::schema::Paper;
use serde_json::Value;

use crate::support::asked::{Asked, asked, fold};
use crate::support::editions::{Case, files, questions};
use crate::support::shown::Shown;
use crate::support::{office, pdf};

questions!(
    the_check_finds_nothing_that_stops_a_build,
    every_text_is_in_every_paper_that_has_to_have_it,
    every_heading_is_printed_with_its_number,
    the_papers_are_the_same_every_time,
    the_pdf_is_readable_by_everyone,
    the_data_are_as_they_are_described,
    every_link_within_the_page_has_its_place,
    libreoffice_shows_every_text_of_the_workbook,
);

/// What is told of in an edition that is right: a cell that was merged over several rows, a value
/// that says another year than its column, and a target below its base of which nobody says which
/// way is better.
const TOLD: [&str; 3] = ["F211", "K532", "K551"];

fn the_check_finds_nothing_that_stops_a_build(case: &Case) {
    let run = case.done(&["check", ".", "--format", "json"]);
    let report: Value = serde_json::from_str(&run.out).expect("JSON");
    let findings = report["findings"].as_array().expect("findings").iter();
    let told = findings.filter(|finding| finding["severity"] != "info");
    let other: Vec<_> =
        told.filter(|f| !f["code"].as_str().is_some_and(|code| TOLD.contains(&code))).collect();
    assert!(other.is_empty(), "{other:#?}");
}

/// What may be asked of the papers of an edition.
fn asked_of(case: &Case) -> Vec<Asked> {
    let settings = fs::read_to_string(case.path().join("edition.toml")).expect("the settings");
    let (edition, _) = edition::parse("edition.toml", &settings);
    let submissions = files(&case.path().join("submissions"));
    let asked = asked(&edition.expect("an edition"), &settings, &submissions);
    assert!(asked.len() > 60, "only {} texts are asked for", asked.len());
    asked
}

fn every_text_is_in_every_paper_that_has_to_have_it(case: &Case) {
    let asked = asked_of(case);
    let papers = Shown::all(&case.build());
    let missing: Vec<String> = papers.iter().flat_map(|paper| paper.missing(&asked)).collect();
    assert!(missing.is_empty(), "{} texts are missing:\n{}", missing.len(), missing.join("\n"));
}

fn every_heading_is_printed_with_its_number(case: &Case) {
    let out = case.build();
    let pdf = fs::read(out.join("annex.pdf")).expect("annex.pdf");
    let page = fs::read_to_string(out.join("annex.html")).expect("annex.html");
    for heading in &case.headings {
        assert!(Shown::page(&page).holds(&fold(heading)), "annex.html: {heading}");
        if let Some(pdf) = Shown::pdf(&pdf) {
            assert!(pdf.holds(&fold(heading)), "annex.pdf: {heading}");
        }
    }
}

fn the_papers_are_the_same_every_time(case: &Case) {
    let first = files(&case.build());
    for ((name, once), (_, again)) in first.iter().zip(files(&case.build())) {
        assert!(*once == again, "{name} differs from one build to the next");
    }
}

fn the_pdf_is_readable_by_everyone(case: &Case) {
    let bytes = fs::read(case.build().join("annex.pdf")).expect("annex.pdf");
    pdf::read(&bytes, "qpdf", &["--check", "@"]);
    if ["page", "pdfua"].iter().all(|module| pdf::has_module(module)) {
        pdf::read(&bytes, &pdf::python(), &[&pdf::script("check_pdf.py"), "@"]);
    }
}

/// The data package and the schema of `annex.json` as programs check them that nobody here wrote.
fn the_data_are_as_they_are_described(case: &Case) {
    let out = case.build();
    if pdf::has_module("frictionless") {
        let run = Command::new(pdf::python())
            .args(["-m", "frictionless", "validate", "--json", "datapackage.json"])
            .current_dir(&out)
            .output()
            .expect("it runs");
        let said = String::from_utf8_lossy(&run.stdout);
        let report: Value = serde_json::from_str(&said).expect("a report");
        assert_eq!(report["valid"], true, "{said}");
    }
    if pdf::has_module("jsonschema") {
        fs::write(out.join("schema"), data::schema().expect("a schema")).expect("written");
        let script = "import json, jsonschema\n\
            load = lambda name: json.load(open(name, encoding='utf-8'))\n\
            check = jsonschema.Draft202012Validator(load('schema'))\n\
            print(*[e.message for e in check.iter_errors(load('annex.json'))])";
        let run = Command::new(pdf::python()).args(["-c", script]).current_dir(&out).output();
        let run = run.expect("it runs");
        let said = [run.stdout, run.stderr].map(|said| String::from_utf8_lossy(&said).into_owned());
        assert_eq!(said.concat().trim(), "");
    }
}

fn every_link_within_the_page_has_its_place(case: &Case) {
    let page = fs::read_to_string(case.build().join("annex.html")).expect("annex.html");
    let attributes = |name: &str| -> Vec<&str> {
        let open = format!(" {name}=\"");
        page.split(&open).skip(1).filter_map(|rest| rest.split('"').next()).collect()
    };
    let ids = attributes("id");
    let places: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(places.len(), ids.len(), "an id stands twice");
    let links = attributes("href");
    let inner: Vec<_> = links.iter().filter_map(|link| link.strip_prefix('#')).collect();
    assert!(inner.len() > 3, "{links:?}");
    inner.iter().for_each(|link| assert!(places.contains(link), "#{link}"));
}

fn libreoffice_shows_every_text_of_the_workbook(case: &Case) {
    let asked = asked_of(case);
    let book = fs::read(case.build().join("annex.xlsx")).expect("annex.xlsx");
    let Some(sheets) = office::sheets(&book) else { return };
    let cells = sheets.values().flatten().flatten().map(String::as_str);
    let shown = Shown::of_cells(Paper::Workbook, "annex.xlsx in LibreOffice", cells);
    let missing: Vec<String> = shown.missing(&asked).collect();
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
