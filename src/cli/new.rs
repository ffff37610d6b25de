//! `new`: an edition to start from, out of the binary alone.

use super::args::New;
use super::terminal::Terminal;
use super::{Outcome, Status};
use crate::session;

pub fn run(args: &New, terminal: &Terminal) -> Outcome {
    session::write_example(&args.folder, args.with_templates)?;
    let folder = args.folder.display();
    terminal.note(&say!(
        "見本の版を「{folder}」に用意しました。\n  edition.toml    別冊の題名、柱と分野、部局と課室など\n  submissions/    提出された様式（見本が入っています）\n作ってみるには: bessatsu build {folder}\n",
        "An example edition is in \"{folder}\".\n  edition.toml    title, pillars and categories, departments and sections\n  submissions/    the forms that came back (of the example)\nTo build it: bessatsu build {folder}\n"
    ));
    Ok(Status::Clean)
}
