//! Two versions compared, in every form that reviewers use.

use super::error::{Error, made};
use super::guard::{Allowance, guarded};
use super::observer::{Observer, Stage, stage};
use super::version::Version;
use crate::compare::compare;
use crate::diag::{Finding, Severity};
use crate::edition::{ComparisonTable, Edition};
use crate::model::Annex;
use crate::publish::artifact::{Artifact, ContentType, Rendered};
use crate::publish::comparison::table::{self, Layout};
use crate::publish::comparison::{json, text};
use crate::publish::data;
use crate::publish::pdf::{self, comparison as paper};
use crate::publish::web::diff as page;
use crate::publish::workbook::comparison as book;

/// The form of a comparison.
#[derive(Clone, Copy, Debug)]
pub enum ComparisonFormat {
    /// For the terminal.
    Text(text::Options),
    Json,
    Html,
    Workbook(Layout),
    Pdf(Layout),
}

/// A comparison as it was asked for.
#[derive(Debug)]
pub struct Compared {
    pub artifact: Artifact,
    /// Whether anything changed.
    pub is_changed: bool,
    /// What does not fit into the paper; it is of use all the same, and the other formats have it.
    pub findings: Vec<Finding>,
}

/// Compares two versions.
///
/// # Errors
/// The paper cannot be made.
pub fn compare_versions(
    old: &Version,
    new: &Version,
    format: ComparisonFormat,
    observer: &dyn Observer,
) -> Result<Compared, Error> {
    let matched = compare(&old.annex, &new.annex);
    let comparison = &matched.comparison;
    // The settings of the folder that was named, else what the new annex says.
    let edition = if new.edition.is_none() { old.edition.as_ref() } else { None };
    let edition = edition.cloned().unwrap_or_else(|| new.settings());
    let table = |layout| table::table(&matched, options(&edition.comparison, layout));
    let rendered = match format {
        ComparisonFormat::Text(options) => {
            let text = text::render(comparison, options).into_bytes();
            Artifact::new("comparison.txt", ContentType::PlainText, text).into()
        }
        ComparisonFormat::Json => json::render(comparison),
        ComparisonFormat::Html => page::render(comparison),
        ComparisonFormat::Workbook(layout) => book::render(&edition, &table(layout)),
        ComparisonFormat::Pdf(layout) => stage(observer, Stage::Typesetting, || {
            let annexes = [&old.annex, &new.annex];
            let letters = annexes.map(|annex| data::lines(annex).chars().count());
            let allowance = Allowance::of(&edition, annexes).for_letters(letters.iter().sum());
            let options = pdf::Options::default();
            guarded(observer, &allowance, || paper::render(&edition, &table(layout), &options))
        }),
    };
    let mut findings = rendered.findings.clone();
    findings.retain(|f| f.severity == Severity::Error || pdf::is_glyph_missing(f));
    Ok(Compared { artifact: made(rendered)?, is_changed: !comparison.is_empty(), findings })
}

/// The comparison table of two annexes as a build makes it.
pub const PAPERS: [&str; 2] = ["comparison.pdf", "comparison.xlsx"];

/// The comparison table of an older annex and a newer one of an edition, as PDF and as workbook.
pub(super) fn papers(edition: &Edition, old: &Annex, new: &Annex) -> Rendered {
    let matched = compare(old, new);
    let table = table::table(&matched, options(&edition.comparison, Layout::SideBySide));
    let pdf = paper::render(edition, &table, &pdf::Options::default());
    Rendered::all([pdf, book::render(edition, &table)])
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
