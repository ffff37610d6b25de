//! Values that leave open which number is meant: they are told of, and have no number.

use std::collections::BTreeSet;

use crate::model::{Absence, AbsenceKind, Figure, Reading};
use crate::text::key;

/// Takes the numbers out of a figure in which something was left over, or has several numbers for
/// one thing.
pub(super) fn settle(figure: &mut Figure) {
    if let Some(second) = same_thing_twice(&figure.readings) {
        let printed = figure.printed.clone();
        if let Some(reading) = figure.readings.get_mut(second) {
            reading.leftover.get_or_insert(printed);
        }
    }
    if figure.leftover().is_none() {
        return;
    }
    let printed = figure.printed.clone();
    for reading in figure.readings.iter_mut().filter(|reading| reading.number.is_some()) {
        let Reading { mark, ref label, fiscal_year, ref as_of, ref leftover, .. } = *reading;
        let absence =
            Absence { kind: AbsenceKind::InWords, printed: printed.clone(), from_year: None };
        *reading = Reading {
            mark,
            label: label.clone(),
            fiscal_year,
            as_of: as_of.clone(),
            absence: Some(absence),
            leftover: leftover.clone(),
            ..Reading::default()
        };
    }
}

/// The second of two numbers that nothing tells apart.
fn same_thing_twice(readings: &[Reading]) -> Option<usize> {
    let mut seen = BTreeSet::new();
    let mut numbers = readings.iter().enumerate().filter(|(_, reading)| reading.number.is_some());
    numbers.find(|(_, reading)| !seen.insert((reading.mark, key(&reading.label)))).map(|(at, _)| at)
}
