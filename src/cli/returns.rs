//! `returns`: each department's form back with its findings in it.

use super::args::Returns;
use super::terminal::Terminal;
use super::{Outcome, Status, requests, unsettled, words};

pub fn run(args: &Returns, terminal: &Terminal) -> Outcome {
    let mut session = requests::session(requests::paths(&args.edition)?, "returns");
    let out = args.out.clone().unwrap_or_else(|| session.paths().own_returns());
    session.paths().keeps_apart(&out)?;
    let checked = session.check(&())?;
    let Some(content) = &checked.content else {
        return unsettled(&checked.report, terminal);
    };
    let department = args.department.as_deref();
    let returned = session.write_returns(content, &checked.report, department, &out)?;
    words::returned(&returned).iter().for_each(|said| terminal.note(said));
    let nothing = returned.departments.is_empty();
    let report = checked.of_department(department)?;
    Ok(if nothing { Status::Clean } else { Status::of(&report) })
}
