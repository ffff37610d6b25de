//! Damaged workbooks of every kind: each gives its receipt, twice the same, and everything that
//! is made of it afterwards is made.

use std::time::{Duration, Instant};

use bessatsu::checks;
use bessatsu::compare::compare;
use bessatsu::diag::Lang;
use bessatsu::edition::Edition;
use bessatsu::intake;
use bessatsu::model::Annex;
use bessatsu::publish::findings::{json, sarif};
use bessatsu::publish::{data, web, workbook};
use bessatsu::report::Report;
use proptest::prelude::*;

use super::damage::{Damage, Opened, damages};
use crate::support::held::{hold, no_panic_of_ours};
use crate::support::program::root;
use crate::support::{example, pipeline};

/// Nothing that small may take longer, however busy the machine.
const LONGEST: Duration = Duration::from_secs(60);

fn corpus(name: &str) -> Vec<u8> {
    let folder = root().join("tests/corpus");
    std::fs::read(folder.join(name)).expect("a workbook of the corpus")
}

fn form(name: &str) -> Vec<u8> {
    std::fs::read(example::folder().join("submissions").join(name)).expect("a form")
}

/// Everything that the program makes of a submission.
fn goes_through(edition: &Edition, name: &str, bytes: Vec<u8>) -> Result<(), TestCaseError> {
    let start = Instant::now();
    let read = || pipeline::read(edition, None, [(name.to_owned(), bytes.clone())]);
    let intake = read();
    prop_assert_eq!(intake.receipts.len(), 1);
    no_panic_of_ours(&intake.receipts[0])?;
    let again = read();
    prop_assert_eq!(&again.annex, &intake.annex);
    prop_assert_eq!(&again.receipts, &intake.receipts);
    let findings = pipeline::findings(edition, None, &intake, &|c| c != '\u{10FFFF}');
    let report = Report::new(edition, findings);
    for lang in [Lang::Ja, Lang::En] {
        json::render(&report, lang).expect("a report is JSON");
        sarif::render(&report, lang);
    }
    made(edition, &intake.annex, &report)?;
    prop_assert!(start.elapsed() < LONGEST, "{:?}", start.elapsed());
    Ok(())
}

/// The papers but for the PDF, which takes too long for many cases.
fn made(edition: &Edition, annex: &Annex, report: &Report) -> Result<(), TestCaseError> {
    // A text that no cell holds is refused with a word; nothing may panic.
    drop(workbook::render(edition, annex, report));
    let page = web::render(edition, annex, None);
    prop_assert!(page.error().is_none(), "{:?}", page.error());
    data::datapackage::render(annex);
    let back = data::read(&data::json(annex).into_text().unwrap())
        .map_err(|why| TestCaseError::fail(why.say().ja))?;
    prop_assert!(back == *annex, "annex.json reads back as another model");
    Ok(())
}

/// A package is damaged inside mostly, and as a file now and then.
fn damaged(opened: &Opened, bytes: &[u8], damages: &[Damage]) -> Vec<u8> {
    let as_file = damages[0].part.is_multiple_of(16);
    if as_file {
        let mut bytes = bytes.to_vec();
        damages.iter().for_each(|damage| damage.hit(&mut bytes));
        bytes
    } else {
        opened.damaged(damages)
    }
}

fn submissions_hold(name: &str, bytes: &[u8]) {
    let edition = example::edition();
    let opened = Opened::new(bytes);
    if let Err(error) = goes_through(&edition, name, bytes.to_vec()) {
        panic!("undamaged: {error}");
    }
    hold(48, damages(), |damages| goes_through(&edition, name, damaged(&opened, bytes, &damages)));
}

#[test]
fn a_damaged_xlsx_is_read_or_told_of() {
    submissions_hold("13_議会事務局.xlsx", &form("13_議会事務局.xlsx"));
}

#[test]
fn a_damaged_xls_is_read_or_told_of() {
    submissions_hold("13_議会事務局.xls", &corpus("form.xls"));
}

#[test]
fn a_damaged_xlsb_is_read_or_told_of() {
    submissions_hold("01_総務部.xlsb", &corpus("form.xlsb"));
}

#[test]
fn a_damaged_ods_is_read_or_told_of() {
    submissions_hold("13_議会事務局.ods", &corpus("form.ods"));
}

#[test]
fn a_damaged_consolidated_workbook_is_read_back_or_told_of() {
    let edition = example::edition();
    let forms = ["11_企業局.xlsx", "13_議会事務局.xlsx"].map(|name| (name.to_owned(), form(name)));
    let annex = pipeline::read(&edition, None, forms).annex;
    let report = Report::new(&edition, Vec::new());
    let bytes = workbook::render(&edition, &annex, &report).into_bytes().expect("a workbook");
    let opened = Opened::new(&bytes);
    hold(32, damages(), |damages| {
        let bytes = damaged(&opened, &bytes, &damages);
        let (read, receipt) = intake::consolidated("annex.xlsx", &bytes);
        no_panic_of_ours(&receipt)?;
        checks::of_consolidated(&receipt);
        if let Some(read) = read {
            for (old, new) in [(&annex, &read), (&read, &annex), (&read, &read)] {
                let changes = compare(old, new).comparison;
                drop(workbook::render_against(&edition, new, &report, &changes));
            }
        }
        Ok(())
    });
}
