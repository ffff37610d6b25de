//! The KPIs over the years: what the editions say of each fiscal year, and how far it is to the
//! target.
//!
//! A number is one that an edition states; what stands in words (全国平均, 未測定) is shown as such
//! and never guessed. The way from the base to the target of the newest edition is judged by the
//! scheme of the settings, and not at all where its base or its direction is not known.

mod chart;
mod check;
mod collect;
mod course;
mod measures;
mod settings;
mod words;

#[cfg(test)]
mod tests;

use schemars::JsonSchema;
use serde::Serialize;

pub use chart::Chart;
pub use check::{RULES, check};
pub use collect::progress;

pub use settings::{Aim, Band, Dates, Settings, UNSTATED_YEAR};
pub use words::{number, percent};

use crate::edition::{Counting, Scheme};
use crate::model::{Comparison, HeadingId, Id};
use crate::schema::{Half, outline};
use crate::text::era;

/// The KPIs of all editions, in the order of the newest that has them.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Progress {
    /// The title of the newest edition.
    pub title: String,
    /// Short names of the editions, oldest first: `R7`.
    pub editions: Vec<String>,
    pub scheme: Scheme,
    pub bands: Vec<Band>,
    /// The years of the plan, where the newest edition knows them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<Plan>,
    /// The fiscal year that is reported on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reporting_year: Option<i32>,
    pub tracks: Vec<Track>,
}

impl Progress {
    /// Whether anything has been reported since the base: until then there is a start and no way.
    pub fn has_begun(&self) -> bool {
        self.tracks.iter().any(|track| track.course.has_begun())
    }
}

/// The first and the last fiscal year of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Plan {
    pub first_year: i32,
    pub last_year: i32,
}

impl Plan {
    fn years(self) -> i32 {
        self.last_year - self.first_year + 1
    }

    /// How many of its years have gone by at the end of one.
    fn gone_by(self, year: i32) -> i32 {
        (year - self.first_year + 1).clamp(0, self.years())
    }
}

/// One number of one KPI over the years: a part ①② is a track of its own.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Track {
    pub kpi: Id,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mark: Option<char>,
    /// Words before the number, where a figure has several without marks: 「結婚」.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// The name of the KPI, or of its part.
    pub name: String,
    /// The heading of the newest edition that lists it.
    pub category: HeadingId,
    pub category_title: String,
    /// What the heading is called, where that is not its id and title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category_name: Option<String>,
    /// The short name of the newest edition that lists it; an older one than the newest of all
    /// means that it has been dropped.
    pub last_edition: String,
    /// Without 万, 億; empty where no figure has one.
    pub unit: String,
    /// What is known of each fiscal year, ascending, a year once.
    pub points: Vec<Point>,
    /// What is known of half-years, ascending, a half-year once. These are shown and not judged.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub halves: Vec<HalfPoint>,
    pub counting: Counting,
    /// The numbers on the scale of the target, by their years: those of the points, or what these
    /// come to together.
    pub values: Vec<Known>,
    /// The target of the newest edition that lists it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Milestone>,
    /// The interim targets of that edition that are numbers, by their years.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub interims: Vec<Milestone>,
    /// The targets of older editions where they differ, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub former_targets: Vec<Milestone>,
    pub course: Course,
}

impl Track {
    /// What its heading is called: 「1(1) 子育て支援」.
    pub fn heading(&self) -> String {
        let usual = || outline::label(&self.category.to_string(), &self.category_title);
        self.category_name.clone().unwrap_or_else(usual)
    }
}

/// What an edition says of a half of a fiscal year.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct HalfPoint {
    pub fiscal_year: i32,
    pub half: Half,
    /// In the plain unit; `None` where the figure is in words.
    pub number: Option<f64>,
    pub printed: String,
    /// The edition that says so.
    pub edition: String,
}

impl HalfPoint {
    /// 「R8上半期」
    pub fn period(&self) -> String {
        format!("{}{}", era::short(self.fiscal_year), self.half.label())
    }

    /// The number with its unit, or the words that stand for one.
    pub fn shown(&self, unit: &str) -> String {
        self.number.map_or_else(|| self.printed.clone(), |value| format!("{}{unit}", number(value)))
    }
}

/// What an edition says of a fiscal year.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Point {
    /// Western: 2024 is 令和6年度. `None` where neither the figure nor its edition tells.
    pub fiscal_year: Option<i32>,
    /// The figure names no year; it is taken for that of the settings.
    pub year_assumed: bool,
    /// In the plain unit; `None` where the figure is in words.
    pub number: Option<f64>,
    pub printed: String,
    /// The edition that says so.
    pub edition: String,
    /// What an older edition said of the same year, where that differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub restated_from: Option<f64>,
}

/// A target of an edition.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Milestone {
    pub fiscal_year: Option<i32>,
    /// In the plain unit; `None` where the target is in words.
    pub number: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comparison: Option<Comparison>,
    pub printed: String,
    pub edition: String,
}

/// The way from the base to the target.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Course {
    pub standing: Standing,
    /// Which way is better, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// What tells the direction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction_from: Option<DirectionSource>,
    /// The base value and its year; the first known number where no base value is stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base: Option<Known>,
    /// The last known number and its year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest: Option<Known>,
    /// What the scheme asks for now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<f64>,
    /// The share of the way from base to target that the latest value has gone: 0.5 is half.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
    /// The rate of the scheme, which the bands go by: 1 is as much as is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate: Option<f64>,
    /// The judgement by the bands of the settings: `A`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub band: Option<String>,
}

impl Course {
    /// Whether there is a number of a later year than the base's.
    pub fn has_begun(&self) -> bool {
        self.base
            .zip(self.latest)
            .is_some_and(|(base, latest)| base.fiscal_year < latest.fiscal_year)
    }
}

/// A number and the fiscal year it is of.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Known {
    pub fiscal_year: i32,
    pub number: f64,
}

/// How a track stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// The latest value has reached the target.
    Met,
    /// As far as the scheme asks for, or farther.
    OnCourse,
    /// Short of what the scheme asks for.
    Behind,
    /// Short of the target; the scheme asks for nothing before it.
    NotYetMet,
    /// Only one year is known, so there is a start and no way yet.
    BaseOnly,
    /// No year of the plan has gone by.
    BeforePlan,
    /// No number is known yet.
    NoNumber,
    /// The target is in words, or there is none.
    TargetInWords,
    /// Values and target are not of the same parts: one number stands for several.
    PartsDiffer,
    /// The units of values and target differ.
    UnitsDiffer,
    /// A year is missing, or the target's is not after the base's.
    YearsUnclear,
    /// What each year brought is to be added up, and a year is missing.
    YearMissing,
    /// Nothing tells which way is better.
    DirectionUnclear,
    /// The numbers have no rate: what is to be divided by is zero or less.
    NoRate,
}

impl Point {
    /// Its number and year, where both are known.
    pub fn known(&self) -> Option<Known> {
        Some(Known { fiscal_year: self.fiscal_year?, number: self.number? })
    }
}

impl Milestone {
    /// Its number and year, where both are known.
    pub fn known(&self) -> Option<Known> {
        Some(Known { fiscal_year: self.fiscal_year?, number: self.number? })
    }
}

impl Track {
    /// The interim targets on the way from base to target, with their years.
    pub fn stations(&self) -> Vec<Known> {
        let Some([base, goal]) = self.way() else { return Vec::new() };
        stations(base, goal, &self.interims)
    }

    /// Where the straight line begins and ends; `None` where a number or a year is missing to
    /// place an end, or where the two are not on one scale.
    pub fn way(&self) -> Option<[Known; 2]> {
        let target = self.target.as_ref()?;
        let goal = Known { fiscal_year: target.fiscal_year?, number: target.number? };
        let comparable = self.course.standing != Standing::UnitsDiffer;
        self.course.base.filter(|_| comparable).map(|base| [base, goal])
    }
}

/// The interim targets between two years, a year once.
fn stations(base: Known, goal: Known, interims: &[Milestone]) -> Vec<Known> {
    let mut stations: Vec<Known> = interims.iter().filter_map(Milestone::known).collect();
    stations.retain(|at| base.fiscal_year < at.fiscal_year && at.fiscal_year < goal.fiscal_year);
    stations.sort_by_key(|at| at.fiscal_year);
    stations.dedup_by_key(|at| at.fiscal_year);
    stations
}

impl Standing {
    /// A short sentence for those who read the table, with placeholders: see
    /// [`Schema::fill`](crate::schema::Schema::fill).
    pub fn label(self) -> &'static str {
        match self {
            Self::Met => "{kpis.target}に達しています",
            Self::OnCourse => "順調です",
            Self::Behind => "遅れています",
            Self::NotYetMet => "{kpis.target}に達していません",
            Self::BaseOnly => "基準値のみです",
            Self::BeforePlan => "計画期間が始まっていません",
            Self::NoNumber => "まだ数値がありません",
            Self::TargetInWords => "{kpis.target}が数値ではありません",
            Self::PartsDiffer => "{kpis.current}と{kpis.target}の分け方が違うため比べられません",
            Self::UnitsDiffer => "単位が違うため比べられません",
            Self::YearsUnclear => "年度が分からないため比べられません",
            Self::YearMissing => "値のない年度があるため足し上げられません",
            Self::DirectionUnclear => "増減のどちらが良いか設定されていないため判定しません",
            Self::NoRate => "0以下の値があるため率を計算できません",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// More is better.
    Up,
    /// Less is better.
    Down,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DirectionSource {
    Setting,
    /// 以上, 以下 … of the target
    Comparison,
    /// From the base towards the target
    Target,
}
