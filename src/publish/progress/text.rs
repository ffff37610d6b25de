//! The progress for the terminal: how often each judgement was given, and a line for each number.

use crate::progress::{Point, Progress, Track, number, percent};
use crate::publish::artifact::{Artifact, ContentType, Rendered};
use crate::schema::Schema;
use crate::text::columns::{cut, pad, widest, width};
use crate::text::era;
use crate::text::escape::harmless;

/// No column is wider. A longer name is cut, which the id stands for; a longer value pushes the rest
/// of its line aside.
const WIDEST: usize = 40;

/// In the words of the newest edition, of which this is the schema.
pub fn render(schema: &Schema, progress: &Progress) -> Rendered {
    let text = harmless(&(head(schema, progress) + &body(schema, progress)));
    Artifact::new("progress.txt", ContentType::PlainText, text.into_bytes()).into()
}

/// Which editions, how many of each judgement, and what the judgement goes by.
fn head(schema: &Schema, progress: &Progress) -> String {
    let tracks: Vec<&Track> = progress.newest().collect();
    let mut kpis: Vec<_> = tracks.iter().map(|track| &track.kpi).collect();
    kpis.dedup();
    let (numbers, kpis) = (tracks.len(), kpis.len());
    let parts = if numbers > kpis { format!("（値は{numbers}）") } else { String::new() };
    let grades = progress.grades().into_iter().zip(progress.counts(&tracks));
    let counts: Vec<String> = grades.map(|(grade, count)| format!("{grade} {count}")).collect();
    let (title, editions) = (&progress.title, progress.editions.join("、"));
    let (word, counts) = (&schema.words.kpi, counts.join("、"));
    let mut head = format!("{title}（{editions}）\n{word} {kpis}件{parts}：{counts}\n");
    head += &progress.method(schema);
    let bounds = progress.bounds();
    if !bounds.is_empty() {
        head += &format!("判定は、{}。", bounds.join("、"));
        if let Some(best) = progress.best() {
            head += &schema.fill(&format!("{{kpis.target}}に達したものは{best}です。"));
        }
    }
    head + "\n"
}

/// The numbers under their headings.
fn body(schema: &Schema, progress: &Progress) -> String {
    let lines: Vec<(String, [String; 5], String)> = progress
        .tracks
        .iter()
        .map(|track| (track.heading(), cells(track), verdict(schema, progress, track)))
        .collect();
    let width = |at: usize| {
        let cells = lines.iter().filter_map(|(_, cells, _)| cells.get(at));
        widest(cells.map(String::as_str)).min(WIDEST)
    };
    let widths: Vec<usize> = (0..5).map(width).collect();
    let mut body = String::new();
    let mut last = "";
    for (heading, cells, verdict) in &lines {
        if heading != last {
            body += &format!("\n{heading}\n");
            last = heading;
        }
        for (cell, width) in cells.iter().zip(&widths) {
            body += &format!("  {}", pad(cell, *width));
        }
        body += &format!("  {verdict}\n");
    }
    body
}

/// Id, name, the way, the latest values and the rate, each on one line.
fn cells(track: &Track) -> [String; 5] {
    let target = track.target.as_ref().map_or("なし", |target| &target.printed);
    let cells = [
        track.kpi.to_string(),
        name(track),
        format!("{} → {target}", base(track)),
        format!("最新 {}", latest(track)),
        track.course.rate.map(|rate| format!("率 {}", percent(rate))).unwrap_or_default(),
    ];
    cells.map(|cell| cell.replace('\n', " "))
}

/// The name as far as its column holds it, and the label that tells it from others of its KPI.
fn name(track: &Track) -> String {
    let full = track.full_name().replace('\n', " ");
    let label = if track.label.is_empty() { "" } else { &format!("（{}）", track.label) };
    let name = full.strip_suffix(label).unwrap_or(&full);
    cut(name, WIDEST.saturating_sub(width(label))) + label
}

fn base(track: &Track) -> String {
    let known = track.start().map(|base| {
        format!("{}{}（{}）", number(base.number), track.unit, era::short(base.fiscal_year))
    });
    let first = || track.points.first().map(|point| told(track, point));
    known.or_else(first).unwrap_or_else(|| "なし".to_owned())
}

/// The newest year, what it comes to with those before it, and the half-years.
fn latest(track: &Track) -> String {
    let mut said: Vec<String> =
        track.newest_point().map(|point| told(track, point)).into_iter().collect();
    let total = track.total().filter(|_| !said.is_empty());
    said.extend(total.map(|total| format!("累計 {}{}", number(total.number), track.unit)));
    let halves = track.halves.iter();
    said.extend(halves.map(|half| format!("{} {}", half.period(), half.shown(&track.unit))));
    if said.is_empty() { "なし".to_owned() } else { said.join("、") }
}

/// 「1,551人（R6）」
fn told(track: &Track, point: &Point) -> String {
    let year = point.fiscal_year.map_or_else(|| "年度不明".to_owned(), era::short);
    format!("{}（{year}）", point.shown(&track.unit))
}

/// The judgement, or why there is none.
fn verdict(schema: &Schema, progress: &Progress, track: &Track) -> String {
    let verdict = match &track.course.band {
        Some(band) => format!("判定 {band}"),
        None => schema.fill(track.course.standing.label()).into_owned(),
    };
    if progress.editions.last() == Some(&track.last_edition) {
        return verdict;
    }
    format!("{verdict}（{}の版を最後に掲載なし）", track.last_edition)
}
