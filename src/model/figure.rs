//! Values of KPIs: as printed, and as read.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use crate::text::quantity::Comparison;

/// A current or target value: the printed text and what can be read from it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Figure {
    /// As published, parts on lines of their own.
    pub printed: String,
    /// One reading a part; at least one where anything is printed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<Reading>,
}

impl Figure {
    /// The first piece of the value that looks like a number and was not read as one.
    pub fn leftover(&self) -> Option<&str> {
        self.readings.iter().find_map(|reading| reading.leftover.as_deref())
    }
}

/// One value of a figure.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reading {
    /// `①`, where the figure has parts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<char>,
    /// Words before the number: 「解析件数」 of 「解析件数548件」.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// The number in the plain unit: 80万人 is 800000, 69.0% is 69.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<f64>,
    /// 人, 件, %, トン … (without 万, 億).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comparison: Option<Comparison>,
    /// The fiscal year it is for, western: (R9) is 2027.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fiscal_year: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<AsOf>,
    /// Why there is no number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absence: Option<Absence>,
    /// Bracketed remarks that are neither year nor date: 「延べ」「結婚/子育て」.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
    /// The number stands in brackets, which were read as a minus: 「(5.2%)」.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_brackets: bool,
    /// What looks like a number and was not read as one, or leaves in doubt which number is meant:
    /// 「85,5%」, 「→70%」 of 「50%→70%」. The whole figure has no number then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leftover: Option<String>,
}

impl Reading {
    /// The fiscal year that it is for, or was taken in.
    pub fn stated_year(&self) -> Option<i32> {
        self.fiscal_year.or_else(|| self.as_of.as_ref().map(AsOf::fiscal_year))
    }
}

/// The date or period a value was taken at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AsOf {
    /// As printed: 「R6.12月末」.
    pub printed: String,
    /// Western calendar year of the first (or only) date.
    pub year: i32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<u32>,
    /// The last month of a period within the same or the next year: 9 of 「R6.4-9月」.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until_month: Option<u32>,
    /// 「末」: the end of the month.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub end_of_month: bool,
}

impl AsOf {
    /// The fiscal year of the date: January to March belong to the one that began the year
    /// before, and a period belongs to the one in which it begins.
    pub fn fiscal_year(&self) -> i32 {
        if self.month.is_some_and(|month| month < 4) { self.year - 1 } else { self.year }
    }
}

/// Why there is no number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Absence {
    pub kind: AbsenceKind,
    /// As printed: 「R7から実施」.
    pub printed: String,
    /// The fiscal year from which there will be one (western).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_year: Option<i32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AbsenceKind {
    /// 未測定, 未計測, 未推計
    NotMeasured,
    /// R7から実施, R7から測定
    NotStarted,
    /// 調査中, 集計中
    BeingSurveyed,
    /// A milestone in words: 全国平均
    InWords,
    /// Nothing is stated: －
    NotStated,
}
