//! `[progress]` and `[[kpi-direction]]`: how the KPIs over the years are judged, and which papers
//! say so.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::check::Checker;
use super::reader::{Reader, Section};
use super::results::Results;
use super::rules;
use super::settings::Edition;
use crate::diag::Say;
use crate::text;

/// How the KPIs over the years are judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// The papers of a build that show it.
    pub on: Vec<ProgressPaper>,
    pub scheme: Scheme,
    /// The fiscal year that is reported on; `None`: that of the newest values.
    pub reporting_year: Option<i32>,
    /// The fiscal year of a current value that names none, counted from the edition's: −1 is the
    /// year before. `None`: the usual one.
    pub unstated_year: Option<i32>,
    /// The bands, best first; none: the usual ones of the scheme.
    pub bands: Vec<Band>,
    /// The keys of the columns that 進捗状況 prints of every measure.
    pub measures: Vec<String>,
    /// The key of the column with the reason of what is new, changed or abolished.
    pub reason: Option<String>,
    /// The `annex.json` of editions before `previous`, oldest first, relative to this one: their
    /// values are seen as well.
    pub history: Vec<String>,
    pub line: u32,
}

impl Default for Progress {
    fn default() -> Self {
        Self {
            on: vec![ProgressPaper::Page],
            scheme: Scheme::default(),
            reporting_year: None,
            unstated_year: None,
            bands: Vec::new(),
            measures: Vec::new(),
            reason: None,
            history: Vec::new(),
            line: 0,
        }
    }
}

/// A paper of a build that can show the progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProgressPaper {
    /// A section of `annex.html`.
    Page,
    /// A sheet of `annex.xlsx`.
    Workbook,
    /// `progress.json`.
    Data,
    /// `progress.pdf`.
    Pdf,
}

impl ProgressPaper {
    const ALL: [Self; 4] = [Self::Page, Self::Workbook, Self::Data, Self::Pdf];
    const WORDS: [&'static str; 4] = ["page", "workbook", "data", "pdf"];

    fn named(word: &str) -> Option<Self> {
        Self::WORDS.iter().zip(Self::ALL).find(|(name, _)| **name == word).map(|(_, paper)| paper)
    }
}

/// What a judgement goes by: the rate that the bounds of the bands are of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scheme {
    /// The share of the way from base to target by the share of the plan's years that have gone by
    /// in the reporting year.
    Plan,
    /// The share of the way by the share that a straight line from the base's year has.
    #[default]
    Line,
    /// The share of the way from base to target.
    Way,
    /// The value by the target of its year.
    Ratio,
    /// Nothing is judged.
    None,
}

impl Scheme {
    const WORDS: [&'static str; 5] = ["plan", "line", "way", "ratio", "none"];

    fn named(word: &str) -> Option<Self> {
        let all = [Self::Plan, Self::Line, Self::Way, Self::Ratio, Self::None];
        Self::WORDS.iter().zip(all).find(|(name, _)| **name == word).map(|(_, scheme)| scheme)
    }
}

/// A judgement and the rate from which it is given.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// `S`
    pub name: String,
    /// The least rate: 1 is as much as is asked for. The last band has none.
    pub from: Option<f64>,
    pub line: u32,
}

/// Which way the value of a KPI is to go, and how its values are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Direction {
    /// The id or the name of the KPI.
    pub kpi: String,
    /// `None` where only the counting is said.
    pub better: Option<Better>,
    pub counting: Counting,
    pub line: u32,
}

impl Direction {
    /// Whether it speaks of the KPI with this id and name, width and spaces aside.
    pub fn is_of(&self, id: &str, name: &str) -> bool {
        let stated = text::key(&self.kpi);
        stated == text::key(id) || stated == text::key(name)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    Higher,
    Lower,
    /// The target is to be held: at least so much, or at most where the target says 以下.
    Keep,
}

/// What the values of a KPI count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Counting {
    /// How things stand in that year, the base value's too.
    #[default]
    Level,
    /// All since the plan began, which began with nothing.
    Cumulative,
    /// What that year brought; the target is of all years of the plan together.
    Yearly,
}

/// An edition that asks for results is made to show them, so they stand on all papers unless it says
/// otherwise.
pub(super) fn read(s: &mut Section, r: &mut Reader, results: Option<&Results>) -> Progress {
    let mut usual = Progress { reporting_year: results.map(|of| of.year), ..Progress::default() };
    if results.is_some() {
        usual.on = ProgressPaper::ALL.into();
    }
    let on = s.words(r, "on", &ProgressPaper::WORDS);
    let scheme = s.choice_if_any(r, "scheme", &Scheme::WORDS);
    Progress {
        on: on.map_or(usual.on, |on| on.into_iter().filter_map(ProgressPaper::named).collect()),
        scheme: scheme.and_then(Scheme::named).unwrap_or_default(),
        reporting_year: s.number_if_any(r, "reporting-year").or(usual.reporting_year),
        unstated_year: s.number_if_any(r, "unstated-year"),
        bands: s.sections(r, "band", "[[progress.band]]", |s, r| Band {
            name: s.text(r, "name"),
            from: s.decimal(r, "from"),
            line: s.line(r),
        }),
        measures: s.texts(r, "measures"),
        reason: s.optional(r, "reason"),
        history: s.texts(r, "history"),
        line: s.line(r),
    }
}

pub(super) fn direction(s: &mut Section, r: &mut Reader) -> Direction {
    let kpi = s.text(r, "kpi");
    let better = s.choice_if_any(r, "better", &["higher", "lower", "keep"]);
    let values = s.choice_if_any(r, "values", &["level", "cumulative", "yearly"]);
    if [s.span_of("better"), s.span_of("values")].iter().all(Option::is_none) {
        let message = say!("[[kpi-direction]]に better がない", "[[kpi-direction]] has no better");
        let finding = s.fault(r, &rules::MISSING_KEY, "better", message);
        r.add(finding.expected("better = \"higher\"、\"lower\" 又は \"keep\""));
    }
    Direction {
        kpi,
        better: better.map(|better| match better {
            "lower" => Better::Lower,
            "keep" => Better::Keep,
            _ => Better::Higher,
        }),
        counting: match values {
            Some("cumulative") => Counting::Cumulative,
            Some("yearly") => Counting::Yearly,
            _ => Counting::Level,
        },
        line: s.line(r),
    }
}

impl Checker<'_> {
    /// What the settings of the progress say against each other.
    pub(super) fn progress(&mut self, edition: &Edition) {
        self.bands(edition);
        self.unstated_year(edition);
        self.reporting_year(edition);
        self.directions(edition);
        self.printed_columns(edition);
    }

    /// The bands must give every rate one judgement.
    fn bands(&mut self, edition: &Edition) {
        let bands = &edition.progress.bands;
        let names = bands.iter().map(|band| (band.name.as_str(), band.line));
        self.twice(&rules::PROGRESS, names, |name| {
            say!("判定の区分「{name}」が2回書かれている", "judgement {name} is given twice")
        });
        let mut above: Option<f64> = None;
        for (at, band) in bands.iter().enumerate() {
            let (name, last) = (&band.name, at + 1 == bands.len());
            let mut fault = |message: Say, found: String, expected: String| {
                let finding = self.add(&rules::PROGRESS, band.line, message);
                (finding.found, finding.expected) = (found, expected);
            };
            if name.is_empty() {
                fault(
                    say!("判定の区分に名称がない", "a judgement has no name"),
                    String::new(),
                    "name = \"A\"".into(),
                );
            }
            match band.from {
                Some(from) if last => fault(
                    say!(
                        "最後の判定の区分「{name}」に from がある",
                        "the last judgement, {name}, has a bound"
                    ),
                    format!("from = {from}"),
                    "from を書かない区分を最後に置く".into(),
                ),
                None if !last => fault(
                    say!("判定の区分「{name}」に from がない", "judgement {name} has no bound"),
                    String::new(),
                    "from = …".into(),
                ),
                Some(from) if from > MOST_RATE => fault(
                    say!(
                        "判定の区分「{name}」の from が大きすぎる",
                        "the bound of judgement {name} is too high"
                    ),
                    format!("from = {from}"),
                    format!("{}（100% は 1.0 と書く）", from / 100.0),
                ),
                Some(from) if above.is_some_and(|above| from >= above) => fault(
                    say!(
                        "判定の区分「{name}」の from が、上の区分の from より小さくない",
                        "the bound of judgement {name} is not below that of the one before"
                    ),
                    format!("from = {from}"),
                    above.map_or_else(String::new, |above| format!("{above} より小さい値")),
                ),
                _ => {}
            }
            above = band.from.or(above);
        }
    }

    /// A year instead of a distance would put every value into another age.
    fn unstated_year(&mut self, edition: &Edition) {
        let Some(years) = edition.progress.unstated_year.filter(|years| !(-3..=0).contains(years))
        else {
            return;
        };
        let finding = self.add(
            &rules::PROGRESS,
            edition.progress.line,
            say!(
                "年度の付記がない現状値の年度 unstated-year が、版の年度から数えた年数でない",
                "unstated-year is no number of years counted from the edition's"
            ),
        );
        finding.found = format!("unstated-year = {years}");
        finding.expected = "-3 から 0 まで（-1 は前の年度）".into();
    }

    /// A year of which the edition cannot report would judge by years that have not gone by.
    fn reporting_year(&mut self, edition: &Edition) {
        let (first, last) = (edition.front.first_year, edition.front.last_year);
        let asked = edition.results.as_ref().map(|results| results.year);
        let year = edition.progress.reporting_year.filter(|year| Some(*year) != asked);
        let Some(year) = year else { return };
        // What is wrong with the years of the plan has been told.
        let is_known = first > 0 && first <= last;
        let latest = edition.year.max(last);
        if !is_known || (first..=latest).contains(&year) {
            return;
        }
        let finding = self.add(
            &rules::PROGRESS,
            edition.progress.line,
            say!(
                "報告する年度 reporting-year が計画期間より前か、版の年度より後である",
                "reporting-year is before the plan or behind the edition"
            ),
        );
        finding.found = format!("reporting-year = {year}");
        finding.expected = format!("{first} から {latest} まで");
    }

    fn directions(&mut self, edition: &Edition) {
        let mut first: BTreeMap<String, u32> = BTreeMap::new();
        for direction in &edition.directions {
            let kpi = &direction.kpi;
            let earlier = first.insert(text::key(kpi), direction.line).filter(|_| !kpi.is_empty());
            if let Some(earlier) = earlier {
                let finding = self.add(
                    &rules::PROGRESS,
                    direction.line,
                    say!(
                        "[[kpi-direction]] に同じ指標が2回書かれている",
                        "a KPI is given twice under [[kpi-direction]]"
                    ),
                );
                finding.found.clone_from(kpi);
                finding.expected = format!("{earlier}行目の [[kpi-direction]] にまとめる");
            }
            if direction.better == Some(Better::Keep) && direction.counting != Counting::Level {
                let finding = self.add(
                    &rules::PROGRESS,
                    direction.line,
                    say!(
                        "水準を保つ指標（better = \"keep\"）の値を足し上げることになっている",
                        "values of a KPI that is to be kept are added up"
                    ),
                );
                finding.found.clone_from(kpi);
                finding.expected = "values を書かない".into();
            }
        }
    }
}

/// Ten times what is asked for: a higher bound was meant as a percentage.
const MOST_RATE: f64 = 10.0;
