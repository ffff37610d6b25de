//! Rules on KPIs and their values.

pub mod current_contradicts_previous;
pub mod current_in_future;
pub mod kpi_given_twice;
pub mod kpi_measure_abolished;
pub mod kpi_measure_unknown;
pub mod kpi_parts_differ;
pub mod kpi_without_current;
pub mod kpi_without_measure;
pub mod kpi_without_target;
pub mod magnitude_changed;
pub mod number_in_brackets;
pub mod number_not_read;
pub mod percentage_as_fraction;
pub mod percentage_over_hundred;
pub mod target_already_met;
pub mod target_before_current;
pub mod target_lowered;
pub mod target_outside_period;
pub mod target_without_year;
pub mod unit_changed;
pub mod value_in_words;
pub mod year_of_other_slot;

use crate::checks::prelude::*;
use crate::edition::{Better, Direction, Edition};
use crate::model::{Figure, Kpi, Reading};
use crate::text;

/// The KPIs that are printed.
fn printed<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a Kpi> {
    context.annex.kpis.iter().filter(|k| k.is_printed())
}

/// Nothing, or only dashes where a value should be.
fn is_blank(figure: &Figure) -> bool {
    text::says_nothing(&figure.printed)
}

/// The same KPI in the edition before.
fn forerunner<'a>(context: &Context<'a>, kpi: &Kpi) -> Option<&'a Kpi> {
    context.previous?.kpi(&kpi.id)
}

/// The reading of another figure of a KPI that is of the same thing: it has the same mark and the
/// same words, and no other has.
fn namesake<'a>(figure: &'a Figure, reading: &Reading) -> Option<&'a Reading> {
    let of = |reading: &Reading| (reading.mark, text::key(&reading.label));
    let wanted = of(reading);
    let mut same = figure.readings.iter().filter(|other| of(other) == wanted);
    let found = same.next()?;
    same.next().is_none().then_some(found)
}

/// Which way is better, by the settings.
fn direction(edition: &Edition, kpi: &Kpi) -> Option<Better> {
    let is_meant = |d: &&Direction| d.is_of(kpi.id.as_str(), &kpi.name.value);
    edition.directions.iter().find(is_meant).and_then(|d| d.better)
}

/// Every fiscal year that a value names: of its goal, of the date it was taken, or from which
/// there will be one.
fn years(figure: &Figure) -> Vec<i32> {
    let of_reading = |reading: &Reading| {
        let start = reading.absence.as_ref().and_then(|absence| absence.from_year);
        reading.stated_year().or(start)
    };
    figure.readings.iter().filter_map(of_reading).collect()
}
