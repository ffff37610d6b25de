//! `watch`: rebuilds what changed, as it changes.
//!
//! Events of the file system only wake it ([`events`]); what changed is seen by comparing
//! snapshots, so that a drive that tells of nothing is watched as well, and its own papers never
//! set it off. It looks until all is quiet: a save that is under way is not read.

mod delta;
mod events;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use super::args::Watch;
use super::stages::Times;
use super::terminal::Terminal;
use super::{Failure, Outcome, Status, papers, requests, words};
use crate::diag::Say;
use crate::report::Report;
use crate::session::{
    self, BuildRequest, BuildResult, Change, Session, Snapshot, SnapshotTaker, forget_layouts,
};
use crate::text::escape::visible;
use events::Events;

/// Without an event, this long until the next snapshot.
const PAUSE: Duration = Duration::from_secs(2);
/// Nothing may change for this long before anything is read.
const QUIET: Duration = Duration::from_millis(300);
/// A file that looks cut off is waited for this long; then it is what it is.
const PATIENCE: Duration = Duration::from_secs(3);

pub fn run(args: &Watch, terminal: &Terminal) -> Outcome {
    let paths = requests::paths(&args.build.edition)?;
    let mut events = Events::new().map_err(|error| {
        Failure::Usage(say!("見張りを始められません（{error}）。", "cannot watch ({error})."))
    })?;
    let against = args.build.against.as_deref();
    let mut taker = SnapshotTaker::new(&paths, against);
    let mut seen = taker.take();
    let request = requests::watch(&args.build, &paths);
    let session = requests::session(paths.clone(), "watch");
    let mut rebuilder =
        Rebuilder { args, request, terminal, session, last: None, ids_written: false };
    rebuilder.first()?;
    if rebuilder.ids_written {
        taker.renew_ids(&mut seen);
    }
    terminal.note(&Say::new(
        "変更を見張っています（終わるには Ctrl+C）。\n",
        "Watching for changes (Ctrl+C ends it).\n",
    ));
    let mut failed: Option<Say> = None;
    loop {
        events.listen_to(taker.folders());
        if events.wait(PAUSE) {
            break;
        }
        let snapshot = taker.take();
        if snapshot == seen && failed.is_none() {
            continue;
        }
        let Some(snapshot) = settle(&mut taker, &events, &seen, snapshot) else { break };
        let changes = seen.changes(&snapshot);
        seen = snapshot;
        if changes.is_empty() && failed.is_none() {
            continue;
        }
        if !changes.is_empty() {
            terminal.note(&named(&changes));
        }
        // What could not run is tried again with every snapshot, and told of once.
        failed = rebuilder.again().err().map(|failure| {
            let why = failure.say();
            if !changes.is_empty() || failed.as_ref() != Some(&why) {
                terminal.fail(&failure);
            }
            why
        });
        // Our own writing is to set nothing off.
        if rebuilder.ids_written {
            taker.renew_ids(&mut seen);
        }
    }
    terminal.note(&Say::new("見張りを終わりました。\n", "No longer watching.\n"));
    Ok(Status::Clean)
}

/// The files that changed, in a line.
fn named(changes: &[(Change, String)]) -> Say {
    let phrase = |(change, name): &(Change, String)| {
        let name = visible(name);
        match change {
            Change::Added => say!("追加 {name}", "added {name}"),
            Change::Changed => say!("変更 {name}", "changed {name}"),
            Change::Removed => say!("削除 {name}", "removed {name}"),
        }
    };
    let (ja, en): (Vec<_>, Vec<_>) =
        changes.iter().map(phrase).map(|Say { ja, en }| (ja, en)).unzip();
    Say::new(ja.join("、") + "\n", en.join(", ") + "\n")
}

/// Waits until nothing changes any more and no changed file looks cut off; `None` where the user
/// has had enough.
fn settle(
    taker: &mut SnapshotTaker,
    events: &Events,
    seen: &Snapshot,
    snapshot: Snapshot,
) -> Option<Snapshot> {
    let mut snapshot = snapshot;
    let mut quiet_since = Instant::now();
    loop {
        if events.sleep(QUIET) {
            return None;
        }
        let next = taker.take();
        if next != snapshot {
            (snapshot, quiet_since) = (next, Instant::now());
        } else if quiet_since.elapsed() > PATIENCE || !seen.is_torn_in(&snapshot) {
            return Some(snapshot);
        }
    }
}

/// The papers as they are made again and again, and what was said of them last.
struct Rebuilder<'a> {
    args: &'a Watch,
    request: BuildRequest,
    terminal: &'a Terminal,
    session: Session,
    last: Option<Report>,
    /// Whether the last build wrote the file of the ids.
    ids_written: bool,
}

impl Rebuilder<'_> {
    /// The first build, told of as `build` does it.
    fn first(&mut self) -> Result<(), Failure> {
        let (result, times) = self.build()?;
        self.terminal.print_report(&result.report, self.args.build.info);
        if let Err(why) = result.written {
            self.terminal.note(&words::not_written(why));
        }
        let lang = self.terminal.lang;
        self.terminal.note_text(&words::summary(self.session.paths(), &result, lang));
        self.ended(result, &times);
        Ok(())
    }

    /// A further build: what is new and what is fixed since the one before.
    fn again(&mut self) -> Result<(), Failure> {
        let (result, times) = self.build()?;
        let last = self.last.take().unwrap_or_default();
        let delta = result.report.since(&last);
        self.terminal.print_styled(&delta::render(&delta, self.terminal, self.args.build.info));
        match &result.written {
            Err(why) => self.terminal.note(&words::not_written(*why)),
            Ok(written) => written
                .iter()
                .filter(|paper| paper.is_new)
                .for_each(|paper| self.terminal.note(&papers::written(paper))),
        }
        self.ended(result, &times);
        Ok(())
    }

    fn ended(&mut self, result: BuildResult, times: &Times) {
        if self.args.build.timings {
            self.terminal.note_text(&times.render(self.terminal.lang));
        }
        let counts = result.report.counts();
        let (errors, warnings, infos) = (counts.error, counts.warning, counts.info);
        let seconds = times.whole.as_secs_f64();
        let Say { ja, en } = match result.written {
            Ok(_) => Say::new("作りました", "Built"),
            Err(_) => Say::new("点検しました", "Checked"),
        };
        self.terminal.note(&say!(
            "{ja}（{seconds:.2}秒）。エラー {errors}件、警告 {warnings}件、情報 {infos}件\n",
            "{en} ({seconds:.2} s). {errors} errors, {warnings} warnings, {infos} infos\n"
        ));
        self.last = Some(result.report);
        forget_layouts();
    }

    fn build(&mut self) -> Result<(BuildResult, Times), Failure> {
        let stages = self.terminal.stages();
        self.ids_written = false;
        // What is kept may be half made after a panic: all is made anew then.
        let outcome = catch_unwind(AssertUnwindSafe(|| self.session.build(&self.request, &stages)));
        let result: Result<BuildResult, session::Error> = outcome.map_err(|_| {
            self.session.reset();
            Failure::Internal
        })?;
        let (result, times) = (result?, stages.finish());
        self.ids_written = matches!(result.ids_written, Ok(true));
        if let Some(against) = &result.against {
            self.terminal.note_reading(against);
        }
        Ok((result, times))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_cannot_steer_the_terminal() {
        let changes = [(Change::Added, "\u{1b}[2J.xlsx".into()), (Change::Removed, "b".into())];
        assert_eq!(named(&changes).ja, "追加 <U+001B>[2J.xlsx、削除 b\n");
    }
}
