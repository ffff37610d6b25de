//! `annex.json` as it was before columns were declared (`bessatsu-annex/1`): 概要, 目的, 現状値 and
//! 目標値 were fields of their own.

use serde::Deserialize;

use crate::model::{Annex, Figure, Front, Kpi, Measure, Pillar, Sourced};
use crate::schema::{Levels, Schema, keys};

/// The format that this reads.
pub const FORMAT: &str = "bessatsu-annex/1";

#[derive(Deserialize)]
struct FirstAnnex {
    front: Front,
    pillars: Vec<Pillar<'static>>,
    measures: Vec<FirstMeasure>,
    kpis: Vec<FirstKpi>,
}

#[derive(Deserialize)]
struct FirstMeasure {
    overview: Sourced<String>,
    purpose: Sourced<String>,
    #[serde(flatten)]
    measure: Measure,
}

#[derive(Deserialize)]
struct FirstKpi {
    current: Sourced<Figure>,
    target: Sourced<Figure>,
    #[serde(flatten)]
    kpi: Kpi,
}

/// The model, as the present format has it.
pub fn read(text: &str) -> Result<Annex, serde_json::Error> {
    let first: FirstAnnex = serde_json::from_str(text)?;
    let measures = first.measures.into_iter().map(|first| {
        let mut measure = first.measure;
        *measure.value_mut(keys::OVERVIEW) = first.overview;
        *measure.value_mut(keys::PURPOSE) = first.purpose;
        measure
    });
    let kpis = first.kpis.into_iter().map(|first| {
        let mut kpi = first.kpi;
        *kpi.figure_mut(keys::CURRENT) = first.current;
        *kpi.figure_mut(keys::TARGET) = first.target;
        kpi
    });
    Ok(Annex {
        format: crate::model::FORMAT.into(),
        schema: Schema::standard(),
        front: first.front,
        levels: Levels::default(),
        outline: first.pillars.into_iter().map(Pillar::heading).collect(),
        measures: measures.collect(),
        kpis: kpis.collect(),
        corrections: Vec::new(),
    })
}
