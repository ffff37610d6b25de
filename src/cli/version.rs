//! One side of a comparison: an edition's folder, an `annex.json`, or a consolidated workbook.

use std::path::{Path, PathBuf};

use super::args::EditionArg;
use super::plan::Plan;
use super::terminal::Terminal;
use super::timings::Timings;
use super::{CannotRun, files, load};
use crate::edition::{Edition, Limit, Limits};
use crate::intake;
use crate::model::Annex;
use crate::proof::checks;
use crate::proof::report::{Report, text};
use crate::publish::data;

pub struct Version {
    pub annex: Annex,
    /// The settings, where an edition's folder was named.
    pub edition: Option<Edition>,
}

/// Reads what `path` names, by what it is and not by what it is called.
///
/// What a workbook holds that cannot be read is said on standard error; the rest goes on.
pub fn read(path: &Path, terminal: &Terminal) -> Result<Version, CannotRun> {
    if path.is_dir() {
        return folder(path);
    }
    let cannot = |why: String| CannotRun(format!("「{}」を読めません（{why}）。", path.display()));
    let most = Limits::default().most(Limit::File);
    let bytes = files::named(path, most).map_err(cannot)?;
    if let Ok(text) = std::str::from_utf8(&bytes) {
        let annex = data::read(text).map_err(cannot)?;
        return Ok(Version { annex, edition: None });
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let (annex, receipt) = intake::consolidated(&name, &bytes);
    let findings = checks::of_consolidated(&receipt);
    let report = Report::new(&Edition::default(), findings);
    if report.counts().error + report.counts().warning > 0 {
        let options = text::Options { lang: terminal.lang, color: false, info: false };
        terminal.note(&text::render(&report, &options));
    }
    let annex = annex.ok_or_else(|| {
        cannot("版のフォルダー、annex.json、集約ブックのどれでもありません".to_owned())
    })?;
    Ok(Version { annex, edition: None })
}

fn folder(path: &Path) -> Result<Version, CannotRun> {
    let plan = Plan::find(&EditionArg { edition: Some(PathBuf::from(path)), submissions: None })?;
    let loaded = load::load(&plan, &mut Timings::default())?.map_err(|_| {
        CannotRun(format!(
            "「{}」の設定に誤りがあります。bessatsu check で確かめてください。",
            path.display()
        ))
    })?;
    Ok(Version { annex: loaded.intake.annex, edition: Some(loaded.edition) })
}
