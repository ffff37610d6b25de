//! `diff`: what changed between two versions, in every form that reviewers use.

use super::args::Diff;
use super::deliver::deliver;
use super::terminal::Terminal;
use super::{Outcome, Status, requests};
use crate::diag::Say;
use crate::session::compare_versions;

/// 0 no change, 1 changes.
pub fn run(args: &Diff, terminal: &Terminal) -> Outcome {
    let format = requests::comparison(args, terminal)?;
    let (old, new) = (terminal.read_version(&args.old)?, terminal.read_version(&args.new)?);
    let stages = terminal.stages();
    let compared = compare_versions(&old, &new, format, &stages)?;
    drop(stages);
    for finding in &compared.findings {
        let Say { ja, en } = &finding.message;
        terminal.note(&say!("注意: {ja}\n", "note: {en}\n"));
    }
    deliver(args.out.as_deref(), &compared.artifact, terminal)?;
    Ok(if compared.is_changed { Status::Findings } else { Status::Clean })
}
