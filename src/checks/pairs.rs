//! The numbers of KPIs that belong together: a current value and its target.

use crate::checks::Context;
use crate::model::{Figure, Kpi, Reading};
use crate::schema::keys;
use crate::text::quantity;

/// A current value and the target that goes with it, both numbers.
pub struct Pair<'a> {
    pub kpi: &'a Kpi,
    pub current: &'a Reading,
    pub target: &'a Reading,
}

/// The numbers of every printed KPI, part by part: by mark, or else in their order.
pub fn pairs<'a>(context: &Context<'a>) -> Vec<Pair<'a>> {
    let printed = context.annex.kpis.iter().filter(|k| k.is_printed());
    printed.flat_map(of_kpi).collect()
}

fn of_kpi(kpi: &Kpi) -> Vec<Pair<'_>> {
    let (current, target) =
        (numbers(&kpi.figure(keys::CURRENT).value), numbers(&kpi.figure(keys::TARGET).value));
    let has_marks = current.iter().chain(&target).any(|reading| reading.mark.is_some());
    if !has_marks && current.len() != target.len() {
        return Vec::new();
    }
    let mut pairs = Vec::new();
    for (index, current) in current.into_iter().enumerate() {
        let target = if has_marks {
            target.iter().find(|target| target.mark == current.mark)
        } else {
            target.get(index)
        };
        if let Some(&target) = target {
            pairs.push(Pair { kpi, current, target });
        }
    }
    pairs
}

fn numbers(figure: &Figure) -> Vec<&Reading> {
    figure.readings.iter().filter(|reading| reading.number.is_some()).collect()
}

/// A number as it is printed: mark, thousands separated, unit.
pub fn shown(reading: &Reading) -> String {
    let number = reading.number.unwrap_or_default().to_string();
    let mark = reading.mark.map(String::from).unwrap_or_default();
    format!("{mark}{}{}", quantity::grouped(&number), reading.unit)
}
