//! `diff`: what changed between two versions, in every form that reviewers use.

use super::args::{Diff, DiffFormat};
use super::deliver::{self, Kind, deliver};
use super::terminal::Terminal;
use super::{CannotRun, Outcome, Status, version};
use crate::compare::{Comparison, compare};
use crate::diag::Severity;
use crate::edition::{ComparisonTable, Edition};
use crate::publish::comparison::table::{self, Layout};
use crate::publish::comparison::{json, text};
use crate::publish::pdf::{self, comparison as paper};
use crate::publish::web::diff as page;
use crate::publish::workbook::comparison as book;

pub fn run(args: &Diff, terminal: &mut Terminal) -> Outcome {
    let format = deliver::format(args.format, args.out.as_deref(), DiffFormat::Text)?;
    let is_table = matches!(format, DiffFormat::Xlsx | DiffFormat::Pdf);
    if args.redline && !is_table {
        return Err(CannotRun(
            "--redline は、新旧対照表の形式（--format xlsx 又は --format pdf）と一緒に使ってください。".to_owned(),
        ));
    }
    if args.stat && format != DiffFormat::Text {
        return Err(CannotRun(
            "--stat は、文章の形式（--format text）と一緒に使ってください。".to_owned(),
        ));
    }
    let (old, new) = (version::read(&args.old, terminal)?, version::read(&args.new, terminal)?);
    let matched = compare(&old.annex, &new.annex);
    let comparison = &matched.comparison;
    let edition = if new.edition.is_none() { old.edition.as_ref() } else { None };
    let edition = edition.cloned().unwrap_or_else(|| new.settings());
    let table = |layout| table::table(&matched, options(&edition.comparison, layout));
    let layout = if args.redline { Layout::Redline } else { Layout::SideBySide };
    let bytes = match format {
        DiffFormat::Text => {
            let color = args.out.is_none() && terminal.colored();
            let options = text::Options { color, stat: args.stat };
            text::render(comparison, options).into_bytes()
        }
        DiffFormat::Json => json::render(comparison).into_bytes(),
        DiffFormat::Html => page::render(comparison)
            .map_err(|error| CannotRun(format!("比較のページを作れません（{error}）。")))?
            .into_bytes(),
        DiffFormat::Xlsx => book::render(&edition, &table(layout))
            .map_err(|error| CannotRun(format!("比較のブックを作れません（{error}）。")))?,
        DiffFormat::Pdf => pdf_of(&edition, &table(layout), terminal)?,
    };
    let kind = match format {
        DiffFormat::Text => Kind::Words,
        DiffFormat::Json | DiffFormat::Html => Kind::Data,
        DiffFormat::Xlsx | DiffFormat::Pdf => Kind::Binary,
    };
    deliver(args.out.as_deref(), kind, bytes, terminal)?;
    Ok(status(comparison))
}

fn pdf_of(
    edition: &Edition,
    table: &table::Table,
    terminal: &Terminal,
) -> Result<Vec<u8>, CannotRun> {
    let (bytes, findings) = paper::render(edition, table, &pdf::Options::default());
    let errors = || findings.iter().filter(|finding| finding.severity == Severity::Error);
    let Some(bytes) = bytes else {
        let why = errors().next().map(|finding| finding.message.ja.clone());
        return Err(CannotRun(format!("比較のPDFを作れません（{}）。", why.unwrap_or_default())));
    };
    // The paper is of use all the same: what does not fit is in the other formats too.
    errors().for_each(|finding| terminal.note(&format!("注意: {}\n", finding.message.ja)));
    Ok(bytes)
}

fn options(settings: &ComparisonTable, layout: Layout) -> table::Options {
    table::Options {
        layout,
        new_label: settings.new_label.clone(),
        old_label: settings.old_label.clone(),
        new_first: settings.new_first,
        remarks: settings.remarks,
    }
}

/// 0 no change, 1 changes.
fn status(comparison: &Comparison) -> Status {
    if comparison.is_empty() { Status::Clean } else { Status::Findings }
}
