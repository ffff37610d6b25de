//! `build`: from the submissions to the papers.

use std::path::Path;

use super::args::Build;
use super::check::{render, status};
use super::load::Entries;
use super::plan::Plan;
use super::terminal::Terminal;
use super::timings::Timings;
use super::workshop::{Built, Order, Workshop};
use super::{Outcome, output};

pub fn run(args: &Build, terminal: &mut Terminal) -> Outcome {
    let plan = Plan::find(&args.making.edition)?;
    plan.keeps_apart(&args.making.out)?;
    output::recover(&args.making.out)?;
    let order = Order {
        plan: &plan,
        making: &args.making,
        format: args.format,
        pages: args.pages.as_deref(),
        entries: Entries::All,
    };
    let mut timings = Timings::default();
    let built = Workshop::default().build(&order, terminal, &mut timings)?;
    let whole = timings.whole();
    terminal.print_styled(&render(&built.report, terminal, args.making.info));
    if let Err(held_back) = built.written {
        terminal.note(held_back.words());
    }
    terminal.note(&summary(&plan, &built));
    if args.making.timings {
        terminal.note(&timings.render(whole));
    }
    Ok(status(&built.report))
}

/// What was read, of which edition, and what was written.
pub fn summary(plan: &Plan, built: &Built) -> String {
    let (Some(loaded), Ok(written)) = (&built.loaded, &built.written) else {
        return String::new();
    };
    let annex = &loaded.intake.annex;
    let files = loaded.intake.receipts.len();
    let (listings, measures) = (annex.listings().count(), annex.measures.len());
    let kpis = annex.kpi_rows().count();
    let counts = built.report.counts();
    // Where no folder was named, this says which was taken.
    let edition = match plan.folder.as_path() {
        here if here == Path::new(".") => "この版".to_owned(),
        folder => format!("「{}」", folder.display()),
    };
    let mut text = format!(
        "{edition}の様式 {files}件を読み、施策 {measures}件（再掲を含む掲載 {listings}件）、KPI {kpis}件をまとめました。\n\
         指摘はエラー {}件、警告 {}件、情報 {}件です。\n",
        counts.error, counts.warning, counts.info
    );
    written.iter().for_each(|paper| text.push_str(&paper.line()));
    text
}
