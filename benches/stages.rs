//! The stages of a build, each on editions of 1, 10 and 100 times the example's entries.
//!
//! `cargo bench` prints them side by side: read the ratios, not the times, for machines differ
//! and are noisy. `cargo bench -- '\b1$'` runs the smallest alone. The hundredfold edition
//! takes minutes and some gigabytes; `benches/compare` measures the whole.

#[path = "../tests/integration/support"]
mod support {
    pub mod example;
    pub mod larger;
}

use std::sync::OnceLock;

use bessatsu::checks::{self, Context};
use bessatsu::compare::compare;
use bessatsu::edition::{self, Edition};
use bessatsu::intake::{self, Intake, Source};
use bessatsu::publish::{data, pdf, web, workbook};
use bessatsu::report::Report;
use bessatsu::schema::keys;
use divan::{Bencher, black_box};

use support::larger::Larger;

const TIMES: [usize; 3] = [1, 10, 100];

fn main() {
    divan::main();
}

/// An edition as every stage finds it.
struct Case {
    settings: String,
    edition: Edition,
    sources: Vec<Source>,
    intake: Intake,
}

impl Case {
    fn new(times: usize) -> Self {
        let larger = Larger::new(times);
        let source = |(name, bytes): (String, Vec<u8>)| {
            let name = name.into();
            Source { name, bytes: Ok(bytes) }
        };
        let sources: Vec<Source> = larger.submissions().into_iter().map(source).collect();
        let intake = intake::run(&larger.edition, None, sources.clone());
        Self { settings: larger.settings, edition: larger.edition, sources, intake }
    }

    /// The case of a size, made once.
    fn of(times: usize) -> &'static Self {
        static CASES: [OnceLock<Case>; TIMES.len()] = [const { OnceLock::new() }; TIMES.len()];
        let index = TIMES.iter().position(|known| *known == times);
        CASES[index.expect("a size of the benches")].get_or_init(|| Case::new(times))
    }

    fn context<'a>(&'a self, covers: &'a (dyn Fn(char) -> bool + Sync)) -> Context<'a> {
        let Intake { annex, receipts, .. } = &self.intake;
        Context::new(&self.edition, annex, receipts, None, covers)
    }
}

#[divan::bench(args = TIMES, max_time = 5)]
fn settings(bencher: Bencher, times: usize) {
    let case = Case::of(times);
    bencher.bench(|| edition::parse("edition.toml", black_box(&case.settings)));
}

#[divan::bench(args = TIMES, max_time = 10)]
fn read_and_normalise(bencher: Bencher, times: usize) {
    let case = Case::of(times);
    let sources = || case.sources.clone();
    bencher.with_inputs(sources).bench_values(|files| intake::run(&case.edition, None, files));
}

#[divan::bench(args = TIMES, max_time = 10)]
fn check(bencher: Bencher, times: usize) {
    let case = Case::of(times);
    let covers = pdf::covers(&case.edition);
    let context = case.context(&covers);
    bencher.bench(|| checks::run(black_box(&context)));
}

#[divan::bench(args = TIMES, max_time = 10)]
fn compare_with_itself(bencher: Bencher, times: usize) {
    let annex = &Case::of(times).intake.annex;
    bencher.bench(|| compare(black_box(annex), black_box(annex)));
}

/// Cold: comemo's memory is emptied before every run.
#[divan::bench(args = TIMES, sample_count = 5, sample_size = 1)]
fn typeset(bencher: Bencher, times: usize) {
    let case = Case::of(times);
    bencher.with_inputs(|| comemo::evict(0)).bench_values(|()| {
        pdf::render(&case.edition, &case.intake.annex, &pdf::Options::default())
    });
}

#[divan::bench(args = TIMES, max_time = 10)]
fn write_workbook(bencher: Bencher, times: usize) {
    let case = Case::of(times);
    let report = Report::new(&case.edition, Vec::new());
    bencher.bench(|| workbook::render(&case.edition, &case.intake.annex, &report));
}

#[divan::bench(args = TIMES, max_time = 10)]
fn write_page(bencher: Bencher, times: usize) {
    let case = Case::of(times);
    bencher.bench(|| web::render(&case.edition, black_box(&case.intake.annex), None));
}

#[divan::bench(args = TIMES, max_time = 5)]
fn write_json(bencher: Bencher, times: usize) {
    let annex = &Case::of(times).intake.annex;
    bencher.bench(|| data::json(black_box(annex)).into_text().unwrap());
}

#[divan::bench(args = TIMES, max_time = 5)]
fn write_csv(bencher: Bencher, times: usize) {
    let annex = &Case::of(times).intake.annex;
    bencher.bench(|| data::datapackage::render(black_box(annex)));
}

/// The example with every overview rewritten, compared by ids and, as is slowest, without any.
#[divan::bench(args = [true, false])]
fn compare_two_editions(bencher: Bencher, ids: bool) {
    let mut old = Case::of(1).intake.annex.clone();
    if !ids {
        old.measures.iter_mut().for_each(|measure| measure.stated_id = None);
        old.kpis.iter_mut().for_each(|kpi| kpi.stated_id = None);
    }
    let mut new = old.clone();
    for measure in &mut new.measures {
        measure.name.value.push_str("（拡充）");
        measure.value_mut(keys::OVERVIEW).value.insert_str(0, "県内全域で、");
    }
    bencher.bench(|| compare(black_box(&old), black_box(&new)));
}
