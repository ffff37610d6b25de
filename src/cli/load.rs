//! Reads an edition's files from disk: settings, submissions, the edition before.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use super::CannotRun;
use super::plan::{Plan, SETTINGS};
use super::timings::Timings;
use crate::diag::Finding;
use crate::edition::{self, Edition};
use crate::intake::{self, Intake, Source};
use crate::model::Annex;
use crate::proof::checks::{self, Context};
use crate::proof::report::Report;
use crate::publish::{data, pdf};

/// An edition as read and checked.
pub struct Loaded {
    pub edition: Edition,
    pub intake: Intake,
    /// The edition before, where the settings name it.
    pub previous: Option<Annex>,
    /// As the stages found them; [`Report`] arranges them.
    pub findings: Vec<Finding>,
    pub report: Report,
}

/// Reads the settings; what is wrong with them comes as findings, and none of them may be an
/// error for the rest to go on.
pub fn settings(plan: &Plan) -> Result<(Option<Edition>, Vec<Finding>), CannotRun> {
    let path = plan.folder.join(SETTINGS);
    let text = std::fs::read_to_string(&path)
        .map_err(|error| CannotRun(format!("「{}」を読めません（{error}）。", path.display())))?;
    Ok(edition::parse(SETTINGS, &text))
}

/// Reads and checks everything of an edition.
///
/// # Errors
/// The findings on the settings, where there is no edition to go on with.
pub fn load(plan: &Plan, timings: &mut Timings) -> Result<Result<Loaded, Report>, CannotRun> {
    let (edition, mut findings) = timings.stage("設定", || settings(plan))?;
    let Some(edition) = edition else {
        return Ok(Err(Report::unsettled(findings)));
    };
    let previous = previous(plan, &edition)?;
    let sources = timings.stage("読込", || submissions(&plan.submissions))?;
    let intake = timings.stage("整理", || intake::run(&edition, previous.as_ref(), sources));
    let covers = pdf::covers(&edition);
    let context = Context {
        edition: &edition,
        annex: &intake.annex,
        receipts: &intake.receipts,
        previous: previous.as_ref(),
        covers: &covers,
    };
    findings.extend(timings.stage("点検", || checks::run(&context)));
    let report = Report::new(&edition, findings.clone());
    drop(covers);
    Ok(Ok(Loaded { edition, intake, previous, findings, report }))
}

/// The edition's own templates, by name, where its settings name a folder of them.
pub fn templates(plan: &Plan, edition: &Edition) -> Result<Vec<(String, Vec<u8>)>, CannotRun> {
    let Some(named) = &edition.templates else { return Ok(Vec::new()) };
    let folder = plan.folder.join(named);
    let cannot = |error: std::io::Error| {
        CannotRun(format!(
            "テンプレートのフォルダー「{}」を読めません（{error}）。",
            folder.display()
        ))
    };
    let mut templates = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(cannot)? {
        let entry = entry.map_err(cannot)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type().map_err(cannot)?.is_file() && !name.starts_with('.') {
            templates.push((name, std::fs::read(entry.path()).map_err(cannot)?));
        }
    }
    templates.sort();
    Ok(templates)
}

/// Every entry of the submissions folder in the order of the names. What is not a regular file
/// is never opened; folders and hidden files are not submissions.
fn submissions(folder: &Path) -> Result<Vec<Source>, CannotRun> {
    let cannot = |error| CannotRun(format!("「{}」を読めません（{error}）。", folder.display()));
    let mut sources = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(cannot)? {
        let entry = entry.map_err(cannot)?;
        let name: Arc<str> = entry.file_name().to_string_lossy().into();
        if name.starts_with('.') {
            continue;
        }
        let kind = entry.file_type().map_err(cannot)?;
        let bytes = if kind.is_file() {
            content(&entry.path()).map_err(|error| error.to_string())
        } else if kind.is_dir() {
            Err("フォルダーです".to_owned())
        } else {
            Err("ふつうのファイルではありません".to_owned())
        };
        sources.push(Source { name, bytes });
    }
    sources.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(sources)
}

/// The content of a regular file, of a file that is too large as much as shows that it is.
fn content(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut options = File::options();
    options.read(true);
    // What was a file when the folder was listed may be a pipe or a link by now; opening it
    // must neither wait nor follow.
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        let flags = OFlags::NONBLOCK | OFlags::NOFOLLOW;
        options.custom_flags(flags.bits().cast_signed());
    }
    let file = options.open(path)?;
    if !file.metadata()?.is_file() {
        return Err(std::io::ErrorKind::InvalidInput.into());
    }
    let mut bytes = Vec::new();
    file.take(intake::FILE_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The annex of the edition before: its `annex.json`, named in the settings.
pub fn previous(plan: &Plan, edition: &Edition) -> Result<Option<Annex>, CannotRun> {
    let Some(named) = &edition.previous else { return Ok(None) };
    let path = plan.folder.join(named);
    let text = std::fs::read_to_string(&path).map_err(|error| {
        CannotRun(format!("前の版「{}」を読めません（{error}）。", path.display()))
    })?;
    data::read(&text)
        .map(Some)
        .map_err(|why| CannotRun(format!("前の版「{}」を読めません（{why}）。", path.display())))
}
