//! The stages of the work as they go by: a spinner for who waits, and times for `--timings`.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::ProgressBar;

use super::terminal;
use super::words;
use crate::diag::{Lang, Say};
use crate::session::{self, Observer, Stage};
use crate::text::columns::{pad, widest};

/// Shows what is under way, where somebody watches, and how long each stage took.
pub struct Stages {
    start: Instant,
    bar: Option<ProgressBar>,
    lang: Lang,
    times: Mutex<BTreeMap<Stage, Duration>>,
}

/// How long the stages took, and the whole.
pub struct Times {
    stages: BTreeMap<Stage, Duration>,
    pub whole: Duration,
}

impl Stages {
    /// `bar` is the spinner, where there is one.
    pub fn new(bar: Option<ProgressBar>, lang: Lang) -> Self {
        Self { start: Instant::now(), bar, lang, times: Mutex::default() }
    }

    /// Ends the work: the spinner vanishes.
    pub fn finish(self) -> Times {
        let times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        Times { stages: times.clone(), whole: self.start.elapsed() }
    }
}

impl Observer for Stages {
    fn begins(&self, stage: Stage) {
        if let Some(bar) = &self.bar {
            bar.set_message(doing(stage).get(self.lang).to_owned());
        }
    }

    fn ended(&self, stage: Stage, took: Duration) {
        self.times.lock().unwrap_or_else(PoisonError::into_inner).insert(stage, took);
    }

    fn exhausted(&self, why: &session::Error) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        terminal::refuse(&words::error(why), self.lang);
        std::process::exit(2);
    }
}

impl Drop for Stages {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

impl Times {
    /// A line per stage, and one for the whole, which is no sum: stages that ran side by side
    /// overlap.
    pub fn render(&self, lang: Lang) -> String {
        let stages = self.stages.iter().map(|(stage, time)| (name(*stage), *time));
        let lines: Vec<(Say, Duration)> =
            stages.chain([(Say::new("全体", "whole"), self.whole)]).collect();
        let width = widest(lines.iter().map(|(name, _)| name.get(lang)));
        lines
            .iter()
            .map(|(name, time)| {
                let name = pad(name.get(lang), width);
                format!("  {name} {:>8.1} ms\n", time.as_secs_f64() * 1000.0)
            })
            .collect()
    }
}

fn name(stage: Stage) -> Say {
    match stage {
        Stage::Settings => Say::new("設定", "settings"),
        Stage::Reading => Say::new("読込", "reading"),
        Stage::Checking => Say::new("点検", "checking"),
        Stage::Typesetting => Say::new("組版", "typesetting"),
        Stage::Data => Say::new("ブックとデータ", "workbook and data"),
        Stage::Writing => Say::new("書込", "writing"),
    }
}

/// What a person who waits is told.
fn doing(stage: Stage) -> Say {
    match stage {
        Stage::Settings | Stage::Reading => Say::new("様式を読んでいます", "reading the forms"),
        Stage::Checking => Say::new("点検しています", "checking"),
        Stage::Typesetting | Stage::Data => Say::new("版面を組んでいます", "typesetting"),
        Stage::Writing => Say::new("書き出しています", "writing"),
    }
}
