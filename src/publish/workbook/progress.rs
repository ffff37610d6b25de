//! The KPIs over the years as a workbook: a table of numbers, and native charts over a sheet of
//! their data, so that they follow what somebody changes there.

use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::{
    Chart, ChartEmptyCells, ChartFont, ChartLegendPosition, ChartLine, ChartLineDashType,
    ChartMarker, ChartMarkerType, ChartType, Color, Worksheet,
};

use super::{labelled, labels, sheet};
use crate::edition::Edition;
use crate::progress::{Known, Progress, Track};
use crate::publish::artifact::Rendered;
use crate::schema::{Half, Schema};
use crate::text::{self, era};
use crate::xlsx::{self, CellStyle, CellValue, Properties, TableColumn, WriteError};

const TABLE: &str = "{kpi}の推移";
pub(super) const CHARTS: &str = "グラフ";
const DATA: &str = "グラフのデータ";

const FIXED: [TableColumn; 4] = [
    TableColumn::new("{kpis.id}", 9.0, CellStyle::Centre),
    TableColumn::new("{place}", 14.0, CellStyle::Body),
    TableColumn::new("{kpis.name}", 38.0, CellStyle::Body),
    TableColumn::new("単位", 7.0, CellStyle::Centre),
];

const JUDGED: [TableColumn; 9] = [
    TableColumn::new("{kpis.target}", 16.0, CellStyle::Body),
    TableColumn::new("{kpis.target}の数値", 12.0, CellStyle::Number),
    TableColumn::new("目標の年度", 8.0, CellStyle::Centre),
    TableColumn::new("達成の割合（%）", 9.0, CellStyle::Number),
    TableColumn::new("目安の値", 12.0, CellStyle::Number),
    TableColumn::new("判定に使う率", 8.0, CellStyle::Number),
    TableColumn::new("判定", 6.0, CellStyle::Centre),
    TableColumn::new("状況", 26.0, CellStyle::Body),
    TableColumn::new("グラフ", 9.0, CellStyle::Link),
];

const DATA_COLUMNS: [TableColumn; 4] = [
    TableColumn::new("{kpis.id}", 9.0, CellStyle::Data),
    TableColumn::new("{kpis.name}", 40.0, CellStyle::Data),
    TableColumn::new("単位", 8.0, CellStyle::Data),
    TableColumn::new("系列", 14.0, CellStyle::Data),
];

/// Charts stand side by side, each over this many columns and rows of the sheet.
const ACROSS: usize = 2;
const CHART_COLUMNS: usize = 8;
const CHART_ROWS: usize = 16;
/// So many fit on a page.
const PAGE: usize = 4;
/// A little less than the cells that it stands over, in pixels.
const CHART_SIZE: (u32, u32) = (500, 310);
/// In percent. A sheet that is fitted to the width of its page has no page breaks of ours.
const SCALE: u16 = 95;
/// The row of the sheet of data that the years stand in.
const FIRST_VALUE: usize = 4;

/// The workbook as the bytes of an `.xlsx` file; the same input gives the same bytes.
pub fn render(edition: &Edition, progress: &Progress) -> Rendered {
    Rendered::workbook("progress.xlsx", write(edition, progress))
}

/// The table alone, as a sheet of the consolidated workbook.
pub(super) fn write_table(
    sheet: &mut Worksheet,
    schema: &Schema,
    progress: &Progress,
) -> Result<(), WriteError> {
    table(sheet, schema, progress, &[])
}

pub(super) fn description(schema: &Schema, progress: &Progress) -> String {
    let what = schema.fill("{kpi}の年度ごとの値と、{kpis.target}への進み具合。");
    let bounds = progress.bounds();
    let method = progress.method(schema);
    let judged = if bounds.is_empty() {
        String::new()
    } else {
        format!("判定は{}。", bounds.join("、"))
    };
    format!("{what}{method}{judged}")
}

fn write(edition: &Edition, progress: &Progress) -> Result<Vec<u8>, WriteError> {
    let schema = &edition.schema;
    let name = schema.fill(TABLE);
    let title = format!("{} {name}", progress.title);
    let mut workbook = xlsx::workbook(&Properties {
        title: &title,
        subject: &schema.fill("{kpis-in-full}の推移"),
        author: &edition.front.issuer,
        year: edition.year,
    })?;
    let charted: Vec<(&Track, Way)> =
        progress.tracks.iter().filter_map(|track| Some((track, Way::new(track)?))).collect();
    table(sheet(&mut workbook, &title, &name)?, schema, progress, &charted)?;
    let years = years(charted.iter().flat_map(|(_, way)| way.years()));
    charts(sheet(&mut workbook, &title, CHARTS)?, &charted, &years)?;
    data(sheet(&mut workbook, &title, DATA)?, schema, &charted, &years)?;
    Ok(workbook.save_to_buffer()?)
}

/// The known numbers of a track by year, and the straight line to its target.
struct Way {
    values: BTreeMap<i32, f64>,
    /// The base, the interim targets, the target.
    ends: Vec<Known>,
}

impl Way {
    /// `None` where there is no way from base to target to show.
    fn new(track: &Track) -> Option<Self> {
        let [base, goal] = track.way()?;
        let ends = [base].into_iter().chain(track.stations()).chain([goal]);
        Some(Self { values: values(track), ends: ends.collect() })
    }

    fn years(&self) -> impl Iterator<Item = i32> {
        self.values.keys().copied().chain(self.ends.iter().map(|end| end.fiscal_year))
    }

    /// What the line goes through.
    fn line(&self) -> BTreeMap<i32, f64> {
        self.ends.iter().map(|known| (known.fiscal_year, known.number)).collect()
    }
}

fn values(track: &Track) -> BTreeMap<i32, f64> {
    track.values.iter().map(|known| (known.fiscal_year, known.number)).collect()
}

/// Every year from the first to the last.
fn years(known: impl Iterator<Item = i32>) -> Vec<i32> {
    let known: BTreeSet<i32> = known.collect();
    match (known.first().copied(), known.last().copied()) {
        (Some(first), Some(last)) => (first..=last).collect(),
        _ => Vec::new(),
    }
}

/// Half-years in their order, with what they are called: 「R8上半期」.
type Halves = BTreeMap<(i32, Half), String>;

/// The half-years of which any track has a value. A year may have one half without the other, so
/// these have columns of their own behind those of the years.
fn halves(progress: &Progress) -> Halves {
    let points = progress.tracks.iter().flat_map(|track| &track.halves);
    points.map(|point| ((point.fiscal_year, point.half), point.period())).collect()
}

fn table(
    sheet: &mut Worksheet,
    schema: &Schema,
    progress: &Progress,
    charted: &[(&Track, Way)],
) -> Result<(), WriteError> {
    let points = progress.tracks.iter().flat_map(|track| &track.points);
    let known = points.filter_map(|point| point.fiscal_year);
    let years = years(known);
    let headers: Vec<String> = years.iter().map(|&y| format!("{}年度", era::short(y))).collect();
    let [fixed, judged] = [labels(&FIXED, schema), labels(&JUDGED, schema)];
    let mut columns = labelled(&FIXED, &fixed);
    let halves = halves(progress);
    let values = headers.iter().map(String::as_str).chain(halves.values().map(String::as_str));
    columns.extend(values.map(|label| TableColumn::new(label, 12.0, CellStyle::Number)));
    // Without a sheet of charts nothing leads there.
    let links = usize::from(charted.is_empty());
    columns.extend(labelled(&JUDGED, &judged).into_iter().take(JUDGED.len() - links));
    let mut rows = Vec::new();
    for track in &progress.tracks {
        let chart = charted.iter().position(|(other, _)| std::ptr::eq(*other, track));
        let mut row = row(schema, track, (&years, &halves), chart.map(corner).transpose()?);
        row.truncate(columns.len());
        rows.push(row);
    }
    xlsx::table(sheet, &columns, &rows)
}

fn row<'a>(
    schema: &Schema,
    track: &'a Track,
    (years, halves): (&[i32], &Halves),
    chart: Option<String>,
) -> Vec<CellValue<'a>> {
    let course = &track.course;
    let number = |number: Option<f64>| number.map_or(CellValue::Blank, CellValue::Number);
    let target = track.target.as_ref();
    let mut row: Vec<CellValue> = vec![
        track.kpi.as_str().into(),
        track.heading().into(),
        track.full_name().into(),
        track.unit.as_str().into(),
    ];
    row.extend(years.iter().map(|year| said(track, *year)));
    row.extend(halves.keys().map(|half| said_of_half(track, *half)));
    row.extend([
        target.map_or("", |target| target.printed.as_str()).into(),
        number(target.and_then(|target| target.number)),
        target.and_then(|t| t.fiscal_year).map(era::short).unwrap_or_default().into(),
        number(course.share.map(|share| rounded(share * 100.0, 10.0))),
        number(course.expected.map(|expected| rounded(expected, 100.0))),
        number(course.rate.map(|rate| rounded(rate, 100.0))),
        course.band.as_deref().unwrap_or_default().into(),
        schema.fill(course.standing.label()).into(),
        chart.map_or(CellValue::Blank, |corner| CellValue::Jump {
            to: format!("'{CHARTS}'!{corner}"),
            text: "グラフ".into(),
        }),
    ]);
    row
}

/// What is known of a year: a number, else the words that stand for one (未測定).
fn said(track: &Track, year: i32) -> CellValue<'_> {
    let Some(point) = track.points.iter().find(|point| point.fiscal_year == Some(year)) else {
        return CellValue::Blank;
    };
    point.number.map_or_else(|| point.printed.as_str().into(), CellValue::Number)
}

/// As [`said`], of a half of a year.
fn said_of_half(track: &Track, half: (i32, Half)) -> CellValue<'_> {
    let Some(point) = track.halves.iter().find(|at| (at.fiscal_year, at.half) == half) else {
        return CellValue::Blank;
    };
    point.number.map_or_else(|| point.printed.as_str().into(), CellValue::Number)
}

fn rounded(number: f64, steps: f64) -> f64 {
    (number * steps).round() / steps
}

/// Row and column of a chart's upper left cell.
fn place(at: usize) -> Result<(u32, u16), WriteError> {
    Ok((xlsx::row(at / ACROSS * CHART_ROWS)?, xlsx::column(at % ACROSS * CHART_COLUMNS)?))
}

fn corner(at: usize) -> Result<String, WriteError> {
    let (row, column) = place(at)?;
    Ok(rust_xlsxwriter::utility::row_col_to_cell(row, column))
}

fn charts(
    sheet: &mut Worksheet,
    charted: &[(&Track, Way)],
    years: &[i32],
) -> Result<(), WriteError> {
    sheet.set_screen_gridlines(false);
    let mut pages = Vec::new();
    for (at, (track, way)) in charted.iter().enumerate() {
        let (row, column) = place(at)?;
        sheet.insert_chart(row, column, &chart(track, way, at, years)?)?;
        if at > 0 && at % PAGE == 0 {
            pages.push(row);
        }
    }
    sheet.set_page_breaks(&pages)?.set_print_scale(SCALE);
    Ok(())
}

/// A chart over the two rows of a track; told apart by line and mark, without colour too.
fn chart(track: &Track, way: &Way, at: usize, years: &[i32]) -> Result<Chart, WriteError> {
    let column = |year: Option<i32>| -> Result<u16, WriteError> {
        let at = years.iter().position(|&other| Some(other) == year);
        let at = at.ok_or_else(|| WriteError::Internal(format!("no column for {year:?}")))?;
        xlsx::column(FIRST_VALUE + at)
    };
    let (first, last) = (column(way.years().min())?, column(way.years().max())?);
    let mut chart = Chart::new(ChartType::Line);
    let [values, line] = data_rows(at)?;
    // What comes last is drawn on top.
    let (square, circle) = (ChartMarkerType::Square, ChartMarkerType::Circle);
    let (dash, solid) = (ChartLineDashType::Dash, ChartLineDashType::Solid);
    let looks = [
        ("目標への直線", line, square, 7, dash, Color::RGB(0x59_59_59)),
        ("実績", values, circle, 9, solid, xlsx::ACCENT),
    ];
    for (label, row, marker, size, dash, color) in looks {
        chart
            .add_series()
            .set_name(label)
            .set_categories((DATA, 0, first, 0, last))
            .set_values((DATA, row, first, row, last))
            .set_marker(ChartMarker::new().set_type(marker).set_size(size))
            .set_format(ChartLine::new().set_color(color).set_width(2).set_dash_type(dash));
    }
    let name = track.full_name().replace('\n', " ");
    // Most names of KPIs say their unit.
    let said = track.unit.is_empty() || text::key(&name).contains(&text::key(&track.unit));
    let unit = if said { String::new() } else { format!("（{}）", track.unit) };
    let title = format!("{} {name}{unit}", track.kpi);
    let font = |size| {
        let mut font = ChartFont::new();
        font.set_name(xlsx::FONT).set_size(size);
        font
    };
    chart.title().set_name(title.as_str()).set_font(&font(9.0)).set_overlay(false);
    chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&font(8.0));
    chart.x_axis().set_font(&font(8.0));
    chart.y_axis().set_font(&font(8.0)).set_num_format("#,##0.##########");
    // From zero in every chart: a program's own choice would be zero for some of them only.
    let numbers = way.values.values().copied().chain(way.ends.iter().map(|end| end.number));
    if numbers.fold(f64::INFINITY, f64::min) >= 0.0 {
        chart.y_axis().set_min(0);
    }
    chart.show_empty_cells_as(ChartEmptyCells::Connected);
    chart.set_width(CHART_SIZE.0).set_height(CHART_SIZE.1).set_alt_text(&title);
    Ok(chart)
}

/// The rows of a track on the sheet of data: its values and its line.
fn data_rows(at: usize) -> Result<[u32; 2], WriteError> {
    Ok([xlsx::row(at * 2 + 1)?, xlsx::row(at * 2 + 2)?])
}

fn data(
    sheet: &mut Worksheet,
    schema: &Schema,
    charted: &[(&Track, Way)],
    years: &[i32],
) -> Result<(), WriteError> {
    let headers: Vec<String> = years.iter().map(|&year| era::short(year)).collect();
    let fixed = labels(&DATA_COLUMNS, schema);
    let mut columns = labelled(&DATA_COLUMNS, &fixed);
    columns.extend(headers.iter().map(|label| TableColumn::new(label, 12.0, CellStyle::Figure)));
    let mut rows: Vec<Vec<CellValue>> = Vec::new();
    for (track, way) in charted {
        let series = [("実績", way.values.clone()), ("目標への直線", way.line())];
        for (label, numbers) in series {
            let mut row: Vec<CellValue> = vec![
                track.kpi.as_str().into(),
                track.full_name().into(),
                track.unit.as_str().into(),
                label.into(),
            ];
            let number =
                |year| numbers.get(year).map_or(CellValue::Blank, |n| CellValue::Number(*n));
            row.extend(years.iter().map(number));
            rows.push(row);
        }
    }
    xlsx::table(sheet, &columns, &rows)
}
