//! `forms`: the forms to send out, of this edition, of the one after it, or for its results.

use super::args::Forms;
use super::terminal::Terminal;
use super::{Outcome, Status, next, papers, requests};

pub fn run(args: &Forms, terminal: &Terminal) -> Outcome {
    let mut session = requests::session(requests::paths(&args.edition)?, "forms");
    if let Some(folder) = &args.next {
        terminal.note(&next::begun(folder, &session.write_next(folder, args.force)?));
        return Ok(Status::Clean);
    }
    if let Some(folder) = &args.progress {
        terminal.note(&next::begun_results(folder, &session.write_results(folder, args.force)?));
        return Ok(Status::Clean);
    }
    if let Some(table) = &args.reorganisation {
        let read = session.reorganise(table)?;
        if !read.report.findings.is_empty() {
            terminal.print_report(&read.report, false);
        }
        terminal.note(&next::reorganised(&read));
        if read.report.is_blocked() {
            return Ok(Status::Findings);
        }
    }
    let out = args.out.clone().unwrap_or_else(|| session.paths().own_forms());
    let made = session.write_forms(args.department.as_deref(), &out, args.force)?;
    papers::forms_made(&made).iter().for_each(|said| terminal.note(said));
    Ok(Status::Clean)
}
