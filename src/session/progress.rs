//! The KPIs over the years, as data or as a page.

use super::content::Content;
use super::error::{Error, made};
use super::version::Version;
use crate::edition::{self, Better, Edition};
use crate::model::{Annex, Id, Kpi};
use crate::progress::{self, Band, Dates, Direction, Progress, Settings, UNSTATED_YEAR};
use crate::publish::artifact::Artifact;
use crate::publish::progress::json;
use crate::publish::{web, workbook};

/// The form of the progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProgressFormat {
    Json,
    Html,
    Workbook,
}

/// The KPIs of versions that stand from the oldest to the newest.
///
/// # Errors
/// They do not go forward, or the paper cannot be made.
pub fn progress_of(versions: &[Version], format: ProgressFormat) -> Result<Artifact, Error> {
    let mut settings = Settings::default();
    for version in versions {
        if let Some(edition) = &version.edition {
            apply(edition, &version.annex, &mut settings);
        }
    }
    let annexes: Vec<&Annex> = versions.iter().map(|version| &version.annex).collect();
    in_order(&annexes, &settings)?;
    let progress = progress::progress(&annexes, &settings);
    made(match format {
        ProgressFormat::Json => json::render(&progress),
        ProgressFormat::Html => {
            let newest = versions.last().map(|version| version.annex.schema.clone());
            web::render_progress(&newest.unwrap_or_default(), &progress)
        }
        ProgressFormat::Workbook => {
            let newest = versions.last().map(Version::settings).unwrap_or_default();
            workbook::progress::render(&newest, &progress)
        }
    })
}

/// The KPIs of the edition that is built, and of the one before where its settings name one;
/// `None` where it has no KPI.
pub(super) fn of(content: &Content) -> Option<Progress> {
    let annex = &content.intake.annex;
    let mut settings = Settings::default();
    apply(&content.edition, annex, &mut settings);
    let annexes: Vec<&Annex> = content.previous.iter().chain([annex]).collect();
    let progress = progress::progress(&annexes, &settings);
    (!progress.tracks.is_empty()).then_some(progress)
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
/// Takes over what an edition's settings say of the judgement: its bands stand over those of
/// older editions, its years are its own. The settings name a KPI by its name or its id; the judgement goes by the id.
fn apply(edition: &Edition, annex: &Annex, settings: &mut Settings) {
    if !edition.progress.bands.is_empty() {
        let band = |band: &edition::Band| Band { name: band.name.clone(), from: band.from };
        settings.bands = edition.progress.bands.iter().map(band).collect();
    }
    settings.unstated_year = edition.progress.unstated_year.unwrap_or(settings.unstated_year);
    let unstated_year = edition.progress.unstated_year.unwrap_or(UNSTATED_YEAR);
    let dates = Dates { year: edition.year, unstated_year };
    settings.editions.insert(annex.front.edition.clone(), dates);
    for direction in &edition.directions {
        let is_meant = |kpi: &&Kpi| direction.is_of(kpi.id.as_str(), &kpi.name.value);
        let kpis = annex.kpis.iter().filter(is_meant);
        let ids: Vec<Id> = kpis.map(|kpi| kpi.id.clone()).collect();
        let better = match direction.better {
            Better::Higher => Direction::Up,
            Better::Lower => Direction::Down,
        };
        settings.directions.extend(ids.into_iter().map(|id| (id, better)));
    }
}
