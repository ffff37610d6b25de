//! `progress`: the KPIs over the years, as data or as a page.

use super::args::Progress;
use super::deliver::deliver;
use super::terminal::Terminal;
use super::{Failure, Outcome, Status, requests};
use crate::session::{Version, progress_of};

pub fn run(args: &Progress, terminal: &Terminal) -> Outcome {
    let format = requests::progress(args)?;
    let read = |path| terminal.read_version(path);
    let versions: Vec<Version> =
        args.editions.iter().map(|p| read(p)).collect::<Result<_, Failure>>()?;
    let stages = terminal.stages();
    let artifact = progress_of(&versions, format, &stages)?;
    drop(stages);
    deliver(args.out.as_deref(), &artifact, terminal)?;
    Ok(Status::Clean)
}
