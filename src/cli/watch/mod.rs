//! `watch`: rebuilds what changed, as it changes.
//!
//! Events of the file system only wake it ([`alarm`]); what changed is seen by looking
//! ([`lookout`]), so that a drive that tells of nothing is watched as well, and its own papers
//! never set it off. It looks until all is quiet: a save that is under way is not read.

mod alarm;
mod lookout;
mod news;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use super::args::{BuildFormat, Watch};
use super::build::summary;
use super::check::render;
use super::load::Entries;
use super::plan::Plan;
use super::terminal::Terminal;
use super::timings::Timings;
use super::workshop::{Built, Order, Workshop};
use super::{CannotRun, Outcome, Status, output};
use crate::report::Report;
use alarm::Alarm;
use lookout::{Lookout, View};

/// Without an event, this long until the next look.
const LOOK: Duration = Duration::from_secs(2);
/// Nothing may change for this long before anything is read.
const QUIET: Duration = Duration::from_millis(300);
/// A file that looks cut off is waited for this long; then it is what it is.
const PATIENCE: Duration = Duration::from_secs(3);

pub fn run(args: &Watch, terminal: &mut Terminal) -> Outcome {
    let making = &args.making;
    let plan = Plan::find(&making.edition)?;
    plan.keeps_apart(&making.out)?;
    output::recover(&making.out)?;
    let mut alarm =
        Alarm::new().map_err(|error| CannotRun(format!("見張りを始められません（{error}）。")))?;
    let order = Order {
        plan: &plan,
        making,
        format: BuildFormat::Papers,
        pages: None,
        entries: Entries::Lasting,
    };
    let mut watcher = Watcher { order, terminal, workshop: Workshop::default(), last: None };
    let mut lookout = Lookout::new(&plan, making.against.as_deref());
    let mut seen = lookout.look();
    watcher.first()?;
    terminal.note("変更を見張っています（終わるには Ctrl+C）。\n");
    let mut failed: Option<String> = None;
    loop {
        alarm.watch(lookout.folders());
        if alarm.wait(LOOK) {
            break;
        }
        let view = lookout.look();
        if view == seen && failed.is_none() {
            continue;
        }
        let Some(view) = settle(&mut lookout, &alarm, &seen, view) else { break };
        let changes = seen.changes(&view);
        seen = view;
        if changes.is_empty() && failed.is_none() {
            continue;
        }
        if !changes.is_empty() {
            terminal.note(&format!("{}\n", changes.join("、")));
        }
        // What could not run is tried again at every look, and told of once.
        failed = match watcher.again() {
            Ok(()) => None,
            Err(CannotRun(why)) => {
                if !changes.is_empty() || failed.as_ref() != Some(&why) {
                    terminal.refuse(&why);
                }
                Some(why)
            }
        };
    }
    terminal.note("見張りを終わりました。\n");
    Ok(Status::Clean)
}

/// Waits until nothing changes any more and no changed file looks cut off; `None` where the user
/// has had enough.
fn settle(lookout: &mut Lookout, alarm: &Alarm, seen: &View, view: View) -> Option<View> {
    let mut view = view;
    let mut quiet_since = Instant::now();
    loop {
        if alarm.rest(QUIET) {
            return None;
        }
        let next = lookout.look();
        if next != view {
            (view, quiet_since) = (next, Instant::now());
        } else if quiet_since.elapsed() > PATIENCE || !seen.is_torn_in(&view) {
            return Some(view);
        }
    }
}

/// The papers as they are made again and again, and what was said of them last.
struct Watcher<'a> {
    order: Order<'a>,
    terminal: &'a Terminal,
    workshop: Workshop,
    last: Option<Report>,
}

impl Watcher<'_> {
    /// The first build, told of as `build` does it.
    fn first(&mut self) -> Result<(), CannotRun> {
        let (built, timings, duration) = self.build()?;
        self.terminal.print_styled(&render(&built.report, self.terminal, self.order.making.info));
        if let Err(held_back) = built.written {
            self.terminal.note(held_back.words());
        }
        self.terminal.note(&summary(self.order.plan, &built));
        self.ended(built, &timings, duration);
        Ok(())
    }

    /// A further build: what is new and what is mended since the one before.
    fn again(&mut self) -> Result<(), CannotRun> {
        let (built, timings, duration) = self.build()?;
        let last = self.last.take().unwrap_or_default();
        self.terminal.print_styled(&news::render(
            &last,
            &built.report,
            self.terminal,
            self.order.making.info,
        ));
        match &built.written {
            Err(held_back) => self.terminal.note(held_back.words()),
            Ok(written) => written
                .iter()
                .filter(|paper| paper.is_new)
                .for_each(|paper| self.terminal.note(&paper.line())),
        }
        self.ended(built, &timings, duration);
        Ok(())
    }

    fn ended(&mut self, built: Built, timings: &Timings, duration: Duration) {
        if self.order.making.timings {
            self.terminal.note(&timings.render(duration));
        }
        let counts = built.report.counts();
        let done = if built.written.is_ok() { "作りました" } else { "点検しました" };
        self.terminal.note(&format!(
            "{done}（{:.2}秒）。エラー {}件、警告 {}件、情報 {}件\n",
            duration.as_secs_f64(),
            counts.error,
            counts.warning,
            counts.info
        ));
        self.last = Some(built.report);
        self.workshop.tidy();
    }

    fn build(&mut self) -> Result<(Built, Timings, Duration), CannotRun> {
        let mut timings = Timings::default();
        // What is kept may be half made after a panic: all is made anew then.
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            self.workshop.build(&self.order, self.terminal, &mut timings)
        }));
        match outcome {
            Ok(built) => {
                let duration = timings.whole();
                Ok((built?, timings, duration))
            }
            Err(_) => {
                self.workshop = Workshop::default();
                Err(CannotRun(super::INTERNAL.to_owned()))
            }
        }
    }
}
