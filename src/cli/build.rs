//! `build`: from the submissions to the papers.

use super::args::Build;
use super::terminal::Terminal;
use super::{Outcome, Status, requests, words};

pub fn run(args: &Build, terminal: &Terminal) -> Outcome {
    let paths = requests::paths(&args.build.edition)?;
    let mut session = requests::session(paths.clone(), "build");
    let stages = terminal.stages();
    let result = session.build(&requests::build(args, &paths)?, &stages)?;
    let times = stages.finish();
    terminal.print_report(&result.report, args.build.info);
    if let Some(against) = &result.against {
        terminal.note_reading(against);
    }
    if let Err(why) = result.written {
        terminal.note(&words::not_written(why));
    }
    terminal.note_text(&words::summary(session.paths(), &result, terminal.lang));
    if args.build.timings {
        terminal.note_text(&times.render(terminal.lang));
    }
    Ok(Status::of(&result.report))
}
