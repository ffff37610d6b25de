//! `check`: the findings.

use super::args::{Check, CheckFormat};
use super::load;
use super::plan::Plan;
use super::terminal::Terminal;
use super::timings::Timings;
use super::{Outcome, Status};
use crate::publish::findings::{json, sarif, text};
use crate::report::Report;

pub fn run(args: &Check, terminal: &mut Terminal) -> Outcome {
    let plan = Plan::find(&args.edition)?;
    let progress = terminal.progress(&say!("点検しています", "checking"));
    let report = match load::load(&plan, &mut Timings::default())? {
        Ok(loaded) => loaded.report,
        Err(report) => report,
    };
    drop(progress);
    match args.format {
        CheckFormat::Text => terminal.print_styled(&render(&report, terminal, args.info)),
        CheckFormat::Json => terminal.print_data(&json::render(&report, terminal.lang)),
        CheckFormat::Sarif => terminal.print_data(&sarif::render(&report, terminal.lang)),
    }
    Ok(status(&report))
}

/// The findings as a clerk reads them.
pub fn render(report: &Report, terminal: &Terminal, info: bool) -> String {
    text::render(report, &text::Options { lang: terminal.lang, color: terminal.colored(), info })
}

pub fn status(report: &Report) -> Status {
    if report.is_blocked() { Status::Findings } else { Status::Clean }
}
