//! How a value of a KPI changed: in print, and as numbers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::change::{Aspect, Figures};
use super::inline::inline;
use crate::diag::Say;
use crate::model::{Figure, Reading};
use crate::text::quantity;

/// A number before and after, in the plain unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NumberChange {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<char>,
    pub old: f64,
    pub new: f64,
    pub unit: String,
    /// `new - old`, with as many decimals as the numbers have.
    pub difference: f64,
    /// The difference in per cent of the old number, to one decimal; none from 0, and none for
    /// percentages, whose difference is in points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<f64>,
}

/// The change of a value; `None` where the same is printed.
pub fn figures(old: &Figure, new: &Figure) -> Option<Figures> {
    if old.printed == new.printed {
        return None;
    }
    let mut aspects = Vec::new();
    let mut numbers = Vec::new();
    match paired(&old.readings, &new.readings) {
        None => aspects.push(Aspect::Parts),
        Some(pairs) => {
            for (before, after) in pairs {
                aspects.extend(differences(before, after));
                numbers.extend(number(before, after));
            }
        }
    }
    if aspects.is_empty() {
        aspects.push(Aspect::Words);
    }
    aspects.sort_unstable();
    aspects.dedup();
    Some(Figures { text: inline(&old.printed, &new.printed), aspects, numbers })
}

/// The readings of the same part; `None` where the parts are not the same.
fn paired<'a>(old: &'a [Reading], new: &'a [Reading]) -> Option<Vec<(&'a Reading, &'a Reading)>> {
    let marks = |readings: &[Reading]| readings.iter().map(|r| r.mark).collect::<Vec<_>>();
    (marks(old) == marks(new)).then(|| old.iter().zip(new).collect())
}

fn differences(old: &Reading, new: &Reading) -> Vec<Aspect> {
    let other_year = old.fiscal_year != new.fiscal_year || old.as_of != new.as_of;
    // A value that comes in the place of 「未測定」 brings its unit with it, and takes the reason
    // away.
    let both = old.number.is_some() && new.number.is_some();
    let neither = old.number.is_none() && new.number.is_none();
    let other_words = old.label != new.label
        || old.comparison != new.comparison
        || old.remarks != new.remarks
        || neither && old.absence != new.absence;
    [
        (old.number != new.number, Aspect::Number),
        (both && old.unit != new.unit, Aspect::Unit),
        (other_year, Aspect::Year),
        (other_words, Aspect::Words),
    ]
    .into_iter()
    .filter_map(|(differs, aspect)| differs.then_some(aspect))
    .collect()
}

/// The difference of two numbers of the same unit.
fn number(old: &Reading, new: &Reading) -> Option<NumberChange> {
    let (before, after) = (old.number?, new.number?);
    if before == after || old.unit != new.unit || !before.is_finite() || !after.is_finite() {
        return None;
    }
    let decimals = decimals(before).max(decimals(after));
    let is_share = matches!(new.unit.as_str(), "%" | "％" | "パーセント" | "ポイント");
    let percent = (before != 0.0 && !is_share)
        .then(|| rounded((after - before) / before.abs() * 100.0, 1))
        .filter(|percent| percent.is_finite());
    Some(NumberChange {
        mark: new.mark,
        old: before,
        new: after,
        unit: new.unit.clone(),
        difference: rounded(after - before, decimals),
        percent,
    })
}

/// Decimals of the shortest text that is this number.
fn decimals(number: f64) -> usize {
    number.to_string().split_once('.').map_or(0, |(_, fraction)| fraction.len())
}

fn rounded(number: f64, decimals: usize) -> f64 {
    format!("{number:.decimals$}").parse().unwrap_or(number)
}

impl NumberChange {
    /// 「+251、+16.2%」; for percentages 「+2.2ポイント」.
    pub fn say(&self) -> Say {
        let mark = self.mark.map(String::from).unwrap_or_default();
        let difference = signed(self.difference);
        match self.percent.map(signed) {
            Some(percent) => {
                say!("{mark}{difference}、{percent}%", "{mark}{difference}, {percent}%")
            }
            None if matches!(self.unit.as_str(), "%" | "％" | "パーセント") => {
                say!("{mark}{difference}ポイント", "{mark}{difference} points")
            }
            None => say!("{mark}{difference}", "{mark}{difference}"),
        }
    }
}

/// With its sign and separators: `+1,251`, `-0.5`.
fn signed(number: f64) -> String {
    let sign = if number < 0.0 { "" } else { "+" };
    format!("{sign}{}", quantity::grouped(&number.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Absence, AbsenceKind};

    fn figure(printed: &str, number: Option<f64>, unit: &str, year: Option<i32>) -> Figure {
        let reading =
            Reading { number, unit: unit.into(), fiscal_year: year, ..Reading::default() };
        Figure { printed: printed.into(), readings: vec![reading] }
    }

    #[test]
    fn numbers_are_compared_as_numbers() {
        for (old, new, unit, shown) in [
            (1551.0, 1802.0, "人", "+251、+16.2%"),
            (85.2, 87.4, "%", "+2.2ポイント"),
            (0.0, 5.0, "件", "+5"),
            (10_000.0, 8_765.5, "円", "-1,234.5、-12.3%"),
            (0.1, 0.3, "日", "+0.2、+200%"),
        ] {
            let change =
                figures(&figure("a", Some(old), unit, None), &figure("b", Some(new), unit, None))
                    .expect(shown);
            assert_eq!(change.aspects, [Aspect::Number]);
            assert_eq!(change.numbers[0].say().ja, shown);
        }
    }

    #[test]
    fn each_difference_is_told_from_the_others() {
        let base = figure("10人(R9)", Some(10.0), "人", Some(2027));
        for (other, aspects) in [
            (figure("10件(R9)", Some(10.0), "件", Some(2027)), &[Aspect::Unit][..]),
            (figure("10人(R8)", Some(10.0), "人", Some(2026)), &[Aspect::Year]),
            (
                figure("12件(R8)", Some(12.0), "件", Some(2026)),
                &[Aspect::Number, Aspect::Unit, Aspect::Year],
            ),
            (figure("約10人(R9)", Some(10.0), "人", Some(2027)), &[Aspect::Words]),
            (figure("未測定", None, "", Some(2027)), &[Aspect::Number]),
        ] {
            assert_eq!(figures(&base, &other).expect("a change").aspects, aspects);
        }
        assert_eq!(figures(&base, &base), None);
        let mut parts = figure("①10人②5人", Some(10.0), "人", None);
        parts.readings[0].mark = Some('①');
        parts.readings.push(Reading { mark: Some('②'), ..Reading::default() });
        assert_eq!(figures(&parts, &base).expect("a change").aspects, [Aspect::Parts]);
        let mut unmeasured = figure("未測定", None, "", Some(2027));
        let printed = "未測定".to_owned();
        unmeasured.readings[0].absence =
            Some(Absence { kind: AbsenceKind::NotMeasured, printed, from_year: None });
        assert_eq!(figures(&base, &unmeasured).expect("a change").aspects, [Aspect::Number]);
    }
}
