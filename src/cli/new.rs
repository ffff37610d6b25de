//! `new`: an edition to start from, out of the binary alone or drawn from an office's own forms.

use super::args::New;
use super::terminal::Terminal;
use super::{Outcome, Status, words};
use crate::session::{self, FirstEdition};

pub fn run(args: &New, terminal: &Terminal) -> Outcome {
    let New { folder, from, blank, with_submissions, with_templates } = args;
    if from.is_empty() {
        session::write_example(folder, *blank, *with_templates)?;
        terminal.note(&words::example_made(folder, *blank));
        return Ok(Status::Clean);
    }
    let (with_submissions, with_templates) = (*with_submissions, *with_templates);
    let wanted = FirstEdition { folder, from, with_submissions, with_templates };
    let made = session::write_first(&wanted)?;
    terminal.note(&words::first_made(folder, &made));
    Ok(Status::Clean)
}
