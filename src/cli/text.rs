//! `text`: the annex as lines, so that `git diff` can show what changed in a workbook.

use super::args::Text;
use super::terminal::Terminal;
use super::{Outcome, Status, version};
use crate::publish::data;

pub fn run(args: &Text, terminal: &mut Terminal) -> Outcome {
    // `git diff` shows old workbooks too, as far as they can be read.
    let (version, _) = version::read_what_is_there(&args.version, terminal)?;
    terminal.print(&data::lines(&version.annex));
    Ok(Status::Clean)
}
