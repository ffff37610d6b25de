//! `returns`: each department's form back with its findings in it.

use super::args::Returns;
use super::terminal::Terminal;
use super::{Outcome, Status, requests, words};
use crate::diag::Say;
use crate::session::{Outdated, Session};

pub fn run(args: &Returns, terminal: &Terminal) -> Outcome {
    let mut session = Session::open(requests::paths(&args.edition)?);
    session.paths().keeps_apart(&args.out)?;
    let checked = session.check(&())?;
    let Some(content) = &checked.content else {
        terminal.print_report(&checked.report, false);
        return Ok(Status::Findings);
    };
    let returned = session.write_returns(content, &checked.report, &args.out)?;
    returned.outdated.iter().for_each(|outdated| note_outdated(outdated, terminal));
    let departments = returned.departments.len();
    if departments == 0 {
        let nothing = "部局に差し戻すものはありません。\n";
        terminal.note(&Say::new(nothing, "There is nothing to send back.\n"));
        return Ok(Status::Clean);
    }
    terminal.note(&say!(
        "{departments}部局に送るファイルを作りました。\n",
        "Files for {departments} departments made.\n"
    ));
    returned.written.iter().for_each(|paper| terminal.note(&words::written(paper)));
    Ok(Status::of(&checked.report))
}

/// What was sent back before and is right now is not to be sent again.
fn note_outdated(outdated: &Outdated, terminal: &Terminal) {
    let (department, form) = (&outdated.department, outdated.form.display());
    terminal.note(&say!(
        "{department}には、いま差し戻すものがありません。「{form}」は前に作ったものです。\n",
        "There is nothing to send back to {department} now; \"{form}\" was made before.\n"
    ));
}
