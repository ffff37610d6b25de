//! `diff`: what changed between two versions, in every form that reviewers use.

use std::path::Path;

use super::args::{Diff, DiffFormat};
use super::output;
use super::terminal::Terminal;
use super::{CannotRun, Outcome, Status};
use crate::cli::version;
use crate::edition::{ComparisonTable, Edition};
use crate::proof::compare::render::{json, text};
use crate::proof::compare::table::{self, Layout};
use crate::proof::compare::{Comparison, compare};
use crate::publish::pdf::{self, comparison as paper};
use crate::publish::web::diff as page;
use crate::publish::workbook::comparison as book;

pub fn run(args: &Diff, terminal: &mut Terminal) -> Outcome {
    let (old, new) = (version::read(&args.old, terminal)?, version::read(&args.new, terminal)?);
    let comparison = compare(&old.annex, &new.annex);
    let edition = new.edition.or(old.edition).unwrap_or_default();
    let table = |layout| table::table(&old.annex, &new.annex, options(&edition.comparison, layout));
    let layout = if args.redline { Layout::Redline } else { Layout::SideBySide };
    match args.format {
        DiffFormat::Text => {
            let options = text::Options { color: terminal.colored(), stat: args.stat };
            give(args, terminal, text::render(&comparison, options).into_bytes())?;
        }
        DiffFormat::Json => give(args, terminal, json::render(&comparison).into_bytes())?,
        DiffFormat::Html => {
            let html = page::render(&comparison)
                .map_err(|error| CannotRun(format!("比較のページを作れません（{error}）。")))?;
            give(args, terminal, html.into_bytes())?;
        }
        DiffFormat::Xlsx => {
            let bytes = book::render(&edition, &table(layout))
                .map_err(|error| CannotRun(format!("比較のブックを作れません（{error}）。")))?;
            give(args, terminal, bytes)?;
        }
        DiffFormat::Pdf => give(args, terminal, pdf_of(&edition, &table(layout))?)?,
    }
    Ok(status(&comparison))
}

fn pdf_of(edition: &Edition, table: &table::Table) -> Result<Vec<u8>, CannotRun> {
    let (bytes, findings) = paper::render(edition, table, &pdf::Options::default());
    bytes.ok_or_else(|| {
        let why = findings.first().map(|finding| finding.message.ja.clone());
        CannotRun(format!("比較のPDFを作れません（{}）。", why.unwrap_or_default()))
    })
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

/// To the file that was named, else to standard output; a paper needs a file.
fn give(args: &Diff, terminal: &Terminal, bytes: Vec<u8>) -> Result<(), CannotRun> {
    if let Some(path) = &args.out {
        return write(path, bytes, terminal);
    }
    match String::from_utf8(bytes) {
        Ok(text) if !matches!(args.format, DiffFormat::Xlsx | DiffFormat::Pdf) => {
            terminal.print(&text);
            Ok(())
        }
        _ => Err(CannotRun("この形式には -o で書き出すファイルを指定してください。".to_owned())),
    }
}

fn write(path: &Path, bytes: Vec<u8>, terminal: &Terminal) -> Result<(), CannotRun> {
    output::write_file(path, &bytes)?;
    terminal.note(&format!("  書出し {}\n", path.display()));
    Ok(())
}

/// 0 no change, 1 changes.
fn status(comparison: &Comparison) -> Status {
    if comparison.is_empty() { Status::Clean } else { Status::Findings }
}
