//! Gathers what the editions say of each KPI.

use super::course::{Measure, Way};
use super::{HalfPoint, Milestone, Plan, Point, Progress, Settings, Standing, Track};
use crate::model::{Annex, Figure, Heading, Kpi, Reading};
use crate::schema::{FigureRole, Half, Role, Schema, Table};
use crate::text::key;

/// A track of a KPI: its mark and, without marks, the words before the number.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Strand {
    mark: Option<char>,
    label: String,
}

/// One edition's row of a KPI.
#[derive(Clone)]
struct Statement<'a> {
    edition: &'a str,
    /// Which fiscal year a value without one is of, where that is known.
    unstated: Option<i32>,
    heading: &'a Heading,
    kpi: &'a Kpi,
    /// The values that it comes from, base values first, and those that it goes to, interim ones
    /// first; each in the form's order.
    known: Vec<Value<'a>>,
    aims: Vec<Value<'a>>,
}

/// A value of a KPI and what it stands for.
#[derive(Clone, Copy)]
struct Value<'a> {
    role: FigureRole,
    /// The year that its column is for, and the half of it.
    year: Option<i32>,
    half: Option<Half>,
    figure: &'a Figure,
}

fn values<'a>(schema: &Schema, kpi: &'a Kpi, roles: [FigureRole; 2]) -> Vec<Value<'a>> {
    let of_role = |role| {
        let wanted = [role];
        let columns = schema.figures_of(&wanted).collect::<Vec<_>>();
        columns.into_iter().map(move |column| {
            let year = match column.role {
                Role::Figure { year, .. } => year,
                _ => None,
            };
            Value { role, year, half: column.half, figure: &kpi.figure(&column.key).value }
        })
    };
    roles.into_iter().flat_map(of_role).collect()
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
                known: values(&annex.schema, kpi, [FigureRole::Base, FigureRole::Actual]),
                aims: values(&annex.schema, kpi, [FigureRole::Interim, FigureRole::Target]),
            })
        })
        .collect();
    let measure = measure(editions, settings);
    let mut tracks: Vec<Track> = Vec::new();
    for annex in editions.iter().rev() {
        for (_, kpi) in annex.kpi_rows() {
            if tracks.iter().all(|track| track.kpi != kpi.id) {
                let of_kpi: Vec<Statement> =
                    statements.iter().filter(|s| s.kpi.id == kpi.id).cloned().collect();
                tracks.extend(tracks_of(&of_kpi, settings, &measure));
            }
        }
    }
    Progress {
        title: editions.last().map(|annex| annex.front.title.clone()).unwrap_or_default(),
        editions: editions.iter().map(|annex| annex.front.edition.clone()).collect(),
        scheme: measure.scheme,
        bands: measure.bands,
        plan: measure.plan,
        reporting_year: measure.reporting_year,
        tracks,
    }
}

/// What the tracks are judged by: the settings, and the years of the newest edition.
fn measure(editions: &[&Annex], settings: &Settings) -> Measure {
    let newest = editions.last();
    let plan = newest
        .map(|annex| Plan { first_year: annex.front.first_year, last_year: annex.front.last_year });
    // 0 is a year that nobody knows.
    let plan = plan.filter(|plan| plan.first_year > 0 && plan.first_year <= plan.last_year);
    let reported = || newest.and_then(|annex| reported_year(annex, settings));
    Measure {
        scheme: settings.scheme,
        bands: settings.judgements(),
        plan,
        reporting_year: settings.reporting_year.or_else(reported),
    }
}

/// The fiscal year of the newest values: of the last value with a year of its own that any KPI
/// has a number of, else that which a value without a year is of.
fn reported_year(annex: &Annex, settings: &Settings) -> Option<i32> {
    let dates = settings.dates(&annex.front.edition);
    // Of a year whose first half is known, the end is not.
    let of_column = |column: &crate::schema::Column| match column.role {
        _ if column.half == Some(Half::First) => None,
        Role::Figure { role: FigureRole::Actual, year } => year,
        _ => None,
    };
    let columns = annex.schema.columns(Table::Kpis).iter();
    let stated = columns.filter_map(|column| Some((column, of_column(column)?)));
    let has_number = |key: &str| {
        let readings = annex.kpi_rows().flat_map(|(_, kpi)| &kpi.figure(key).value.readings);
        readings.into_iter().any(|reading| reading.number.is_some())
    };
    let filled = stated.filter(|(column, _)| has_number(&column.key));
    let latest = filled.map(|(_, year)| year).max();
    latest.or_else(|| dates.map(|dates| dates.year + dates.unstated_year))
}

fn tracks_of(statements: &[Statement], settings: &Settings, measure: &Measure) -> Vec<Track> {
    let Some(newest) = statements.last() else { return Vec::new() };
    let strands = strands(newest);
    strands.iter().map(|strand| track(strand, statements, newest, settings, measure)).collect()
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
    let figures = of.aims.iter().rev().chain(of.known.iter().rev());
    for Value { figure, .. } in figures {
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
    measure: &Measure,
) -> Track {
    let mut points = Vec::new();
    let (mut targets, mut units): (Vec<Milestone>, Vec<String>) = (Vec::new(), Vec::new());
    let mut parts_differ = false;
    let (mut base, mut interims) = (None, Vec::new());
    for statement in statements {
        for value in &statement.known {
            let said = said(value, strand, &mut units, &mut parts_differ);
            let Some((reading, number)) = said.filter(|_| value.half.is_none()) else { continue };
            let point = point(statement, value, reading, number);
            if value.role == FigureRole::Base && base.is_none() {
                base = point.known();
            }
            add_point(&mut points, point);
        }
        let mut aims = Vec::new();
        for value in &statement.aims {
            let said = said(value, strand, &mut units, &mut parts_differ);
            let Some((reading, number)) = said else { continue };
            aims.push((value.role, milestone(statement, value, reading, number)));
        }
        targets.extend(take_target(&mut aims));
        interims = aims.into_iter().map(|(_, milestone)| milestone).collect();
        interims.retain(|milestone: &Milestone| milestone.number.is_some());
    }
    points.sort_by_key(|point: &Point| point.fiscal_year);
    let (target, former_targets) = newest_target(targets, newest);
    interims.sort_by_key(|milestone| milestone.fiscal_year);
    let aim = settings.aims.get(&newest.kpi.id).copied().unwrap_or_default();
    let units_agree = units.len() < 2;
    let way = Way { base, target: target.as_ref(), interims: &interims, aim, units_agree };
    let scale = measure.scale(&points, &way);
    let mut course = measure.course(&points, &scale, &way);
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
        halves: halves(strand, statements),
        counting: aim.counting,
        values: scale.values,
        target,
        interims,
        former_targets,
        course,
    }
}

/// What a value says that a KPI is to reach.
fn milestone(
    statement: &Statement,
    value: &Value,
    reading: &Reading,
    number: Option<f64>,
) -> Milestone {
    Milestone {
        fiscal_year: reading.fiscal_year,
        number,
        comparison: reading.comparison,
        printed: printed(value.figure, reading),
        edition: statement.edition.to_owned(),
    }
}

/// The target that the newest edition still has, which is one to reach, and those before it.
fn newest_target(
    mut targets: Vec<Milestone>,
    newest: &Statement,
) -> (Option<Milestone>, Vec<Milestone>) {
    let target = targets.pop_if(|target| target.edition == newest.edition);
    targets.dedup_by(|next, first| same_target(next, first));
    targets.retain(|former| target.as_ref().is_none_or(|target| !same_target(former, target)));
    (target, targets)
}

/// Takes the last target out of the values that a KPI goes to, or the last interim one where no
/// target is a number.
fn take_target(aims: &mut Vec<(FigureRole, Milestone)>) -> Option<Milestone> {
    let last = |role: FigureRole, stated: bool| {
        aims.iter().rposition(|(other, milestone)| {
            *other == role && (!stated || milestone.number.is_some())
        })
    };
    let target = last(FigureRole::Target, true);
    let in_words =
        || last(FigureRole::Target, false).filter(|_| last(FigureRole::Interim, true).is_none());
    let at = target.or_else(in_words).or_else(|| last(FigureRole::Interim, true));
    at.map(|at| aims.remove(at).1)
}

/// What a heading of the standard edition is called.
fn usual_name(statement: &Statement) -> String {
    Heading::standard(statement.heading.id, statement.heading.title.as_str()).name()
}

fn same_target(a: &Milestone, b: &Milestone) -> bool {
    (a.number, a.fiscal_year, &a.printed) == (b.number, b.fiscal_year, &b.printed)
}

/// Units are compared as names are; a number without one goes with any.
fn note_unit(units: &mut Vec<String>, reading: &Reading, number: Option<f64>) {
    let known = |unit: &String| key(unit) == key(&reading.unit);
    if number.is_some() && !reading.unit.is_empty() && !units.iter().any(known) {
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

fn point(statement: &Statement, value: &Value, reading: &Reading, number: Option<f64>) -> Point {
    // A word in a column of a year is of that year, as a number is.
    let stated = reading.stated_year().or(value.year);
    // A base value is of any year.
    let unstated = statement.unstated.filter(|_| value.role != FigureRole::Base);
    Point {
        fiscal_year: stated.or(unstated),
        year_assumed: stated.is_none(),
        number,
        printed: printed(value.figure, reading),
        edition: statement.edition.to_owned(),
        restated_from: None,
    }
}

/// What a value says of a track, with its number unless that is one for the whole KPI.
fn said<'a>(
    value: &Value<'a>,
    strand: &Strand,
    units: &mut Vec<String>,
    parts_differ: &mut bool,
) -> Option<(&'a Reading, Option<f64>)> {
    let (reading, of_whole) = reading(value.figure, strand)?;
    *parts_differ |= of_whole;
    let number = reading.number.filter(|_| !of_whole);
    note_unit(units, reading, number);
    Some((reading, number))
}

/// What is known of half-years, in their order; of two statements on one the newer stands.
fn halves(strand: &Strand, statements: &[Statement]) -> Vec<HalfPoint> {
    let mut halves: Vec<HalfPoint> = Vec::new();
    for statement in statements {
        for value in &statement.known {
            let Some((reading, of_whole)) = reading(value.figure, strand) else { continue };
            let number = reading.number.filter(|_| !of_whole);
            let Some(half) = half_of(statement, value, reading, number) else { continue };
            let period = (half.fiscal_year, half.half);
            halves.retain(|other| (other.fiscal_year, other.half) != period);
            halves.push(half);
        }
    }
    halves.sort_by_key(|half| (half.fiscal_year, half.half));
    halves
}

/// What a value says of a half-year, where its column is of one.
fn half_of(
    statement: &Statement,
    value: &Value,
    reading: &Reading,
    number: Option<f64>,
) -> Option<HalfPoint> {
    Some(HalfPoint {
        half: value.half?,
        fiscal_year: value.year?,
        number,
        printed: printed(value.figure, reading),
        edition: statement.edition.to_owned(),
    })
}

/// Of two statements on one year the newer stands; words never stand over a number. Of two values
/// of one edition, a value that is measured stands over the base value.
fn add_point(points: &mut Vec<Point>, mut point: Point) {
    let year = point.fiscal_year;
    let Some(old) = points.iter_mut().find(|old| year.is_some() && old.fiscal_year == year) else {
        points.push(point);
        return;
    };
    if point.number.is_none() && old.number.is_some() {
        return;
    }
    if point.edition == old.edition {
        point.restated_from = old.restated_from;
        *old = point;
        return;
    }
    point.restated_from = old.number.filter(|number| point.number != Some(*number));
    *old = point;
}

fn name(kpi: &Kpi, strand: &Strand) -> String {
    let part = kpi.parts.iter().find(|part| Some(part.mark) == strand.mark);
    part.map_or_else(|| kpi.name.value.clone(), |part| part.name.clone())
}
