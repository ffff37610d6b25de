//! How long each stage took, for `--timings`.

use std::time::{Duration, Instant};

use crate::text::columns::{pad, widest};

/// Stages in the order they ended, with their durations.
#[derive(Debug)]
pub struct Timings {
    start: Instant,
    stages: Vec<(&'static str, Duration)>,
}

impl Default for Timings {
    fn default() -> Self {
        Self { start: Instant::now(), stages: Vec::new() }
    }
}

impl Timings {
    /// Runs a stage and remembers how long it took.
    pub fn stage<T>(&mut self, name: &'static str, run: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = run();
        self.stages.push((name, start.elapsed()));
        result
    }

    /// Adds a stage that was timed elsewhere, as those that run side by side are.
    pub fn add(&mut self, name: &'static str, duration: Duration) {
        self.stages.push((name, duration));
    }

    /// How long it took so far.
    pub fn whole(&self) -> Duration {
        self.start.elapsed()
    }

    /// A line per stage, and one for the whole, which is no sum: stages that ran side by side
    /// overlap.
    pub fn render(&self, whole: Duration) -> String {
        let stages = || self.stages.iter().copied().chain([("全体", whole)]);
        let width = widest(stages().map(|(name, _)| name));
        stages()
            .map(|(name, duration)| {
                let name = pad(name, width);
                format!("  {name} {:>8.1} ms\n", duration.as_secs_f64() * 1000.0)
            })
            .collect()
    }
}

/// Runs something and says how long it took.
pub fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = run();
    (result, start.elapsed())
}
