//! `status`: who has submitted, who has not, how many findings each.

use serde::Serialize;

use super::args::{Status as Args, StatusFormat};
use super::load::{self, Loaded};
use super::plan::Plan;
use super::terminal::Terminal;
use super::timings::Timings;
use super::{CannotRun, Outcome, Status, check};
use crate::diag::Severity;
use crate::model::Outcome as Reading;
use crate::text::columns::{pad, pad_start, widest};

/// What came from a department.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Submission {
    Read,
    Unreadable,
    Missing,
}

impl Submission {
    fn word(self) -> &'static str {
        match self {
            Self::Read => "済",
            Self::Unreadable => "読取不可",
            Self::Missing => "未提出",
        }
    }
}

/// A row of the table.
#[derive(Serialize)]
struct Row<'a> {
    department: &'a str,
    submission: Submission,
    /// The file that counts; absent where none was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    /// 提出回
    #[serde(skip_serializing_if = "Option::is_none")]
    round: Option<u32>,
    measures: usize,
    kpis: usize,
    errors: usize,
    warnings: usize,
}

pub fn run(args: &Args, terminal: &mut Terminal) -> Outcome {
    let plan = Plan::find(&args.edition)?;
    let loaded = match load::load(&plan, &mut Timings::default())? {
        Ok(loaded) => loaded,
        Err(_) if args.format == StatusFormat::Json => return Err(load::unsettled(&plan)),
        Err(report) => {
            terminal.print_styled(&check::render(&report, terminal, false));
            return Ok(Status::Findings);
        }
    };
    let rows: Vec<Row> = loaded.edition.departments.iter().map(|d| row(&loaded, &d.name)).collect();
    match args.format {
        StatusFormat::Text => {
            terminal.print(&table(&rows));
            terminal.note(&of_the_whole(&loaded));
        }
        StatusFormat::Json => {
            let json = serde_json::to_string_pretty(&rows)
                .map_err(|error| CannotRun(error.to_string()))?;
            terminal.print_data(&(json + "\n"));
        }
    }
    Ok(check::status(&loaded.report))
}

fn row<'a>(loaded: &'a Loaded, department: &'a str) -> Row<'a> {
    let receipt = loaded
        .intake
        .receipts
        .iter()
        .find(|r| r.department.as_deref() == Some(department) && r.outcome == Reading::Read);
    let count = |severity| {
        let own = loaded.report.findings.iter().filter(|f| f.department == department);
        own.filter(|f| f.severity == severity && f.accepted.is_none()).count()
    };
    let submission = match Reading::of(&loaded.intake.receipts, department) {
        None => Submission::Missing,
        Some(Reading::Read) => Submission::Read,
        Some(Reading::Unreadable | Reading::Superseded) => Submission::Unreadable,
    };
    Row {
        department,
        submission,
        file: receipt.map(|receipt| &*receipt.file),
        round: receipt.and_then(|receipt| receipt.round),
        measures: receipt.map_or(0, |receipt| receipt.measures),
        kpis: receipt.map_or(0, |receipt| receipt.kpis),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
    }
}

/// That there are findings which are no department's.
fn of_the_whole(loaded: &Loaded) -> String {
    let counts = |severity| {
        let whole = loaded.report.findings.iter().filter(|f| f.department.is_empty());
        whole.filter(|f| f.severity == severity && f.accepted.is_none()).count()
    };
    match (counts(Severity::Error), counts(Severity::Warning)) {
        (0, 0) => String::new(),
        (errors, warnings) => format!(
            "このほか、どの部局のものでもない指摘がエラー {errors}件、警告 {warnings}件あります（bessatsu check で確かめてください）。\n"
        ),
    }
}

/// The rows in aligned columns with their sums below.
fn table(rows: &[Row]) -> String {
    let mut lines =
        vec![["部局", "提出", "提出回", "施策", "KPI", "エラー", "警告"].map(str::to_owned)];
    for row in rows {
        lines.push([
            row.department.to_owned(),
            row.submission.word().to_owned(),
            row.round.map_or_else(String::new, |round| round.to_string()),
            row.measures.to_string(),
            row.kpis.to_string(),
            row.errors.to_string(),
            row.warnings.to_string(),
        ]);
    }
    let sum = |of: fn(&Row) -> usize| rows.iter().map(of).sum::<usize>().to_string();
    lines.push([
        "計".to_owned(),
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
