//! The KPIs over the years, as lines, as data, as a page or on paper.

use super::content::Content;
use super::error::{Error, made};
use super::guard::{Allowance, guarded};
use super::observer::{Observer, Stage, stage};
use super::version::Version;
use crate::compare::{Comparison, compare};
use crate::diag::Finding;
use crate::edition::{self, Edition};
use crate::model::{Annex, Kpi};
use crate::progress::{self, Aim, Band, Dates, Progress, Settings, UNSTATED_YEAR};
use crate::publish::artifact::{Artifact, Rendered};
use crate::publish::internal::internal_error;
use crate::publish::pdf::progress::Report;
use crate::publish::progress::{json, text};
use crate::publish::{pdf, web, workbook};

/// The form of the progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProgressFormat {
    Text,
    Json,
    Html,
    Workbook,
    /// 進捗状況.
    Pdf,
}

/// The KPIs of versions that stand from the oldest to the newest; before a single one stands the
/// edition that its settings name as the one before.
///
/// # Errors
/// They do not go forward, or the paper cannot be made.
pub fn progress_of(
    versions: &[Version],
    format: ProgressFormat,
    observer: &dyn Observer,
) -> Result<Artifact, Error> {
    let mut settings = Settings::default();
    for version in versions {
        if let Some(edition) = &version.edition {
            apply(edition, &version.annex, &mut settings);
        }
    }
    let mut annexes: Vec<&Annex> = versions.iter().map(|version| &version.annex).collect();
    if let [only] = versions {
        annexes.splice(0..0, only.history.iter().chain(&only.previous));
    }
    in_order(&annexes, &settings)?;
    let progress = progress::progress(&annexes, &settings);
    let newest = versions.last().map(Version::settings).unwrap_or_default();
    made(match format {
        ProgressFormat::Text => text::render(&newest.schema, &progress),
        ProgressFormat::Json => json::render(&progress),
        ProgressFormat::Html => web::render_progress(&newest.schema, &progress),
        ProgressFormat::Workbook => workbook::progress::render(&newest, &progress),
        ProgressFormat::Pdf => stage(observer, Stage::Typesetting, || {
            let allowance = Allowance::of(&newest, annexes.iter().copied());
            guarded(observer, &allowance, || match annexes.as_slice() {
                [earlier @ .., annex] => {
                    let reported = versions.last().and_then(|version| version.previous.as_ref());
                    let changes = changes(&newest, earlier, reported.unwrap_or(annex), annex);
                    paper(&newest, annex, &progress, changes.as_ref())
                }
                [] => Rendered::failed(internal_error("progress.pdf", "no version to report on")),
            })
        }),
    })
}

/// What changed since the last of the earlier annexes. Results change nothing in the annex that is
/// reported on: this one is compared, with what was before it.
pub(super) fn changes(
    edition: &Edition,
    earlier: &[&Annex],
    reported: &Annex,
    annex: &Annex,
) -> Option<Comparison> {
    let named = |annex: &Annex| (annex.front.edition.clone(), annex.front.version.clone());
    let (before, now) = match (&edition.results, earlier) {
        (None, _) => (earlier.last(), annex),
        (Some(_), [before @ .., last]) if named(last) == named(reported) => {
            (before.last(), reported)
        }
        (Some(_), _) => (earlier.last(), reported),
    };
    before.map(|before| compare(before, now).comparison)
}

/// 進捗状況 as PDF, with what changed since an annex before.
pub(super) fn paper(
    edition: &Edition,
    annex: &Annex,
    progress: &Progress,
    changes: Option<&Comparison>,
) -> Rendered {
    let report = Report { annex, progress, changes };
    pdf::progress::render(edition, report, &pdf::Options::default())
}

/// 進捗状況 of an edition that asks for results, or of a department's part of it, whatever has come in.
pub(super) fn paper_of_results(content: &Content, annex: &Annex) -> Rendered {
    let edition = &content.edition;
    let earlier = content.earlier();
    let reported = content.previous.as_ref().unwrap_or(annex);
    let changes = changes(edition, &earlier, reported, annex);
    paper(edition, annex, &courses(edition, annex, &earlier), changes.as_ref())
}

/// The KPIs of the edition that is built, and of those before that its settings name;
/// `None` where no KPI has a value of a later year than its base's: there is nothing to show of the
/// first year.
pub(super) fn of(edition: &Edition, annex: &Annex, earlier: &[&Annex]) -> Option<Progress> {
    Some(courses(edition, annex, earlier)).filter(Progress::has_begun)
}

fn courses(edition: &Edition, annex: &Annex, earlier: &[&Annex]) -> Progress {
    let mut settings = Settings::default();
    apply(edition, annex, &mut settings);
    let annexes: Vec<&Annex> = earlier.iter().copied().chain([annex]).collect();
    progress::progress(&annexes, &settings)
}

/// What an edition says against the judgement of its KPIs, where a paper shows that.
pub(super) fn check(edition: &Edition, annex: &Annex, earlier: &[&Annex]) -> Vec<Finding> {
    let is_shown = !edition.progress.on.is_empty();
    let progress = is_shown.then(|| of(edition, annex, earlier)).flatten();
    progress.map(|progress| progress::check(annex, &progress)).unwrap_or_default()
}

/// Whether the scheme of the judgement is the usual one for want of settings: of files alone nobody
/// knows by which they were judged.
pub fn is_judged_as_usual(versions: &[Version]) -> bool {
    versions.iter().all(|version| version.edition.is_none())
}

fn in_order(annexes: &[&Annex], settings: &Settings) -> Result<(), Error> {
    let year = |annex: &Annex| settings.dates(&annex.front.edition).map(|dates| dates.year);
    for (one, next) in annexes.iter().zip(annexes.iter().skip(1)) {
        if year(one).zip(year(next)).is_some_and(|(one, next)| one > next) {
            return Err(Error::OutOfOrder {
                earlier: one.front.edition.clone(),
                later: next.front.edition.clone(),
            });
        }
    }
    Ok(())
}

/// Takes over what an edition's settings say of the judgement: its scheme stands over that of
/// older editions, its years are its own. The settings name a KPI by its name or its id; the
/// judgement goes by the id.
fn apply(edition: &Edition, annex: &Annex, settings: &mut Settings) {
    let said = &edition.progress;
    let band = |band: &edition::Band| Band { name: band.name.clone(), from: band.from };
    settings.scheme = said.scheme;
    settings.bands = said.bands.iter().map(band).collect();
    settings.reporting_year = said.reporting_year;
    settings.unstated_year = said.unstated_year.unwrap_or(settings.unstated_year);
    let unstated_year = said.unstated_year.unwrap_or(UNSTATED_YEAR);
    let dates = Dates { year: edition.year, unstated_year };
    settings.editions.insert(annex.front.edition.clone(), dates);
    for direction in &edition.directions {
        let is_meant = |kpi: &&Kpi| direction.is_of(kpi.id.as_str(), &kpi.name.value);
        let aim = Aim { better: direction.better, counting: direction.counting };
        let kpis = annex.kpis.iter().filter(is_meant).map(|kpi| kpi.id.clone());
        settings.aims.extend(kpis.map(|id| (id, aim)));
    }
}
