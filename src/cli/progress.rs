//! `progress`: the KPIs over the years, as data or as a page.

use super::args::Progress;
use super::deliver::{ContentType, deliver};
use super::terminal::Terminal;
use super::{Failure, Outcome, Status, requests};
use crate::session::{ProgressFormat, Version, progress_of};

pub fn run(args: &Progress, terminal: &Terminal) -> Outcome {
    let format = requests::progress(args)?;
    let read = |path| terminal.read_version(path);
    let versions: Vec<Version> =
        args.editions.iter().map(|p| read(p)).collect::<Result<_, Failure>>()?;
    let bytes = progress_of(&versions, format)?;
    let content = match format {
        ProgressFormat::Workbook => ContentType::Binary,
        ProgressFormat::Json | ProgressFormat::Html => ContentType::Data,
    };
    deliver(args.out.as_deref(), content, &bytes, terminal)?;
    Ok(Status::Clean)
}
