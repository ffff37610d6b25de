//! `status`: who has submitted, who has not, how many findings each.

use super::args::{Status as Args, StatusFormat};
use super::deliver::deliver;
use super::terminal::Terminal;
use super::{Failure, Outcome, Status, receive, requests, unsettled};
use crate::session::{Error, Session, json_of_status, received_since, status_of};

pub fn run(args: &Args, terminal: &Terminal) -> Outcome {
    let mut session = Session::open(requests::paths(&args.edition)?);
    let checked = session.check(&())?;
    let Some(content) = &checked.content else {
        if args.format == StatusFormat::Json {
            return Err(Error::Settings { folder: session.paths().folder.clone() }.into());
        }
        return unsettled(&checked.report, terminal);
    };
    if let Some(since) = &args.since {
        let since = requests::moment(Some(since)).map_err(Failure::Usage)?;
        let said = receive::since(since, received_since(content, since));
        terminal.print(said.get(terminal.lang));
        return Ok(Status::Clean);
    }
    let department = args.department.as_deref();
    let status = status_of(session.paths(), content, &checked.report, department)?;
    match args.format {
        StatusFormat::Text => {
            terminal.print(&status.table(terminal.lang));
            status.others().iter().for_each(|others| terminal.note(others));
        }
        StatusFormat::Json => deliver(None, &json_of_status(&status)?, terminal)?,
    }
    Ok(Status::of(&checked.of_department(department)?))
}
