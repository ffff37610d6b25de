//! The rules against whole editions: the example is clean, and the public edition's known
//! problems are found in their cells, with no false error.

use std::path::Path;

use bessatsu::diag::Severity;
use bessatsu::edition;
use bessatsu::intake;
use bessatsu::publish::pdf;
use bessatsu::report::Report;

use crate::support::pipeline;
use crate::support::program::{example, reference};

/// The report on a folder of submissions under the settings of the example edition.
fn report(submissions: &Path) -> Report {
    let text =
        std::fs::read_to_string(example().join("edition.toml")).expect("the settings can be read");
    let (edition, mut findings) = edition::parse("edition.toml", &text);
    let edition = edition.expect("the settings are sound");
    let intake = intake::run(&edition, None, pipeline::folder(submissions));
    findings.extend(pipeline::findings(&edition, None, &intake, &pdf::covers(&edition)));
    Report::new(&edition, findings)
}

/// `K502 03_企画部.xlsx「様式２　KPI」F7` for every finding of a severity.
fn places(report: &Report, severity: Severity) -> Vec<String> {
    let findings = report.findings.iter().filter(|finding| finding.severity == severity);
    findings.map(|finding| format!("{} {}", finding.rule.code, finding.place)).collect()
}

#[test]
fn the_example_edition_has_no_finding_above_info() {
    let report = report(&example().join("submissions"));
    assert_eq!(places(&report, Severity::Error), Vec::<String>::new());
    assert_eq!(places(&report, Severity::Warning), Vec::<String>::new());
}

#[test]
fn the_public_editions_known_problems_are_found_and_nothing_else_is_an_error() {
    let Some(folder) = reference() else { return };
    let report = report(&folder.join("submissions"));
    assert_eq!(
        places(&report, Severity::Error),
        [
            "K502 03_企画部.xlsx「様式２　KPI」F7",
            "K502 03_企画部.xlsx「様式２　KPI」F9",
            "E606 04_環境生活部.xlsx「様式１　個別施策」E18",
            "E606 05_保健福祉部.xlsx「様式１　個別施策」E26",
            "K502 05_保健福祉部.xlsx「様式２　KPI」F8",
            "E606 06_経済商工観光部.xlsx「様式１　個別施策」E16",
            "E606 10_出納局.xlsx「様式１　個別施策」E10",
            "E601 14_警察本部.xlsx「様式１　個別施策」G8",
        ]
    );
    // A bracket that opens wide and closes narrow.
    assert_eq!(
        places(&report, Severity::Warning),
        ["N406 06_経済商工観光部.xlsx「様式１　個別施策」G7"]
    );
}
