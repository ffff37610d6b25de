//! The rules against whole editions: the example is clean, and the public edition's known
//! problems are found in their cells, with no false error.

use std::path::{Path, PathBuf};

use bessatsu::checks::{self, Context};
use bessatsu::diag::Severity;
use bessatsu::edition;
use bessatsu::intake::{self, Source};
use bessatsu::publish::pdf;
use bessatsu::report::Report;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The report on a folder of submissions under the settings of the example edition.
fn report(submissions: &Path) -> Report {
    let text = std::fs::read_to_string(root().join("inputs/2025/edition.toml"))
        .expect("the settings can be read");
    let (edition, mut findings) = edition::parse("edition.toml", &text);
    let edition = edition.expect("the settings are sound");
    let mut sources: Vec<Source> = std::fs::read_dir(submissions)
        .expect("the folder can be listed")
        .map(|entry| entry.expect("an entry").path())
        .map(|path| Source {
            name: path.file_name().map_or("".into(), |name| name.to_string_lossy().into()),
            bytes: std::fs::read(&path).map_err(|error| error.to_string()),
        })
        .collect();
    sources.sort_by(|a, b| a.name.cmp(&b.name));
    let intake = intake::run(&edition, None, sources);
    let covers = pdf::covers(&edition);
    findings.extend(checks::run(&Context {
        edition: &edition,
        annex: &intake.annex,
        receipts: &intake.receipts,
        previous: None,
        covers: &covers,
    }));
    Report::new(&edition, findings)
}

/// `K502 03_企画部.xlsx「様式２　KPI」F7` for every finding of a severity.
fn places(report: &Report, severity: Severity) -> Vec<String> {
    let findings = report.findings.iter().filter(|finding| finding.severity == severity);
    findings.map(|finding| format!("{} {}", finding.rule.code, finding.place)).collect()
}

#[test]
fn the_example_edition_has_no_finding_above_info() {
    let report = report(&root().join("inputs/2025/submissions"));
    assert_eq!(places(&report, Severity::Error), Vec::<String>::new());
    assert_eq!(places(&report, Severity::Warning), Vec::<String>::new());
}

#[test]
fn the_public_editions_known_problems_are_found_and_nothing_else_is_an_error() {
    let near = root().join("../shared/reference/2025");
    let folder = std::env::var_os("BESSATSU_REFERENCE").map_or(near, PathBuf::from);
    if !folder.join("submissions").is_dir() {
        eprintln!("SKIPPED: no reference data at {} (set BESSATSU_REFERENCE)", folder.display());
        return;
    }
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
