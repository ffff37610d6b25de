//! `confirm`: a department's part for its approval, and the answer.

use super::args::Confirm;
use super::deliver::deliver;
use super::terminal::Terminal;
use super::{Failure, Outcome, Status, requests};
use crate::diag::Say;
use crate::session::Confirmed;

pub fn run(args: &Confirm, terminal: &Terminal) -> Outcome {
    let mut session = requests::session(requests::paths(&args.edition)?, "confirm");
    let Some(by) = &args.by else {
        let format = requests::confirmation(args)?;
        let stages = terminal.stages();
        let (_, paper) = session.paper_to_confirm(&args.department, format, &stages)?;
        drop(stages);
        deliver(args.out.as_deref(), &paper, terminal)?;
        return Ok(Status::Clean);
    };
    if by.trim().is_empty() {
        return Err(Failure::Usage(Say::new(
            "--by に、確認した人の氏名を書いてください。",
            "say with --by who confirmed it.",
        )));
    }
    let at = requests::moment(args.at.as_deref()).map_err(Failure::Usage)?;
    let confirmed = session.confirm(&args.department, by.trim(), at)?;
    let (Confirmed { department, by, .. }, at) = (&confirmed, at.shown());
    let said = say!(
        "{department}の確認を記録しました（{by}、{at}）。\n",
        "the confirmation of {department} is taken down ({by}, {at}).\n"
    );
    terminal.print(said.get(terminal.lang));
    Ok(Status::Clean)
}
