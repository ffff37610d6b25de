//! `check`: the findings.

use super::args::{Check, CheckFormat};
use super::deliver::deliver;
use super::terminal::Terminal;
use super::{Outcome, Status, requests};
use crate::publish::findings::{exceptions, sarif};
use crate::session::{self, Session};

pub fn run(args: &Check, terminal: &Terminal) -> Outcome {
    let stages = terminal.stages();
    let checked = Session::open(requests::paths(&args.edition)?).check(&stages)?;
    let report = checked.of_department(args.department.as_deref())?;
    drop(stages);
    match args.format {
        CheckFormat::Text => terminal.print_report(&report, args.info),
        CheckFormat::Json => deliver(None, &session::json_of(&report, terminal.lang)?, terminal)?,
        CheckFormat::Accept => {
            terminal.print_data(&exceptions::render(&report, args.info, terminal.lang));
        }
        CheckFormat::Sarif => terminal.print_data(&sarif::render(&report, terminal.lang)),
    }
    Ok(Status::of(&report))
}
