//! `correct`: a correction of the secretariat's, written into `corrections.toml`.

use super::args::Correct;
use super::terminal::Terminal;
use super::{Outcome, Status, requests, words};
use crate::session::{CorrectResult, Session};

pub fn run(args: &Correct, terminal: &Terminal) -> Outcome {
    let mut session = Session::open(requests::paths_of_correction(args)?);
    let result = session.correct(&requests::correction(args))?;
    match &result {
        CorrectResult { written: Some(path), corrections, .. } => {
            terminal.print(words::corrected(path, corrections).get(terminal.lang));
            Ok(Status::Clean)
        }
        CorrectResult { written: None, report, .. } => {
            terminal.print_report(report, true);
            terminal.note(&words::not_corrected());
            Ok(Status::Findings)
        }
    }
}
