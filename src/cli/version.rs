//! One side of a comparison: an edition's folder, an `annex.json`, or a consolidated workbook.

use std::path::{Path, PathBuf};

use super::args::EditionArg;
use super::plan::Plan;
use super::terminal::Terminal;
use super::timings::Timings;
use super::{CannotRun, files, load};
use crate::checks;
use crate::edition::{Colophon, Edition, Limit, Limits};
use crate::intake;
use crate::model::{Annex, OddityKind};
use crate::publish::data;
use crate::publish::findings::text;
use crate::report::Report;

pub struct Version {
    pub annex: Annex,
    /// The settings, where an edition's folder was named.
    pub edition: Option<Edition>,
}

impl Version {
    /// The settings; what the papers ask of them where there is only an annex.
    pub fn settings(&self) -> Edition {
        let front = &self.annex.front;
        self.edition.clone().unwrap_or_else(|| Edition {
            id: front.edition.clone(),
            // The date of a workbook; a cover that was edited by hand may say none.
            year: if front.first_year > 0 { front.first_year } else { UNDATED },
            title: front.title.clone(),
            colophon: Colophon { issuer: front.issuer.clone(), ..Colophon::default() },
            ..Edition::default()
        })
    }
}

/// Excel knows no earlier year.
const UNDATED: i32 = 1900;

/// Reads what `path` names, by what it is and not by what it is called.
///
/// What a workbook holds that cannot be read is said on standard error; the rest goes on.
///
/// # Errors
/// Where it cannot be read at all, or a whole sheet or column of a workbook is missing: what it
/// held would be told as removed.
pub fn read(path: &Path, terminal: &Terminal) -> Result<Version, CannotRun> {
    let (version, missing) = read_what_is_there(path, terminal)?;
    if missing.is_empty() {
        return Ok(version);
    }
    Err(CannotRun(format!(
        "「{}」には、集約ブックのシート又は列「{}」がないため、比べられません。元に戻すか、正しいファイルを指定してください。",
        path.display(),
        missing.join("」「")
    )))
}

/// As [`read`], with whatever is there, and the sheets and columns that are not.
pub fn read_what_is_there(
    path: &Path,
    terminal: &Terminal,
) -> Result<(Version, Vec<String>), CannotRun> {
    if path.is_dir() {
        return Ok((folder(path, terminal)?, Vec::new()));
    }
    let cannot = |why: String| CannotRun(format!("「{}」を読めません（{why}）。", path.display()));
    let most = Limits::default().most(Limit::File);
    let bytes = files::named(path, most).map_err(cannot)?;
    if let Ok(text) = std::str::from_utf8(&bytes) {
        let annex = data::read(text).map_err(cannot)?;
        return Ok((Version { annex, edition: None }, Vec::new()));
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let (annex, receipt) = intake::consolidated(&name, &bytes);
    let findings = checks::of_consolidated(&receipt);
    let gone = [OddityKind::SheetMissing, OddityKind::ColumnMissing];
    let missing = receipt.oddities.iter().filter(|oddity| gone.contains(&oddity.kind));
    let missing = missing.map(|oddity| oddity.expected.clone()).collect();
    let report = Report::new(&Edition::default(), findings);
    if report.counts().error + report.counts().warning > 0 {
        let options = text::Options { lang: terminal.lang, color: false, info: false };
        terminal.note(&text::render(&report, &options));
    }
    let annex = annex.ok_or_else(|| {
        cannot("版のフォルダー、annex.json、集約ブックのどれでもありません".to_owned())
    })?;
    Ok((Version { annex, edition: None }, missing))
}

fn folder(path: &Path, terminal: &Terminal) -> Result<Version, CannotRun> {
    let plan = Plan::find(&EditionArg { edition: Some(PathBuf::from(path)), submissions: None })?;
    let loaded = load::load(&plan, &mut Timings::default())?.map_err(|_| load::unsettled(&plan))?;
    let errors = loaded.report.blocking();
    if errors > 0 {
        terminal.note(&format!(
            "「{0}」にはエラーの指摘が{errors}件あり、読めていないところがあるかもしれません。bessatsu check {0} で確かめてください。\n",
            path.display()
        ));
    }
    Ok(Version { annex: loaded.intake.annex, edition: Some(loaded.edition) })
}
