//! Runs a property: so many cases, the same in every run, or so long.
//!
//! `BESSATSU_LONG` is the number of seconds, `BESSATSU_SEED` chooses the inputs.

use std::panic;
use std::sync::{Mutex, Once, PoisonError};
use std::time::{Duration, Instant};

use bessatsu::model::{ObservationKind, Receipt};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// Cases between two looks at the clock.
const BATCH: u32 = 16;
/// How long the least failing input is looked for.
const SHRINK_MILLISECONDS: u32 = 20_000;

/// Where code of ours panicked, though it may have been contained.
static PANICS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Tries the property on inputs of the strategy.
pub fn hold<S: Strategy>(
    cases: u32,
    strategy: S,
    property: impl Fn(S::Value) -> Result<(), TestCaseError>,
) {
    watch_panics();
    let number = |name| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let seed = number("BESSATSU_SEED").unwrap_or(0);
    let long = number("BESSATSU_LONG").map(Duration::from_secs);
    let start = Instant::now();
    let mut tried = 0;
    let more = |tried| long.map_or(tried < cases, |long| start.elapsed() < long);
    while more(tried) {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        bytes[8..12].copy_from_slice(&tried.to_le_bytes());
        let config = Config {
            cases: if long.is_some() { BATCH } else { BATCH.min(cases - tried) },
            failure_persistence: None,
            max_shrink_time: SHRINK_MILLISECONDS,
            ..Config::default()
        };
        tried += config.cases;
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        if let Err(error) = TestRunner::new_with_rng(config, rng).run(&strategy, &property) {
            panic!("BESSATSU_SEED={seed}: {error}");
        }
    }
    println!("{tried} cases in {:.1} s", start.elapsed().as_secs_f64());
}

/// Fails where it was code of ours that panicked over a file. A panic in a dependency is
/// contained and becomes a finding; one of ours is contained too, and a fault all the same.
pub fn no_panic_of_ours(receipt: &Receipt) -> Result<(), TestCaseError> {
    if receipt.observations.iter().any(|observation| observation.kind == ObservationKind::Panicked)
    {
        let panics = std::mem::take(&mut *PANICS.lock().unwrap_or_else(PoisonError::into_inner));
        prop_assert!(panics.is_empty(), "{}", panics.join("\n"));
    }
    Ok(())
}

/// Notes every panic in `src/`, says nothing of those in dependencies, and leaves the others to
/// the usual hook.
fn watch_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let place = info.location().map_or("", |location| location.file());
            if place.starts_with("src/") {
                PANICS.lock().unwrap_or_else(PoisonError::into_inner).push(info.to_string());
            } else if place.starts_with("tests/") {
                usual(info);
            }
        }));
    });
}
