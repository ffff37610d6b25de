//! The larger editions of the benches: what is measured must be an edition as it should be.

use std::collections::BTreeSet;

use bessatsu::diag::Severity;
use bessatsu::edition;
use bessatsu::intake::Intake;
use bessatsu::model::Annex;
use bessatsu::schema::keys;

use crate::support::larger::Larger;
use crate::support::{changed, example, pipeline, submissions};

fn read(larger: &Larger) -> Intake {
    pipeline::read(&larger.edition, None, larger.submissions())
}

/// The codes of the findings that are at least so severe.
fn faults(larger: &Larger, intake: &Intake, severity: Severity) -> Vec<&'static str> {
    let covers = bessatsu::publish::pdf::covers(&larger.edition);
    let findings = pipeline::findings(&larger.edition, None, intake, &covers);
    findings.iter().filter(|f| f.severity <= severity).map(|f| f.rule.code).collect()
}

/// How many characters the departments wrote.
fn letters(annex: &Annex) -> usize {
    let texts = annex
        .measures
        .iter()
        .flat_map(|m| [&m.name, m.value(keys::OVERVIEW), m.value(keys::PURPOSE)]);
    texts.map(|text| text.value.chars().count()).sum()
}

#[test]
fn one_copy_is_the_example_itself() {
    let larger = Larger::new(1);
    assert_eq!(larger.edition, example::edition());
    let (parsed, findings) = edition::parse("edition.toml", &larger.settings);
    assert!(findings.is_empty(), "{findings:#?}");
    assert_eq!(parsed.as_ref(), Some(&larger.edition));
    assert_eq!(larger.submissions(), submissions::of_example());
}

#[test]
fn further_copies_are_clean_and_as_long_as_the_example() {
    let one = read(&Larger::new(1)).annex;
    // Twelve copies reach into the forms of a second office.
    for (times, forms) in [(3, 14), (12, 28)] {
        let larger = Larger::new(times);
        let intake = read(&larger);
        assert_eq!(faults(&larger, &intake, Severity::Error), [""; 0], "{times}");
        assert_eq!(intake.receipts.len(), forms);
        let annex = &intake.annex;
        assert_eq!(annex.listings().count(), one.listings().count() * times);
        assert_eq!(annex.kpi_rows().count(), one.kpi_rows().count() * times);
        let growth = letters(annex) as f64 / letters(&one) as f64;
        assert!((growth / times as f64 - 1.0).abs() < 0.02, "{times} times: {growth}");
        let names: BTreeSet<&str> = annex.measures.iter().map(|m| m.name.as_str()).collect();
        let texts: BTreeSet<&str> =
            annex.measures.iter().map(|m| m.value(keys::OVERVIEW).as_str()).collect();
        assert_eq!((names.len(), texts.len()), (annex.measures.len(), annex.measures.len()));
    }
}

#[test]
fn the_smallest_edition_is_clean() {
    let larger = Larger::new(0);
    let intake = read(&larger);
    assert_eq!(faults(&larger, &intake, Severity::Warning), [""; 0]);
    assert_eq!((intake.annex.listings().count(), intake.annex.kpi_rows().count()), (1, 1));
}

#[test]
fn the_changed_form_differs_in_one_cell() {
    let larger = Larger::new(1);
    let before = larger.submissions();
    let (name, bytes) = changed::submission(&larger, 7);
    let read = |changed: bool| {
        let forms = before.iter().map(|(file, old)| {
            let bytes = if changed && *file == name { &bytes } else { old };
            (file.clone(), bytes.clone())
        });
        pipeline::read(&larger.edition, None, forms).annex
    };
    let (old, new) = (read(false), read(true));
    let differing = old.measures.iter().zip(&new.measures).filter(|(a, b)| a != b);
    let overviews = differing
        .map(|(a, b)| (a.value(keys::OVERVIEW).as_str(), b.value(keys::OVERVIEW).as_str()));
    let overviews: Vec<_> = overviews.collect();
    assert!(overviews.len() == 1 && overviews[0].0 != overviews[0].1, "{overviews:?}");
    assert_eq!(old.kpis, new.kpis);
}
