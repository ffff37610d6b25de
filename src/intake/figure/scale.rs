//! The large unit in which a KPI states all its values: 764 of 「764億円」, and not 76,400,000,000円.

use super::value::numbers;
use crate::model::{Figure, Reading};
use crate::text::quantity::is_scale;

/// A number as it is written before its large unit.
struct Scaled {
    number: f64,
    /// 「億円」
    unit: String,
}

/// Gives the values of a KPI the large unit that all of them have. Where they differ, all are in
/// the plain one, in which they can be compared.
pub(super) fn keep(figures: &mut [Figure]) {
    let mut common: Option<String> = None;
    for figure in figures.iter() {
        for reading in figure.readings.iter().filter(|reading| reading.number.is_some()) {
            let unit = match scaled(&figure.printed, reading) {
                Some(scaled) => scaled.unit,
                None => reading.unit.clone(),
            };
            if common.as_ref().is_some_and(|common| *common != unit) {
                return;
            }
            common = Some(unit);
        }
    }
    for Figure { printed, readings } in figures {
        for reading in readings {
            if let Some(Scaled { number, unit }) = scaled(printed, reading) {
                (reading.number, reading.unit) = (Some(number), unit);
            }
        }
    }
}

/// The number of a reading in its large unit; `None` where it has none, or several (1億2,000万円).
fn scaled(printed: &str, reading: &Reading) -> Option<Scaled> {
    let plain = reading.number?;
    numbers(printed).into_iter().find_map(|found| {
        let literal = printed.get(found.before.len()..printed.len() - found.behind.len())?;
        let digits = literal.trim_end_matches(is_scale);
        let scale = literal.get(digits.len()..).filter(|scale| !scale.is_empty())?;
        let sign = if plain < 0.0 { -1.0 } else { 1.0 };
        let written = digits.trim_start_matches(|c: char| !c.is_ascii_digit());
        let number = written.replace(',', "").parse::<f64>().ok()?;
        let is_it = found.number.to_f64() == Some(plain) && found.behind.starts_with(&reading.unit);
        let unit = format!("{scale}{}", reading.unit);
        is_it.then_some(Scaled { number: sign * number, unit })
    })
}
