//! What is under way, for whoever watches: a spinner, a page, a table of times.

use std::time::{Duration, Instant};

use super::error::Error;

/// The parts of the work, in the order in which they are done. The last two of the papers are
/// made side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    Settings,
    Reading,
    Checking,
    /// The PDF.
    Typesetting,
    /// The workbook, the web page and the data.
    Data,
    Writing,
}

/// Is told of every stage as it begins and ends. Stages that run side by side tell of it from
/// threads of their own.
pub trait Observer: Sync {
    fn begins(&self, _stage: Stage) {}
    fn ended(&self, _stage: Stage, _took: Duration) {}
    /// A stage takes more than it may, and cannot be stopped: who can end the process ends it, from
    /// a thread of its own. Else the stage goes on.
    fn exhausted(&self, _why: &Error) {}
}

/// Nobody watches.
impl Observer for () {}

/// Does the work of a stage and tells of it.
pub(super) fn stage<T>(observer: &dyn Observer, stage: Stage, work: impl FnOnce() -> T) -> T {
    observer.begins(stage);
    let start = Instant::now();
    let result = work();
    observer.ended(stage, start.elapsed());
    result
}
