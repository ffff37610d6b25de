//! Rules on KPIs and their values.

pub mod current_contradicts_previous;
pub mod kpi_given_twice;
pub mod kpi_measure_abolished;
pub mod kpi_measure_unknown;
pub mod kpi_parts_differ;
pub mod kpi_without_current;
pub mod kpi_without_measure;
pub mod kpi_without_target;
pub mod number_in_brackets;
pub mod number_not_read;
pub mod percentage_over_hundred;
pub mod target_already_met;
pub mod target_before_current;
pub mod target_outside_period;
pub mod target_without_year;
pub mod unit_changed;
pub mod year_of_other_slot;

use crate::checks::prelude::*;
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

/// Every fiscal year that a value names: of its goal, of the date it was taken, or from which
/// there will be one.
fn years(figure: &Figure) -> Vec<i32> {
    let of_reading = |reading: &Reading| {
        let start = reading.absence.as_ref().and_then(|absence| absence.from_year);
        reading.stated_year().or(start)
    };
    figure.readings.iter().filter_map(of_reading).collect()
}
