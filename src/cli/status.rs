//! `status`: who has submitted, who has not, how many findings each.

use super::args::{Status as Args, StatusFormat};
use super::deliver::deliver;
use super::terminal::Terminal;
use super::{Failure, Outcome, Status, receive, requests, unsettled};
use crate::session::{
    Artifact, ContentType, Error, Session, json_of_status, received_since, status_of,
    workbook_of_status,
};

pub fn run(args: &Args, terminal: &Terminal) -> Outcome {
    let format = requests::status(args)?;
    let at = requests::moment(args.at.as_deref())?;
    let mut session = Session::open(requests::paths(&args.edition)?);
    let checked = session.check(&())?;
    let Some(content) = &checked.content else {
        if format != StatusFormat::Text {
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
    let status = status_of(session.paths(), content, &checked.report, department, at)?;
    let out = args.out.as_deref();
    match format {
        StatusFormat::Text => {
            let table = status.table(terminal.lang).into_bytes();
            let table = Artifact::new("status.txt", ContentType::PlainText, table);
            deliver(out, &table, terminal)?;
            status.others().iter().for_each(|others| terminal.note(others));
        }
        StatusFormat::Json => deliver(out, &json_of_status(&status)?, terminal)?,
        StatusFormat::Xlsx => {
            deliver(out, &workbook_of_status(&content.edition, &status)?, terminal)?;
        }
    }
    Ok(Status::of(&checked.of_department(department)?))
}
