//! `progress`: the KPIs over the years, as data or as a page.

use super::args::{Progress as Args, ProgressFormat};
use super::deliver::{Kind, deliver};
use super::terminal::Terminal;
use super::{CannotRun, Outcome, Status, version};
use crate::edition::{Better, Edition};
use crate::model::{Annex, Id};
use crate::proof::progress::{self, Direction, Settings};
use crate::publish::{web, workbook};

pub fn run(args: &Args, terminal: &mut Terminal) -> Outcome {
    let mut annexes: Vec<Annex> = Vec::new();
    let mut settings = Settings::default();
    let mut newest = Edition::default();
    for path in &args.editions {
        let version = version::read(path, terminal)?;
        if let Some(edition) = &version.edition {
            directions(edition, &version.annex, &mut settings);
        }
        newest = version.edition.unwrap_or_else(|| settings_of(&version.annex));
        annexes.push(version.annex);
    }
    let progress = progress::progress(&annexes, &settings);
    let bytes = match args.format {
        ProgressFormat::Json => progress::json(&progress).into_bytes(),
        ProgressFormat::Html => web::render_progress(&progress)
            .map_err(|error| CannotRun(format!("推移のページを作れません（{error}）。")))?
            .into_bytes(),
        ProgressFormat::Xlsx => workbook::progress::render(&newest, &progress)
            .map_err(|error| CannotRun(format!("推移のブックを作れません（{error}）。")))?,
    };
    let kind = if args.format == ProgressFormat::Xlsx { Kind::Binary } else { Kind::Data };
    deliver(args.out.as_deref(), kind, bytes, terminal)?;
    Ok(Status::Clean)
}

/// What a workbook asks of the settings, from an annex that came without them.
fn settings_of(annex: &Annex) -> Edition {
    Edition { id: annex.front.edition.clone(), year: annex.front.first_year, ..Edition::default() }
}

/// The settings name a KPI by its name or its id; the judgement goes by the id.
fn directions(edition: &Edition, annex: &Annex, settings: &mut Settings) {
    for direction in &edition.directions {
        let wanted = crate::text::key(&direction.kpi);
        let kpis = annex.kpis.iter().filter(|kpi| {
            crate::text::key(&kpi.name.value) == wanted
                || crate::text::key(kpi.id.as_str()) == wanted
        });
        let ids: Vec<Id> = kpis.map(|kpi| kpi.id.clone()).collect();
        let better = match direction.better {
            Better::Higher => Direction::Up,
            Better::Lower => Direction::Down,
        };
        settings.directions.extend(ids.into_iter().map(|id| (id, better)));
    }
}
