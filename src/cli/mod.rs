//! The command line: what was typed ([`args`]), what will be done ([`plan`]), one file per command.
//!
//! Printing, the clock, the environment and the file system belong here and nowhere else.
//! Exit status: 0 done and clean, 1 done with findings of severity error, 2 could not run.

mod args;
mod build;
mod check;
mod deliver;
mod diff;
mod explain;
mod files;
mod forms;
mod licenses;
mod load;
mod new;
mod output;
mod plan;
mod progress;
mod refusal;
mod returns;
mod status;
mod terminal;
mod text;
mod timings;
mod version;
mod watch;
mod workshop;

use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
use terminal::Terminal;

/// What a command ended with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    Clean,
    Findings,
}

/// Why a command could not run: a sentence for the user, in their language.
#[derive(Debug)]
struct CannotRun(String);

type Outcome = Result<Status, CannotRun>;

/// What is said where the fault is the program's own.
const INTERNAL: &str = "プログラムの誤りで処理が止まりました。前回の出力はそのままです。同じことが続くときは、入力のファイルを添えて開発者に知らせてください。";

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
        Err(error) => return refusal::exit(&error),
    };
    share_out_the_cores();
    let mut terminal = Terminal::new(args.lang, args.color, args.quiet);
    let run = || match &args.command {
        Command::Build(build) => build::run(build, &mut terminal),
        Command::Watch(watch) => watch::run(watch, &mut terminal),
        Command::Check(check) => check::run(check, &mut terminal),
        Command::Explain(explain) => explain::run(explain, &mut terminal),
        Command::Forms(forms) => forms::run(forms, &mut terminal),
        Command::Returns(returns) => returns::run(returns, &mut terminal),
        Command::Status(status) => status::run(status, &mut terminal),
        Command::Diff(diff) => diff::run(diff, &mut terminal),
        Command::New(new) => new::run(new, &mut terminal),
        Command::Progress(progress) => progress::run(progress, &mut terminal),
        Command::Text(text) => text::run(text, &mut terminal),
        Command::Licenses(_) => licenses::run(&mut terminal),
    };
    let outcome = panic::catch_unwind(AssertUnwindSafe(run));
    let outcome = outcome.unwrap_or_else(|_| Err(CannotRun(INTERNAL.to_owned())));
    let outcome = outcome.and_then(|status| match terminal.fault() {
        None => Ok(status),
        Some(error) => Err(CannotRun(format!("結果を出力できません（{}）。", output::why(error)))),
    });
    match outcome {
        Ok(Status::Clean) => ExitCode::SUCCESS,
        Ok(Status::Findings) => ExitCode::from(1),
        Err(CannotRun(why)) => {
            terminal.refuse(&why);
            ExitCode::from(2)
        }
    }
}
