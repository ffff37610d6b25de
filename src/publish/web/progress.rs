//! What the section of the KPIs over the years shows: the values of `templates/web/progress.html`.

use std::collections::BTreeSet;

use serde::Serialize;

use super::chart::{Chart, chart};
use super::page::{anchor, course_anchor, heading_anchor, of_kpi};
use crate::model::{Annex, Id};
use crate::progress::{Milestone, Point, Progress, Track, number};
use crate::schema::Schema;
use crate::text::era;

#[derive(Serialize)]
pub(super) struct Section {
    /// There is one edition only, so that there is a start and no way yet.
    single: bool,
    /// Some year is assumed.
    assumed: bool,
    /// What the judgement goes by.
    method: String,
    /// 「A 1以上」, best first; none where nothing is judged yet.
    bands: Vec<String>,
    best: Option<String>,
    categories: Vec<CategoryView>,
}

#[derive(Serialize)]
struct CategoryView {
    anchor: String,
    label: String,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    /// Its own place: on the first row of each KPI.
    place: Option<String>,
    /// The place of the KPI on the page, where it has one.
    anchor: Option<String>,
    /// Names of departments, one a line.
    departments: String,
    id: String,
    mark: Option<char>,
    name: String,
    /// The last edition with it, where that is not the newest.
    dropped: Option<String>,
    points: Vec<String>,
    target: String,
    /// The interim targets: 「R7 53%」.
    interims: Vec<String>,
    chart: Option<Chart>,
    /// What is said of its course, in the words of the edition.
    standing: String,
    band: Option<String>,
    share: Option<String>,
    expected: Option<String>,
}

/// The section; links go to the KPIs of `annex`, where the page has it.
pub(super) fn section(schema: &Schema, progress: &Progress, annex: Option<&Annex>) -> Section {
    let printed: BTreeSet<&Id> =
        annex.into_iter().flat_map(Annex::kpi_rows).map(|(_, kpi)| &kpi.id).collect();
    let annex = annex.map(|annex| (annex, &printed));
    let mut placed: BTreeSet<&Id> = BTreeSet::new();
    let mut categories: Vec<(crate::model::HeadingId, CategoryView)> = Vec::new();
    for track in &progress.tracks {
        let view = match categories.iter_mut().find(|(id, _)| *id == track.category) {
            Some((_, view)) => view,
            None => {
                let label = track.heading();
                let anchor = heading_anchor(track.category);
                categories.push((track.category, CategoryView { anchor, label, rows: Vec::new() }));
                match categories.last_mut() {
                    Some((_, view)) => view,
                    None => continue,
                }
            }
        };
        let first = placed.insert(&track.kpi);
        let standing = schema.fill(track.course.standing.label()).into_owned();
        view.rows.push(Row { standing, ..row(progress, track, annex, first) });
    }
    categories.sort_by_key(|(id, _)| *id);
    let mut points = progress.tracks.iter().flat_map(|track| &track.points);
    Section {
        single: progress.editions.len() < 2,
        assumed: points.any(|point| point.year_assumed && point.fiscal_year.is_some()),
        method: progress.method(schema),
        bands: progress.bounds(),
        best: progress.best().map(str::to_owned),
        categories: categories.into_iter().map(|(_, view)| view).collect(),
    }
}

/// `annex` comes with the KPIs that its page has.
fn row(
    progress: &Progress,
    track: &Track,
    annex: Option<(&Annex, &BTreeSet<&Id>)>,
    first: bool,
) -> Row {
    let course = &track.course;
    let listed = annex.and_then(|(annex, printed)| {
        let kpi = annex.kpi(&track.kpi).filter(|kpi| printed.contains(&kpi.id))?;
        Some(of_kpi(annex, kpi).join("\n"))
    });
    let newest = progress.editions.last();
    let name = match track.label.as_str() {
        "" => track.name.clone(),
        label => format!("{}（{label}）", track.name),
    };
    Row {
        place: first.then(|| course_anchor(&track.kpi)),
        anchor: listed.as_ref().map(|_| anchor(&track.kpi)),
        departments: listed.unwrap_or_default(),
        id: track.kpi.to_string(),
        mark: track.mark,
        name,
        dropped: newest
            .filter(|newest| **newest != track.last_edition)
            .map(|_| track.last_edition.clone()),
        points: track
            .points
            .iter()
            .map(|point| told(point, &track.unit))
            .chain(
                track
                    .halves
                    .iter()
                    .map(|half| format!("{} {}", half.period(), half.shown(&track.unit))),
            )
            .collect(),
        target: track.target.as_ref().map_or_else(|| "なし".into(), |t| t.printed.clone()),
        interims: track
            .interims
            .iter()
            .filter_map(Milestone::known)
            .map(|k| format!("{} {}{}", era::short(k.fiscal_year), number(k.number), track.unit))
            .collect(),
        chart: chart(track),
        standing: String::new(),
        band: course.band.clone(),
        share: course.share.map(way),
        expected: course
            .expected
            .map(|n| format!("{}{}", number((n * 100.0).round() / 100.0), track.unit)),
    }
}

/// How much of the way to the target is done.
fn way(share: f64) -> String {
    match share {
        back if back < 0.0 => "基準値より後退".to_owned(),
        over if over > 1.0 => "目標までの道のりの100%以上".to_owned(),
        share => format!("目標までの道のりの{}%", number((share * 1000.0).round() / 10.0)),
    }
}

/// 「R6※ 1,551人」; words stand as they are printed.
fn told(point: &Point, unit: &str) -> String {
    let year = match point.fiscal_year {
        Some(year) if point.year_assumed => format!("{}※", era::short(year)),
        Some(year) => era::short(year),
        None => "年度不明".into(),
    };
    let value = point.shown(unit);
    let restated = point.restated_from.map(|old| format!("（前の版では{}{unit}）", number(old)));
    format!("{year} {value}{}", restated.unwrap_or_default())
}
