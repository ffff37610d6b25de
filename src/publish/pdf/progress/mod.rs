//! 進捗状況 as PDF, typeset by `templates/progress/`: how the KPIs stand, by grade, heading and
//! department; every KPI on its way; what was done of every measure; what is new, changed and
//! abolished.

mod changes;
mod rows;
mod summary;
mod tallies;

use serde::Serialize;

use super::data::{Date, issued, words};
use super::world::AnnexWorld;
use super::{Export, Options, break_hints, fonts, overflow};
use crate::compare::Comparison;
use crate::edition::Edition;
use crate::model::Annex;
use crate::progress::Progress;
use crate::publish::artifact::Rendered;
use crate::publish::internal::internal_error;
use crate::text::era;

use changes::Changes;
use rows::Topic;
use summary::Summary;
use tallies::Tally;

const NAME: &str = "progress.pdf";

/// The built-in templates by name.
static TEMPLATES: &[(&str, &str)] = &[
    ("main.typ", include_str!("../../../../templates/progress/main.typ")),
    ("look.typ", include_str!("../../../../templates/progress/look.typ")),
    ("chart.typ", include_str!("../../../../templates/progress/chart.typ")),
    ("summary.typ", include_str!("../../../../templates/progress/summary.typ")),
    ("topics.typ", include_str!("../../../../templates/progress/topics.typ")),
    ("changes.typ", include_str!("../../../../templates/progress/changes.typ")),
];

/// What is reported.
#[derive(Clone, Copy)]
pub struct Report<'a> {
    /// The newest edition, which the progress ends with.
    pub annex: &'a Annex,
    pub progress: &'a Progress,
    /// What changed since the edition before, where there is one.
    pub changes: Option<&'a Comparison>,
}

/// What the templates may read, as `data.json`.
#[derive(Debug, Serialize)]
struct Data<'a> {
    front: &'a crate::schema::front::Front,
    date: Date,
    fonts: Vec<String>,
    heading_fonts: Vec<String>,
    words: std::collections::BTreeMap<String, &'a str>,
    /// What the topmost headings are called: 柱.
    group: &'a str,
    /// 「令和7年度」; empty where nobody knows the year.
    year: String,
    summary: Summary,
    tallies: Vec<Tally>,
    topics: Vec<Topic>,
    /// `None` without an edition before.
    changes: Option<Changes>,
}

/// The PDF; the same bytes for the same report.
pub fn render(edition: &Edition, report: Report, options: &Options) -> Rendered {
    let json = match serde_json::to_vec(&data(edition, report)) {
        Ok(json) => json,
        Err(error) => return Rendered::failed(internal_error(NAME, error)),
    };
    let world = AnnexWorld::of(TEMPLATES, Vec::new(), json);
    let ident = format!("bessatsu/{}/progress/{}", edition.id(), edition.front.version);
    let (document, mut findings) = super::lay_out(&world);
    let Some(document) = document else { return super::unmade(findings) };
    let Some(document) = break_hints::removed(&document) else {
        findings.push(internal_error(NAME, "a glyph has no place in its text"));
        return super::unmade(findings);
    };
    let export = Export { name: NAME, ident, standard: options.standard, is_draft: false };
    let paper =
        super::put_out(edition, &world, (Some(document), findings), export, overflow::of_tables);
    super::forget();
    paper
}

fn data<'a>(edition: &Edition, report: Report<'a>) -> Data<'a> {
    let annex = report.annex;
    let front = &annex.front;
    let usual = Date { year: edition.year, month: 4, day: 1 };
    Data {
        front,
        date: issued(&front.issued).unwrap_or(usual),
        fonts: fonts::text(edition),
        heading_fonts: fonts::headings(),
        words: words(&annex.schema.words),
        group: annex.levels.iter().next().map_or("", |level| level.word.as_str()),
        year: report.progress.reporting_year.map(era::long).unwrap_or_default(),
        summary: summary::of(edition, report),
        tallies: tallies::of(edition, report),
        topics: rows::topics(edition, report),
        changes: report.changes.map(|changes| changes::of(edition, annex, changes)),
    }
}

/// A text with break hints in it.
fn hinted(text: &str) -> String {
    let mut hinted = String::with_capacity(text.len());
    let mut at = 0;
    for (place, hint) in break_hints::break_hints(text) {
        hinted.push_str(text.get(at..place).unwrap_or_default());
        hinted.push(hint);
        at = place;
    }
    hinted.push_str(text.get(at..).unwrap_or_default());
    hinted
}
