//! Rules on KPIs and their values.

pub mod kpi_measure_unknown;
pub mod kpi_parts_differ;
pub mod kpi_without_current;
pub mod kpi_without_measure;
pub mod kpi_without_target;

use crate::model::{Figure, Kpi, Status};
use crate::proof::checks::Context;

/// The KPIs that are printed.
fn printed<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a Kpi> {
    context.annex.kpis.iter().filter(|k| k.status.value != Status::Abolished)
}

/// Nothing, or only dashes where a value should be.
fn is_blank(figure: &Figure) -> bool {
    figure.printed.chars().all(|c| c.is_whitespace() || "-‐‑–—―－ー".contains(c))
}
