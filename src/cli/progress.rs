//! `progress`: the KPIs over the years, as data or as a page.

use super::args::{Progress as Args, ProgressFormat};
use super::deliver::{self, Kind, deliver};
use super::load::Loaded;
use super::terminal::Terminal;
use super::{CannotRun, Outcome, Status, version};
use crate::edition::{self, Better, Edition};
use crate::model::{Annex, Id, Kpi};
use crate::progress::{self, Band, Dates, Direction, Settings, UNSTATED_YEAR};
use crate::publish::{web, workbook};

pub fn run(args: &Args, terminal: &mut Terminal) -> Outcome {
    let format = deliver::format(args.format, args.out.as_deref(), ProgressFormat::Json)?;
    let mut annexes: Vec<Annex> = Vec::new();
    let mut settings = Settings::default();
    let mut newest = Edition::default();
    for path in &args.editions {
        let version = version::read(path, terminal)?;
        if let Some(edition) = &version.edition {
            apply(edition, &version.annex, &mut settings);
        }
        newest = version.settings();
        annexes.push(version.annex);
    }
    in_order(&annexes, &settings)?;
    let progress = progress::progress(&annexes.iter().collect::<Vec<_>>(), &settings);

    let bytes = match format {
        ProgressFormat::Json => crate::publish::progress::json::render(&progress).into_bytes(),
        ProgressFormat::Html => web::render_progress(&progress)
            .map_err(|error| CannotRun(format!("推移のページを作れません（{error}）。")))?
            .into_bytes(),
        ProgressFormat::Xlsx => workbook::progress::render(&newest, &progress)
            .map_err(|error| CannotRun(format!("推移のブックを作れません（{error}）。")))?,
    };
    let kind = if format == ProgressFormat::Xlsx { Kind::Binary } else { Kind::Data };
    deliver(args.out.as_deref(), kind, bytes, terminal)?;
    Ok(Status::Clean)
}

/// The KPIs of the edition that is built, and of the one before where its settings name one;
/// `None` where it has no KPI.
pub fn of(loaded: &Loaded) -> Option<progress::Progress> {
    let annex = &loaded.intake.annex;
    let mut settings = Settings::default();
    apply(&loaded.edition, annex, &mut settings);
    let annexes: Vec<&Annex> = loaded.previous.iter().chain([annex]).collect();
    let progress = progress::progress(&annexes, &settings);
    (!progress.tracks.is_empty()).then_some(progress)
}

/// Refuses editions that do not go forward: the newest target would not be the last.
fn in_order(annexes: &[Annex], settings: &Settings) -> Result<(), CannotRun> {
    let year = |annex: &Annex| settings.dates(&annex.front.edition).map(|dates| dates.year);
    for (one, next) in annexes.iter().zip(annexes.iter().skip(1)) {
        if year(one).zip(year(next)).is_some_and(|(one, next)| one > next) {
            return Err(CannotRun(format!(
                "「{}」の後に、それより古い「{}」が指定されています。古い順に指定してください。",
                one.front.edition, next.front.edition
            )));
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
