//! Values that are no number: not measured, not started, being surveyed, in words.

use crate::model::{Absence, AbsenceKind, Reading};
use crate::text::{era, says_nothing};

const NOT_STARTED: [&str; 6] = ["未実施", "未着手", "未導入", "未開始", "未運用", "新規"];
const NOT_MEASURED: [&str; 5] = ["データなし", "実績なし", "把握していない", "不明", "測定なし"];
const BEING_SURVEYED: [&str; 7] =
    ["調査中", "集計中", "算出中", "推計中", "精査中", "確認中", "測定中"];

/// Why a text has no number.
pub(super) fn read(text: &str) -> Absence {
    let from_year = start(text);
    let has = |words: &[&str]| words.iter().any(|w| text.contains(w));
    let kind = if says_nothing(text) {
        AbsenceKind::NotStated
    } else if from_year.is_some() || has(&NOT_STARTED) {
        AbsenceKind::NotStarted
    } else if has(&BEING_SURVEYED) {
        AbsenceKind::BeingSurveyed
    } else if text.starts_with('未') || has(&NOT_MEASURED) {
        AbsenceKind::NotMeasured
    } else {
        AbsenceKind::InWords
    };
    Absence { kind, printed: text.to_owned(), from_year }
}

/// Whether a reading is words that say nothing of an absence, such as 全国平均.
pub(super) fn in_words(reading: &Reading) -> bool {
    reading.absence.as_ref().is_some_and(|a| a.kind == AbsenceKind::InWords)
}

/// 「R7から実施」「令和7年度より測定開始」: the year from which there will be a number.
pub(super) fn start(text: &str) -> Option<i32> {
    let (year, rest) = era::prefix(text)?;
    let rest = rest.strip_prefix("年度").or_else(|| rest.strip_prefix('年')).unwrap_or(rest);
    let starts = ["から", "より", "開始", "新規"].iter().any(|w| rest.starts_with(w));
    (starts && !rest.contains(|c: char| c.is_ascii_digit())).then_some(year)
}
