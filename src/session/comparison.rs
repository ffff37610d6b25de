//! Two versions compared, in every form that reviewers use.

use super::error::Error;
use super::version::Version;
use crate::compare::compare;
use crate::diag::{Finding, Severity};
use crate::edition::{ComparisonTable, Edition};
use crate::publish::comparison::table::{self, Layout};
use crate::publish::comparison::{json, text};
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
pub struct Compared {
    pub bytes: Vec<u8>,
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
) -> Result<Compared, Error> {
    let matched = compare(&old.annex, &new.annex);
    let comparison = &matched.comparison;
    // The settings of the folder that was named, else what the new annex says.
    let edition = if new.edition.is_none() { old.edition.as_ref() } else { None };
    let edition = edition.cloned().unwrap_or_else(|| new.settings());
    let table = |layout| table::table(&matched, options(&edition.comparison, layout));
    let mut findings = Vec::new();
    let bytes = match format {
        ComparisonFormat::Text(options) => text::render(comparison, options).into_bytes(),
        ComparisonFormat::Json => json::render(comparison)
            .map_err(|error| Error::not_made("diff.json", error))?
            .into_bytes(),
        ComparisonFormat::Html => page::render(comparison)
            .map_err(|error| Error::not_made("diff.html", error))?
            .into_bytes(),
        ComparisonFormat::Workbook(layout) => book::render(&edition, &table(layout))
            .map_err(|error| Error::not_made("diff.xlsx", error))?,
        ComparisonFormat::Pdf(layout) => {
            let bytes;
            (bytes, findings) = pdf_of(&edition, &table(layout))?;
            bytes
        }
    };
    Ok(Compared { bytes, is_changed: !comparison.is_empty(), findings })
}

fn pdf_of(edition: &Edition, table: &table::Table) -> Result<(Vec<u8>, Vec<Finding>), Error> {
    let (bytes, mut findings) = paper::render(edition, table, &pdf::Options::default());
    findings.retain(|finding| finding.severity == Severity::Error);
    match bytes {
        Some(bytes) => Ok((bytes, findings)),
        None => {
            let why = findings.first().map(|finding| finding.message.ja.clone());
            Err(Error::not_made("diff.pdf", why.unwrap_or_default()))
        }
    }
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
