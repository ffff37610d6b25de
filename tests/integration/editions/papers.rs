//! Every text that departments and settings give is in every paper that has to have it.

use std::fs;

use bessatsu::edition;

use crate::support::asked::{asked, fold};
use crate::support::editions::{Case, files, questions};
use crate::support::pdf;
use crate::support::shown::Shown;

questions!(
    the_check_finds_nothing_that_stops_a_build,
    every_text_is_in_every_paper_that_has_to_have_it,
    every_heading_is_printed_with_its_number,
    the_papers_are_the_same_every_time,
    the_pdf_is_readable_by_everyone,
);

fn the_check_finds_nothing_that_stops_a_build(case: &Case) {
    let run = case.done(&["check", "."]);
    assert!(run.out.contains("エラー 0件") && run.out.contains("警告 0件"), "{}", run.out);
}

fn every_text_is_in_every_paper_that_has_to_have_it(case: &Case) {
    let settings = fs::read_to_string(case.path().join("edition.toml")).expect("the settings");
    let (edition, _) = edition::parse("edition.toml", &settings);
    let submissions = files(&case.path().join("submissions"));
    let asked = asked(&edition.expect("an edition"), &settings, &submissions);
    assert!(asked.len() > 60, "only {} texts are asked for", asked.len());
    let mut missing = Vec::new();
    for paper in Shown::all(&case.build()) {
        for asked in asked.iter().filter(|asked| paper.is_asked(asked)) {
            if !paper.has(asked) {
                missing.push(format!("{}: {} {}", paper.name, asked.at, asked.spellings[0]));
            }
        }
    }
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
