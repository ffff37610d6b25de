//! `progress`: the KPIs over the years, as data or as a page.

use super::args::{Progress as Args, ProgressFormat};
use super::terminal::Terminal;
use super::{CannotRun, Outcome, Status, output, version};
use crate::edition::{Better, Edition};
use crate::model::{Annex, Id};
use crate::proof::progress::{self, Direction, Settings};
use crate::publish::web;

pub fn run(args: &Args, terminal: &mut Terminal) -> Outcome {
    let mut annexes: Vec<Annex> = Vec::new();
    let mut settings = Settings::default();
    for path in &args.editions {
        let version = version::read(path, terminal)?;
        if let Some(edition) = &version.edition {
            directions(edition, &version.annex, &mut settings);
        }
        annexes.push(version.annex);
    }
    let progress = progress::progress(&annexes, &settings);
    let text = match args.format {
        ProgressFormat::Json => progress::json(&progress),
        ProgressFormat::Html => web::render_progress(&progress)
            .map_err(|error| CannotRun(format!("推移のページを作れません（{error}）。")))?,
    };
    match &args.out {
        Some(path) => {
            output::write_file(path, text.as_bytes())?;
            terminal.note(&format!("  書出し {}\n", path.display()));
        }
        None => terminal.print(&text),
    }
    Ok(Status::Clean)
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
