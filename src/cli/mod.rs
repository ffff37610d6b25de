//! The command line: what was typed ([`args`]), what will be done ([`requests`]), one file a
//! command. The work is the [`session`]'s; here are the terminal and the words.
//!
//! Exit status: 0 done and clean, 1 done with findings of severity error, 2 could not run.

mod args;
mod build;
mod check;
mod confirm;
mod correct;
mod deliver;
mod diff;
mod explain;
mod forms;
mod licenses;
mod new;
mod next;
mod papers;
mod progress;
mod receive;
mod requests;
mod returns;
mod stages;
mod status;
mod succession;
mod terminal;
mod text;
mod usage_error;
mod watch;
mod words;

use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
use terminal::Terminal;

use crate::diag::Say;
use crate::report::Report;
use crate::session;

/// What a command ended with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    Clean,
    Findings,
}

impl Status {
    fn of(report: &Report) -> Self {
        if report.is_blocked() { Self::Findings } else { Self::Clean }
    }
}

/// Why a command could not run.
#[derive(Debug)]
enum Failure {
    Session(session::Error),
    /// What was typed cannot be done.
    Usage(Say),
    /// The result could not be written to standard output.
    Output(io::Error),
    /// The program itself is at fault.
    Internal,
}

impl Failure {
    fn say(&self) -> Say {
        match self {
            Self::Session(error) => words::error(error),
            Self::Usage(why) => why.clone(),
            Self::Output(error) => {
                let Say { ja, en } = words::why_unwritable(error);
                say!("結果を出力できません（{ja}）。", "cannot write the result ({en}).")
            }
            Self::Internal => words::internal_fault(),
        }
    }
}

impl From<session::Error> for Failure {
    fn from(error: session::Error) -> Self {
        Self::Session(error)
    }
}

impl From<Say> for Failure {
    fn from(why: Say) -> Self {
        Self::Usage(why)
    }
}

type Outcome = Result<Status, Failure>;

/// Of an edition whose settings cannot be read there is nothing to say but why.
fn unsettled(report: &Report, terminal: &Terminal) -> Outcome {
    terminal.print_report(report, false);
    Ok(Status::Findings)
}

/// Pillars are laid out side by side, and an annex has three. On two cores, three threads share
/// them evenly, where of two the one that is done first would wait for the other.
const FEWEST_THREADS: usize = 3;

fn share_out_the_cores() {
    if std::env::var_os("RAYON_NUM_THREADS").is_none() {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let threads = cores.max(FEWEST_THREADS);
        // It fails where they are shared out already, which is as well.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    }
}

/// Runs the program on the process's arguments.
pub fn main() -> ExitCode {
    // A panic of a dependency is contained and told of in our own words; its text is for those
    // who look for the fault.
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        panic::set_hook(Box::new(|_| {}));
    }
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return usage_error::exit(&error),
    };
    share_out_the_cores();
    let mut terminal = Terminal::new(args.lang, args.color, args.quiet);
    let run = || match &args.command {
        Command::Build(build) => build::run(build, &terminal),
        Command::Watch(watch) => watch::run(watch, &terminal),
        Command::Check(check) => check::run(check, &terminal),
        Command::Correct(correct) => correct::run(correct, &terminal),
        Command::Explain(explain) => explain::run(explain, &terminal),
        Command::Forms(forms) => forms::run(forms, &terminal),
        Command::Receive(receive) => receive::run(receive, &terminal),
        Command::Confirm(confirm) => confirm::run(confirm, &terminal),
        Command::Returns(returns) => returns::run(returns, &terminal),
        Command::Status(status) => status::run(status, &terminal),
        Command::Diff(diff) => diff::run(diff, &terminal),
        Command::New(new) => new::run(new, &terminal),
        Command::Progress(progress) => progress::run(progress, &terminal),
        Command::Text(text) => text::run(text, &terminal),
        Command::Licenses(_) => licenses::run(&terminal),
    };
    let outcome = panic::catch_unwind(AssertUnwindSafe(run));
    let outcome = outcome.unwrap_or(Err(Failure::Internal));
    let outcome = match terminal.take_fault() {
        Some(error) if outcome.is_ok() => Err(Failure::Output(error)),
        _ => outcome,
    };
    match outcome {
        Ok(Status::Clean) => ExitCode::SUCCESS,
        Ok(Status::Findings) => ExitCode::from(1),
        Err(failure) => {
            terminal.fail(&failure);
            ExitCode::from(2)
        }
    }
}
