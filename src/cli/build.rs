//! `build`: from the submissions to the papers.

use super::args::Build;
use super::check::{render, status};
use super::load::{self, Loaded};
use super::output::{self, Outputs};
use super::plan::Plan;
use super::terminal::Terminal;
use super::timings::{Timings, timed};
use super::{CannotRun, Outcome, Status};
use crate::diag::{Finding, Severity};
use crate::proof::report::Report;
use crate::publish::{data, pdf, workbook};

pub fn run(args: &Build, terminal: &mut Terminal) -> Outcome {
    let plan = Plan::find(&args.edition)?;
    output::recover(&args.out)?;
    let mut timings = Timings::default();
    let progress = terminal.progress(&say!("様式を読んでいます", "reading the forms"));
    let mut loaded = match load::load(&plan, &mut timings)? {
        Ok(loaded) => loaded,
        Err(report) => {
            drop(progress);
            return Ok(stop(&report, args, terminal));
        }
    };
    if loaded.report.is_blocked() && !args.draft {
        drop(progress);
        return Ok(stop(&loaded.report, args, terminal));
    }
    progress.now(&say!("版面を組んでいます", "typesetting"), terminal.lang);
    let papers = papers(&loaded, args, &mut timings)?;
    if !papers.findings.is_empty() {
        loaded.findings.extend(papers.findings);
        loaded.report = Report::new(&loaded.edition, loaded.findings.clone());
    }
    let Some(outputs) = papers.outputs else {
        drop(progress);
        return Ok(stop(&loaded.report, args, terminal));
    };
    let written = timings.stage("書込", || outputs.write(&args.out))?;
    drop(progress);
    terminal.print(&render(&loaded.report, terminal, args.info));
    terminal.note(&summary(&loaded, &written));
    if args.timings {
        terminal.note(&timings.render());
    }
    Ok(status(&loaded.report))
}

/// Nothing is written: says why, and that the earlier papers are as they were.
fn stop(report: &Report, args: &Build, terminal: &Terminal) -> Status {
    terminal.print(&render(report, terminal, args.info));
    terminal.note(
        "エラーの指摘があるため、何も書き出していません（前回の出力はそのままです）。\n\
         様式を直すか、案として作るときは --draft を付けてください。\n",
    );
    Status::Findings
}

struct Papers {
    /// `None` where one of them could not be made; a finding says why.
    outputs: Option<Outputs>,
    findings: Vec<Finding>,
}

/// Makes every paper: the PDF on one core, the rest on another.
fn papers(loaded: &Loaded, args: &Build, timings: &mut Timings) -> Result<Papers, CannotRun> {
    let (edition, annex) = (&loaded.edition, &loaded.intake.annex);
    let options =
        pdf::Options { draft: args.draft.then(|| loaded.report.blocking()), ..Default::default() };
    let (((pages, findings), pdf_time), ((workbook, json), rest_time)) = rayon::join(
        || timed(|| pdf::render(edition, annex, &options)),
        || timed(|| (workbook::render(edition, annex, &loaded.report), data::json(annex))),
    );
    timings.add("組版", pdf_time);
    timings.add("集約ブックとデータ", rest_time);
    let workbook =
        workbook.map_err(|error| CannotRun(format!("集約ブックを作れません（{error}）。")))?;
    let failed = findings.iter().any(|finding| finding.severity == Severity::Error);
    let outputs = pages.filter(|_| !failed || args.draft).map(|pages| {
        let mut outputs = Outputs::default();
        outputs.add("annex.pdf", pages);
        outputs.add("annex.xlsx", workbook);
        outputs.add("annex.json", json.into_bytes());
        outputs
    });
    Ok(Papers { outputs, findings })
}

/// What was read and what was written.
fn summary(loaded: &Loaded, written: &[String]) -> String {
    let annex = &loaded.intake.annex;
    let files = loaded.intake.receipts.len();
    let (listings, measures) = (annex.listings().count(), annex.measures.len());
    let kpis = annex.kpi_rows().count();
    let mut text = format!(
        "様式 {files}件を読み、施策 {measures}件（再掲を含む掲載 {listings}件）、KPI {kpis}件をまとめました。\n"
    );
    for path in written {
        text.push_str(&format!("  書出し {path}\n"));
    }
    text
}
