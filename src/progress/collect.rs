//! Gathers what the editions say of each KPI.

use super::course::course;
use super::{Milestone, Point, Progress, Settings, Standing, Track};
use crate::model::{Annex, AsOf, Figure, Heading, Kpi, Reading};
use crate::schema::FigureRole;
use crate::text::key;

/// A track of a KPI: its mark and, without marks, the words before the number.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Strand {
    mark: Option<char>,
    label: String,
}

/// One edition's row of a KPI.
#[derive(Clone, Copy)]
struct Statement<'a> {
    edition: &'a str,
    /// Which fiscal year a value without one is of, where that is known.
    unstated: Option<i32>,
    heading: &'a Heading,
    kpi: &'a Kpi,
    current: &'a Figure,
    target: &'a Figure,
}

/// The KPIs across editions, given oldest first. KPIs are matched by id.
///
/// The rows are those of the newest edition in printed order, then those that only older ones
/// list, the newest of these first.
pub fn progress(editions: &[&Annex], settings: &Settings) -> Progress {
    let statements: Vec<Statement> = editions
        .iter()
        .flat_map(|annex| {
            let edition = annex.front.edition.as_str();
            let unstated = settings.dates(edition).map(|dates| dates.year + dates.unstated_year);
            let rows = annex.kpi_rows();
            rows.map(move |(heading, kpi)| Statement {
                edition,
                unstated,
                heading,
                kpi,
                current: &annex.figure(kpi, FigureRole::Actual).value,
                target: &annex.figure(kpi, FigureRole::Target).value,
            })
        })
        .collect();
    let mut tracks: Vec<Track> = Vec::new();
    for annex in editions.iter().rev() {
        for (_, kpi) in annex.kpi_rows() {
            if tracks.iter().all(|track| track.kpi != kpi.id) {
                let of_kpi: Vec<Statement> =
                    statements.iter().copied().filter(|s| s.kpi.id == kpi.id).collect();
                tracks.extend(tracks_of(&of_kpi, settings));
            }
        }
    }
    Progress {
        title: editions.last().map(|annex| annex.front.title.clone()).unwrap_or_default(),
        editions: editions.iter().map(|annex| annex.front.edition.clone()).collect(),
        bands: settings.bands.clone(),
        tracks,
    }
}

fn tracks_of(statements: &[Statement], settings: &Settings) -> Vec<Track> {
    let Some(newest) = statements.last() else { return Vec::new() };
    let strands = strands(newest);
    strands.iter().map(|strand| track(strand, statements, newest, settings)).collect()
}

/// The tracks that a KPI has: one a part, else one a number, else the KPI itself.
fn strands(of: &Statement) -> Vec<Strand> {
    let mut strands: Vec<Strand> = Vec::new();
    let mut add = |strand: Strand| {
        if !strands.contains(&strand) {
            strands.push(strand);
        }
    };
    for part in &of.kpi.parts {
        add(Strand { mark: Some(part.mark), label: String::new() });
    }
    for figure in [of.target, of.current] {
        let several = figure.readings.len() > 1;
        for reading in &figure.readings {
            let label = if reading.mark.is_none() && several { &reading.label } else { "" };
            add(Strand { mark: reading.mark, label: label.to_owned() });
        }
    }
    // A figure that speaks for the whole KPI (未測定) is no track beside its parts.
    if strands.iter().any(|s| s.mark.is_some() || !s.label.is_empty()) {
        strands.retain(|s| s.mark.is_some() || !s.label.is_empty());
    }
    if strands.is_empty() {
        strands.push(Strand { mark: None, label: String::new() });
    }
    strands
}

/// What a figure says of a track: its own reading, else one that speaks for the whole KPI. A
/// number for the whole is no part's number: it comes with `true`, to be shown and not counted.
fn reading<'a>(figure: &'a Figure, strand: &Strand) -> Option<(&'a Reading, bool)> {
    let own = figure.readings.iter().find(|reading| match strand.mark {
        Some(mark) => reading.mark == Some(mark),
        None => reading.mark.is_none() && key(&reading.label) == key(&strand.label),
    });
    if let Some(own) = own {
        return Some((own, false));
    }
    let [only] = figure.readings.as_slice() else { return None };
    let whole = strand.mark.is_none() && strand.label.is_empty();
    only.mark.is_none().then_some((only, !whole && only.number.is_some()))
}

fn track(
    strand: &Strand,
    statements: &[Statement],
    newest: &Statement,
    settings: &Settings,
) -> Track {
    let mut points = Vec::new();
    let (mut targets, mut units): (Vec<Milestone>, Vec<String>) = (Vec::new(), Vec::new());
    let mut parts_differ = false;
    for statement in statements {
        let (current, goal) = (statement.current, statement.target);
        if let Some((reading, of_whole)) = reading(current, strand) {
            let mut point = point(statement, reading, printed(current, reading));
            if of_whole {
                (parts_differ, point.number) = (true, None);
            } else {
                note_unit(&mut units, reading);
            }
            add_point(&mut points, point);
        }
        if let Some((reading, of_whole)) = reading(goal, strand) {
            if of_whole {
                parts_differ = true;
            } else {
                note_unit(&mut units, reading);
            }
            targets.push(Milestone {
                fiscal_year: reading.fiscal_year,
                number: reading.number.filter(|_| !of_whole),
                comparison: reading.comparison,
                printed: printed(goal, reading),
                edition: statement.edition.to_owned(),
            });
        }
    }
    points.sort_by_key(|point: &Point| point.fiscal_year);
    // Only a target that the newest edition still has is one to reach.
    let target = targets.pop_if(|target| target.edition == newest.edition);
    targets.dedup_by(|next, first| same_target(next, first));
    targets.retain(|former| target.as_ref().is_none_or(|target| !same_target(former, target)));
    let mut course = course(&newest.kpi.id, &points, target.as_ref(), units.len() < 2, settings);
    if parts_differ && matches!(course.standing, Standing::NoNumber | Standing::TargetInWords) {
        course.standing = Standing::PartsDiffer;
    }
    Track {
        kpi: newest.kpi.id.clone(),
        mark: strand.mark,
        label: strand.label.clone(),
        name: name(newest.kpi, strand),
        category: newest.heading.id,
        category_title: newest.heading.title.clone(),
        category_name: Some(newest.heading.name()).filter(|name| *name != usual_name(newest)),
        last_edition: newest.edition.to_owned(),
        unit: units.into_iter().next().unwrap_or_default(),
        points,
        target,
        former_targets: targets,
        course,
    }
}

/// What a heading of the standard edition is called.
fn usual_name(statement: &Statement) -> String {
    Heading::standard(statement.heading.id, statement.heading.title.as_str()).name()
}

fn same_target(a: &Milestone, b: &Milestone) -> bool {
    (a.number, a.fiscal_year, &a.printed) == (b.number, b.fiscal_year, &b.printed)
}

/// Units are compared as names are; a number without one goes with any.
fn note_unit(units: &mut Vec<String>, reading: &Reading) {
    let known = |unit: &String| key(unit) == key(&reading.unit);
    if reading.number.is_some() && !reading.unit.is_empty() && !units.iter().any(known) {
        units.push(reading.unit.clone());
    }
}

/// What the figure prints of one reading: the line of its part, else the whole.
fn printed(figure: &Figure, reading: &Reading) -> String {
    let line = reading.mark.and_then(|mark| {
        let line = figure.printed.lines().find(|line| line.starts_with(mark))?;
        Some(line.trim_start_matches(mark).trim())
    });
    line.unwrap_or(&figure.printed).to_owned()
}

fn point(statement: &Statement, reading: &Reading, printed: String) -> Point {
    let stated = reading.fiscal_year.or_else(|| reading.as_of.as_ref().map(AsOf::fiscal_year));
    Point {
        fiscal_year: stated.or(statement.unstated),
        year_assumed: stated.is_none(),
        number: reading.number,
        printed,
        edition: statement.edition.to_owned(),
        restated_from: None,
    }
}

/// Of two statements on one year the newer stands; words never stand over a number.
fn add_point(points: &mut Vec<Point>, mut point: Point) {
    let year = point.fiscal_year;
    let Some(old) = points.iter_mut().find(|old| year.is_some() && old.fiscal_year == year) else {
        points.push(point);
        return;
    };
    if point.number.is_none() && old.number.is_some() {
        return;
    }
    point.restated_from = old.number.filter(|number| point.number != Some(*number));
    *old = point;
}

fn name(kpi: &Kpi, strand: &Strand) -> String {
    let part = kpi.parts.iter().find(|part| Some(part.mark) == strand.mark);
    part.map_or_else(|| kpi.name.value.clone(), |part| part.name.clone())
}
