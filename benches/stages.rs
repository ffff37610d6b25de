//! The stages of a build, each on the example edition.
//!
//! `cargo bench --bench stages` prints them side by side: read the ratios, not the times, for
//! machines differ and are noisy.

use std::path::PathBuf;
use std::sync::Arc;

use bessatsu::edition::{self, Edition};
use bessatsu::intake::{self, Intake, Source};
use bessatsu::proof::checks::{self, Context};
use bessatsu::proof::compare::compare;
use bessatsu::proof::report::Report;
use bessatsu::publish::{data, pdf, workbook};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("inputs/2025")
}

fn settings() -> Edition {
    let text = std::fs::read_to_string(folder().join("edition.toml")).expect("settings");
    edition::parse("edition.toml", &text).0.expect("an edition")
}

fn sources() -> Vec<Source> {
    let mut sources: Vec<Source> = std::fs::read_dir(folder().join("submissions"))
        .expect("submissions")
        .map(|entry| {
            let path = entry.expect("entry").path();
            let name: Arc<str> = path.file_name().expect("name").to_string_lossy().into();
            Source { name, bytes: std::fs::read(&path).map_err(|error| error.to_string()) }
        })
        .collect();
    sources.sort_by(|a, b| a.name.cmp(&b.name));
    sources
}

fn intake() -> (Edition, Intake) {
    let edition = settings();
    let intake = intake::run(&edition, None, sources());
    (edition, intake)
}

#[divan::bench]
fn read_and_normalise(bencher: Bencher) {
    let edition = settings();
    bencher.with_inputs(sources).bench_values(|sources| intake::run(&edition, None, sources));
}

#[divan::bench]
fn check(bencher: Bencher) {
    let (edition, intake) = intake();
    let covers = pdf::covers(&edition);
    bencher.bench(|| {
        checks::run(black_box(&Context {
            edition: &edition,
            annex: &intake.annex,
            receipts: &intake.receipts,
            previous: None,
            covers: &covers,
        }))
    });
}

/// Cold: comemo's memory is emptied before every run.
#[divan::bench(sample_count = 10)]
fn typeset(bencher: Bencher) {
    let (edition, intake) = intake();
    bencher
        .with_inputs(|| comemo::evict(0))
        .bench_values(|()| pdf::render(&edition, &intake.annex, &pdf::Options::default()));
}

#[divan::bench]
fn write_workbook(bencher: Bencher) {
    let (edition, intake) = intake();
    let report = Report::new(&edition, Vec::new());
    bencher.bench(|| workbook::render(&edition, &intake.annex, &report));
}

/// The example with every overview rewritten, compared by ids and, as is slowest, without any.
#[divan::bench(args = [true, false])]
fn compare_two_editions(bencher: Bencher, ids: bool) {
    let (_, intake) = intake();
    let mut old = intake.annex;
    if !ids {
        old.measures.iter_mut().for_each(|measure| measure.stated_id = None);
        old.kpis.iter_mut().for_each(|kpi| kpi.stated_id = None);
    }
    let mut new = old.clone();
    for measure in &mut new.measures {
        measure.name.value.push_str("（拡充）");
        measure.overview.value.insert_str(0, "県内全域で、");
    }
    bencher.bench(|| compare(black_box(&old), black_box(&new)));
}

#[divan::bench]
fn write_json(bencher: Bencher) {
    let (_, intake) = intake();
    bencher.bench(|| data::json(black_box(&intake.annex)));
}
