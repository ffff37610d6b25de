//! `text`: the annex as lines, so that `git diff` can show what changed in a workbook.

use super::args::Text;
use super::terminal::Terminal;
use super::{Outcome, Status};
use crate::session::Version;

pub fn run(args: &Text, terminal: &Terminal) -> Outcome {
    // `git diff` shows old workbooks too, as far as they can be read.
    let version = Version::read_what_is_there(&args.version)?;
    terminal.note_reading(&version);
    terminal.print(&version.lines());
    Ok(Status::Clean)
}
