//! The KPIs and the measures, heading by heading.

use serde::Serialize;

use super::super::break_hints::ZERO_WIDTH_SPACE;
use super::{Report, hinted};
use crate::edition::Edition;
use crate::model::{Annex, Heading, Measure, Row as _};
use crate::progress::{self, Known, Track, number};
use crate::schema::{Column, Role, Table};
use crate::text::era;

/// A number of more characters stands on a line of its own.
const LONG_NUMBER: usize = 8;

/// Four digits with a sign fit the column of the rates.
const MOST_PERCENT: f64 = 10_000.0;

/// A heading with what stands under it.
#[derive(Debug, Serialize)]
pub struct Topic {
    level: usize,
    label: String,
    kpis: Vec<KpiRow>,
    measures: Vec<MeasureRow>,
}

#[derive(Debug, Serialize)]
struct KpiRow {
    id: String,
    name: String,
    department: String,
    base: Value,
    latest: Value,
    /// Half-years, with what is known of them: 「R8上半期 1,200人」.
    halves: Vec<String>,
    target: String,
    /// Percent, where there is a rate: 「87%」.
    rate: String,
    grade: String,
    standing: String,
    chart: Option<Chart>,
}

/// A value and what is said of its year.
#[derive(Debug, Default, Serialize)]
struct Value {
    text: String,
    year: String,
}

/// A chart in the unit square, and what it shows in words.
#[derive(Debug, Serialize)]
struct Chart {
    words: String,
    values: Vec<[f64; 2]>,
    way: Vec<[f64; 2]>,
    stations: Vec<[f64; 2]>,
    goal: [f64; 2],
    first: String,
    last: String,
}

#[derive(Debug, Serialize)]
struct MeasureRow {
    id: String,
    name: String,
    owner: String,
    /// What the chosen columns say, under their labels; what is blank is left out.
    cells: Vec<Cell>,
}

#[derive(Debug, Serialize)]
struct Cell {
    label: String,
    text: String,
    /// Of a few letters, as a judgement is.
    short: bool,
}

/// Headings without anything under them are left out.
pub fn topics(edition: &Edition, report: Report) -> Vec<Topic> {
    let mut topics = Vec::new();
    for heading in &report.annex.outline {
        add(heading, edition, report, &mut topics);
    }
    topics
}

/// Adds the heading and those under it; whether there was anything.
fn add(heading: &Heading, edition: &Edition, report: Report, topics: &mut Vec<Topic>) -> bool {
    let annex = report.annex;
    let tracks = report.progress.newest().filter(|track| track.category == heading.id);
    let topic = Topic {
        level: heading.id.depth(),
        label: heading.label(),
        kpis: tracks.map(|track| kpi_row(annex, track)).collect(),
        measures: measures(heading, edition, annex),
    };
    let at = topics.len();
    let is_empty = topic.kpis.is_empty() && topic.measures.is_empty();
    topics.push(topic);
    let mut has_any = !is_empty;
    for under in &heading.headings {
        has_any |= add(under, edition, report, topics);
    }
    if !has_any {
        topics.truncate(at);
    }
    has_any
}

fn kpi_row(annex: &Annex, track: &Track) -> KpiRow {
    let course = &track.course;
    KpiRow {
        id: track.kpi.to_string(),
        name: hinted(&track.full_name()),
        department: annex.kpi(&track.kpi).map(|kpi| kpi.submitted_by.clone()).unwrap_or_default(),
        base: base(track),
        latest: latest(track),
        halves: track
            .halves
            .iter()
            .map(|half| hinted(&format!("{} {}", half.period(), half.shown(&track.unit))))
            .collect(),
        target: track.target.as_ref().map_or_else(String::new, |target| hinted(&target.printed)),
        rate: course.rate.map(percent).unwrap_or_default(),
        grade: course.band.clone().unwrap_or_default(),
        standing: annex.schema.fill(course.standing.label()).into_owned(),
        chart: chart(track),
    }
}

/// A rate in percent. Beyond what its column holds nobody asks for the digits: the base and the target
/// lie close together then.
fn percent(rate: f64) -> String {
    let percent = (rate * 100.0).round();
    if percent >= MOST_PERCENT {
        format!("1万%{ZERO_WIDTH_SPACE}以上")
    } else if percent <= -MOST_PERCENT {
        format!("-1万%{ZERO_WIDTH_SPACE}以下")
    } else {
        progress::percent(rate)
    }
}

fn amount(track: &Track, known: Known) -> String {
    let (digits, unit) = (number(known.number), &track.unit);
    if digits.len() > LONG_NUMBER {
        // No line of the column holds it with its unit.
        return format!("{digits}{ZERO_WIDTH_SPACE}{unit}");
    }
    hinted(&format!("{digits}{unit}"))
}

fn base(track: &Track) -> Value {
    if let Some(base) = track.start() {
        return Value { text: amount(track, base), year: era::short(base.fiscal_year) };
    }
    let first = track.points.first();
    let text = first.map(|point| hinted(&point.printed)).unwrap_or_default();
    let year = first.and_then(|point| point.fiscal_year).map(era::short);
    Value { text, year: year.unwrap_or_default() }
}

/// The last value, what it comes to with those before it, or the words that stand for one.
fn latest(track: &Track) -> Value {
    let Some(point) = track.newest_point() else { return Value::default() };
    let year = point.fiscal_year.map(era::short).unwrap_or_default();
    let Some(known) = point.known() else {
        return Value { text: hinted(&point.printed), year };
    };
    let own = amount(track, known);
    let text = match track.total() {
        Some(total) => format!("{own}\n累計 {}", amount(track, total)),
        None => own,
    };
    Value { text, year }
}

fn chart(track: &Track) -> Option<Chart> {
    let [_, goal] = track.way()?;
    // A single dot shows no way.
    let plain = track.chart().filter(|chart| chart.values.len() > 1)?;
    let said = |known: &Known| {
        format!("{} {}{}", era::long(known.fiscal_year), number(known.number), track.unit)
    };
    let values: Vec<String> = track.values.iter().map(said).collect();
    Some(Chart {
        words: format!("{}、目標 {}", values.join("、"), said(&goal)),
        values: plain.values,
        way: plain.way,
        stations: plain.stations,
        goal: plain.goal,
        first: era::short(plain.first_year),
        last: era::short(plain.last_year),
    })
}

/// The measures of which a chosen column says something, at their own places.
fn measures(heading: &Heading, edition: &Edition, annex: &Annex) -> Vec<MeasureRow> {
    let schema = &annex.schema;
    let keys = &edition.progress.measures;
    let columns: Vec<&Column> =
        keys.iter().filter_map(|key| schema.column(Table::Measures, key)).collect();
    let own = heading.listings.iter().filter(|listing| !listing.repost);
    let rows = own.filter_map(|listing| annex.measure(&listing.measure));
    rows.filter_map(|measure| {
        let cells: Vec<Cell> = columns.iter().filter_map(|column| cell(measure, column)).collect();
        (!cells.is_empty()).then(|| MeasureRow {
            id: measure.id.to_string(),
            name: hinted(&measure.name.value),
            owner: owner(measure),
            cells,
        })
    })
    .collect()
}

fn cell(measure: &Measure, column: &Column) -> Option<Cell> {
    let text = match measure.number(&column.key) {
        Some((value, unit)) => format!("{}{unit}", number(value)).into(),
        None => measure.text(column),
    };
    if text.is_empty() {
        return None;
    }
    let short =
        !column.choices.is_empty() || column.kind.is_numeric() || column.role != Role::Value;
    Some(Cell { label: column.label.clone(), text: hinted(&text), short })
}

pub fn owner(measure: &Measure) -> String {
    let parts = [measure.department.as_str(), measure.section.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("　")
}
