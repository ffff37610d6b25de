//! `status`: who has submitted, who has not, how many findings each.

use super::args::{Status as Args, StatusFormat};
use super::deliver::deliver;
use super::terminal::Terminal;
use super::{Outcome, Status, requests};
use crate::diag::{Lang, Say};
use crate::session::{DepartmentStatus, EditionStatus, Error, Session, Submission};
use crate::text::columns::{pad, pad_start, widest};

pub fn run(args: &Args, terminal: &Terminal) -> Outcome {
    let mut session = Session::open(requests::paths(&args.edition)?);
    let checked = session.check(&())?;
    let Some(content) = &checked.content else {
        if args.format == StatusFormat::Json {
            return Err(Error::Settings { folder: session.paths().folder.clone() }.into());
        }
        terminal.print_report(&checked.report, false);
        return Ok(Status::Findings);
    };
    let status = EditionStatus::new(content, &checked.report);
    match args.format {
        StatusFormat::Text => {
            terminal.print(&table(&status.departments, terminal.lang));
            note_others(&status, terminal);
        }
        StatusFormat::Json => deliver(None, &status.json()?, terminal)?,
    }
    Ok(Status::of(&checked.report))
}

fn word(submission: Submission) -> Say {
    match submission {
        Submission::Read => Say::new("済", "read"),
        Submission::Unreadable => Say::new("読取不可", "unreadable"),
        Submission::Missing => Say::new("未提出", "missing"),
    }
}

/// That there are findings which are no department's.
fn note_others(status: &EditionStatus, terminal: &Terminal) {
    let (errors, warnings) = (status.other_errors, status.other_warnings);
    if errors + warnings > 0 {
        terminal.note(&say!(
            "このほか、どの部局のものでもない指摘がエラー {errors}件、警告 {warnings}件あります（bessatsu check で確かめてください）。\n",
            "Besides, {errors} errors and {warnings} warnings are of no department (see them with bessatsu check).\n"
        ));
    }
}

/// The rows in aligned columns with their sums below.
fn table(rows: &[DepartmentStatus], lang: Lang) -> String {
    let mut lines = vec![
        match lang {
            Lang::Ja => ["部局", "提出", "提出回", "施策", "KPI", "エラー", "警告"],
            Lang::En => {
                ["department", "submission", "round", "measures", "KPIs", "errors", "warnings"]
            }
        }
        .map(str::to_owned),
    ];
    for row in rows {
        lines.push([
            row.department.clone(),
            word(row.submission).get(lang).to_owned(),
            row.round.map_or_else(String::new, |round| round.to_string()),
            row.measures.to_string(),
            row.kpis.to_string(),
            row.errors.to_string(),
            row.warnings.to_string(),
        ]);
    }
    let sum = |of: fn(&DepartmentStatus) -> usize| rows.iter().map(of).sum::<usize>().to_string();
    lines.push([
        Say::new("計", "total").get(lang).to_owned(),
        format!("{}/{}", rows.iter().filter(|row| row.file.is_some()).count(), rows.len()),
        String::new(),
        sum(|row| row.measures),
        sum(|row| row.kpis),
        sum(|row| row.errors),
        sum(|row| row.warnings),
    ]);
    let widths: Vec<usize> =
        (0..7).map(|at| widest(lines.iter().map(|line| line[at].as_str()))).collect();
    let mut text = String::new();
    for line in &lines {
        let cells = line.iter().zip(&widths).enumerate().map(|(at, (cell, width))| {
            if at < 2 { pad(cell, *width) } else { pad_start(cell, *width) }
        });
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}
