//! How the KPIs stand together: by judgement, by heading and by department.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Report;
use crate::edition::Edition;
use crate::model::Annex;
use crate::progress::Track;

#[derive(Debug, Serialize)]
pub struct Summary {
    /// How many KPIs there are, and how many numbers they have (①② are two).
    kpis: usize,
    tracks: usize,
    judged: usize,
    /// What the judgement goes by, and its bounds: 「A 1以上」.
    method: String,
    bounds: Vec<String>,
    best: Option<String>,
    /// The judgements, best first, and last what is not judged.
    grades: Vec<String>,
    total: Vec<usize>,
    headings: Vec<Group>,
    departments: Vec<Group>,
    /// Why what is not judged is not, and how often.
    reasons: Vec<Reason>,
    /// Whether a KPI has several numbers.
    has_parts: bool,
    /// Of a KPI that one edition had and the newest has no more.
    dropped: usize,
}

/// What belongs together, with how many there are of each grade.
#[derive(Debug, Serialize)]
pub struct Group {
    pub label: String,
    pub counts: Vec<usize>,
}

#[derive(Debug, Serialize)]
struct Reason {
    words: String,
    count: usize,
}

pub fn of(edition: &Edition, report: Report) -> Summary {
    let Report { annex, progress, .. } = report;
    let tracks: Vec<&Track> = progress.newest().collect();
    let group = |label: String, is_its: &dyn Fn(&Track) -> bool| {
        let its: Vec<&Track> = tracks.iter().copied().filter(|track| is_its(track)).collect();
        (!its.is_empty()).then(|| Group { label, counts: progress.counts(&its) })
    };
    let tops = annex
        .outline
        .iter()
        .filter_map(|top| group(top.label(), &|track| track.category.at_level(1) == Some(top.id)));
    let of_departments = departments_of(edition, annex).into_iter().filter_map(|name| {
        let is_its = |track: &Track| annex.kpi(&track.kpi).is_some_and(|k| k.submitted_by == name);
        group(name.to_owned(), &is_its)
    });
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    for track in tracks.iter().filter(|track| track.course.band.is_none()) {
        let words = annex.schema.fill(track.course.standing.label()).into_owned();
        *reasons.entry(words).or_default() += 1;
    }
    let mut reasons: Vec<Reason> =
        reasons.into_iter().map(|(words, count)| Reason { words, count }).collect();
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.count));
    let mut kpis: Vec<_> = tracks.iter().map(|track| &track.kpi).collect();
    kpis.dedup();
    Summary {
        kpis: kpis.len(),
        tracks: tracks.len(),
        judged: tracks.iter().filter(|track| track.course.band.is_some()).count(),
        method: progress.method(&annex.schema),
        bounds: progress.bounds(),
        best: progress.best().map(str::to_owned),
        grades: progress.grades().into_iter().map(str::to_owned).collect(),
        total: progress.counts(&tracks),
        headings: tops.collect(),
        departments: of_departments.collect(),
        reasons,
        has_parts: kpis.len() < tracks.len(),
        dropped: progress.tracks.len() - tracks.len(),
    }
}

/// Who answers for entries: in the order of the settings; behind them who is in the annex alone.
pub fn departments_of<'a>(edition: &'a Edition, annex: &'a Annex) -> Vec<&'a str> {
    let mut departments: Vec<&str> = edition.departments.iter().map(|d| d.name.as_str()).collect();
    let measures = annex.measures.iter().map(|measure| &measure.entry);
    for entry in measures.chain(annex.kpis.iter().map(|kpi| &kpi.entry)) {
        if !departments.contains(&entry.submitted_by.as_str()) {
            departments.push(&entry.submitted_by);
        }
    }
    departments
}
